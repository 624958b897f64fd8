"""Cards of models as JSON, and back: of GloVe, of another method, of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gloveui.core.baseline_settings import GLOVE, SETTINGS_OF, BaselineSettings
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import FileUnreadable, GloveError
from gloveui.core.glove import GloveConfig
from gloveui.core.model_cards import FILE, BaselineCard, Card, FileCard
from gloveui.core.run_card import RunCard
from gloveui.core.text import TextSummary, printable
from gloveui.core.text_notes import TextNote
from gloveui.core.tokens import TokenOptions
from gloveui.core.warm_start import Origin
from gloveui.storage.atomic import atomic_text_file


class RunCardError(GloveError):
    """A file that should be a run card and is not."""

    template = "{path}: expected a run card, found {received}"
    advice = "Choose the run.json that was written with the vectors."


def write_run_card(card: Card, path: Path) -> None:
    """Write a card as indented JSON; the file that was there is replaced whole or not at all."""
    with atomic_text_file(path) as stream:
        stream.write(card_to_json(card, indent=2) + "\n")


def read_run_card(path: Path) -> Card:
    """The card in a file.

    Raises
    ------
    RunCardError
        If the file is something else.
    FileUnreadable
        If it cannot be read at all.
    """
    try:
        return card_from_json(path.read_text(encoding="utf-8"), path)
    except UnicodeDecodeError as error:
        raise RunCardError(path=printable(path), received="no text") from error
    except OSError as error:
        raise FileUnreadable(path=printable(path), reason=error.strerror) from error


def card_to_json(card: Card, indent: int | None = None) -> str:
    """The card as JSON text; ``method`` says what made the vectors."""
    values = {"method": GLOVE, **card.as_dict()}
    return json.dumps(values, indent=indent, ensure_ascii=False, allow_nan=False)


def card_from_json(text: str, path: Path) -> Card:
    """The card in a JSON text that was found in the file `path`; raises `RunCardError`."""
    try:
        return _card(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise RunCardError(path=printable(path), received=f"something else ({error})") from error


def _card(values: dict[str, Any]) -> Card:
    """The card with these values; without a method it is an older one of GloVe."""
    method = values.get("method", GLOVE)
    if method == FILE:
        return _file_card(values)
    if method == GLOVE:
        return _run_card(values)
    return _baseline_card(values, SETTINGS_OF[method](**values["settings"]))


def _run_card(values: dict[str, Any]) -> RunCard:
    """The card of a training by GloVe; older ones do not have all values."""
    start = values.get("start")
    return RunCard(
        **_reading(values),
        config=GloveConfig(**values["config"]),
        losses=tuple(float(loss) for loss in values["losses"]),
        device=str(values.get("device", "")),
        threads=int(values.get("threads", 0)),
        start=None if start is None else Origin(**start),
        ended_early=bool(values.get("ended_early", False)),
    )


def _baseline_card(values: dict[str, Any], settings: BaselineSettings) -> BaselineCard:
    losses = tuple(float(loss) for loss in values.get("losses", ()))
    return BaselineCard(**_reading(values), settings=settings, losses=losses)


def _file_card(values: dict[str, Any]) -> FileCard:
    texts = {name: str(values[name]) for name in ("path", "sha256", "format")}
    return FileCard(
        **texts,
        rows=int(values["rows"]),
        dimension=int(values["dimension"]),
        options=dict(values["options"]),
        versions=_versions(values),
    )


def _reading(values: dict[str, Any]) -> dict[str, Any]:
    """What the cards of all methods say of the text, the words and the counts."""
    return {
        "text": _summary(values["text"]),
        "token_options": TokenOptions(**values["token_options"]),
        "count_options": CountOptions(**values["count_options"]),
        "sizes": {name: int(size) for name, size in values["sizes"].items()},
        "seconds": {stage: float(seconds) for stage, seconds in values["seconds"].items()},
        "versions": _versions(values),
    }


def _summary(values: dict[str, Any]) -> TextSummary:
    """What was read; in JSON its notes are plain, and older cards have none."""
    notes = tuple(TextNote(**note) for note in values.get("notes", ()))
    return TextSummary(**{**values, "notes": notes})


def _versions(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(version) for name, version in values["versions"].items()}
