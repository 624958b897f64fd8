"""Makes every kernel ready that a text and its training will need, so that none is waited for."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from gloveui.core import unicode_classes
from gloveui.core.concordance import find_pairs, find_word
from gloveui.core.concordance_order import ordered
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.fit import survey_fit
from gloveui.core.glove import GloveConfig
from gloveui.core.heatmap import View, heatmap_picture
from gloveui.core.map_picture import prepare_pictures
from gloveui.core.nearest import go_every_way
from gloveui.core.progress import Progress, Task
from gloveui.core.quantities import Quantity
from gloveui.core.resources import Resources
from gloveui.core.text import TextPiece, TextSummary
from gloveui.core.tokens import TokenOptions, tokenise
from gloveui.core.training import Trainer
from gloveui.core.word_order import WordOrder, word_order

# Pieces of one-byte characters go another way than those with longer ones.
SAMPLES = ("I like deep learning\nI like NLP\nI enjoy flying\n", "naïve as it is\n나는 학교에 간다\n")


@dataclass(frozen=True)
class _Sample:
    """A text of two pieces."""

    name: str = "sample"

    def pieces(self) -> Generator[TextPiece, None, TextSummary]:
        for text in SAMPLES:
            yield TextPiece(text.encode(), 1.0)
        return TextSummary(self.name, "utf-8", "", 0)


def warm_up(count_options: CountOptions, config: GloveConfig) -> Task[None]:
    """Go the whole way once with a text of five lines: what is compiled for it serves every text.

    On the first start that takes some seconds, later ones find compiled kernels on the disk.
    """
    for _ in _whole_way(count_options, config, Resources(threads=1, device="cpu")):
        yield Progress("preparing")


def _whole_way(count_options: CountOptions, config: GloveConfig, resources: Resources) -> Task[None]:
    tokens = yield from tokenise(_Sample(), TokenOptions(), resources)
    yield from _merge_tables()
    options = replace(count_options, min_count=1, max_vocabulary=0)
    matrix = yield from count_cooccurrences(tokens, options, resources)
    yield from ordered(tokens, (yield from find_pairs(tokens, matrix, 0, 1)), "left")
    yield from find_word(tokens, 0)
    words = yield from word_order(matrix, "first_seen", 0, tokens)
    yield from _pictures(matrix, words, resources, Quantity("log_count"), Quantity("pmi"))
    trainer = Trainer(matrix, replace(config, epochs=1, learning_rate=0.05), resources)
    go_every_way((yield from trainer.run()))
    parameters = trainer.parameters()
    yield from survey_fit(matrix, parameters, config, resources)
    yield from prepare_pictures()
    yield from _pictures(matrix, words, resources, Quantity("prediction", parameters=parameters))


def _pictures(
    matrix: CooccurrenceMatrix, words: WordOrder, resources: Resources, *quantities: Quantity
) -> Task[None]:
    """What a heatmap shows of some quantities, reduced in both ways."""
    view = View(0, len(words), 0, len(words), 2)
    for quantity in quantities:
        for reduction in ("maximum", "mean"):
            yield from heatmap_picture(matrix, words, quantity, view, reduction, resources)


def _merge_tables() -> Task[None]:
    """What several threads do with the words that each has found."""
    from gloveui.core.word_table import WordTable  # compiled code: loaded when first needed

    yield Progress("preparing")
    kinds = unicode_classes.kinds("words", split_sentences=False)
    WordTable(kinds).absorb(WordTable(kinds))
