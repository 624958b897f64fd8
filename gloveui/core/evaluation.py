"""How well vectors answer questions whose answers people know: analogies by section, likeness of pairs.

Answers and places are exactly those of `queries.analogy` and `queries.analogy_rank`; see `answer_search`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from gloveui.core.analogy_questions import AnalogyQuestion
from gloveui.core.answer_search import SEARCH_METHODS, Answers, search_answers
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task
from gloveui.core.question_sets import AnalogySet, PairSet, QuestionSection
from gloveui.core.rank_correlation import correlation, ranks
from gloveui.core.setting_checks import choice, flag, whole_number
from gloveui.core.text import normalised
from gloveui.core.vocabulary import Vocabulary

MOST_NAMED = 12  # unknown words that are told
PAIRS_AT_ONCE = 4_096

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A question that was answered otherwise than expected.

    Attributes
    ----------
    question
        As the vocabulary spells it.
    found
        The answer; empty if no word has a direction.
    rank
        Place of the expected word; 0 if it cannot be an answer: one of the given words, or a word of zeros.
    """

    question: AnalogyQuestion
    found: str
    rank: int


@dataclass(frozen=True, slots=True)
class AnalogyScore:
    """What came out for some questions.

    Attributes
    ----------
    name, group
        As in `QuestionSection`; of a total, the set or group it is of.
    asked, covered
        How many questions there are, and of how many the vocabulary has all four words.
    right
        How many of these were answered as expected, by method.
    wrong
        The others, by method; empty for a total.
    """

    name: str
    group: str
    asked: int
    covered: int
    right: Mapping[str, int]
    wrong: Mapping[str, tuple[WrongAnswer, ...]]

    def share(self, method: str) -> float | None:
        """Right ones of those that are covered, 0 to 1; None if none is."""
        return self.right[method] / self.covered if self.covered else None


@dataclass(frozen=True, slots=True)
class AnalogyEvaluation:
    """A model's answers to a set of analogies.

    Attributes
    ----------
    name
        Of the set.
    sections
        In the order of the set.
    methods, among, exclude_inputs
        How the questions were asked.
    unknown
        Some words of the set that the vocabulary does not have.
    """

    name: str
    sections: tuple[AnalogyScore, ...]
    methods: tuple[str, ...]
    among: int
    exclude_inputs: bool
    unknown: tuple[str, ...] = ()

    @property
    def total(self) -> AnalogyScore:
        """All sections together."""
        return _summed(self.name, "", self.sections, self.methods)

    @property
    def groups(self) -> tuple[AnalogyScore, ...]:
        """The sections of each group together, where the set has groups."""
        names = dict.fromkeys(section.group for section in self.sections if section.group)
        parts = {name: [one for one in self.sections if one.group == name] for name in names}
        return tuple(_summed(name, name, part, self.methods) for name, part in parts.items())


@dataclass(frozen=True, slots=True)
class RankedPair:
    """Two words, how alike people find them and how alike their vectors are, with the places of both.

    Places count from 1 for the most alike; pairs that are equal share the mean of theirs.
    """

    first: str
    second: str
    score: float
    cosine: float
    score_rank: float
    cosine_rank: float

    @property
    def difference(self) -> float:
        """How many places apart both are."""
        return abs(self.score_rank - self.cosine_rank)


@dataclass(frozen=True, slots=True)
class PairEvaluation:
    """How a model's likeness of words agrees with that of people.

    Attributes
    ----------
    name
        Of the set.
    asked
        How many pairs there are; `pairs` are those of which the vocabulary has both words.
    spearman
        Correlation of the ranks, −1 to 1; None if fewer than two pairs are known or all are equal.
    pairs
        The ones whose places differ most first.
    unknown
        Some words of the set that the vocabulary does not have.
    """

    name: str
    asked: int
    spearman: float | None
    pairs: tuple[RankedPair, ...]
    unknown: tuple[str, ...] = ()

    @property
    def covered(self) -> int:
        """Pairs of which both words are known."""
        return len(self.pairs)


def evaluate_analogies(
    embedding: Embedding,
    analogy_set: AnalogySet,
    methods: Sequence[str] = SEARCH_METHODS,
    among: int = 0,
    exclude_inputs: bool = True,
) -> Task[AnalogyEvaluation]:
    """Ask all analogies of a set, by each method; about 50 ms of work between two reports.

    Parameters
    ----------
    methods
        Of `queries.analogy`: ``"add"`` (3CosAdd) and ``"multiply"`` (3CosMul).
    among
        Only the so many most frequent words are known, 0 for all: questions with others are not covered, as
        in word2vec's ``compute-accuracy``.
    exclude_inputs
        Whether the three given words are left out of the answers.

    Raises
    ------
    SettingError
        If a method is another one, or a setting has no such value.

    Notes
    -----
    A word is known as it is typed, else in lower case, else in whatever case the vocabulary has it. Where
    that has both ``Queen`` and ``queen`` these are two answers, unlike in gensim.
    """
    for method in methods:
        choice("method", method, SEARCH_METHODS)
    size = min(whole_number("among", among, 0) or len(embedding), len(embedding))
    flag("exclude_inputs", exclude_inputs)
    yield Progress("evaluating", 0.0)
    ids, unknown = _ids(embedding.vocabulary, (_words(one) for one in analogy_set), 4, size)
    covered = np.flatnonzero((ids >= 0).all(axis=1))
    answers = yield from search_answers(embedding, ids[covered], methods, size, exclude_inputs)
    places = np.full(len(ids), -1)
    places[covered] = np.arange(len(covered))
    bounds = pairwise(accumulate((len(one.questions) for one in analogy_set.sections), initial=0))
    sections = tuple(
        _score(embedding.vocabulary, section, ids[first:last], places[first:last], answers)
        for section, (first, last) in zip(analogy_set.sections, bounds, strict=True)
    )
    return AnalogyEvaluation(analogy_set.name, sections, tuple(methods), among, exclude_inputs, unknown)


