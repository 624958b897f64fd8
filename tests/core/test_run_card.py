from __future__ import annotations

import hashlib
import json
from importlib import metadata

import numpy as np
import pytest

from gloveui.core import run_card as run_card_module
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.run_card import RunCard, run_card, versions
from gloveui.core.training import Trainer
from gloveui.core.warm_start import Origin
from tests.core.steps import LECTURE, count, read

START = Origin("vectors", "old.txt", "/vectors/old.txt", "ab" * 32)


def card_of(config: GloveConfig, min_count: int = 2) -> RunCard:
    """The card of a training that has been run to its end."""
    stream = read(LECTURE)
    resources = Resources(threads=2)
    trainer = Trainer(count(stream, window=1, min_count=min_count), config, resources)
    run_to_end(trainer.run())
    return run_card(stream, trainer, {"training": 1.5}, resources, START)


@pytest.fixture
def card() -> RunCard:
    return card_of(GloveConfig(dimension=3, epochs=2, seed=7))


def test_a_card_names_the_text_by_its_hash_and_its_sizes(card: RunCard) -> None:
    assert card.text.sha256 == hashlib.sha256(LECTURE.encode()).hexdigest()
    assert card.sizes == {"tokens": 10, "sentences": 3, "types": 7, "vocabulary": 2, "nonzeros": 2}


def test_a_card_is_plain_json_with_every_setting(card: RunCard) -> None:
    plain = json.loads(json.dumps(card.as_dict(), allow_nan=False))
    assert plain["config"]["seed"] == 7
    assert plain["count_options"]["window"] == 1
    assert plain["token_options"]["tokenizer"] == "words"
    assert plain["losses"] == list(card.losses)
    assert plain["seconds"] == {"training": 1.5}
    assert GloveConfig(**plain["config"]) == card.config == GloveConfig(dimension=3, epochs=2, seed=7)


def test_a_card_says_what_trained_and_what_it_started_from(card: RunCard) -> None:
    assert card.device.startswith("CPU")
    assert card.threads == 2
    assert card.start == START
    assert card.as_dict()["start"]["sha256"] == START.sha256  # type: ignore[index]


def test_a_card_says_that_a_training_ended_by_itself(card: RunCard) -> None:
    assert not card.ended_early
    settled = card_of(GloveConfig(dimension=3, epochs=5_000, patience=2), min_count=1)
    assert settled.ended_early
    assert settled.config.epochs == len(settled.losses) < 5_000


def test_versions_are_those_that_compute(monkeypatch: pytest.MonkeyPatch) -> None:
    found = versions()
    assert found["numpy"] == np.__version__
    assert found["python"]
    assert found["numba"] == metadata.version("numba")
    monkeypatch.setattr(run_card_module, "_PACKAGES", ("no-such-package",))
    assert versions()["no-such-package"] == "not installed"
