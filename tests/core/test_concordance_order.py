"""Places of a concordance in four orders."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui.core import alphabet
from gloveui.core.concordance import Places, find_pairs, find_word
from gloveui.core.concordance_order import LEVELS, ORDERS, ordered
from gloveui.core.progress import run_to_end
from gloveui.core.tokens import TokenStream
from tests.core.steps import count, random_text, read, sentences_of

TEXT = "b word Zebra\nA word apple\na c word\nword Apple pie\na word apple"


def words_around(stream: TokenStream, places: Places, step: int) -> list[list[str]]:
    """The words before or after each place, the nearest first, up to the end of the sentence."""
    result = []
    position = 0
    for sentence in sentences_of(stream):
        for place in range(len(sentence)):
            if position + place in places.centres:
                side = sentence[place + 1 :] if step > 0 else sentence[:place][::-1]
                result.append([word.casefold() for word in side[:LEVELS]])
        position += len(sentence) + 1
    return result


@pytest.mark.parametrize(("order", "step"), [("left", -1), ("right", 1)])
@pytest.mark.parametrize("text", [TEXT, random_text(15, 600)])
def test_places_are_ordered_by_the_words_outward(order: str, step: int, text: str, monkeypatch) -> None:
    monkeypatch.setattr(alphabet, "WORDS_AT_ONCE", 4)
    stream = read(text, lower=False)
    places = run_to_end(find_word(stream, 0))
    keys = words_around(stream, places, step)
    expected = sorted(range(len(keys)), key=keys.__getitem__)
    result = run_to_end(ordered(stream, places, order))
    assert [keys[number] for number in result] == [keys[number] for number in expected]
    assert sorted(result.tolist()) == list(range(len(places)))


def test_accents_and_korean_letters_have_their_place_in_the_alphabet() -> None:
    stream = read(
        "word zebra\nword éclair\nword ebb\nword Eclair tart\nword eclair\nword 나\nword 각\nword 가나"
    )
    places = run_to_end(find_word(stream, stream.vocabulary.id_of("word")))
    order = run_to_end(ordered(stream, places, "right"))
    after = [stream.vocabulary.word(int(stream.ids[places.centres[number] + 1])) for number in order]
    assert after == ["ebb", "eclair", "eclair", "éclair", "zebra", "가나", "각", "나"]
    assert order.tolist()[1:3] == [4, 3]


def test_places_are_ordered_by_distance_and_then_as_in_the_text() -> None:
    stream = read(random_text(15, 600))
    places = run_to_end(find_pairs(stream, count(stream, window=5), 0, 1))
    result = run_to_end(ordered(stream, places, "distance"))
    keys = list(zip(places.distances[result].tolist(), result.tolist(), strict=True))
    assert keys == sorted(keys)


@pytest.mark.parametrize("order", ORDERS)
def test_no_places_have_every_order(order: str) -> None:
    stream = read("a b\nc")
    places = run_to_end(find_pairs(stream, count(stream, window=1), 0, 2))
    assert run_to_end(ordered(stream, places, order)).dtype == np.int64
    assert len(run_to_end(ordered(stream, places, order))) == 0
