"""Where a model comes from, whatever made it: GloVe, another method, or a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TypeAlias

from gloveui.core.baseline_settings import GLOVE, BaselineSettings
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.run_card import RunCard, versions
from gloveui.core.text import TextSummary
from gloveui.core.tokens import TokenOptions


@dataclass(frozen=True)
class BaselineCard:
    """The text and the settings of a model that another method than GloVe made.

    Attributes
    ----------
    text, token_options, count_options, sizes, seconds, versions
        As in `RunCard`.
    settings
        Of the method; its class says which.
    losses
        Of Word2Vec, after each epoch, as `LossSample` measures it.
    """

    text: TextSummary
    token_options: TokenOptions
    count_options: CountOptions
    settings: BaselineSettings
    sizes: Mapping[str, int]
    seconds: Mapping[str, float]
    versions: Mapping[str, str] = field(default_factory=lambda: versions())
    losses: tuple[float, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The card as plain values for JSON."""
        return {"method": self.settings.method, **asdict(self)}


@dataclass(frozen=True)
class FileCard:
    """The file that vectors were read from.

    Attributes
    ----------
    path, sha256, format
        Which file, and what it is: ``"GloVe text"``, ``"word2vec binary"`` …
    rows, dimension
        Of the vectors as they were read.
    options
        How the file was read, where not as it stands: ``first`` rows, the ``table`` of several …
    versions
        As in `RunCard`.
    """

    path: str
    sha256: str
    format: str
    rows: int
    dimension: int
    options: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=lambda: versions())

    def as_dict(self) -> dict[str, object]:
        """The card as plain values for JSON."""
        return {"method": "file", **asdict(self)}


Card: TypeAlias = RunCard | BaselineCard | FileCard

FILE = "file"  # in the place of a method


def method_of(card: Card) -> str:
    """What made the vectors: one of `METHODS`, or ``"file"``."""
    if isinstance(card, BaselineCard):
        return card.settings.method
    return FILE if isinstance(card, FileCard) else GLOVE
