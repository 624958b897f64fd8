"""Sums of words as a person types them: ``king - man + woman``, ``2 * (warm - cold)``, ``"New York"``.

::

    sum    = signed {("+" | "-") signed}
    signed = {"+" | "-"} scaled
    scaled = number "*" signed | number scaled | term
    term   = word | '"' anything '"' | "(" sum ")"

A word ends at a blank or a parenthesis. ``+`` and ``-`` are signs where a word would begin, so that
``mother-in-law`` is a word. A number is a weight before a term or ``*``, elsewhere it is a word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gloveui.core.errors import (
    OperatorMissing,
    ParenthesesTooDeep,
    ParenthesisNotClosed,
    ParenthesisNotOpened,
    QuotationNotClosed,
    WeightTooLarge,
    WordMissing,
)
from gloveui.core.vocabulary import Vocabulary

LARGEST_WEIGHT = 1_000_000
DEEPEST_PARENTHESES = 50
ROUNDED_AWAY = 1e-12  # of the sum of sizes

SIGNS = {"+": 1, "-": -1, "−": -1}
QUOTATION_MARKS = {'"': '"', "“": "”"}
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?=[*×()\s]|\Z)")
_WORD = re.compile(r"[^\s()]+")
_BLANKS = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its weight, and the column it stands at: 1 for the first character typed."""

    weight: float
    word: str
    column: int


@dataclass(frozen=True, slots=True)
class Expression:
    """A weighted sum of words, as typed: the same word may come twice."""

    terms: tuple[Term, ...]


def parse(text: str) -> Expression:
    """What a text means as a sum of words; raises a kind of `ExpressionError` that names the column."""
    return Expression(tuple(_Parser(list(_tokens(text)), len(text) + 1).whole()))


def weighted_words(text: str, vocabulary: Vocabulary) -> dict[int, float]:
    """The ids of the words of an expression with their weights, in the order typed.

    A text that the vocabulary has as it stands is that word.

    Raises
    ------
    UnknownWord
        For the first word that the vocabulary does not have.
    ExpressionError
        If the text is neither a word nor a sum of words.
    """
    whole = vocabulary.get(text)
    if whole is not None:
        return {whole: 1.0}
    weights: dict[int, list[float]] = {}
    for term in parse(text).terms:
        weights.setdefault(vocabulary.id_of(term.word), []).append(term.weight)
    return {index: _total(parts) for index, parts in weights.items()}


def _total(weights: list[float]) -> float:
    """The sum; 0 where no more is left than rounding leaves: 0.1 + 0.2 − 0.3 is nothing."""
    total = math.fsum(weights)
    return total if abs(total) > ROUNDED_AWAY * math.fsum(map(abs, weights)) else 0.0


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the text; `kind` is word, number, sign, times, (, ) or end."""

    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    place, before = _blanks_end(text, 0), ""
    while place < len(text):
        token, place = _next_token(text, place, before)
        yield token
        before = token.kind
        place = _blanks_end(text, place)


def _next_token(text: str, place: int, before: str) -> tuple[_Token, int]:
    """The token that begins at a place, and where it ends."""
    first, column = text[place], place + 1
    if first in "()":
        return _Token(first, first, column), place + 1
    if first in SIGNS:
        return _Token("sign", first, column), place + 1
    if first in "*×" and before == "number":
        return _Token("times", first, column), place + 1
    if first in QUOTATION_MARKS:
        end = text.find(QUOTATION_MARKS[first], place + 1)
        if end < 0:
            raise QuotationNotClosed(column=column, expected=QUOTATION_MARKS[first], found=text[place + 1 :])
        return _Token("word", text[place + 1 : end], column), end + 1
    kind, found = "number", _NUMBER.match(text, place)
    if found is None:
        kind, found = "word", _WORD.match(text, place)
    assert found is not None  # it begins with neither a blank nor a parenthesis
    return _Token(kind, found.group(), column), found.end()


def _blanks_end(text: str, place: int) -> int:
    blanks = _BLANKS.match(text, place)
    return place if blanks is None else blanks.end()


class _Parser:
    """Reads tokens from left to right; each method leaves behind what belongs to its rule."""

    def __init__(self, tokens: list[_Token], end_column: int) -> None:
        self._tokens = [*tokens, _Token("end", "", end_column)]
        self._place = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        token = self._next
        self._place += 1
        return token

    def whole(self) -> Iterator[Term]:
        """The terms of a text to its end."""
        yield from self._sum(1.0, 0)
        left = self._next
        if left.kind == ")":
            raise ParenthesisNotOpened(column=left.column, expected="(", found=left.text)

    def _sum(self, weight: float, depth: int) -> Iterator[Term]:
        yield from self._signed(weight, depth)
        while self._next.kind not in (")", "end"):
            if self._next.kind != "sign":
                raise OperatorMissing(column=self._next.column, expected="+, −", found=self._next.text)
            yield from self._signed(weight, depth)

    def _signed(self, weight: float, depth: int) -> Iterator[Term]:
        """Signs and weights, which multiply, and the term that they belong to."""
        may_have_sign = True
        while True:
            if may_have_sign and self._next.kind == "sign":
                weight *= SIGNS[self._take().text]
            elif self._is_weight():
                weight = _multiplied(weight, self._take())
                may_have_sign = self._next.kind == "times"
                if may_have_sign:
                    self._take()
            else:
                yield from self._term(weight, depth)
                return

    def _is_weight(self) -> bool:
        if self._next.kind != "number":
            return False
        return self._tokens[self._place + 1].kind in ("times", "number", "word", "(")

    def _term(self, weight: float, depth: int) -> Iterator[Term]:
        token = self._next
        if token.kind in ("word", "number") and token.text.strip():
            self._take()
            yield Term(weight, token.text, token.column)
        elif token.kind == "(":
            yield from self._group(weight, depth + 1)
        else:
            raise WordMissing(column=token.column, expected="a word", found=token.text)

    def _group(self, weight: float, depth: int) -> Iterator[Term]:
        opening = self._take()
        if depth > DEEPEST_PARENTHESES:
            raise ParenthesesTooDeep(column=opening.column, expected=DEEPEST_PARENTHESES, found=opening.text)
        yield from self._sum(weight, depth)
        if self._next.kind != ")":
            raise ParenthesisNotClosed(column=opening.column, expected=")", found=self._next.text)
        self._take()


def _multiplied(weight: float, number: _Token) -> float:
    weight *= float(number.text)
    if abs(weight) > LARGEST_WEIGHT:
        raise WeightTooLarge(column=number.column, expected=LARGEST_WEIGHT, found=number.text)
    return weight
