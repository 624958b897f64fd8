"""What was opened lately, kept in the settings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

from gloveui.core.progress import Progress, Task

MOST = 10


class RecentFiles(QObject):
    """Paths of one kind, newest first."""

    changed = Signal()

    def __init__(self, settings: QSettings, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._key = f"recent/{key}"

    @property
    def paths(self) -> tuple[Path, ...]:
        """At most ten, newest first; some may be gone."""
        kept = self._settings.value(self._key)
        names = kept if isinstance(kept, list) else [kept]  # a list of one comes back as its entry
        return tuple(Path(name) for name in names if isinstance(name, str) and name)[:MOST]

    def add(self, path: Path) -> None:
        """Put a path first."""
        path = path.absolute()
        self._keep((path, *(other for other in self.paths if other != path)))

    def remove(self, gone: tuple[Path, ...]) -> None:
        """Forget these paths."""
        self._keep(tuple(path for path in self.paths if path not in gone))

    def clear(self) -> None:
        """Forget all paths."""
        self._keep(())

    def _keep(self, paths: tuple[Path, ...]) -> None:
        self._settings.setValue(self._key, [str(path) for path in paths[:MOST]])
        self.changed.emit()


def missing(paths: tuple[Path, ...]) -> Task[tuple[Path, ...]]:
    """Those that are not there; a task, as a sleeping network drive may take its time to say so."""
    gone: list[Path] = []
    for number, path in enumerate(paths):
        yield Progress("reading", number / len(paths))
        if not _is_there(path):
            gone.append(path)
    return tuple(gone)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
