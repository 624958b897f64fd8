"""Analogies as questions: one with all that there is to know about its answer, or many at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task
from gloveui.core.queries import COSMUL_EPSILON, Neighbour, analogy, analogy_rank
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
    answer = _first_answers(embedding, question, options, k)
    if not answer.found:
        return answer
    first = None
    if options.exclude_inputs:
        yield Progress("answering", 0.4)
        first = _excluded_first(embedding, answer, options)
    yield Progress("answering", 0.7)
    return _with_expected(embedding, answer, options, first)


def answer_all(
    embedding: Embedding, questions: Sequence[AnalogyQuestion], options: AnalogyOptions
) -> Task[tuple[AnalogyAnswer, ...]]:
    """The best answer to each question with the rank of its expected word.

    The detail of each Progress is a tuple with the answers since the one before.
    """
    answers = []
    for place, question in enumerate(questions):
        answer = _first_answers(embedding, question, options, 1)
        answers.append(_with_expected(embedding, answer, options) if answer.found else answer)
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
    a, b, c, d = (unit_vector(embedding, one) for one in (*question.given, word))
    if not d.any():
        return float("nan")
    if method == "add":
        return float(d @ (b - a + c))
    if method == "multiply":
        near_a, near_b, near_c = ((1 + float(d @ one)) / 2 for one in (a, b, c))
        return near_b * near_c / (near_a + COSMUL_EPSILON)
    length = float(np.linalg.norm(d - c) * np.linalg.norm(b - a))
    return float((d - c) @ (b - a)) / length if length > 0 else 0.0


def unit_vector(embedding: Embedding, word: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """float64, shape (D,): the vector of a word at length 1, zeros if it is zeros; raises `UnknownWord`."""
    vector = embedding.vector(word).astype(np.float64)
    length = float(np.linalg.norm(vector))
    return vector / length if length > 0 else vector


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


def _first_answers(
    embedding: Embedding, question: AnalogyQuestion, options: AnalogyOptions, k: int
) -> AnalogyAnswer:
    unknown = question.unknown(embedding.vocabulary)
    question = question.spelled(embedding.vocabulary)
    if set(unknown) & set(question.given):
        return AnalogyAnswer(question, (), unknown)
    found = analogy(embedding, *question.given, k, options.method, options.exclude_inputs, options.among)
    return AnalogyAnswer(question, tuple(found), unknown)


def _excluded_first(embedding: Embedding, answer: AnalogyAnswer, options: AnalogyOptions) -> Neighbour | None:
    given = answer.question.given
    first = analogy(embedding, *given, 1, options.method, False, options.among)
    return first[0] if first and first[0].word in given else None


def _with_expected(
    embedding: Embedding, answer: AnalogyAnswer, options: AnalogyOptions, first: Neighbour | None = None
) -> AnalogyAnswer:
    question, expected = answer.question, answer.question.expected
    if not expected or expected in answer.unknown:
        return AnalogyAnswer(question, answer.found, answer.unknown, first)
    score = analogy_score(embedding, question, expected, options.method)
    rank = _expected_rank(embedding, answer, options)
    return AnalogyAnswer(question, answer.found, answer.unknown, first, rank, score)


def _expected_rank(embedding: Embedding, answer: AnalogyAnswer, options: AnalogyOptions) -> int:
    expected, given = answer.question.expected, answer.question.given
    is_left_out = options.exclude_inputs and expected in given
    index = embedding.vocabulary.id_of(expected)
    if is_left_out or (options.among and index >= options.among):
        return 0
    words = [one.word for one in answer.found]
    if expected in words:
        return words.index(expected) + 1
    return analogy_rank(embedding, *given, expected, options.method, options.exclude_inputs, options.among)
