"""The one place where numba is met: how a function becomes a compiled kernel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """Compile for the CPU; runs without the GIL and is kept in the cache between starts."""
    return cast(F, numba.njit(nogil=True, cache=True, error_model="numpy")(function))


def reordering_kernel(function: F) -> F:
    """As `kernel`; may reorder sums and does not look for NaN, so results are checked outside."""
    return cast(F, numba.njit(nogil=True, cache=True, error_model="numpy", fastmath=True)(function))
