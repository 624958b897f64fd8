from __future__ import annotations

import gc
import math
import weakref

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.text import PastedText
from gloveui.core.training import TrainingReport
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage.export import csv_text
from gloveui.views.panels.training import TrainingPanel
from tests.views.counted import LECTURE, counted, session_of


@pytest.fixture
def show(show_panel, qtbot):
    """Shows the panel on a session; it lives, and its questions are answered, until the test has ended."""
    panels: list[TrainingPanel] = []

    def show_one(session: Session) -> TrainingPanel:
        panels.append(show_panel(TrainingPanel, (560, 700), session))
        return panels[-1]

    yield show_one
    qtbot.waitUntil(lambda: not any(panel._jobs.is_answering for panel in panels), timeout=30_000)


def report(
    position: float,
    loss: float = 0.05,
    *,
    finished: tuple[float, ...] = (),
    speed: float = 2e6,
    left: float = 90,
) -> TrainingReport:
    return TrainingReport(position, 15, loss, finished, speed, left)


def test_before_a_training_it_says_what_to_do_next(show) -> None:
    panel = show(Session())
    assert panel.empty.isVisible()
    assert "Train" in panel.empty.hint_label.text()


def test_reports_move_the_curve_and_the_figures(show, qtbot) -> None:
    session = Session()
    panel = show(session)
    session.start_losses(15, ())
    session.add_reports((report(0.5), report(1.0, finished=(0.08,)), report(1.4)))
    assert panel.loss_plot.isVisible()
    qtbot.waitUntil(lambda: panel.loss_plot.epochs_curve.getData()[1] is not None)
    assert panel.loss_plot.epochs_curve.getData()[1].tolist() == [0.08]
    assert panel.figures.value("epoch") == "1.4 / 15"
    assert panel.figures.value("loss") == "0.08"
    assert panel.figures.value("speed") == "2.0 M"
    assert panel.figures.value("left") == "1:30 min"


def test_a_report_without_pairs_does_not_disturb_the_figures(show) -> None:
    session = Session()
    panel = show(session)
    session.start_losses(15, ())
    session.add_reports((report(0.5, left=30), report(1.0, 0.0, finished=(0.08,), speed=0.0, left=1e15)))
    assert panel.figures.value("speed") == "2.0 M"
    assert panel.figures.value("left") == "30 s"


def test_a_training_that_has_just_begun_has_no_figures_yet(show) -> None:
    session = Session()
    panel = show(session)
    session.start_losses(15, ())
    assert panel.figures.value("epoch") == "0 / 15"
    assert {panel.figures.value(name) for name in ("loss", "speed", "left")} == {"–"}


def test_the_end_of_a_training_is_said(show) -> None:
    session = Session()
    panel = show(session)
    session.start_losses(15, ())
    session.add_reports((report(15.0, finished=(0.02,) * 15, left=0.0),))
    assert panel.figures.value("epoch") == "15 / 15"
    assert panel.figures.value("left") == "done"


def test_a_training_that_was_stopped_has_no_time_left(show) -> None:
    session = Session()
    panel = show(session)
    session.start_losses(15, ())
    session.add_reports((report(3.0, finished=(0.02,) * 3, left=30.0),))
    assert panel.figures.value("left") == "30 s"
    session.end_losses()
    assert panel.figures.value("epoch") == "3 / 15"
    assert panel.figures.value("left") == "–"


def test_the_pace_is_a_mean_of_late_and_the_time_left_what_was_reported(show) -> None:
    session = Session()
    panel = show(session)
    session.start_losses(15, ())
    session.add_reports((report(1.4, speed=1e6, left=90.0), report(1.5, speed=3e6, left=30.0)))
    assert panel.figures.value("speed") == "2.0 M"
    assert panel.figures.value("left") == "30 s"


def test_another_text_brings_back_the_empty_state(show) -> None:
    session = Session()
    panel = show(session)
    session.start_losses(15, ())
    session.set_text(None)
    assert panel.empty.isVisible()


def test_the_loss_can_be_seen_on_a_logarithmic_scale(show) -> None:
    panel = show(Session())
    panel.scale_combo.setCurrentIndex(1)
    assert panel.loss_plot.is_logarithmic
    panel.scale_combo.setCurrentIndex(0)
    assert not panel.loss_plot.is_logarithmic


