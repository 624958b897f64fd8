"""Tells files that are no text by their first bytes."""

from __future__ import annotations

_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\x93NUMPY", "a numpy array"),
    (b"OggS\0", "a sound file"),
    (b"ID3\x02", "a sound file"),
    (b"ID3\x03", "a sound file"),
    (b"ID3\x04", "a sound file"),
)
_RIFF_KINDS = (b"WAVE", b"AVI ", b"WEBP")
_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROL = bytes(c for c in range(1, 32) if c not in b"\t\n\x0b\x0c\r\x1b\x1c\x1d\x1e")
MOST_CONTROL = 0.02  # share of control characters above which bytes are taken for no text
MOST_NUL = 0.2


def looks_like(sample: bytes) -> str | None:
    """What the first bytes of a file look like when that is not text, else None."""
    for signature, kind in _SIGNATURES:
        if sample.startswith(signature):
            return kind
    if sample.startswith(b"RIFF") and sample[8:12] in _RIFF_KINDS:  # bytes between them are the size
        return "a sound, picture or video file"
    if sample.startswith(_UNICODE_MARKS):
        return None
    control = len(sample) - len(sample.translate(None, _CONTROL))
    too_many = control > MOST_CONTROL * len(sample) or sample.count(0) > MOST_NUL * len(sample)
    return "binary data" if sample and too_many else None
