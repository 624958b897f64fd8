from __future__ import annotations

import subprocess
import sys

from gloveui.state.folder_lock import LOCK_NAME, FolderLock


def test_a_second_window_does_not_get_the_lock_until_the_first_lets_go(tmp_path):
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    assert first.take()
    assert not second.take()

    first.release()
    assert second.take()
    second.release()


def test_the_lock_of_a_program_that_has_ended_is_taken_over(tmp_path):
    program = (
        "import os; from PySide6.QtCore import QLockFile\n"
        f"lock = QLockFile({str(tmp_path / LOCK_NAME)!r}); lock.tryLock(0); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    assert (tmp_path / LOCK_NAME).exists()

    lock = FolderLock(tmp_path)
    assert lock.take()
    lock.release()


def test_nothing_is_locked_where_nothing_can_be_written(tmp_path):
    lock = FolderLock(tmp_path / "gone")
    assert not lock.take()
    assert not lock.is_held
