from __future__ import annotations

import pytest

from gloveui.core.training import TrainingReport
from gloveui.core.word2vec import Word2VecReport
from gloveui.state.session import Session
from gloveui.views.steps.loss_step import LossStep
from gloveui.views.theme import Theme


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def step(session: Session, theme: Theme, qtbot) -> LossStep:
    step = LossStep(session, theme)
    qtbot.addWidget(step)
    return step


def test_a_loss_is_that_of_glove_unless_another_method_is_named(step: LossStep, session: Session) -> None:
    session.start_losses(2, ())
    assert step.note_label.text() == "mean per pair"
    session.add_reports((TrainingReport(1.0, 2, 0.25, (0.25,), 1e6, 1.0),))
    assert step.note_label.text() == "0.25"
    assert "log X" in step.toolTip()
    session.start_losses(2, (), "word2vec")
    assert step.note_label.text() == "mean of a sample"
    session.add_reports((Word2VecReport(1.0, 2, 2.5, (2.5,), 0.0, 1.0),))
    assert step.note_label.text() == "Word2Vec · 2.5"
    assert "2,000 places" in step.toolTip()


def test_a_method_without_loss_says_so(step: LossStep, session: Session) -> None:
    session.start_losses(0, (), "ppmi")
    assert step.note_label.text() == "this method has none"
    assert step.toolTip() == ""
