"""Build ``english.txt.xz``, the English text that comes with the program, from three Debian packages.

One passage a line, UTF-8, case kept, in this order:

- the paragraphs of Jane Austen's six novels (r-cran-janeaustenr);
- the words, gloss and examples of each meaning in WordNet (wordnet-base), less Latin taxa and dated lives;
- the senses, synonyms and notes that the Collaborative International Dictionary of English (dict-gcide) has
  from the 1913 Webster's, for the headwords that occur most often in all three.

Run with the packages, or without arguments where they are installed::

    python build_english.py r-cran-janeaustenr_*.deb wordnet-base_*.deb dict-gcide_*.deb

The same packages give the same text, and the same release of liblzma the same file. Licences: ``NOTICE``.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import re
import struct
import subprocess
import tempfile
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

NOVELS = Path("usr/lib/R/site-library/janeaustenr/data/Rdata.rdb")
WORDNET = Path("usr/share/wordnet")
DICTIONARY = Path("usr/share/dictd/gcide.dict.dz")

HEADWORDS = 8_700
SHORTEST_PASSAGE = 4
WORD = re.compile(r"[^\W\d_]+")


def build(root: Path) -> list[str]:
    """Passages of all three sources under the root of a file system, in the order they are written."""
    prose = [*novel_passages(root / NOVELS), *wordnet_passages(root / WORDNET)]
    entries = list(dictionary_entries(dictionary_text(root / DICTIONARY)))
    chosen = most_frequent_headwords(entries, prose)
    definitions = [text for entry in entries if entry.headword.lower() in chosen for text in entry.passages]
    return list(dict.fromkeys(passage for passage in [*prose, *definitions] if is_long_enough(passage)))


def is_long_enough(passage: str) -> bool:
    """Whether a passage has enough words for its neighbourhoods to mean something."""
    return len(WORD.findall(passage)) >= SHORTEST_PASSAGE


def tidy(text: str) -> str:
    """Text in NFC with single spaces, none before closing punctuation, nothing left hanging at its ends."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    text = re.sub(r" +([.,;:!?)])", r"\1", text)
    text = re.sub(r"([,;:])[ ,;:]*(?=[.,;:])", "", text)
    return text.strip().lstrip(".,;:)- ").rstrip(",;:- ")


# Jane Austen's novels: a lazy-load database of R, each novel one vector of lines.


HEADING = re.compile(r"\s*(?:\[|(?:chapter|volume|by jane austen)\b)", re.I)


