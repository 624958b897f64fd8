"""A program that is killed while it saves or trains loses nothing; ``GLOVEUI_KILLS=20`` kills more often."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.storage.kills import CHILDREN, kill_and_check

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is looked for")
FEW = {"saving": 2, "training": 1}  # a child takes a second to begin


@pytest.mark.parametrize("what", CHILDREN)
def test_what_was_saved_before_a_kill_is_there_after_it(tmp_path: Path, what: str) -> None:
    kill_and_check(what, int(os.environ.get("GLOVEUI_KILLS", FEW[what])), tmp_path, seed=1)
