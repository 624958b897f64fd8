"""Tells a start of the program whether those before it came to their end."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from gloveui.core.errors import WriteFailed
from gloveui.storage.atomic import atomic_text_file

FAILED_STARTS = 2  # after so many, what may be to blame is left alone
NAME = "starting"


class StartMarker:
    """A file that is there from the beginning of a start until the window is in sight and at work."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    @property
    def failed(self) -> int:
        """How many starts in a row have not come to their end."""
        try:
            return min(FAILED_STARTS, int(self._path.read_text(encoding="ascii")[:3]))
        except (OSError, ValueError):
            return 0

    def begin(self) -> bool:
        """Note that a start begins; whether it should be a careful one, as those before it failed."""
        failed = self.failed
        # Where nothing can be written, nothing can be told; that is no reason not to start.
        with suppress(WriteFailed, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_text_file(self._path) as stream:
                stream.write(str(failed + 1))
        return failed >= FAILED_STARTS

    def clear(self) -> None:
        """Note that the start came to its end."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
