"""Makes every kernel ready that a training will need, so that none is waited for."""

from __future__ import annotations

from dataclasses import replace

from gloveui.core.cooccurrence import CountOptions, count_cooccurrences
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenOptions, tokenise
from gloveui.core.training import Trainer

# Characters of one, two and three bytes, and a word that a window looks past.
SAMPLE = "I like deep learning\nI like NLP\nI enjoy flying, naïve as it is\n나는 학교에 간다\n"


def warm_up(count_options: CountOptions, config: GloveConfig) -> Task[None]:
    """Go the whole way once with a text of four lines: what is compiled for it serves every text.

    On the first start that takes some seconds, later ones find compiled kernels on the disk.
    """
    for _ in _whole_way(count_options, config, Resources(threads=1, device="cpu")):
        yield Progress("preparing")


def _whole_way(count_options: CountOptions, config: GloveConfig, resources: Resources) -> Task[None]:
    tokens = yield from tokenise(PastedText(SAMPLE), TokenOptions(), resources)
    options = replace(count_options, min_count=1, max_vocabulary=0)
    matrix = yield from count_cooccurrences(tokens, options, resources)
    yield from Trainer(matrix, replace(config, epochs=1, learning_rate=0.05), resources).run()
