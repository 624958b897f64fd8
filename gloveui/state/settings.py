"""What the program remembers between starts."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QSettings


def open_settings(folder: Path | None = None) -> QSettings:
    """The settings file in `folder`, or in the person's own configuration folder."""
    folder = folder or user_config_path("gloveui", appauthor=False)
    return QSettings(str(folder / "gloveui.ini"), QSettings.Format.IniFormat)