def novel_passages(database: Path) -> Iterator[str]:
    """Paragraphs of the novels, their lines joined; titles and headings of volumes and chapters left out."""
    for record in database_records(database.read_bytes()):
        text = "\n".join(strings_of_r(record))
        for paragraph in re.split(r"\n\s*\n", text):
            if not is_heading(paragraph):
                yield tidy(paragraph.replace("_", "").replace("--", " — "))


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph names a book, a part of one or its printer instead of telling the story."""
    return paragraph.isupper() or HEADING.match(paragraph) is not None


def database_records(data: bytes) -> Iterator[bytes]:
    """Values of an R lazy-load database, still serialised: each is its length (4 bytes) and a zlib stream."""
    while data:
        stream = zlib.decompressobj()
        record = stream.decompress(data[4:])
        announced = struct.unpack_from(">I", data)[0]
        if len(record) != announced:
            raise ValueError(f"expected a record of {announced} bytes, found {len(record)}")
        yield record
        data = stream.unused_data


def strings_of_r(serialised: bytes) -> Iterator[str]:
    """Elements of one character vector in R's binary serialisation, version 3 ("R Internals", section 1.8).

    Raises ValueError where the value is anything but a plain character vector.
    """
    encoding_length = struct.unpack_from(">i", serialised, 14)[0]
    at = 18 + encoding_length
    kind, count = struct.unpack_from(">ii", serialised, at)
    if serialised[:2] != b"X\n" or kind != 16:
        raise ValueError(f"expected a character vector (kind 16) in binary form, found kind {kind}")
    at += 8
    for _ in range(count):
        length = struct.unpack_from(">i", serialised, at + 4)[0]
        yield serialised[at + 8 : at + 8 + length].decode("utf-8")
        at += 8 + length


# WordNet: one synset a line, its gloss after a bar ("wndb(5WN)").

ANIMAL, PERSON, PLANT = 5, 18, 20
TAXON = re.compile(r"(?:sub|super|infra)?(?:genus|family|order|class|phylum|division|kingdom|tribe) [A-Z]")
LATIN_SPECIES = re.compile(r"[A-Z][a-z]+ [a-z]+")
SCOUTS = re.compile(r"\b(?:[Bb]oy|[Gg]irl|Cub|Sea|Eagle) [Ss]couts?\b")
DATED = re.compile(r"\([^()]*\b(?:\d{3,4}|\d+(?:st|nd|rd|th) century|\d+ BC)\b[^()]*\)")


@dataclass(frozen=True)
class Synset:
    """Words of one meaning with its gloss, which holds the definition and the examples."""

    file_number: int
    words: tuple[str, ...]
    gloss: str

    @property
    def names(self) -> tuple[str, ...]:
        """The words, without the Latin species of an animal or a plant that also has an English name."""
        english = tuple(word for word in self.words if not LATIN_SPECIES.match(word))
        has_english = self.file_number in (ANIMAL, PLANT) and any(word[0].islower() for word in english)
        return english if has_english else self.words

    @property
    def is_latin_taxon(self) -> bool:
        """Whether this is a scientific group of animals or plants, such as a genus or a family."""
        return self.file_number in (ANIMAL, PLANT) and any(TAXON.match(word) for word in self.words)

    @property
    def is_dated_biography(self) -> bool:
        """Whether this is a person of history with the years of a life."""
        is_named = self.file_number == PERSON and self.words[0][0].isupper()
        return is_named and DATED.search(self.gloss) is not None

    @property
    def is_of_the_scouts(self) -> bool:
        """Whether this is a rank or unit of the Scouts, where "boy" and "girl" are parts of names."""
        return SCOUTS.search(f"{', '.join(self.words)}: {self.gloss}") is not None

    @property
    def is_left_out(self) -> bool:
        """Whether the synset tells more of names than of how words are used."""
        return self.is_latin_taxon or self.is_dated_biography or self.is_of_the_scouts


def wordnet_passages(folder: Path) -> Iterator[str]:
    """Each synset's words and gloss, without Latin taxa, dated biographies and the Scouts' ranks."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            synset = parse_synset(line)
            if not synset.is_left_out:
                yield tidy(f"{', '.join(synset.names)}: {synset.gloss}")


def parse_synset(line: str) -> Synset:
    """Synset of one line of a WordNet data file; the markers of an adjective's position are dropped."""
    fields, _, gloss = line.partition(" | ")
    _, file_number, _, word_count, *rest = fields.split(" ")
    written = rest[: 2 * int(word_count, 16) : 2]
    words = tuple(re.sub(r"\((?:a|p|ip)\)$", "", word).replace("_", " ") for word in written)
    return Synset(int(file_number), words, gloss)


# The dictionary: entries start at the margin, paragraphs are indented and set apart by blank lines.


@dataclass(frozen=True)
class Entry:
    """A headword of the dictionary with its 1913 Webster's paragraphs, cleaned."""

    headword: str
    passages: tuple[str, ...]


ENTRY = re.compile(r"^(?=\S[^\\\n]* \\)", re.M)
SOURCE = re.compile(r"\[[^\[\]]*\b(?:1913|WordNet|PJC|AS|RDH|Century)\b[^\[\]]*\]\s*$")
ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", ",": "\u0327", "=": ""}
LIGATURES = {"[ae]": "æ", "[AE]": "Æ", "[oe]": "œ", "[OE]": "Œ", "[deg]": "°"}
NAME = r"(?:[A-Z][\w'.]*|\d[\d.,:-]*|[ivxlc]+\.|&|of)"
AUTHOR = re.compile(rf"\s*--{NAME}(?:,? {NAME})*")
REFERENCE = re.compile(r"\(?\b(?:[Ss]ee|Cf\.|[Cc]ompare|[Cc]f\.)\s[^{}.;()]*\{[^}]*\}[^.;()]*(?:[.;)]|$)")
SENSE = re.compile(r"\s{0,3}(?:\d+\.|\([a-z]\)|[A-Z\"(])")
LABEL = re.compile(r"^(?:\s*(?:\d+\.|Note:|Syn:|Usage:|\([^()]*\)[.,]?|(?:pl|sing|n|a|adv|v\. [ti])\.))+")
DERIVED = re.compile(r"--\s*\{?[A-Z]\w*[\"`*].*$")
UNLINKED = re.compile(r"(?<=[.;)] )See (?:Illust\. )?[^.]*\.?")
ASIDE = re.compile(r"\((?:[a-z]|[A-Z{][^()]{0,60})\)")


