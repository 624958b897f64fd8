"""Places as rows: words in parts, numbers, orders, growth."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from gloveui.core.concordance import Places, find_pairs, find_word
from gloveui.core.progress import run_to_end
from gloveui.core.tokens import TokenStream
from gloveui.views.models.sentence_rows import (
    DISTANCE,
    KEYWORD,
    LEFT,
    NUMBER,
    RIGHT,
    SENTENCE,
    SHARE,
    Kind,
    SentenceRows,
    share_text,
)
from tests.views.counted import counted


def places_of(text: str, word: str, context: str, **options: object) -> tuple[TokenStream, Places]:
    matrix, tokens = counted(text, **options)
    ids = (tokens.vocabulary.id_of(word), tokens.vocabulary.id_of(context))
    return tokens, run_to_end(find_pairs(tokens, matrix, *ids))


def texts(rows: SentenceRows, row: int, *columns: int) -> list[str]:
    return [rows.index(row, column).data() for column in columns]


def test_a_row_has_the_words_before_and_after_its_keyword_and_its_figures(qapp) -> None:
    rows = SentenceRows()
    rows.show(*places_of("a b c ice d e solid f", "solid", "ice", window=3, weighting="inverse"), Kind.PAIR)
    assert texts(rows, 0, NUMBER, SENTENCE, LEFT, KEYWORD, RIGHT, DISTANCE, SHARE) == [
        "1", "a b c ice d e solid f", "a b c ice d e", "solid", "f", "3", "1/3",
    ]  # fmt: skip


def test_a_very_long_sentence_is_cut_at_both_ends_and_the_tooltip_has_more(qapp) -> None:
    words = [f"n{number}" for number in range(300)]
    words[150] = "ice"
    _, tokens = counted(" ".join(words))
    rows = SentenceRows()
    rows.show(tokens, run_to_end(find_word(tokens, tokens.vocabulary.id_of("ice"))), Kind.WORD)
    sentence = texts(rows, 0, SENTENCE)[0]
    assert sentence.startswith("… n1")
    assert sentence.endswith("n175 …")
    tooltip = rows.index(0, SENTENCE).data(Qt.ItemDataRole.ToolTipRole)
    assert "n2 " in tooltip
    assert "n299" in tooltip


def test_words_far_apart_are_joined_by_an_ellipsis(qapp) -> None:
    words = ["ice", *(f"n{number}" for number in range(200)), "solid"]
    rows = SentenceRows()
    rows.show(*places_of(" ".join(words), "ice", "solid", window=500), Kind.PAIR)
    assert "ice n0 n1" in texts(rows, 0, SENTENCE)[0]
    assert " … n170" in texts(rows, 0, SENTENCE)[0]
    assert texts(rows, 0, SENTENCE)[0].endswith("n199 solid")


def test_words_that_look_like_html_stay_words(qapp) -> None:
    _, tokens = counted("<b>x</b> ice")
    rows = SentenceRows()
    rows.show(tokens, run_to_end(find_word(tokens, tokens.vocabulary.id_of("ice"))), Kind.WORD)
    assert "<b>" not in str(rows.index(0, SENTENCE).data(Qt.ItemDataRole.ToolTipRole))


def test_more_places_come_behind_those_that_are_listed(qapp, qtbot) -> None:
    tokens, places = places_of("a b\n" * 5, "a", "b")
    first = Places(
        places.centres[:2], places.contexts[:2], places.distances[:2], places.weights, places.unit, 2, 2
    )
    rows = SentenceRows()
    rows.show(tokens, first, Kind.PAIR)
    with qtbot.waitSignal(rows.rowsInserted) as inserted:
        rows.grow(places)
    assert inserted.args[1:] == [2, 4]
    with qtbot.assertNotEmitted(rows.rowsInserted):
        rows.grow(places)


def test_an_order_says_which_place_a_row_shows(qapp) -> None:
    tokens, places = places_of("a b\na c b\na b", "a", "b", window=2)
    rows = SentenceRows()
    rows.show(tokens, places, Kind.PAIR)
    rows.set_order(np.array([1, 0, 2]))
    assert [rows.number(row) for row in range(3)] == [1, 0, 2]
    assert texts(rows, 0, SENTENCE, NUMBER) == ["a c b", "1"]
    assert rows.centre(0) == places.centres[1]
    rows.set_order(None)
    assert texts(rows, 0, SENTENCE) == ["a b"]


@pytest.mark.parametrize(
    ("units", "unit", "text"), [(6, 6, "1"), (2, 6, "1/3"), (4, 6, "2/3"), (round(2**36 / 23), 2**36, "1/23")]
)
def test_shares_are_written_as_people_write_them(units: int, unit: int, text: str) -> None:
    assert share_text(units, unit) == text
