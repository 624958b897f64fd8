"""What was odd about a text is one notice, with all of it in its details."""

from __future__ import annotations

from pathlib import Path

import pytest

from gloveui.core.text import PastedText
from gloveui.core.text_notes import TEMPLATES, TextNote
from gloveui.storage.text_opening import open_text
from gloveui.views.languages import Languages, translate_note
from gloveui.views.text_warnings import text_warning
from tests.core.steps import read


def test_a_text_without_anything_odd_gets_no_warning(qapp) -> None:
    assert text_warning(read("ice and steam")) is None


def test_the_most_important_thing_is_said_and_all_are_listed(qapp, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"ice \0 and " + "물은 얼음".encode() + b" \xff")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    warning = text_warning(read(open_text(tmp_path)))
    assert warning is not None
    assert warning.sentence == "Bytes that are not utf-8: 1, the first at byte 24"
    assert warning.advice.startswith("If words look wrong")
    assert "b.png" in warning.details
    assert len(warning.details.splitlines()) == 4


def test_one_thing_alone_needs_no_details(qapp) -> None:
    warning = text_warning(read(PastedText("ice\0 and steam")))
    assert warning is not None
    assert (warning.sentence, warning.details) == ("NUL characters that were left out: 1", "")


@pytest.mark.parametrize("kind", sorted(TEMPLATES.keys() - {"other"}))
def test_a_note_is_told_in_the_language_with_its_facts(qtbot, languages: Languages, kind: str) -> None:
    note = TextNote(kind, "{book}.txt", 1_234, "7")
    assert translate_note(note) == str(note)
    languages.use("ko")
    assert any("가" <= character <= "힣" for character in translate_note(note))


def test_a_kind_of_note_that_a_newer_version_wrote_still_shows_its_facts(qapp) -> None:
    assert translate_note(TextNote("unheard of", "a.txt", 2, "line 3")) == "a.txt: 2 line 3"
