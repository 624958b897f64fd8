"""Gathers what is odd about a text of many files, without growing with their number."""

from __future__ import annotations

from collections.abc import Iterable

from gloveui.core.text_notes import TextNote

LISTED_NAMES = 20
MOST_NOTES = 100


class NoteList:
    """Notes on the files of a text, and on those that were left out of it.

    Parameters
    ----------
    name
        What people call the text.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._left_out: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}
        self._notes: list[TextNote] = []
        self._more = 0

    def leave_out(self, kind: str, name: str) -> None:
        """Count a file that is not read; the first names of each kind are listed."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        names = self._left_out.setdefault(kind, [])
        if len(names) <= LISTED_NAMES:
            names.append(name if len(names) < LISTED_NAMES else "…")

    def add(self, notes: Iterable[TextNote]) -> None:
        """Add what was met in a file; from 100 on they are only counted."""
        for note in notes:
            if len(self._notes) < MOST_NOTES:
                self._notes.append(note)
            else:
                self._more += 1

    def values(self) -> tuple[TextNote, ...]:
        """All of them, first the files that were left out."""
        left_out = [
            TextNote(kind, self._name, self._counts[kind], ", ".join(names))
            for kind, names in self._left_out.items()
        ]
        more = [TextNote("more", self._name, self._more)] if self._more else []
        return (*left_out, *self._notes, *more)
