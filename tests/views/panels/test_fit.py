from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

import gloveui
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.lookup import lookup_table
from gloveui.core.text import PastedText
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import Evidence, LiveModel, Model
from gloveui.storage.export import csv_text
from gloveui.views.models.costly_pairs import difference, number, percent
from gloveui.views.panels import fit as module
from gloveui.views.panels.fit import FitPanel
from tests.views.counted import LECTURE, counted, session_of
from tests.views.vectors import FAMILY, model_of


@pytest.fixture
def show(show_panel, qtbot):
    """Shows the panel on a session; it lives, and its questions are answered, until the test has ended."""
    panels: list[FitPanel] = []

    def show_one(session: Session) -> FitPanel:
        panels.append(show_panel(FitPanel, (660, 720), session))
        return panels[-1]

    yield show_one
    qtbot.waitUntil(lambda: not any(panel._jobs.is_answering for panel in panels), timeout=30_000)


def parameters_of(matrix: CooccurrenceMatrix, seed: int = 0, size: float = 0.5) -> GloveParameters:
    random, words = np.random.default_rng(seed), len(matrix.vocabulary)
    shapes = ((words, 3), (words, 3), (words,), (words,))
    return GloveParameters(*(random.normal(scale=size, size=shape).astype(np.float32) for shape in shapes))


def add_model(session: Session, parameters: GloveParameters | None, number: int = 1) -> None:
    words = session.cooccurrence.vocabulary
    vectors = np.zeros((len(words), 3), np.float32) if parameters is None else parameters.word_vectors
    embedding = Embedding(words, vectors, parameters)
    session.add_model(Model(number, f"model {number}", embedding, lookup_table(embedding)))


@pytest.fixture
def session() -> Session:
    """The lecture's counts with a model of noise."""
    session = session_of(LECTURE)
    session.set_config(GloveConfig(x_max=2.0))
    add_model(session, parameters_of(session.cooccurrence))
    return session


