"""The texts of the command line: which are meant, what they hold, and what was odd about them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gloveui.console import say

if TYPE_CHECKING:
    from gloveui.core.text import TextSource
    from gloveui.core.tokens import TokenStream

UNICODE_ENCODINGS = {"utf-8", "utf-8-sig", "utf-16", "utf-32"}


def chosen_text(arguments: argparse.Namespace, texts: list[str]) -> TextSource:
    """What a person means by one or several texts, and by the options beside them."""
    from gloveui.api import text_source
    from gloveui.storage.text_opening import open_text

    if len(texts) == 1 and not arguments.column and not arguments.element:
        return text_source(texts[0], arguments.encoding)
    return open_text(texts, arguments.encoding, arguments.column, arguments.element)


def chosen_preset(arguments: argparse.Namespace) -> str | None:
    """The preset that was given, or that of a bundled text."""
    from gloveui.api import own_preset

    preset: str | None = arguments.preset
    return preset or (own_preset(arguments.text[0]) if len(arguments.text) == 1 else None)


def facts_of_text(arguments: argparse.Namespace, run: Callable[[Any], Any]) -> dict[str, object]:
    """What a text holds; `run` drives a task to its end."""
    from gloveui.core.resources import Resources
    from gloveui.core.tokens import TokenOptions, tokenise
    from gloveui.storage.text_preview import preview_text

    source = chosen_text(arguments, arguments.file)
    tokens = run(tokenise(source, TokenOptions(), Resources()))
    preview = run(preview_text(source))
    facts: dict[str, object] = {"kind": preview.kind, "files": preview.files}
    facts |= {"tokens": tokens.token_count, "types": len(tokens.vocabulary)}
    facts |= {"sentences": tokens.sentence_count, "cut_tokens": tokens.cut_tokens}
    return facts | asdict(tokens.summary) | {"notes": [str(note) for note in tokens.summary.notes]}


def is_part_of(path: Path, source: TextSource) -> bool:
    """Whether a file is one of those that a text is read from."""
    from gloveui.core.text import FileText
    from gloveui.storage.files_text import FilesText

    if isinstance(source, FileText):
        return source.path.exists() and path.samefile(source.path)
    if not isinstance(source, FilesText):
        return False
    real = path.resolve()
    return any(real.is_relative_to(chosen.resolve()) for chosen in source.paths)


def warn_of_text(tokens: TokenStream, encoding: str | None) -> None:
    """Say what a text held that is no text, and how it was read where that had to be guessed."""
    summary = tokens.summary
    if encoding is None and not UNICODE_ENCODINGS.issuperset(summary.encoding.split(", ")):
        say(f"{summary.name}: read as {summary.encoding}; --encoding chooses another")
    if summary.broken_bytes:
        first = f"the first at byte {summary.first_broken}"
        say(f"{summary.name}: bytes that are not {summary.encoding}: {summary.broken_bytes}, {first}")
    if summary.nul_count:
        say(f"{summary.name}: NUL characters that were left out: {summary.nul_count}")
    if tokens.cut_tokens:
        say(f"{summary.name}: words longer than 1,000 bytes that were cut: {tokens.cut_tokens}")
    for note in summary.notes:
        say(str(note))
