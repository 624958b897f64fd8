"""How analogies are to be answered: by which method, with how many answers, among which words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSizePolicy, QSpinBox, QWidget

from gloveui.core.analogy_questions import AnalogyOptions
from gloveui.core.queries import METHODS
from gloveui.views.analogy_texts import AnalogyTexts
from gloveui.views.languages import Translated
from gloveui.views.widgets.field_row import labelled
from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.frequency_box import FrequencyBox
from gloveui.views.widgets.plain_tooltip import plain_tooltip

MOST_ANSWERS, USUAL_ANSWERS = 200, 10


class AnalogyOptionsRow(Translated, QWidget):
    """The method, which always is in sight, stands apart; the others go on in the next line where needed."""

    changed = Signal()  # the method, the words, or whether given words are left out
    count_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = AnalogyTexts(self)
        self.method_box = QComboBox()
        self.method_box.setObjectName("analogyMethod")
        self.method_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for method in METHODS:
            self.method_box.addItem("", method)
        self.count_box = QSpinBox()
        self.count_box.setObjectName("analogyCount")
        self.count_box.setRange(1, MOST_ANSWERS)
        self.count_box.setValue(USUAL_ANSWERS)
        self.count_box.setKeyboardTracking(False)
        self.among_box = FrequencyBox()
        self.among_box.setObjectName("analogyAmong")
        self.exclude_box = QCheckBox()
        self.exclude_box.setObjectName("analogyExclude")
        self.exclude_box.setChecked(True)
        self.count_label = QLabel()
        self._count_row = labelled(self.count_label, self.count_box)
        self._arrange()
        self._connect()
        self.retranslate()

    @property
    def options(self) -> AnalogyOptions:
        """What is chosen."""
        return AnalogyOptions(
            self.method_box.currentData(), self.exclude_box.isChecked(), self.among_box.value()
        )

    @property
    def count(self) -> int:
        """How many answers are wanted."""
        return self.count_box.value()

    def show_size(self, words: int) -> None:
        """Ask among at most so many words."""
        self.among_box.set_size(words)

    def retranslate(self) -> None:
        self.method_box.setAccessibleName(self.tr("Method"))
        for place, method in enumerate(METHODS):
            self.method_box.setItemText(place, self._texts.method(method))
        self._tell_formula()
        self.count_label.setText(self.tr("Top"))
        self.count_box.setAccessibleName(self.tr("Top"))
        self.among_box.setAccessibleName(self.tr("Most frequent"))
        self.count_box.setToolTip(self.tr("How many words are listed"))
        self.among_box.setToolTip(self.tr("Only so many of the most frequent words may be answers"))
        self.exclude_box.setText(self.tr("without a, b, c"))
        self.exclude_box.setToolTip(
            self.tr("The given words are often nearest to themselves; leave them out, as is usual")
        )

    def _arrange(self) -> None:
        flow = FlowLayout(self, spacing=8)
        for widget in (self._count_row, self.among_box, self.exclude_box):
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _connect(self) -> None:
        self.method_box.currentIndexChanged.connect(self._tell_formula)
        self.method_box.currentIndexChanged.connect(self.changed)
        self.among_box.valueChanged.connect(self.changed)
        self.exclude_box.toggled.connect(self.changed)
        self.count_box.valueChanged.connect(self.count_changed)

    def _tell_formula(self) -> None:
        self.method_box.setToolTip(plain_tooltip(self._texts.formula(self.method_box.currentData())))
