"""Files of questions: what comes with the program, own ones in all their forms, and what is refused."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import pytest

from gloveui.core.analogy_questions import AnalogyQuestion
from gloveui.core.errors import FileMissing, QuestionFileError
from gloveui.core.question_sets import AnalogySet, PairSet, ScoredPair
from gloveui.storage.bundled import bundled_path
from gloveui.storage.evaluation_files import known_set, known_sets, read_pairs, read_question_set

MAN = AnalogyQuestion("man", "woman", "boy", "girl")


def written(folder: Path, content: str | bytes, name: str = "own.txt") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_googles_set_has_its_sections_and_is_the_copy_that_gensim_brings() -> None:
    google = known_set("google")
    assert isinstance(google, AnalogySet)
    assert (len(google), len(google.sections)) == (19_544, 14)
    assert [section.group for section in google.sections] == ["semantic"] * 5 + ["syntactic"] * 9
    gensim = find_spec("gensim")
    assert gensim is not None
    assert gensim.origin is not None
    copy = Path(gensim.origin).parent / "test" / "test_data" / "questions-words.txt"
    copies = (bundled_path("evaluation/questions-words.txt"), copy)
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in copies}
    assert len(hashes) == 1


def test_pairs_are_read_from_the_installed_gensim() -> None:
    sizes = {key: len(known_set(key)) for key in ("wordsim353", "simlex999")}
    assert sizes == {"wordsim353": 353, "simlex999": 999}


def test_a_set_that_is_not_here_is_refused_with_those_that_are() -> None:
    with pytest.raises(FileMissing, match="google"):
        known_set("nothing")
    assert list(known_sets())[:3] == ["google", "english", "korean"]


@pytest.mark.parametrize("separator", [" ", "\t", ",", ";", "  "])
@pytest.mark.parametrize("heading", ["", ": family\n"])
def test_analogies_are_read_whatever_parts_their_words(tmp_path: Path, separator: str, heading: str) -> None:
    path = written(tmp_path, heading + separator.join((*MAN.given, MAN.expected)) + "\r\n\n# a remark\n")
    found = read_question_set(path)
    assert isinstance(found, AnalogySet)
    assert [(section.name, section.questions) for section in found.sections] == [
        ("family" if heading else "", (MAN,))
    ]


def test_names_of_columns_are_no_question(tmp_path: Path) -> None:
    found = read_question_set(written(tmp_path, "word1,word2,word3,word4\nman,woman,boy,girl\n"))
    assert list(found) == [MAN]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    lines = ": 가족\n" + "남자 여자 소년 소녀\n왕 왕비 왕자 공주\n" * 5
    found = read_question_set(written(tmp_path, lines.encode(encoding)))
    assert isinstance(found, AnalogySet)
    assert found.sections[0].name == "가족"
    assert found.sections[0].questions[0] == AnalogyQuestion("남자", "여자", "소년", "소녀")


@pytest.mark.parametrize(
    "content",
    [
        "old\tnew\t1.58\nlarge\tbig\t9.5\n",
        "# a remark\nWord 1,Word 2,Human (mean)\nold,new,1.58\nlarge,big,9.5\n",
        "old;new;1,58\nlarge;big;9,5\n",
        "old new 1.58\nlarge big 9.5\n",
        "word1\tword2\tPOS\tscore\tmore\nold\tnew\tA\t1.58\t7\nlarge\tbig\tA\t9.5\t7\n",
        '\ufeff"old","new","1.58"\n"large","big","9.5"\n',
        "no.,first,second,score\n1,old,new,1.58\n2,large,big,9.5\n",
    ],
)
def test_pairs_are_read_in_all_their_forms(tmp_path: Path, content: str) -> None:
    found = read_question_set(written(tmp_path, content))
    assert found == PairSet("own", (ScoredPair("old", "new", 1.58), ScoredPair("large", "big", 9.5)))


def test_a_number_can_be_one_of_the_words(tmp_path: Path) -> None:
    found = read_question_set(written(tmp_path, "7\tseven\t9.5\n1\tone\t9\n"))
    assert found == PairSet("own", (ScoredPair("7", "seven", 9.5), ScoredPair("1", "one", 9.0)))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("man woman boy girl\nman woman boy\n", 2),
        (": family\n\nman woman\n", 3),
        ("", 1),
        (b"PK\x03\x04\0\0\0", 1),
        ("old new 1.5\nold new high\n", 2),
        ("old new 1.5\nold new 1_000\n", 2),
        ("old new 1.5\nold\n", 2),
    ],
)
def test_what_is_no_question_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, line: int
) -> None:
    with pytest.raises(QuestionFileError) as refused:
        read_question_set(written(tmp_path, content))
    assert refused.value.fields["line"] == line
    assert all(refused.value.fields[name] for name in ("path", "expected", "received"))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_pairs(tmp_path / "none.txt")
    with pytest.raises(QuestionFileError):
        read_pairs(tmp_path)
