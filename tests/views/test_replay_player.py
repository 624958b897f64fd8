"""Where a replay stands, moved by hand, by playing, and by a training; the timer is ticked by the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gloveui.views.replay_player import HOLD_SECONDS, ReplayPlayer


@pytest.fixture
def player(qapp) -> Iterator[ReplayPlayer]:
    player = ReplayPlayer()
    player.set_epochs([0, 1, 2, 3], is_new=True)
    yield player
    player.pause()
    player.deleteLater()


def test_a_training_is_shown_at_its_newest_epoch(player) -> None:
    assert player.epoch == 3
    assert player.follows_newest
    assert not player.timer.isActive()


def test_playing_at_the_end_begins_anew_and_ends_there(player) -> None:
    player.speed = 2.0
    player.play()
    assert (player.epoch, player.is_playing) == (0, True)
    player.advance(0.25)
    assert player.epoch == 0.5
    player.advance(10)
    assert player.epoch == 3
    assert not player.is_playing
    assert not player.timer.isActive()


def test_a_loop_rests_at_the_end_before_it_begins_again(player) -> None:
    player.is_looping = True
    player.play()
    player.advance(10)
    player.advance(HOLD_SECONDS / 2)
    assert (player.epoch, player.is_playing) == (3, True)
    player.advance(HOLD_SECONDS)
    assert player.epoch == 0
    player.advance(0.1)
    assert player.epoch > 0


def test_every_epoch_that_is_kept_takes_as_long_whatever_lies_between(player) -> None:
    player.set_epochs([0, 100, 200, 207.5], is_new=True)
    player.speed = 1.0
    player.go_to(0)
    player.play()
    player.advance(1)
    assert player.epoch == 100
    player.advance(1.5)
    assert player.epoch == pytest.approx(203.75)


def test_it_glides_to_an_epoch_that_is_new(player) -> None:
    player.set_epochs([0, 1, 2, 3, 4], is_new=False)
    assert (player.epoch, player.timer.isActive(), player.is_playing) == (3, True, False)
    player.advance(0.1)
    assert 3 < player.epoch < 4
    for _ in range(60):
        player.advance(0.1)
    assert player.epoch == 4
    assert not player.timer.isActive()


def test_it_stays_where_a_person_went_until_that_is_the_end(player) -> None:
    player.go_to(1.5)
    player.set_epochs([0, 1, 2, 3, 4], is_new=False)
    assert (player.epoch, player.timer.isActive()) == (1.5, False)
    player.go_to(99)
    assert (player.epoch, player.follows_newest) == (4, True)


def test_steps_go_from_one_epoch_that_is_kept_to_the_next(player) -> None:
    player.go_to(1.4)
    player.step(1)
    assert player.epoch == 2
    player.step(-1)
    assert player.epoch == 1
    player.go_to(1.4)
    player.step(-1)
    assert player.epoch == 1
    player.step(-5)
    assert player.epoch == 0


def test_it_settles_on_the_nearest_epoch(player) -> None:
    player.go_to(1.6)
    player.settle()
    assert player.epoch == 2


def test_another_training_ends_what_is_played(player) -> None:
    player.play()
    player.set_epochs([0, 1], is_new=True)
    assert (player.epoch, player.is_playing, player.timer.isActive()) == (1, False, False)


def test_one_epoch_cannot_be_played(player) -> None:
    player.set_epochs([0], is_new=True)
    player.play()
    assert not player.is_playing
