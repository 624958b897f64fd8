"""Finds the files that come with the program, in a checkout and in an installed wheel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gloveui
from gloveui.core.presets import LECTURE, NOVEL, Preset
from gloveui.core.text import FileText


def bundled_path(relative: str) -> Path:
    """Path of a file under ``resources``, for example ``"corpora/lecture.txt"``.

    Raises
    ------
    FileNotFoundError
        If the program was installed without it.
    """
    package = Path(gloveui.__file__).parent
    for root in (package / "resources", package.parent / "resources"):
        path = root / relative
        if path.exists():
            return path
    raise FileNotFoundError(f"the program's own file resources/{relative} is missing; install it again")


@dataclass(frozen=True, slots=True)
class BundledText:
    """A text that comes with the program, and settings that suit it."""

    key: str
    source: FileText
    preset: Preset


def bundled_texts() -> tuple[BundledText, ...]:
    """The texts that come with the program, the one to start with first."""
    english = FileText(bundled_path("corpora/english.txt.xz"), "utf-8", "Austen, Webster 1913, WordNet")
    lecture = FileText(bundled_path("corpora/lecture.txt"), "utf-8", "Lecture: I like deep learning")
    return BundledText("english", english, NOVEL), BundledText("lecture", lecture, LECTURE)
