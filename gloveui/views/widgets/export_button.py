"""One button for everything that can be taken out of a view: its table, its picture, the code behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import MethodType
from typing import TypeVar
from weakref import WeakMethod

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gloveui.storage import export
from gloveui.views import dialogs
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.menu_action import menu_action

PICTURE_SCALE = 2.0  # sharp enough for print

T = TypeVar("T")
Table = Iterable[Sequence[export.Cell]]
_Reference = Callable[[], Callable[[], T] | None]


class ExportButton(Translated, QToolButton):
    """Copies and saves what a view shows; the view says what it has by `offer`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stem = "view"
        self._picture: _Reference[QWidget] = _referred(None)
        self._table: _Reference[Table] = _referred(None)
        self._code: _Reference[str] = _referred(None)
        self._menu = QMenu(self)
        self.copy_action = menu_action(self._menu, "copyTable", self._copy_table)
        self.code_action = menu_action(self._menu, "copyCode", self._copy_code)
        self._menu.addSeparator()
        self.csv_action = menu_action(self._menu, "saveTable", self._save_table)
        self.png_action = menu_action(self._menu, "savePng", self._save_png)
        self.svg_action = menu_action(self._menu, "saveSvg", self._save_svg)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()
        self.offer(self._stem)
        self.retranslate()

    def offer(
        self,
        stem: str,
        picture: Callable[[], QWidget] | None = None,
        table: Callable[[], Table] | None = None,
        code: Callable[[], str] | None = None,
    ) -> None:
        """What there is to take: a widget to be drawn, rows of a table, lines of Python.

        ``stem`` is the suggested file name without its ending.
        """
        self._stem = stem
        self._picture, self._table, self._code = _referred(picture), _referred(table), _referred(code)
        for action, is_there in (
            (self.copy_action, table), (self.csv_action, table), (self.code_action, code),
            (self.png_action, picture), (self.svg_action, picture),
        ):  # fmt: skip
            action.setVisible(is_there is not None)

    def retranslate(self) -> None:
        self.setToolTip(self.tr("Copy or save what is shown here"))
        self.setAccessibleName(self.tr("Copy or save what is shown here"))
        self.copy_action.setText(self.tr("Copy the table"))
        self.code_action.setText(self.tr("Copy as code"))
        self.csv_action.setText(self.tr("Save the table (CSV) …"))
        self.png_action.setText(self.tr("Save the picture (PNG) …"))
        self.svg_action.setText(self.tr("Save the picture (SVG) …"))

    def _draw_icon(self) -> None:
        self.setIcon(self._theme.icon("export"))

    def _copy_table(self) -> None:
        table = self._table()
        if table is not None:
            QGuiApplication.clipboard().setText(export.tab_separated_text(table()))

    def _copy_code(self) -> None:
        code = self._code()
        if code is not None:
            QGuiApplication.clipboard().setText(code())

    def _save_table(self) -> None:
        table = self._table()
        path = self._ask_for_path(".csv", "CSV (*.csv)") if table is not None else None
        if path is not None and table is not None:
            export.write_csv(path, table())

    def _save_png(self) -> None:
        picture = self._picture()
        path = self._ask_for_path(".png", "PNG (*.png)") if picture is not None else None
        if path is not None and picture is not None:
            export.write_bytes(path, png_of(picture(), self._background()))

    def _save_svg(self) -> None:
        picture = self._picture()
        path = self._ask_for_path(".svg", "SVG (*.svg)") if picture is not None else None
        if path is not None and picture is not None:
            export.write_bytes(path, svg_of(picture(), self._background(), path.stem))

    def _background(self) -> str:
        return self._theme.palette.surface

    def _ask_for_path(self, ending: str, kind: str) -> Path | None:
        return dialogs.ask_where_to_save(self, self.tr("Save"), self._stem + ending, kind)


def png_of(widget: QWidget, background: str) -> bytes:
    """A widget as a PNG file of twice its pixels."""
    image = QImage(widget.size() * PICTURE_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(PICTURE_SCALE)
    image.fill(background)
    widget.render(image, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def svg_of(widget: QWidget, background: str, title: str) -> bytes:
    """A widget as an SVG file: text and lines stay text and lines."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(widget.rect(), background)
    widget.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
    return bytes(buffer.data().data())


def _referred(offer: Callable[[], T] | None) -> _Reference[T]:
    """What gives an offer for as long as it is there.

    A method of the view that holds the button is not kept: Python's collector crashes over such a circle
    when the view is dropped while it is shown (seen in PySide 6.11).
    """
    return WeakMethod(offer) if isinstance(offer, MethodType) else lambda: offer
