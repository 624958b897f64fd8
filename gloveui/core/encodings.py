"""Finds out how the characters of a text are stored."""

from __future__ import annotations

import codecs
import re

from gloveui.core.errors import UnknownEncoding

COMMON_ENCODINGS = (
    "utf-8",
    "utf-16",
    "cp949",
    "cp932",
    "gb18030",
    "big5",
    "cp1252",
    "cp1250",
    "cp1251",
    "koi8_r",
    "latin-1",
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The more usual first: it is taken where another fits as well, as cp1250 does to many French texts.
_OF_ONE_BYTE = ("cp1252", "cp1250", "cp1251", "cp1253", "koi8_r")
_CANDIDATES = ["cp949", "cp932", "euc_jp", "gb18030", "big5", *_OF_ONE_BYTE]
_BROKEN = re.compile("[\udc80-\udcff]")
SAMPLE_FOR_GUESS = 32 * 1024


def detect_encoding(sample: bytes) -> str:
    """Python's name of the encoding of a text that begins with these bytes.

    A byte order mark decides; then UTF-8 if the bytes are (mostly) that; then what charset-normalizer finds.
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if _is_mostly_utf8(sample):
        return "utf-8"
    return _guess(sample)


def check_encoding(path: str, encoding: str) -> None:
    """Raise `UnknownEncoding` unless Python can decode text with it."""
    try:
        b"    ".decode(encoding, "replace")  # without any bytes Python does not even look for the encoding
    except (LookupError, ValueError) as error:  # "undefined" and names with NUL are ValueErrors
        raise UnknownEncoding(path=path, received=encoding) from error


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether at least as many characters beyond ASCII are whole as are broken."""
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(sample)
    broken = len(_BROKEN.findall(text))
    whole = len(text) - broken - sum(1 for byte in sample if byte < 0x80) if broken else 0
    return broken <= whole


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    found = from_bytes(sample[:SAMPLE_FOR_GUESS], cp_isolation=_CANDIDATES)
    best = found.best()
    if best is None:
        return "cp1252"
    if best.encoding not in _OF_ONE_BYTE:
        return best.encoding
    alike = [one for one in found if (one.chaos, one.coherence) == (best.chaos, best.coherence)]
    possible = {name for one in alike for name in one.could_be_from_charset}
    return next((name for name in _OF_ONE_BYTE if name in possible), best.encoding)