def evaluate_pairs(embedding: Embedding, pair_set: PairSet) -> Task[PairEvaluation]:
    """Rank the pairs by the cosine of their words, and correlate that with people's ranks (Spearman).

    The cosine with a word of zeros is 0.
    """
    yield Progress("evaluating", 0.0)
    ids, unknown = _ids(
        embedding.vocabulary, ((one.first, one.second) for one in pair_set.pairs), 2, len(embedding)
    )
    covered = np.flatnonzero((ids >= 0).all(axis=1))
    alike = np.empty(len(covered))
    for first in range(0, len(covered), PAIRS_AT_ONCE):
        part = ids[covered[first : first + PAIRS_AT_ONCE]]
        units = embedding.unit_rows(part[:, 0]), embedding.unit_rows(part[:, 1])
        alike[first : first + PAIRS_AT_ONCE] = np.einsum("ij,ij->i", *units)
        yield Progress("evaluating", min(1.0, (first + PAIRS_AT_ONCE) / len(covered)))
    human = np.array([pair_set.pairs[place].score for place in covered.tolist()], np.float64)
    places = ranks(-human), ranks(-alike)  # 1 for the most alike
    word = embedding.vocabulary.word
    facts = (values.tolist() for values in (human, alike, *places))
    rows = zip(ids[covered].tolist(), *facts, strict=True)
    pairs = [RankedPair(word(a), word(b), *numbers) for (a, b), *numbers in rows]
    pairs.sort(key=lambda pair: -pair.difference)
    found = correlation(*places)
    spearman = None if np.isnan(found) else found
    return PairEvaluation(pair_set.name, len(pair_set), spearman, tuple(pairs), unknown)


def _words(question: AnalogyQuestion) -> tuple[str, ...]:
    return *question.given, question.expected


def _ids(
    vocabulary: Vocabulary, rows: Iterable[Sequence[str]], width: int, size: int
) -> tuple[Ids, tuple[str, ...]]:
    """int64, shape (n, width): ids of words, -1 for one not among the first `size`; some of these."""
    asked = [word for words in rows for word in words]
    known = {word: _id(vocabulary, word, size) for word in dict.fromkeys(asked)}
    if -1 in known.values():
        in_any_case = _ids_in_any_case(vocabulary, size)
        for word in [word for word, index in known.items() if index < 0]:
            known[word] = in_any_case.get(normalised(word, lower=True), -1)
    found = [known[word] for word in asked]
    unknown = [word for word, index in known.items() if index < 0]
    return np.array(found, np.int64).reshape(-1, width), tuple(unknown[:MOST_NAMED])


def _id(vocabulary: Vocabulary, word: str, size: int) -> int:
    index = vocabulary.get(word)
    return index if index is not None and index < size else -1


def _ids_in_any_case(vocabulary: Vocabulary, size: int) -> dict[str, int]:
    """Ids of words with capitals by these words in lower case; the most frequent one's of several."""
    found: dict[str, int] = {}
    for index, word in enumerate(vocabulary.words[:size]):
        lower = word.lower()
        if lower != word:
            found.setdefault(lower, index)
    return found


def _score(
    vocabulary: Vocabulary,
    section: QuestionSection,
    ids: Ids,
    places: Ids,
    answers: Mapping[str, Answers],
) -> AnalogyScore:
    """What came out for a section, from the answers to all that is covered."""
    is_covered = places >= 0
    ids, places = ids[is_covered], places[is_covered]
    wrong = {
        method: tuple(_wrong(vocabulary, ids, one.found[places], one.ranks[places]))
        for method, one in answers.items()
    }
    right = {method: len(places) - len(missed) for method, missed in wrong.items()}
    return AnalogyScore(section.name, section.group, len(is_covered), len(places), right, wrong)


def _wrong(vocabulary: Vocabulary, ids: Ids, found: Ids, ranks: Ids) -> Iterable[WrongAnswer]:
    missed = np.flatnonzero(found != ids[:, 3])
    for words, answer, rank in zip(
        ids[missed].tolist(), found[missed].tolist(), ranks[missed].tolist(), strict=True
    ):
        question = AnalogyQuestion(*map(vocabulary.word, words))
        yield WrongAnswer(question, vocabulary.word(answer) if answer >= 0 else "", rank)


def _summed(name: str, group: str, sections: Sequence[AnalogyScore], methods: Sequence[str]) -> AnalogyScore:
    right = {method: sum(section.right[method] for section in sections) for method in methods}
    asked, covered = (sum(getattr(one, field) for one in sections) for field in ("asked", "covered"))
    return AnalogyScore(name, group, asked, covered, right, dict.fromkeys(methods, ()))
