"""Which model answers, said where it could be taken for another."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gloveui.core.presets import LECTURE
from gloveui.core.text import PastedText
from gloveui.state.job_queue import JobQueue
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.views.widgets.model_note import ModelNote
from tests.views.vectors import FAMILY, session_of


def test_a_model_of_another_text_than_the_open_one_is_named_with_its_text(qtbot: QtBot) -> None:
    session, jobs = Session(), JobQueue()
    pipeline = Pipeline(session, jobs)
    note = ModelNote(session)
    qtbot.addWidget(note)
    assert note.isHidden()

    pipeline.open_text(PastedText("I like NLP\nI enjoy flying", "<b>First</b>"), LECTURE)
    pipeline.train()
    qtbot.waitUntil(lambda: session.model is not None and jobs.current is None, timeout=60_000)
    assert note.isHidden()

    pipeline.open_text(PastedText("man and woman\nboy and girl", "Second"), LECTURE)
    qtbot.waitUntil(lambda: session.cooccurrence is not None and jobs.current is None, timeout=60_000)
    assert not note.isHidden()
    assert "GloVe 1" in note.text()
    assert "<b>First</b>" in note.text()

    pipeline.train()
    qtbot.waitUntil(lambda: len(session.models) == 2 and jobs.current is None, timeout=60_000)
    assert note.isHidden()
    session.set_model(session.models[0])
    assert not note.isHidden()


def test_a_model_whose_text_is_not_known_needs_no_note(qtbot: QtBot) -> None:
    note = ModelNote(session_of(FAMILY))
    qtbot.addWidget(note)
    assert note.isHidden()
