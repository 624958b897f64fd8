"""How stable a model's neighbours are: other seeds are trained, and each neighbour tells how many agree."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gloveui.core.progress import Progress
from gloveui.core.queries import neighbours
from gloveui.core.stability import MOST_K, USUAL_K, USUAL_SEEDS, Stability, search_seconds, train_seeds
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.views.languages import Translated
from gloveui.views.models.scored_words import ScoreColumn
from gloveui.views.numbers import duration, grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.figure_row import FigureRow
from gloveui.views.widgets.neighbour_table_view import NeighbourTableView
from gloveui.views.widgets.scored_words_view import ScoredWordsView
from gloveui.views.widgets.wrapped_label import wrapped_label

MOST_OFFERED = 20  # seeds
STEPS = 1000
WIDE = 760  # pixels, from which on the words stand beside the neighbours
NOTHING = "–"


class StabilityView(Translated, QWidget):
    """Judges the model that is shown; a result stays with its vectors, in every panel."""

    word_chosen = Signal(str)
    changed = Signal()  # what there is to export

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._theme = session, jobs, theme
        self._job: Job | None = None
        self._make_parts()
        self._arrange()
        self._connect()
        self.retranslate()

    @property
    def result(self) -> Stability | None:
        """What is known of the model that is shown."""
        return self._session.stability.of(self._session.embedding)

    @property
    def is_training(self) -> bool:
        """Whether seeds are trained, of this model or of another."""
        return self._job is not None

    def retranslate(self) -> None:
        self.seeds_label.setText(self.tr("Seeds"))
        self.seeds_box.setAccessibleName(self.tr("How many other random seeds are trained"))
        self.seeds_box.setToolTip(self.tr("How many other random seeds are trained"))
        self.k_box.setAccessibleName(self.tr("Among how many neighbours a word is looked for"))
        self.k_box.setToolTip(self.tr("Among how many neighbours a word is looked for"))
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop; the seeds that are done stay"))
        self.figures.set_caption("word", self.tr("this word"))
        self.figures.set_caption("all", self.tr("all words, mean"))
        self.figures.set_caption("seeds", self.tr("seeds"))
        self.figures.set_caption("k", self.tr("neighbours"))
        self.figures.setToolTip(
            self.tr(
                "The share of the seeds that have a neighbour of the model, too; mean over the neighbours"
            )
        )
        self.table.setAccessibleName(self.tr("Neighbours, with how many seeds agree"))
        self.table.rows.set_score_name(self.tr("cosine"))
        self.words.set_orders(self.tr("least stable first"), self.tr("most stable first"))
        self.words.table.setAccessibleName(self.tr("Words by how stable they are"))
        self.bar.setAccessibleName(self.tr("Progress of the trainings"))
        self.show_all()

    def show_all(self) -> None:
        """Show what is known of the model and the word in focus now, if it can be seen."""
        self._offer_training()
        if self.isVisible():
            self._show_words()
            self.show_focus()

    def show_focus(self) -> None:
        """Show the neighbours of the word in focus, if it can be seen."""
        if not self.isVisible():
            return
        result, model, word = self.result, self._session.model, self._session.focus_word
        index = model.embedding.vocabulary.get(word) if model is not None and word else None
        k = result.k if result is not None else self.k_box.value()
        found = neighbours(model.embedding, word, k) if model is not None and index is not None else []
        has_counts = model is not None and model.embedding.vocabulary.has_counts
        self.table.show_neighbours(found, has_counts)
        self.table.show_seeds(result, index)
        self.word_label.setText(
            self.tr("Neighbours of “{word}”").format(word=word)
            if index is not None
            else self.tr("Choose a word: its neighbours are judged here")
        )
        self._show_figures(result, index)
        self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.pixels(WIDE)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._halves.direction() != direction:
            self._halves.setDirection(direction)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 200)

    def _make_parts(self) -> None:
        self.seeds_label, self.word_label = QLabel(), ElidedLabel()
        self.seeds_label.setProperty("muted", True)
        self.word_label.setProperty("title", True)
        self.seeds_box = QSpinBox()
        self.seeds_box.setObjectName("compareSeeds")
        self.seeds_box.setRange(2, MOST_OFFERED)
        self.seeds_box.setValue(USUAL_SEEDS)
        self.seeds_label.setBuddy(self.seeds_box)
        self.k_box = QSpinBox()
        self.k_box.setObjectName("compareSeedsK")
        self.k_box.setPrefix("k = ")
        self.k_box.setRange(1, MOST_K)
        self.k_box.setValue(USUAL_K)
        self.train_button, self.stop_button = QPushButton(), QPushButton()
        self.train_button.setObjectName("compareTrainSeeds")
        self.train_button.setProperty("primary", True)
        self.stop_button.setObjectName("compareStopSeeds")
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.told_label = wrapped_label("muted")
        self.figures = FigureRow(("word", "all", "seeds", "k"))
        self.table = NeighbourTableView(self._theme)
        self.table.setObjectName("compareStable")
        self.words = ScoredWordsView(self._theme)

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in (self.seeds_label, self.seeds_box, self.k_box, self.train_button, self.stop_button):
            line.addWidget(part)
        line.addWidget(self.bar, 1)
        line.addStretch(0)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.word_label)
        left.addWidget(self.table, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(12)
        self._halves.addLayout(left, 1)
        self._halves.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.told_label)
        column.addWidget(self.figures)
        column.addLayout(self._halves, 1)

    def _connect(self) -> None:
        self.train_button.clicked.connect(self._train)
        self.stop_button.clicked.connect(self._stop)
        self.seeds_box.valueChanged.connect(self._offer_training)
        self.table.word_chosen.connect(self.word_chosen)
        self.words.word_chosen.connect(self.word_chosen)
        self._session.stability.changed.connect(self.show_all)

    def _train(self) -> None:
        model, matrix = self._session.model, self._session.cooccurrence
        card = model.training_card if model is not None else None
        if model is None or matrix is None or card is None or self._job is not None:
            return
        task = train_seeds(
            model.embedding, matrix, card.config, self.seeds_box.value(), self.k_box.value(),
            resources=self._session.resources,
        )  # fmt: skip
        self._job = self._jobs.submit(task)
        self._job.progressed.connect(self._take)
        self._job.finished.connect(self._end)
        self.bar.setValue(0)
        self._offer_training()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _take(self, batch: list[Progress]) -> None:
        """Keep what the seeds that are done say: it stays if the others are stopped."""
        self.bar.setValue(round(STEPS * (batch[-1].fraction or 0.0)))
        results = [one.detail for one in batch if isinstance(one.detail, Stability)]
        if results:
            self._session.stability.keep(results[-1])

    def _end(self) -> None:
        self._job = None
        self._offer_training()

    def _offer_training(self) -> None:
        """Offer to train where that can be done; else say why not."""
        model, is_training = self._session.model, self._job is not None
        reason = self._why_not(model)
        for part in (self.seeds_label, self.seeds_box, self.k_box, self.train_button):
            part.setVisible(not is_training and not reason)
        self.bar.setVisible(is_training)
        self.stop_button.setVisible(is_training)
        self.train_button.setText(self.tr("Train {count} seeds").format(count=self.seeds_box.value()))
        has_result = self.result is not None
        self.told_label.setText(reason if reason and not has_result else self._explained(model))
        self.told_label.setVisible(not has_result or is_training)
        self.figures.setVisible(has_result)
        self.words.setVisible(has_result)
        self.changed.emit()

    def _explained(self, model: Model | None) -> str:
        text = self.tr(
            "The model is trained again with other random seeds and nothing else changed. Neighbours that "
            "come back with most seeds can be relied on; those that do not are accidents of one training."
        )
        card = model.training_card if model is not None else None
        if model is None or card is None or self._job is not None:
            return text
        seeds, search = self.seeds_box.value(), search_seconds(model.embedding)
        seconds = seeds * card.seconds.get("training", 0.0) + (seeds + 1) * search
        if seconds < 1:
            return text
        return f"{text} {self.tr('This takes about {time}.').format(time=duration(seconds))}"

    def _why_not(self, model: Model | None) -> str:
        """Why no seeds can be trained for a model; empty if they can."""
        card, matrix = model.training_card if model is not None else None, self._session.cooccurrence
        if model is None or card is None:
            return self.tr(
                "Only a model that GloVe learned here can be trained again: choose one at the top, or press "
                "Train."
            )
        if card.start is not None:
            return self.tr(
                "This model started from other vectors, and not by chance: choose another at the top."
            )
        is_of_them = matrix is not None and matrix.options == card.count_options
        if not is_of_them or matrix is None or matrix.vocabulary.words != model.embedding.vocabulary.words:
            return self.tr("The counts are no longer those of this model: press Train to make one of these.")
        return ""

    def _show_words(self) -> None:
        result = self.result
        if result is None:
            self.words.show_words((), (), None)
            return
        tip = self.tr("Mean share of the seeds that have the word's neighbours, too")
        vocabulary = result.embedding.vocabulary
        counts = vocabulary.counts[: len(result)] if vocabulary.has_counts else None
        columns = [ScoreColumn(self.tr("stability"), tip, result.means, 2)]
        if counts is not None:
            columns.append(ScoreColumn(self.tr("count"), "", counts))
        self.words.show_words(vocabulary.words[: len(result)], columns, counts)

    def _show_figures(self, result: Stability | None, index: int | None) -> None:
        is_known = result is not None and index is not None and index < len(result)
        word = f"{result.means[index]:.0%}" if is_known and result is not None else NOTHING
        self.figures.set_value("word", word)
        self.figures.set_value("all", f"{result.means.mean():.0%}" if result is not None else NOTHING)
        self.figures.set_value("k", grouped(result.k) if result is not None else NOTHING)
        self.figures.set_value("seeds", grouped(len(result.seeds)) if result is not None else NOTHING)
