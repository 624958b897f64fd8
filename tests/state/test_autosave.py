from __future__ import annotations

import errno
import os

import pytest

from gloveui.core.errors import WriteFailed
from gloveui.state.autosave import LARGEST_SHARE, LEAST_SECONDS, Autosaver
from gloveui.state.recovery import SESSION, RecoveryFolder
from gloveui.state.start_marker import FAILED_STARTS
from gloveui.storage.session_folder import is_session
from tests.state.bench import LONG, TEXT


@pytest.fixture
def make_autosaver(make_kept_bench, tmp_path):
    """Makes windows' autosavers, each with a bench of its own; one folder for all."""
    made = []

    def make(folder=tmp_path / "unsaved"):
        bench = make_kept_bench()
        saver = Autosaver(bench.session, bench.keeper, bench.jobs, RecoveryFolder(folder))
        made.append(saver)
        return bench, saver

    yield make
    for saver in made:
        saver.close()
        saver.deleteLater()


def keep(bench, saver) -> None:
    with bench.qtbot.waitSignal(saver.kept):
        saver.timer.timeout.emit()


def crash(saver) -> None:
    """End without a last word: what is on the disk stays, the lock is that of a program which is no more."""
    saver._shelf._lock.release()
    saver._keeper.release()
    saver.timer.stop()
    saver._is_closed = True


def test_what_was_kept_is_offered_after_a_crash_and_comes_back(make_autosaver):
    bench, saver = make_autosaver()
    bench.train()
    keep(bench, saver)
    vectors = bench.session.embedding.vectors.tobytes()
    assert saver.left() == ()  # its window is there
    crash(saver)

    other, offered = make_autosaver()
    (shelf,) = offered.left()
    about = shelf.about()
    assert (about.text, about.models, about.folder) == (TEXT.name, (bench.session.model.name,), "")
    assert about.saved[:2] == "20"
    with bench.qtbot.waitSignal(offered.recovered):
        offered.recover(shelf)

    assert other.session.embedding.vectors.tobytes() == vectors
    assert other.keeper.is_unsaved
    assert shelf.has_work  # a second crash loses nothing
    assert shelf.failed_openings == 0
    other.wait_until_done()


def test_work_on_a_saved_session_comes_back_with_its_folder(make_autosaver, tmp_path):
    bench, saver = make_autosaver()
    bench.train()
    bench.save(tmp_path / "one.gloveui")
    bench.keeper.set_notes("newer")
    keep(bench, saver)
    crash(saver)

    other, offered = make_autosaver()
    with bench.qtbot.waitSignal(offered.recovered):
        offered.recover(offered.left()[0])

    assert other.keeper.folder == tmp_path / "one.gloveui"
    assert other.keeper.is_unsaved
    assert other.keeper.notes == "newer"
    other.wait_until_done()


def test_it_goes_when_the_person_has_saved(make_autosaver, tmp_path):
    bench, saver = make_autosaver()
    bench.train()
    keep(bench, saver)
    shelf = saver._shelf

    bench.save(tmp_path / "one.gloveui")

    bench.qtbot.waitUntil(lambda: not shelf.has_work)


def test_nothing_is_kept_where_nothing_would_be_missed(make_autosaver):
    bench, saver = make_autosaver()
    saver.keep()
    saver.finish()

    assert not bench.jobs.is_answering
    assert not saver.folder.path.exists()


def test_a_training_is_kept_while_it_runs(make_autosaver):
    bench, saver = make_autosaver()
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.wait_for_losses(2)
    bench.pipeline.pause()
    keep(bench, saver)
    bench.pipeline.stop()
    crash(saver)

    other, offered = make_autosaver()
    with bench.qtbot.waitSignal(offered.recovered):
        offered.recover(offered.left()[0])

    assert len(other.keeper.checkpoint.checkpoint.losses) >= 2
    other.wait_until_done()
    bench.wait_until_done()


def test_the_next_one_waits_ten_times_as_long_as_the_last_one_took(make_autosaver):
    _, saver = make_autosaver()
    assert saver.timer.interval() == 1000 * LEAST_SECONDS

    saver._take((None, 30.0))
    assert saver.timer.interval() == 1000 * 30 / LARGEST_SHARE
    saver._take((None, 1.0))
    assert saver.timer.interval() == 1000 * LEAST_SECONDS


