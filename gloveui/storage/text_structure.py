"""Tells by their first bytes which files have a structure from which text has to be taken."""

from __future__ import annotations

import codecs
import json
import re
import struct
from typing import Any

from gloveui.core.encodings import detect_encoding
from gloveui.core.errors import TextError
from gloveui.storage.markup_lines import TextElements
from gloveui.storage.markup_parsers import XmlParser
from gloveui.storage.text_streams import LONGEST_DECLARATION, Notes

MOST_BAD_FIRST_LINES = 10

_ZIP = b"PK\x03\x04"
_ZIP_HEADER = 30  # bytes before the name of a file in an archive
_SIZE_BEHIND = 0x8  # the flag of a file whose size stands behind it
_TABLES = {"csv": "csv", "tsv": "tsv", "tab": "tsv"}
_PACKED = (".gz", ".bz2", ".xz")
_XML_NAMES = ("xml", "tei", "tmx", "xces", "rss", "atom")
_HTML_NAMES = ("html", "htm", "xhtml", "xht")
_JSON_NAMES = ("jsonl", "ndjson", "json")
_HTML_BEGIN = re.compile(
    r"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_ROOT = re.compile(r"<html\b", re.IGNORECASE)
_TAG = re.compile(r"<(?:[A-Za-z_!?])")
_OBJECT = re.compile(r'\{\s*"(?:[^"\\]|\\.)*"\s*:')
_CUT_LINE = 64 * 1024
_ARRAY_OF_OBJECTS = re.compile(r'\[\s*\{\s*(?:"|\})')


def structure_of(sample: bytes, name: str) -> str | None:
    """Which kind of structured text a file is, or None for plain text and anything else.

    The content decides; only tables need their ending too, for prose has commas as well.

    Parameters
    ----------
    sample
        The first bytes, 256 KiB or the whole file.
    name
        The file's name; endings of compressed files are looked through.
    """
    if sample.startswith(b"%PDF-"):
        return "pdf"
    ending = _ending(name)
    if sample.startswith(_ZIP):
        return _zipped_document(sample, ending)
    text = _beginning(sample)
    if text.startswith("<"):
        return _markup(text, ending) or _TABLES.get(ending)
    if text.startswith(("{", "[")) and _is_json(text, ending):
        return "json lines"
    return _TABLES.get(ending)


def _ending(name: str) -> str:
    name = name.lower()
    for packed in _PACKED:
        name = name.removesuffix(packed)
    return name.rpartition(".")[2] if "." in name else ""


def _zipped_document(sample: bytes, ending: str) -> str | None:
    """A document by the names of the parts in the sample; behind large pictures the ending has to do."""
    names = _part_names(sample)
    is_book = b"application/epub+zip" in sample[:128] or b"META-INF/container.xml" in names
    if is_book or (ending == "epub" and any(name.startswith(b"META-INF/") for name in names)):
        return "epub"
    is_word = any(name.startswith(b"word/document") for name in names)
    if is_word or (ending == "docx" and b"[Content_Types].xml" in names):
        return "docx"
    return None


def _part_names(sample: bytes) -> list[bytes]:
    """Names of the first files in an archive, not of those in an archive that lies unpacked in it."""
    names, place = [], 0
    while sample.startswith(_ZIP, place) and place + _ZIP_HEADER <= len(sample):
        flags, size, name_size, extra_size = struct.unpack_from("<6xH10xI4xHH", sample, place)
        name_end = place + _ZIP_HEADER + name_size
        names.append(sample[place + _ZIP_HEADER : name_end])
        if flags & _SIZE_BEHIND and size == 0:
            place = sample.find(_ZIP, name_end)
            if place < 0:
                break
        else:
            place = name_end + extra_size + size
    return names


def _beginning(sample: bytes) -> str:
    """The sample's characters from the first that is no white space; the last one may be cut."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not sample.isascii():
        encoding = detect_encoding(sample)
    else:
        encoding = "ascii"
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    return text.removeprefix("\ufeff").lstrip()


def _markup(text: str, ending: str) -> str | None:
    """HTML by how it begins, XML by its declaration or because it is well-formed as far as it is known."""
    if _HTML_BEGIN.match(text) or (ending in _HTML_NAMES and _TAG.match(text)):
        return "html"
    if text.startswith("<?xml"):
        return "html" if _HTML_ROOT.search(text[:LONGEST_DECLARATION]) else "xml"
    if _TAG.match(text) and (ending in _XML_NAMES or _begins_well_formed(text)):
        return "xml"
    return None


def _begins_well_formed(text: str) -> bool:
    """Whether this is XML without an error so far, with an element inside another; prose is not."""
    elements = TextElements(is_html=False)
    parser = XmlParser(elements, "", Notes(""))
    try:
        parser.feed(text)
    except TextError:
        return False
    return elements.has_levels


def _is_json(text: str, ending: str) -> bool:
    """Whether one of the first lines is an object, or an array of objects begins."""
    if text.startswith("["):
        return _ARRAY_OF_OBJECTS.match(text) is not None or (
            ending in _JSON_NAMES and text[1:].lstrip()[:1] == '"'
        )
    tries = MOST_BAD_FIRST_LINES if ending in _JSON_NAMES else 1
    return any(_is_object(line) for line in text.split("\n", tries)[:tries])


def _is_object(line: str) -> bool:
    """Whether a line is a JSON object, or a long one that begins like it and is cut by the sample's end."""
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return len(line) >= _CUT_LINE and _OBJECT.match(line) is not None
    return isinstance(value, dict)
