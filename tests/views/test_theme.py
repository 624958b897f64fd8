from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from gloveui.storage.bundled import bundled_path
from gloveui.views.palette import DARK, LIGHT, Palette
from gloveui.views.theme import Theme, qt_palette, style_sheet


def painted_color(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name().upper()


def test_a_chosen_scheme_replaces_the_colours_and_says_so(theme: Theme, qtbot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme("dark")
    assert theme.palette == DARK
    assert theme.color("surface") == QColor(DARK.surface)
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme("light")
    assert theme.palette == LIGHT


def test_choosing_the_scheme_in_use_changes_nothing(theme: Theme, qtbot) -> None:
    theme.set_scheme("light")
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scheme("light")


def test_an_unknown_scheme_is_refused(theme: Theme) -> None:
    with pytest.raises(ValueError, match="scheme must be one of"):
        theme.set_scheme("sepia")  # type: ignore[arg-type]


def test_the_system_scheme_is_followed_until_one_is_chosen(theme: Theme, qapp, qtbot, monkeypatch) -> None:
    # The offscreen platform has no scheme of its own.
    monkeypatch.setattr(Theme, "_system_is_dark", lambda theme: True)
    with qtbot.waitSignal(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.palette == DARK
    theme.set_scheme("light")
    with qtbot.assertNotEmitted(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.palette == LIGHT
    theme.set_scheme("system")
    assert theme.palette == DARK


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_every_group_of_qts_palette_is_filled(palette: Palette) -> None:
    filled = qt_palette(palette)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        assert filled.color(group, QPalette.ColorRole.Text) == QColor(palette.text)
    disabled = filled.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == QColor(palette.disabled)
    for role in (QPalette.ColorRole.Light, QPalette.ColorRole.Shadow):
        assert filled.color(QPalette.ColorGroup.Active, role) == QColor(palette.border)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_style_sheet_has_no_open_places_and_every_picture_it_names(theme: Theme, scheme) -> None:
    theme.set_scheme(scheme)
    sheet = style_sheet(theme)
    assert "${" not in sheet
    names = set(re.findall(rf"style/{scheme}/([\w-]+\.svg)", sheet))
    assert names
    assert names == {path.name for path in bundled_path(f"style/{scheme}").iterdir()}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_the_pictures_of_the_style_sheet_have_the_colours_of_the_palette(palette: Palette) -> None:
    allowed = {palette.text, palette.muted, palette.on_accent, palette.disabled}
    for path in bundled_path(f"style/{palette.name}").iterdir():
        assert set(re.findall(r"#[0-9A-F]{6}", path.read_text(encoding="utf-8"))) <= allowed, path.name


@pytest.mark.parametrize("kind", [QPushButton, QLineEdit, QSpinBox, QComboBox])
@pytest.mark.parametrize("scale", [0.8, 1.0, 2.5])
def test_controls_are_high_enough_to_hit_and_for_their_text(theme: Theme, qtbot, kind, scale) -> None:
    theme.set_text_scale(scale)
    control = kind()
    qtbot.addWidget(control)
    control.ensurePolished()
    assert control.sizeHint().height() >= 28
    assert max(control.minimumHeight(), control.minimumSizeHint().height()) >= control.fontMetrics().height()


def test_text_grows_with_the_scale_in_widgets_that_are_shown_already(theme: Theme, qtbot) -> None:
    label = QLabel("king")
    qtbot.addWidget(label)
    label.show()
    before = label.sizeHint().height()
    with qtbot.waitSignal(theme.changed):
        theme.set_text_scale(2.0)
    qtbot.waitUntil(lambda: label.sizeHint().height() > 1.7 * before)
    assert label.font().pointSizeF() == pytest.approx(19.0)


@pytest.mark.parametrize(("asked", "given"), [(0.1, 0.8), (9.0, 2.5)])
def test_the_text_scale_stays_readable(theme: Theme, asked: float, given: float) -> None:
    theme.set_text_scale(asked)
    assert theme.text_scale == given


def test_a_primary_button_has_the_accent_and_loses_it_when_disabled(theme: Theme, qtbot) -> None:
    theme.set_scheme("dark")
    button = QPushButton("Train")
    button.setProperty("primary", True)
    qtbot.addWidget(button)
    button.resize(120, 32)
    assert painted_color(button, 8, 16) == DARK.accent
    button.setEnabled(False)
    assert painted_color(button, 8, 16) == DARK.track


def test_an_open_window_is_repainted_in_the_new_scheme(theme: Theme, qtbot) -> None:
    theme.set_scheme("light")
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(120, 32)
    assert painted_color(field, 60, 16) == LIGHT.surface
    theme.set_scheme("dark")
    assert painted_color(field, 60, 16) == DARK.surface


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_combo_box_shows_its_chevron(theme: Theme, qtbot, scheme) -> None:
    theme.set_scheme(scheme)
    combo = QComboBox()
    qtbot.addWidget(combo)
    combo.resize(140, 32)
    image = combo.grab().toImage()
    right = {image.pixelColor(x, y).name().upper() for x in range(118, 136) for y in range(8, 24)}
    assert theme.palette.muted in right
