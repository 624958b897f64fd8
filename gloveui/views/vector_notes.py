"""What is said of a file of vectors that was odd and could be read all the same."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gloveui.state.vector_reading import ReadVectors
from gloveui.views.numbers import grouped

CONTEXT = "VectorNotes"


@dataclass(frozen=True, slots=True)
class VectorWarning:
    """A notice: its sentence, what to do next, and all there is to say where that is more."""

    sentence: str
    advice: str
    details: str


def vector_warning(read: ReadVectors) -> VectorWarning | None:
    """The notice on vectors that were read, in the language in use; None if nothing was odd."""
    sentences = [*_about_rows(read), *_about_numbers(read)]
    if not sentences:
        return None
    name = read.file.path.name
    if len(sentences) == 1:
        return VectorWarning(f"{name}: {sentences[0]}", "", "")
    advice = QCoreApplication.translate(CONTEXT, "Details list all that was odd.")
    return VectorWarning(f"{name}: {sentences[0]}", advice, "\n".join(sentences))


def _about_rows(read: ReadVectors) -> list[str]:
    notes, told = read.notes, []
    if notes.claimed_rows is not None:
        rows = len(read.model.embedding) + notes.duplicates + notes.unnamed + notes.bad_rows
        sentence = QCoreApplication.translate(CONTEXT, "the header says {claimed} rows, there are {rows}")
        told.append(sentence.format(claimed=grouped(notes.claimed_rows), rows=grouped(rows)))
    if notes.bad_rows:
        sentence = QCoreApplication.translate(
            CONTEXT, "{count} rows with NaN or infinite numbers were left out"
        )
        told.append(sentence.format(count=grouped(notes.bad_rows)))
    if notes.duplicates:
        sentence = QCoreApplication.translate(
            CONTEXT, "{count} rows were left out, as their word had come before"
        )
        told.append(sentence.format(count=grouped(notes.duplicates)))
    if notes.unnamed:
        sentence = QCoreApplication.translate(CONTEXT, "{count} rows without a word were left out")
        told.append(sentence.format(count=grouped(notes.unnamed)))
    return told


def _about_numbers(read: ReadVectors) -> list[str]:
    notes, told = read.notes, []
    if notes.zero_rows:
        sentence = QCoreApplication.translate(
            CONTEXT, "{count} words have only zeros, which point nowhere: they have no cosine"
        )
        told.append(sentence.format(count=grouped(notes.zero_rows)))
    if notes.converted:
        sentence = QCoreApplication.translate(CONTEXT, "the numbers were {kind}; they are float32 here")
        told.append(sentence.format(kind=notes.converted))
    return told
