"""Moving pictures as files: a GIF, or a series of numbered PNG files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from gloveui.core.progress import Progress, Task
from gloveui.storage.atomic import atomic_file

if TYPE_CHECKING:
    from PIL.Image import Image

COLORS = 128  # of a GIF: a few inks with their shades leave room for all
TRAILER = b";"
Frame = NDArray[np.uint8]
"""One picture: uint8, shape (height, width, 3), red, green and blue; all of a film have the same shape."""


@dataclass(frozen=True, slots=True)
class WrittenPicture:
    """What has been written: the first file, how many pictures, their width and height, and all bytes."""

    path: Path
    pictures: int
    width: int
    height: int
    byte_count: int


def write_gif(path: Path, frames: Iterator[Frame], count: int, frame_ms: int) -> Task[WrittenPicture]:
    """Write pictures as a GIF that repeats for ever; a task of ``count`` steps, each picture made in its own.

    Parameters
    ----------
    frames
        At least one picture; the colours of the last decide those of all, so it is asked for first: the
        iterator gives the last picture, and then all from the first to the last.
    count
        How many pictures follow that one.
    frame_ms
        For how long each is seen, in steps of 10 ms; the last for two seconds.

    Raises
    ------
    WriteFailed
        If the file cannot be written; what was there before is unchanged.
    """
    from PIL.Image import Dither, Quantize

    palette = _image(next(frames)).quantize(COLORS, Quantize.MAXCOVERAGE)  # keeps the background as it is
    with atomic_file(path) as stream:
        yield Progress("saving", 0.0)
        stream.write(_header(palette))
        for number, frame in enumerate(frames, start=1):
            duration = frame_ms if number < count else 2_000
            _write_frame(stream, _image(frame).quantize(palette=palette, dither=Dither.NONE), duration)
            yield Progress("saving", number / count)
        stream.write(TRAILER)
        size = stream.tell()
    return WrittenPicture(path, count, *palette.size, size)


def write_png_series(path: Path, frames: Iterator[Frame], count: int) -> Task[WrittenPicture]:
    """Write each picture as a file of its own: ``map.png`` gives ``map-001.png``, ``map-002.png`` and so on.

    Raises
    ------
    WriteFailed
        If a file cannot be written; those before it are whole.
    """
    digits, size, shape = max(3, len(str(count))), 0, (0, 0)
    yield Progress("saving", 0.0)
    for number, frame in enumerate(frames, start=1):
        image = _image(frame)
        with atomic_file(numbered(path, number, digits)) as stream:
            image.save(stream, "PNG")
            size += stream.tell()
        shape = image.size
        yield Progress("saving", number / count)
    return WrittenPicture(numbered(path, 1, digits), count, *shape, size)


def numbered(path: Path, number: int, digits: int) -> Path:
    """The file of one picture of a series."""
    return path.with_name(f"{path.stem}-{number:0{digits}}{path.suffix or '.png'}")


def _image(frame: Frame) -> Image:
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(frame))


def _header(image: Image) -> bytes:
    """What a GIF begins with: its size and colours, and that it repeats."""
    from PIL import GifImagePlugin

    parts, _ = GifImagePlugin.getheader(image, info={"loop": 0, "optimize": False})
    return b"".join(parts)


def _write_frame(stream: BinaryIO, image: Image, duration_ms: int) -> None:
    from PIL import GifImagePlugin

    # The whole film in one call of the library could neither tell how far it is nor be stopped.
    for part in GifImagePlugin.getdata(image, duration=duration_ms, disposal=1):
        stream.write(part)
