"""The small values of a session as plain ones for JSON, and back."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.text import TextSummary
from gloveui.core.text_notes import TextNote
from gloveui.core.tokens import TokenOptions
from gloveui.core.training import Checkpoint
from gloveui.core.warm_start import Origin
from gloveui.storage.run_card_files import card_from_json, card_to_json
from gloveui.storage.session_values import SavedCheckpoint, SavedModel, SavedSession


def settings_to_json(saved: SavedSession) -> dict[str, Any]:
    """What no object is needed for: settings, words, losses, notes, layout."""
    return {
        "text_content_inside": saved.text_content_inside,
        "token_options": asdict(saved.token_options),
        "count_options": asdict(saved.count_options),
        "config": asdict(saved.config),
        "settings": dict(saved.settings),
        "active": saved.active,
        "focus_word": saved.focus_word,
        "pinned": list(saved.pinned),
        "listed": None if saved.listed is None else dict(saved.listed),
        "epoch_losses": list(saved.epoch_losses),
        "notes": saved.notes,
        "layout": b64encode(saved.layout).decode(),
    }


def settings_from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments of `SavedSession` from what `settings_to_json` made."""
    return {
        "text_content_inside": bool(values["text_content_inside"]),
        "token_options": TokenOptions(**values["token_options"]),
        "count_options": CountOptions(**values["count_options"]),
        "config": GloveConfig(**values["config"]),
        "settings": dict(values["settings"]),
        "active": None if values["active"] is None else int(values["active"]),
        "focus_word": str(values["focus_word"]),
        "pinned": tuple(map(str, values["pinned"])),
        "listed": None if values["listed"] is None else dict(values["listed"]),
        "epoch_losses": tuple(map(float, values["epoch_losses"])),
        "notes": str(values["notes"]),
        "layout": b64decode(values["layout"], validate=True),
    }


def model_to_json(model: SavedModel, name: str) -> dict[str, Any]:
    """A model whose vectors are in the object `name`."""
    card = None if model.card is None else json.loads(card_to_json(model.card))
    return {"number": model.number, "name": model.name, "object": name, "card": card}


def model_from_json(values: Mapping[str, Any], embedding: Any, manifest: Path) -> SavedModel:
    """The model with these vectors."""
    found = values["card"]
    card = None if found is None else card_from_json(json.dumps(found), manifest)
    return SavedModel(int(values["number"]), str(values["name"]), embedding, card)


def checkpoint_to_json(saved: SavedCheckpoint, name: str) -> dict[str, Any]:
    """A training whose arrays are in the object `name`."""
    return {
        "object": name,
        "config": asdict(saved.config),
        "count_options": asdict(saved.count_options),
        "counts": saved.counts,
        "number": saved.number,
        "planned": saved.planned,
        "start": None if saved.start is None else asdict(saved.start),
        "seconds": dict(saved.seconds),
    }


def checkpoint_from_json(values: Mapping[str, Any], checkpoint: Checkpoint) -> SavedCheckpoint:
    """The training with these arrays."""
    return SavedCheckpoint(
        checkpoint,
        GloveConfig(**values["config"]),
        CountOptions(**values["count_options"]),
        str(values["counts"]),
        int(values["number"]),
        int(values["planned"]),
        None if values["start"] is None else Origin(**values["start"]),
        {stage: float(seconds) for stage, seconds in values["seconds"].items()},
    )


def summary_from_json(values: Mapping[str, Any]) -> TextSummary:
    """What was met while a text was read, from ``asdict`` of it."""
    notes = tuple(TextNote(**note) for note in values["notes"])
    return TextSummary(**{**values, "notes": notes})
