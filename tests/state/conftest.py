from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.state.bench import Bench


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(qtbot)
    yield bench
    assert bench.jobs.shut_down()
    qtbot.waitUntil(lambda: bench.jobs.current is None)
    for owned in (bench.pipeline, bench.jobs, bench.session):
        owned.deleteLater()
