"""The large parts of a session as files that are called by their hash: what is there is not written again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias
from weakref import WeakKeyDictionary

from gloveui.core.progress import Progress, Task
from gloveui.storage.atomic import atomic_file
from gloveui.storage.session_manifest import OBJECTS, damaged

Piece: TypeAlias = bytes | memoryview
HASHED_AT_ONCE = 16 << 20
SHOWN_DIGITS = 12  # of an object's name, in what is told of it

# A frozen value never changes, so it is hashed once; what this process wrote or checked is not read again.
_names: WeakKeyDictionary[object, tuple[str, int]] = WeakKeyDictionary()
_whole: set[Path] = set()


class ObjectWriter:
    """Puts objects into the folder of a session, and knows which a manifest has to name.

    Parameters
    ----------
    folder
        That of the session.
    expected_bytes
        About how much there is to put, for the fraction in the progress.
    """

    def __init__(self, folder: Path, expected_bytes: int) -> None:
        self._folder = folder / OBJECTS
        self._expected = max(1, expected_bytes)
        self.sizes: dict[str, int] = {}

    def put(
        self, value: object | None, pieces: Callable[[], Iterable[Piece]], ending: str = ".safetensors"
    ) -> Task[str]:
        """Write a value, unless it is there, and return the name of its object.

        Parameters
        ----------
        value
            Something that never changes, to be known again by its identity; None for what has none.
        pieces
            Called to get its bytes from the start, once or twice.
        ending
            Of the object's name.

        Raises
        ------
        WriteFailed
            If it cannot be written.
        ChangedMeanwhile
            If its bytes are others the second time.
        """
        known = None if value is None else _names.get(value)
        name, size = known or (yield from self._named(pieces(), ending))
        if value is not None:
            _names[value] = name, size
        if not (yield from self._has(name, size)):
            yield from self._write(name, pieces())
        self.sizes[name] = size
        return name

    def keep(self, name: str, size: int) -> Task[bool]:
        """Name an object that an earlier save wrote; False if it is not there any more, or damaged."""
        is_there = yield from self._has(name, size)
        if is_there:
            self.sizes[name] = size
        return is_there

    def _named(self, pieces: Iterable[Piece], ending: str) -> Task[tuple[str, int]]:
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield self._progress(size // 2)
        return f"{digest.hexdigest()}{ending}", size

    def _has(self, name: str, size: int) -> Task[bool]:
        """Whether a whole object is there; hashed if this process has not seen it whole before."""
        path = self._folder / name
        try:
            if path.stat().st_size != size:
                return False
            if path not in _whole and (yield from _hash_of(path)) != path.stem:
                return False
        except OSError:
            return False
        _whole.add(path)
        return True

    def _write(self, name: str, pieces: Iterable[Piece]) -> Task[None]:
        path, digest, size = self._folder / name, hashlib.sha256(), 0
        with atomic_file(path) as stream:
            for piece in pieces:
                stream.write(piece)
                digest.update(piece)
                size += len(piece)
                yield self._progress(size)
            if digest.hexdigest() != path.stem:
                raise ChangedMeanwhile
        _whole.add(path)

    def _progress(self, size: int) -> Progress:
        return Progress("saving", min(1.0, (sum(self.sizes.values()) + size) / self._expected))


class ChangedMeanwhile(Exception):
    """What was hashed is not what was to be written."""


class ObjectReader:
    """Finds the objects of a session, and checks that they are what was written.

    Parameters
    ----------
    folder
        That of the session.
    sizes
        The objects that its manifest names.
    """

    def __init__(self, folder: Path, sizes: Mapping[str, int]) -> None:
        self._folder = folder
        self._sizes = sizes
        self._expected = max(1, sum(sizes.values()))
        self._done = 0

    def path(self, name: str) -> Path:
        """Where an object of the session is, or was; raises `SessionDamaged` for a name of something else."""
        if name not in self._sizes:
            raise damaged(self._folder, "manifest.json", "an object of the session", name)
        return self._folder / OBJECTS / name

    def checked(self, name: str) -> Task[Path]:
        """The path of an object of which every byte has been checked.

        Raises
        ------
        SessionDamaged
            If it is not there, or not what was written.
        """
        path, place = self.path(name), f"{OBJECTS}/{name[:SHOWN_DIGITS]}…"
        try:
            size = path.stat().st_size
            if size != self._sizes[name]:
                raise damaged(self._folder, place, f"{self._sizes[name]} bytes", f"{size} bytes")
            if (yield from _hash_of(path, self._progress)) != path.stem:
                raise damaged(self._folder, place, "the bytes that were written", "others")
        except OSError as error:
            raise damaged(self._folder, place, "a readable file", error.strerror) from error
        self._done += size
        _whole.add(path)
        return path

    def remember(self, name: str, value: object) -> None:
        """Note which object a value came from, so that saving it again costs nothing."""
        _names[value] = (name, self._sizes[name])

    def _progress(self, size: int) -> Progress:
        return Progress("reading", min(1.0, (self._done + size) / self._expected))


def _hash_of(path: Path, progress: Callable[[int], Progress] | None = None) -> Task[str]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces_of(path):
        digest.update(piece)
        size += len(piece)
        yield Progress("saving") if progress is None else progress(size)
    return digest.hexdigest()


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file's bytes, 16 MiB at a time."""
    with path.open("rb") as stream:
        while piece := stream.read(HASHED_AT_ONCE):
            yield piece