def test_settings_and_their_weighting_are_shown_as_they_change(show) -> None:
    session = Session()
    panel = show(session)
    session.set_config(GloveConfig(dimension=64, x_max=25, alpha=0.5, vectors="concatenated"))
    assert panel.settings.value("dimension") == "64"
    assert panel.settings.value("vectors") == "W‖W̃"
    assert panel.weighting_plot.weighting == (25, 0.5)
    assert "25 times" in panel.weighting_text.text()
    assert "α = 0.5" in panel.weighting_text.text()


def wait_for_share(panel, share: str, qtbot) -> None:
    text = f"Of the 12 pairs in the counts, {share} % weigh 1."
    qtbot.waitUntil(lambda: panel.share_text.text() == text, timeout=30_000)


def grip(panel, x_max: float, weight: float) -> QPoint:
    """A place in the picture of the weighting."""
    return panel.weighting_plot.in_view(math.log10(x_max), weight).toPoint()


def drag(panel, qtbot, start: QPoint, end: QPoint, lets_go: bool = True) -> None:
    view = panel.weighting_plot.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.5, 1.0):
        place = start + (end - start) * share
        move = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(place), view.mapToGlobal(QPointF(place)),
            Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view, move)
    if lets_go:
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


@pytest.fixture
def lecture(show, qtbot):
    """The panel on the lecture's counts, which it has weighed, and their session."""
    session = session_of(LECTURE)
    session.set_config(GloveConfig(x_max=2.0))
    panel = show(session)
    wait_for_share(panel, "16.7", qtbot)
    return panel, session


def test_the_share_of_pairs_with_full_weight_is_that_of_the_counts(lecture, qtbot) -> None:
    panel, session = lecture
    session.set_config(GloveConfig(x_max=1.0))
    wait_for_share(panel, "100", qtbot)
    session.set_config(GloveConfig(x_max=2.5))
    wait_for_share(panel, "0", qtbot)


def test_counts_are_weighed_only_when_somebody_looks(theme, qtbot) -> None:
    jobs = JobQueue()
    panel = TrainingPanel(session_of(LECTURE), jobs, theme)
    qtbot.addWidget(panel)
    assert not jobs.is_answering
    panel.show()
    qtbot.waitUntil(lambda: bool(panel.share_text.text()), timeout=30_000)


def test_dragging_the_line_changes_x_max_when_it_is_let_go(lecture, qtbot) -> None:
    panel, session = lecture
    drag(panel, qtbot, grip(panel, 2.0, 0.8), grip(panel, 1.0, 0.8), lets_go=False)
    dragged = panel.weighting_plot.weighting[0]
    assert dragged == pytest.approx(1.0, rel=0.05)
    assert session.config.x_max == 2.0
    assert f"Pairs counted {dragged:g} times" in panel.weighting_text.text()

    qtbot.mouseRelease(panel.weighting_plot.viewport(), Qt.MouseButton.LeftButton, pos=grip(panel, 1.0, 0.8))
    assert (session.config.x_max, session.config.alpha) == (dragged, 0.75)


def test_while_dragging_the_share_follows_at_once(lecture, qtbot) -> None:
    panel, _ = lecture
    drag(panel, qtbot, grip(panel, 2.0, 0.8), grip(panel, 0.7, 0.8), lets_go=False)
    assert "100 %" in panel.share_text.text()


def test_dragging_the_point_up_makes_rare_pairs_weigh_more(lecture, qtbot) -> None:
    panel, session = lecture
    drag(panel, qtbot, grip(panel, 0.5, 0.25**0.75), grip(panel, 0.5, 0.5))
    assert session.config.alpha == pytest.approx(0.5, abs=0.02)
    assert session.config.x_max == 2.0


def test_escape_takes_a_drag_back(lecture, qtbot) -> None:
    panel, session = lecture
    drag(panel, qtbot, grip(panel, 2.0, 0.8), grip(panel, 1.0, 0.8), lets_go=False)
    qtbot.keyClick(panel.weighting_plot, Qt.Key.Key_Escape)
    qtbot.mouseRelease(panel.weighting_plot.viewport(), Qt.MouseButton.LeftButton, pos=grip(panel, 1.0, 0.8))
    assert panel.weighting_plot.weighting == (2.0, 0.75)
    assert session.config == GloveConfig(x_max=2.0)
    assert "Pairs counted 2 times" in panel.weighting_text.text()


