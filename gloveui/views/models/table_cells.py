"""What the cells of all tables share: how they are aligned, and that none has cells below it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt

AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROOT = QModelIndex()
