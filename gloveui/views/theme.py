"""How the program looks: light or dark, following the system unless told otherwise, and its type size."""

from __future__ import annotations

from string import Template
from typing import Literal, cast, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from gloveui.storage.bundled import bundled_path
from gloveui.views.icons import icon
from gloveui.views.palette import DARK, LIGHT, Palette

__all__ = ["DARK", "LIGHT", "Palette", "Scheme", "Theme"]

Scheme = Literal["system", "light", "dark"]

BASE_POINTS = 9.5
SMALLEST_SCALE, LARGEST_SCALE = 0.8, 2.5

_KOREAN_FAMILIES = (
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "Pretendard",
    "Noto Sans CJK KR",
    "NanumBarunGothic",
    "NanumGothic",
)
_REQUESTED_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """The colours and type of one application; views draw with it and redraw on ``changed``."""

    changed = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._scheme: Scheme = "system"
        self._text_scale = 1.0
        self._families = _font_families()
        self._icons: dict[tuple[str, str, str], QIcon] = {}
        app.setStyle("Fusion")
        self._palette = self._wanted_palette()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def scheme(self) -> Scheme:
        """What was asked for: ``system``, ``light`` or ``dark``."""
        return self._scheme

    def set_scheme(self, scheme: str) -> None:
        """Follow the system, or stay light or dark.

        Raises
        ------
        ValueError
            If the scheme is none of the three.
        """
        if scheme not in get_args(Scheme):
            raise ValueError(f"scheme must be one of {get_args(Scheme)}, got {scheme!r}")
        self._scheme = cast(Scheme, scheme)
        # Window frames and native dialogs are the system's own and follow this request only.
        self._app.styleHints().setColorScheme(_REQUESTED_SCHEMES[scheme])
        self._use(self._wanted_palette())

    @property
    def palette(self) -> Palette:
        """The colours in use now."""
        return self._palette

    def color(self, name: str) -> QColor:
        """One of the palette's colours, by the name of its token."""
        return QColor(getattr(self._palette, name))

    def icon(self, name: str, token: str = "text") -> QIcon:
        """An icon in the colour of a token, with its disabled form; ask for it again on ``changed``."""
        key = (self._palette.name, name, token)
        if key not in self._icons:
            self._icons[key] = icon(name, self.color(token), self.color("disabled"))
        return self._icons[key]

    @property
    def text_scale(self) -> float:
        """How much larger than usual the type is; 1 is 9.5 points."""
        return self._text_scale

    def set_text_scale(self, scale: float) -> None:
        """Enlarge or shrink all type; values beyond 0.8 to 2.5 are brought back to that range."""
        scale = min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
        if scale != self._text_scale:
            self._text_scale = scale
            self._apply()
            self.changed.emit()

    def points(self, relative_size: float = 1.0) -> float:
        """Type size in points for text of this size relative to the body text."""
        return round(BASE_POINTS * self._text_scale * relative_size, 2)

    def pixels(self, side: int) -> int:
        """The side of a sign that is ``side`` pixels wide beside text of the usual size."""
        return round(side * self._text_scale)

    def fixed_font(self) -> QFont:
        """The system's font of equal widths, for code and technical text."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.points())
        return font

    def font(self, relative_size: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The window's font, with figures of equal width so that columns of numbers line up."""
        font = QFont(self._families)
        font.setPointSizeF(self.points(relative_size))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _follow_system(self) -> None:
        self._use(self._wanted_palette())

    def _wanted_palette(self) -> Palette:
        if self._scheme == "system":
            return DARK if self._system_is_dark() else LIGHT
        return DARK if self._scheme == "dark" else LIGHT

    def _system_is_dark(self) -> bool:
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _use(self, palette: Palette) -> None:
        if palette != self._palette:
            self._palette = palette
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        # Without a sheet in between, Qt adapts the old one to the new type and colours: three times as slow.
        self._app.setStyleSheet("")
        self._app.setFont(self.font())
        self._app.setPalette(qt_palette(self._palette))
        self._app.setStyleSheet(style_sheet(self))


def style_sheet(theme: Theme) -> str:
    """The application's style sheet: the template of the resources with the theme's colours and sizes."""
    palette = theme.palette
    tokens = {name: getattr(palette, name) for name in _COLOR_TOKENS}
    points = {f"points_{name}": f"{theme.points(size):g}pt" for name, size in _TYPE_SIZES.items()}
    pixels = {name: f"{theme.pixels(size)}px" for name, size in _PIXEL_SIZES.items()}
    # A field is never squeezed below its line of text; a radius beyond the half would make a button square.
    pixels["line_height"] = f"{max(18, QFontMetrics(theme.font()).height())}px"
    pixels["radio_radius"] = f"{(theme.pixels(_PIXEL_SIZES['indicator_side']) + 2) // 2}px"
    template = Template(bundled_path("style/gloveui.qss").read_text(encoding="utf-8"))
    images = bundled_path(f"style/{palette.name}").as_posix()
    return template.substitute(tokens | points | pixels, images=images)


_COLOR_TOKENS = (
    *("window", "surface", "raised", "border", "text", "muted", "accent", "on_accent", "soft"),
    *("good", "warn", "bad", "disabled", "track", "handle", "outline", "accent_hovered"),
    *("good_tint", "warn_tint", "bad_tint"),
)
_TYPE_SIZES = {"small": 0.9, "large": 1.35}
_PIXEL_SIZES = {"icon_side": 16, "chevron_side": 12, "arrow_side": 10, "indicator_side": 14}


def qt_palette(palette: Palette) -> QPalette:
    """Qt's palette for whatever a style sheet does not reach, in all three groups."""
    roles = _roles(palette)
    quiet = _disabled_roles(palette)
    result = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        for role, color in roles.items():
            result.setColor(group, role, QColor(color))
    for role, color in (roles | quiet).items():
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(color))
    return result


def _roles(palette: Palette) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: palette.window,
        role.WindowText: palette.text,
        role.Base: palette.surface,
        role.AlternateBase: palette.raised,
        role.Text: palette.text,
        role.PlaceholderText: palette.muted,
        role.Button: palette.surface,
        role.ButtonText: palette.text,
        role.BrightText: palette.bad,
        role.Highlight: palette.soft,
        role.HighlightedText: palette.text,
        role.Accent: palette.accent,
        role.Link: palette.accent,
        role.LinkVisited: palette.accent,
        role.ToolTipBase: palette.raised,
        role.ToolTipText: palette.text,
        # The five shades of bevels: all flat, so that Fusion draws neither bright nor black edges.
        role.Light: palette.border,
        role.Midlight: palette.border,
        role.Mid: palette.border,
        role.Dark: palette.outline,
        role.Shadow: palette.border,
    }


def _disabled_roles(palette: Palette) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    texts = (
        role.WindowText,
        role.Text,
        role.ButtonText,
        role.HighlightedText,
        role.PlaceholderText,
        role.ToolTipText,
    )
    return {
        **dict.fromkeys(texts, palette.disabled),
        role.Highlight: palette.track,
        role.Accent: palette.disabled,
    }


def _font_families() -> list[str]:
    """The system's own interface font first, then fonts with Hangul that are installed."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
    installed = set(QFontDatabase.families())
    return [*system, *(family for family in _KOREAN_FAMILIES if family in installed)]
