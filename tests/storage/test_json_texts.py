from __future__ import annotations

import io
import json

import pytest

from gloveui.core.errors import ColumnMissing, ColumnWanted, TooDeep, TooManyBadLines
from gloveui.storage.extraction import choices
from tests.storage.structured import lines_and_notes, lines_of

KIND = "json lines"


@pytest.mark.parametrize(
    ("text", "column", "lines"),
    [
        ('{"text": "ice"}\n\n{"text": "steam"}', "", ["ice", "steam"]),
        ('{"id": 1, "text": "ice\\nmelts"}\n', "", ["ice", "melts"]),
        ('{"id": "a", "article": {"body": "ice"}}\n', "article.body", ["ice"]),
        ('{"id": "a", "article.body": "ice"}\n', "article.body", ["ice"]),
        ('"ice"\n"steam"\n', "", ["ice", "steam"]),
        ('[{"text": "]}, \\" ice"},\n {"text": "steam\\\\"}]', "", [']}, " ice', "steam\\"]),
        ('["ice", "steam"]', "", ["ice", "steam"]),
        ("[\n]", "", []),
        ('{"text": "\\ud800 \\u0000ice"}', "", ["\ufffd ice"]),
        ('\ufeff{"text": "얼음"}', "", ["얼음"]),
    ],
)
def test_the_strings_of_a_field_are_lines(text: str, column: str, lines: list[str]) -> None:
    assert lines_of(KIND, text, column=column) == lines


def test_an_array_is_read_across_the_ends_of_reads() -> None:
    records = [{"text": f'{number} "ice" \\ ' + "x" * (number % 97)} for number in range(6000)]
    lines = lines_of(KIND, json.dumps(records, indent=1))
    assert lines == [record["text"] for record in records]


def test_a_field_is_asked_for_where_several_hold_text() -> None:
    text = b'{"id": 1, "title": "a", "article": {"body": "b"}}\n'
    assert choices(KIND, io.BytesIO(text), "text") == ("title", "article.body")
    with pytest.raises(ColumnWanted) as caught:
        lines_of(KIND, text)
    assert caught.value.fields["columns"] == ("title", "article.body")


@pytest.mark.parametrize("records", [1, 3000])
def test_a_field_that_is_nowhere_is_refused_with_those_there_are(records: int) -> None:
    with pytest.raises(ColumnMissing, match="its columns are: text"):
        lines_of(KIND, '{"text": "ice"}\n' * records, column="body")


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ('{"text": "ice"}\n{"text": \n', "bad_json", "2"),
        ('[{"text": "ice"},\n{"text": "ste', "bad_json", "2"),
        ('{"text": "steam", "text": "ice"}\n', "duplicate_keys", "1"),
        ('{"text": "ice"}\n{"text": 5}\n', "not_a_string", "2"),
        ('{"text": "ice"}\n{"id": 5}\n', "field_missing", "2"),
        ('{"text": "ice"}\n{"text": ' + "9" * 5000 + "}", "bad_json", "2"),
    ],
)
def test_what_is_odd_is_left_out_and_noted_with_its_line(text: str, kind: str, place: str) -> None:
    lines, notes = lines_and_notes(KIND, text)
    assert lines == ["ice"]
    assert [(note.kind, note.count, note.place) for note in notes] == [(kind, 1, place)]


def test_a_hundred_bad_lines_pass_and_one_more_does_not() -> None:
    begin = '{"text": "ice"}\n'
    lines, notes = lines_and_notes(KIND, begin + "bad\n" * 100)
    assert (lines, notes[0].count) == (["ice"], 100)
    with pytest.raises(TooManyBadLines, match="101 lines are not JSON; the first is line 2"):
        lines_of(KIND, begin + "bad\n" * 101)
    with pytest.raises(TooManyBadLines):
        lines_of(KIND, "bad\n")


@pytest.mark.parametrize("begin", ['{"text": "ice"}\n', '[{"text": "ice"},\n'])
@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_more_than_a_hundred_levels_are_refused_with_the_line(begin: str, bracket: str) -> None:
    with pytest.raises(TooDeep) as caught:
        lines_of(KIND, begin + bracket * 100_000)
    assert caught.value.fields["line"] == 2
    assert lines_of(KIND, json.dumps({"text": "[" * 1000})) == ["[" * 1000]
