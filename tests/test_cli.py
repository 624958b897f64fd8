from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gloveui import __version__, api, cli, load_vectors
from gloveui.core import devices
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import FileMissing
from gloveui.core.glove import MODES, POST_PROCESSINGS, UNKNOWN_RULES, VECTOR_CHOICES, GloveConfig
from gloveui.core.progress import Progress
from gloveui.core.resources import DEVICES, Resources
from gloveui.core.text import TextSource
from gloveui.core.tokens import TokenOptions
from gloveui.storage.run_card_files import read_run_card
from gloveui.storage.vector_tensors import run_card_of_vectors
from gloveui.storage.vocabulary_files import read_vocabulary
from tests.commands import Outcome, Run, assert_is_refused

ROOT = Path(__file__).resolve().parent.parent
TEXT = "I like deep learning\nI like NLP\nI enjoy flying\n"
WRITTEN = ["run.json", "vectors.safetensors", "vectors.txt", "vocabulary.txt"]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def trained(run: Run, text: Path, tmp_path: Path) -> Path:
    assert run("train", text, "-o", tmp_path / "out", "--epochs", 20, "--window", 2).code == 0
    return tmp_path / "out"


def test_training_writes_vectors_vocabulary_and_the_run_card(trained: Path, text: Path) -> None:
    assert sorted(path.name for path in trained.iterdir()) == WRITTEN
    exact, plain = load_vectors(trained / "vectors.safetensors"), load_vectors(trained / "vectors.txt")
    assert np.array_equal(exact.vectors, plain.vectors)
    assert exact.parameters is not None
    vocabulary = read_vocabulary(trained / "vocabulary.txt")
    assert vocabulary.words == exact.vocabulary.words == plain.vocabulary.words
    assert vocabulary.counts.tolist() == [3, 2, 1, 1, 1, 1, 1]
    card = read_run_card(trained / "run.json")
    assert card == run_card_of_vectors(trained / "vectors.safetensors")
    assert card.text.sha256 == hashlib.sha256(text.read_bytes()).hexdigest()
    assert (len(card.losses), card.count_options.window, card.count_options.min_count) == (20, 2, 1)
    assert card.versions["numpy"] == np.__version__


def test_every_option_reaches_its_setting(run: Run, text: Path, tmp_path: Path) -> None:
    (tmp_path / "stop.txt").write_text("zebra the")
    options = (
        f"--drop-bracketed --drop-numbers --stop-words {tmp_path / 'stop.txt'} "
        "--pattern \\w --keep-case --split-sentences --encoding cp949 --window 3 --direction left "
        "--weighting flat --min-count 2 --max-vocabulary 9 --keep-positions --dim 4 --epochs 2 --x-max 5 "
        "--alpha 0.5 --eta 0.02 --gradient-clip 7 --seed 8 --vectors concatenated --threads 1 --preset small "
        "--mode fast --patience 5 --post-processing mean --unknown zeros --memory 512 --mapped-above 64 "
        f"--device cpu --scratch-folder {tmp_path}"
    )
    assert run("train", text, "-o", tmp_path / "out", *options.split()).code == 0
    card = read_run_card(tmp_path / "out" / "run.json").as_dict()
    assert card["token_options"] == {
        "tokenizer": "regex", "pattern": "\\w", "lower": False, "split_sentences": True,
        "drop_bracketed": True, "drop_numbers": True, "stop_words": ("the", "zebra"),
    }  # fmt: skip
    assert card["count_options"] == {
        "window": 3, "direction": "left", "weighting": "flat", "min_count": 2, "max_vocabulary": 9,
        "keep_positions": True,
    }  # fmt: skip
    assert card["config"] == {
        "dimension": 4, "epochs": 2, "learning_rate": 0.02, "x_max": 5.0, "alpha": 0.5, "gradient_clip": 7.0,
        "seed": 8, "vectors": "concatenated", "mode": "fast", "patience": 5, "post_processing": "mean",
        "unknown": "zeros",
    }  # fmt: skip
    assert card["threads"] == 1
    assert str(card["device"]).startswith("CPU")
    assert read_run_card(tmp_path / "out" / "run.json").text.encoding == "cp949"


