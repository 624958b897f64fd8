"""Run cards as JSON, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import FileUnreadable, GloveError
from gloveui.core.glove import GloveConfig
from gloveui.core.run_card import RunCard
from gloveui.core.text import TextSummary, printable
from gloveui.core.tokens import TokenOptions
from gloveui.core.warm_start import Origin
from gloveui.storage.atomic import atomic_text_file


class RunCardError(GloveError):
    """A file that should be a run card and is not."""

    template = "{path}: expected a run card, found {received}"
    advice = "Choose the run.json that was written with the vectors."


def write_run_card(card: RunCard, path: Path) -> None:
    """Write a card as indented JSON; the file that was there is replaced whole or not at all."""
    with atomic_text_file(path) as stream:
        stream.write(run_card_to_json(card, indent=2) + "\n")


def read_run_card(path: Path) -> RunCard:
    """The card in a file.

    Raises
    ------
    RunCardError
        If the file is something else.
    FileUnreadable
        If it cannot be read at all.
    """
    try:
        return run_card_from_json(path.read_text(encoding="utf-8"), path)
    except UnicodeDecodeError as error:
        raise RunCardError(path=printable(path), received="no text") from error
    except OSError as error:
        raise FileUnreadable(path=printable(path), reason=error.strerror) from error


def run_card_to_json(card: RunCard, indent: int | None = None) -> str:
    """The card as JSON text."""
    return json.dumps(card.as_dict(), indent=indent, ensure_ascii=False, allow_nan=False)


def run_card_from_json(text: str, path: Path) -> RunCard:
    """The card in a JSON text that was found in the file `path`; raises `RunCardError`."""
    try:
        return _card(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise RunCardError(path=printable(path), received=f"something else ({error})") from error


def _card(values: dict[str, Any]) -> RunCard:
    """The card with these values; older ones do not have them all."""
    start = values.get("start")
    return RunCard(
        text=TextSummary(**values["text"]),
        token_options=TokenOptions(**values["token_options"]),
        count_options=CountOptions(**values["count_options"]),
        config=GloveConfig(**values["config"]),
        sizes={name: int(size) for name, size in values["sizes"].items()},
        losses=tuple(float(loss) for loss in values["losses"]),
        seconds={stage: float(seconds) for stage, seconds in values["seconds"].items()},
        versions={name: str(version) for name, version in values["versions"].items()},
        device=str(values.get("device", "")),
        threads=int(values.get("threads", 0)),
        start=None if start is None else Origin(**start),
        ended_early=bool(values.get("ended_early", False)),
    )
