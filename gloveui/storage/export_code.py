"""The Python lines that do what the window did, to be copied out of it."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.core.tokens import TokenOptions
from gloveui.storage.bundled import bundled_texts


def reading_code(text: TextSource, options: TokenOptions) -> str:
    """Lines that read a text and leave ``tokens``, a `TokenStream`, behind."""
    source, needs_path = _source(text)
    arguments = {name: value for name, value in asdict(options).items() if value != _default(options, name)}
    if isinstance(text, FileText) and text.encoding is not None and needs_path:
        arguments["encoding"] = text.encoding
    imports = "from pathlib import Path\n\nimport gloveui\n" if needs_path else "import gloveui\n"
    return f"{imports}\ntokens = gloveui.read_text({_listed([source], arguments)})\n"


def counting_code(text: TextSource, token_options: TokenOptions, count_options: CountOptions) -> str:
    """Lines that also count, and leave ``counts``, a `CooccurrenceMatrix`, behind as well."""
    counting = f"counts = gloveui.count({_listed(['tokens'], asdict(count_options))})\n"
    return reading_code(text, token_options) + counting


def _source(text: TextSource) -> tuple[str, bool]:
    """The text as an expression, and whether that needs `Path`."""
    if isinstance(text, FileText):
        key = next((one.key for one in bundled_texts() if one.source == text), None)
        return (f'"bundled:{key}"', False) if key is not None else (f"Path({str(text.path)!r})", True)
    if isinstance(text, PastedText):
        return f"gloveui.PastedText({text.content!r})", False
    return repr(text.name), False


def _default(options: TokenOptions, name: str) -> Any:
    return next(field.default for field in fields(options) if field.name == name)


def _listed(positional: list[str], named: dict[str, Any]) -> str:
    """Arguments as they stand in a call."""
    return ", ".join([*positional, *(f"{name}={value!r}" for name, value in named.items())])
