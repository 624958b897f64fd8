from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from gloveui.storage.bundled import bundled_path
from gloveui.views.icons import application_icon, icon, icon_pixmap
from gloveui.views.theme import Theme

NAMES = sorted(path.stem for path in bundled_path("icons").glob("*.svg") if path.stem != "gloveui")


def inked(image: QImage) -> list[QColor]:
    """Colours of the pixels that are fully covered."""
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    colors = [image.pixelColor(x, y) for x, y in points]
    return [color for color in colors if color.alpha() == 255]


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp, name: str) -> None:
    image = icon_pixmap(name, QColor("#3B5BDB"), 48, 1.0).toImage()
    colors = inked(image)
    assert colors
    assert {color.name().upper() for color in colors} == {"#3B5BDB"}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_keeps_clear_of_its_edge(qapp, name: str) -> None:
    image = icon_pixmap(name, QColor("black"), 48, 1.0).toImage()
    edge = [(x, y) for x in range(48) for y in (0, 47)] + [(x, y) for y in range(48) for x in (0, 47)]
    assert all(image.pixelColor(x, y).alpha() == 0 for x, y in edge)


@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0])
def test_an_icon_has_a_pixel_for_every_pixel_of_the_screen(qapp, ratio: float) -> None:
    pixmap = icon("open", QColor("black")).pixmap(QSize(20, 20), ratio)
    assert pixmap.size() == QSize(20, 20) * ratio
    assert pixmap.devicePixelRatio() == ratio


def test_a_disabled_icon_has_the_quiet_colour(theme: Theme) -> None:
    pixmap = theme.icon("stop").pixmap(QSize(48, 48), 1.0, QIcon.Mode.Disabled)
    assert {color.name().upper() for color in inked(pixmap.toImage())} == {theme.palette.disabled}


def test_without_a_quiet_colour_a_disabled_icon_is_paler(qapp) -> None:
    pixmap = icon("stop", QColor("#000000")).pixmap(QSize(48, 48), 1.0, QIcon.Mode.Disabled)
    image = pixmap.toImage()
    assert 0 < image.pixelColor(24, 24).alpha() < 128


def test_the_application_icon_comes_in_small_and_large(qapp) -> None:
    sides = {size.width() for size in application_icon().availableSizes()}
    assert {16, 32, 256} <= sides


def test_an_icon_that_is_not_there_is_named(qapp) -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/unicorn\.svg"):
        icon("unicorn", QColor("black"))
