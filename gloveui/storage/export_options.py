"""In which formats vectors can be saved, and how."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gloveui.core.setting_checks import choice, flag, put_checked, whole_number

VECTORS_TO_WRITE = ("vectors", "word", "context", "unit")
EXACT_DIGITS = 9  # with which every float32 comes back as it was


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that vectors can be saved in.

    Attributes
    ----------
    key
        What `ExportOptions.format` says.
    name
        As people call it, in English.
    ending
        Of the file; the first format with an ending is the one that it means.
    header
        Whether a first line says what follows, where the options leave that open; None: it has no such line.
    has_precision
        Whether the digits of numbers can be chosen; otherwise all numbers are exact.
    beside
        What is put in the place of the ending to name the second file; empty where there is none.
    """

    key: str
    name: str
    ending: str
    header: bool | None = None
    has_precision: bool = False
    beside: str = ""

    def files(self, path: Path) -> tuple[Path, ...]:
        """All files that are written for `path`."""
        return (path, path.with_name(path.stem + self.beside)) if self.beside else (path,)


EXPORT_FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat("safetensors", "safetensors", ".safetensors"),
    ExportFormat("glove", "GloVe text", ".txt", header=False, has_precision=True),
    ExportFormat("word2vec_text", "word2vec text", ".w2v", header=True, has_precision=True),
    ExportFormat("word2vec_binary", "word2vec binary", ".bin"),
    ExportFormat("fasttext_text", "fastText text", ".vec", header=True, has_precision=True),
    ExportFormat("npz", "NumPy archive", ".npz"),
    ExportFormat("npy", "NumPy array and words", ".npy", beside=".vocabulary.json"),
    ExportFormat("torch", "PyTorch state and words", ".pt", beside=".vocabulary.json"),
    ExportFormat("projector", "Embedding Projector", ".tsv", has_precision=True, beside=".metadata.tsv"),
    ExportFormat("csv", "CSV for spreadsheets", ".csv", header=True, has_precision=True),
)
FORMATS_BY_KEY = {one.key: one for one in EXPORT_FORMATS}


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How vectors are saved.

    Attributes
    ----------
    format
        The key of one of `EXPORT_FORMATS`.
    precision
        Significant digits of numbers in text, 1 to 9; with 9 every number comes back as it was.
    header
        Whether a first line says what follows; None for as usual. GloVe text with one is word2vec text.
    vectors
        ``"vectors"`` as the embedding has them, those of the model's ``"word"`` or ``"context"`` side, or
        those of the embedding at length 1, ``"unit"``.
    first
        Words to write, the most frequent ones; 0 for all.
    special_rows
        Whether ``<unk>`` and ``<pad>`` stand before the words, as in the look-up table.

    Raises
    ------
    SettingError
        If a value is none of these.
    """

    format: str
    precision: int = EXACT_DIGITS
    header: bool | None = None
    vectors: str = "vectors"
    first: int = 0
    special_rows: bool = False

    def __post_init__(self) -> None:
        put_checked(
            self,
            format=choice("format", self.format, FORMATS_BY_KEY),
            precision=whole_number("precision", self.precision, 1, EXACT_DIGITS),
            header=None if self.header is None else flag("header", self.header),
            vectors=choice("vectors", self.vectors, VECTORS_TO_WRITE),
            first=whole_number("first", self.first, 0),
            special_rows=flag("special_rows", self.special_rows),
        )

    @property
    def file_format(self) -> ExportFormat:
        """The format itself."""
        return FORMATS_BY_KEY[self.format]

    @property
    def has_header(self) -> bool:
        """Whether a first line says what follows."""
        usual = self.file_format.header
        return bool(usual if self.header is None or usual is None else self.header)


def format_for(path: Path) -> ExportFormat | None:
    """The format that the ending of a name means, None if it means none."""
    ending = path.suffix.lower()
    return next((one for one in EXPORT_FORMATS if one.ending == ending), None)
