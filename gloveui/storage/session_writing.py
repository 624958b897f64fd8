"""Writes a session: what is there already is not written again, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from gloveui.core.errors import WriteFailed
from gloveui.core.progress import Progress, Task
from gloveui.core.text import printable
from gloveui.core.tokens import TokenStream
from gloveui.storage.atomic import atomic_file, atomic_text_file, made_folder, sweep_unfinished
from gloveui.storage.checkpoint_files import checkpoint_tensors
from gloveui.storage.session_errors import NotASession, SessionDamaged, SessionNewer, SessionNote
from gloveui.storage.session_json import checkpoint_to_json, model_to_json, settings_to_json
from gloveui.storage.session_manifest import (
    EARLIER_MANIFEST,
    MANIFEST,
    OBJECT_NAME,
    OBJECTS,
    Manifest,
    manifest_now,
    read_manifest,
)
from gloveui.storage.session_objects import ObjectWriter
from gloveui.storage.session_tensors import embedding_tensors, token_tensors
from gloveui.storage.session_texts import put_text
from gloveui.storage.session_values import SavedCheckpoint, SavedModel, SavedSession
from gloveui.storage.tensor_files import tensor_pieces

NO_TEXTS: Mapping[str, str] = {}


def write_session(folder: Path, saved: SavedSession) -> Task[tuple[SessionNote, ...]]:
    """Save a session in a folder, which is made if need be; what was odd is returned.

    An embedding, a text or a checkpoint that the folder has is not written again, and nothing is where
    nothing changed. Closed before its end, or failed, it leaves the state that was there.

    Raises
    ------
    WriteFailed
        If a file cannot be written; the path it names is the session's.
    SessionNewer
        If the folder has a session of a newer version, which is not written over.
    """
    yield Progress("saving", 0.0)
    folder = folder.absolute()
    is_new = not folder.exists()
    try:
        made_folder(folder / OBJECTS)
        earlier = _whole_manifest(folder)
        objects = ObjectWriter(folder, _size(saved))
        values, notes = yield from _put(saved, earlier, objects)
        _replace_manifest(folder, earlier, manifest_now(objects.sizes, values))
    except WriteFailed as error:
        raise WriteFailed(path=printable(folder), reason=error.fields["reason"]) from error
    finally:
        _sweep(folder)
        if is_new:
            _remove_empty(folder)
    yield Progress("saving", 1.0)
    return notes


def _whole_manifest(folder: Path) -> Manifest | None:
    """The manifest that is there, None if there is none or a damaged one."""
    try:
        return read_manifest(folder)
    except (NotASession, SessionDamaged):
        return None


def _size(saved: SavedSession) -> int:
    """About how many bytes the objects of a session take."""
    size = 0 if saved.tokens is None else saved.tokens.ids.nbytes
    for model in saved.models:
        tables = 1 if model.embedding.parameters is None else 3
        size += tables * model.embedding.vectors.nbytes
    if saved.checkpoint is not None:
        size += sum(array.nbytes for array in vars(saved.checkpoint.checkpoint.state).values())
    return size


def _put(
    saved: SavedSession, earlier: Manifest | None, objects: ObjectWriter
) -> Task[tuple[dict[str, Any], tuple[SessionNote, ...]]]:
    """Put everything large among the objects; what remains is for the manifest."""
    text, notes = yield from put_text(saved, earlier, objects)
    tokens = None if saved.tokens is None else (yield from _put_tokens(saved.tokens, objects))
    models = []
    for model in saved.models:
        models.append((yield from _put_model(model, objects)))
    checkpoint = None if saved.checkpoint is None else (yield from _put_checkpoint(saved.checkpoint, objects))
    large = {"text": text, "tokens": tokens, "models": models, "checkpoint": checkpoint}
    return settings_to_json(saved) | large, notes


def _put_tokens(tokens: TokenStream, objects: ObjectWriter) -> Task[dict[str, Any]]:
    name = yield from objects.put(tokens, lambda: tensor_pieces(token_tensors(tokens), NO_TEXTS))
    return {
        "object": name,
        "summary": asdict(tokens.summary),
        "options": asdict(tokens.options),
        "cut_tokens": tokens.cut_tokens,
    }


def _put_model(model: SavedModel, objects: ObjectWriter) -> Task[dict[str, Any]]:
    embedding = model.embedding
    name = yield from objects.put(embedding, lambda: tensor_pieces(embedding_tensors(embedding), NO_TEXTS))
    return model_to_json(model, name)


def _put_checkpoint(saved: SavedCheckpoint, objects: ObjectWriter) -> Task[dict[str, Any]]:
    tensors = partial(checkpoint_tensors, saved.checkpoint, saved.config, saved.counts)
    name = yield from objects.put(saved.checkpoint, lambda: tensor_pieces(*tensors()))
    return checkpoint_to_json(saved, name)


def _replace_manifest(folder: Path, earlier: Manifest | None, manifest: Manifest) -> None:
    """Write the manifest, unless nothing changed; the one before stays if all that it names is there."""
    if earlier is not None and earlier.sha256 == manifest.sha256:
        return
    if earlier is not None and _has_all(folder, earlier):
        content = (folder / MANIFEST).read_bytes()
        with atomic_file(folder / EARLIER_MANIFEST) as stream:
            stream.write(content)
    with atomic_text_file(folder / MANIFEST) as text:
        text.write(manifest.as_json())


def _has_all(folder: Path, manifest: Manifest) -> bool:
    try:
        sizes = {name: (folder / OBJECTS / name).stat().st_size for name in manifest.objects}
    except OSError:
        return False
    return sizes == manifest.objects


def _remove_empty(folder: Path) -> None:
    """Remove a folder in which no save came to its end."""
    for path in (folder / OBJECTS, folder):
        with suppress(OSError):
            path.rmdir()


def _sweep(folder: Path) -> None:
    """Remove objects that neither manifest names, and what ended saves have left; what cannot go stays."""
    sweep_unfinished(folder)
    sweep_unfinished(folder / OBJECTS)
    named: set[str] = set()
    for name in (MANIFEST, EARLIER_MANIFEST):
        try:
            named |= read_manifest(folder, name).objects.keys()
        except NotASession:
            continue
        except (SessionDamaged, SessionNewer):  # nobody knows now which it names
            return
    with suppress(OSError):
        for path in (folder / OBJECTS).iterdir():
            if OBJECT_NAME.fullmatch(path.name) and path.name not in named:
                path.unlink()
