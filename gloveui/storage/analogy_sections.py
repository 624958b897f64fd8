"""The pairs of words that come with the program, by relation."""

from __future__ import annotations

from functools import lru_cache

from gloveui.core.analogy_examples import Section, parse_sections
from gloveui.storage.bundled import bundled_path

SETS = {"en": "analogies/english.txt", "ko": "analogies/korean.txt"}


@lru_cache(maxsize=1)
def bundled_sections() -> tuple[Section, ...]:
    """All sections, those in English first."""
    found: list[Section] = []
    for language, path in SETS.items():
        lines = bundled_path(path).read_text(encoding="utf-8").splitlines()
        found.extend(parse_sections(lines, language))
    return tuple(found)
