from __future__ import annotations

from dataclasses import replace

import pytest

from gloveui.core import training_kernels
from gloveui.state.job_queue import JobQueue
from gloveui.state.kernel_keeper import KernelKeeper
from gloveui.state.session import Session


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """The training kernels that were asked for."""
    asked: list[tuple[int, bool]] = []
    real = training_kernels.training_kernel

    def noted(padded_length: int, is_fast: bool) -> training_kernels.TrainTiles:
        asked.append((padded_length, is_fast))
        return real(padded_length, is_fast)

    monkeypatch.setattr(training_kernels, "training_kernel", noted)
    return asked


def test_kernels_are_made_ready_for_the_settings_and_for_each_change_of_them(qtbot, compiled):
    session, jobs = Session(), JobQueue()
    session.set_config(replace(session.config, dimension=20))
    keeper = KernelKeeper(session, jobs)
    jobs.idle.emit()
    qtbot.waitUntil(lambda: compiled == [(32, False)] and not jobs.is_answering, timeout=60_000)

    session.set_config(replace(session.config, mode="fast"))
    qtbot.waitUntil(lambda: compiled[1:] == [(32, True)] and not jobs.is_answering, timeout=60_000)

    assert jobs.shut_down()
    keeper.deleteLater()
    jobs.deleteLater()


def test_a_change_that_needs_no_other_kernel_starts_nothing(qtbot, compiled):
    session, jobs = Session(), JobQueue()
    keeper = KernelKeeper(session, jobs)
    jobs.idle.emit()
    qtbot.waitUntil(lambda: len(compiled) == 1 and not jobs.is_answering, timeout=60_000)

    session.set_config(replace(session.config, epochs=99))
    with qtbot.waitSignal(keeper._delay.timeout):
        pass
    assert not jobs.is_answering

    assert jobs.shut_down()
    keeper.deleteLater()
    jobs.deleteLater()
