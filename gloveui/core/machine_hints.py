"""What LLVM can do for compiled kernels, and numba has no words for."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

CACHE_LINE_BYTES = 64
_get_or_insert_function: Any = cgutils.get_or_insert_function  # has no type hints
_WIDE_VECTORS = '"prefer-vector-width"="512"'
_PREFETCH = "llvm.prefetch.p0"
_TO_READ, _KEEP_IN_ALL_CACHES, _IS_DATA = 0, 3, 1


@intrinsic
def _wide_vectors(context: Any) -> Any:
    """Let the function that calls this use 512-bit vectors, where the processor has them.

    LLVM keeps to 256 bits by default, because early processors slowed down. Elsewhere this says nothing.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        # llvmlite's own set takes known attributes only.
        set.add(builder.function.attributes, _WIDE_VECTORS)
        return context.get_dummy_value()

    return types.void(), generate


@intrinsic(prefer_literal=True)
def _prefetch(context: Any, array: Any, first: Any, size: Any) -> Any:
    """Begin to fetch `size` entries of a 1-D array, from entry `first` on, into the cache.

    `size` is a constant. A processor that has no such instruction does nothing.
    """
    if not isinstance(size, types.IntegerLiteral):
        return None
    lines = -(-size.literal_value * array.dtype.bitwidth // 8 // CACHE_LINE_BYTES)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer, number = ir.PointerType(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
        fetch = _get_or_insert_function(builder.module, kind, _PREFETCH)
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        begin = builder.bitcast(builder.gep(data, [arguments[1]]), ir.PointerType())
        hints = [number(_TO_READ), number(_KEEP_IN_ALL_CACHES), number(_IS_DATA)]
        for line in range(lines):
            place = builder.gep(begin, [ir.IntType(64)(line * CACHE_LINE_BYTES)], source_etype=ir.IntType(8))
            builder.call(fetch, [place, *hints])
        return context.get_dummy_value()

    return types.void(array, first, size), generate


@intrinsic
def _take_number(context: Any, counter: Any) -> Any:
    """The first entry of an int64 array, which is then one more: no two threads get the same."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        return builder.atomic_rmw("add", data, ir.IntType(64)(1), "monotonic")

    return types.int64(counter), generate


# As kernels call them: the first argument of an intrinsic is for its maker.
use_wide_vectors: Any = _wide_vectors
prefetch: Any = _prefetch
take_number: Any = _take_number
