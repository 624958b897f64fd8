"""What is to be evaluated: sets of questions, models, and how; with the button that begins it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from gloveui.core.analogy_questions import AnalogyOptions
from gloveui.core.answer_search import SEARCH_METHODS
from gloveui.core.embedding import Embedding
from gloveui.evaluating import Questions
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.storage.analogy_sections import bundled_sections
from gloveui.storage.evaluation_files import known_sets
from gloveui.views import dialogs
from gloveui.views.analogy_texts import AnalogyTexts
from gloveui.views.evaluation_texts import EvaluationTexts
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.theme import Theme
from gloveui.views.widgets.check_chips import CheckChips
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.field_row import together
from gloveui.views.widgets.frequency_box import FrequencyBox
from gloveui.views.widgets.panel_head import OptionsButton, panel_head
from gloveui.views.widgets.segments import Segments

STEPS = 1_000  # of the progress bar
LABEL_DROP = 6  # pixels by which a name stands lower than the chips' upper edge


class EvaluationForm(Translated, QWidget):
    """Says by signals what a person wants; who works tells it how far that has come."""

    run_asked = Signal()
    cancel_asked = Signal()
    method_changed = Signal()

    def __init__(
        self, session: Session, theme: Theme, export: ExportButton, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._texts, self._analogies = EvaluationTexts(self), AnalogyTexts(self)
        self._own: tuple[Path, ...] = ()  # files, for as long as the window is open
        self._fitted = False  # whether sets were chosen for a model
        self._is_running = False
        self.export_button = export
        self._make_parts(theme)
        self._arrange()
        self._connect()
        self.sets.offer(tuple(known_sets()), ())
        self.show_models()
        self.retranslate()

    @property
    def questions(self) -> tuple[Questions, ...]:
        """The sets that are chosen: keys of known ones, and files."""
        return tuple(key for key in self.sets.chosen if isinstance(key, str | Path))

    @property
    def models(self) -> tuple[Model, ...]:
        """The models that are chosen."""
        return tuple(model for model in self._session.models if model.number in self.model_chips.chosen)

    @property
    def method(self) -> str:
        """By which method right answers are shown; both are asked."""
        return self.methods.key

    @property
    def options(self) -> AnalogyOptions:
        """How analogies are asked."""
        return AnalogyOptions("add", self.exclude_box.isChecked(), self.among_box.value())

    def add_file(self, path: Path) -> None:
        """Offer a file of one's own, chosen."""
        if path not in self._own:
            self._own = (*self._own, path)
        self.sets.offer((*known_sets(), *self._own), (path,))
        self._name_sets()
        self._order_keys()
        self._allow()

    def show_models(self) -> None:
        """Offer the models there are; new ones are chosen."""
        models = self._session.models
        numbers = [model.number for model in models]
        self.model_chips.offer(numbers, numbers)
        for model in models:
            self.model_chips.set_text(model.number, shortened(model.name), model.name)
        self.among_box.set_size(max((len(model.embedding) for model in models), default=0))
        if models and not self._fitted:
            self._fitted = True
            self.sets.choose(fitting_sets(models[-1].embedding))
        self._order_keys()
        self._allow()

    def show_progress(self, fraction: float | None) -> None:
        """How far the work has come; None while there is none."""
        self._is_running = fraction is not None
        self.bar.setVisible(self._is_running)
        self.bar.setValue(round(STEPS * (fraction or 0.0)))
        self._name_run()
        self._allow()

    def retranslate(self) -> None:
        self.sets_label.setText(self.tr("Questions"))
        self.models_label.setText(self.tr("Models"))
        self.own_button.setText(self.tr("Own file …"))
        self.own_button.setToolTip(
            self.tr("Four words a line, under headings such as “: family”; or two words and a score")
        )
        self.methods.set_texts({method: self._analogies.method(method) for method in SEARCH_METHODS})
        for method in SEARCH_METHODS:
            self.methods.button(method).setToolTip(self._analogies.formula(method))
        self.exclude_box.setText(self.tr("without a, b, c"))
        self.exclude_box.setToolTip(
            self.tr("The given words are often nearest to themselves; leave them out, as is usual")
        )
        self.among_box.setAccessibleName(self.tr("Most frequent"))
        self.among_box.setToolTip(
            self.tr(
                "Only questions among so many of the most frequent words are asked, and only these words "
                "answer; gensim takes 300,000 unless told otherwise"
            )
        )
        self.options_button.explain(self.tr("Among which words analogies are asked"))
        self.bar.setAccessibleName(self.tr("Progress of the work"))
        self._name_sets()
        self._name_run()

    def _make_parts(self, theme: Theme) -> None:
        self.sets_label, self.models_label = QLabel(), QLabel()
        for label in (self.sets_label, self.models_label):
            label.setProperty("muted", True)
            label.setContentsMargins(0, LABEL_DROP, 0, 0)
        self.sets, self.model_chips = CheckChips(), CheckChips()
        self.sets.setObjectName("evaluateSets")
        self.model_chips.setObjectName("evaluateModels")
        self.own_button = QToolButton()
        self.own_button.setObjectName("evaluateOwnFile")
        self.run_button = QPushButton()
        self.run_button.setObjectName("evaluateRun")
        self.run_button.setProperty("primary", True)
        self.methods = Segments(SEARCH_METHODS)
        self.methods.setObjectName("evaluateMethods")
        self.among_box, self.exclude_box = FrequencyBox(), QCheckBox()
        self.among_box.setObjectName("evaluateAmong")
        self.exclude_box.setObjectName("evaluateExclude")
        self.exclude_box.setChecked(True)
        self.options_button = OptionsButton(theme)
        self.options_row = together(self.among_box, self.exclude_box)
        self.options_row.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.hide()

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        lines = ((self.sets_label, self.sets), (self.models_label, self.model_chips))
        for row, (label, chips) in enumerate(lines):
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(chips, row, 1)
        self.sets.end_with(self.own_button)
        asked = panel_head(self.methods, self.run_button, self.options_button, self.export_button)
        grid.addLayout(asked, 2, 0, 1, 2)
        for row, widget in enumerate((self.options_row, self.bar), 3):
            grid.addWidget(widget, row, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _order_keys(self) -> None:
        """Let Tab go through everything as it stands; chips come and go."""
        chips = [[parts.button(key) for key in parts.keys] for parts in (self.sets, self.model_chips)]
        methods = [self.methods.button(method) for method in SEARCH_METHODS]
        options = [self.options_button, self.export_button, self.among_box, self.exclude_box]
        order = [*chips[0], self.own_button, *chips[1], *methods, self.run_button, *options]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.sets.changed.connect(self._allow)
        self.model_chips.changed.connect(self._allow)
        self.own_button.clicked.connect(self._choose_file)
        self.run_button.clicked.connect(self._press)
        self.methods.chosen.connect(self.method_changed)
        self.options_button.toggled.connect(self.options_row.setVisible)
        self._session.models_changed.connect(self.show_models)

    def _press(self) -> None:
        (self.cancel_asked if self._is_running else self.run_asked).emit()

    def _choose_file(self) -> None:
        kinds = self.tr("Questions (*.txt *.csv *.tsv);;All files (*)")
        path = dialogs.ask_for_text_file(self, self.tr("Open questions"), kinds)
        if path is not None:
            self.add_file(path)

    def _allow(self) -> None:
        is_complete = bool(self.questions and self.models)
        self.run_button.setEnabled(is_complete or self._is_running)
        tip = "" if is_complete else self.tr("Choose questions and a model first")
        self.run_button.setToolTip(tip)

    def _name_run(self) -> None:
        self.run_button.setText(self.tr("Cancel") if self._is_running else self.tr("Evaluate"))

    def _name_sets(self) -> None:
        for key in self.sets.keys:
            if isinstance(key, str | Path):
                self.sets.set_text(key, self._texts.chip(key), self._tip(key))

    def _tip(self, key: Questions) -> str:
        return f"{self._texts.set_name(key)}\n{self._texts.set_tip(key)}"


def fitting_sets(embedding: Embedding) -> Sequence[str]:
    """Keys of the sets in the language of which a model knows more words."""
    known = dict.fromkeys(("en", "ko"), 0)
    for section in bundled_sections():
        known[section.language] += len(section.known_pairs(embedding.vocabulary))
    return ("korean",) if known["ko"] > known["en"] else ("google", "wordsim353")
