"""`gloveui.evaluate` and the command ``evaluate``: the same numbers, whatever asks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import gloveui
from gloveui.cli import main
from gloveui.core.embedding import Embedding
from gloveui.core.errors import QuestionFileError
from gloveui.core.evaluation import AnalogyEvaluation, PairEvaluation
from gloveui.core.vocabulary import Vocabulary

WORDS = ("man", "woman", "boy", "girl", "king", "queen")
VECTORS = [(1, 0, 0, 0), (0, 1, 0, 0), (1, 0, 1, 0), (0, 1, 1, 0), (1, 0, 0, 1), (0, 1, 0, 1)]


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    path = tmp_path / "vectors.safetensors"
    gloveui.save_vectors(Embedding(Vocabulary(WORDS), np.array(VECTORS, np.float32)), path)
    return path


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text("word1,word2,score\nman,woman,1\nboy,man,5\nking,man,5\nfox,wolf,3\n", encoding="utf-8")
    return path


def test_a_file_of_vectors_is_asked_googles_analogies(vectors: Path) -> None:
    found = gloveui.evaluate(vectors)
    assert isinstance(found, AnalogyEvaluation)
    family = next(section for section in found.sections if section.name == "family")
    assert (found.total.asked, family.covered, family.right["add"]) == (19_544, 6, 6)


def test_pairs_of_a_file_are_ranked(vectors: Path, pairs: Path) -> None:
    found = gloveui.evaluate(vectors, pairs)
    assert isinstance(found, PairEvaluation)
    assert (found.asked, found.covered) == (4, 3)
    assert found.spearman == pytest.approx(1.0)


def test_the_command_prints_sections_and_what_is_covered(vectors: Path, pairs: Path, capsys) -> None:
    assert main(["evaluate", str(vectors), "--questions", "english", "--pairs", str(pairs)]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["English", "asked", "covered", "3CosAdd %", "3CosMul %"]
    assert lines[1][:1] + lines[1][2:] == ["family", "6", "100.0", "100.0"]
    assert lines[-1] == ["pairs", "4", "3", "1.0000"]


def test_the_command_gives_everything_as_json(vectors: Path, capsys) -> None:
    assert main(["evaluate", str(vectors), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["evaluations"][0]
    assert found["total"] == {
        "name": "Google",
        "asked": 19_544,
        "covered": 6,
        "right": {"add": 6, "multiply": 6},
    }
    assert [group["name"] for group in found["groups"]] == ["semantic", "syntactic"]


def test_the_command_says_why_nothing_is_covered(vectors: Path, capsys) -> None:
    assert main(["evaluate", str(vectors), "--questions", "korean"]) == 0
    out = capsys.readouterr().out
    assert "no question is covered" in out
    assert "nan" not in out


def test_a_broken_file_is_told_in_one_line(vectors: Path, tmp_path: Path, capsys) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_text("man woman boy\n", encoding="utf-8")
    assert main(["evaluate", str(vectors), "--questions", str(broken)]) == 2
    assert "line 1: expected four words" in capsys.readouterr().err
    with pytest.raises(QuestionFileError):
        gloveui.evaluate(vectors, broken)
