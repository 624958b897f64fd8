"""Files that would run code if something of theirs were executed: each makes a sentinel file then.

The pickles are put together by hand, opcode by opcode, so that nothing here has to be able to make one.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import marshal
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import numpy as np

TORCH_MARK = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."  # before what torch wrote in former years


def pickles(sentinel: Path) -> dict[str, bytes]:
    """Every way in which a pickle calls ``open(sentinel, "w")``."""
    path = str(sentinel)
    call = f"cbuiltins\nopen\n(V{path}\nVw\ntR.".encode()
    code = f"cbuiltins\nexec\n(Vopen({path!r}, 'w')\ntR.".encode()
    named = _short("builtins") + _short("open") + b"\x93(" + _short(path) + _short("w") + b"tR."
    return {
        "pickle 0": call,
        "pickle 2": b"\x80\x02" + call,
        "pickle 4": b"\x80\x04" + named,
        "pickle 5": b"\x80\x05" + named,
        "pickle of an instance": f"(V{path}\nVw\nibuiltins\nopen\n.".encode(),
        "pickle of an object": b"\x80\x02" + f"(cbuiltins\nopen\nV{path}\nVw\no.".encode(),
        "pickle of code": b"\x80\x02" + code,
        "pickle of a shell command": f"cos\nsystem\n(Vecho > '{path}'\ntR.".encode(),
        "gensim": b"\x80\x02(" + b"Vgensim.models.keyedvectors\n0" + call,
        "joblib": b"\x80\x03}" + b"Vnumpy_array_alignment_bytes\nK\x10s0" + call,
    }


def payloads(sentinel: Path) -> dict[str, bytes]:
    """The pickles, what they are packed into, and other files that have run code somewhere."""
    path, made = str(sentinel), pickles(sentinel)
    plain, code = made["pickle 2"], f"open({str(sentinel)!r}, 'w')"
    objects = _npy("|O", "(2, 3)", plain)
    words = _npy("<U1", "(2,)", np.array(["a", "b"]).tobytes())
    table = _npy("<f4", "(2, 3)", bytes(24))
    return {
        **made,
        "joblib, packed": zlib.compress(plain),
        "gzip": gzip.compress(plain),
        "bzip2": bz2.compress(plain),
        "xz": lzma.compress(plain),
        "npy of objects": objects,
        "npy with code for a shape": _npy("<f4", f"({code}, 3)", bytes(24)),
        "npy with code for a kind": _npy(f"' + str({code}) + '", "(2, 3)", bytes(24)),
        "npz of objects": _zip({"vectors.npy": objects, "words.npy": words}),
        "npz with words that are objects": _zip(
            {"vectors.npy": table, "words.npy": _npy("|O", "(2,)", plain)}
        ),
        "npz with a pickle in it": _zip({"vectors.npy": plain}),
        "torch": _torch(plain),
        "torch, protocol 4": _torch(made["pickle 4"]),
        "torch, a command": _torch(b"\x80\x02" + made["pickle of a shell command"]),
        "torch, code": _torch(made["pickle of code"]),
        "torch, packed": _zip({"v/data.pkl": plain, "v/version": b"3\n"}, zipfile.ZIP_DEFLATED),
        "torch, a build": _torch(b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n" + plain[2:]),
        "torch before ZIP": TORCH_MARK + b"\x80\x02M\xe9\x03." + b"\x80\x02}." + plain,
        "torch in tar": _tar({"pickle": plain, "tensors": plain, "storages": plain}),
        "TorchScript": _zip(
            {"v/constants.pkl": plain, "v/data.pkl": plain, "v/code/__torch__.py": code.encode()}
        ),
        "safetensors with code for words": _safetensors({"words": code}),
        "safetensors with an object for a card": _safetensors(
            {"words": '["a", "b"]', "run_card": _jsonpickle(path)}
        ),
        "marshal": marshal.dumps(compile(code, "v", "exec")),
        "YAML": f"!!python/object/apply:builtins.open [{path!r}, 'w']\n".encode(),
        "JSON with an object": _jsonpickle(path).encode(),
        "Python": f"#!/usr/bin/env python\n{code}\n".encode(),
        "shell": f"#!/bin/sh\necho > '{path}'\n".encode(),
        "text with code for words": f"{code.replace(' ', '')} 1 2\n$(echo>'{path}') 3 4\n".encode(),
        "CSV with a formula": f"=cmd|' /C echo > {path}'!A0,1,2\n".encode(),
        "HTML with a script": f'<html><script>{code}</script><p onclick="{code}">text</p></html>'.encode(),
        "XML with an entity": f'<!DOCTYPE a [<!ENTITY e SYSTEM "file://{path}">]><a>&e;</a>'.encode(),
        "ZIP that climbs": _zip({f"../../../../../../../../{path}": b"a 1 2\n", path: b"a 1 2\n"}),
        "tar that climbs": _tar({path: b"a 1 2\n"}),
    }


def _short(text: str) -> bytes:
    data = text.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def _npy(kind: str, shape: str, content: bytes) -> bytes:
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header + content


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _torch(content: bytes) -> bytes:
    return _zip({"v/data.pkl": content, "v/byteorder": b"little", "v/version": b"3\n", "v/data/0": bytes(24)})


def _tar(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def _safetensors(texts: dict[str, str]) -> bytes:
    entry = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}
    header = json.dumps({"__metadata__": texts, "vectors": entry}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(24)


def _jsonpickle(path: str) -> str:
    return json.dumps({"py/reduce": [{"py/function": "builtins.open"}, {"py/tuple": [path, "w"]}]})
