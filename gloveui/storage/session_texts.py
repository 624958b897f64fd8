"""The text of a session: where it is with its hash, or a copy of it inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard

from gloveui.core.errors import GloveError
from gloveui.core.progress import Progress, Task
from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.core.tokens import TokenStream
from gloveui.storage.session_errors import SessionDamaged, SessionNote, TextChanged, TextGone, TextNotInside
from gloveui.storage.session_manifest import OBJECT_NAME, OBJECTS, Manifest
from gloveui.storage.session_objects import ChangedMeanwhile, ObjectReader, ObjectWriter
from gloveui.storage.session_values import SavedSession
from gloveui.storage.text_references import text_from_json, text_to_json

ENDING = ".txt"


def put_text(
    saved: SavedSession, earlier: Manifest | None, objects: ObjectWriter
) -> Task[tuple[dict[str, Any] | None, tuple[SessionNote, ...]]]:
    """What the manifest says of the text, a copy of it put among the objects where that is wanted.

    A copy that cannot be made is told, and the text kept by reference: the words are inside anyhow.
    """
    text = saved.text
    if text is None:
        return None, ()
    if isinstance(text, PastedText):
        pieces = [text.content.encode(errors="surrogatepass")]
        name = yield from objects.put(None, lambda: pieces, ENDING)
        return {"kind": "pasted", "object": name, "name": text.name}, ()
    read = None if saved.tokens is None else saved.tokens.summary.sha256
    if not saved.text_content_inside and not _lies_in_a_session(text):
        return _reference(text, read), ()
    kept = yield from _kept(earlier, read, objects)
    if kept is not None:
        return kept, ()
    try:
        name = yield from _put_copy(text, saved.tokens, objects)
    except (GloveError, ChangedMeanwhile):
        return _reference(text, read), (TextNotInside(name=text.name),)
    return {"kind": "inside", "object": name, "name": text.name, "sha256": read}, ()


def take_text(
    values: Mapping[str, Any] | None, objects: ObjectReader, leaves_out: bool = False
) -> Task[tuple[TextSource | None, tuple[SessionNote, ...]]]:
    """The text that the manifest tells of; one that is elsewhere is read to see whether it is the same.

    A copy inside that is damaged is raised, or a text that has gone where that is left out.
    """
    if values is None:
        return None, ()
    if values["kind"] == "reference":
        text = text_from_json(values["text"])
        return text, (yield from _compared(text, values["sha256"]))
    try:
        path = yield from objects.checked(values["object"])
    except SessionDamaged:
        if not leaves_out:
            raise
        name = str(values["name"])
        return FileText(objects.path(values["object"]), "utf-8", name), (TextGone(name=name),)
    if values["kind"] == "pasted":
        content = path.read_bytes().decode("utf-8", "surrogatepass")
        return PastedText(content, str(values["name"])), ()
    return FileText(path, "utf-8", str(values["name"])), ()


def _reference(text: TextSource, sha256: str | None) -> dict[str, Any]:
    return {"kind": "reference", "text": text_to_json(text), "sha256": sha256}


def _lies_in_a_session(text: TextSource) -> TypeGuard[FileText]:
    """Whether a text is the copy inside a session, which goes away when that is saved without it."""
    if not isinstance(text, FileText):
        return False
    return text.path.parent.name == OBJECTS and OBJECT_NAME.fullmatch(text.path.name) is not None


def _kept(earlier: Manifest | None, read: str | None, objects: ObjectWriter) -> Task[dict[str, Any] | None]:
    """What the manifest before says, if its copy is that of the text as it was read."""
    before = None if earlier is None else earlier.values["text"]
    if earlier is None or before is None or before["kind"] != "inside" or read is None:
        return None
    name = before["object"]
    is_same = read in (before["sha256"], Path(name).stem)
    is_there = is_same and (yield from objects.keep(name, earlier.objects[name]))
    return dict(before) if is_there else None


def _put_copy(text: TextSource, tokens: TokenStream | None, objects: ObjectWriter) -> Task[str]:
    """Put all characters of a text among the objects; it must be the text that was read."""
    found = yield from _hash_of(text)
    is_copy = _lies_in_a_session(text) and found == text.path.stem
    if tokens is not None and found != tokens.summary.sha256 and not is_copy:
        raise ChangedMeanwhile
    return (yield from objects.put(None, partial(_characters, text), ENDING))


def _characters(text: TextSource) -> Iterator[bytes]:
    for piece in text.pieces():
        yield piece.data


def _compared(text: TextSource, sha256: str | None) -> Task[tuple[SessionNote, ...]]:
    if sha256 is None:  # it was saved before it had been read
        return ()
    try:
        is_same = (yield from _hash_of(text)) == sha256
    except GloveError:
        return (TextGone(name=text.name),)
    return () if is_same else (TextChanged(name=text.name),)


def _hash_of(text: TextSource) -> Task[str]:
    """The hash of the text's bytes as they are now."""
    pieces = text.pieces()
    while True:
        try:
            yield Progress("reading", next(pieces).fraction)
        except StopIteration as stop:
            sha256: str = stop.value.sha256
            return sha256
