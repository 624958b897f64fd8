"""What a command of the command line gives, carried out in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Outcome(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


def assert_is_refused(outcome: Outcome, *words: str) -> None:
    """One line on stderr that has these words, and nothing on stdout."""
    assert outcome.code == 2
    assert outcome.out == ""
    assert len(outcome.err.splitlines()) == 1
    assert outcome.err.startswith("gloveui: ")
    for word in words:
        assert word in outcome.err
