"""The fast way through a text against the slow one: `splitter`, on all of it at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from gloveui.core import prepared_text, word_table
from gloveui.core import text as text_module
from gloveui.core.errors import EmptyText
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.reading_counts import ReadingCounts
from gloveui.core.resources import Resources
from gloveui.core.signatures import looks_like
from gloveui.core.text import FileText, PastedText
from gloveui.core.tokens import TokenOptions, TokenStream, splitter, tokenise
from gloveui.core.unicode_classes import kinds
from tests import naive
from tests.core.steps import random_text, sentences_of

STRETCHES = [
    *"aB'’-‐_.!?。！？\"»)」”） \t\0\u00a0\u1680\u2000\u3000\ufeff\u200d",
    *"\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029",
    *"İIıßẞﬁΣσςΩKȺǅΆ\u0345\u0301\u0307\u0323\u05b0\u05bc\u0651\u064e\u093c\u0bc6\u0bbe\u0f71",
    *"한국\u1112\u1161\u11ab豈𝒳𐐀😀\U000e0100\U000f0000\U0002f800",
    "\r\n",
    "ice",
    "STEAM",
    "x" * 999,
    "é" * 501,
    ' a."’) B',
    unicodedata.normalize("NFD", "한국어 Ἀθῆναι"),
]
BROKEN = [b"\xff", b"\xc0\x80", b"\xe2\x82", b"\xf0\x9f", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80"]
texts = st.lists(st.one_of(st.sampled_from(STRETCHES), st.characters(codec="utf-8")), max_size=40).map(
    "".join
)
datas = st.lists(
    st.one_of(st.sampled_from(STRETCHES).map(str.encode), st.sampled_from(BROKEN), st.binary(max_size=5)),
    max_size=40,
).map(b"".join)
options = st.builds(
    TokenOptions,
    tokenizer=st.sampled_from(["words", "whitespace", "regex"]),
    pattern=st.just(r"\w+|[^\w\s]+ ?"),
    lower=st.booleans(),
    split_sentences=st.booleans(),
)


def test_sentences_tokens_and_types_are_told_while_a_text_is_read() -> None:
    told: list[ReadingCounts] = []
    text = PastedText("\n".join(["one two", "", "two three three", "4"]))

    def keep(progress: Progress) -> None:
        told.extend([progress.detail] if isinstance(progress.detail, ReadingCounts) else [])

    run_to_end(tokenise(text, TokenOptions(), Resources(threads=1)), keep)
    assert told[-1] == ReadingCounts(sentences=3, tokens=6, types=4)


@contextmanager
def in_small_steps(piece_bytes: int) -> Iterator[None]:
    """Pieces, runs for the slow path, and tables so small that a short text needs several of each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_module, "PIECE_BYTES", piece_bytes)
        patch.setattr(prepared_text, "SLOW_BYTES", 1 + piece_bytes // 4)
        patch.setattr(word_table, "FIRST_SLOTS", 64)
        yield


def slow_sentences(text: str, options: TokenOptions) -> list[list[str]]:
    """Words of at most 1,000 bytes, by sentence."""
    sentences: list[list[str]] = [[]]
    for token in splitter(options)(text):
        if token == "\n":
            sentences.append([])
        else:
            sentences[-1].append(token.encode()[:1_000].decode(errors="ignore"))
    return [sentence for sentence in sentences if sentence]


def check(stream: TokenStream, expected: list[list[str]]) -> None:
    counts = naive.word_counts(expected)
    assert sentences_of(stream) == expected
    assert stream.vocabulary.words == tuple(counts)
    assert stream.vocabulary.counts.tolist() == list(counts.values())
    assert stream.ids.dtype == np.int32
    assert not stream.ids.flags.writeable


@given(texts, options, st.integers(1, 50), st.integers(1, 3), st.sampled_from([0, 1_024]))
@settings(max_examples=400)
def test_a_text_gives_the_words_that_the_slow_path_gives(
    text: str, options: TokenOptions, piece_bytes: int, threads: int, mapped_above_mib: int
) -> None:
    expected = slow_sentences(text, options)
    resources = Resources(threads=threads, mapped_above_mib=mapped_above_mib)
    with in_small_steps(piece_bytes):
        if expected:
            check(run_to_end(tokenise(PastedText(text), options, resources)), expected)
        else:
            with pytest.raises(EmptyText):
                run_to_end(tokenise(PastedText(text), options, resources))


@pytest.mark.parametrize("tokenizer", ["words", "whitespace"])
@pytest.mark.parametrize("closers", range(6))
@pytest.mark.parametrize(("stop", "closer", "after"), [(".", ")", " "), ("?", "’", "\x1f"), ("。", "」", "")])
def test_a_sentence_ends_behind_at_most_three_closing_marks(
    stop: str, closer: str, after: str, closers: int, tokenizer: str
) -> None:
    text = f"ice{stop}{closer * closers}{after}steam"
    options = TokenOptions(tokenizer=tokenizer, split_sentences=True)
    check(run_to_end(tokenise(PastedText(text), options, Resources())), slow_sentences(text, options))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts") / "text.txt"


@given(data=datas, options=options, piece_bytes=st.integers(1, 50), threads=st.integers(1, 3))
@settings(max_examples=300)
def test_broken_bytes_become_words_as_they_do_on_the_slow_path(
    path: Path, data: bytes, options: TokenOptions, piece_bytes: int, threads: int
) -> None:
    assume(looks_like(data) is None)
    path.write_bytes(data)
    text = data.decode(errors="surrogateescape")
    expected = slow_sentences(text, options)
    with in_small_steps(piece_bytes):
        task = tokenise(FileText(path, "utf-8"), options, Resources(threads=threads))
        if not expected:
            with pytest.raises(EmptyText):
                run_to_end(task)
            return
        stream = run_to_end(task)
    check(stream, expected)
    assert stream.summary.broken_bytes == sum("\udc80" <= character <= "\udcff" for character in text)
    assert stream.summary.nul_count == data.count(b"\0")
    assert stream.summary.byte_count == len(data)


@pytest.mark.parametrize("encoding", ["cp949", "utf-16", "utf-8-sig"])
def test_another_encoding_gives_the_same_words(path: Path, encoding: str) -> None:
    text = "얼음과 증기, ICE\r\nand\x0csteam. " * 40
    path.write_bytes(text.encode(encoding))
    options = TokenOptions(split_sentences=True)
    with in_small_steps(16):
        check(
            run_to_end(tokenise(FileText(path, encoding), options, Resources(threads=2))),
            slow_sentences(text, options),
        )


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("mapped_above_mib", [0, 1_024])
def test_neither_threads_nor_pieces_nor_the_disk_change_a_result(
    monkeypatch: pytest.MonkeyPatch, threads: int, mapped_above_mib: int
) -> None:
    text = random_text(3_000, 40_000)
    whole = run_to_end(tokenise(PastedText(text), TokenOptions(), Resources(threads=1)))
    monkeypatch.setattr(text_module, "PIECE_BYTES", 3_000)
    monkeypatch.setattr(word_table, "FIRST_SLOTS", 64)
    resources = Resources(threads=threads, mapped_above_mib=mapped_above_mib)
    stream = run_to_end(tokenise(PastedText(text), TokenOptions(), resources))
    np.testing.assert_array_equal(stream.ids, whole.ids)
    assert stream.vocabulary.words == whole.vocabulary.words
    np.testing.assert_array_equal(stream.vocabulary.counts, whole.vocabulary.counts)


def test_ids_above_the_size_that_was_set_lie_in_the_scratch_folder(tmp_path: Path) -> None:
    text = "ice and steam\n" * 40_000
    resources = Resources(mapped_above_mib=0, scratch_folder=str(tmp_path))
    in_file = run_to_end(tokenise(PastedText(text), TokenOptions(), resources))
    in_memory = run_to_end(tokenise(PastedText(text), TokenOptions(), Resources()))
    assert is_mapped(in_file.ids)
    assert not is_mapped(in_memory.ids)
    np.testing.assert_array_equal(in_file.ids, in_memory.ids)


def is_mapped(array: NDArray[np.int32]) -> bool:
    base = array.base
    while isinstance(base, np.ndarray):
        if isinstance(base, np.memmap):
            return True
        base = base.base
    return False


def test_long_words_that_share_their_beginning_or_end_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(1)
    words = [
        start * length + str(random.randrange(10**6)) + end * length
        for length in (1, 3, 7, 8, 15, 16, 17, 100)
        for start in "ab"
        for end in "cd"
        for _ in range(100)
    ]
    monkeypatch.setattr(word_table, "FIRST_SLOTS", 64)
    stream = run_to_end(tokenise(PastedText(" ".join(words)), TokenOptions(), Resources(threads=1)))
    assert sentences_of(stream) == [words]


def test_a_long_word_is_not_taken_for_another_with_its_hash() -> None:
    table = word_table.WordTable(kinds("words", split_sentences=False))
    text = prepared_text.prepared(b"unbelievable-iciness", lower=True)
    assert table.ids_of(text, 0).tolist() == [0]
    table._arena[0] = ord("i")  # now the table holds another word, under the hash of this one
    assert table.ids_of(text, 1).tolist() == [1]
    assert table.words(np.arange(2)) == ["inbelievable-iciness", "unbelievable-iciness"]


def test_stopping_ends_every_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "PIECE_BYTES", 100)
    task = tokenise(PastedText(random_text(100, 20_000)), TokenOptions(), Resources(threads=3))
    next(task)
    task.close()  # a thread that went on would fail the test
    assert list(task) == []


def test_distinct_words_that_were_cut_are_counted_once_whatever_the_threads() -> None:
    text = "\n".join(letter * 1_001 for letter in "abcabcÄä" * 20)
    with in_small_steps(2_000):
        for threads in (1, 2, 3):
            stream = run_to_end(tokenise(PastedText(text), TokenOptions(), Resources(threads=threads)))
            assert stream.cut_tokens == 4
