"""A text is found again from what JSON holds of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.storage.bundled import bundled_texts
from gloveui.storage.files_text import FilesText
from gloveui.storage.text_references import TextReferenceError, text_from_json, text_to_json

HOME = Path("texts").absolute()


@pytest.mark.parametrize(
    "source",
    [
        *(text.source for text in bundled_texts()),
        PastedText("얼음\nice \ud800", "My words"),
        FileText(HOME / "책.txt"),
        FileText(HOME / "a.txt", "cp949", "A title"),
        FileText(HOME / os.fsdecode(b"caf\xe9.txt")),
        FilesText((HOME / "a.csv", HOME / "folder"), "cp949", "text", "", "Two"),
        FilesText((HOME / os.fsdecode(b"caf\xe9.xml"),), element="content"),
    ],
)
def test_a_source_comes_back_from_json_as_it_was(source: TextSource) -> None:
    text = json.dumps(text_to_json(source), ensure_ascii=False)
    assert text_from_json(json.loads(text.encode())) == source


def test_paths_are_absolute() -> None:
    assert text_from_json(text_to_json(FileText(Path("a.txt")))) == FileText(Path("a.txt").absolute())


@pytest.mark.parametrize(
    "values",
    [
        None,
        [],
        {},
        {"kind": "code"},
        {"kind": "bundled", "key": "x"},
        {"kind": "file", "path": 3},
        {"kind": "file", "path": {"bytes": "zz"}},
        {"kind": "files", "paths": 3},
        {"kind": "file", "path": "a", "encoding": 7},
        {"kind": ["file"], "path": "a"},
    ],
)
def test_something_else_is_refused(values: object) -> None:
    with pytest.raises(TextReferenceError):
        text_from_json(values)


def test_a_source_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="str"):
        text_to_json("a text")  # type: ignore[arg-type]