def test_bounds_of_the_run_reach_the_work(
    run: Run, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Resources] = []

    def remember(source: TextSource, given: dict[str, Any], *rest: object, **more: object) -> None:
        seen.append(Resources(**{name: given[name] for name in given}))
        raise FileMissing(path="seen")

    monkeypatch.setattr("gloveui.api.train_fitted_task", remember)
    bounds = ("--memory", 512, "--mapped-above", 64, "--device", "cpu", "--scratch-folder", tmp_path)
    assert_is_refused(run("train", text, "-o", tmp_path / "out", *bounds, "--threads", 2), "seen")
    assert seen == [Resources(2, 512, 64, "cpu", str(tmp_path))]


def test_help_names_every_preset_and_every_choice(run: Run) -> None:
    told = " ".join(run("train", "--help").out.split())
    for keys in (api.PRESETS, MODES, VECTOR_CHOICES, POST_PROCESSINGS, UNKNOWN_RULES, DEVICES):
        for key in keys:
            assert key in told, key


def test_every_setting_has_an_option(run: Run) -> None:
    told = run("train", "--help").out
    options = {"lower": "--keep-case", **{name: f"--{option}" for option, name in cli.FIELDS.items()}}
    for kind in (TokenOptions, CountOptions, GloveConfig, Resources):
        for field in fields(kind):
            assert options.get(field.name, f"--{field.name}").replace("_", "-") in told, field.name


def test_a_training_starts_from_vectors_of_another(
    run: Run, trained: Path, text: Path, tmp_path: Path
) -> None:
    first = read_run_card(trained / "run.json")
    assert run("train", text, "-o", tmp_path / "warm", "--epochs", 1, "--start-from", trained).code == 0
    card = read_run_card(tmp_path / "warm" / "run.json")
    assert card.losses[0] < first.losses[0]
    assert card.start is not None
    assert (card.start.kind, card.start.name) == ("vectors", "vectors.safetensors")
    assert card.start.sha256 == hashlib.sha256((trained / "vectors.safetensors").read_bytes()).hexdigest()


def test_vectors_of_another_dimension_are_refused_before_the_work(
    run: Run, trained: Path, text: Path, tmp_path: Path
) -> None:
    wrong = ("train", text, "-o", tmp_path / "warm", "--dim", 9, "--start-from", trained)
    assert_is_refused(run(*wrong), "have 25 numbers each; the settings ask for 9", "Set the dimension to 25")
    assert not (tmp_path / "warm").exists()


def test_a_training_goes_on_from_its_checkpoint_to_the_same_bits(
    run: Run, text: Path, tmp_path: Path
) -> None:
    assert run("train", text, "-o", tmp_path / "part", "--epochs", 3, "--checkpoint").code == 0
    checkpoint = tmp_path / "part" / "checkpoint.safetensors"
    assert run("train", text, "-o", tmp_path / "whole", "--epochs", 8).code == 0
    again = ("train", text, "-o", tmp_path / "on", "--start-from", checkpoint, "--epochs", 8)
    assert run(*again).code == 0
    vectors = [(tmp_path / name / "vectors.txt").read_bytes() for name in ("whole", "on")]
    assert vectors[0] == vectors[1]
    assert len(read_run_card(tmp_path / "on" / "run.json").losses) == 8
    assert_is_refused(run(*again, "--force", "--eta", 0.3), "belongs to another training")


