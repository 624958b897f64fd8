"""The one place where numba is met: how a function becomes a compiled kernel."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import FunctionCache

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """Compile for the CPU; runs without the GIL and is kept in the cache between starts."""
    return cast(F, _cached(numba.njit(nogil=True, error_model="numpy")(function)))


def reordering_kernel(function: F) -> F:
    """As `kernel`; may reorder sums and does not look for NaN, so results are checked outside."""
    return cast(F, _cached(numba.njit(nogil=True, error_model="numpy", fastmath=True)(function)))


def inlined(function: F) -> F:
    """A part of reordering kernels, put into each place that calls it."""
    return cast(F, numba.njit(nogil=True, error_model="numpy", fastmath=True, inline="always")(function))


class _KernelCache(FunctionCache):
    """Compiled kernels on the disk; what cannot be read is compiled again, what cannot be kept is not.

    numba's own cache lets every start fail once a crash has left a truncated file (numba #10434).
    """

    def load_overload(self, signature: Any, target_context: Any) -> Any:
        """The compiled kernel, None where there is none or its files are damaged."""
        cache: Any = super()  # numba has no type hints
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
