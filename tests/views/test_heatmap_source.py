from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF

from gloveui.core.heatmap import HeatmapPicture
from gloveui.core.progress import run_to_end
from gloveui.core.quantities import Quantity
from gloveui.core.resources import Resources
from gloveui.core.word_order import word_order
from gloveui.state.job_queue import JobQueue
from gloveui.views.heatmap_source import HeatmapSource, Subject
from tests.views.counted import counted, parameters_of

COMPILING_MS = 60_000
SIZE = 2_000
MANY_WORDS = " ".join(f"w{place}" for place in range(SIZE))


@pytest.fixture(scope="module")
def subject() -> Subject:
    matrix, _ = counted(MANY_WORDS)
    order = run_to_end(word_order(matrix, "frequency", 0))
    return Subject(matrix, order, Quantity("count"), "sum", Resources(threads=1))


class Watched:
    """A source that is looked at, and all that came of it."""

    def __init__(self, qtbot) -> None:
        self.qtbot, self.jobs = qtbot, JobQueue()
        self.source = HeatmapSource(self.jobs, "heatmap", self.jobs)
        self.source.set_active(True)
        self.pictures: list[HeatmapPicture] = []
        self.overviews: list[HeatmapPicture] = []
        self.source.picture_ready.connect(self.pictures.append)
        self.source.overview_ready.connect(self.overviews.append)

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.is_answering, timeout=COMPILING_MS)


@pytest.fixture
def watched(qtbot) -> Watched:
    watched = Watched(qtbot)
    yield watched
    watched.wait()


def test_what_is_in_sight_is_made_a_picture_with_a_margin(watched, subject) -> None:
    watched.source.look(QRectF(100, 200, 50, 50), 500)
    watched.source.show(subject)
    watched.wait()
    view = watched.pictures[-1].view
    assert view.block == 1
    assert view.covers(190, 260, 90, 160)


def test_a_small_step_needs_no_other_picture(watched, subject) -> None:
    watched.source.look(QRectF(100, 200, 50, 50), 500)
    watched.source.show(subject)
    watched.wait()
    watched.source.look(QRectF(105, 205, 50, 50), 500)
    assert not watched.source.is_busy
    assert len(watched.pictures) == 1


def test_of_many_movements_at_once_the_last_one_is_shown_in_the_end(watched, subject) -> None:
    watched.source.show(subject)
    for left in range(0, 1_000, 50):
        watched.source.look(QRectF(left, left, 50, 50), 500)
    watched.wait()
    assert watched.pictures[-1].view.covers(950, 1_000, 950, 1_000)
    assert len(watched.pictures) < 20


def test_a_picture_of_what_is_no_longer_in_sight_at_all_is_given_up(watched, subject) -> None:
    watched.source.look(QRectF(0, 0, SIZE, SIZE), 500)
    watched.source.show(subject)
    watched.source.look(QRectF(0, 0, 50, 50), 500)
    watched.wait()
    assert len(watched.pictures) == 2  # all was still in sight while it was made
    watched.source.look(QRectF(1_000, 1_000, 50, 50), 500)
    watched.source.look(QRectF(1_500, 0, 50, 50), 500)
    watched.wait()
    assert len(watched.pictures) == 3
    assert watched.pictures[-1].view.covers(0, 50, 1_500, 1_550)


def test_a_wide_room_gets_a_wide_picture(watched, subject) -> None:
    watched.source.look(QRectF(100, 200, 80, 40), 800)
    watched.source.show(subject)
    watched.wait()
    view = watched.pictures[-1].view
    assert (view.height, view.width, view.block) == (80, 160, 1)


def test_everything_is_shown_small_as_soon_as_a_part_is_looked_at(watched, subject) -> None:
    watched.source.look(QRectF(0, 0, SIZE, SIZE), 500)
    watched.source.show(subject)
    watched.wait()
    assert watched.overviews == []
    watched.source.look(QRectF(0, 0, 50, 50), 500)
    watched.wait()
    watched.source.look(QRectF(300, 0, 50, 50), 500)
    watched.wait()
    assert len(watched.overviews) == 1
    assert watched.overviews[0].view.covers(0, SIZE, 0, SIZE)


def test_what_was_seen_before_is_there_at_once(watched, subject) -> None:
    whole = QRectF(0, 0, SIZE, SIZE)
    watched.source.look(whole, 500)
    watched.source.show(subject)
    watched.wait()
    watched.source.look(QRectF(0, 0, 50, 50), 500)
    watched.wait()
    watched.source.look(whole, 500)
    assert not watched.source.is_busy
    assert watched.pictures[-1] is watched.pictures[0]


def test_another_reduction_is_another_subject_and_news_of_a_model_are_not(subject) -> None:
    assert not replace(subject, reduction="mean").is_news_of(subject)
    predicted = replace(subject, quantity=Quantity("prediction", parameters=parameters_of(SIZE)))
    assert not predicted.is_news_of(subject)
    assert replace(predicted, quantity=replace(predicted.quantity)).is_news_of(predicted)


def test_nothing_is_made_while_nobody_sees_it(watched, subject) -> None:
    watched.source.set_active(False)
    watched.source.look(QRectF(0, 0, 50, 50), 500)
    watched.source.show(subject)
    assert not watched.source.is_busy
    watched.source.set_active(True)
    assert watched.source.is_busy


def test_a_subject_that_cannot_be_drawn_is_told_once_and_left(watched, subject) -> None:
    wrong = replace(subject, quantity=Quantity("prediction", parameters=parameters_of(3)))
    watched.source.look(QRectF(0, 0, 50, 50), 500)
    failures = []
    watched.jobs.failed.connect(failures.append)
    watched.source.show(wrong)
    watched.wait()
    assert len(failures) == 1
    assert watched.pictures == []
