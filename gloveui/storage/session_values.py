"""A session as a value: what is kept of a window's work, whole, so that it can go on another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.embedding import Embedding
from gloveui.core.errors import GloveError
from gloveui.core.glove import GloveConfig
from gloveui.core.model_cards import Card
from gloveui.core.text import TextSource
from gloveui.core.tokens import TokenOptions, TokenStream
from gloveui.core.training import Checkpoint
from gloveui.core.warm_start import Origin


@dataclass(frozen=True, eq=False)
class SavedModel:
    """A model of a session: its number and name there, its vectors, and where they come from."""

    number: int
    name: str
    embedding: Embedding
    card: Card | None = None


@dataclass(frozen=True, eq=False)
class SavedCheckpoint:
    """A training that was under way; see `session_training` for making one and going on from it.

    Attributes
    ----------
    checkpoint
        Everything that had changed, between two steps of the kernel.
    config, count_options
        The settings of the training, and those of its counts, which are counted again.
    counts
        Fingerprint of these counts: going on is exact only with the same ones.
    number
        Of the model that the training makes.
    planned
        Epochs after which it was to end.
    start
        Where its first values came from; None for small random ones.
    seconds
        Time spent so far by stage, as in `RunCard`.
    """

    checkpoint: Checkpoint
    config: GloveConfig
    count_options: CountOptions
    counts: str
    number: int
    planned: int
    start: Origin | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether it came to its end; it can go on with more epochs all the same."""
        return len(self.checkpoint.losses) >= self.planned


@dataclass(frozen=True, eq=False)
class SavedSession:
    """Everything of a session that is kept; counts are not: they are counted again in seconds.

    Attributes
    ----------
    text
        What the words came from; None before a text is open.
    text_content_inside
        Whether the session holds a copy of the text; else only where it is, and its hash. Text that was typed
        or pasted is always inside.
    token_options, count_options, config
        Settings, as they are shown; results may have been made with others.
    settings
        Of the other methods, by method, as plain values for JSON.
    tokens
        The text as ids; None if it has not been read.
    models
        Oldest first.
    active
        Number of the model that is shown; None for none.
    focus_word, pinned, listed
        The word in focus, those that are watched, and the list made last as plain values.
    epoch_losses
        Mean loss of each epoch of the last training.
    notes
        What a person wrote down.
    layout
        Where the parts of the window are; means something to the window only.
    checkpoint
        The training that was under way, if one was.
    warnings
        What was odd when this was read from a folder: errors that are told and not raised.
    """

    text: TextSource | None = None
    text_content_inside: bool = False
    token_options: TokenOptions = field(default_factory=TokenOptions)
    count_options: CountOptions = field(default_factory=CountOptions)
    config: GloveConfig = field(default_factory=GloveConfig)
    settings: Mapping[str, object] = field(default_factory=dict)
    tokens: TokenStream | None = None
    models: tuple[SavedModel, ...] = ()
    active: int | None = None
    focus_word: str = ""
    pinned: tuple[str, ...] = ()
    listed: Mapping[str, object] | None = None
    epoch_losses: tuple[float, ...] = ()
    notes: str = ""
    layout: bytes = b""
    checkpoint: SavedCheckpoint | None = None
    warnings: tuple[GloveError, ...] = ()
