from __future__ import annotations

import json
from pathlib import Path

import pytest

from gloveui.core.baseline_settings import LsaSettings, PpmiSettings, Word2VecSettings
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import FileUnreadable
from gloveui.core.glove import GloveConfig
from gloveui.core.model_cards import BaselineCard, Card, FileCard
from gloveui.core.run_card import RunCard
from gloveui.core.text import TextSummary
from gloveui.core.text_notes import TextNote
from gloveui.core.tokens import TokenOptions
from gloveui.core.warm_start import Origin
from gloveui.storage.run_card_files import RunCardError, card_to_json, read_run_card, write_run_card
from tests.storage.samples import file_of

CARD = RunCard(
    text=TextSummary(
        "책.txt", "cp949", "ab" * 32, 1234, 2, 17, notes=(TextNote("cut_off", "책.txt", place="9"),)
    ),
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
BASELINE_CARDS = [
    BaselineCard(
        CARD.text, CARD.token_options, CARD.count_options, settings, CARD.sizes, CARD.seconds, CARD.versions
    )
    for settings in (LsaSettings(transform="tf-idf"), PpmiSettings(shift=5), Word2VecSettings("cbow"))
]
FILE_CARD = FileCard(
    "책.vec", "cd" * 32, "word2vec text", 3, 2, {"first": 2, "table": "in"}, {"numpy": "2.1"}
)


@pytest.mark.parametrize("card", [CARD, *BASELINE_CARDS, FILE_CARD])
def test_a_card_comes_back_as_it_was(tmp_path: Path, card: Card) -> None:
    write_run_card(card, tmp_path / "run.json")
    assert read_run_card(tmp_path / "run.json") == card


def test_a_card_without_a_method_is_of_glove(tmp_path: Path) -> None:
    values = json.loads(card_to_json(CARD))
    assert values.pop("method") == "glove"
    assert read_run_card(file_of(tmp_path, json.dumps(values).encode())) == CARD


def test_a_card_of_an_older_version_is_read_with_what_it_has(tmp_path: Path) -> None:
    values = CARD.as_dict()
    for name in ("device", "threads", "start", "ended_early"):
        del values[name]
    for name in ("mode", "patience", "post_processing", "unknown"):
        del values["config"][name]  # type: ignore[attr-defined]
    card = read_run_card(file_of(tmp_path, json.dumps(values).encode()))
    assert isinstance(card, RunCard)
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
        card_to_json(CARD).replace('"window": 3', '"window": 0').encode(),
        card_to_json(CARD).replace('"window"', '"widow"').encode(),
        card_to_json(CARD).replace("0.25", '"soon"').encode(),
        card_to_json(CARD).replace('"kind"', '"king"').encode(),
        card_to_json(CARD).replace('"glove"', '"globe"').encode(),
        card_to_json(BASELINE_CARDS[0]).replace('"tf-idf"', '"tf"').encode(),
        card_to_json(FILE_CARD).replace('"rows"', '"row"').encode(),
    ],
)
def test_another_file_is_no_card(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(RunCardError, match="expected a run card"):
        read_run_card(file_of(tmp_path, content))


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="No such file"):
        read_run_card(tmp_path / "run.json")
