"""Analogies as questions: one with all that there is to know about its answer, or many at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gloveui.core.analogy_scores import AnalogyScores
from gloveui.core.embedding import Embedding
from gloveui.core.nearest import best, place_of
from gloveui.core.progress import Progress, Task
from gloveui.core.queries import Neighbour, cosmul, named
from gloveui.core.vocabulary import Vocabulary

_SEPARATORS = re.compile(r"[\s:=,;∶：＝]+")
_BLANK = "?"  # stands for the word that is asked for


@dataclass(frozen=True, slots=True)
class AnalogyQuestion:
    """a : b = c : ?, and the word that a person expects; empty if there is none."""

    a: str
    b: str
    c: str
    expected: str = ""

    @property
    def given(self) -> tuple[str, str, str]:
        """The three words that are given."""
        return self.a, self.b, self.c

    @property
    def text(self) -> str:
        """As it is written, without the expected word."""
        return f"{self.a} : {self.b} = {self.c} : {_BLANK}"

    def spelled(self, vocabulary: Vocabulary) -> AnalogyQuestion:
        """The same, each word as the vocabulary spells it where it has it."""
        return AnalogyQuestion(*(_spelled(vocabulary, word) for word in (*self.given, self.expected)))

    def unknown(self, vocabulary: Vocabulary) -> tuple[str, ...]:
        """Its words that the vocabulary does not have, each once."""
        words = dict.fromkeys(word for word in (*self.given, self.expected) if word)
        return tuple(word for word in words if vocabulary.get(word) is None)


@dataclass(frozen=True, slots=True)
class AnalogyOptions:
    """How analogies are answered; see `queries.analogy`."""

    method: str = "add"
    exclude_inputs: bool = True
    among: int = 0


@dataclass(frozen=True, slots=True)
class AnalogyAnswer:
    """What a model says to a question.

    Attributes
    ----------
    question
        As the vocabulary spells it.
    found
        The answers, best first; none if a given word is unknown.
    unknown
        Words that the vocabulary does not have.
    excluded_first
        The given word that would have been first, had given words been allowed; None if none would.
    expected_rank
        Place of the expected word, 1 for the first; 0 where it has none: not asked for, unknown, or not
        among the words that may be answers.
    expected_score
        The score of the expected word, NaN if it is unknown or none is expected.
    """

    question: AnalogyQuestion
    found: tuple[Neighbour, ...] = ()
    unknown: tuple[str, ...] = ()
    excluded_first: Neighbour | None = None
    expected_rank: int = 0
    expected_score: float = float("nan")

    @property
    def best(self) -> Neighbour | None:
        """The first answer."""
        return self.found[0] if self.found else None

    @property
    def is_right(self) -> bool | None:
        """Whether the first answer is the expected word; None where that cannot be said."""
        if not self.question.expected or self.unknown or self.best is None:
            return None
        return self.best.word == self.question.expected


def answer_question(
    embedding: Embedding, question: AnalogyQuestion, options: AnalogyOptions, k: int = 10
) -> Task[AnalogyAnswer]:
    """The `k` best answers, the rank of the expected word, and which given word was left out."""
    yield Progress("answering", 0.0)
    answer = _answered(AnalogyScores(embedding, options.among), embedding, question, options, k)
    yield Progress("answering", 1.0)
    return answer


def answer_all(
    embedding: Embedding, questions: Sequence[AnalogyQuestion], options: AnalogyOptions
) -> Task[tuple[AnalogyAnswer, ...]]:
    """The best answer to each question with the rank of its expected word.

    The detail of each Progress is a tuple with the answers since the one before.
    """
    scored = AnalogyScores(embedding, options.among)
    answers = []
    for place, question in enumerate(questions):
        answers.append(_answered(scored, embedding, question, options, 1))
        yield Progress("answering", (place + 1) / len(questions), (answers[-1],))
    return tuple(answers)


def analogy_score(embedding: Embedding, question: AnalogyQuestion, word: str, method: str = "add") -> float:
    """The score of a word as the answer to a question, as `queries.analogy` gives it.

    NaN for a word whose vector is zeros, which has no direction. Raises `UnknownWord`.

    Notes
    -----
    Levy & Goldberg (2014): 3CosAdd is cos(d, b) − cos(d, a) + cos(d, c); 3CosMul is cos(d, b) · cos(d, c) /
    (cos(d, a) + 0.001) with cosines moved to 0 … 1; PairDirection is cos(d − c, b − a).
    """
    a, b, c, d = embedding.unit_rows(embedding.vocabulary.ids_of((*question.given, word)))
    if not d.any():
        return float("nan")
    if method == "add":
        return float(d @ (b - a + c))
    if method == "multiply":
        return float(cosmul(*(np.asarray(d @ one) for one in (a, b, c))))
    length = float(np.linalg.norm(d - c) * np.linalg.norm(b - a))
    return float((d - c) @ (b - a)) / length if length > 0 else 0.0


def parse_questions(lines: Iterable[str]) -> tuple[tuple[AnalogyQuestion, ...], tuple[int, ...]]:
    """Questions of lines such as ``man : woman = boy : girl``, and the numbers of lines that are none.

    Colons, commas, equals signs and blanks all part words; a fourth word is the expected one. Empty lines,
    headings (``: family``) and comments (``# …``) are passed over. Numbers count from 1.
    """
    questions, refused = [], []
    for number, line in enumerate(lines, 1):
        line = line.strip()
        if not line or line.startswith((":", "#")):
            continue
        words = [word for word in _SEPARATORS.split(line) if word and word != _BLANK]
        if len(words) in (3, 4):
            questions.append(AnalogyQuestion(*words))
        else:
            refused.append(number)
    return tuple(questions), tuple(refused)


def _spelled(vocabulary: Vocabulary, word: str) -> str:
    index = vocabulary.get(word) if word else None
    return word if index is None else vocabulary.word(index)


def _answered(
    scored: AnalogyScores, embedding: Embedding, question: AnalogyQuestion, options: AnalogyOptions, k: int
) -> AnalogyAnswer:
    vocabulary = embedding.vocabulary
    unknown, question = question.unknown(vocabulary), question.spelled(vocabulary)
    if set(unknown) & set(question.given):
        return AnalogyAnswer(question, (), unknown)
    a, b, c = (vocabulary.id_of(word) for word in question.given)
    found = scored.of(a, b, c, options.method)
    first = None
    if options.exclude_inputs:
        excluded = [index for index in (a, b, c) if index < len(found)]
        top = int(np.argmax(found))
        if top in excluded and np.isfinite(found[top]):
            first = named(vocabulary, np.array([top]), found[[top]])[0]
        found[excluded] = -np.inf
    answers = tuple(named(vocabulary, *_best(scored, found, k)))
    answer = AnalogyAnswer(question, answers, unknown, first)
    if not question.expected or question.expected in unknown or not answers:
        return answer
    expected = vocabulary.id_of(question.expected)
    can_be = expected < len(found) and np.isfinite(found[expected])
    return replace(
        answer,
        expected_rank=place_of(found, expected) if can_be else 0,
        expected_score=analogy_score(embedding, question, question.expected, options.method),
    )


def _best(
    scored: AnalogyScores, found: NDArray[np.float64], k: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """As `nearest.best`, which looks at all words several times."""
    if k > 1:
        return best(scored.ids, found, k)
    top = np.array([np.argmax(found)])
    top = top[np.isfinite(found[top])]
    return top, found[top]
