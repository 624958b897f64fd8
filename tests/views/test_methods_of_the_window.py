"""The method is chosen in the card of the training, and what a model is made of can be looked at."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QSpinBox

from gloveui.core.baseline_settings import LsaSettings
from gloveui.core.presets import LECTURE
from gloveui.core.text import PastedText
from gloveui.state.forecaster import Forecaster
from gloveui.state.job_queue import JobQueue
from gloveui.state.pipeline import Pipeline
from gloveui.state.run_again import RunAgain
from gloveui.state.session import Session
from gloveui.views import dialogs
from gloveui.views.steps.training_step import TrainingStep
from gloveui.views.widgets.model_menu import ModelMenu
from gloveui.views.widgets.run_card_view import RunCardView

TEXT = PastedText("I like deep learning\nI like NLP\nI enjoy flying")


@pytest.fixture
def step(qtbot, theme):
    session, jobs = Session(), JobQueue()
    pipeline = Pipeline(session, jobs)
    forecaster = Forecaster(session, jobs)
    step = TrainingStep(session, pipeline, forecaster, theme)
    qtbot.addWidget(step)
    step.show()
    yield step
    assert jobs.shut_down()
    for owned in (forecaster, pipeline, jobs, session):
        owned.deleteLater()


def choose(step: TrainingStep, method: str) -> None:
    combo = step.findChild(QComboBox, "setting_method")
    combo.setCurrentIndex(combo.findData(method))
    combo.activated.emit(combo.currentIndex())


@pytest.mark.parametrize("method", ["lsa", "ppmi", "word2vec"])
def test_only_the_fields_of_the_method_are_seen(step, method: str) -> None:
    glove = step.findChild(QSpinBox, "setting_dimension")
    assert glove.isVisible()
    choose(step, method)
    assert not glove.isVisible()
    seen = {name for name in ("lsa", "ppmi", "word2vec") if dimension(step, name).isVisible()}
    assert seen == {method}


def dimension(step: TrainingStep, method: str) -> QSpinBox:
    return step.findChild(QSpinBox, f"setting_{method}_dimension")


def test_what_is_typed_goes_to_the_method_and_not_to_glove(step) -> None:
    choose(step, "lsa")
    dimension(step, "lsa").setValue(7)
    assert step._pipeline.methods.chosen == LsaSettings(dimension=7)
    assert step._session.config.dimension == 100


def test_a_run_card_is_listed_and_copied_whole(qtbot, step) -> None:
    pipeline, session = step._pipeline, step._session
    pipeline.open_text(TEXT, LECTURE)
    pipeline.methods.set_settings(LsaSettings(dimension=3))
    choose(step, "lsa")
    pipeline.train()
    qtbot.waitUntil(lambda: session.model is not None, timeout=60_000)
    view = RunCardView(session.model, session.model.card)
    qtbot.addWidget(view)
    item = view.table.item
    rows = {item(row, 0).text(): item(row, 1).text() for row in range(view.table.rowCount())}
    assert rows["method"] == "lsa"
    assert rows["settings · dimension"] == "3"
    assert rows["sizes · vocabulary"] == "7"
    assert rows["text · sha256"] == session.tokens.summary.sha256
    view.copy_button.click()
    assert json.loads(QGuiApplication.clipboard().text())["settings"]["seed"] == 1


def test_names_of_a_run_card_are_in_the_language_of_the_window(qtbot, step, languages) -> None:
    pipeline, session = step._pipeline, step._session
    pipeline.open_text(TEXT, LECTURE)
    choose(step, "lsa")
    pipeline.train()
    qtbot.waitUntil(lambda: session.model is not None, timeout=60_000)
    view = RunCardView(session.model, session.model.card)
    qtbot.addWidget(view)
    assert view.table.item(0, 0).text() == "method"
    languages.use("ko")
    qtbot.waitUntil(lambda: view.table.item(0, 0).text() == "방법")
    names = {view.table.item(row, 0).text() for row in range(view.table.rowCount())}
    assert "설정 · 차원" in names


def test_a_model_is_renamed_by_its_menu(qtbot, step, theme, monkeypatch) -> None:
    pipeline, session = step._pipeline, step._session
    pipeline.open_text(TEXT, LECTURE)
    choose(step, "lsa")
    pipeline.train()
    qtbot.waitUntil(lambda: session.model is not None and pipeline.stage is None, timeout=60_000)
    again = RunAgain(session, JobQueue(step), step)
    menu = ModelMenu(session, again, theme)
    qtbot.addWidget(menu)
    monkeypatch.setattr(dialogs, "ask_for_name", lambda *_: "")
    menu.rename_action.trigger()
    assert session.model.name == "LSA 1 · 3d · log"
    monkeypatch.setattr(dialogs, "ask_for_name", lambda *_: "mine " * 20)
    menu.rename_action.trigger()
    assert (
        [model.name for model in session.models]
        == [session.model.name]
        == ["mine mine mine mine mine mine mi"]
    )
