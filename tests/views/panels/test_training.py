from __future__ import annotations

import gc
import weakref
from functools import partial

import pytest

from gloveui.core.glove import GloveConfig
from gloveui.core.training import TrainingReport
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.panels.training import TrainingPanel, full_weight_share
from tests.views.counted import LECTURE, counted, session_of


@pytest.fixture
def show(show_panel):
    return partial(show_panel, TrainingPanel, (560, 700))


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


def test_reports_move_the_curve_and_the_figures(show) -> None:
    session = Session()
    panel = show(session)
    session.start_losses(15, ())
    session.add_reports((report(0.5), report(1.0, finished=(0.08,)), report(1.4)))
    assert panel.loss_plot.isVisible()
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


def test_time_left_follows_the_mean_pace(show) -> None:
    session = Session()
    panel = show(session)
    session.start_losses(15, ())
    session.add_reports((report(1.4, speed=1e6, left=90.0), report(1.5, speed=3e6, left=30.0)))
    assert panel.figures.value("speed") == "2.0 M"
    assert panel.figures.value("left") == "45 s"


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
    assert panel.weighting_plot.limit_line.value() == 25
    assert "25 times" in panel.weighting_text.text()
    assert "α = 0.5" in panel.weighting_text.text()


def test_the_share_of_pairs_with_full_weight_is_that_of_the_counts(show) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    session.set_config(GloveConfig(x_max=2.0))
    assert panel.share_text.text() == "Of the 12 pairs in the counts, 16.7 % weigh 1."
    session.set_config(GloveConfig(x_max=1.0))
    assert "100 %" in panel.share_text.text()


def test_a_share_is_counted_over_the_pairs_there_are() -> None:
    matrix, _ = counted(LECTURE)
    assert full_weight_share(matrix, 2.0) == 2 / 12
    assert full_weight_share(matrix, 3.0) == 0


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


def test_it_fits_a_small_screen(show) -> None:
    assert show(session_of(LECTURE)).minimumSizeHint().height() < 450


def test_it_is_freed_when_it_is_closed(theme, qtbot) -> None:
    session = session_of(LECTURE)
    panel = TrainingPanel(session, JobQueue(), theme)
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
    session.start_losses(5, ())
