"""Texts on the command line: several files, folders, archives and tables, and what is said of them."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from gloveui import cli


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("I like deep learning\n")
    (folder / "b.csv").write_text("id,text\n1,I like NLP\n")
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("inner.txt", "I enjoy flying")
    (folder / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def info(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    assert cli.main(["info", "--json", *map(str, arguments)]) == 0
    facts: dict[str, object] = json.loads(capsys.readouterr().out)
    return facts


def test_info_tells_what_a_folder_holds_and_what_was_left_out(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    facts = info(capsys, folder, "--column", "text")
    assert (facts["kind"], facts["files"], facts["tokens"]) == ("folder", 4, 10)
    assert facts["notes"] == ["texts: files that are no text and were left out: 1 (texts/d.png)"]
    assert cli.main(["info", str(folder), "--column", "text"]) == 0
    assert "kind: folder" in capsys.readouterr().out.splitlines()


def test_several_texts_are_counted_as_one(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    texts = [str(folder / name) for name in ("a.txt", "b.csv", "c.zip")]
    assert cli.main(["count", *texts, "--column", "text", "-o", str(tmp_path / "out"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["vocabulary"] == 7


def test_a_column_that_has_to_be_chosen_is_asked_for_with_the_choices(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    assert cli.main(["count", str(folder), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert "id, text" in told
    assert not (tmp_path / "out").exists()


def test_what_was_odd_is_said_after_the_work(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "b.csv").unlink()
    (folder / "e.gz").write_bytes(gzip.compress(b"I enjoy flying") + b"garbage")
    assert cli.main(["count", str(folder), "-o", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().err
    assert "texts/d.png" in told
    assert "texts/e.gz: bytes behind the end of what is compressed, left out: 7" in told


def test_results_never_replace_a_file_of_the_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "vocabulary.txt").write_text("I like NLP")
    assert cli.main(["count", str(tmp_path), "-o", str(tmp_path), "--force"]) == 2
    assert "the text itself" in capsys.readouterr().err
    assert (tmp_path / "vocabulary.txt").read_text() == "I like NLP"
