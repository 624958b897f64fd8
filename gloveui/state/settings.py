"""What the program remembers between starts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QSettings

from gloveui.core.errors import SettingError
from gloveui.core.resources import Resources

RESOURCES_GROUP = "resources/"


def open_settings(folder: Path | None = None) -> QSettings:
    """The settings file in `folder`, or in the person's own configuration folder."""
    folder = folder or user_config_path("gloveui", appauthor=False)
    return QSettings(str(folder / "gloveui.ini"), QSettings.Format.IniFormat)


def remembered_resources(settings: QSettings) -> Resources:
    """What work may use, as it was last time; what the file says wrongly is left out."""
    resources = Resources()
    for name, usual in asdict(resources).items():
        kept = settings.value(RESOURCES_GROUP + name)
        if kept is not None:
            with suppress(ValueError, SettingError):  # a person may have edited the file
                resources = replace(resources, **{name: type(usual)(str(kept))})
    return resources


def remember_resources(settings: QSettings, resources: Resources) -> None:
    """Keep what work may use for the next start."""
    for name, value in asdict(resources).items():
        settings.setValue(RESOURCES_GROUP + name, value)
