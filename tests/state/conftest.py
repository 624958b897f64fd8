from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.state.bench import Bench
from tests.state.keeping import KeptBench


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(qtbot)
    yield bench
    assert bench.jobs.shut_down()
    qtbot.waitUntil(lambda: bench.jobs.current is None)
    for owned in (bench.pipeline, bench.jobs, bench.session):
        owned.deleteLater()


@pytest.fixture
def make_kept_bench(qtbot: QtBot) -> Iterator[Callable[[], KeptBench]]:
    """Makes benches whose sessions are saved and opened, as many windows as a test wants."""
    made: list[KeptBench] = []

    def make() -> KeptBench:
        made.append(KeptBench(qtbot))
        return made[-1]

    yield make
    for bench in made:
        bench.close()


@pytest.fixture
def kept_bench(make_kept_bench: Callable[[], KeptBench]) -> KeptBench:
    return make_kept_bench()
