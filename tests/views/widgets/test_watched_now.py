"""Neighbours of pinned words in the model as it is: while it is trained, and after."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from gloveui.core.embedding import Embedding
from gloveui.core.lookup import lookup_table
from gloveui.core.replay import nearest_words
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import LiveModel, Model
from gloveui.views.widgets.watched_now import WatchedNow
from tests.views.counted import parameters_of
from tests.views.epoch_series import WORDS, series_of

VOCABULARY = series_of(1).vocabulary


@pytest.fixture
def shown(theme, qtbot) -> Iterator[WatchedNow]:
    session = Session()
    widget = WatchedNow(session, JobQueue(), theme)
    qtbot.addWidget(widget)
    widget.resize(500, 260)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    wait(widget, qtbot)


def wait(widget: WatchedNow, qtbot) -> None:
    qtbot.waitUntil(lambda: not widget._jobs.is_answering, timeout=30_000)


def live(seed: int, position: float) -> LiveModel:
    return LiveModel(VOCABULARY, parameters_of(len(WORDS), seed), position)


def cells(widget: WatchedNow) -> list[str]:
    return [widget.table.rows.index(row, 0).data() for row in range(6)]


def nearest(model: LiveModel, word: str) -> list[str]:
    vectors = model.parameters.vectors("sum")
    return [one.word for one in nearest_words(VOCABULARY, vectors, [WORDS.index(word)], 5)[0]]


def test_it_wants_copies_of_the_model_only_while_it_is_seen(shown) -> None:
    assert shown._session.is_live_wanted
    shown.hide()
    assert not shown._session.is_live_wanted


def test_examples_of_the_vocabulary_are_watched_while_none_is_pinned(shown, qtbot) -> None:
    first = live(1, 0.5)
    shown._session.set_live(first)
    wait(shown, qtbot)
    assert [one.word for one in shown.table.rows.watched] == ["king", "man", "boy"]
    assert cells(shown)[:5] == nearest(first, "king")
    told = ("Examples until words are pinned", "Epoch 0.5", "Cosine, among the 30 most frequent words")
    assert shown.note.text() == " · ".join(told)


def test_what_came_and_what_left_since_the_look_before_has_a_sign(shown, qtbot) -> None:
    shown._session.words.pin("sea")
    models = live(1, 1.0), live(2, 2.0)
    for model in models:
        shown._session.set_live(model)
        wait(shown, qtbot)
    before, now = (nearest(model, "sea") for model in models)
    assert cells(shown)[:5] == [word if word in before else f"+ {word}" for word in now]
    assert cells(shown)[5] == "− " + ", ".join(word for word in before if word not in now)


def test_a_word_that_is_pinned_later_has_no_signs_yet(shown, qtbot) -> None:
    for seed in (1, 2):
        shown._session.set_live(live(seed, seed))
        wait(shown, qtbot)
    shown._session.words.pin("w20")
    wait(shown, qtbot)
    assert not any(cell.startswith(("+", "−")) for cell in cells(shown))


def test_after_training_it_shows_the_model(shown, qtbot) -> None:
    vectors = np.random.default_rng(5).normal(size=(len(WORDS), 3)).astype(np.float32)
    embedding = Embedding(VOCABULARY, vectors)
    shown._session.add_model(Model(1, "GloVe 1", embedding, lookup_table(embedding)))
    wait(shown, qtbot)
    expected = [one.word for one in nearest_words(VOCABULARY, vectors, [0], 5)[0]]
    assert cells(shown)[:5] == expected
    assert "GloVe 1 · " in shown.note.text()


def test_a_word_is_pinned_by_its_field_or_a_click_and_unpinned_by_its_button(shown, qtbot) -> None:
    shown._session.set_live(live(1, 1.0))
    session, pinned = shown._session, shown.pinned
    embedding = Embedding(VOCABULARY, np.ones((len(WORDS), 3), np.float32))
    session.add_model(Model(1, "GloVe 1", embedding, lookup_table(embedding)))
    assert pinned.offered.texts == ["king", "man", "boy", "sea"]
    pinned.offered.chosen.emit("boy")
    pinned.edit.word_entered.emit("sea")
    assert session.words.pinned == ("boy", "sea")
    assert pinned.offered.isHidden()
    assert pinned.edit.text() == ""
    pinned.edit.word_entered.emit("nowhere")
    assert pinned.edit.property("invalid")
    pinned.pinned.chosen.emit("boy")
    assert session.words.pinned == ("sea",)


def test_no_old_copy_of_the_model_is_kept(shown, qtbot) -> None:
    import gc
    import weakref

    model = live(1, 1.0)
    gone = weakref.ref(model)
    shown._session.set_live(model)
    wait(shown, qtbot)
    del model
    shown._session.set_live(None)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
