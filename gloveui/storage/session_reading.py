"""Reads a session as it was saved, or the state before where a file of it is damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from gloveui.core.errors import GloveError
from gloveui.core.progress import Progress, Task
from gloveui.core.text import printable
from gloveui.core.tokens import TokenOptions, TokenStream
from gloveui.storage.checkpoint_files import stored_checkpoint
from gloveui.storage.session_errors import EarlierStateOpened, NotASession, SessionDamaged, SessionError
from gloveui.storage.session_json import (
    checkpoint_from_json,
    model_from_json,
    settings_from_json,
    summary_from_json,
)
from gloveui.storage.session_manifest import EARLIER_MANIFEST, MANIFEST, Manifest, damaged, read_manifest
from gloveui.storage.session_objects import ObjectReader
from gloveui.storage.session_tensors import SharedWords, read_embedding, read_tokens
from gloveui.storage.session_texts import take_text
from gloveui.storage.session_values import SavedCheckpoint, SavedModel, SavedSession


def read_session(folder: Path) -> Task[SavedSession]:
    """Read what `write_session` wrote; every byte is checked before it is used.

    Where a file is damaged, the state before is read; that, and a text that has changed or gone, stands in
    the `warnings`. What questions to vectors need is not prepared.

    Raises
    ------
    NotASession
        If there is none.
    SessionNewer
        If a newer version saved it.
    SessionDamaged
        If neither state is whole; the file it names is one of the newest state.
    """
    yield Progress("reading", 0.0)
    folder = folder.absolute()
    try:
        return (yield from _read_state(folder, MANIFEST))
    except (SessionDamaged, NotASession) as damage:
        return (yield from _read_earlier(folder, damage))


def _read_earlier(folder: Path, damage: SessionDamaged | NotASession) -> Task[SavedSession]:
    """The state before; where that is not whole either, the damage of the newest is raised."""
    try:
        earlier = yield from _read_state(folder, EARLIER_MANIFEST)
        saved = read_manifest(folder, EARLIER_MANIFEST).saved
    except SessionError:
        raise damage from None
    note = EarlierStateOpened(path=printable(folder), place=damage.fields.get("place", MANIFEST), saved=saved)
    return replace(earlier, warnings=(note, *earlier.warnings))


def _read_state(folder: Path, name: str) -> Task[SavedSession]:
    """The state that a manifest tells of; whatever does not fit in it is damage."""
    manifest = read_manifest(folder, name)
    try:
        return (yield from _read_parts(folder, manifest))
    except SessionError:
        raise
    except (GloveError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise damaged(folder, name, "values of a session", error) from error


def _read_parts(folder: Path, manifest: Manifest) -> Task[SavedSession]:
    values, shared = manifest.values, SharedWords()
    objects = ObjectReader(folder, manifest.objects)
    tokens = None
    if values["tokens"] is not None:
        tokens = yield from _read_tokens(values["tokens"], objects, shared)
    models = []
    for model in values["models"]:
        models.append((yield from _read_model(model, objects, shared, folder / MANIFEST)))
    checkpoint = None
    if values["checkpoint"] is not None:
        checkpoint = yield from _read_checkpoint(values["checkpoint"], objects)
    text, notes = yield from take_text(values["text"], objects)
    return SavedSession(
        text=text,
        tokens=tokens,
        models=tuple(models),
        checkpoint=checkpoint,
        warnings=notes,
        **settings_from_json(values),
    )


def _read_tokens(values: dict[str, Any], objects: ObjectReader, shared: SharedWords) -> Task[TokenStream]:
    path = yield from objects.checked(values["object"])
    summary, options = summary_from_json(values["summary"]), TokenOptions(**values["options"])
    tokens = read_tokens(path, shared, summary, options, int(values["cut_tokens"]))
    objects.remember(values["object"], tokens)
    return tokens


def _read_model(
    values: dict[str, Any], objects: ObjectReader, shared: SharedWords, manifest: Path
) -> Task[SavedModel]:
    path = yield from objects.checked(values["object"])
    embedding = read_embedding(path, shared)
    objects.remember(values["object"], embedding)
    return model_from_json(values, embedding, manifest)


def _read_checkpoint(values: dict[str, Any], objects: ObjectReader) -> Task[SavedCheckpoint]:
    path = yield from objects.checked(values["object"])
    checkpoint = stored_checkpoint(path)
    objects.remember(values["object"], checkpoint)
    return checkpoint_from_json(values, checkpoint)
