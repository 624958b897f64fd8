"""Step 1: the text, and how it becomes words."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from gloveui.core.encodings import COMMON_ENCODINGS
from gloveui.core.text import FileText
from gloveui.core.tokens import TOKENIZERS
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.storage.files_text import FilesText
from gloveui.views.numbers import grouped
from gloveui.views.setting_fields import (
    SettingsGroup,
    choice,
    set_choice_texts,
    stop_words,
    text_line,
    whole_number,
    yes_or_no,
)
from gloveui.views.steps.step_card import StepCard
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel

LARGEST_MIB = 16 * 1024 * 1024
STEP_MIB = 256


class TextStep(StepCard):
    """Which text is open, how much it holds, and how it is cut into words."""

    preview_asked = Signal()

    def __init__(self, session: Session, pipeline: Pipeline, theme: Theme) -> None:
        super().__init__(session, pipeline, theme, number=1)
        self.name = ElidedLabel()
        self.preview_button = QPushButton()
        self.preview_button.setObjectName("previewButton")
        self.preview_button.clicked.connect(self.preview_asked)
        self._encoding = choice("encoding", ("", *COMMON_ENCODINGS))
        self._tokenizer = choice("tokenizer", TOKENIZERS)
        self._pattern = text_line("pattern")
        self._lower = yes_or_no("lower")
        self._split = yes_or_no("split_sentences")
        self._brackets = yes_or_no("drop_bracketed")
        self._numbers = yes_or_no("drop_numbers")
        self._stop_words = stop_words("stop_words", theme)
        self._mapped_above = whole_number("mapped_above_mib", 0, LARGEST_MIB)
        self._mapped_above.setSingleStep(STEP_MIB)
        self._lay_out()
        fields = [self._tokenizer, self._pattern, self._lower, self._split]
        fields += [self._brackets, self._numbers, self._stop_words]
        self.follow(SettingsGroup(self._read_options, session.set_token_options, fields, self))
        bounds = [self._mapped_above]
        self.follow(SettingsGroup(self._read_resources, session.set_resources, bounds, self))
        self._stop_words.refused.connect(pipeline.refused)
        self._encoding.activated.connect(self._change_encoding)
        self._tokenizer.currentIndexChanged.connect(self._allow_pattern)
        session.text_changed.connect(self._show_text)
        session.tokens_changed.connect(self._show_text)
        pipeline.changed.connect(self._show_text)  # an encoding that failed is taken back
        self._allow_pattern()
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.set_title(self.tr("Text"))
        self.name_field(
            self._encoding, self.tr("Encoding"), self.tr("How the characters of the file are stored")
        )
        self.name_field(self._tokenizer, self.tr("Words are"), self.tr("How the text is cut into words"))
        texts = (self.tr("letters and digits"), self.tr("between spaces"), self.tr("an expression"))
        set_choice_texts(self._tokenizer, texts)
        self.name_field(
            self._pattern, self.tr("Expression"), self.tr("A regular expression that matches one word")
        )
        self.name_field(
            self._lower, self.tr("Lower case"), self.tr("Count upper and lower case as the same word")
        )
        self.name_field(
            self._split,
            self.tr("Sentences end at . ! ?"),
            self.tr("A line always ends a sentence; pairs are counted inside sentences only"),
        )
        self.name_field(
            self._brackets,
            self.tr("Drop text in brackets"),
            self.tr("Leave out what stands in ( ) or [ ], such as (Laughter) in a transcript"),
        )
        self.name_field(
            self._numbers, self.tr("Drop numbers"), self.tr("Leave out words of digits, such as 1984")
        )
        self.name_field(
            self._stop_words,
            self.tr("Stop words"),
            self.tr("Words that are left out, with spaces between them; the arrow offers lists"),
        )
        self.preview_button.setText(self.tr("Preview the text and its words…"))
        self._mapped_above.setPrefix(self.tr("up to "))
        self._mapped_above.setSuffix(" MiB")
        self.name_field(
            self._mapped_above,
            self.tr("In memory"),
            self.tr(
                "The words of a larger text are kept in a file; give less when other programs need memory"
            ),
        )
        self._show_text()

    def _lay_out(self) -> None:
        self.body.addWidget(self.name)
        self.body.addWidget(self.result)
        self.body.addWidget(self.problem)
        fields = [self._encoding, self._tokenizer, self._pattern, self._lower, self._split, self._brackets]
        fields += [self._numbers, self._stop_words, self._mapped_above]
        form = self.lay_out_fields([[field] for field in fields])
        form.addWidget(self.preview_button, form.rowCount(), 0, 1, form.columnCount())
        self.more.setLayout(form)
        self.body.addWidget(self.more)

    def _read_options(self) -> object:
        return self._session.token_options

    def _read_resources(self) -> object:
        return self._session.resources

    def _allow_pattern(self) -> None:
        self._pattern.setEnabled(self._tokenizer.currentData() == "regex")

    def _show_text(self) -> None:
        text, tokens = self._session.text, self._session.tokens
        self.name.setText(text.name if text is not None else self.tr("No text is open"))
        self._encoding.setEnabled(isinstance(text, FileText | FilesText))
        self.preview_button.setEnabled(text is not None)
        chosen = text.encoding if isinstance(text, FileText | FilesText) else None
        self._encoding.setCurrentIndex(max(0, self._encoding.findData(chosen or "")))
        detected = tokens.summary.encoding if tokens is not None else ""
        automatic = (
            self.tr("detect ({encoding})").format(encoding=detected) if detected else self.tr("detect")
        )
        self._encoding.setItemText(0, automatic)
        if tokens is None:
            self.result.setText("")
            return
        words, types = grouped(tokens.token_count), grouped(len(tokens.vocabulary))
        self.result.setText(self.tr("{tokens} tokens · {types} types").format(tokens=words, types=types))

    def _change_encoding(self) -> None:
        text = self._session.text
        if isinstance(text, FileText | FilesText):
            self._pipeline.reopen_text(replace(text, encoding=self._encoding.currentData() or None))