def test_a_full_disk_is_told_once_and_what_was_kept_before_stays(make_autosaver, monkeypatch):
    bench, saver = make_autosaver()
    bench.train()
    keep(bench, saver)
    manifest = saver._shelf.session / "manifest.json"
    before = manifest.read_bytes()
    told = []
    saver.failed.connect(told.append)

    def full_disk(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("gloveui.storage.atomic.os.replace", full_disk)
        for note in ("one", "two"):
            bench.keeper.set_notes(note)
            saver.keep()
            bench.qtbot.waitUntil(lambda: not bench.jobs.is_answering)

    assert [type(error) for error in told] == [WriteFailed]
    assert manifest.read_bytes() == before
    assert not bench.errors
    assert saver.timer.isActive()  # it is tried again
    keep(bench, saver)
    assert manifest.read_bytes() != before


def test_where_nothing_can_be_written_another_folder_can_be_used(make_autosaver, tmp_path):
    (tmp_path / "home").write_text("no folder")
    bench, saver = make_autosaver(tmp_path / "home")
    bench.train()
    with bench.qtbot.waitSignal(saver.failed):
        saver.keep()
    bench.qtbot.waitUntil(lambda: not bench.jobs.is_answering)

    with bench.qtbot.waitSignal(saver.kept):
        saver.move_to(tmp_path / "elsewhere")

    assert is_session(saver._shelf.session)


def test_damaged_work_is_set_aside_and_the_one_before_offered(make_autosaver):
    for note in ("older", "newer"):
        bench, saver = make_autosaver()
        bench.train()
        bench.keeper.set_notes(note)
        keep(bench, saver)
        crash(saver)
    _, offered = make_autosaver()
    older, newer = sorted(offered.left(), key=lambda shelf: shelf.path != saver._shelf.path, reverse=True)
    for manifest in newer.session.glob("manifest*"):
        manifest.write_bytes(manifest.read_bytes()[:-40])
    bench, offered = make_autosaver()

    with bench.qtbot.waitSignal(offered.unreadable):
        offered.recover(newer)

    assert [shelf.path for shelf in offered.left()] == [older.path]
    assert list(newer.path.glob(f"{SESSION}*damaged*"))


def test_work_that_ends_the_program_when_it_is_opened_comes_last(make_autosaver):
    for _ in range(2):
        bench, saver = make_autosaver()
        bench.train()
        keep(bench, saver)
        crash(saver)
    _, offered = make_autosaver()
    first, second = offered.left()
    first.begin_opening()  # and then it was gone

    assert [shelf.path for shelf in offered.left()] == [second.path, first.path]
    first.begin_opening()
    assert offered.left()[1].failed_openings == FAILED_STARTS


def test_discarded_work_is_deleted(make_autosaver):
    bench, saver = make_autosaver()
    bench.train()
    keep(bench, saver)
    crash(saver)
    other, offered = make_autosaver()
    (shelf,) = offered.left()

    offered.discard(shelf)
    bench.qtbot.waitUntil(lambda: not other.jobs.is_answering)

    assert not shelf.path.exists()


def test_closing_keeps_what_is_unsaved_and_leaves_nothing_else(make_autosaver, tmp_path):
    bench, saver = make_autosaver()
    bench.train()
    saver.finish()
    saver.close()
    shelf = saver._shelf
    assert shelf.has_work

    other, next_saver = make_autosaver()
    with bench.qtbot.waitSignal(next_saver.recovered):
        next_saver.recover(next_saver.left()[0])
    other.save(tmp_path / "one.gloveui")
    next_saver.finish()
    next_saver.close()
    assert not shelf.path.exists()
    other.wait_until_done()


def test_a_shelf_is_only_taken_once(make_autosaver):
    bench, saver = make_autosaver()
    bench.train()
    keep(bench, saver)
    crash(saver)
    (_, first), (_, second) = make_autosaver(), make_autosaver()
    (shelf,), (same,) = first.left(), second.left()
    assert shelf.take()

    second.recover(same)

    assert not bench.jobs.is_answering
    assert second.left() == ()
    shelf.release()
