"""What was odd about a text that could be read all the same: sentences as values, like errors."""

from __future__ import annotations

from dataclasses import dataclass

TEMPLATES = {
    "size_changed": "{path} changed its size while it was read",
}
"""English sentences by kind of note; their fields are those of `TextNote`."""


@dataclass(frozen=True, slots=True)
class TextNote:
    """Something that was met in a text and passed over.

    Attributes
    ----------
    kind
        A key of `TEMPLATES`.
    path
        The file.
    count
        How often.
    place
        Where first: a line, a byte, a name.
    """

    kind: str
    path: str = ""
    count: int = 0
    place: str = ""

    def __str__(self) -> str:
        return TEMPLATES[self.kind].format(path=self.path, count=f"{self.count:,}", place=self.place)
