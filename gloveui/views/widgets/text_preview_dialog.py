"""Shows how a text begins and what its words will be, and asks what has to be chosen before it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gloveui.core.encodings import COMMON_ENCODINGS
from gloveui.core.errors import ColumnWanted, ElementWanted, GloveError
from gloveui.core.progress import Task
from gloveui.core.text import FileText, TextSource
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage.files_reading import DOCUMENTS
from gloveui.storage.files_text import FilesText
from gloveui.storage.text_preview import TextPreview, preview_text
from gloveui.views.languages import Translated, translate_error, translate_note
from gloveui.views.models.preview_table import PreviewTableModel
from gloveui.views.numbers import byte_size, grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.quiet_table import make_quiet

QUESTION = "text preview"
FIRST_SIZE = (900, 560)
ROW_HEIGHT = 24
MOST_NOTES = 3
# Names that say where the text is; the first of them that a file has is chosen to begin with.
USUAL_NAMES = ("text", "content", "body", "transcript", "sentence", "p", "본문", "내용", "텍스트", "문장")


class TextPreviewDialog(Translated, QDialog):
    """A window beside the main one: settings can be changed there while their words are seen here."""

    chosen = Signal(object)  # TextSource to be opened, read as was chosen here
    reread = Signal(object)  # TextSource: the open one, to be read otherwise

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("textPreviewDialog")
        self._session, self._jobs, self._theme = session, jobs, theme
        self._source: TextSource | None = None
        self._preview: TextPreview | None = None
        self._is_open = False
        self._wanted: ColumnWanted | ElementWanted | None = None
        self.name, self.facts, self.notes = ElidedLabel(), QLabel(), QLabel()
        self.encoding, self.column, self.element = (
            self._choice(name) for name in ("previewEncoding", "previewColumn", "previewElement")
        )
        self.rows = PreviewTableModel(self)
        self.table = QTableView()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        self._labels: dict[QComboBox, QLabel] = {}
        self._arrange()
        self.buttons.accepted.connect(self._open)
        self.buttons.rejected.connect(self.reject)
        session.settings_changed.connect(self._show_words)
        theme.changed.connect(self._fit_rows)
        self._fit_rows()
        self.retranslate()

    def show_text(
        self,
        source: TextSource,
        preview: TextPreview | None,
        is_open: bool,
        wanted: ColumnWanted | ElementWanted | None = None,
    ) -> None:
        """Show a text; without a preview one is made. One that is open already can be read otherwise.

        What a file behind those of the preview was found to want is asked for, too.
        """
        self._source, self._preview, self._is_open, self._wanted = source, None, is_open, wanted
        self.rows.show_lines((), self._session.token_options)
        if preview is not None:
            self._show(preview)
        else:
            self._look()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("How the text is read"))
        names = (self.tr("Encoding"), self.tr("Column"), self.tr("Element"))
        for field, name in zip((self.encoding, self.column, self.element), names, strict=True):
            self._labels[field].setText(name)
            field.setAccessibleName(name)
        self.table.setAccessibleName(self.tr("The first lines and their words"))
        button = self.buttons.button(QDialogButtonBox.StandardButton.Open)
        button.setText(self.tr("Read again so") if self._is_open else self.tr("Open"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Close"))
        self.rows.refresh_headings()
        self._show_facts()

    def _choice(self, name: str) -> QComboBox:
        field = QComboBox()
        field.setObjectName(name)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        field.activated.connect(self._choose)
        return field

    def _arrange(self) -> None:
        self.name.setProperty("large", True)
        for label in (self.facts, self.notes):
            label.setProperty("muted", True)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        for field in (self.encoding, self.column, self.element):
            label = self._labels[field] = QLabel()
            label.setBuddy(field)
            fields.addWidget(label)
            fields.addWidget(field)
            fields.addSpacing(8)
        fields.addStretch(1)
        self.table.setObjectName("previewTable")
        self.table.setModel(self.rows)
        make_quiet(self.table)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for part in (self.name, self.facts):
            layout.addWidget(part)
        layout.addLayout(fields)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notes)
        layout.addWidget(self.buttons)
        self.resize(*FIRST_SIZE)

    def _look(self) -> None:
        if self._source is not None:
            self._jobs.ask(QUESTION, _preview_or_error(self._source)).succeeded.connect(self._take)

    def _take(self, found: TextPreview | GloveError) -> None:
        if isinstance(found, GloveError):
            self._show_problem(found)
        else:
            self._show(found)

    def _show(self, preview: TextPreview) -> None:
        preview = self._preview = self._with_what_is_wanted(preview)
        source = self._source
        self._fill(self.encoding, ("", *COMMON_ENCODINGS), getattr(source, "encoding", None) or "")
        self.encoding.setItemText(0, self.tr("detect ({encoding})").format(encoding=preview.encoding))
        self._fill(self.column, self._choices(preview.columns), getattr(source, "column", ""))
        self._fill(self.element, self._choices(preview.elements), getattr(source, "element", ""))
        has_encoding = isinstance(source, FileText | FilesText) and preview.kind not in DOCUMENTS
        self._offer(self.encoding, has_encoding and bool(preview.encoding))
        self._offer(self.column, bool(preview.columns))
        self._offer(self.element, bool(preview.elements))
        self._show_words()
        self._show_facts()
        self._allow_opening()
        for field in (self.column, self.element):
            self._choose_usual(field)

    def _with_what_is_wanted(self, preview: TextPreview) -> TextPreview:
        """A preview with the choices that a later file gives."""
        wanted = self._wanted
        if wanted is None:
            return preview
        columns = cast(Sequence[str], wanted.fields.get("columns", ()))
        elements = cast(Sequence[str], wanted.fields.get("elements", ()))
        return replace(
            preview,
            columns=preview.columns or tuple(columns),
            elements=preview.elements or tuple(elements),
        )

    def _choose_usual(self, field: QComboBox) -> None:
        """Choose what has a usual name, where nothing has been chosen."""
        if field.isHidden() or field.currentData():
            return
        rows = {str(field.itemData(row)).lower(): row for row in range(field.count())}
        usual = next((rows[name] for name in USUAL_NAMES if name in rows), None)
        if usual is not None:
            field.setCurrentIndex(usual)
            self._choose()

    def _show_problem(self, error: GloveError) -> None:
        """Say why the text cannot be read so; what was seen of it before is no longer true."""
        self._preview = None
        self.rows.show_lines((), self._session.token_options)
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(False)
        self.notes.setText(". ".join(filter(None, translate_error(error))))
        self.notes.show()

    def _show_words(self) -> None:
        if self._preview is not None:
            self.rows.show_lines(self._preview.lines, self._session.token_options)

    def _show_facts(self) -> None:
        preview, source = self._preview, self._source
        self.name.setText(source.name if source is not None else "")
        if preview is None:
            return
        parts = [self._kind_text(preview.kind), byte_size(preview.byte_count)]
        if preview.files > 1:
            parts.insert(0, self.tr("{count} files").format(count=grouped(preview.files)))
        self.facts.setText("  ·  ".join(parts))
        notes = [translate_note(note) for note in preview.notes[:MOST_NOTES]]
        if self._wanted is not None:
            notes.insert(0, translate_error(self._wanted)[0])
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))

    def _kind_text(self, kind: str) -> str:
        texts = {
            "text": self.tr("plain text"),
            "csv": self.tr("table (CSV)"),
            "tsv": self.tr("table (TSV)"),
            "json lines": self.tr("JSON lines"),
            "zip": self.tr("archive (ZIP)"),
            "folder": self.tr("folder"),
            "files": self.tr("several files"),
            "pasted": self.tr("pasted text"),
        }
        return texts.get(kind, kind.upper())

    def _fill(self, field: QComboBox, values: Sequence[str], current: str) -> None:
        field.clear()
        for value in values:
            field.addItem(value or self.tr("choose one"), value)
        field.setCurrentIndex(max(0, field.findData(current)))

    def _choices(self, names: Sequence[str]) -> tuple[str, ...]:
        """The names, after none of them where there is more than one."""
        return ("", *names) if len(names) > 1 else tuple(names)

    def _allow_opening(self) -> None:
        """Something is open to be read once all that must be chosen has been."""
        fields = (self.column, self.element)
        is_chosen = all(field.isHidden() or bool(field.currentData()) for field in fields)
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(is_chosen)

    def _offer(self, field: QComboBox, is_offered: bool) -> None:
        field.setVisible(is_offered)
        self._labels[field].setVisible(is_offered)

    def _choose(self) -> None:
        encoding = self.encoding.currentData() or None
        if isinstance(self._source, FileText):
            self._source = replace(self._source, encoding=encoding)
        elif isinstance(self._source, FilesText):
            column, element = self.column.currentData() or "", self.element.currentData() or ""
            self._source = replace(self._source, encoding=encoding, column=column, element=element)
        self._look()

    def _open(self) -> None:
        (self.reread if self._is_open else self.chosen).emit(self._source)
        self.accept()

    def _fit_rows(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))


def _preview_or_error(source: TextSource) -> Task[TextPreview | GloveError]:
    """What is wrong as the result: it is told in the dialog, and not in the window."""
    try:
        return (yield from preview_text(source))
    except GloveError as error:
        return error
