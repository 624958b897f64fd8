"""The colours of the window, as named tokens in a light and a dark set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """One set of colours, each ``#RRGGBB``; the derived ones at the end are mixtures of these."""

    name: str
    window: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    soft: str
    good: str
    warn: str
    bad: str

    @property
    def disabled(self) -> str:
        """Text and signs of what cannot be used now: quieter than muted, still legible."""
        return mix(self.muted, self.surface, 0.3)

    @property
    def track(self) -> str:
        """What a bar or a slider runs in."""
        return mix(self.border, self.surface, 0.35)

    @property
    def handle(self) -> str:
        """A scroll bar's handle at rest."""
        return mix(self.muted, self.surface, 0.55)

    @property
    def outline(self) -> str:
        """The edge of a control, a little firmer than the edge of a card."""
        return mix(self.border, self.muted, 0.25)

    @property
    def good_tint(self) -> str:
        """Behind a notice of success; text keeps its contrast on it, as on the next two."""
        return mix(self.surface, self.good, 0.1)

    @property
    def warn_tint(self) -> str:
        """Behind a warning."""
        return mix(self.surface, self.warn, 0.1)

    @property
    def bad_tint(self) -> str:
        """Behind an error."""
        return mix(self.surface, self.bad, 0.1)

    @property
    def accent_hovered(self) -> str:
        """The primary button under the pointer."""
        return mix(self.accent, self.text, 0.12)


LIGHT = Palette(
    name="light",
    window="#F4F5F8",
    surface="#FFFFFF",
    raised="#FAFBFC",
    border="#E0E3EA",
    text="#1A1D24",
    muted="#667085",
    accent="#3B5BDB",
    on_accent="#FFFFFF",
    soft="#E7ECFD",
    good="#2B8A3E",
    warn="#B7791F",
    bad="#C92A2A",
)

DARK = Palette(
    name="dark",
    window="#12151A",
    surface="#1A1E25",
    raised="#20252D",
    border="#2D333D",
    text="#E7EAF0",
    muted="#98A2B3",
    accent="#7B96FF",
    on_accent="#0E1116",
    soft="#232C47",
    good="#69DB7C",
    warn="#F2C265",
    bad="#FF8787",
)


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue of ``#RRGGBB``, 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """The colour a ``share`` (0 to 1) of the way from the first to the second."""
    pairs = zip(channels(first), channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def luminance(color: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2.1 defines it."""
    red, green, blue = (_linear(channel / 255) for channel in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(first: str, second: str) -> float:
    """WCAG 2.1 contrast, 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
