from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO

import numpy as np
import pytest
import torch

from gloveui.core.errors import GloveError
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.tokens import TokenOptions, tokenise
from gloveui.storage import torch_files
from gloveui.storage.checkpoint_files import stored_checkpoint
from gloveui.storage.embedding_files import FORMATS, load_vectors, read_vectors
from gloveui.storage.evaluation_files import read_question_set
from gloveui.storage.run_card_files import read_run_card
from gloveui.storage.session_folder import load_session
from gloveui.storage.session_manifest import MANIFEST, OBJECTS
from gloveui.storage.text_opening import open_text
from gloveui.storage.text_preview import preview_text
from gloveui.storage.torch_child import answer_for
from gloveui.storage.vector_errors import CodeInside
from gloveui.storage.vector_rows import VectorOptions
from gloveui.storage.vector_tensors import run_card_of_vectors
from gloveui.storage.vector_words import read_words
from gloveui.storage.vocabulary_files import read_vocabulary
from tests.storage.payloads import payloads, pickles
from tests.storage.sessions import save, small_session

ENDINGS = (".pt", ".npy", ".npz", ".model", ".bin", ".txt", ".csv", ".html")
NAMES = sorted(payloads(Path("sentinel")))
RUN_ALL = """import pickle, sys
for path in sys.argv[1:]:
    try:
        pickle.load(open(path, "rb"))
    except Exception:
        pass"""


@pytest.mark.filterwarnings("ignore")  # of the files that the payloads leave open
def test_there_are_thirty_and_the_pickles_would_run(tmp_path: Path) -> None:
    """Else the other tests here could not fail."""
    assert len(NAMES) >= 30
    sentinels, files = [], []
    for number, name in enumerate(pickles(tmp_path)):
        sentinels.append(tmp_path / f"made{number}")
        files.append(tmp_path / f"file{number}")
        files[-1].write_bytes(pickles(sentinels[-1])[name])
    subprocess.run([sys.executable, "-W", "ignore", "-c", RUN_ALL, *map(str, files)], check=True)
    for name, load in {
        "torch": partial(torch.load, weights_only=False),
        "npy of objects": partial(np.load, allow_pickle=True),
    }.items():
        sentinels.append(tmp_path / f"made by {name}")
        files[0].write_bytes(payloads(sentinels[-1])[name])
        with suppress(Exception):
            load(files[0])
    assert all(sentinel.exists() for sentinel in sentinels)


def answer_here(path: Path, table: str, output: IO[bytes]) -> Task[None]:
    """Read with torch in this process, where a sentinel would be made as well as in another one."""
    yield Progress("reading", 0.0)
    answer, _ = answer_for(path, table)
    text = str(answer.get("refused", "")).encode()
    output.write(len(text).to_bytes(8, "little") + text)


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[Path], object]]:
    """Everything that takes a file that somebody else may have made."""
    monkeypatch.setattr(torch_files, "_run_child", answer_here)
    with_words = VectorOptions(words=Path(__file__))
    return [
        *(lambda path, one=one: run_to_end(one.read(path, None)) for one in FORMATS),  # type: ignore[misc]
        lambda path: run_to_end(read_vectors(path, with_words)),
        lambda path: answer_for(path, ""),
        run_card_of_vectors,
        read_words,
        read_vocabulary,
        read_question_set,
        read_run_card,
        stored_checkpoint,
        lambda path: run_to_end(tokenise(open_text([path]), TokenOptions(), Resources())),
        lambda path: run_to_end(preview_text(open_text([path]))),
    ]


@pytest.mark.filterwarnings("ignore")  # torch's own, for programmers
@pytest.mark.parametrize("name", NAMES)
def test_no_file_runs_what_is_in_it_whoever_opens_it(
    name: str, tmp_path: Path, readers: list[Callable[[Path], object]]
) -> None:
    sentinel, folder = tmp_path / "sentinel", tmp_path / "files"
    folder.mkdir()
    content = payloads(sentinel)[name]
    path = folder / "v"
    path.write_bytes(content)
    (folder / "v.vectors.npy").write_bytes(payloads(sentinel)["npy of objects"])  # as gensim puts it beside
    for read in readers:
        with suppress(GloveError, OSError, ValueError):
            read(path)
    for ending in ENDINGS:
        with suppress(GloveError):
            load_vectors(path.rename(folder / f"v{ending}"))
        path = folder / f"v{ending}"
    assert not sentinel.exists()
    assert sorted(tmp_path.iterdir()) == [folder]
    assert sorted(one.name for one in folder.iterdir()) == sorted(["v.vectors.npy", path.name])


def test_no_session_runs_what_is_in_its_files(tmp_path: Path) -> None:
    sentinel, folder = tmp_path / "sentinel", tmp_path / "session"
    save(folder, small_session())
    whole = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    objects = [path for path in whole if path.parent.name == OBJECTS]
    assert objects
    for content in payloads(sentinel).values():
        for place in (folder / MANIFEST, *objects[:1]):
            place.write_bytes(content)
            with suppress(GloveError):
                load_session(folder)
            place.write_bytes(whole[place])
        for place in objects:  # of the right size, so that only the hash tells it
            place.write_bytes(content[: len(whole[place])].ljust(len(whole[place]), b"\0"))
        with suppress(GloveError):
            load_session(folder)
        for place in objects:
            place.write_bytes(whole[place])
    assert not sentinel.exists()
    assert load_session(folder)


def test_the_process_that_reads_with_torch_runs_nothing_either(tmp_path: Path) -> None:
    path = tmp_path / "v.pt"
    path.write_bytes(payloads(tmp_path / "sentinel")["torch"])
    with pytest.raises(CodeInside, match="not opened") as refused:
        load_vectors(path)
    assert "weights_only" not in f"{refused.value} {refused.value.next_step}"
    assert list(tmp_path.iterdir()) == [path]
