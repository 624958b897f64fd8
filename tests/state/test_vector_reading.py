"""Files of vectors become models of the session, beside other work."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from gloveui.core.errors import FileMissing, GloveError, SeveralTables, VectorsTooLarge, WordsWanted
from gloveui.core.model_cards import FileCard
from gloveui.core.progress import Progress
from gloveui.state import vector_reading
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.vector_reading import BytesRead, VectorReading, VectorsFile, name_of
from gloveui.storage import vector_cache, vector_table
from gloveui.storage.vector_cache import VectorCache
from gloveui.storage.vector_rows import VectorOptions

TEXT = "king 1 2 3\nqueen 1 2 2.5\nking 9 9 9\nman -1 0.5 2\n"


class Reader:
    """A session, what reads into it, and what became of each file."""

    def __init__(self, qtbot, cache: VectorCache) -> None:
        self.qtbot = qtbot
        self.session, self.jobs = Session(), JobQueue()
        self.reading = VectorReading(self.session, self.jobs, cache)
        self.opened, self.refused, self.reports = [], [], []
        self.reading.opened.connect(self.opened.append)
        self.reading.refused.connect(self.refused.append)
        self.reading.started.connect(self._listen)

    def read(self, path: Path, **options) -> None:
        """Read a file to the end."""
        self.reading.read(VectorsFile(path, VectorOptions(**options)))
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.is_answering, timeout=60_000)

    @property
    def error(self) -> GloveError:
        """Why the last file was not read."""
        assert self.opened == []
        assert self.session.models == ()
        return self.refused[-1].error

    def _listen(self, job) -> None:
        job.progressed.connect(self.reports.extend)


@pytest.fixture
def reader(qtbot, tmp_path):
    reader = Reader(qtbot, VectorCache(tmp_path / "cache", least_file_bytes=1))
    yield reader
    assert reader.jobs.shut_down()
    for owned in (reader.reading, reader.jobs, reader.session):
        owned.deleteLater()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "vectors.txt"
    path.write_text(TEXT)
    return path


def test_a_file_becomes_a_model_that_is_shown(reader, path):
    reader.read(path)
    model = reader.session.model
    assert (model.number, model.name) == (1, "vectors.txt · 3d")
    assert model.embedding.vocabulary.words == ("king", "queen", "man")
    assert len(model.table) == 5
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert isinstance(model.card, FileCard)
    assert (model.card.path, model.card.sha256, model.card.format) == (str(path), digest, "GloVe text")
    assert reader.opened[0].model is model
    assert reader.opened[0].notes.duplicates == 1


def test_bytes_are_told_and_the_share_never_falls(reader, path):
    reader.read(path)
    shares = [report.fraction for report in reader.reports]
    assert shares == sorted(shares)
    assert BytesRead(len(TEXT), len(TEXT)) in [report.detail for report in reader.reports]


def test_files_are_read_one_after_another_while_something_computes(reader, path, tmp_path):
    def for_ever():
        while True:
            yield Progress("training", 0.5)

    training = reader.jobs.submit(for_ever())
    other = tmp_path / "other.txt"
    other.write_text(TEXT)
    reader.reading.read(VectorsFile(path))
    reader.reading.read(VectorsFile(other, VectorOptions(first=1)))
    reader.wait()
    assert [model.name for model in reader.session.models] == ["vectors.txt · 3d", "other.txt · 3d"]
    assert len(reader.session.embedding) == 1
    assert reader.session.model.card.options == {"first": 1}
    assert reader.jobs.current is training


def test_a_second_opening_takes_the_vectors_from_the_cache(reader, path, monkeypatch):
    reader.read(path)
    monkeypatch.setattr(vector_cache, "read_vectors", None)
    reader.read(path)
    first, second = reader.session.models
    assert (first.number, second.number) == (1, 2)
    assert np.array_equal(first.embedding.vectors, second.embedding.vectors)
    assert [read.notes.duplicates for read in reader.opened] == [1, 1]


def test_what_a_file_leaves_open_is_told_and_nothing_is_changed(reader, tmp_path):
    np.savez(tmp_path / "two.npz", a=np.ones((2, 3), np.float32), b=np.ones((2, 3), np.float32))
    np.save(tmp_path / "plain.npy", np.ones((2, 3), np.float32))
    reader.read(tmp_path / "two.npz")
    assert isinstance(reader.error, SeveralTables)
    reader.read(tmp_path / "plain.npy")
    assert isinstance(reader.error, WordsWanted)
    reader.read(tmp_path / "not there")
    assert isinstance(reader.error, FileMissing)


@pytest.mark.parametrize(("during", "free"), [(vector_table, 20), (vector_reading, 30)])
def test_vectors_that_do_not_fit_in_memory_say_how_many_do(reader, path, monkeypatch, during, free):
    monkeypatch.setattr(during, "free_memory", lambda: free)
    reader.read(path)
    assert isinstance(reader.error, VectorsTooLarge)
    fitting = reader.error.fields["fitting"]
    assert 1 <= fitting < 3
    monkeypatch.setattr(during, "free_memory", lambda: 10 * free)
    reader.read(path, first=fitting)
    assert len(reader.session.embedding) == fitting


def test_a_cancelled_reading_leaves_what_is_there(reader, path):
    reader.read(path)
    for _ in range(3):
        reader.reading.read(VectorsFile(path))
    reader.reading.cancel()
    reader.wait()
    assert len(reader.session.models) == 1
    assert reader.reading.current is None


def test_a_long_name_keeps_both_of_its_ends():
    name = name_of(Path(f"glove{'x' * 100}.300d.txt"), 300)
    assert name.startswith("glovexx")
    assert name.endswith("x.300d.txt · 300d")
    assert len(name) == 32 + len(" · 300d")
