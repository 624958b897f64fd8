from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core import errors
from gloveui.core.errors import ExpressionError, UnknownWord
from gloveui.core.expressions import Expression, Term, parse, weighted_words
from gloveui.core.vocabulary import Vocabulary


def terms(text: str) -> list[tuple[float, str]]:
    return [(term.weight, term.word) for term in parse(text).terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("king", [(1, "king")]),
        ("  king ", [(1, "king")]),
        ("king - man + woman", [(1, "king"), (-1, "man"), (1, "woman")]),
        ("king -man +woman", [(1, "king"), (-1, "man"), (1, "woman")]),
        ("왕 − 남자 + 여자", [(1, "왕"), (-1, "남자"), (1, "여자")]),
        ("2 * king", [(2, "king")]),
        ("2*king", [(2, "king")]),
        ("2 × king", [(2, "king")]),
        ("0.5 king", [(0.5, "king")]),
        (".5 king", [(0.5, "king")]),
        ("2 * (king - man)", [(2, "king"), (-2, "man")]),
        ("2(king - man)", [(2, "king"), (-2, "man")]),
        ("-(king - (man - boy))", [(-1, "king"), (1, "man"), (-1, "boy")]),
        ("(king)-man", [(1, "king"), (-1, "man")]),
        ("-king", [(-1, "king")]),
        ("king - -man", [(1, "king"), (1, "man")]),
        ("2 * -3 * king", [(-6, "king")]),
        ("mother-in-law - law", [(1, "mother-in-law"), (-1, "law")]),
        ("rock+roll", [(1, "rock+roll")]),
        ("f*ck", [(1, "f*ck")]),
        ("1984", [(1, "1984")]),
        ("1984 - 1983", [(1, "1984"), (-1, "1983")]),
        ("2 1984", [(2, "1984")]),
        ("(1984)", [(1, "1984")]),
        ('"New York" - "-"', [(1, "New York"), (-1, "-")]),
        ("“New York”", [(1, "New York")]),
        ('2 "New York"', [(2, "New York")]),
        ("king king's", None),
    ],
)
def test_what_is_typed_means(text: str, expected: list[tuple[float, str]] | None) -> None:
    if expected is None:
        with pytest.raises(ExpressionError):
            parse(text)
    else:
        assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "column", "found"),
    [
        ("", errors.WordMissing, 1, ""),
        ("   ", errors.WordMissing, 4, ""),
        ("king -", errors.WordMissing, 7, ""),
        ("king + + ", errors.WordMissing, 10, ""),
        ("2 *", errors.WordMissing, 4, ""),
        ("()", errors.WordMissing, 2, ")"),
        ('king - ""', errors.WordMissing, 8, ""),
        ("king man", errors.OperatorMissing, 6, "man"),
        ("왕 남자", errors.OperatorMissing, 3, "남자"),
        ("king (man)", errors.OperatorMissing, 6, "("),
        ("king * 2", errors.OperatorMissing, 6, "*"),
        ("(king - man", errors.ParenthesisNotClosed, 1, ""),
        ("king - (man", errors.ParenthesisNotClosed, 8, ""),
        ("king - man)", errors.ParenthesisNotOpened, 11, ")"),
        ('king - "New York', errors.QuotationNotClosed, 8, "New York"),
        ("1000000 king", None, 0, ""),
        ("1000001 king", errors.WeightTooLarge, 1, "1000001"),
        ("1000 * (2000 king)", errors.WeightTooLarge, 9, "2000"),
        (f"{'9' * 400} king", errors.WeightTooLarge, 1, "9" * 400),
        (f"{'(' * 50}king{')' * 50}", None, 0, ""),
        (f"{'(' * 51}king{')' * 51}", errors.ParenthesesTooDeep, 51, "("),
        ("(" * 100_000, errors.ParenthesesTooDeep, 51, "("),
    ],
)
def test_an_error_names_the_column(
    text: str, kind: type[ExpressionError] | None, column: int, found: str
) -> None:
    if kind is None:
        assert parse(text)
        return
    with pytest.raises(kind) as caught:
        parse(text)
    assert (caught.value.fields["column"], caught.value.fields["found"]) == (column, found)
    assert str(column) in str(caught.value)
    assert caught.value.next_step


