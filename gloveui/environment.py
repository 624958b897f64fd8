"""What must stand in the environment before numba and Triton are imported."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from gloveui import __version__


def prepare_environment() -> None:
    """Let idle OpenMP threads sleep, and keep compiled kernels in a folder of this version.

    Threads that spin while they wait take the cores from those that work. A folder of its own for each
    version means that a new program never meets the kernels of an old one. What is set already stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    if "NUMBA_CACHE_DIR" not in os.environ:
        os.environ["NUMBA_CACHE_DIR"] = str(_kernel_folder())
    os.environ.setdefault("TRITON_CACHE_DIR", str(Path(os.environ["NUMBA_CACHE_DIR"]) / "triton"))


def _kernel_folder() -> Path:
    """A folder that can be written; where the person's own cannot, one that goes when the program ends."""
    from platformdirs import user_cache_path

    folder = user_cache_path("gloveui", appauthor=False) / f"kernels-{__version__}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        temporary = tempfile.mkdtemp(prefix="gloveui-kernels-")
        atexit.register(shutil.rmtree, temporary, ignore_errors=True)
        return Path(temporary)
