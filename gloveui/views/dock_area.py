"""The part of the window that holds the panels, each a dock that can be moved, split off and put back."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.panels import PANELS, Place
from gloveui.views.theme import Theme

LAYOUT_VERSION = 4  # counts up when panels are added, so that an older layout is not forced on them
DIGITS = 9  # that Ctrl takes panels by; Ctrl+0 is the usual size, so further panels have Alt
CENTRE_WIDTH, RIGHT_WIDTH = 580, 440
UPPER_AND_LOWER = (4, 5)  # shares of the height at the right: sentences have a list and a window


class PanelDock(QDockWidget):
    """A dock that shows its title bar only where no tab names it already."""

    def __init__(self, panel: QWidget, name: str, parent: QWidget) -> None:
        super().__init__(panel.windowTitle(), parent)
        self.setObjectName(name)
        panel.setProperty("panel", True)
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        panel.windowTitleChanged.connect(self.setWindowTitle)
        keeps_size = panel.sizePolicy()
        keeps_size.setRetainSizeWhenHidden(True)
        panel.setSizePolicy(keeps_size)
        self.setWidget(panel)
        self.visibilityChanged.connect(self._show_panel)

    def fit_title_bar(self, is_tabbed: bool) -> None:
        """Hide the title bar of a dock in tabs; show that of one on its own."""
        needs_none = is_tabbed and not self.isFloating()
        if needs_none == (self.titleBarWidget() is None):
            old = self.titleBarWidget()
            # None brings Qt's own title bar back, which the stubs do not know.
            self.setTitleBarWidget(QWidget(self) if needs_none else None)  # type: ignore[arg-type]
            if old is not None:
                old.deleteLater()

    def hide_panel_unless(self, is_in_sight: bool) -> None:
        """Hide the panel of a dock behind another tab: Qt only moves that dock aside, to work on unseen.

        Qt's signal of visibility says "not visible" for docks on their own, too (seen in Qt 6.11).
        """
        self.widget().setVisible(is_in_sight or self.isFloating())

    def _show_panel(self, is_visible: bool) -> None:
        """Fill a dock that comes to the front before it is painted."""
        if is_visible:
            self.widget().show()


class _Fitting(QTimer):
    """Waits for the end of a whole move of docks; gone before them when the window is taken down."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, singleShot=True, interval=0)

    def begin(self) -> None:
        """Time out as soon as everything else is done."""
        self.start()


class DockArea(QMainWindow):
    """All panels of PANELS in their docks."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._fitting = _Fitting(self)
        self._fitting.timeout.connect(self._fit_docks)
        self.docks = {
            spec.name: PanelDock(spec.make(session, jobs, theme), spec.name, self) for spec in PANELS
        }
        self._layout_to_restore: QByteArray | None = None
        self._is_arranged = False
        self.shortcuts = [self._shortcut(number) for number in range(len(PANELS))]
        for dock in self.docks.values():
            for signal in (dock.topLevelChanged, dock.dockLocationChanged, dock.visibilityChanged):
                signal.connect(self._fitting.begin)

    def layout_state(self) -> QByteArray:
        """Where every panel stands, to be given to `restore_layout` at the next start."""
        if not self._is_arranged:  # closed before it was seen: what was to be restored still holds
            return self._layout_to_restore or QByteArray()
        return self.saveState(LAYOUT_VERSION)

    def restore_layout(self, state: QByteArray) -> None:
        """Put panels where they stood, as soon as the window is shown; at once if it is."""
        self._layout_to_restore = state
        if self._is_arranged:
            self._restore_layout()

    def arrange(self) -> None:
        """Put every panel in its first place."""
        first = self._place_first_panels()
        for spec in PANELS:
            dock = self.docks[spec.name]
            if dock is not first[spec.place]:
                self.tabifyDockWidget(first[spec.place], dock)
            dock.show()
        for dock in first.values():
            dock.raise_()
        leaders = [first[Place.CENTRE], first[Place.UPPER_RIGHT]]
        self.resizeDocks(leaders, [CENTRE_WIDTH, RIGHT_WIDTH], Qt.Orientation.Horizontal)
        right = [first[Place.UPPER_RIGHT], first[Place.LOWER_RIGHT]]
        heights = [self.height() * share // sum(UPPER_AND_LOWER) for share in UPPER_AND_LOWER]
        self.resizeDocks(right, heights, Qt.Orientation.Vertical)
        self._fit_docks()

    def raise_panel(self, name: str) -> None:
        """Bring a panel to the front, and give it the keyboard."""
        self.docks[name].show()
        self.docks[name].raise_()
        self.docks[name].widget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        # Tabs made before the window is shown leave empty tab bars behind (seen in Qt 6.11).
        if not self._is_arranged:
            self._is_arranged = True
            self.arrange()
            self._restore_layout()
        super().showEvent(event)

    def _restore_layout(self) -> None:
        if self._layout_to_restore is not None:
            self.restoreState(self._layout_to_restore, LAYOUT_VERSION)
            self._fit_docks()

    def _place_first_panels(self) -> dict[Place, PanelDock]:
        """Put the first panel of each place where it belongs; a place is split off before it has tabs."""
        first: dict[Place, PanelDock] = {}
        for spec in PANELS:
            dock = self.docks[spec.name]
            dock.setFloating(False)
            self.removeDockWidget(dock)
            first.setdefault(spec.place, dock)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, first[Place.CENTRE])
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, first[Place.UPPER_RIGHT])
        self.splitDockWidget(first[Place.UPPER_RIGHT], first[Place.LOWER_RIGHT], Qt.Orientation.Vertical)
        return first

    def _fit_docks(self) -> None:
        for dock in self.docks.values():
            dock.fit_title_bar(bool(self.tabifiedDockWidgets(dock)))
            dock.hide_panel_unless(self.rect().intersects(dock.geometry()))

    def _shortcut(self, number: int) -> QAction:
        action = QAction(self)
        keys = f"Ctrl+{number + 1}" if number < DIGITS else f"Alt+{number - DIGITS + 1}"
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setData(PANELS[number].name)
        action.triggered.connect(self._raise_chosen)
        self.addAction(action)
        return action

    def _raise_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.raise_panel(action.data())
