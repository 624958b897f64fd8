"""Texts as values for JSON: where they are and how they are read, and the words of a pasted one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gloveui.core.errors import GloveError
from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.storage.bundled import bundled_texts
from gloveui.storage.files_text import FilesText


class TextReferenceError(GloveError, ValueError):
    """Something else in the place of a reference to a text."""

    template = "Expected where a text is, found {received}"
    advice = "Open the text again."


def text_to_json(source: TextSource) -> dict[str, object]:
    """Plain values from which `text_from_json` makes the source again; paths in them are absolute.

    Raises
    ------
    TypeError
        For a source of another kind.
    """
    for bundled in bundled_texts():
        if source == bundled.source:
            return {"kind": "bundled", "key": bundled.key}
    if isinstance(source, PastedText):
        return {"kind": "pasted", "content": _plain(source.content), "name": source.name}
    if isinstance(source, FileText):
        place: dict[str, object] = {"kind": "file", "path": _plain(str(source.path.absolute()))}
        return place | {"encoding": source.encoding, "title": source.title}
    if isinstance(source, FilesText):
        paths = [_plain(str(path.absolute())) for path in source.paths]
        choices = {name: getattr(source, name) for name in ("encoding", "column", "element", "title")}
        return {"kind": "files", "paths": paths, **choices}
    raise TypeError(f"expected a text of files, a pasted or bundled one, got {type(source).__name__}")


def text_from_json(values: object) -> TextSource:
    """The source that `text_to_json` was given; its files need not be there.

    Raises
    ------
    TextReferenceError
        If the values are something else.
    """
    try:
        return _source(values)
    except (KeyError, TypeError, ValueError) as error:
        raise TextReferenceError(received=f"something else ({error})") from error


def _source(values: Any) -> TextSource:
    kind = values["kind"]
    if kind == "bundled":
        return {text.key: text.source for text in bundled_texts()}[values["key"]]
    if kind == "pasted":
        return PastedText(_string(values["content"]), _string(values["name"]))
    if kind == "file":
        title = _string(values.get("title", ""))
        return FileText(Path(_string(values["path"])), _encoding(values), title)
    if kind == "files":
        paths = tuple(Path(_string(path)) for path in values["paths"])
        chosen = (_string(values.get(name, "")) for name in ("column", "element", "title"))
        return FilesText(paths, _encoding(values), *chosen)
    raise ValueError(f"the kind {kind!r}")


def _encoding(values: Mapping[str, object]) -> str | None:
    encoding = values.get("encoding")
    return None if encoding is None else _string(encoding)


def _plain(text: str) -> str | dict[str, str]:
    """Text for JSON in UTF-8: one that is not whole, as file names may be, is written as its bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return {"bytes": text.encode(errors="surrogatepass").hex()}
    return text


def _string(value: object) -> str:
    """What `_plain` was given."""
    if isinstance(value, dict):
        return bytes.fromhex(value["bytes"]).decode(errors="surrogatepass")
    if not isinstance(value, str):
        raise TypeError(f"expected text, found {value!r}")
    return value