@pytest.fixture
def wait(qtbot) -> Callable[..., None]:
    def wait_until(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(condition, timeout=30_000)

    return wait_until


def is_filled(panel: FitPanel) -> bool:
    return panel.pairs.rowCount() > 0 and not panel.empty.isVisible()


@pytest.fixture
def panel(show, session: Session, wait) -> FitPanel:
    panel = show(session)
    wait(lambda: is_filled(panel))
    return panel


def text_of(panel: FitPanel, row: int) -> list[str]:
    return [panel.pairs.index(row, column).data() for column in range(panel.pairs.columnCount())]


def test_without_counts_or_model_it_says_what_to_do_next(show) -> None:
    assert "Open a text" in show(Session()).empty.hint_label.text()
    panel = show(session_of(LECTURE))
    assert panel.empty.isVisible()
    assert "Press Train" in panel.empty.hint_label.text()


def test_a_model_of_other_words_or_of_vectors_alone_is_told_apart(show) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    add_model(session, None)
    assert panel.empty.title_label.text() == "This model cannot be compared"
    other = model_of(FAMILY)
    matrix, _ = counted("man woman boy girl king queen road")
    parameters = parameters_of(matrix)
    embedding = Embedding(other.embedding.vocabulary, other.embedding.vectors, parameters)
    session.add_model(Model(2, "other", embedding, other.table))
    assert panel.empty.isVisible()
    assert panel.empty.title_label.text() == "This model is of other words"


def test_it_shows_how_well_the_model_predicts_the_counts(panel: FitPanel, session: Session) -> None:
    fit = gloveui.model_fit(session.cooccurrence, session.predictor, x_max=2.0, alpha=0.75)
    assert panel.figures.value("loss") == f"{fit.mean_loss:.4g}"
    assert panel.figures.value("explained") == f"{fit.r_squared:.3f}"
    assert panel.figures.value("pairs") == "12"
    assert panel.pairs.rowCount() == 12
    assert sum(panel.pairs.share_at(row) for row in range(12)) == pytest.approx(100)
    assert sum(panel.share_plot.shares()[0]) == pytest.approx(100)
    assert sum(panel.share_plot.shares()[1]) == pytest.approx(100)


def test_the_dearest_pair_is_first_with_its_count_and_prediction(panel: FitPanel, session: Session) -> None:
    fit = gloveui.model_fit(session.cooccurrence, session.predictor, x_max=2.0, alpha=0.75)
    words, pairs = session.cooccurrence.vocabulary, fit.costliest
    assert text_of(panel, 0) == [
        words.word(pairs.words[0]),
        words.word(pairs.contexts[0]),
        number(float(pairs.counts[0])),
        number(float(np.exp(pairs.predictions[0]))),
        difference(float(pairs.errors[0])),
        f"{pairs.weights[0]:.2f}",
        f"{100 * pairs.losses[0] / fit.loss:.2g}",
    ]


def test_a_click_on_a_pair_asks_for_its_sentences(panel: FitPanel, session: Session, qtbot) -> None:
    word, context = text_of(panel, 3)[:2]
    place = panel.table.visualRect(panel.pairs.index(3, 0)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.evidence == Evidence(word, context)
    assert session.focus_word == word


def test_a_point_tells_its_pair_and_a_click_asks_for_the_sentences(panel, session: Session, qtbot) -> None:
    fit = gloveui.model_fit(session.cooccurrence, session.predictor, x_max=2.0, alpha=0.75)
    word, points = session.cooccurrence.vocabulary.word, fit.points
    alone = int(np.argmax(points.predictions))
    scene = panel.plot.plotItem.vb.mapViewToScene(
        QPointF(float(np.log(points.counts[alone])), float(points.predictions[alone]))
    )
    place = panel.plot.mapFromScene(scene)
    names = word(points.words[alone]), word(points.contexts[alone])

    assert panel.plot.text_at(QPointF(place)).startswith(f"{names[0]} × {names[1]}\n")
    qtbot.mouseClick(panel.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.evidence == Evidence(*names)
    assert panel.plot.text_at(QPointF(2, 2)) == ""


def test_many_pairs_are_a_picture_whose_bins_tell_how_many_they_are(show, session, wait, monkeypatch) -> None:
    monkeypatch.setattr("gloveui.core.fit.MOST_POINTS", 3)
    panel = show(session)
    wait(lambda: is_filled(panel))
    assert panel.plot.image.isVisible()
    assert not panel.plot.points.isVisible()
    fit = gloveui.model_fit(session.cooccurrence, session.predictor, x_max=2.0, alpha=0.75)
    rows, columns = np.nonzero(fit.density)
    (left, right), (bottom, top) = fit.log_range, fit.prediction_range
    centre = QPointF(
        left + (columns[0] + 0.5) * (right - left) / fit.density.shape[1],
        bottom + (rows[0] + 0.5) * (top - bottom) / fit.density.shape[0],
    )
    text = panel.plot._bin_text(fit, centre)
    assert text.startswith(f"Pairs: {fit.density[rows[0], columns[0]]}\n")
    assert (panel.plot.image.image[..., 3] > 0).sum() == len(rows)


def test_a_group_of_counts_tells_its_shares(panel: FitPanel) -> None:
    text = panel.share_plot.group_text(1)
    assert text.startswith("Pairs counted 2 to 2 times\nPairs: 2, 16.7 % of all")


def test_other_settings_of_the_weighting_are_compared_anew(panel: FitPanel, session: Session, wait) -> None:
    before = panel.figures.value("loss")
    session.set_config(GloveConfig(x_max=2.0, epochs=3))
    assert panel._job is None
    session.set_config(GloveConfig(x_max=50.0))
    wait(lambda: panel.figures.value("loss") != before)
    fit = gloveui.model_fit(session.cooccurrence, session.predictor, x_max=50.0, alpha=0.75)
    assert panel.figures.value("loss") == f"{fit.mean_loss:.4g}"


def test_other_counts_take_the_old_picture_away(panel: FitPanel, session: Session) -> None:
    session.set_cooccurrence(*counted("man and woman"))
    assert panel.empty.isVisible()
    assert panel.empty.title_label.text() == "This model is of other words"


def test_nothing_is_compared_while_nobody_looks(theme, session: Session, qtbot, wait) -> None:
    jobs = JobQueue()
    panel = FitPanel(session, jobs, theme)
    qtbot.addWidget(panel)
    session.set_config(GloveConfig(x_max=7.0))
    assert not jobs.is_answering
    assert not session.is_live_wanted
    panel.show()
    assert session.is_live_wanted
    wait(lambda: is_filled(panel))
    panel.hide()
    assert not session.is_live_wanted


def test_it_follows_a_training_and_says_how_far_that_is(panel: FitPanel, session: Session, wait) -> None:
    matrix = session.cooccurrence
    live = LiveModel(matrix.vocabulary, parameters_of(matrix, seed=5), 2.5)
    session.set_live(live)
    wait(lambda: "epoch 2.5" in panel.note.text())
    fit = gloveui.model_fit(matrix, live.parameters, x_max=2.0, alpha=0.75)
    assert panel.figures.value("loss") == f"{fit.mean_loss:.4g}"
    session.set_live(None)
    wait(lambda: "epoch" not in panel.note.text())


def test_moments_of_a_training_that_come_faster_than_answers_are_skipped(
    panel: FitPanel, session: Session, wait, monkeypatch
) -> None:
    asked: list[float | None] = []
    answer = module.answer

    def noted(question, resources):
        asked.append(question.position)
        return answer(question, resources)

    monkeypatch.setattr(module, "answer", noted)
    matrix = session.cooccurrence
    for position in range(1, 6):
        parameters = parameters_of(matrix, seed=position)
        session.set_live(LiveModel(matrix.vocabulary, parameters, float(position)))
    wait(lambda: "epoch 5" in panel.note.text())
    assert asked == [1.0, 5.0]


def test_predictions_that_cannot_be_drawn_are_said(panel: FitPanel, session: Session, wait) -> None:
    matrix = session.cooccurrence
    wild = parameters_of(matrix)
    biases = np.zeros(len(matrix.vocabulary), np.float32)
    biases[0] = 1e4
    vectors = wild.word_vectors, wild.context_vectors
    add_model(session, GloveParameters(*vectors, biases, wild.context_biases), number=2)
    wait(lambda: "Pairs out of the picture: " in panel.note.text())


def test_its_table_has_the_pairs_and_the_groups(panel: FitPanel) -> None:
    lines = csv_text(panel._rows()).splitlines()
    assert lines[0].startswith("word,context,X,predicted X")
    assert len(lines) == 1 + 12 + 1 + 1 + 2
    assert lines[14].startswith("X from,X to,pairs")


def test_its_code_trains_and_compares_again(show, wait) -> None:
    text = PastedText(LECTURE)
    run = gloveui.train(text, preset="lecture", epochs=5)
    session = Session()
    session.set_text(text)
    session.set_cooccurrence(run.cooccurrence, run.tokens)
    session.set_config(run.card.config)
    session.add_model(Model(1, "model", run.embedding, lookup_table(run.embedding), run.card))
    panel = show(session)
    wait(lambda: is_filled(panel))

    names: dict[str, object] = {}
    exec(panel._code(), names)
    assert panel.export_button.code_action.isVisible()
    assert f"{names['fit'].mean_loss:.4g}" == panel.figures.value("loss")


def test_a_model_of_unknown_origin_has_no_code(panel: FitPanel) -> None:
    assert not panel.export_button.code_action.isVisible()
    assert panel.export_button.csv_action.isVisible()


def test_its_texts_change_with_the_language(panel: FitPanel, languages, wait) -> None:
    languages.use("ko")
    wait(lambda: panel.windowTitle() == "적합도")
    assert panel.pairs.headerData(0, Qt.Orientation.Horizontal) == "단어"
    assert "손실" in panel.share_title.text()


def test_its_plots_are_as_light_or_dark_as_the_theme(panel: FitPanel, theme) -> None:
    for scheme in ("light", "dark"):
        theme.set_scheme(scheme)
        for plot in (panel.plot, panel.share_plot):
            assert plot.grab().toImage().pixelColor(2, 2).name().upper() == theme.palette.surface


def test_it_fits_a_small_screen(panel: FitPanel) -> None:
    assert panel.minimumSizeHint().height() <= 420
    assert panel.minimumSizeHint().width() <= 500


def test_it_is_freed_when_it_is_closed(theme, session: Session, qtbot) -> None:
    panel = FitPanel(session, JobQueue(), theme)
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
    session.set_config(GloveConfig(x_max=3.0))


@pytest.mark.parametrize(
    ("error", "text"),
    [(0.0, "+0.00"), (1.234, "+1.23"), (-7.1, "−7.10"), (0.0003, "+3e−4"), (-2e-5, "−2e−5")],
)
def test_differences_are_readable_however_small(error: float, text: str) -> None:
    assert difference(error) == text


def test_the_saved_picture_has_its_legend(panel: FitPanel) -> None:
    assert panel._picture().isAncestorOf(panel.legend)
    assert panel._picture().isAncestorOf(panel.share_title)
    assert not panel._picture().isAncestorOf(panel.export_button)


def test_its_table_has_headings_in_the_language_in_use(panel: FitPanel, languages) -> None:
    languages.use("ko")
    assert csv_text(panel._rows()).startswith("단어,문맥,X,")


def test_every_figure_of_the_list_has_room(panel: FitPanel) -> None:
    metrics = panel.table.fontMetrics()
    for figure in module.FIGURE_COLUMNS:
        texts = [panel.pairs.index(row, figure).data() for row in range(panel.pairs.rowCount())]
        heading = str(panel.pairs.headerData(figure, Qt.Orientation.Horizontal))
        widest = max(map(metrics.horizontalAdvance, [*texts, heading]))
        assert widest + 16 < panel.table.columnWidth(figure)


@pytest.mark.parametrize(
    ("share", "text"), [(100.0, "100"), (99.4, "99"), (9.96, "10"), (5.94, "5.9"), (0.0123, "0.012")]
)
def test_shares_are_readable_however_large(share: float, text: str) -> None:
    assert percent(share) == text