def test_a_press_beside_the_line_and_the_point_drags_nothing(lecture, qtbot) -> None:
    panel, session = lecture
    drag(panel, qtbot, grip(panel, 1.0, 0.95), grip(panel, 0.6, 0.95))
    assert session.config == GloveConfig(x_max=2.0)


def test_other_settings_that_come_while_dragging_wait_until_it_is_let_go(lecture, qtbot) -> None:
    panel, session = lecture
    drag(panel, qtbot, grip(panel, 2.0, 0.8), grip(panel, 1.0, 0.8), lets_go=False)
    dragged = panel.weighting_plot.weighting
    session.set_config(GloveConfig(x_max=2.0, epochs=3))
    assert panel.weighting_plot.weighting == dragged
    qtbot.mouseRelease(panel.weighting_plot.viewport(), Qt.MouseButton.LeftButton, pos=grip(panel, 1.0, 0.8))
    assert session.config == GloveConfig(x_max=dragged[0], epochs=3)


def test_other_counts_bring_another_histogram(lecture, qtbot) -> None:
    panel, session = lecture
    session.set_cooccurrence(*counted(LECTURE + LECTURE))
    text = "Of the 12 pairs in the counts, 100 % weigh 1."
    qtbot.waitUntil(lambda: panel.share_text.text() == text, timeout=30_000)
    assert panel.weighting_plot.bar_edges()[0] == 2.0


def test_the_losses_of_word2vec_have_a_name_of_their_own(lecture) -> None:
    panel, session = lecture
    session.start_losses(1, ())
    assert panel.figures.value("method") == "GloVe"
    session.start_losses(1, (2.5,), "word2vec")
    assert panel.figures.value("method") == "Word2Vec"
    assert csv_text(panel._rows()).splitlines()[:2] == ["epoch,loss (mean of a sample)", "1,2.5"]


def test_its_table_has_the_losses_and_the_histogram(lecture) -> None:
    panel, session = lecture
    session.start_losses(2, (0.5, 0.25))
    lines = csv_text(panel._rows()).splitlines()
    assert lines[:3] == ["epoch,loss (mean per pair)", "1,0.5", "2,0.25"]
    counts = [line.split(",") for line in lines[5:]]
    assert sum(float(pairs) for *_, pairs in counts) == 12


def test_its_code_trains_with_the_settings_shown(lecture) -> None:
    panel, session = lecture
    assert not panel.export_button.code_action.isVisible()
    session.set_text(PastedText(LECTURE))
    session.set_count_options(CountOptions(window=2, min_count=1))
    session.set_config(GloveConfig(x_max=3.0, alpha=0.5, epochs=2, dimension=4))
    names: dict[str, object] = {}
    exec(panel._code(), names)
    assert panel.export_button.code_action.isVisible()
    assert names["run"].card.config == session.config


def test_its_texts_change_with_the_language(show, languages, qtbot) -> None:
    panel = show(session_of(LECTURE))
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() != "Training")
    assert "가중치" in panel.weighting_text.text()
    assert panel.loss_plot.getAxis("left").labelText.startswith("손실")


def test_its_plots_are_as_light_or_dark_as_the_theme(show, theme) -> None:
    session = Session()
    session.start_losses(15, ())
    panel = show(session)
    for scheme in ("light", "dark"):
        theme.set_scheme(scheme)
        for plot in (panel.loss_plot, panel.weighting_plot):
            assert plot.grab().toImage().pixelColor(2, 2).name().upper() == theme.palette.surface


def test_pinned_words_come_into_sight_with_the_first_training(show) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    assert panel.weighting_plot.isVisible()
    session.start_losses(15, ())
    assert panel.watched.isVisible()
    assert panel.page_choice.key == "words"
    assert session.is_live_wanted


def test_the_page_that_a_person_chose_stays(show) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    panel.page_choice.button("words").click()
    assert panel.watched.isVisible()
    panel.page_choice.button("weighting").click()
    session.start_losses(15, ())
    assert panel.weighting_plot.isVisible()
    assert not session.is_live_wanted


def test_it_fits_a_small_screen(show) -> None:
    assert show(session_of(LECTURE)).minimumSizeHint().height() < 400


def test_it_is_freed_when_it_is_closed(theme, qtbot) -> None:
    session = session_of(LECTURE)
    panel = TrainingPanel(session, JobQueue(), theme)
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
    session.start_losses(5, ())
