"""The session holds one value of each kind, and knows which no longer fit the settings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gloveui.core.cooccurrence import CountOptions, count_cooccurrences
from gloveui.core.glove import GloveConfig
from gloveui.core.lookup import lookup_table
from gloveui.core.presets import NOVEL
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenOptions, tokenise
from gloveui.core.training import Trainer, TrainingReport
from gloveui.state.session import Session
from gloveui.state.values import Evidence, LiveModel, Model, Stage, StageState

TEXT = PastedText("I like deep learning\nI like NLP\nI enjoy flying")


@pytest.fixture
def session(qapp) -> Session:
    session = Session()
    session.set_count_options(CountOptions(window=1, min_count=1))
    session.set_config(GloveConfig(dimension=4, epochs=2))
    session.set_text(TEXT)
    return session


@pytest.fixture
def trained(session: Session) -> Session:
    tokens = run_to_end(tokenise(TEXT, session.token_options, Resources()))
    session.set_tokens(tokens)
    matrix = run_to_end(count_cooccurrences(tokens, session.count_options, Resources()))
    session.set_cooccurrence(matrix, tokens)
    session.add_model(model(session, 1))
    session.set_trained(matrix, session.config)
    return session


def model(session: Session, number: int, name: str = "") -> Model:
    assert session.cooccurrence is not None
    embedding = run_to_end(Trainer(session.cooccurrence, session.config, Resources()).run())
    return Model(number, name or f"GloVe {number}", embedding, lookup_table(embedding))


def states(session: Session) -> list[StageState]:
    return [session.state(stage) for stage in Stage]


def report(*finished: float) -> TrainingReport:
    return TrainingReport(1.0, 2, 0.5, finished, 1000.0, 1.0)


def test_a_text_that_was_just_opened_has_no_results(session):
    assert states(session) == [StageState.MISSING] * 3
    assert session.vocabulary is None


def test_results_made_with_the_present_settings_are_fresh(trained):
    assert states(trained) == [StageState.FRESH] * 3


def test_another_window_makes_counts_and_vectors_stale_and_keeps_them(trained):
    matrix = trained.cooccurrence
    trained.set_count_options(replace(trained.count_options, window=2))

    assert states(trained) == [StageState.FRESH, StageState.STALE, StageState.STALE]
    assert trained.cooccurrence is matrix
    assert trained.model is not None


def test_another_learning_rate_makes_only_vectors_stale(trained):
    trained.set_config(replace(trained.config, learning_rate=0.2))

    assert states(trained) == [StageState.FRESH, StageState.FRESH, StageState.STALE]


def test_another_tokenizer_makes_everything_stale(trained):
    trained.set_token_options(TokenOptions(tokenizer="whitespace"))

    assert states(trained) == [StageState.STALE] * 3


def test_a_setting_put_back_makes_results_fresh_again(trained):
    trained.set_count_options(replace(trained.count_options, window=2))
    trained.set_count_options(replace(trained.count_options, window=1))

    assert states(trained) == [StageState.FRESH] * 3


def test_opening_another_text_keeps_the_models(trained):
    trained.set_text(PastedText("other words here"))

    assert states(trained) == [StageState.MISSING] * 3
    assert len(trained.models) == 1
    assert trained.vocabulary is trained.model.embedding.vocabulary


def test_a_model_with_the_number_of_another_takes_its_place(trained):
    trained.add_model(model(trained, 2))
    trained.add_model(model(trained, 1, "GloVe 1 again"))

    assert [each.name for each in trained.models] == ["GloVe 2", "GloVe 1 again"]
    assert trained.model.name == "GloVe 1 again"


def test_a_setting_that_does_not_change_is_not_told(session, qtbot):
    with qtbot.assertNotEmitted(session.settings_changed):
        session.set_config(session.config)
        session.set_count_options(session.count_options)
        session.set_token_options(session.token_options)


def test_the_word_in_focus_is_told_once(session, qtbot):
    with qtbot.waitSignal(session.focus_word_changed) as told:
        session.set_focus_word("like")
    assert told.args == ["like"]
    with qtbot.assertNotEmitted(session.focus_word_changed):
        session.set_focus_word("like")


def test_a_word_in_focus_is_spelled_as_the_vocabulary_does(trained):
    trained.set_focus_word(" NLP ")
    assert trained.focus_word == "nlp"
    trained.set_focus_word("Unheard")
    assert trained.focus_word == "Unheard"


def test_losses_are_gathered_from_reports(session):
    session.start_losses(4, ())
    session.add_reports((report(), report(0.5, 0.4)))
    session.add_reports((report(0.3),))

    assert session.losses.epochs == (0.5, 0.4, 0.3)
    assert len(session.losses.reports) == 3
    assert session.losses.planned == 4


def test_a_training_that_goes_on_keeps_its_losses_and_a_new_one_does_not(session):
    session.start_losses(2, ())
    session.add_reports((report(0.5, 0.4),))
    session.start_losses(4, (0.5, 0.4))
    assert (session.losses.epochs, len(session.losses.reports)) == ((0.5, 0.4), 1)

    session.start_losses(2, ())
    assert (session.losses.epochs, session.losses.reports) == ((), ())


def test_other_resources_make_nothing_stale(trained, qtbot):
    with qtbot.waitSignal(trained.settings_changed):
        trained.set_resources(Resources(threads=1))

    assert states(trained) == [StageState.FRESH] * 3
    assert trained.resources == Resources(threads=1)


def test_another_start_makes_only_vectors_stale(trained):
    trained.start_from_model(1)
    assert states(trained) == [StageState.FRESH, StageState.FRESH, StageState.STALE]

    trained.set_start(None)
    assert states(trained) == [StageState.FRESH] * 3


def test_a_start_follows_its_model(trained):
    trained.start_from_model(1)
    newer = model(trained, 1, "GloVe 1 again")
    trained.replace_model(newer)

    assert trained.start.embedding is newer.embedding
    assert trained.start.origin.name == "GloVe 1 again"


def test_a_model_is_replaced_where_it_stands_and_what_is_shown_stays(trained):
    second = model(trained, 2)
    trained.add_model(second)
    trained.replace_model(model(trained, 1, "GloVe 1 again"))

    assert [each.name for each in trained.models] == ["GloVe 1 again", "GloVe 2"]
    assert trained.model is second


def test_a_preset_changes_counts_and_training_with_one_signal(session, qtbot):
    seen = []
    session.settings_changed.connect(lambda: seen.append((session.count_options, session.config)))
    session.use_preset(NOVEL)

    assert seen == [(NOVEL.count_options, NOVEL.config)]
    with qtbot.assertNotEmitted(session.settings_changed):
        session.use_preset(NOVEL)


def test_the_device_is_kept_from_one_training_to_the_next_and_goes_with_the_text(session):
    session.start_losses(2, ())
    session.set_device("CPU, 2 threads")
    session.start_losses(4, ())
    assert session.losses.device == "CPU, 2 threads"

    session.set_text(PastedText("another text"))
    assert session.losses.device == ""


def test_a_number_can_be_asked_for_its_sentences_again_and_again(session, qtbot):
    for _ in range(2):
        with qtbot.waitSignal(session.evidence_changed):
            session.show_evidence("ice", "solid")
    assert session.evidence == Evidence("ice", "solid")


def test_another_text_has_no_evidence_and_no_lit_cells(session):
    session.show_evidence("i")
    session.set_lit_cells(((0, 1),))
    session.set_text(PastedText("a b"))
    assert session.evidence is None
    assert session.lit_cells == ()


def test_cells_of_the_counts_before_are_out_when_new_counts_are_told_of_and_can_be_lit_anew(trained):
    trained.set_lit_cells(((0, 1),))
    seen = []

    def light_anew() -> None:
        seen.append(trained.lit_cells)
        trained.set_lit_cells(((1, 0),))

    trained.cooccurrence_changed.connect(light_anew)
    trained.set_cooccurrence(trained.cooccurrence, trained.tokens)
    assert seen == [()]
    assert trained.lit_cells == ((1, 0),)


def test_a_model_predicts_the_counts_of_its_own_words_only(trained):
    assert trained.predictor is trained.embedding.parameters
    other = run_to_end(tokenise(PastedText("x y\ny z"), trained.token_options, Resources()))
    trained.set_cooccurrence(
        run_to_end(count_cooccurrences(other, trained.count_options, Resources())), other
    )
    assert trained.predictor is None


def test_a_running_training_predicts_before_the_model_does(trained, qtbot):
    learned = model(trained, 2).embedding.parameters
    with qtbot.waitSignal(trained.predictor_changed):
        trained.set_live(LiveModel(trained.cooccurrence.vocabulary, learned, 0.5))
    assert trained.predictor is learned
    with qtbot.waitSignal(trained.predictor_changed):
        trained.set_live(None)
    assert trained.predictor is trained.embedding.parameters


def test_a_training_is_looked_at_as_long_as_anybody_wants_that(session, qtbot):
    with qtbot.assertNotEmitted(session.live_wanted_changed):
        session.want_live("counts", False)
    session.want_live("counts", True)
    session.want_live("fit", True)
    session.want_live("counts", False)
    assert session.is_live_wanted
    with qtbot.waitSignal(session.live_wanted_changed) as changed:
        session.want_live("fit", False)
    assert changed.args == [False]
