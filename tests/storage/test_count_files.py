from __future__ import annotations

from pathlib import Path

import pytest

from gloveui.api import count
from gloveui.core.errors import WriteFailed
from gloveui.core.progress import run_to_end
from gloveui.core.text import PastedText
from gloveui.storage.count_files import write_counts

LECTURE = PastedText("I like deep learning\nI like NLP\nI enjoy flying")


def test_every_pair_is_a_line(tmp_path: Path) -> None:
    matrix = count(LECTURE, preset="lecture")
    run_to_end(write_counts(matrix, tmp_path / "counts.tsv"))
    lines = (tmp_path / "counts.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == matrix.nonzeros
    assert lines[:2] == ["i\tlike\t2", "i\tenjoy\t1"]


def test_a_word_with_a_tab_is_refused(tmp_path: Path) -> None:
    matrix = count(PastedText("a\tb c"), tokenizer="regex", pattern=r"a\tb|c", min_count=1)
    with pytest.raises(WriteFailed, match="tab"):
        run_to_end(write_counts(matrix, tmp_path / "counts.tsv"))
