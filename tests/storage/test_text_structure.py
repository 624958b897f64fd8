from __future__ import annotations

import io

import pytest

from gloveui.storage.extraction import KINDS, Extraction, choices, extracted, structure_of
from tests.storage.structured import epub, pdf, zipped

CORPUS = '<doc id="1" title="Ice">\nIce melts.\n</doc>\n<doc id="2" title="Steam">\nSteam rises.\n</doc>\n'


@pytest.mark.parametrize(
    ("sample", "name", "kind"),
    [
        ("id,text\n1,ice\n", "table.csv", "csv"),
        ("id,text\n1,ice\n", "TABLE.CSV.gz", "csv"),
        ("id\ttext\n", "table.tab", "tsv"),
        ("id,text\n1,ice\n", "prose.txt", None),
        ("Ice, steam, and water.\nRain, hail, and snow.\n", "prose", None),
        ('{"text": "ice"}\n{"text": "steam"}\n', "prose.txt", "json lines"),
        ('\ufeff\n{"text": "얼음"}\n', "prose", "json lines"),
        ('[{"text": "ice"}]', "array.json", "json lines"),
        ('["ice"]', "array.json", "json lines"),
        ('bad\n{"text": "ice"}\n', "prose.txt", None),
        ('{"text": "ice\n{"text": "ice"}\n', "one bad line.jsonl", "json lines"),
        ('{"text": "' + "ice " * 60_000, "long first line.txt", "json lines"),
        ("{Ice melts.} [Laughter]\n", "talk.txt", None),
        ("[Laughter] Ice melts.\n", "talk.txt", None),
        ("[{laughs}] Ice melts.\n", "talk.txt", None),
        ('<?xml version="1.0"?>\n<a>ice</a>', "talk.txt", "xml"),
        ("<talks>\n<talk>ice</talk></talks>", "talk.txt", "xml"),
        ("<talks><talk>ice", "the first bytes of many", "xml"),
        ("<a>ice</b>", "broken.xml", "xml"),
        (CORPUS, "one document after the other", None),
        ("<3 is a heart, and <b>this</b> is not.", "chat.txt", None),
        ("<s> ice melts </s>\n<s> steam rises </s>\n", "sentences.txt", None),
        ("<laughs> Ice melts.\n", "talk.txt", None),
        ("<!doctype HTML><p>ice", "page", "html"),
        ("<!-- saved -->\n<html><p>ice", "page.txt", "html"),
        ("<p>ice", "page.htm", "html"),
        ('<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">', "page.txt", "html"),
        ("Ice <html> melts", "prose.txt", None),
        ("%PDF is a format", "prose.txt", None),
        ("", "empty.txt", None),
    ],
)
def test_the_content_says_what_a_text_is(sample: str, name: str, kind: str | None) -> None:
    assert structure_of(sample.encode(), name) == kind


def test_markup_in_utf_16_and_in_korean_encodings_is_told() -> None:
    assert structure_of('<?xml version="1.0"?><a>얼음</a>'.encode("utf-16"), "a") == "xml"
    assert structure_of('<?xml version="1.0" encoding="cp949"?><a>얼음</a>'.encode("cp949"), "a") == "xml"


def test_documents_are_told_by_their_content() -> None:
    assert structure_of(pdf("Ice"), "notes.txt") == "pdf"
    assert structure_of(epub({"one": "<p/>"}, ["one"]), "notes.txt") == "epub"
    assert structure_of(zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "notes") == "docx"
    assert structure_of(zipped({"a.txt": "ice"}), "notes.zip") is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked_for_choices_and_read(kind: str) -> None:
    whole = {
        "csv": "text\nice\n",
        "tsv": "text\nice\n",
        "json lines": '{"text": "ice"}',
        "xml": "<text>ice</text>",
        "html": "<text>ice</text>",
    }
    if kind in whole:
        assert choices(kind, io.BytesIO(whole[kind].encode()), "a")[0] == "text"
        assert (
            b"".join(
                piece for piece, _ in extracted(kind, io.BytesIO(whole[kind].encode()), "a", Extraction())
            )
            == b"ice\n"
        )
    else:
        assert choices(kind, io.BytesIO(), "a") == ()
