"""Reads a session as it was saved; where files are damaged, the state before, or what is whole."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from gloveui.core.errors import GloveError
from gloveui.core.progress import Progress, Task
from gloveui.core.text import printable
from gloveui.core.tokens import TokenOptions, TokenStream
from gloveui.storage.checkpoint_files import stored_checkpoint
from gloveui.storage.session_errors import (
    EarlierStateOpened,
    ModelLost,
    NotASession,
    SessionDamaged,
    SessionError,
    SessionNote,
    TrainingLost,
    WordsLost,
)
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

T = TypeVar("T")


def read_session(folder: Path) -> Task[SavedSession]:
    """Read what `write_session` wrote; every byte is checked before it is used.

    Where a file is damaged, the state before is read, or else the newest without the models, the training
    or the words that are damaged; that, and a text that has changed or gone, stands in the `warnings`. What
    questions to vectors need is not prepared.

    Raises
    ------
    NotASession
        If there is none.
    SessionNewer
        If a newer version saved it.
    SessionDamaged
        If that does not help either; the file it names is one of the newest state.
    """
    yield Progress("reading", 0.0)
    folder = folder.absolute()
    try:
        return (yield from _read_state(folder, MANIFEST))
    except (SessionDamaged, NotASession) as error:
        damage = error
    for reading in (_read_earlier(folder, damage), _read_state(folder, MANIFEST, leaves_out=True)):
        with suppress(SessionError):
            return (yield from reading)
    raise damage


def _read_earlier(folder: Path, damage: SessionDamaged | NotASession) -> Task[SavedSession]:
    """The state before, with a note that it is."""
    earlier = yield from _read_state(folder, EARLIER_MANIFEST)
    saved = _local_time(read_manifest(folder, EARLIER_MANIFEST).saved)
    note = EarlierStateOpened(path=printable(folder), place=damage.fields.get("place", MANIFEST), saved=saved)
    return replace(earlier, warnings=(note, *earlier.warnings))


def _local_time(moment: str) -> str:
    """A moment of a manifest by the clock on the wall."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return moment


def _read_state(folder: Path, name: str, leaves_out: bool = False) -> Task[SavedSession]:
    """The state that a manifest tells of; whatever does not fit in it is damage, or left out."""
    manifest = read_manifest(folder, name)
    try:
        return (yield from _read_parts(folder, manifest, leaves_out))
    except SessionError:
        raise
    except (GloveError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise damaged(folder, name, "values of a session", error) from error


def _read_parts(folder: Path, manifest: Manifest, leaves_out: bool) -> Task[SavedSession]:
    values, shared = manifest.values, SharedWords()
    objects = ObjectReader(folder, manifest.objects)
    lost: list[SessionNote] = []
    told = lost if leaves_out else None
    shown = printable(folder)
    tokens = checkpoint = None
    if values["tokens"] is not None:
        words = _read_tokens(values["tokens"], objects, shared)
        tokens = yield from _unless_damaged(words, told, WordsLost(path=shown))
    models = []
    for model in values["models"]:
        reading = _read_model(model, objects, shared, folder / MANIFEST)
        models.append((yield from _unless_damaged(reading, told, ModelLost(path=shown, name=model["name"]))))
    if values["checkpoint"] is not None:
        training = _read_checkpoint(values["checkpoint"], objects)
        checkpoint = yield from _unless_damaged(training, told, TrainingLost(path=shown))
    text, notes = yield from take_text(values["text"], objects, leaves_out)
    return SavedSession(
        text=text,
        tokens=tokens,
        models=tuple(model for model in models if model is not None),
        checkpoint=checkpoint,
        warnings=(*lost, *notes),
        **settings_from_json(values),
    )


def _unless_damaged(reading: Task[T], lost: list[SessionNote] | None, note: SessionNote) -> Task[T | None]:
    """What is read; None with a note among the `lost` if it is damaged, unless that is to be raised."""
    try:
        return (yield from reading)
    except SessionDamaged:
        if lost is None:
            raise
        lost.append(note)
        return None


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
