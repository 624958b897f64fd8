from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from gloveui.core.encodings import COMMON_ENCODINGS, check_encoding, detect_encoding
from gloveui.core.errors import UnknownEncoding
from tests.core.steps import read_file

KOREAN = (
    "우리는 단어를 벡터로 나타낸다. 비슷한 문맥에서 나오는 단어는 비슷한 뜻을 가진다. "
    "얼음은 차갑고 증기는 뜨겁다. 물은 얼음이 되고 증기가 된다.\n"
) * 3
JAPANESE = (
    "単語は周りの単語によって知られる。氷は固体であり、水蒸気は気体である。"
    "水は氷になり、また水蒸気にもなります。これはとても簡単な例です。\n"
) * 3
CHINESE = (
    "我们用向量表示词语。出现在相似语境中的词语具有相似的意义。冰是固体,蒸汽是气体。水可以变成冰,也可以变成蒸汽。\n"
) * 3
FRENCH = (
    "La glace est froide et la vapeur est très chaude. L'été dernier, nous avons mangé des pâtes "
    "à la forêt, près du château où naquit le maître. Ça va être déjà une longue journée.\n"
) * 3
RUSSIAN = (
    "Слово узнаётся по его окружению. Лёд холодный, а пар горячий. Вода становится льдом, и вода "
    "становится паром, когда её греют.\n"
) * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, "cp949"),
        (KOREAN, "euc_kr"),
        (JAPANESE, "shift_jis"),
        (CHINESE, "gbk"),
        (FRENCH, "latin-1"),
        ("der Müller und die schöne Straße\n" * 20, "cp1252"),
        ("le café était déjà fermé à l'été\n" * 20, "cp1252"),
        ("Zażółć gęślą jaźń, świeży żółty ser\n" * 20, "cp1250"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_a_legacy_encoding_is_found_from_the_text(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(text.encode(encoding))
    found, summary = read_file(path)
    assert found == text
    assert summary.encoding != "utf-8"
    assert summary.broken_bytes == 0


@pytest.mark.parametrize("text", [KOREAN, JAPANESE, CHINESE, FRENCH, RUSSIAN, "only ASCII", ""])
def test_utf_8_is_taken_for_what_it_is(text: str) -> None:
    assert detect_encoding(text.encode()) == "utf-8"


def test_utf_8_with_a_few_broken_bytes_stays_utf_8() -> None:
    assert detect_encoding(KOREAN.encode() + b"\xff\xfe and more") == "utf-8"


def test_a_character_cut_by_the_end_of_the_sample_is_not_taken_for_broken() -> None:
    assert detect_encoding("ice 가".encode()[:-1]) == "utf-8"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    assert detect_encoding(mark + b"\xff\xff") == encoding


def test_bytes_that_fit_nothing_are_still_given_an_encoding_that_python_knows() -> None:
    check_encoding("text.txt", detect_encoding(bytes(range(128, 256)) * 4))


@pytest.mark.parametrize("encoding", COMMON_ENCODINGS)
def test_the_encodings_that_are_offered_exist(encoding: str) -> None:
    check_encoding("text.txt", encoding)


def test_an_unknown_encoding_is_refused_with_path_and_name() -> None:
    with pytest.raises(UnknownEncoding) as caught:
        check_encoding("text.txt", "klingon")
    assert caught.value.fields == {"path": "text.txt", "received": "klingon"}
