"""Vectors of a text by another method than GloVe: LSA, PPMI with SVD, Word2Vec; from text to card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias, Unpack

from gloveui.api import (
    given_resources,
    given_settings,
    own_preset,
    part_of_settings,
    settings_for,
    text_source,
)
from gloveui.core.baseline_settings import SETTINGS_OF, fitting_settings
from gloveui.core.baselines import baseline_card
from gloveui.core.baselines import train_baseline as train_on_counts
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.embedding import Embedding
from gloveui.core.given_settings import BaselineGiven
from gloveui.core.model_cards import BaselineCard
from gloveui.core.progress import Progress, Task, run_to_end, timed
from gloveui.core.resources import Resources
from gloveui.core.setting_checks import choice
from gloveui.core.text import TextSource
from gloveui.core.tokens import TokenOptions, TokenStream, tokenise
from gloveui.core.word2vec import Word2VecReport

OnProgress: TypeAlias = Callable[[Progress], object]


@dataclass(frozen=True, eq=False)
class BaselineRun:
    """Vectors by another method, with what was made on the way and the card that describes it."""

    embedding: Embedding
    tokens: TokenStream
    cooccurrence: CooccurrenceMatrix
    card: BaselineCard


def train_baseline(
    text: str | Path | TextSource,
    method: str,
    *,
    encoding: str | None = None,
    preset: str | None = None,
    on_progress: OnProgress | None = None,
    **settings: Unpack[BaselineGiven],
) -> BaselineRun:
    """Make vectors of a text (see `gloveui.api.text_source`) by another method than GloVe.

    Parameters
    ----------
    text, encoding, preset, on_progress
        As for `gloveui.train`; of the preset the counts and the dimension are taken.
    method
        ``"lsa"``, ``"ppmi"`` or ``"word2vec"``.
    **settings
        Fields of `TokenOptions`, `CountOptions`, `Resources`, and of the method's own settings:
        `LsaSettings`, `PpmiSettings` or `Word2VecSettings`.

    Raises
    ------
    TextError, SettingError
    TooFewDirections, NothingToDecompose, NotEnoughMemory
        Of LSA and PPMI.
    """
    kind = SETTINGS_OF[choice("method", method, SETTINGS_OF)]
    given = given_settings(settings, TokenOptions, CountOptions, Resources, kind)
    source = text_source(text, encoding)
    return run_to_end(baseline_task(source, method, given, preset or own_preset(text)), on_progress)


def baseline_task(
    source: TextSource, method: str, given: Mapping[str, Any], preset: str | None
) -> Task[BaselineRun]:
    """Read, count and make vectors; settings that are not given come from the preset, or fit the text's size.

    A wrong setting is told now, before the text is read.
    """
    settings_for(0, given, preset)
    SETTINGS_OF[method](**part_of_settings(given, SETTINGS_OF[method]))
    return _made(source, method, given, preset)


def _made(source: TextSource, method: str, given: Mapping[str, Any], preset: str | None) -> Task[BaselineRun]:
    resources = given_resources(given)
    options = TokenOptions(**part_of_settings(given, TokenOptions))
    tokens, reading = yield from timed(tokenise(source, options, resources))
    count_options, config = settings_for(tokens.token_count, given, preset)
    matrix, counting = yield from timed(count_cooccurrences(tokens, count_options, resources))
    fitting = fitting_settings(method, tokens.token_count, len(matrix.vocabulary), config.dimension)
    settings = replace(fitting, **part_of_settings(given, SETTINGS_OF[method]))
    losses: list[float] = []
    task = _heard(train_on_counts(tokens, matrix, settings, resources), losses)
    embedding, training = yield from timed(task)
    seconds = {"reading": reading, "counting": counting, "training": training}
    return BaselineRun(
        embedding, tokens, matrix, baseline_card(tokens, matrix, settings, seconds, tuple(losses))
    )


def _heard(task: Task[Embedding], losses: list[float]) -> Task[Embedding]:
    """The same task; the losses of its epochs are noted."""
    while True:
        try:
            progress = next(task)
        except StopIteration as stop:
            embedding: Embedding = stop.value
            return embedding
        if isinstance(progress.detail, Word2VecReport):
            losses.extend(progress.detail.finished)
        yield progress
