"""An embedding layer learns by back-propagation, and is watched step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from gloveui.core.errors import GloveError
from gloveui.core.layer_training import Examples, LayerStep, LayerTrainingConfig, plane_of, train_layer
from gloveui.core.progress import Progress
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.storage.export import Cell
from gloveui.storage.layer_code import layer_training_code
from gloveui.views.languages import Translated, translate_error
from gloveui.views.models.vector_rows import strong_value
from gloveui.views.plots.row_movement import RowMovement
from gloveui.views.plots.step_loss_plot import StepLossPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.layer_task import LayerTask
from gloveui.views.widgets.learning_table import LearningTable
from gloveui.views.widgets.step_player import StepPlayer
from gloveui.views.widgets.wrapped_label import wrapped_label

WIDE = 620  # pixels beside text of the usual size from which the table stands beside the plots
PLOT_HEIGHT = 190
MOST_NAMED = 6


class LayerTrainingPage(Translated, QWidget):
    """The task, a player of the steps, and the table, its rows in a plane and the loss at one of them."""

    learned = Signal()  # there are steps, and so code and a table, that were not there before

    def __init__(self, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._theme = jobs, theme
        self._job: Job | None = None
        self._examples: Examples | None = None
        self._config = LayerTrainingConfig()
        self._steps: list[LayerStep] = []
        self._make_parts()
        self._arrange()
        self._connect()
        self._show_state()
        self.retranslate()

    @property
    def steps(self) -> Sequence[LayerStep]:
        """What was learned so far, step by step."""
        return self._steps

    @property
    def is_learning(self) -> bool:
        """Whether a training runs now."""
        return self._job is not None

    def retranslate(self) -> None:
        self.setup_button.setText(self.tr("Task and settings"))
        self.told_label.setText(
            self.tr(
                "nn.Embedding starts with random rows. A linear layer predicts the answer from the mean of "
                "the rows of the words that are seen; the gradient of its loss flows back and moves them."
            )
        )
        self.movement.setToolTip(self.tr("Rows of the table, in the plane in which they lie widest apart"))
        self._show_state()

    def picture(self) -> QWidget:
        """What is to be seen on a saved picture."""
        return self.pictures

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The table after the step that is shown, then the loss of each step."""
        if self._examples is None or not self._steps:
            return
        shown = self._steps[self.player.step]
        yield [self.tr("word"), self.tr("id"), *map(str, range(self._config.dimension)), self.tr("gradient")]
        for index, word in enumerate(self._examples.vocabulary):
            yield [word, index, *shown.table[index].tolist(), float(shown.gradient[index])]
        yield []
        yield self.tr("step"), self.tr("loss")
        yield from ((step.step, step.loss) for step in self._steps)

    def code(self) -> str:
        """Lines that train the same with torch alone."""
        return "" if self._examples is None else layer_training_code(self._examples, self._config)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _make_parts(self) -> None:
        self.told_label = wrapped_label("muted")
        self.setup_button = QToolButton()
        self.setup_button.setObjectName("layerSetup")
        self.setup_button.setProperty("quiet", True)
        self.setup_button.setCheckable(True)
        self.setup_button.setChecked(True)
        self.setup_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.task = LayerTask(self._theme)
        self.learn_button = QPushButton()
        self.learn_button.setObjectName("layerLearn")
        self.learn_button.setProperty("primary", True)
        self.problem_label = wrapped_label("problem")
        self.player = StepPlayer(self._theme)
        self.step_label, self.moved_label = wrapped_label("title"), wrapped_label("muted")
        self.step_label.setObjectName("layerStepText")
        self.table = LearningTable(self._theme)
        self.table.setObjectName("layerLearningTable")
        self.movement = RowMovement(self._theme)
        self.loss_plot = StepLossPlot(self._theme)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.learn_button)
        buttons.addWidget(self.setup_button)
        buttons.addStretch(1)
        self.pictures = QWidget()
        pictures = QVBoxLayout(self.pictures)
        pictures.setContentsMargins(0, 0, 0, 0)
        pictures.setSpacing(8)
        pictures.addWidget(self.step_label)
        pictures.addWidget(self.moved_label)
        pictures.addLayout(self._beside())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(buttons)
        column.addWidget(self.problem_label)
        column.addWidget(self.told_label)
        column.addWidget(self.task)
        column.addWidget(self.player)
        column.addWidget(self.pictures)

    def _beside(self) -> QBoxLayout:
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(12)
        plots = QVBoxLayout()
        plots.setSpacing(8)
        for plot in (self.movement, self.loss_plot):
            plots.addWidget(plot)
        plots.addStretch(1)
        self._halves.addWidget(self.table, 1, Qt.AlignmentFlag.AlignTop)
        self._halves.addLayout(plots, 1)
        return self._halves

    def _connect(self) -> None:
        self.learn_button.clicked.connect(self._learn_or_stop)
        self.setup_button.toggled.connect(self._show_setup)
        self.player.step_changed.connect(self._show_step)
        self._theme.changed.connect(self._turn)
        self._theme.changed.connect(self._draw_arrow)
        self._show_setup(True)
        self._turn()

    def _turn(self) -> None:
        """Table and plots beside one another where there is room."""
        is_wide = self.width() >= self._theme.pixels(WIDE)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        for plot in (self.movement, self.loss_plot):
            plot.setFixedHeight(self._theme.pixels(PLOT_HEIGHT))

    def _show_setup(self, shown: bool) -> None:
        self.task.setVisible(shown)
        self.told_label.setVisible(shown)
        self._draw_arrow()

    def _draw_arrow(self) -> None:
        is_open = self.setup_button.isChecked()
        self.setup_button.setIcon(self._theme.icon("chevron-down" if is_open else "chevron-right"))

    def _learn_or_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            return
        try:
            self._examples, self._config = self.task.examples(), self.task.config
        except GloveError as error:
            self.problem_label.setText(" ".join(translate_error(error)))
            self.problem_label.show()
            return
        self._steps = []
        self.player.pause()
        self.player.start(self._config.steps)
        self._job = self._jobs.ask("layer training", train_layer(self._examples, self._config))
        self._job.progressed.connect(self._take_steps)
        self._job.finished.connect(self._present)
        self._show_state()

    def _take_steps(self, reports: list[Progress]) -> None:
        """Keep what has been learned, and show the newest of it."""
        if self.sender() is self._job and self._examples is not None:
            is_first = not self._steps
            self._steps += [report.detail for report in reports]
            if is_first:
                self._prepare()
            self.loss_plot.show_losses([step.loss for step in self._steps], self._config.steps)
            self._draw(self._steps[-1])

    def _present(self) -> None:
        """From the first step on, as slowly as a person likes."""
        if self.sender() is not self._job:
            return
        self._job = None
        if self._steps:
            self._prepare()
            self.player.start(len(self._steps) - 1)
            self.player.set_last(len(self._steps) - 1)
            self.setup_button.setChecked(False)
            self._show_step(0)
            self.player.play()
            self.learned.emit()
        self._show_state()

    def _prepare(self) -> None:
        """Fix scales and the plane by what is known: they are to stand still while rows move."""
        assert self._examples is not None
        last = self._steps[-1].table
        strongest = max(float(step.gradient.max()) for step in self._steps)
        self.table.prepare(self._examples.vocabulary, strong_value(last), strongest)
        tables = np.stack([step.table for step in self._steps])
        self.movement.show_paths(self._examples.vocabulary.words, tables @ plane_of(last))
        self.loss_plot.show_losses([step.loss for step in self._steps], len(self._steps) - 1)

    def _show_step(self, step: int) -> None:
        if self._job is None and step < len(self._steps):
            self._draw(self._steps[step])

    def _draw(self, step: LayerStep) -> None:
        self.table.show_step(step)
        lit = np.flatnonzero(step.gradient)
        self.movement.show_step(step.step, lit)
        self.loss_plot.show_step(step.step)
        self.step_label.setText(self._step_words(step))
        self.moved_label.setText(self._moved_words(step))

    def _show_state(self) -> None:
        self.learn_button.setText(self.tr("Stop") if self.is_learning else self.tr("Learn"))
        if self.sender() is not self.task:
            self.problem_label.hide()
        has_steps = bool(self._steps)
        self.player.setVisible(has_steps and not self.is_learning)
        self.pictures.setVisible(has_steps)
        if has_steps and not self.is_learning:
            self._show_step(self.player.step)

    def _step_words(self, step: LayerStep) -> str:
        assert self._examples is not None
        told = self.tr("Loss {loss} · right {percent} %").format(
            loss=f"{step.loss:.3g}", percent=f"{100 * step.accuracy:.0f}"
        )
        if not step.examples:
            return self.tr("Before the first step: random rows, and zeros for <pad>.") + "  " + told
        example = step.examples[0]
        before, after = step.probability
        words = self.tr("Step {step}: “{seen}” → “{answer}”: P = {before} before, {after} after.").format(
            step=step.step, seen=" ".join(self._examples.seen_words(example)),
            answer=self._examples.answers[self._examples.targets[example]],
            before=f"{before:.2f}", after=f"{after:.2f}",
        )  # fmt: skip
        return words + "  " + told

    def _moved_words(self, step: LayerStep) -> str:
        assert self._examples is not None
        lit = np.flatnonzero(step.gradient).tolist()
        if not lit:
            return self.tr("No row has a gradient yet.")
        words = [self._examples.vocabulary.word(row) for row in lit]
        named = ", ".join(words[:MOST_NAMED]) + (", …" if len(words) > MOST_NAMED else "")
        return self.tr(
            "A gradient reached the rows of {words}: they move by −η times it. All others stay; "
            "<pad> has none, and stays zero."
        ).format(words=named)
