"""Counts as text: ``word``, ``context`` and X_ij on a line, with tabs between them."""

from __future__ import annotations

from pathlib import Path

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.errors import WriteFailed
from gloveui.core.progress import Progress, Task
from gloveui.core.text import printable
from gloveui.storage.atomic import atomic_text_file

ROWS_PER_STEP = 200


def write_counts(matrix: CooccurrenceMatrix, path: Path) -> Task[None]:
    """Write every nonzero count with nine digits, rows in the order of the vocabulary.

    Raises
    ------
    WriteFailed
        If a word holds a tab or line end, or the file cannot be written.
    """
    words = matrix.vocabulary.words
    broken = next((word for word in words if "\t" in word or "\n" in word), None)
    if broken is not None:
        raise WriteFailed(path=printable(path), reason=f"the word {broken!r} holds a tab or line end")
    with atomic_text_file(path) as stream:
        for index, word in enumerate(words):
            columns, values = matrix.row(index)
            pairs = zip(columns.tolist(), values.tolist(), strict=True)
            stream.writelines(f"{word}\t{words[context]}\t{value:.9g}\n" for context, value in pairs)
            if index % ROWS_PER_STEP == 0:
                yield Progress("writing", index / len(words))
