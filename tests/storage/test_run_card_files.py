from __future__ import annotations

import json
from pathlib import Path

import pytest

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import FileUnreadable
from gloveui.core.glove import GloveConfig
from gloveui.core.run_card import RunCard
from gloveui.core.text import TextSummary
from gloveui.core.tokens import TokenOptions
from gloveui.core.warm_start import Origin
from gloveui.storage.run_card_files import RunCardError, read_run_card, run_card_to_json, write_run_card
from tests.storage.samples import file_of

CARD = RunCard(
    text=TextSummary("책.txt", "cp949", "ab" * 32, 1234, broken_bytes=2, first_broken=17),
    token_options=TokenOptions("regex", r"[^\s]+", lower=False),
    count_options=CountOptions(window=3, direction="left"),
    config=GloveConfig(dimension=7, learning_rate=0.1, seed=2**62),
    sizes={"tokens": 10, "nonzeros": 3_000_000_000},
    losses=(0.1, 0.05000000000000001),
    seconds={"reading": 0.25},
    versions={"python": "3.11.0"},
    device="CPU, 2 threads",
    threads=2,
    start=Origin("model", "GloVe 1", number=1),
    ended_early=True,
)


def test_a_card_comes_back_as_it_was(tmp_path: Path) -> None:
    write_run_card(CARD, tmp_path / "run.json")
    assert read_run_card(tmp_path / "run.json") == CARD


def test_a_card_of_an_older_version_is_read_with_what_it_has(tmp_path: Path) -> None:
    values = CARD.as_dict()
    for name in ("device", "threads", "start", "ended_early"):
        del values[name]
    for name in ("mode", "patience", "post_processing", "unknown"):
        del values["config"][name]  # type: ignore[attr-defined]
    card = read_run_card(file_of(tmp_path, json.dumps(values).encode()))
    assert (card.device, card.threads, card.start, card.ended_early) == ("", 0, None, False)
    assert card.config == CARD.config
    assert card.losses == CARD.losses


def test_a_card_is_json_that_people_can_read(tmp_path: Path) -> None:
    write_run_card(CARD, tmp_path / "run.json")
    text = (tmp_path / "run.json").read_text(encoding="utf-8")
    assert '\n    "name": "책.txt"' in text
    assert json.loads(text)["config"]["seed"] == 2**62


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b"{}",
        b"[" * 100_000,
        run_card_to_json(CARD).replace('"window": 3', '"window": 0').encode(),
        run_card_to_json(CARD).replace('"window"', '"widow"').encode(),
        run_card_to_json(CARD).replace("0.25", '"soon"').encode(),
        run_card_to_json(CARD).replace('"kind"', '"king"').encode(),
    ],
)
def test_another_file_is_no_card(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(RunCardError, match="expected a run card"):
        read_run_card(file_of(tmp_path, content))


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="No such file"):
        read_run_card(tmp_path / "run.json")