def test_a_term_knows_its_column() -> None:
    assert parse(' 2*(a - "b c")') == Expression((Term(2.0, "a", 5), Term(-2.0, "b c", 9)))


def test_a_long_text_of_signs_and_weights_needs_no_deep_recursion() -> None:
    assert terms("- " * 50_001 + "king") == [(-1, "king")]
    assert terms("1 * " * 50_000 + "king") == [(1, "king")]


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(["king", "man", "the king - man", "-", "new york", "왕", "1984"])


def test_weights_of_the_same_word_are_added_up(vocabulary: Vocabulary) -> None:
    assert weighted_words("king + 0.5 King - 2 man", vocabulary) == {0: 1.5, 1: -2.0}


def test_a_text_that_the_vocabulary_has_is_that_word(vocabulary: Vocabulary) -> None:
    assert weighted_words(" the king - man ", vocabulary) == {2: 1.0}
    assert weighted_words("-", vocabulary) == {3: 1.0}
    assert weighted_words("New York", vocabulary) == {4: 1.0}
    assert weighted_words("1984", vocabulary) == {6: 1.0}


def test_a_word_is_found_however_its_letters_are_composed(vocabulary: Vocabulary) -> None:
    assert weighted_words("\u110b\u116a\u11bc - king", vocabulary) == {5: 1.0, 0: -1.0}


def test_the_first_unknown_word_is_named(vocabulary: Vocabulary) -> None:
    with pytest.raises(UnknownWord) as caught:
        weighted_words("king - emperor + empress", vocabulary)
    assert caught.value.fields["word"] == "emperor"


@dataclass(frozen=True)
class Piece:
    """A text, and the weights and words that it means."""

    text: str
    terms: tuple[tuple[float, str], ...]

    def times(self, weight: float) -> tuple[tuple[float, str], ...]:
        return tuple((weight * own, word) for own, word in self.terms)


NAMES = st.sampled_from(["king", "mother-in-law", "여자", "c++", "don't", "x2", "a*b"])
BLANKS = st.sampled_from(["", " ", "\t ", "\u3000"])
WEIGHTS = st.sampled_from([("2", 2.0), ("0.5", 0.5), (".25", 0.25), ("8", 8.0)])


def words() -> st.SearchStrategy[Piece]:
    plain = NAMES.map(lambda name: Piece(name, ((1.0, name),)))
    quoted = st.sampled_from(["New York", "-", "(", "2 * a", "b”"])
    return plain | quoted.map(lambda name: Piece(f'"{name}"', ((1.0, name),)))


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> Piece:
    text, found = draw(BLANKS), ()
    for number in range(draw(st.integers(1, 3))):
        sign, factor = draw(st.sampled_from([("", 1.0), ("-", -1.0), ("+", 1.0), ("− ", -1.0)]))
        if number and not sign:
            sign, factor = "+", 1.0
        part = draw(words())
        if depth and draw(st.booleans()):
            inner = draw(sums(depth=depth - 1))
            part = Piece(f"({inner.text})", inner.terms)
        if draw(st.booleans()):
            shown, weight = draw(WEIGHTS)
            between = draw(st.sampled_from([" ", "*", " * ", "* ", "×", " *\t"]))
            part = Piece(f"{shown}{between}{part.text}", part.times(weight))
        text += f" {sign}{draw(BLANKS)}{part.text}{draw(BLANKS)}"
        found += part.times(factor)
    return Piece(text, found)


@given(sums())
@settings(max_examples=150, deadline=None)
def test_a_sum_that_was_written_is_read_as_it_was_meant(piece: Piece) -> None:
    assert tuple((term.weight, term.word) for term in parse(piece.text).terms) == piece.terms
    for term in parse(piece.text).terms:
        assert piece.text[term.column - 1 :].lstrip('"').startswith(term.word)


@given(st.text(alphabet='a왕 -+−*×()"“”2.5\t', max_size=30))
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_sum_of_its_words_or_an_error_within_it(text: str) -> None:
    try:
        found = parse(text).terms
    except ExpressionError as error:
        column = error.fields["column"]
        assert isinstance(column, int)
        assert 1 <= column <= len(text) + 1
    else:
        places = [term.column for term in found]
        assert found
        assert places == sorted(set(places))
        assert all(term.word in text[term.column - 1 :] for term in found)
