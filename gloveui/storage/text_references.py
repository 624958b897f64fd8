"""Where a text is, as plain values for JSON, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.storage.bundled import bundled_texts


def text_to_json(source: TextSource) -> dict[str, object]:
    """What names a text: the path of a file, the key of a bundled text, or the words that were pasted.

    Raises
    ------
    TypeError
        If the text is none of these.
    """
    key = next((text.key for text in bundled_texts() if text.source == source), None)
    if key is not None:
        return {"kind": "bundled", "key": key}
    if isinstance(source, FileText):
        path = str(source.path.absolute())
        return {"kind": "file", "path": path, "encoding": source.encoding, "title": source.title}
    if isinstance(source, PastedText):
        return {"kind": "pasted", "content": source.content, "name": source.name}
    raise TypeError(f"expected a file, a bundled or a pasted text, got {type(source).__name__}")


def text_from_json(values: Mapping[str, Any]) -> TextSource:
    """The text that these values name; whether it is still there is seen when it is read.

    Raises
    ------
    KeyError, TypeError, ValueError
        If they name none.
    """
    return _KINDS[values["kind"]](values)


def _bundled(values: Mapping[str, Any]) -> TextSource:
    sources = {text.key: text.source for text in bundled_texts()}
    return sources[values["key"]]


def _file(values: Mapping[str, Any]) -> TextSource:
    return FileText(Path(values["path"]), values["encoding"], str(values["title"]))


def _pasted(values: Mapping[str, Any]) -> TextSource:
    return PastedText(str(values["content"]), str(values["name"]))


_KINDS: dict[str, Callable[[Mapping[str, Any]], TextSource]] = {
    "bundled": _bundled,
    "file": _file,
    "pasted": _pasted,
}
