"""Finds the files that come with the program, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

import gloveui
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


def bundled_texts() -> tuple[FileText, ...]:
    """The texts that come with the program, the one to start with first."""
    return (
        FileText(bundled_path("corpora/english.txt.xz"), "utf-8", "Austen, Webster 1913, WordNet"),
        FileText(bundled_path("corpora/lecture.txt"), "utf-8", "Lecture: I like deep learning"),
    )
