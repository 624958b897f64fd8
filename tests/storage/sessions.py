"""Sessions that tests save and read, and comparison of two of them to the bit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from gloveui.core.baseline_settings import PpmiSettings
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveConfig
from gloveui.core.model_cards import BaselineCard, Card, FileCard
from gloveui.core.model_state import ModelState, first_state
from gloveui.core.progress import run_to_end
from gloveui.core.run_card import RunCard
from gloveui.core.text import PastedText, TextSource
from gloveui.core.tokens import TokenOptions, TokenStream
from gloveui.core.training import Checkpoint
from gloveui.core.warm_start import Origin
from gloveui.storage.session_folder import (
    SavedCheckpoint,
    SavedModel,
    SavedSession,
    read_session,
    write_session,
)
from tests.core.steps import LECTURE, read
from tests.storage.samples import embedding_of

COUNT_OPTIONS = CountOptions(window=2, min_count=1)
CONFIG = GloveConfig(dimension=3, epochs=5, learning_rate=0.1)
VERSIONS = {"python": "3.11.2", "gloveui": "0.1.0"}


def save(folder: Path, saved: SavedSession) -> None:
    run_to_end(write_session(folder, saved))


def opened(folder: Path) -> SavedSession:
    return run_to_end(read_session(folder))


def small_session(text: TextSource | None = None, notes: str = "") -> SavedSession:
    """A text with its words, a model of each kind, a training under way, and something in every field."""
    source = PastedText(LECTURE, "Lecture") if text is None else text
    tokens = read(source)
    words = list(tokens.vocabulary.words)
    models = (
        SavedModel(1, "GloVe 1", embedding_of(words), run_card_of(tokens)),
        SavedModel(3, "PPMI 3", embedding_of(words, model=False), baseline_card_of(tokens)),
        SavedModel(4, "파일", embedding_of(["가", "\ud800", "a b\n"], counts=False, model=False), FILE_CARD),
        SavedModel(5, "without a card", embedding_of(["x"], dimension=1)),
    )
    return SavedSession(
        text=source,
        token_options=TokenOptions(lower=False),
        count_options=COUNT_OPTIONS,
        config=CONFIG,
        settings={"lsa": {"dimension": 3, "exponent": 0.5}, "ppmi": {}},
        tokens=tokens,
        models=models,
        active=3,
        focus_word="deep",
        pinned=("like", "값"),
        listed={"words": ["I", "like"], "origin": "cluster 1"},
        epoch_losses=(0.25, 0.1, 1 / 3),
        notes=notes or "What I saw:\n“deep” is near “NLP” 🙂",
        layout=bytes(range(256)),
        checkpoint=checkpoint_of(tokens),
    )


def checkpoint_of(tokens: TokenStream, losses: tuple[float, ...] = (0.5, 0.25)) -> SavedCheckpoint:
    checkpoint = Checkpoint(first_state(tokens.vocabulary, CONFIG, None), losses, 1, 2, 0.125)
    start = Origin("vectors", "start.txt", "/texts/start.txt", "ab" * 32)
    return SavedCheckpoint(
        checkpoint, CONFIG, COUNT_OPTIONS, "cd" * 32, 6, 12, start, {"reading": 0.5, "training": 2.25}
    )


def run_card_of(tokens: TokenStream) -> RunCard:
    sizes = {"tokens": tokens.token_count, "vocabulary": len(tokens.vocabulary)}
    seconds = {"reading": 0.5, "training": 1.5}
    return RunCard(
        tokens.summary, tokens.options, COUNT_OPTIONS, CONFIG, sizes, (0.5, 0.25), seconds, VERSIONS, "CPU", 2
    )


def baseline_card_of(tokens: TokenStream) -> BaselineCard:
    settings = PpmiSettings(dimension=3, shift=2.0)
    return BaselineCard(
        tokens.summary, tokens.options, COUNT_OPTIONS, settings, {"tokens": 8}, {"training": 0.5}, VERSIONS
    )


FILE_CARD = FileCard("/vectors/가.txt", "ef" * 32, "GloVe text", 3, 3, {"first": 3}, VERSIONS)


def bits_of(saved: SavedSession) -> list[object]:
    """Everything in a session but its warnings, as values that are equal if and only if all of it is."""
    small = replace(saved, text=None, tokens=None, models=(), checkpoint=None, warnings=())
    parts: list[object] = [vars(small), saved.text]
    if saved.tokens is not None:
        tokens = saved.tokens
        assert tokens.ids.dtype == np.int32
        assert not tokens.ids.flags.writeable
        parts += [tokens.ids.tobytes(), *words_of(tokens.vocabulary)]
        parts += [tokens.summary, tokens.options, tokens.cut_tokens]
    for model in saved.models:
        parts += [model.number, model.name, dict_of(model.card), *bits_of_embedding(model.embedding)]
    if saved.checkpoint is not None:
        parts += bits_of_checkpoint(saved.checkpoint)
    return parts


def bits_of_embedding(embedding: Embedding) -> list[object]:
    assert embedding.vectors.dtype == np.float32
    assert not embedding.vectors.flags.writeable
    model = embedding.parameters
    arrays = [embedding.vectors, *([] if model is None else vars(model).values())]
    return [*words_of(embedding.vocabulary), *((array.shape, array.tobytes()) for array in arrays)]


def bits_of_checkpoint(saved: SavedCheckpoint) -> list[object]:
    checkpoint, state = saved.checkpoint, saved.checkpoint.state
    assert isinstance(state, ModelState)
    course = (checkpoint.losses, checkpoint.rounds, checkpoint.rounds_per_epoch, checkpoint.round_loss)
    rest = (saved.config, saved.count_options, saved.counts, saved.number, saved.planned, saved.start)
    arrays = [(array.shape, array.tobytes()) for array in vars(state).values()]
    return [course, rest, dict(saved.seconds), *arrays]


def words_of(vocabulary: object) -> list[object]:
    words, counts = vocabulary.words, vocabulary.counts  # type: ignore[attr-defined]
    return [words, counts.tolist(), vocabulary.has_counts]  # type: ignore[attr-defined]


def dict_of(card: Card | None) -> object:
    return None if card is None else (type(card), card.as_dict())
