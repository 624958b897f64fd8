from __future__ import annotations

import hashlib
import json
from importlib import metadata

import numpy as np
import pytest

from gloveui.core import run_card as run_card_module
from gloveui.core.glove import GloveConfig
from gloveui.core.run_card import RunCard, run_card, versions
from tests.core.steps import LECTURE, count, read


@pytest.fixture
def card() -> RunCard:
    stream = read(LECTURE)
    matrix = count(stream, window=1, min_count=2)
    return run_card(stream, matrix, GloveConfig(seed=7), (0.5, 0.25), {"training": 1.5})


def test_a_card_names_the_text_by_its_hash_and_its_sizes(card: RunCard) -> None:
    assert card.text.sha256 == hashlib.sha256(LECTURE.encode()).hexdigest()
    assert card.sizes == {"tokens": 10, "sentences": 3, "types": 7, "vocabulary": 2, "nonzeros": 2}


def test_a_card_is_plain_json_with_every_setting(card: RunCard) -> None:
    plain = json.loads(json.dumps(card.as_dict(), allow_nan=False))
    assert plain["config"]["seed"] == 7
    assert plain["count_options"]["window"] == 1
    assert plain["token_options"]["tokenizer"] == "words"
    assert plain["losses"] == [0.5, 0.25]
    assert plain["seconds"] == {"training": 1.5}
    assert GloveConfig(**plain["config"]) == card.config


def test_versions_are_those_that_compute(monkeypatch: pytest.MonkeyPatch) -> None:
    found = versions()
    assert found["numpy"] == np.__version__
    assert found["python"]
    assert found["numba"] == metadata.version("numba")
    monkeypatch.setattr(run_card_module, "_PACKAGES", ("no-such-package",))
    assert versions()["no-such-package"] == "not installed"