def test_a_run_that_goes_over_to_the_disk_says_so_before(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "words.txt"
    text.write_text("\n".join(f"{a} {b}" for a in range(400) for b in range(400)))
    done = run("train", text, "-o", tmp_path / "out", "--memory", 1, "--epochs", 1, "--min-count", 1)
    assert done.code == 0
    told = [line for line in done.err.splitlines() if line.startswith("gloveui: 400 words and about ")]
    assert len(told) == 1
    assert " on the disk" in told[0]


def test_a_device_that_is_not_here_is_refused_before_the_work(
    run: Run, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "available_devices", lambda: (devices.Device("cpu", "CPU", 1),))
    monkeypatch.setattr(api, "tokenise", None)  # no text is read
    refused = run("train", text, "-o", tmp_path / "out", "--device", "cuda")
    assert_is_refused(refused, "device: expected cpu (CPU), found cuda")
    assert not (tmp_path / "out").exists()


def test_a_training_that_ends_by_itself_says_so(run: Run, text: Path, tmp_path: Path) -> None:
    stuck = ("--dim", 1, "--eta", 1e-9, "--window", 3, "--epochs", 5_000, "--patience", 2)
    outcome = run("train", text, "-o", tmp_path / "out", *stuck, "--json")
    card = read_run_card(tmp_path / "out" / "run.json")
    assert json.loads(outcome.out)["ended_early"] is True
    assert f"training ended after {len(card.losses)} epochs" in outcome.err


def test_results_that_are_there_are_replaced_only_with_force(run: Run, trained: Path, text: Path) -> None:
    (trained / "vectors.safetensors").unlink()
    (trained / "vectors.txt").write_text("mine 1 2\n")
    again = ("train", text, "-o", trained, "--epochs", 2)
    assert_is_refused(run(*again), "vectors.txt, vocabulary.txt, run.json", "--force")
    assert (trained / "vectors.txt").read_text() == "mine 1 2\n"
    assert run(*again, "--force").code == 0
    assert len(load_vectors(trained / "vectors.txt")) == 7


def test_the_result_of_a_training_is_told(run: Run, text: Path, tmp_path: Path) -> None:
    spoken = run("train", text, "-o", tmp_path / "one", "--epochs", 2)
    assert spoken.out.startswith(f"{tmp_path / 'one'}: 7 words × 25 numbers, loss ")
    values = json.loads(run("train", text, "-o", tmp_path / "two", "--epochs", 2, "--json").out)
    assert (values["tokens"], values["vocabulary"], values["out"]) == (10, 7, str(tmp_path / "two"))


def test_counts_are_written_as_tables(run: Run, tmp_path: Path) -> None:
    outcome = run("count", "bundled:lecture", "-o", tmp_path, "--json", "--threads", 1)
    assert json.loads(outcome.out)["nonzeros"] == 12
    assert (tmp_path / "cooccurrence.tsv").read_text().startswith("i\tlike\t2\ni\tenjoy\t1\n")
    assert read_vocabulary(tmp_path / "vocabulary.txt").words[:2] == ("i", "like")
    assert_is_refused(run("count", "bundled:lecture", "-o", tmp_path), "--force")


def test_counts_take_the_options_of_tokens(run: Run, text: Path, tmp_path: Path) -> None:
    outcome = run(
        "count", text, "-o", tmp_path / "out", "--keep-case", "--tokenizer", "whitespace", "--min-count", 1
    )
    assert outcome.code == 0
    assert "NLP" in read_vocabulary(tmp_path / "out" / "vocabulary.txt")


def test_neighbours_are_lines_or_json(run: Run, trained: Path) -> None:
    outcome = run("neighbours", trained, "LIKE", "-k", 3)
    words = [line.split("\t")[0] for line in outcome.out.splitlines()]
    assert len(words) == 3
    assert "like" not in words
    values = json.loads(run("neighbours", trained / "vectors.txt", "like", "-k", 3, "--json").out)
    assert [answer["word"] for answer in values["neighbours"]] == words
    assert values["word"] == "like"


def test_questions_can_be_sums_and_measured_otherwise(run: Run, trained: Path) -> None:
    def answers(*question: str) -> list[dict[str, object]]:
        values = json.loads(run(question[0], trained, *question[1:], "--json").out)
        found: list[dict[str, object]] = values.get("neighbours") or values["answers"]
        return found

    far = answers("neighbours", "like - enjoy", "--metric", "euclidean", "--among", "3")
    assert 1 <= len(far) <= 3
    scores = [answer["score"] for answer in far]
    assert scores == sorted(scores, key=float)  # distances: the nearest is the smallest
    for method in ("add", "multiply", "direction"):
        assert answers("analogy", "i", "like", "enjoy", "--method", method, "-k", "2")


def test_an_analogy_leaves_out_its_own_words(run: Run, trained: Path) -> None:
    values = json.loads(run("analogy", trained, "i", "like", "enjoy", "--json").out)
    assert len(values["answers"]) == 4
    lines = run("analogy", trained, "i", "like", "enjoy").out.splitlines()
    assert lines[0].split("\t")[0] == values["answers"][0]["word"]


def test_info_tells_what_a_text_holds(run: Run, text: Path) -> None:
    facts = json.loads(run("info", text, "--json").out)
    assert (facts["kind"], facts["tokens"], facts["types"], facts["sentences"]) == ("text", 10, 7, 3)
    assert facts["sha256"] == hashlib.sha256(text.read_bytes()).hexdigest()
    assert "encoding: utf-8" in run("info", "bundled:lecture").out.splitlines()


def test_info_tells_what_vectors_hold(run: Run, trained: Path, tmp_path: Path) -> None:
    facts = json.loads(run("info", trained, "--json").out)
    assert facts["kind"] == "vectors"
    assert (facts["words"], facts["dimension"], facts["format"]) == (7, 25, "safetensors")
    (tmp_path / "v").write_text("9 2\na 1.5 2.5\na 3.5 4.5\nb 0.000 0.000\nc 1.2 3.4\n")
    lines = run("info", tmp_path / "v").out.splitlines()
    assert {"words: 3", "format: word2vec text", "duplicates: 1", "claimed rows: 9", "zero rows: 1"} <= set(
        lines
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["required"]),
        (["dance"], ["dance"]),
        (["train", "bundled:lecture"], ["-o/--out"]),
        (["train", "missing.txt", "-o", "OUT"], ["missing.txt"]),
        (["train", "bundled:french", "-o", "OUT"], ["bundled:lecture"]),
        (["train", "bundled:lecture", "-o", "OUT", "--window", "0"], ["window", "1 to 1000"]),
        (["train", "bundled:lecture", "-o", "OUT", "--window", "wide"], ["--window"]),
        (["train", "bundled:lecture", "-o", "OUT", "--eta", "nan"], ["learning_rate"]),
        (["train", "bundled:lecture", "-o", "OUT", "--preset", "huge"], ["preset", "lecture"]),
        (["train", "bundled:lecture", "-o", "OUT", "--threads", "0"], ["--threads"]),
        (["train", "bundled:lecture", "-o", "OUT", "--stop-words", "klingon"], ["There is no file klingon"]),
        (
            ["train", "bundled:lecture", "-o", "OUT", "--min-count", "9"],
            ["No word occurs 9 times", "count to 3 or less."],
        ),
        (["train", "bundled:lecture", "-o", "OUT", "--pattern", "("], ["expression", "at position 1."]),
        (["train", "bundled:lecture", "-o", "OUT", "--pattern", "a", "--tokenizer", "words"], ["pattern"]),
        (["train", "MANY", "-o", "OUT", "--eta", "10"], ["loss left all bounds", "now 10.0"]),
        (["count", "bundled:lecture", "-o", "FILE"], ["expected a folder, found a file"]),
        (["train", "bundled:lecture", "-o", "FILE"], ["FILE"]),
        (["train", "bundled:lecture", "-o", "FILE/OUT"], ["could not be written"]),
        (["neighbours", "missing", "word"], ["missing"]),
        (["neighbours", "FILE", "zebra"], ["zebra", "not in the vocabulary"]),
        (["analogy", "FILE", "a", "b", "zebra"], ["zebra"]),
        (["neighbours", "FILE", "a - "], ["column 5", "+ or −"]),
        (["neighbours", "FILE", "a", "--metric", "near"], ["metric", "cosine"]),
        (["analogy", "FILE", "a", "b"], ["C"]),
        (["neighbours", "FILE", "a", "-k", "0"], ["-k"]),
        (["neighbours", "TEXT", "a"], ["TEXT", "line 1"]),
        (["info", "missing"], ["missing"]),
        (["info", "EMPTY"], ["EMPTY", "expected texts inside"]),
    ],
)
def test_an_error_is_one_line_and_code_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("FILE").write_text("a 1 2\nb 3 4\n")
    Path("TEXT").write_text(TEXT)
    Path("MANY").write_text(TEXT * 100)
    Path("EMPTY").mkdir()
    assert_is_refused(run(*arguments), *words)


