"""Which words a map shows and how they are laid out, as values; layouts that were made are kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.errors import GloveError
from gloveui.core.map_picture import prepare_pictures
from gloveui.core.progress import Task
from gloveui.core.projection import Projection, pca, tsne, umap, word_axes
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.word_choice import WordList

METHODS = ("pca", "tsne", "umap", "axes")
AT_ONCE = ("pca", "axes")
WORDS = ("frequent", "all", "list")
USUAL_WORDS = 5_000
MOST_KEPT = 12  # layouts of a model: 3 MB each where it has 400,000 words

T = TypeVar("T")
Ends = tuple[str, str]

# Pairs that name an axis, the first that a vocabulary has.
_FIRST_AXES = (("man", "woman"), ("he", "she"), ("남자", "여자"), ("그", "그녀"))
_SECOND_AXES = (("poor", "rich"), ("small", "large"), ("old", "young"), ("작은", "큰"), ("아이", "어른"))


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to lay out words in a plane; the settings of other ways are kept for later."""

    method: str = "pca"
    perplexity: int = 30
    neighbours: int = 15
    min_distance: float = 0.1
    seed: int = 1
    x: Ends = ("", "")
    y: Ends = ("", "")

    @property
    def is_at_once(self) -> bool:
        """Whether it takes so little that nobody need ask for it."""
        return self.method in AT_ONCE

    def essence(self) -> tuple[object, ...]:
        """What its result depends on."""
        used = {
            "pca": (),
            "tsne": (self.perplexity, self.seed),
            "umap": (self.neighbours, self.min_distance, self.seed),
            "axes": (self.x, self.y),
        }
        return (self.method, *used[self.method])

    def task(self, embedding: Embedding, ids: NDArray[np.int64]) -> Task[Projection]:
        """Lay out the words with these ids; what draws the picture is made ready, too."""
        yield from prepare_pictures()
        if self.method == "tsne":
            return (yield from tsne(embedding, ids, self.perplexity, seed=self.seed))
        if self.method == "umap":
            return (yield from umap(embedding, ids, self.neighbours, self.min_distance, seed=self.seed))
        if self.method == "axes":
            return (yield from word_axes(embedding, ids, self.x, self.y))
        return (yield from pca(embedding, ids))


@dataclass(frozen=True, eq=False)
class MapWords:
    """The words of a map: ids in the order of their frequency, and what they were chosen by."""

    key: tuple[object, ...]
    ids: NDArray[np.int64]
    words: tuple[str, ...]

    def places(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64: where these words are among those of the map; of words that are not, nothing."""
        if not len(self.ids):
            return np.empty(0, np.int64)
        places = np.searchsorted(self.ids, ids)
        places = np.minimum(places, len(self.ids) - 1)
        return np.asarray(places[self.ids[places] == ids])


@dataclass(frozen=True, eq=False)
class MapQuestion:
    """Words of a model that are to be laid out."""

    embedding: Embedding
    words: MapWords
    layout: Layout

    def by(self, method: str) -> MapQuestion:
        """The same words laid out by another method."""
        return replace(self, layout=replace(self.layout, method=method))

    def is_same(self, other: MapQuestion | None) -> bool:
        """Whether the answer would be the same."""
        if other is None or self.embedding is not other.embedding:
            return False
        return (self.words.key, self.layout.essence()) == (other.words.key, other.layout.essence())


def chosen_words(embedding: Embedding, kind: str, number: int, listed: WordList | None) -> MapWords:
    """The words of a model that are to be shown: the most frequent ones, all, or those of a list."""
    vocabulary = embedding.vocabulary
    if kind == "list":
        known = {vocabulary.get(word) for word in (listed.words if listed is not None else ())}
        ids = np.array(sorted(index for index in known if index is not None), np.int64)
        words = tuple(vocabulary.word(int(index)) for index in ids)
        return MapWords(("list", words), ids, words)
    count = len(vocabulary) if kind == "all" else min(number, len(vocabulary))
    words = vocabulary.words if count == len(vocabulary) else vocabulary.words[:count]
    return MapWords(("frequent", count), np.arange(count), words)


def suggested_axes(vocabulary: Vocabulary) -> tuple[Ends, Ends]:
    """Words for the ends of x and y that the vocabulary has: well-known opposites, else frequent words."""
    frequent = (*vocabulary.words[:4], *("",) * 4)
    x = next((pair for pair in _FIRST_AXES if all(word in vocabulary for word in pair)), frequent[:2])
    y = next((pair for pair in _SECOND_AXES if all(word in vocabulary for word in pair)), frequent[2:4])
    return (x[0], x[1]), (y[0], y[1])


class KeptLayouts:
    """Layouts that were made, the newest of each model: going back to one is immediate."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Embedding, OrderedDict[object, Projection]] = WeakKeyDictionary()

    def get(self, embedding: Embedding, words: MapWords, layout: Layout) -> Projection | None:
        """The layout of these words, if it was made before."""
        return self._kept.get(embedding, OrderedDict()).get((words.key, layout.essence()))

    def keep(self, embedding: Embedding, words: MapWords, layout: Layout, projection: Projection) -> None:
        """Keep a layout, and let the oldest go."""
        kept = self._kept.setdefault(embedding, OrderedDict())
        kept[words.key, layout.essence()] = projection
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)


def answered(task: Task[T]) -> Task[T | GloveError]:
    """The same task; what a person asked for wrongly is its result, to be told where it was asked."""
    try:
        return (yield from task)
    except GloveError as error:
        return error
