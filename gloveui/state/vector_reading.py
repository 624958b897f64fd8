"""Reads vectors from files into the session, beside whatever else is done."""

from __future__ import annotations

from collections import deque
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gloveui.core.byte_size import ByteSize
from gloveui.core.embedding import Embedding
from gloveui.core.errors import GloveError, VectorsTooLarge
from gloveui.core.progress import Progress, Task, part_of
from gloveui.core.resources import free_memory
from gloveui.core.text import printable
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.model_making import ready_model
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.storage.embedding_files import file_card, vectors_file
from gloveui.storage.vector_cache import CacheEntry, VectorCache, user_cache
from gloveui.storage.vector_rows import VectorFileNotes, VectorOptions

QUESTION = "vectors"
READING, HASHING = 0.75, 0.1  # shares of the work; what is left makes the table
NUMBER_BYTES = 4  # of a float32
TABLES = 2  # of all numbers: the vectors, and the look-up table with its special rows
USABLE_SHARE = 0.9  # of the memory that is free
LONGEST_NAME = 32  # letters of a file's name in that of a model


@dataclass(frozen=True)
class VectorsFile:
    """A file of vectors and how it is to be read."""

    path: Path
    options: VectorOptions = field(default_factory=VectorOptions)


@dataclass(frozen=True)
class BytesRead:
    """How much of a file has been read; the detail of the Progress of `read_model`."""

    done: int
    total: int


@dataclass(frozen=True, eq=False)
class ReadVectors:
    """Vectors that were read, as a model that has no number yet, and what was met in their file."""

    file: VectorsFile
    model: Model
    notes: VectorFileNotes
    keeping: Task[None]  # keeps them for the next time


@dataclass(frozen=True, eq=False)
class UnreadVectors:
    """Why a file was not read: an error, perhaps one that other options answer."""

    file: VectorsFile
    error: GloveError


class VectorReading(QObject):
    """Reads one file after another; each becomes a model of the session."""

    started = Signal(object)  # Job, of the file that `current` says
    opened = Signal(object)  # ReadVectors, whose model is in the session
    refused = Signal(object)  # UnreadVectors

    def __init__(
        self,
        session: Session,
        jobs: JobQueue,
        cache: VectorCache | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._cache = cache or user_cache()
        self._waiting: deque[VectorsFile] = deque()
        self._job: Job | None = None
        self.current: VectorsFile | None = None

    def read(self, file: VectorsFile) -> None:
        """Read a file as soon as those before it have been read."""
        self._waiting.append(file)
        if self._job is None:
            self._start_next()

    def cancel(self) -> None:
        """Read no more; what is in the session stays."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _start_next(self) -> None:
        self.current = self._waiting.popleft() if self._waiting else None
        if self.current is None:
            return
        self._job = self._jobs.ask(QUESTION, read_model(self.current, self._cache))
        self._job.succeeded.connect(self._take)
        self._job.finished.connect(self._go_on)
        self.started.emit(self._job)

    def _take(self, result: ReadVectors | UnreadVectors) -> None:
        if isinstance(result, UnreadVectors):
            self.refused.emit(result)
            return
        model = replace(result.model, number=self._session.next_number())
        self._session.add_model(model)
        self.opened.emit(replace(result, model=model))
        self._jobs.ask(f"keep {result.file}", result.keeping)

    def _go_on(self) -> None:
        self._job = None
        self._start_next()


def read_model(file: VectorsFile, cache: VectorCache) -> Task[ReadVectors | UnreadVectors]:
    """The vectors of a file, ready to be shown; errors are values, for a person may answer them."""
    try:
        return (yield from _read(file, cache))
    except GloveError as error:
        return UnreadVectors(file, error)


def name_of(path: Path, dimension: int) -> str:
    """What a model is called whose vectors come from a file; long names lose their middle."""
    return f"{short_name(path)} · {dimension}d"


def short_name(path: Path, most: int = LONGEST_NAME) -> str:
    """The name of a file in at most so many letters."""
    name, half = printable(path.name), most // 2
    return name if len(name) <= most else f"{name[: most - half - 1]}…{name[-half:]}"


def _read(file: VectorsFile, cache: VectorCache) -> Task[ReadVectors]:
    yield Progress("opening", 0.0)
    path, options = file.path, file.options
    size = vectors_file(path).stat().st_size if path.exists() else 0
    entry = cache.entry(path, options)
    embedding, notes = yield from _noted(entry, size)
    _check_room(path, embedding)
    describing = file_card(path, embedding, notes, options, entry.digest())
    card = yield from part_of(describing, READING, HASHING, "opening")
    name, begin = name_of(path, embedding.dimension), READING + HASHING
    model = yield from part_of(ready_model(0, name, embedding, card), begin, 1.0 - begin, "opening")
    return ReadVectors(file, model, notes, entry.keep(model.embedding, notes, card.sha256))


def _noted(entry: CacheEntry, size: int) -> Task[tuple[Embedding, VectorFileNotes]]:
    """Vectors from the cache or the file, with what was met; tells how many bytes have been read."""
    notes = VectorFileNotes("")
    with closing(entry.open_vectors()) as task:
        while True:
            try:
                progress = next(task)
            except VectorsTooLarge as error:
                raise _fitting_tables(error) from error
            except StopIteration as stop:
                return stop.value, notes
            if isinstance(progress.detail, VectorFileNotes):
                notes = progress.detail
            done = progress.fraction or 0.0
            yield Progress("opening", READING * done, BytesRead(int(done * size), size))


def _fitting_tables(error: VectorsTooLarge) -> VectorsTooLarge:
    """The error for the window, which needs more than the vectors themselves."""
    return VectorsTooLarge(**error.fields | {"fitting": max(1, int(str(error.fields["fitting"])) // TABLES)})


def _check_room(path: Path, embedding: Embedding) -> None:
    """Raise `VectorsTooLarge` unless there is room for the look-up table beside the vectors."""
    rows, row_bytes = len(embedding), NUMBER_BYTES * embedding.dimension
    free = int(free_memory() * USABLE_SHARE)
    if rows * row_bytes > free:
        raise VectorsTooLarge(
            path=printable(path),
            rows=rows,
            dimension=embedding.dimension,
            needed=ByteSize(TABLES * rows * row_bytes),
            free=ByteSize(free + rows * row_bytes),
            fitting=max(1, (free + rows * row_bytes) // (TABLES * row_bytes)),
        )