def test_a_wrong_setting_makes_no_folder(run: Run, tmp_path: Path) -> None:
    assert run("train", "bundled:lecture", "-o", tmp_path / "out", "--dim", 0).code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [["train", "ice"], ["train", "MISSING"], ["count", "ice"]])
def test_a_text_that_cannot_be_used_leaves_no_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ice").write_text("ice")
    Path("mine").mkdir()
    assert_is_refused(run(*arguments, "-o", "OUT"))
    assert_is_refused(run(*arguments, "-o", "mine"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ice", "mine"]


@pytest.mark.parametrize("command", ["train", "count"])
def test_a_text_is_never_replaced_by_the_results_of_it(run: Run, tmp_path: Path, command: str) -> None:
    text = tmp_path / "vocabulary.txt"
    text.write_text(TEXT)
    assert_is_refused(run(command, text, "-o", tmp_path, "--force"), "it is the text itself")
    assert text.read_text() == TEXT


def test_what_a_text_held_that_is_no_text_is_told_and_is_no_error(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_bytes(TEXT.encode() + b"a\xffb caf\xc3\xa9\n" + b"n\0l is\n" + b"x" * 2_000 + b" y\n")
    outcome = run("count", text, "-o", tmp_path / "out")
    assert outcome.code == 0
    assert outcome.err.splitlines() == [
        f"gloveui: text.txt: bytes that are not utf-8: 1, the first at byte {len(TEXT) + 1}",
        "gloveui: text.txt: NUL characters that were left out: 1",
        "gloveui: text.txt: words longer than 1,000 bytes that were cut: 1",
    ]


def test_an_encoding_that_had_to_be_guessed_is_told(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_bytes("나는 딥러닝을 좋아한다\n나는 비행을 즐긴다\n".encode("cp949") * 20)
    told = "gloveui: text.txt: read as cp949; --encoding chooses another\n"
    assert run("train", text, "-o", tmp_path / "out", "--epochs", 1).err == told
    assert run("train", text, "-o", tmp_path / "two", "--epochs", 1, "--encoding", "cp949").err == ""


def test_a_word_without_others_has_no_neighbours_and_gives_no_lines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "v").write_text("alone 1 2\n")
    assert run("neighbours", tmp_path / "v", "alone") == Outcome(0, "", "")


def test_a_disk_that_fails_is_an_error_and_leaves_the_old_files(
    run: Run, trained: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in trained.iterdir()}

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    assert_is_refused(run("train", text, "-o", trained, "--force", "--epochs", 2), "No space left on device")
    assert {path.name: path.read_bytes() for path in trained.iterdir()} == before


def test_version_and_help_are_no_errors(run: Run) -> None:
    assert run("--version") == Outcome(0, f"gloveui {__version__}\n", "")
    assert "neighbours" in run("--help").out


def test_an_interrupt_is_code_130_without_a_traceback(
    run: Run, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: Progress) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "ProgressLine", lambda is_terminal: Interrupting(interrupted))
    outcome = run("train", text, "-o", tmp_path / "out")
    assert outcome.code == 130
    assert "Traceback" not in outcome.err
    assert not (tmp_path / "out").exists()


class Interrupting:
    """Progress that calls a function."""

    def __init__(self, take: Callable[[Progress], None]) -> None:
        self._take = take

    def __call__(self, progress: Progress) -> None:
        self._take(progress)

    def close(self) -> None:
        pass


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "gloveui", *map(str, arguments)]


def test_the_module_runs_as_a_program_of_its_own(tmp_path: Path) -> None:
    training = subprocess.run(
        command("train", "bundled:lecture", "-o", tmp_path / "out", "--json"),
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert training.returncode == 0, training.stderr
    assert json.loads(training.stdout)["vocabulary"] == 7
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == WRITTEN


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_reader_that_leaves_early_is_no_error_to_talk_about(tmp_path: Path) -> None:
    (tmp_path / "v").write_text("".join(f"word{number} 1 {number}\n" for number in range(20_000)))
    asking = subprocess.Popen(
        command("neighbours", tmp_path / "v", "word1", "-k", 20_000),
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert asking.stdout is not None
    asking.stdout.close()
    with asking:
        assert asking.stderr is not None
        told = asking.stderr.read().splitlines()
        assert [line for line in told if not line.startswith(b"reading")] == []  # on a busy machine
    assert asking.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_ctrl_c_stops_a_training_and_leaves_no_files(tmp_path: Path) -> None:
    training = subprocess.Popen(
        command("train", "bundled:lecture", "-o", tmp_path / "out", "--epochs", 100_000, "--dim", 1000),
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with training:
        assert training.stderr is not None
        first = training.stderr.readline()  # after a second of work
        training.send_signal(signal.SIGINT)
        rest = training.stderr.read()
    assert first
    assert training.returncode == 130
    assert rest.endswith(b"gloveui: stopped\n")
    assert b"Traceback" not in rest
    assert not (tmp_path / "out").exists()
