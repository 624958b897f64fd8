from __future__ import annotations

import os
from pathlib import Path

import pytest

from gloveui import __version__
from gloveui.environment import prepare_environment


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NUMBA_CACHE_DIR", "TRITON_CACHE_DIR", "OMP_WAIT_POLICY"):
        monkeypatch.setenv(name, "")  # so that it is put back afterwards
        monkeypatch.delenv(name)


def test_idle_threads_sleep_and_kernels_have_a_folder_of_this_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, appauthor: tmp_path / name)
    prepare_environment()
    assert os.environ["OMP_WAIT_POLICY"] == "passive"
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    assert folder == tmp_path / "gloveui" / f"kernels-{__version__}"
    assert folder.is_dir()
    assert folder in Path(os.environ["TRITON_CACHE_DIR"]).parents


def test_what_the_person_has_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "own")
    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    prepare_environment()
    assert (os.environ["NUMBA_CACHE_DIR"], os.environ["OMP_WAIT_POLICY"]) == ("own", "active")


def test_a_cache_that_cannot_be_written_is_replaced_by_one_for_this_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, appauthor: tmp_path / "file" / name)
    prepare_environment()
    assert Path(os.environ["NUMBA_CACHE_DIR"]).is_dir()
    assert tmp_path not in Path(os.environ["NUMBA_CACHE_DIR"]).parents
