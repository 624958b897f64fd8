"""Questions of likeness as values, and how they are answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gloveui.core.embedding import Embedding
from gloveui.core.errors import ExpressionError, GloveError, UnknownWord
from gloveui.core.expressions import weighted_words
from gloveui.core.progress import Progress, Task
from gloveui.core.queries import METRICS, Neighbour, against, neighbours, odd_one_out, pair_ranks, similarity
from gloveui.core.vocabulary import Vocabulary
from gloveui.views.models.spelling import nearest_spellings

FEWEST_WORDS = 3  # of which one can be odd
QUICK_WORDS = 1_000  # in a list
QUICK_NUMBERS = 3_000_000  # in a table of vectors that one look goes through in a few milliseconds
LOOKS_AT_A_PAIR = 7  # both ways by every metric in one pass, without the bounds that neighbours have


class Mode(Enum):
    """What is asked."""

    NEAREST = "nearest"
    PAIR = "pair"
    ODD = "odd"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Search:
    """What a person asked for, as typed; what a mode has no use for is empty."""

    mode: Mode = Mode.NEAREST
    query: str = ""
    other: str = ""
    words: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether there is enough to be answered."""
        if self.mode is Mode.ODD:
            return len(self.words) >= FEWEST_WORDS
        has_second = {Mode.NEAREST: True, Mode.PAIR: bool(self.other), Mode.AGAINST: bool(self.words)}
        return bool(self.query) and has_second[self.mode]


@dataclass(frozen=True, slots=True)
class Options:
    """How words are compared, and which answers are wanted; see `gloveui.core.queries.neighbours`."""

    metric: str = "cosine"
    results: int = 10
    among: int = 0
    exclude_inputs: bool = True
    farthest: bool = False


@dataclass(frozen=True, slots=True)
class PairFact:
    """Two words by one metric: their score, and the rank of each among the neighbours of the other.

    ``ranks`` holds that of the second for the first, then that of the first for the second; 0 where an
    expression stands in place of a word.
    """

    metric: str
    score: float
    ranks: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was asked of which vectors, and the answer.

    Attributes
    ----------
    neighbours
        Words with scores, in the order in which they are shown.
    facts
        What is said of a pair, by metric.
    missing
        Words of a list that the vectors do not have.
    error, spellings
        Why there is no answer, and words to take in place of one that is unknown.
    is_about_other
        Whether the error lies in the second word of a pair.
    """

    embedding: Embedding
    search: Search
    options: Options
    neighbours: tuple[Neighbour, ...] = ()
    facts: tuple[PairFact, ...] = ()
    missing: tuple[str, ...] = ()
    error: GloveError | None = None
    spellings: tuple[str, ...] = ()
    is_about_other: bool = False


def answer(embedding: Embedding, search: Search, options: Options) -> Answer:
    """The answer to a search that is complete; of one that cannot be answered, why."""
    try:
        return _answered(embedding, search, options)
    except (UnknownWord, ExpressionError) as error:
        near: list[str] = []
        if isinstance(error, UnknownWord):
            near = nearest_spellings(embedding.vocabulary, str(error.fields["word"]))
        is_about_other = search.mode is Mode.PAIR and _can_be_asked(embedding.vocabulary, search.query)
        return Answer(
            embedding, search, options, error=error, spellings=tuple(near), is_about_other=is_about_other
        )


def find_answer(embedding: Embedding, search: Search, options: Options) -> Task[Answer]:
    """As `answer`, as a task."""
    yield Progress("answering")
    return answer(embedding, search, options)


def is_quick(embedding: Embedding, search: Search) -> bool:
    """Whether a question to these vectors takes so few milliseconds that a window need not wait for it."""
    if len(search.words) > QUICK_WORDS:
        return False
    if search.mode is Mode.ODD:
        return True
    looks = LOOKS_AT_A_PAIR if search.mode is Mode.PAIR else 1
    return embedding.vectors.size * looks <= QUICK_NUMBERS


def known_words(vocabulary: Vocabulary, words: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """The words that a vocabulary has, as it spells them and each once, and those that it has not."""
    found = [(word, vocabulary.get(word)) for word in words]
    known = dict.fromkeys(vocabulary.word(index) for _, index in found if index is not None)
    return list(known), tuple(word for word, index in found if index is None)


def _answered(embedding: Embedding, search: Search, options: Options) -> Answer:
    if search.mode is Mode.PAIR:
        return Answer(embedding, search, options, facts=_facts(embedding, search, options.among))
    if search.mode is not Mode.NEAREST:
        return _answer_about_words(embedding, search, options)
    found = neighbours(
        embedding, search.query, options.results, options.metric,
        options.exclude_inputs, options.among, options.farthest,
    )  # fmt: skip
    return Answer(embedding, search, options, tuple(found))


def _can_be_asked(vocabulary: Vocabulary, query: str) -> bool:
    try:
        return bool(weighted_words(query, vocabulary))
    except (UnknownWord, ExpressionError):
        return False


def _answer_about_words(embedding: Embedding, search: Search, options: Options) -> Answer:
    words, missing = known_words(embedding.vocabulary, search.words)
    found: list[Neighbour] = []
    if search.mode is Mode.ODD and len(words) >= FEWEST_WORDS:
        found = odd_one_out(embedding, words)
    elif search.mode is Mode.AGAINST:
        own = embedding.vocabulary.get(search.query) if options.exclude_inputs else None
        words = [word for word in words if own is None or embedding.vocabulary.id_of(word) != own]
        found = against(embedding, search.query, words, options.metric)
    return Answer(embedding, search, options, tuple(found), missing=missing)


def _facts(embedding: Embedding, search: Search, among: int) -> tuple[PairFact, ...]:
    """What there is to say of a pair, by each metric."""
    ranks = pair_ranks(embedding, search.query, search.other, among)
    scores = [similarity(embedding, search.query, search.other, metric) for metric in METRICS]
    return tuple(
        PairFact(metric, score, ranks[metric]) for metric, score in zip(METRICS, scores, strict=True)
    )
