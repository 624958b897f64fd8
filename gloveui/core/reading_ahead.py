"""Asks the processor for memory that a kernel will soon read."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

_PREFETCH = "llvm.prefetch.p0"
_declared: Any = cgutils.get_or_insert_function
_TO_READ, _KEEP_IN_ALL_CACHES, _IS_DATA = 0, 3, 1


@intrinsic
def _fetch_ahead(context: Any, array: Any, entry: Any) -> Any:
    """Begin to bring the cache line of one entry of a 1-D array into the cache.

    A processor that has no such instruction does nothing.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer, number = ir.PointerType(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
        fetch = _declared(builder.module, kind, _PREFETCH)
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        place = builder.bitcast(builder.gep(data, [arguments[1]]), pointer)
        builder.call(fetch, [place, number(_TO_READ), number(_KEEP_IN_ALL_CACHES), number(_IS_DATA)])
        return context.get_dummy_value()

    return types.void(array, entry), generate


fetch_ahead: Any = _fetch_ahead  # as kernels call it: the first argument of an intrinsic is for its maker
