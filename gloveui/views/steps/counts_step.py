"""Step 2: which pairs of words are counted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gloveui.core.cooccurrence import DIRECTIONS, LARGEST_WINDOW, WEIGHTINGS
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.state.values import Stage, StageState
from gloveui.views.numbers import byte_size, grouped
from gloveui.views.setting_fields import (
    SettingsGroup,
    choice,
    folder,
    set_choice_texts,
    whole_number,
    yes_or_no,
)
from gloveui.views.steps.step_card import StepCard
from gloveui.views.theme import Theme

LARGEST_MIN_COUNT = 1_000_000
LARGEST_VOCABULARY = 100_000_000
LARGEST_MIB = 16 * 1024 * 1024
STEP_MIB = 512


class CountsStep(StepCard):
    """The window and its weights, and how many pairs they gave."""

    def __init__(self, session: Session, pipeline: Pipeline, theme: Theme) -> None:
        super().__init__(session, pipeline, theme, number=2)
        self._window = whole_number("window", 1, LARGEST_WINDOW)
        self._weighting = choice("weighting", WEIGHTINGS)
        self._min_count = whole_number("min_count", 1, LARGEST_MIN_COUNT)
        self._direction = choice("direction", DIRECTIONS)
        self._max_vocabulary = whole_number("max_vocabulary", 0, LARGEST_VOCABULARY)
        self._keep_positions = yes_or_no("keep_positions")
        self._memory = whole_number("memory_mib", 0, LARGEST_MIB)
        self._memory.setSingleStep(STEP_MIB)
        self._memory.setSuffix(" MiB")
        self._scratch = folder("scratch_folder")
        self.count_button = QPushButton()
        self.count_button.setObjectName("countButton")
        self.count_button.clicked.connect(pipeline.count)
        self._lay_out()
        fields = [self._window, self._weighting, self._min_count, self._direction]
        fields += [self._max_vocabulary, self._keep_positions]
        self.follow(SettingsGroup(self._read_options, session.set_count_options, fields, self))
        bounds = [self._memory, self._scratch]
        self.follow(SettingsGroup(self._read_resources, session.set_resources, bounds, self))
        session.cooccurrence_changed.connect(self._show_result)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.set_title(self.tr("Counts"))
        self.count_button.setText(self.tr("Count again"))
        self.name_field(self._window, self.tr("Window"), self.tr("Words looked at on a side of each word"))
        self.name_field(
            self._weighting, self.tr("Weight"), self.tr("What a context word d words away adds to the count")
        )
        set_choice_texts(self._weighting, (self.tr("1 / d"), self.tr("1")))
        self.name_field(
            self._min_count, self.tr("Min count"), self.tr("Words that occur less often are left out")
        )
        self.name_field(self._direction, self.tr("Sides"), self.tr("Sides of the word that are looked at"))
        set_choice_texts(self._direction, (self.tr("both"), self.tr("left"), self.tr("right")))
        self.name_field(
            self._max_vocabulary,
            self.tr("Max words"),
            self.tr("Only the most frequent words are kept"),
        )
        self._max_vocabulary.setSpecialValueText(self.tr("all"))
        self.name_field(
            self._keep_positions,
            self.tr("Words left out take their place"),
            self.tr("Else they are dropped before distances are counted, as in Stanford's program"),
        )
        self._name_bounds()
        self._show_result()

    def show_running(self, stage: Stage | None) -> None:
        is_stale = self._session.state(Stage.COUNTS) is not StageState.FRESH
        self.count_button.setVisible(is_stale and stage is None and self._session.text is not None)

    def _name_bounds(self) -> None:
        self.name_field(
            self._memory,
            self.tr("Memory"),
            self.tr(
                "What counting may take before it goes over to the disk; automatic is most of what is free"
            ),
        )
        self._memory.setSpecialValueText(self.tr("automatic"))
        self.name_field(
            self._scratch,
            self.tr("On disk in"),
            self.tr("Folder for counts that do not fit in memory; give one on a disk with much room"),
        )
        self._scratch.setPlaceholderText(self.tr("the system's own folder"))

    def _lay_out(self) -> None:
        rows: list[list[QWidget]] = [[self._window, self._weighting], [self._min_count, self._direction]]
        self.body.addLayout(self.lay_out_fields(rows))
        last_row = QHBoxLayout()
        last_row.addWidget(self.result, 1)
        last_row.addWidget(self.count_button, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(last_row)
        self.body.addWidget(self.problem)
        more: list[QWidget] = [self._max_vocabulary, self._keep_positions, self._memory, self._scratch]
        self.more.setLayout(self.lay_out_fields([[field] for field in more]))
        self.body.addWidget(self.more)

    def _read_options(self) -> object:
        return self._session.count_options

    def _read_resources(self) -> object:
        return self._session.resources

    def _show_result(self) -> None:
        matrix = self._session.cooccurrence
        if matrix is None:
            self.result.setText("")
            return
        count, size = grouped(matrix.nonzeros), byte_size(matrix.disk_bytes or matrix.memory_bytes)
        sentence = self.tr("{count} nonzeros · {size}")
        if matrix.disk_bytes:
            sentence = self.tr("{count} nonzeros · {size} on the disk")
        self.result.setText(sentence.format(count=count, size=size))
