"""What the command line does with files of vectors: reads them with options, tells about them, converts."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gloveui.console import say, tell

if TYPE_CHECKING:
    from gloveui.core.embedding import Embedding
    from gloveui.core.model_cards import Card
    from gloveui.core.progress import Progress
    from gloveui.storage.export_options import ExportOptions
    from gloveui.storage.vector_rows import VectorFileNotes, VectorOptions

NOTED = ("duplicates", "unnamed", "bad_rows", "zero_rows")


class VectorsRead(NamedTuple):
    """Vectors, and what was met in their file."""

    embedding: Embedding
    notes: VectorFileNotes


def vectors_given(arguments: argparse.Namespace, path: str, run: Callable[..., Any]) -> VectorsRead:
    """The vectors in a file, read as the options say; `run` drives a task, and has its progress heard."""
    from gloveui.storage.embedding_files import read_vectors
    from gloveui.storage.vector_rows import VectorFileNotes

    notes = [VectorFileNotes("")]

    def keep_notes(progress: Progress) -> None:
        notes.extend([progress.detail] if isinstance(progress.detail, VectorFileNotes) else [])

    embedding: Embedding = run(read_vectors(Path(path), _reading(arguments)), keep_notes)
    return VectorsRead(embedding, notes[-1])


def facts_of_vectors(arguments: argparse.Namespace, path: str, run: Callable[..., Any]) -> dict[str, object]:
    """What ``info`` tells about a file of vectors: what was met in it, and where they come from."""
    embedding, notes = vectors_given(arguments, path, run)
    facts = {"kind": "vectors", "words": len(embedding), "dimension": embedding.dimension} | asdict(notes)
    facts["whole_model"] = embedding.parameters is not None
    facts["zero_rows"] = int((embedding.norms == 0).sum())
    card = _card(arguments, path, VectorsRead(embedding, notes), run)
    return facts | ({"card": card.as_dict()} if arguments.json else _facts_of_card(card))


def convert(arguments: argparse.Namespace, run: Callable[..., Any]) -> None:
    """``convert``: vectors in one format in, the same in another out."""
    from gloveui.core.byte_size import ByteSize
    from gloveui.storage.export_size import exported_rows
    from gloveui.storage.vector_export import write_vectors

    out, options = Path(arguments.out), _writing(arguments)
    paths = options.file_format.files(out)
    _refuse_loss(arguments, paths)
    read = vectors_given(arguments, arguments.vectors, run)
    card = _card(arguments, arguments.vectors, read, run) if options.format == "safetensors" else None
    run(write_vectors(read.embedding, out, options, card))
    for line in _odd(read):
        say(line)
    rows, size = exported_rows(read.embedding, options), sum(path.stat().st_size for path in paths)
    facts = {"out": [str(path) for path in paths], "format": options.format, "rows": rows, "bytes": size}
    what = f"{rows} rows × {read.embedding.dimension} numbers, {options.file_format.name}, {ByteSize(size)}"
    facts |= {"dimension": read.embedding.dimension, "notes": asdict(read.notes)}
    tell(arguments.json, facts, [f"{', '.join(map(str, paths))}: {what}"])


def _reading(arguments: argparse.Namespace) -> VectorOptions:
    from gloveui.storage.vector_rows import VectorOptions

    words = None if arguments.words is None else Path(arguments.words)
    return VectorOptions(arguments.first, arguments.table or "", words, arguments.drop_bad_rows)


def _writing(arguments: argparse.Namespace) -> ExportOptions:
    """How to write; the ending of the name says the format where none is given."""
    from gloveui.core.errors import SettingError
    from gloveui.storage.export_options import EXACT_DIGITS, EXPORT_FORMATS, ExportOptions, format_for

    found = format_for(Path(arguments.out))
    if arguments.format is None and found is None:
        endings = ", ".join(one.ending for one in EXPORT_FORMATS)
        expected = f"--format, or a name ending in one of {endings}"
        raise SettingError(setting="OUT", expected=expected, received=arguments.out)
    key = arguments.format if arguments.format is not None or found is None else found.key
    precision = EXACT_DIGITS if arguments.precision is None else arguments.precision
    options = ExportOptions(key, precision, arguments.header, arguments.which, 0, arguments.special_rows)
    _refuse_idle(arguments, options)
    return options


def _refuse_idle(arguments: argparse.Namespace, options: ExportOptions) -> None:
    """Refuse what the format has no choice of, rather than pass over it."""
    from gloveui.core.errors import check_setting

    chosen = options.file_format
    has_no = f"no such option with {chosen.name}"
    check_setting(chosen.has_precision or arguments.precision is None, "precision", has_no, options.precision)
    check_setting(chosen.header is not None or arguments.header is None, "header", has_no, options.header)


def _refuse_loss(arguments: argparse.Namespace, paths: tuple[Path, ...]) -> None:
    from gloveui.core.errors import WriteFailed
    from gloveui.core.text import printable

    for path in paths:
        if path.exists() and path.samefile(arguments.vectors):
            raise WriteFailed(path=printable(path), reason="it is the file that is read")
        if path.exists() and not arguments.force:
            raise WriteFailed(path=printable(path), reason="it is there already; --force replaces it")


def _card(arguments: argparse.Namespace, path: str, read: VectorsRead, run: Callable[..., Any]) -> Card:
    """The card inside the file, else one of the file itself."""
    from gloveui.storage.embedding_files import file_card, vectors_file
    from gloveui.storage.vector_tensors import run_card_of_vectors

    file = vectors_file(Path(path)).absolute()  # a card is read elsewhere, too
    inside = run_card_of_vectors(file) if read.notes.format == "safetensors" else None
    card: Card = run(file_card(file, *read, _reading(arguments))) if inside is None else inside
    return card


def _facts_of_card(card: Card) -> dict[str, object]:
    """The lines of a card that a person looks for first."""
    from gloveui.core.model_cards import FileCard

    if isinstance(card, FileCard):
        return {"sha256": card.sha256}
    method = card.as_dict().get("method", "glove")
    return {"method": method, "text": card.text.name, "sha256_of_text": card.text.sha256}


def _odd(read: VectorsRead) -> Iterator[str]:
    """What was odd about a file that was read all the same."""
    notes = asdict(read.notes)
    for name in NOTED:
        if notes[name]:
            yield f"{name.replace('_', ' ')}: {notes[name]}"
    if read.notes.claimed_rows is not None:
        yield f"the header says {read.notes.claimed_rows} rows"
    if read.notes.converted:
        yield f"the numbers were {read.notes.converted}; they are float32 now"
