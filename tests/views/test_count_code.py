"""Code copied from the counts makes the model whose numbers it prints."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF

import gloveui
from gloveui.core.lookup import lookup_table
from gloveui.core.quantities import Quantity
from gloveui.core.text import PastedText
from gloveui.core.warm_start import Origin
from gloveui.state.session import Session
from gloveui.state.values import LiveModel, Model
from gloveui.views.count_code import cells_code
from tests.views.counted import LECTURE

TEXT = PastedText(LECTURE)


def trained_session() -> Session:
    run = gloveui.train(TEXT, window=1, min_count=1, dimension=3, epochs=2, seed=5)
    card = replace(run.card, start=Origin("vectors", "older", path="older.txt"))
    session = Session()
    session.set_text(TEXT)
    session.set_cooccurrence(run.cooccurrence, run.tokens)
    session.add_model(Model(1, "model", run.embedding, lookup_table(run.embedding), card))
    return session


def prediction_code(session: Session) -> str:
    quantity = Quantity("prediction", parameters=session.predictor)
    return cells_code(session, quantity, ["i", "like"], QRectF(0, 0, 2, 2))


def test_code_for_predictions_trains_as_the_model_was_trained_its_start_included(qapp) -> None:
    code = prediction_code(trained_session())
    assert "seed=5" in code
    assert "start_from='older.txt'" in code


def test_code_for_a_running_training_has_its_settings_and_not_those_of_an_older_model(qapp) -> None:
    session = trained_session()
    session.set_config(replace(session.config, seed=8))
    session.set_live(LiveModel(session.cooccurrence.vocabulary, session.embedding.parameters, 0.5))
    code = prediction_code(session)
    assert "seed=8" in code
    assert "start_from" not in code
