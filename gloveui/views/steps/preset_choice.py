"""Settings that go together, chosen by name."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gloveui.core.presets import PRESETS, Preset
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.widgets.column_combo import ColumnCombo

FITTING = "fitting"


class PresetChoice(Translated, QWidget):
    """A row with the presets; shows which one the settings are, or that they are a person's own."""

    def __init__(self, session: Session, pipeline: Pipeline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pipeline = pipeline
        self._chosen = FITTING  # the name by which settings are shown that have several
        self.label = QLabel()
        self.label.setProperty("muted", True)
        self.combo = ColumnCombo()
        self.combo.setObjectName("presetCombo")
        for key in (FITTING, *(preset.key for preset in PRESETS)):
            self.combo.addItem("", key)
        self.label.setBuddy(self.combo)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.combo, 1)
        self.combo.activated.connect(self._choose)
        session.text_changed.connect(self._forget_choice)
        session.settings_changed.connect(self._show_preset)
        pipeline.changed.connect(self._show_preset)
        self.retranslate()

    def retranslate(self) -> None:
        tooltip = self.tr("Sets counts and training at once; every setting can still be changed after")
        self.label.setText(self.tr("Settings"))
        self.label.setToolTip(tooltip)
        self.combo.setToolTip(tooltip)
        self.combo.setAccessibleName(self.tr("Settings that go together"))
        self.combo.setAccessibleDescription(tooltip)
        self.combo.setPlaceholderText(self.tr("own settings"))
        names = self._names()
        for row in range(1, self.combo.count()):
            self.combo.setItemText(row, names[self.combo.itemData(row)])
        self._show_preset()

    def _names(self) -> dict[str, str]:
        return {
            "lecture": self.tr("lecture"),
            "tiny": self.tr("tiny text"),
            "small": self.tr("small text"),
            "novel": self.tr("novel"),
            "large": self.tr("large text"),
            "stanford": self.tr("Stanford's GloVe"),
            "glove_python": self.tr("glove_python"),
        }

    def _show_preset(self) -> None:
        fitted = self._session.fitted_preset
        fitting = self.tr("fits the text")
        if fitted is not None:
            fitting = self.tr("fits the text: {preset}").format(preset=self._names()[fitted.key])
        self.combo.setItemText(0, fitting)
        keys = [key for key in (self._chosen, FITTING, *self._presets()) if self._is_shown_by(key)]
        self.combo.setCurrentIndex(self.combo.findData(keys[0]) if keys else -1)

    def _presets(self) -> dict[str, Preset]:
        return {preset.key: preset for preset in PRESETS}

    def _is_shown_by(self, key: str) -> bool:
        """Whether the settings that hold are those of this name."""
        if key == FITTING and self._pipeline.will_fit_settings:
            return True
        preset = self._session.fitted_preset if key == FITTING else self._presets()[key]
        present = (self._session.count_options, self._session.config)
        return preset is not None and present == (preset.count_options, preset.config)

    def _choose(self) -> None:
        self._chosen = self.combo.currentData()
        if self._chosen == FITTING:
            self._pipeline.fit_settings()
        else:
            self._session.use_preset(self._presets()[self._chosen])
        self._show_preset()

    def _forget_choice(self) -> None:
        """Another text was opened, with settings that fit it."""
        self._chosen = FITTING
        self._show_preset()
