"""Vectors out of arrays that lie in some file, a few rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.composition import composed
from gloveui.core.embedding import Embedding
from gloveui.core.errors import SeveralTables
from gloveui.core.progress import Progress, Task
from gloveui.core.text import printable
from gloveui.storage.vector_rows import LARGEST_DIMENSION, VectorOptions, vector_file_error
from gloveui.storage.vector_table import VectorTable

MAIN = "vectors"  # the table that is meant where there are several
BYTES_PER_STEP = 4 << 20
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True, eq=False)
class StoredTable:
    """A table of floats in a file.

    Attributes
    ----------
    name
        As errors name it.
    shape
        V and D.
    kind
        What its numbers are: ``"float32"``, ``"big-endian float64"`` …
    rows
        Reads some rows as floats of any size.
    """

    name: str
    shape: tuple[int, int]
    kind: str
    rows: Callable[[slice], NDArray[Any]]

    @property
    def converted(self) -> str:
        """What the numbers are, if they have to be made float32."""
        return "" if self.kind == "float32" else self.kind


def read_table(
    path: Path, table: StoredTable, words: Sequence[str], options: VectorOptions, file_format: str
) -> Task[Embedding]:
    """Read a table with a word for each row; the last Progress carries `VectorFileNotes`.

    Raises
    ------
    VectorFileError
        With the row, if a number is not finite in float32.
    VectorsTooLarge
        If the vectors do not fit in memory.
    """
    rows, dimension = table.shape
    gathered = VectorTable(path, dimension, options, rows)
    step = max(1, BYTES_PER_STEP // (4 * dimension))
    for first in range(0, rows, step):
        last = min(first + step, rows)
        with np.errstate(over="ignore", invalid="ignore"):
            piece = table.rows(slice(first, last)).astype(np.float32)
        names = [composed(word) for word in words[first:last]]
        place = f"{table.name}, row"
        add_finite(gathered, names, piece, first, path, options.drops_bad_rows, place)
        yield Progress("reading", last / rows)
        if gathered.is_full:
            break
    embedding = gathered.embedding(table.name)
    notes = gathered.notes(file_format, None, embedding)
    yield Progress("reading", 1.0, replace(notes, claimed_rows=None, converted=table.converted))
    return embedding


def add_finite(
    table: VectorTable,
    words: Sequence[str],
    vectors: NDArray[np.float32],
    first: int,
    path: Path,
    drops_bad_rows: bool,
    place: str = "row",
) -> None:
    """Take rows, of which the first is row `first`; those with other numbers than finite ones as asked.

    Raises
    ------
    VectorFileError
        With the row, unless such rows are dropped.
    """
    finite = np.isfinite(vectors).all(axis=1)
    if finite.all():
        table.add(words, vectors)
        return
    if not drops_bad_rows:
        bad = int(np.argmin(finite))
        table.add(words[:bad], vectors[:bad])
        if not table.is_full:
            raise vector_file_error(path, f"{place} {first + bad + 1}", "finite numbers", "NaN or infinity")
        return
    kept = [words[row] for row in np.flatnonzero(finite).tolist()]
    table.bad_rows += len(words) - len(kept)
    table.rows_met += len(words) - len(kept)
    table.add(kept, vectors[finite])


def check_shape(path: Path, place: str, shape: Sequence[int]) -> tuple[int, int]:
    """The shape, if it is that of vectors; raises `VectorFileError`."""
    if len(shape) != 2 or shape[0] < 1 or not 1 <= shape[1] <= LARGEST_DIMENSION:
        expected = f"at least one row of 1 to {LARGEST_DIMENSION} numbers"
        raise vector_file_error(path, place, expected, " × ".join(map(str, shape)) or "one number")
    return shape[0], shape[1]


def chosen_table(path: Path, tables: Mapping[str, object], asked: str) -> str:
    """The name of the table to read: the one asked for, ``vectors``, or the only one.

    Raises
    ------
    VectorFileError
        If there is none, or not the one asked for.
    SeveralTables
        If it has to be asked for.
    """
    names = sorted(tables)
    if asked:
        if asked not in tables:
            raise vector_file_error(path, "header", _listed(names) or "a table of vectors", asked)
        return asked
    if MAIN in tables:
        return MAIN
    if not names:
        raise vector_file_error(path, "header", "a table of vectors", "none")
    if len(names) > 1:
        raise SeveralTables(path=printable(path), tables=tuple(names), expected=_listed(names))
    return names[0]


def number_kind(dtype: np.dtype[Any]) -> str:
    """What numbers are, as notes say it, for example ``"big-endian float64"``."""
    big = dtype.str.startswith(">")
    return f"big-endian {dtype.newbyteorder('=').name}" if big else dtype.name


def _listed(names: Sequence[str]) -> str:
    more = ["…"] if len(names) > MOST_SHOWN else []
    return ", ".join([*names[:MOST_SHOWN], *more])
