"""The manifest of a session: its small values, and name and size of every object with large ones."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gloveui
from gloveui.core.text import printable
from gloveui.storage.session_errors import NotASession, SessionDamaged, SessionNewer

FORMAT = "gloveui session"
FORMAT_VERSION = 1
ENDING = ".gloveui"  # of the folder's name
SAMPLE_BYTES = 256
MANIFEST, EARLIER_MANIFEST = "manifest.json", "manifest.previous.json"
OBJECTS = "objects"
# An object is called by the hash of its bytes, so that no manifest can name a file elsewhere.
OBJECT_NAME = re.compile(r"[0-9a-f]{64}\.(?:safetensors|txt)")


@dataclass(frozen=True)
class Manifest:
    """What a session holds.

    Attributes
    ----------
    objects
        Size in bytes of each object, by its name in the folder ``objects``.
    values
        Everything else, as plain values for JSON.
    saved, program
        When it was saved (ISO 8601, UTC), and by which version of the program.
    """

    objects: Mapping[str, int]
    values: Mapping[str, Any]
    saved: str = ""
    program: str = gloveui.__version__

    @property
    def sha256(self) -> str:
        """Hash of objects and values, as hexadecimal digits: the same for the same state."""
        return hashlib.sha256(_canonical({"objects": self.objects, "values": self.values})).hexdigest()

    def as_json(self) -> str:
        """The manifest as it stands in its file."""
        head = {"format": FORMAT, "version": FORMAT_VERSION, "program": self.program, "saved": self.saved}
        body = {"objects": self.objects, "values": self.values, "sha256": self.sha256}
        return json.dumps(head | body, indent=1, allow_nan=False) + "\n"


def is_session(path: Path) -> bool:
    """Whether a folder is a session, damaged or not, by its manifest; a folder of texts is none."""
    for name in (MANIFEST, EARLIER_MANIFEST):
        try:
            with (path / name).open("rb") as stream:
                begins_as_one = FORMAT.encode() in stream.read(SAMPLE_BYTES)
        except OSError:
            continue
        if begins_as_one or path.suffix == ENDING:
            return True
    return False


def manifest_now(objects: Mapping[str, int], values: Mapping[str, Any]) -> Manifest:
    """The manifest of a state that is saved now."""
    return Manifest(objects, values, datetime.now(UTC).isoformat(timespec="seconds"))


def read_manifest(folder: Path, name: str = MANIFEST) -> Manifest:
    """The manifest of a session, or the one before it.

    Raises
    ------
    NotASession
        If there is none.
    SessionNewer
        If it was written by a later version, in another form.
    SessionDamaged
        If it is not as it was written.
    """
    try:
        found = json.loads((folder / name).read_bytes(), parse_constant=_refused_number)
        _check_version(found, folder)
        return _checked(found)
    except FileNotFoundError as error:
        raise NotASession(path=printable(folder), expected=name) from error
    except OSError as error:
        raise damaged(folder, name, "a readable file", error.strerror) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(folder, name, "what was written", error) from error


def damaged(folder: Path, place: str, expected: object, received: object) -> SessionDamaged:
    """The error that names the file of a session in which something else was found."""
    return SessionDamaged(path=printable(folder), place=place, expected=expected, received=received)


def _check_version(found: dict[str, Any], folder: Path) -> None:
    if found["format"] != FORMAT or type(found["version"]) is not int or found["version"] < 1:
        raise ValueError("another format")
    if found["version"] > FORMAT_VERSION:
        raise SessionNewer(
            path=printable(folder),
            program=found.get("program", "?"),
            expected=FORMAT_VERSION,
            received=found["version"],
        )


def _checked(found: dict[str, Any]) -> Manifest:
    manifest = Manifest(found["objects"], found["values"], str(found["saved"]), str(found["program"]))
    if manifest.sha256 != found["sha256"]:
        raise ValueError("another checksum")
    for name, size in manifest.objects.items():
        if not OBJECT_NAME.fullmatch(name) or type(size) is not int or size < 0:
            raise ValueError(f"an object {name}")
    return manifest


def _canonical(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _refused_number(text: str) -> float:
    raise ValueError(f"the number {text}")
