from __future__ import annotations

from pathlib import Path

import pytest

from gloveui.core.progress import run_to_end
from gloveui.state.recent_files import MOST, RecentFiles, missing
from gloveui.state.settings import open_settings


@pytest.fixture
def recent(settings_dir):
    settings = open_settings(settings_dir)
    recent = RecentFiles(settings, "sessions")
    yield recent
    recent.deleteLater()
    settings.deleteLater()


def test_the_newest_comes_first_and_none_twice(recent, tmp_path):
    for name in ("one", "two", "one"):
        recent.add(tmp_path / name)

    assert [path.name for path in recent.paths] == ["one", "two"]


def test_only_so_many_are_kept(recent, tmp_path):
    for number in range(MOST + 2):
        recent.add(tmp_path / str(number))

    assert len(recent.paths) == MOST
    assert recent.paths[0].name == str(MOST + 1)


def test_they_are_there_again_at_the_next_start(recent, tmp_path, settings_dir):
    recent.add(tmp_path / "한글, with a comma")
    recent._settings.sync()

    again = RecentFiles(open_settings(settings_dir), "sessions")

    assert again.paths == (tmp_path / "한글, with a comma",)


def test_settings_that_a_person_has_edited_are_no_paths(recent):
    recent._settings.setValue("recent/sessions", 5)
    assert recent.paths == ()


def test_those_that_are_gone_are_found_and_can_be_forgotten(recent, tmp_path, qtbot):
    recent.add(tmp_path / "gone")
    recent.add(tmp_path)

    gone = run_to_end(missing(recent.paths))
    with qtbot.waitSignal(recent.changed):
        recent.remove(gone)

    assert gone == (tmp_path / "gone",)
    assert recent.paths == (Path(tmp_path),)