def dictionary_text(path: Path) -> str:
    """Text of the dictionary, which is ASCII but for three stray bytes of three different encodings."""
    return gzip.decompress(path.read_bytes()).decode("ascii", "ignore")


def dictionary_entries(text: str) -> Iterator[Entry]:
    """Entries of the dictionary that have at least one paragraph of the 1913 Webster's."""
    for entry in ENTRY.split(text)[1:]:
        headword = entry.partition(" \\")[0]
        passages = tuple(webster_passages(headword, body_of(entry)))
        if passages:
            yield Entry(headword, passages)


def body_of(entry: str) -> str:
    """Entry without its head: the lines up to where each bracket of pronunciation and origin is closed."""
    lines = with_accents(entry).split("\n")
    for end in range(1, len(lines)):
        head = "\n".join(lines[:end])
        is_closed = head.rstrip().endswith((".", ")", "]", "}", "\\")) and head.count("\\") % 2 == 0
        if is_closed and all(head.count(a) == head.count(b) for a, b in ("[]", "()", "{}")):
            return "\n".join(lines[end:])
    return ""


def with_accents(text: str) -> str:
    """Text with the dictionary's bracketed spellings of accented letters turned into letters."""
    text = re.sub(r"""\[(['`^"~,=])([A-Za-z])\]""", lambda found: found[2] + ACCENTS[found[1]], text)
    return re.sub(r"\[(?:ae|AE|oe|OE|deg)\]", lambda found: LIGATURES[found[0]], text)


def webster_passages(headword: str, body: str) -> Iterator[str]:
    """Senses, synonyms and notes of the 1913 Webster's, each starting with the headword.

    The tag that closes a run of paragraphs tells the source of them all. Left out are quotations, which are
    set off by their indent, and compounds, which start with a brace.
    """
    waiting: list[str] = []
    for paragraph in re.split(r"\n\s*\n", body):
        waiting.append(paragraph)
        source = SOURCE.search(paragraph)
        if source is not None:
            if "1913" in source[0]:
                senses = (clean_paragraph(text) for text in waiting if SENSE.match(text))
                yield from (f"{headword}: {sense}" for sense in senses if is_long_enough(sense))
            waiting = []


def clean_paragraph(paragraph: str) -> str:
    """One paragraph as running text, without its number, labels, references, authors and marks of type."""
    text = without_brackets(re.sub(r"\s+", " ", paragraph))
    for mark in (DERIVED, AUTHOR, REFERENCE, UNLINKED, ASIDE, LABEL):
        text = mark.sub("", text)
    return tidy(re.sub(r"[{}\[\]]", "", text).replace("--", "—"))


def without_brackets(text: str) -> str:
    """Text without anything in square brackets, however nested: origins, labels of usage, sources."""
    before = None
    while before != text:
        before, text = text, re.sub(r"\[[^\[\]]*\]", "", text)
    return text


def most_frequent_headwords(entries: Sequence[Entry], prose: Iterable[str]) -> frozenset[str]:
    """Headwords, lower-cased, that occur most often in the prose and the dictionary's own paragraphs.

    A word is counted as it stands, in lower case: inflected forms apart. Ties go to the alphabet.
    """
    passages = chain(prose, chain.from_iterable(entry.passages for entry in entries))
    counts = Counter(word for passage in passages for word in WORD.findall(passage.lower()))
    headwords = {entry.headword.lower() for entry in entries}
    return frozenset(sorted(headwords, key=lambda word: (-counts[word], word))[:HEADWORDS])


def unpack(packages: Iterable[Path], folder: Path) -> Path:
    """Folder with the files of the Debian packages in it."""
    for package in packages:
        subprocess.run(["dpkg-deb", "-x", str(package), str(folder)], check=True)
    return folder


def compress(passages: Iterable[str]) -> bytes:
    """The passages as lines in an xz file, as small as ``xz -9e`` makes it."""
    text = "".join(f"{passage}\n" for passage in passages)
    return lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


def main() -> None:
    """Read the packages named on the command line, or the installed files, and write the text."""
    parser = argparse.ArgumentParser(description="Build english.txt.xz from three Debian packages.")
    parser.add_argument("packages", nargs="*", type=Path, help="the .deb files; none: the installed files")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("english.txt.xz"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = unpack(arguments.packages, Path(folder)) if arguments.packages else Path("/")
        arguments.output.write_bytes(compress(build(root)))


if __name__ == "__main__":
    main()
