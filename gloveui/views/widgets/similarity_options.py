"""How words are compared, and which answers are wanted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from gloveui.core.queries import METRICS
from gloveui.views.languages import Translated
from gloveui.views.models.similarity_question import Mode, Options
from gloveui.views.widgets.field_row import labelled
from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.frequency_box import FrequencyBox

MOST_RESULTS = 1_000


class SimilarityOptions(Translated, QWidget):
    """Those of the questions that can be asked now; the others are hidden and keep their values."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.metric_box = QComboBox()
        self.metric_box.setObjectName("similarityMetric")
        self.metric_box.addItems(["" for _ in METRICS])
        self.count_box = QSpinBox()
        self.count_box.setObjectName("similarityCount")
        self.count_box.setRange(1, MOST_RESULTS)
        self.count_box.setValue(Options().results)
        self.count_box.setKeyboardTracking(False)
        self.among_box = FrequencyBox()
        self.among_box.setObjectName("similarityAmong")
        self.exclude_box = QCheckBox()
        self.exclude_box.setObjectName("similarityExclude")
        self.exclude_box.setChecked(True)
        self.farthest_box = QCheckBox()
        self.farthest_box.setObjectName("similarityFarthest")
        self._labels = {box: QLabel() for box in (self.metric_box, self.count_box, self.among_box)}
        self._rows = {box: labelled(label, box) for box, label in self._labels.items()}
        self._arrange()
        self._connect()
        self.retranslate()

    @property
    def options(self) -> Options:
        """What is chosen."""
        return Options(
            METRICS[self.metric_box.currentIndex()],
            self.count_box.value(),
            self.among_box.value(),
            self.exclude_box.isChecked(),
            self.farthest_box.isChecked(),
        )

    def show_mode(self, mode: Mode) -> None:
        """Show what matters to a kind of question."""
        is_nearest = mode is Mode.NEAREST
        self._rows[self.metric_box].setVisible(mode in (Mode.NEAREST, Mode.AGAINST))
        self._rows[self.count_box].setVisible(is_nearest)
        self._rows[self.among_box].setVisible(mode in (Mode.NEAREST, Mode.PAIR))
        self.exclude_box.setVisible(mode in (Mode.NEAREST, Mode.AGAINST))
        self.farthest_box.setVisible(is_nearest)
        self.updateGeometry()

    def retranslate(self) -> None:
        names = {"cosine": self.tr("Cosine"), "dot": self.tr("Dot product"), "euclidean": self.tr("Distance")}
        for place, metric in enumerate(METRICS):
            self.metric_box.setItemText(place, names[metric])
        texts = (
            (self.metric_box, self.tr("Compared by"), self.tr(
                "Cosine: the angle between two vectors, whatever their lengths. Dot product: long vectors, "
                "mostly of frequent words, count for more. Distance: Euclidean; smaller is nearer."
            )),
            (self.count_box, self.tr("Top"), self.tr("How many words are listed")),
            (self.among_box, self.tr("Among"), self.tr(
                "Only so many of the most frequent words are compared: rare words have seen little text."
            )),
        )  # fmt: skip
        for box, text, tip in texts:
            self._labels[box].setText(text)
            box.setAccessibleName(text)
            self._rows[box].setToolTip(tip)
        self.exclude_box.setText(self.tr("without inputs"))
        self.exclude_box.setToolTip(self.tr("Leave out the words asked for"))
        self.farthest_box.setText(self.tr("farthest first"))
        self.farthest_box.setToolTip(self.tr("The least similar words in place of the most similar ones"))

    def _arrange(self) -> None:
        flow = FlowLayout(self, spacing=8)
        for widget in (*self._rows.values(), self.exclude_box, self.farthest_box):
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for box in (self.metric_box, self.among_box):
            self._labels[box].hide()  # what is chosen names itself

    def _connect(self) -> None:
        self.metric_box.currentIndexChanged.connect(self.changed)
        for number in (self.count_box, self.among_box):
            number.valueChanged.connect(self.changed)
        for tick in (self.exclude_box, self.farthest_box):
            tick.toggled.connect(self.changed)
