"""Tooltips that show a text as it is, whatever it holds."""

from __future__ import annotations

from html import escape


def plain_tooltip(text: str) -> str:
    """The text for ``setToolTip``: words of a corpus that look like HTML are shown and not obeyed."""
    return f'<p style="white-space: pre-wrap; margin: 0">{escape(text)}</p>' if text else ""
