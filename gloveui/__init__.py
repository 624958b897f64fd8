"""Explore word embeddings from text to answer; the public names, loaded when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gloveui.api import count, load_vectors, read_text, save_vectors, train
    from gloveui.baseline_runs import train_baseline
    from gloveui.compatible import Corpus, Glove
    from gloveui.core.comparison import compare
    from gloveui.core.concordance import sentences
    from gloveui.core.cooccurrence import CooccurrenceMatrix
    from gloveui.core.count_table import cooccurrence_table
    from gloveui.core.embedding import Embedding
    from gloveui.core.embedding_layer import embedding_layer
    from gloveui.core.fit import model_fit
    from gloveui.core.probability import probability_table
    from gloveui.core.projection import project
    from gloveui.core.queries import against, analogy, neighbours, odd_one_out, rank, similarity
    from gloveui.core.replay import replay
    from gloveui.core.snapshots import epoch_snapshots
    from gloveui.core.stability import stability
    from gloveui.core.text import PastedText
    from gloveui.evaluating import evaluate
    from gloveui.storage.session_code import session_code
    from gloveui.storage.session_folder import load_session, save_session
    from gloveui.storage.session_values import SavedModel, SavedSession
    from gloveui.storage.stop_words import stop_words
    from gloveui.storage.text_opening import open_text

__version__ = "0.1.0"

__all__ = [
    "CooccurrenceMatrix",
    "Corpus",
    "Embedding",
    "Glove",
    "PastedText",
    "SavedModel",
    "SavedSession",
    "against",
    "analogy",
    "compare",
    "cooccurrence_table",
    "count",
    "embedding_layer",
    "epoch_snapshots",
    "evaluate",
    "load_session",
    "load_vectors",
    "model_fit",
    "neighbours",
    "odd_one_out",
    "open_text",
    "probability_table",
    "project",
    "rank",
    "read_text",
    "replay",
    "save_session",
    "save_vectors",
    "sentences",
    "session_code",
    "similarity",
    "stability",
    "stop_words",
    "train",
    "train_baseline",
]

_HOMES = {
    "CooccurrenceMatrix": "gloveui.core.cooccurrence",
    "Corpus": "gloveui.compatible",
    "Embedding": "gloveui.core.embedding",
    "Glove": "gloveui.compatible",
    "PastedText": "gloveui.core.text",
    "SavedModel": "gloveui.storage.session_values",
    "SavedSession": "gloveui.storage.session_values",
    "against": "gloveui.core.queries",
    "analogy": "gloveui.core.queries",
    "compare": "gloveui.core.comparison",
    "cooccurrence_table": "gloveui.core.count_table",
    "count": "gloveui.api",
    "embedding_layer": "gloveui.core.embedding_layer",
    "evaluate": "gloveui.evaluating",
    "epoch_snapshots": "gloveui.core.snapshots",
    "load_session": "gloveui.storage.session_folder",
    "load_vectors": "gloveui.api",
    "model_fit": "gloveui.core.fit",
    "neighbours": "gloveui.core.queries",
    "odd_one_out": "gloveui.core.queries",
    "open_text": "gloveui.storage.text_opening",
    "probability_table": "gloveui.core.probability",
    "project": "gloveui.core.projection",
    "rank": "gloveui.core.queries",
    "read_text": "gloveui.api",
    "replay": "gloveui.core.replay",
    "save_session": "gloveui.storage.session_folder",
    "save_vectors": "gloveui.api",
    "sentences": "gloveui.core.concordance",
    "session_code": "gloveui.storage.session_code",
    "similarity": "gloveui.core.queries",
    "stop_words": "gloveui.storage.stop_words",
    "stability": "gloveui.core.stability",
    "train": "gloveui.api",
    "train_baseline": "gloveui.baseline_runs",
}


def __getattr__(name: str) -> object:
    """Import a public name from where it lives when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})
