from __future__ import annotations

import sys
import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core import prepared_text, unicode_classes
from gloveui.core.prepared_text import prepared
from gloveui.core.text import normalised
from gloveui.core.unicode_classes import BYTES, HAS_LOWER, MARK, SLOW, TABLED, WORD, kinds, lower_case, orders
from gloveui.core.utf8_kernels import PADDING

EVERY = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


@pytest.mark.parametrize(
    ("tokenizer", "pattern", "bit"),
    [("words", r"[\p{L}\p{N}]", WORD), ("words", r"\p{M}", MARK), ("whitespace", r"\S", WORD)],
)
def test_every_character_is_what_the_expression_says(tokenizer: str, pattern: str, bit: int) -> None:
    table = kinds(tokenizer, split_sentences=True)[BYTES:]
    matches = set(regex.findall(pattern, "".join(EVERY))) - set(unicode_classes.LINE_ENDS + "\0")
    assert {character for character in EVERY if table[ord(character)] & bit} == matches


def test_every_lower_case_is_the_one_of_python() -> None:
    order, table = orders(lower=True), lower_case()
    for character in EVERY[: TABLED - 0x800]:
        if order[ord(character)] == HAS_LOWER:
            assert chr(table[ord(character)]) == character.lower()
        elif order[ord(character)] != SLOW:
            assert character.lower() == character


@pytest.mark.parametrize("lower", [False, True])
def test_a_character_that_is_not_slow_stays_as_it_is_behind_any_other(lower: bool) -> None:
    table = orders(lower)
    quick = [chr(code) for code in range(TABLED) if table[code] != SLOW and not 0xD800 <= code < 0xE000]
    for before in "aAeก가\u1112\u0bc6":
        text = "".join(f"{before}{character}\n" for character in quick if character != "\n")
        assert unicodedata.is_normalized("NFC", normalised(text, lower=False))
        expected = text.lower() if lower else text
        assert normalised(text, lower) == expected


def test_common_scripts_are_not_slow() -> None:
    for text in ("Österreich", "Москва", "서울", "東京", "القاهرة", "Hà Nội", "Αθηνα"):
        assert all(orders(lower=True)[ord(character)] != SLOW for character in text)


@pytest.mark.parametrize("marks", ["\u0651\u064e", "\u05bc\u05b0", "\u0323\u05b0", "\u0e48\u0e38"])
def test_marks_in_another_order_than_that_of_nfc_are_put_in_order(marks: str) -> None:
    text = f"ice ب{marks} steam"
    ordered = unicodedata.normalize("NFC", text)
    assert ordered != text
    assert prepared(text.encode(), lower=False).tobytes() == ordered.encode() + bytes(PADDING)


@given(st.text(max_size=60), st.booleans(), st.integers(1, 30))
@settings(max_examples=300)
def test_prepared_text_is_text_in_nfc_and_lower_case(text: str, lower: bool, slow_bytes: int) -> None:
    for removed in unicode_classes.LINE_ENDS + "\0":
        text = text.replace(removed, " ")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared_text, "SLOW_BYTES", slow_bytes)
        data = prepared(text.encode(), lower).tobytes()
    expected = normalised(unicodedata.normalize("NFC", text), lower)
    assert data == expected.encode() + bytes(PADDING)
