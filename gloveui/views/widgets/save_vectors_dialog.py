"""Asks in which format vectors are saved, and how; says what will be written."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gloveui.state.values import Model
from gloveui.storage.export_options import (
    EXACT_DIGITS,
    EXPORT_FORMATS,
    VECTORS_TO_WRITE,
    ExportFormat,
    ExportOptions,
)
from gloveui.storage.export_size import estimated_bytes, exported_rows
from gloveui.views.languages import Translated
from gloveui.views.numbers import byte_size, grouped
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.wrapped_label import wrapped_label

WIDTH = 480
OF_THE_MODEL = ("word", "context")  # which only a model of GloVe has
ROWS_A_STEP = 10_000


class SaveVectorsDialog(Translated, QDialog):
    """Options that the format does not have are grey; Save tells what was chosen."""

    chosen = Signal(object)  # ExportOptions

    def __init__(self, model: Model, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saveVectorsDialog")
        self._embedding = model.embedding
        self.name = ElidedLabel(model.name)
        self.format, self.vectors = _combo("saveFormat"), _combo("saveWhichVectors")
        self.first = _spin_box("saveFirst", 0, max(len(model.embedding) - 1, 0), ROWS_A_STEP)
        self.precision = _spin_box("savePrecision", 1, EXACT_DIGITS, 1)
        self.precision.setValue(EXACT_DIGITS)
        self.header, self.special_rows = _check_box("saveHeader"), _check_box("saveSpecialRows")
        self.told = wrapped_label("muted")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._labels = {part: QLabel() for part in (self.format, self.vectors, self.first, self.precision)}
        self._fill()
        self._arrange()
        self._connect()
        self.retranslate()
        self._follow_format()

    @property
    def options(self) -> ExportOptions:
        """What is chosen now, without what the format does not have."""
        chosen = self._chosen_format
        return ExportOptions(
            chosen.key,
            self.precision.value() if chosen.has_precision else EXACT_DIGITS,
            None if chosen.header is None else self.header.isChecked(),
            self.vectors.currentData(),
            self.first.value(),
            self.special_rows.isChecked(),
        )

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Save vectors"))
        texts = (self.tr("Format"), self.tr("Vectors"), self.tr("First words"), self.tr("Digits"))
        for (part, label), text in zip(self._labels.items(), texts, strict=True):
            label.setText(text)
            label.setBuddy(part)
            part.setAccessibleName(text)
        self._name_choices()
        self.first.setSpecialValueText(self.tr("all"))
        self.precision.setToolTip(self.tr("With 9 every number comes back as it was"))
        self.header.setText(self.tr("A first line that says what follows"))
        self.special_rows.setText(self.tr("<unk> and <pad> before the words"))
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText(self.tr("Save…"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._tell()

    @property
    def _chosen_format(self) -> ExportFormat:
        return EXPORT_FORMATS[self.format.currentIndex()]

    def _fill(self) -> None:
        for one in EXPORT_FORMATS:
            self.format.addItem(one.name, one.key)
        for which in VECTORS_TO_WRITE:
            self.vectors.addItem(which, which)
        self._offer_sides(self._embedding.parameters is not None)

    def _offer_sides(self, has_model: bool) -> None:
        """Let the two sides of the model be chosen where they are known."""
        items = self.vectors.model()
        if isinstance(items, QStandardItemModel):
            for which in OF_THE_MODEL:
                items.item(self.vectors.findData(which)).setEnabled(has_model)

    def _name_choices(self) -> None:
        formats = (
            self.tr("safetensors: exact, with counts and run card"),
            self.tr("GloVe text"),
            self.tr("word2vec text"),
            self.tr("word2vec binary"),
            self.tr("fastText text"),
            self.tr("NumPy archive"),
            self.tr("NumPy array, words beside it"),
            self.tr("PyTorch weights, words beside them"),
            self.tr("Embedding Projector: numbers, words beside them"),
            self.tr("CSV for spreadsheets"),
        )
        vectors = (
            self.tr("as shown"),
            self.tr("of words alone (w)"),
            self.tr("of context words alone (w̃)"),
            self.tr("as shown, at length 1"),
        )
        for combo, names in ((self.format, formats), (self.vectors, vectors)):
            for row, name in enumerate(names):
                combo.setItemText(row, name)
        why = self.tr("Only models that were trained by GloVe here, or saved as safetensors, have these")
        for which in OF_THE_MODEL if self._embedding.parameters is None else ():
            self.vectors.setItemData(self.vectors.findData(which), why, Qt.ItemDataRole.ToolTipRole)

    def _arrange(self) -> None:
        self.name.setProperty("muted", True)
        form = QFormLayout()
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for part, label in self._labels.items():
            form.addRow(label, part)
        form.addRow("", self.header)
        form.addRow("", self.special_rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.name)
        layout.addLayout(form)
        layout.addWidget(self.told)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(self._follow_format)
        self.vectors.currentIndexChanged.connect(self._tell)
        for box in (self.first, self.precision):
            box.valueChanged.connect(self._tell)
        for check in (self.header, self.special_rows):
            check.toggled.connect(self._tell)
        self.buttons.accepted.connect(self._choose)
        self.buttons.rejected.connect(self.reject)

    def _follow_format(self) -> None:
        """Offer what the format has, and begin with what is usual in it."""
        chosen = self._chosen_format
        self.precision.setEnabled(chosen.has_precision)
        self.header.setEnabled(chosen.header is not None)
        self.header.setChecked(bool(chosen.header))
        self._tell()

    def _tell(self) -> None:
        options = self.options
        sentence = self.tr("{rows} rows of {dimension} numbers, about {size}").format(
            rows=grouped(exported_rows(self._embedding, options)),
            dimension=grouped(self._embedding.dimension),
            size=byte_size(estimated_bytes(self._embedding, options)),
        )
        if options.file_format.beside:
            beside = self.tr("the words go into a second file, whose name ends in {ending}")
            sentence = f"{sentence}; {beside.format(ending=options.file_format.beside)}"
        self.told.setText(sentence)

    def _choose(self) -> None:
        self.chosen.emit(self.options)


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    return combo


def _check_box(name: str) -> QCheckBox:
    check = QCheckBox()
    check.setObjectName(name)
    return check


def _spin_box(name: str, least: int, most: int, step: int) -> QSpinBox:
    box = QSpinBox()
    box.setObjectName(name)
    box.setLocale(QLocale.c())
    box.setGroupSeparatorShown(True)
    box.setRange(least, most)
    box.setSingleStep(step)
    return box
