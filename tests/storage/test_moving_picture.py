"""Films of a few flat pictures, read back by the library that everybody reads pictures with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gloveui.core.errors import WriteFailed
from gloveui.core.progress import Progress, run_to_end
from gloveui.storage.moving_picture import Frame, write_gif, write_png_series

INKS = [(255, 255, 255), (59, 91, 219), (232, 89, 12), (26, 29, 36)]


def frame(number: int) -> Frame:
    """White, with a square that moves and has the colours of all frames."""
    picture = np.full((24, 40, 3), 255, np.uint8)
    for place, ink in enumerate(INKS):
        picture[place * 4 : place * 4 + 4, number * 3 : number * 3 + 4] = ink
    return picture


def film(count: int) -> Iterator[Frame]:
    yield frame(count - 1)
    yield from (frame(number) for number in range(count))


def test_a_gif_has_every_picture_and_repeats(tmp_path: Path) -> None:
    path, seen = tmp_path / "film.gif", []
    written = run_to_end(write_gif(path, film(6), 6, 40), seen.append)
    with Image.open(path) as gif:
        assert (gif.n_frames, gif.size, gif.info["loop"]) == (6, (40, 24), 0)
        for number in range(6):
            gif.seek(number)
            assert gif.info["duration"] == (2_000 if number == 5 else 40)
            received = np.asarray(gif.convert("RGB"), np.int64)
            assert np.abs(received - frame(number)).max() <= 2
    assert (written.pictures, written.width, written.height) == (6, 40, 24)
    assert written.byte_count == path.stat().st_size
    assert [one.fraction for one in seen] == [number / 6 for number in range(7)]


def test_a_gif_of_one_picture_can_be_written(tmp_path: Path) -> None:
    run_to_end(write_gif(tmp_path / "one.gif", film(1), 1, 40))
    with Image.open(tmp_path / "one.gif") as gif:
        assert getattr(gif, "n_frames", 1) == 1


def test_a_film_that_is_stopped_leaves_the_file_before_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    path.write_bytes(b"before")
    task = write_gif(path, film(6), 6, 40)
    for _ in range(3):
        next(task)
    task.close()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_series_has_a_numbered_file_for_each_picture(tmp_path: Path) -> None:
    seen: list[Progress] = []
    written = run_to_end(
        write_png_series(tmp_path / "map.png", (frame(number) for number in range(3)), 3), seen.append
    )
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["map-001.png", "map-002.png", "map-003.png"]
    for number, name in enumerate(names):
        with Image.open(tmp_path / name) as picture:
            assert np.array_equal(np.asarray(picture.convert("RGB")), frame(number))
    assert written.path == tmp_path / "map-001.png"
    assert written.byte_count == sum(path.stat().st_size for path in tmp_path.iterdir())
    assert seen[-1].fraction == 1.0


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed):
        run_to_end(write_gif(tmp_path / "no" / "film.gif", film(2), 2, 40))
