from __future__ import annotations

import json
import struct
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from gloveui.core.errors import BrokenArchive, SeveralTables
from gloveui.core.lookup import lookup_table
from gloveui.core.progress import Progress, run_to_end
from gloveui.storage import torch_child, torch_files
from gloveui.storage.embedding_files import holds_vectors, load_vectors, read_vectors
from gloveui.storage.layer_files import write_layer
from gloveui.storage.torch_child import answer_for
from gloveui.storage.vector_errors import CodeInside, PickleInside
from tests.storage.samples import embedding_of, file_of, refusal

TABLE = torch.arange(6.0).reshape(3, 2)
WORDS = ["a", "b", "값"]


def saved(folder: Path, content: object, legacy: bool = False) -> Path:
    torch.save(content, folder / "v.pt", _use_new_zipfile_serialization=not legacy)
    return folder / "v.pt"


def answers_by(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Put a small program in the place of the one that reads with torch."""
    monkeypatch.setattr(torch_child, "__file__", str(file_of(folder, code.encode(), "child.py")))


def in_this_process(folder: Path) -> str:
    """A program that answers from what `torch_child` says here; to start torch takes seconds."""
    answer, tensor = answer_for(folder / "v.pt", "")
    text = json.dumps(answer).encode()
    numbers = b"" if tensor is None else tensor.to(torch.float32).numpy().tobytes()
    content = struct.pack("<Q", len(text)) + text + numbers
    return f"import sys; sys.stdout.buffer.write({content!r})"


def test_our_own_layer_comes_back_with_its_words(tmp_path: Path) -> None:
    table = lookup_table(embedding_of(["the", "값"]))
    folder = run_to_end(write_layer(tmp_path, table))
    steps = list[Progress]()
    loaded = run_to_end(read_vectors(folder / "embedding.pt"), steps.append)
    assert loaded.vocabulary.words == table.vocabulary.words
    assert np.array_equal(loaded.vectors, table.vectors)
    assert steps[-1].detail.format == "PyTorch"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (TABLE, ("tensor", "float32", None)),
        (torch.nn.Parameter(TABLE), ("tensor", "float32", None)),
        ({"vectors": TABLE, "words": WORDS, "other": TABLE}, ("vectors", "float32", WORDS)),
        ((WORDS, {"a": 0}, TABLE.half(), 2), ("2", "float16", WORDS)),
        (
            {"model": {"weight": TABLE.bfloat16()}, "stoi": {"값": 2, "b": 1, "a": 0}},
            ("model.weight", "bfloat16", WORDS),
        ),
        (torch.nn.Embedding.from_pretrained(TABLE.double()).state_dict(), ("weight", "float64", None)),
        ({"weight": TABLE, "bias": TABLE[0], "steps": torch.tensor(3)}, ("weight", "float32", None)),
    ],
)
def test_a_table_is_found_wherever_it_lies(
    tmp_path: Path, content: object, found: tuple[object, ...]
) -> None:
    for legacy in (False, True):
        answer, tensor = answer_for(saved(tmp_path, content, legacy), "")
        assert (answer["table"], answer["kind"], answer["words"]) == found
        assert torch.equal(tensor.float(), TABLE)


def refused_tensors() -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {
            "a sparse tensor": TABLE.to_sparse(),
            "a quantized tensor": torch.quantize_per_tensor(TABLE, 0.1, 0, torch.quint8),
            "a tensor whose rows do not lie one after the other": torch.ones(1, 2).expand(3, 2),
            "a tensor on the device meta": torch.empty(3, 2, device="meta"),
            "a nested tensor": torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]),
            "int64": TABLE.long(),
            "bool": TABLE > 1,
            "a tensor with 1 dimensions": TABLE[0],
        }


@pytest.mark.filterwarnings("ignore")  # torch's own, for programmers
def test_other_tensors_are_refused_by_what_they_are(tmp_path: Path) -> None:
    for found, tensor in refused_tensors().items():
        answer, chosen = answer_for(saved(tmp_path, {"weight": tensor}), "")
        assert (answer["refused"], answer["found"], chosen) == ("tensor", found, None)
    assert answer_for(saved(tmp_path, TABLE.T), "")[0]["found"].startswith("a tensor whose rows")
    assert answer_for(saved(tmp_path, {"a": 1}), "")[0]["found"] == "none"


@pytest.mark.filterwarnings("ignore")
def test_refusals_reach_the_person_and_several_tables_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, {"weight": TABLE.to_sparse()})
    answers_by(monkeypatch, tmp_path, in_this_process(tmp_path))
    facts = refusal(path)
    assert (facts["place"], facts["received"]) == ("tensor weight", "a sparse tensor")
    saved(tmp_path, torch.nn.Sequential(torch.nn.Embedding(3, 2), torch.nn.Embedding(3, 2)).state_dict())
    answers_by(monkeypatch, tmp_path, in_this_process(tmp_path))
    with pytest.raises(SeveralTables) as several:
        load_vectors(path)
    assert several.value.fields["tables"] == ("0.weight", "1.weight")
    saved(tmp_path, torch.nn.Embedding(3, 2))
    answers_by(monkeypatch, tmp_path, in_this_process(tmp_path))
    with pytest.raises(CodeInside, match="contains code; not opened") as refused:
        load_vectors(path)
    assert "weights_only" not in str(refused.value) + refused.value.next_step


def test_a_program_of_torchscript_is_refused_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "v.pt", "w") as archive:
        for name in ("v/constants.pkl", "v/data.pkl", "v/code/__torch__.py"):
            archive.writestr(name, b"\x80\x02.")
    answers_by(monkeypatch, tmp_path, f"open({str(tmp_path / 'started')!r}, 'w')")
    with pytest.raises(CodeInside, match="TorchScript"):
        load_vectors(tmp_path / "v.pt")
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "import sys; sys.exit(3)",
        "",
        "print('{}')",
        "import sys; sys.stdout.buffer.write(bytes([255] * 8))",
        "import sys; sys.stdout.buffer.write((2).to_bytes(8, 'little') + b'[]')",
        """import json, sys
answer = json.dumps({"table": "t", "rows": 10**12, "dimension": 300}).encode()
sys.stdout.buffer.write(len(answer).to_bytes(8, 'little') + answer + bytes(100))""",
    ],
)
def test_whatever_the_other_process_does_is_an_error_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    answers_by(monkeypatch, tmp_path, code)
    assert refusal(saved(tmp_path, TABLE))["received"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there is the memory of a process bounded")
def test_the_other_process_gets_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"""import sys
sys.path.append({str(Path(torch_child.__file__).parent)!r})
import torch_child
torch_child._limit(10**7, 60, 100)
try:
    bytes(10**9)
except MemoryError:
    sys.exit(0)
sys.exit(1)"""
    answers_by(monkeypatch, tmp_path, code)
    assert refusal(saved(tmp_path, TABLE))["received"] == "something else"  # nothing at all, and exit code 0


def test_the_other_process_gets_little_time_and_ends_with_the_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = f"import time; open({str(tmp_path / 'started')!r}, 'w').close(); time.sleep(1000)"
    answers_by(monkeypatch, tmp_path, endless)
    path = saved(tmp_path, TABLE)
    monkeypatch.setattr(torch_files, "LEAST_SECONDS", 0)
    assert refusal(path)["received"] == "what ended the process that read them"
    monkeypatch.setattr(torch_files, "LEAST_SECONDS", 90)
    reading = read_vectors(path)
    while not (tmp_path / "started").exists():
        next(reading)
    reading.close()  # a process that goes on is a ResourceWarning, which fails this


def test_content_decides_whatever_the_ending(tmp_path: Path) -> None:
    assert holds_vectors(saved(tmp_path, TABLE).rename(tmp_path / "v.txt"))
    assert holds_vectors(saved(tmp_path, TABLE, legacy=True))
    with pytest.raises(PickleInside):
        load_vectors(file_of(tmp_path, b"\x80\x04N.", "plain.pt"))
    with pytest.raises(BrokenArchive):
        load_vectors(file_of(tmp_path, b"PK\x03\x04", "v.pt"))
