"""A program of its own that reads a table out of a file of PyTorch and writes plain numbers.

It runs apart from the window, with little memory and time: what `torch.load` refuses to run can still make it
crash or fill a machine. It is started as ``python torch_child.py FILE TABLE MEMORY_BYTES SECONDS``, imports
nothing of the rest, and writes to its standard output the length of an answer in 8 bytes, the answer in JSON,
and the numbers of the table (float32, little-endian) where one is meant.
"""

from __future__ import annotations

import json
import os
import re
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

MAIN = "vectors"  # the table that is meant where there are several
DEEPEST = 4
MOST_TENSORS = 10_000
ROWS_AT_ONCE = 4_096

# What torch says of names and objects that its reader without code does not make.
_OF_CODE = re.compile(
    r"unsupported (global|class)|can only (create|build)|must be imported to load", re.IGNORECASE
)

Answer = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Read the file of the command line and answer; see above."""
    path, table, memory, seconds = arguments
    with os.fdopen(os.dup(1), "wb") as output:
        os.dup2(2, 1)  # nothing that torch prints goes between the numbers
        import torch  # before the limit: its libraries take room by themselves

        _limit(int(memory), int(seconds), Path(path).stat().st_size)
        answer, tensor = answer_for(Path(path), table)
        text = json.dumps(answer).encode()
        output.write(struct.pack("<Q", len(text)) + text)
        if tensor is not None:
            with torch.no_grad():
                _write(output, tensor)


def answer_for(path: Path, asked: str) -> tuple[Answer, Any]:
    """What is in a file, and the tensor that is meant, if one is.

    The answer holds why it is ``refused`` and what is ``found``, or the names of several ``tables``, or the
    ``table``, its ``rows``, ``dimension`` and ``kind`` of numbers, and the ``words`` for them.
    """
    import torch

    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # whatever a damaged file leads to
        if _OF_CODE.search(str(error)):
            return {"refused": "code"}, None
        return {"refused": "memory" if isinstance(error, MemoryError) else "damaged"}, None
    tensors: dict[str, Any] = {}
    words: list[list[str]] = []
    _gather(content, "", 0, tensors, words)
    return _answer(tensors, words, asked)


def _answer(tensors: dict[str, Any], words: list[list[str]], asked: str) -> tuple[Answer, Any]:
    reasons = {name: reason_against(tensor) for name, tensor in tensors.items()}
    fine = [name for name, reason in reasons.items() if not reason]
    if not asked and len(fine) > 1 and MAIN not in fine:
        return {"tables": fine}, None
    name = asked or (MAIN if MAIN in fine else next(iter(fine or reasons), ""))
    if name not in fine:
        return {"refused": "tensor", "name": name, "found": reasons.get(name, "none"), "tables": fine}, None
    tensor = tensors[name]
    rows, dimension = tensor.shape
    kind = str(tensor.dtype).removeprefix("torch.")
    fitting = next((one for one in words if len(one) == rows), None)
    answer = {"table": name, "rows": rows, "dimension": dimension, "kind": kind, "words": fitting}
    return answer, tensor


def reason_against(tensor: Any) -> str:
    """What keeps a tensor from being a table of vectors in rows; empty if nothing does."""
    import torch

    if type(tensor) not in (torch.Tensor, torch.nn.Parameter):
        return "another kind of tensor"
    if tensor.is_nested:
        return "a nested tensor"
    if tensor.layout != torch.strided:
        return "a sparse tensor"
    if tensor.is_quantized:
        return "a quantized tensor"
    if tensor.device.type != "cpu":
        return f"a tensor on the device {tensor.device.type}"
    if tensor.dim() != 2:
        return f"a tensor with {tensor.dim()} dimensions"
    if tensor.dtype not in (torch.float32, torch.float64, torch.float16, torch.bfloat16):
        return str(tensor.dtype).removeprefix("torch.")
    end = (tensor.storage_offset() + tensor.numel()) * tensor.element_size()
    if 0 in tensor.stride() or not tensor.is_contiguous() or end > tensor.untyped_storage().nbytes():
        return "a tensor whose rows do not lie one after the other"
    return ""


def _gather(content: object, name: str, depth: int, tensors: dict[str, Any], words: list[list[str]]) -> None:
    """Put the tensors and the lists of words in some content where they belong."""
    import torch

    if isinstance(content, torch.Tensor):
        if len(tensors) < MOST_TENSORS:
            tensors[name or "tensor"] = content
    elif isinstance(content, list) and content and all(isinstance(one, str) for one in content):
        words.append(content)
    elif isinstance(content, dict) and content and all(type(one) is int for one in content.values()):
        ids = {index: str(word) for word, index in content.items()}
        if sorted(ids) == list(range(len(content))):
            words.append([ids[index] for index in range(len(ids))])
    elif depth < DEEPEST and isinstance(content, dict | list | tuple):
        for key, part in _parts(content):
            _gather(part, f"{name}.{key}" if name else key, depth + 1, tensors, words)


def _parts(content: dict[Any, Any] | list[Any] | tuple[Any, ...]) -> Iterator[tuple[str, object]]:
    pairs = content.items() if isinstance(content, dict) else enumerate(content)
    for key, part in pairs:
        yield str(key), part


def _write(output: IO[bytes], tensor: Any) -> None:
    import torch

    for first in range(0, len(tensor), ROWS_AT_ONCE):
        piece = tensor[first : first + ROWS_AT_ONCE].to(torch.float32).numpy()
        output.write(piece.astype("<f4").tobytes())


def _limit(memory: int, seconds: int, file_size: int) -> None:
    """Bound what this process may take, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    taken = 0
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        taken = pages * os.sysconf("SC_PAGE_SIZE")
    limits = {
        resource.RLIMIT_AS: taken + memory if taken else resource.RLIM_INFINITY,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 4 * file_size + (64 << 20),
    }
    for kind, most in limits.items():
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
