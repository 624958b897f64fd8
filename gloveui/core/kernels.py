"""The one place where numba is met: how a function becomes a compiled kernel."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import FunctionCache

F = TypeVar("F", bound=Callable[..., object])

CORE = Path(__file__).parent
_IMPORTED = re.compile(rb"^from gloveui\.core\.(\w+) import", re.MULTILINE)


def kernel(function: F) -> F:
    """Compile for the CPU; runs without the GIL and is kept in the cache between starts."""
    return cast(F, _cached(numba.njit(nogil=True, error_model="numpy")(function)))


def reordering_kernel(function: F) -> F:
    """As `kernel`; may reorder sums and does not look for NaN, so results are checked outside."""
    return cast(F, _cached(numba.njit(nogil=True, error_model="numpy", fastmath=True)(function)))


def inlined(function: F) -> F:
    """A part of reordering kernels, put into each place that calls it."""
    return cast(F, numba.njit(nogil=True, error_model="numpy", fastmath=True, inline="always")(function))


def exact_inlined(function: F) -> F:
    """A part of kernels, put into each place that calls it; sums stay in their order, and NaN is NaN."""
    return cast(F, numba.njit(nogil=True, error_model="numpy", inline="always")(function))


class _KernelCache(FunctionCache):
    """Compiled kernels on the disk; what cannot be read is compiled again, what cannot be kept is not.

    numba's own cache lets every start fail once a crash has left a truncated file (numba #10434). It also
    looks at the file of a kernel alone, and goes on with the code of others that was put into it before these
    changed (numba #1833).
    """

    def __init__(self, function: Callable[..., object]) -> None:
        cache: Any = super()  # numba has no type hints
        cache.__init__(function)
        file: Any = self._cache_file
        file._source_stamp = (file._source_stamp, _sources(Path(function.__code__.co_filename)))

    def load_overload(self, signature: Any, target_context: Any) -> Any:
        """The compiled kernel, None where there is none or its files are damaged."""
        cache: Any = super()
        try:
            return cache.load_overload(signature, target_context)
        except Exception:  # a damaged file can raise nearly anything
            with suppress(OSError):
                cache.flush()
            return None

    def save_overload(self, signature: Any, data: Any) -> None:
        """Keep a compiled kernel, where the disk has room for it."""
        cache: Any = super()
        with suppress(OSError, EOFError):
            cache.save_overload(signature, data)


def _cached(dispatcher: Any) -> Any:
    make_cache: Any = _KernelCache
    dispatcher._cache = make_cache(dispatcher.py_func)  # as numba's enable_caching does with its class
    return dispatcher


@functools.cache
def _sources(path: Path) -> str:
    """A hash of a file, and of those of the core that it imports; empty where sources are not kept."""
    try:
        text = path.read_bytes()
    except OSError:
        return ""
    imported = [_sources(CORE / f"{name.decode()}.py") for name in _IMPORTED.findall(text)]
    return sha256(b"".join([text, *(one.encode() for one in imported)])).hexdigest()
