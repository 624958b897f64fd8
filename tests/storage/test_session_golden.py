"""A session that form 1 wrote is read for ever; what is written today of the same values is the same.

``python -m tests.storage.test_session_golden FOLDER`` writes it; a new form gets a folder of its own.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from gloveui.storage.session_folder import FORMAT_VERSION
from gloveui.storage.session_manifest import MANIFEST, read_manifest
from tests.storage.sessions import bits_of, opened, save, small_session

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("version", range(1, FORMAT_VERSION + 1))
def test_a_session_of_every_form_is_read_for_ever(tmp_path: Path, version: int) -> None:
    folder = tmp_path / "golden.gloveui"
    shutil.copytree(GOLDEN / f"session-{version}", folder)
    found = opened(folder)
    assert found.warnings == ()
    assert bits_of(found) == bits_of(small_session())


def test_what_is_written_today_is_what_its_form_says(tmp_path: Path) -> None:
    golden = GOLDEN / f"session-{FORMAT_VERSION}"
    save(tmp_path / "today", small_session())
    today, then = read_manifest(tmp_path / "today"), read_manifest(golden)
    assert dict(today.objects) == dict(then.objects)
    for name in then.objects:
        assert (tmp_path / "today" / "objects" / name).read_bytes() == (
            golden / "objects" / name
        ).read_bytes()
    assert lines(then.values, today.values) == json.dumps(then.values, indent=1)
    assert json.loads((tmp_path / "today" / MANIFEST).read_text())["version"] == FORMAT_VERSION


def lines(known: object, found: object) -> str:
    """Small values as JSON; what was added since, which older files lack, is left out."""
    return json.dumps(_as_far_as(known, found), indent=1)


def _as_far_as(known: object, found: object) -> object:
    if isinstance(known, dict) and isinstance(found, dict):
        return {key: _as_far_as(known[key], found[key]) for key in known}
    if isinstance(known, list) and isinstance(found, list) and len(known) == len(found):
        return [_as_far_as(*pair) for pair in zip(known, found, strict=True)]
    return found


if __name__ == "__main__":
    save(Path(sys.argv[1]), small_session())
