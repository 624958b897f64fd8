"""Comparisons of models as rows of a table and as code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject

from gloveui.core.alignment import Alignment
from gloveui.core.comparison import ComparedNeighbours, Disagreement, SimilarityPairs
from gloveui.core.stability import Stability
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.storage.export import Cell
from gloveui.views.compare_feed import Pair
from gloveui.views.model_sources import source_code

Rows = Iterator[Sequence[Cell]]


class CompareRows(QObject):
    """Tables with headings in the language in use."""

    def of_neighbours(self, names: Sequence[str], compared: ComparedNeighbours) -> Rows:
        """A row for each neighbour of a word in each model."""
        yield [self.tr("model"), self.tr("word"), self.tr("neighbour"), self.tr("cosine"), self.tr("models")]
        for name, column in zip(names, compared.columns, strict=True):
            for one in column or ():
                yield [name, compared.word, one.neighbour.word, one.neighbour.score, one.models]

    def of_disagreement(self, found: Disagreement) -> Rows:
        """A row for each word, those that disagree most first, with its neighbours in both."""
        yield [
            self.tr("word"), self.tr("rank-biased overlap"), "Jaccard", self.tr("shared"), self.tr("count"),
            self.tr("neighbours in the first"), self.tr("neighbours in the second"),
        ]  # fmt: skip
        words = found.common.words
        for place in found.order.tolist():
            lists = [
                " ".join(words[one] for one in near[place, : found.k].tolist())
                for near in (found.neighbours_a, found.neighbours_b)
            ]
            count: Cell = "" if found.counts is None else int(found.counts[place])
            scores = float(found.overlap[place]), float(found.jaccard[place]), int(found.shared[place])
            yield [words[place], *scores, count, *lists]

    def of_curves(self, found: Disagreement) -> Rows:
        """A row for each k."""
        yield ["k", self.tr("rank-biased overlap"), "Jaccard", self.tr("by chance")]
        columns = (found.overlap_by_depth, found.jaccard_by_depth, found.by_chance)
        for k, row in enumerate(zip(*(column.tolist() for column in columns), strict=True), 1):
            yield [k, *row]

    def of_pairs(self, names: Sequence[str], pairs: SimilarityPairs) -> Rows:
        """A row for each pair of words."""
        yield [self.tr("word"), self.tr("word"), *names]
        words = pairs.common.words
        columns = (pairs.first, pairs.second, pairs.cosines_a, pairs.cosines_b)
        for first, second, *cosines in zip(*(column.tolist() for column in columns), strict=True):
            yield [words[first], words[second], *cosines]

    def of_alignment(self, alignment: Alignment) -> Rows:
        """A row for each word: how far it has moved."""
        yield [self.tr("word"), self.tr("distance after the alignment")]
        yield from zip(alignment.common.words, alignment.distances.tolist(), strict=True)

    def of_stability(self, result: Stability) -> Rows:
        """A row for each word: its neighbours, and behind each how many seeds agree."""
        yield [self.tr("word"), self.tr("stability"), self.tr("seeds"), self.tr("neighbours")]
        word = result.embedding.vocabulary.word
        for index, mean in enumerate(result.means.tolist()):
            pairs = zip(result.shown[index].tolist(), result.agreements[index].tolist(), strict=True)
            told = " ".join(f"{word(neighbour)} {agreeing}" for neighbour, agreeing in pairs)
            yield [word(index), mean, len(result.seeds), told]


def models_code(session: Session, models: Sequence[Model]) -> str:
    """Lines that make some models again, as ``models``; empty if it is not known how one was made."""
    codes = [source_code(session, model) for model in models]
    if not all(codes):
        return ""
    return "models = []\n" + "\n".join(f"{code}models.append(run.embedding)\n" for code in codes)


def neighbours_code(session: Session, models: Sequence[Model], word: str, k: int) -> str:
    """Lines that print the neighbours of a word in each model."""
    made = models_code(session, models)
    question = f"gloveui.neighbours(model, {word!r}, {k!r})"
    return made and f"{made}\nfor model in models:\n    print([one.word for one in {question}])\n"


def pair_code(session: Session, pair: Pair, page: str) -> str:
    """Lines that compare two models as a page does."""
    made, among = models_code(session, (pair.first, pair.second)), pair.among
    if not made:
        return ""
    if page == "scatter":
        asked = f"run_to_end(similarity_pairs(*models, among={among!r}))"
        lines = ["from gloveui.core.comparison import similarity_pairs"]
        lines += ["from gloveui.core.progress import run_to_end", "", f"pairs = {asked}"]
        lines += ["print(pairs.spearman, pairs.pearson)"]
    elif page == "maps":
        lines = ["from gloveui.core.alignment import align", "from gloveui.core.progress import run_to_end"]
        lines += ["", f"alignment = run_to_end(align(*models, among={among!r}))"]
        lines += ["for word, distance in zip(alignment.common.words, alignment.distances):"]
        lines += ["    print(word, distance)"]
    else:
        lines = [f"found = gloveui.compare(*models, k={pair.k!r}, among={among!r})"]
        shown = "found.jaccard_by_depth, found.overlap_by_depth" if page == "agreement" else "found.words()"
        lines += [f"print({shown})"]
    return "\n".join([made, *lines]) + "\n"


def stability_code(session: Session, model: Model, result: Stability) -> str:
    """Lines that train a model and its other seeds again."""
    made = models_code(session, (model,))
    if not made:
        return ""
    return (
        f"{made}\nfound = gloveui.stability(\n    run.embedding, run.cooccurrence, run.card.config, "
        f"seeds={len(result.seeds)!r}, k={result.k!r}\n)\nprint(found.means)\n"
    )
