"""Asks where a file is to be saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(parent: QWidget, title: str, suggestion: str, kind: str) -> Path | None:
    """The path a person chooses, or None; existing files are confirmed by the dialog.

    ``suggestion`` is a file name with its suffix, ``kind`` the filter, such as ``"CSV (*.csv)"``. Opens only
    when a person asks for it; tests replace it.
    """
    dialog = QFileDialog(parent, title, suggestion, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(suggestion).suffix.removeprefix("."))
    try:
        accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
        return Path(dialog.selectedFiles()[0]) if accepted else None
    finally:
        dialog.deleteLater()
