"""What the other methods need is known before they begin, and refused where it is not there."""

from __future__ import annotations

import pytest

from gloveui.core import baseline_cost
from gloveui.core.baseline_cost import baseline_memory, check_baseline_fits
from gloveui.core.baseline_settings import BaselineSettings, LsaSettings, PpmiSettings, Word2VecSettings
from gloveui.core.errors import NotEnoughMemory, TooManyPairs

WORDS, PAIRS = 100_000, 10_000_000


@pytest.mark.parametrize("kind", [LsaSettings, PpmiSettings, Word2VecSettings])
def test_the_dimension_that_is_advised_fits(
    kind: type[BaselineSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = kind(dimension=400)
    check_baseline_fits(10, 20, settings)
    needed = baseline_memory(WORDS, PAIRS, settings)
    monkeypatch.setattr(baseline_cost, "free_memory", lambda: needed // 2)
    with pytest.raises(NotEnoughMemory, match="Training needs") as refused:
        check_baseline_fits(WORDS, PAIRS, settings)
    advised = refused.value.fields["fitting"]
    assert 100 < advised < 400
    check_baseline_fits(WORDS, PAIRS, kind(dimension=int(0.9 * advised)))


def test_pairs_that_alone_are_too_many_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baseline_cost, "free_memory", lambda: 8 * PAIRS)
    with pytest.raises(TooManyPairs):
        check_baseline_fits(WORDS, PAIRS, LsaSettings())
