from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core import text as text_module
from gloveui.core import tokens as tokens_module
from gloveui.core.errors import EmptyText, PatternError, SettingError
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenOptions, TokenStream, compile_pattern, splitter, tokenise
from tests import naive
from tests.core.steps import LECTURE, read, sentences_of

# Letters that grow, shrink or compose in lower case, marks, digits of several kinds, joiners, line ends.
CHARACTERS = "aBcÉ\u0301\u0323İΣßẞﬁK한\u1112\u1161हि\u090212²Ⅷ٣’'-‐_.!?。」\")] \t\n\r\u2028\u00a0😀"


@given(
    st.text(CHARACTERS, max_size=80),
    st.sampled_from(["words", "whitespace"]),
    st.booleans(),
    st.booleans(),
    st.integers(1, 64),
)
@settings(max_examples=300)
def test_words_and_sentences_are_those_of_the_naive_twin(
    text: str, tokenizer: str, lower: bool, split_sentences: bool, piece_bytes: int
) -> None:
    options = {"lower": lower, "split_sentences": split_sentences, "tokenizer": tokenizer}
    expected = naive.sentences(text, **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_module, "PIECE_BYTES", piece_bytes)
        if not expected:
            with pytest.raises(EmptyText):
                read(text, **options)
            return
        stream = read(text, **options)
    assert_is(stream, expected)


def assert_is(stream: TokenStream, expected: list[list[str]]) -> None:
    """Check the sentences, and what is counted of them."""
    assert sentences_of(stream) == expected
    counts = naive.word_counts(expected)
    assert dict(zip(stream.vocabulary.words, stream.vocabulary.counts.tolist(), strict=True)) == counts
    assert stream.vocabulary.words == tuple(counts)
    assert stream.token_count == sum(map(len, expected))
    assert stream.sentence_count == len(expected)


@given(
    st.text("aB1Ⅷ२.!한 \n\u2028()[]（）【】", max_size=60),
    st.sampled_from(["words", "whitespace"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sets(st.sampled_from(["a", "b", "1", "한", "a1"])),
)
@settings(max_examples=200)
def test_what_is_left_out_of_a_text_is_that_of_the_naive_twin(
    text: str, tokenizer: str, splits: bool, brackets: bool, numbers: bool, stop_words: set[str]
) -> None:
    options = {
        "tokenizer": tokenizer,
        "split_sentences": splits,
        "drop_bracketed": brackets,
        "drop_numbers": numbers,
        "stop_words": tuple(sorted(stop_words)),
    }
    expected = naive.sentences(text, **options)
    asked = splitter(TokenOptions(**options))(text)
    assert [word for word in asked if word != "\n"] == [word for sentence in expected for word in sentence]
    if not expected:
        with pytest.raises(EmptyText):
            read(text, **options)
        return
    assert_is(read(text, **options), expected)


def test_stop_words_are_sorted_and_spelled_as_the_text_is() -> None:
    assert TokenOptions(stop_words=["The", " of", "the", ""]).stop_words == ("of", "the")
    assert TokenOptions(stop_words=("The",), lower=False).stop_words == ("The",)
    for wrong in ("the of", [1], None):
        with pytest.raises(SettingError, match="stop_words: expected a list of words"):
            TokenOptions(stop_words=wrong)


def test_brackets_are_dropped_from_an_expression_s_words_too() -> None:
    options = TokenOptions(tokenizer="regex", pattern=r"[a-z]+", drop_bracketed=True, stop_words=("of",))
    assert splitter(options)("one (two of) three of four") == ["one", "three", "four"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Don't stop the well-known rock 'n' roll",
            ["don't", "stop", "the", "well-known", "rock", "n", "roll"],
        ),
        ("3.14 and 1,000 in 2026", ["3", "14", "and", "1", "000", "in", "2026"]),
        ("나는 자연어 처리를 좋아한다.", ["나는", "자연어", "처리를", "좋아한다"]),
        ("मैं हिन्दी पढ़ता हूँ।", ["मैं", "हिन्दी", "पढ़ता", "हूँ"]),
        ("l’été, aujourd’hui", ["l’été", "aujourd’hui"]),
        ("-dash- ''quoted''", ["dash", "quoted"]),
        ("snake_case <b>bold</b>", ["snake", "case", "b", "bold", "b"]),
    ],
)
def test_words_are_letters_and_digits_with_inner_apostrophes_and_hyphens(text: str, words: list[str]) -> None:
    assert splitter(TokenOptions())(text) == [unicodedata.normalize("NFC", word) for word in words]


def test_case_can_be_kept() -> None:
    assert read("Ice ICE ice", lower=False).vocabulary.words == ("Ice", "ICE", "ice")
    assert read("Ice ICE ice").vocabulary.words == ("ice",)


def test_the_whitespace_tokenizer_keeps_punctuation() -> None:
    assert sentences_of(read("Ice, and (steam).\nNext", tokenizer="whitespace")) == [
        ["ice,", "and", "(steam)."],
        ["next"],
    ]


def test_a_line_is_a_sentence_and_empty_lines_are_none() -> None:
    stream = read("\n\n  \nI like NLP\n\n\n...\nI enjoy flying\n\n")
    assert sentences_of(stream) == [["i", "like", "nlp"], ["i", "enjoy", "flying"]]
    assert stream.sentence_count == 2


def test_sentences_end_at_full_stops_exclamation_and_question_marks_where_asked() -> None:
    text = 'He said: "Stop!" Is ice cold? Pi is 3.14. 氷は冷たい。「水だ。」終わり'
    assert len(sentences_of(read(text))) == 1
    assert sentences_of(read(text, split_sentences=True)) == [
        ["he", "said", "stop"],
        ["is", "ice", "cold"],
        ["pi", "is", "3", "14"],
        ["氷は冷たい"],
        ["水だ"],
        ["終わり"],
    ]


def test_the_lecture_has_seven_words_in_three_sentences() -> None:
    stream = read(LECTURE, lower=False)
    assert stream.vocabulary.words == ("I", "like", "deep", "learning", "NLP", "enjoy", "flying")
    assert stream.ids.tolist() == [0, 1, 2, 3, -1, 0, 1, 4, -1, 0, 5, 6]
    assert stream.ids.dtype == np.int32


@pytest.mark.parametrize("text", ["", "   \n\t ", "... !! \n --"])
def test_a_text_without_words_is_refused_by_name(text: str) -> None:
    with pytest.raises(EmptyText, match="My notes: expected words, found no text"):
        run_to_end(tokenise(PastedText(text, name="My notes"), TokenOptions(), Resources()))


def test_one_word_is_a_text() -> None:
    assert sentences_of(read("ice")) == [["ice"]]


@pytest.mark.parametrize(("letter", "kept"), [("a", 1_000), ("é", 500), ("한", 333), ("𝒳", 250)])
def test_a_token_over_1000_bytes_is_cut_at_a_character_and_counted(letter: str, kept: int) -> None:
    stream = read(f"{letter * 1_001} ice {letter * 2_000} {letter * 1_001}", lower=False)
    assert sentences_of(stream) == [[letter * kept, "ice", letter * kept, letter * kept]]
    assert stream.cut_tokens == 2  # distinct ones


def test_a_token_of_just_1000_bytes_is_whole() -> None:
    stream = read("a" * 1_000 + " " + "é" * 500)
    assert stream.vocabulary.words == ("a" * 1_000, "é" * 500)
    assert stream.cut_tokens == 0


def test_ids_are_read_only() -> None:
    stream = read("ice")
    with pytest.raises(ValueError, match="read-only"):
        stream.ids[0] = 1


def test_reading_reports_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "PIECE_BYTES", 16)
    seen: list[Progress] = []
    run_to_end(tokenise(PastedText("ice and steam\n" * 20), TokenOptions(), Resources()), seen.append)
    fractions = [progress.fraction for progress in seen if progress.stage == "reading"]
    assert len(fractions) > 5
    assert fractions == sorted(fractions, key=lambda fraction: fraction or 0)
    assert fractions[-1] == 1.0
    assert seen[-1].stage == "sorting"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\w+", ["ice_cream", "is", "cold", "b2", "steam"]),
        (r"[a-z]+", ["ice", "cream", "is", "cold", "b", "steam"]),
        (r"([a-z])([a-z]+)", ["ice", "cream", "is", "cold", "steam"]),
        (r"(?P<first>s)\w*", ["s", "steam"]),
        (r"ice|steam", ["ice", "steam"]),
        (r"\p{N}", ["2"]),
        (r"(?x) [a-z]+  # letters", ["ice", "cream", "is", "cold", "b", "steam"]),
        (r"\b|steam", ["steam"]),
    ],
)
def test_a_custom_expression_finds_whole_matches_whatever_its_groups(pattern: str, words: list[str]) -> None:
    stream = read("ice_cream is cold b2\nsteam", tokenizer="regex", pattern=pattern)
    assert [word for sentence in sentences_of(stream) for word in sentence] == words


def test_a_custom_expression_never_goes_over_the_end_of_a_line() -> None:
    stream = read("ice is\ncold", tokenizer="regex", pattern="[^ ]+")
    assert sentences_of(stream) == [["ice", "is"], ["cold"]]


def test_a_custom_expression_may_be_tied_to_the_start_of_a_line() -> None:
    stream = read("ice is cold\nsteam is hot", tokenizer="regex", pattern=r"^\w+")
    assert sentences_of(stream) == [["ice"], ["steam"]]


def test_a_custom_expression_sees_whole_lines_however_the_text_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_module, "PIECE_BYTES", 30)
    stream = read("ice is cold and so on\nsteam is hot and so on", tokenizer="regex", pattern=r"^\w+|\w+ on")
    assert sentences_of(stream) == [["ice", "so on"], ["steam", "so on"]]


@pytest.mark.parametrize(
    ("pattern", "position"), [("a(b", 3), ("a)b", 1), ("ab[c", 4), ("(a)|b)", 5), ("a)|(b", 1)]
)
def test_a_malformed_expression_is_refused_with_the_place(pattern: str, position: int) -> None:
    with pytest.raises(PatternError) as caught:
        TokenOptions(tokenizer="regex", pattern=pattern)
    assert caught.value.fields["received"] == pattern
    assert caught.value.fields["position"] == position


@pytest.mark.parametrize("pattern", ["", "a*", "(|a)"])
def test_an_expression_that_matches_nothing_at_all_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="words without letters"):
        TokenOptions(tokenizer="regex", pattern=pattern)


@pytest.fixture
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens_module, "PATTERN_SECONDS", 0.2)


def test_an_expression_that_takes_for_ever_is_refused(little_patience: None) -> None:
    pattern = r"(?:(?:a|a|b)+)+$"
    with pytest.raises(PatternError, match="takes too long"):
        read("ab" * 200 + "!", tokenizer="regex", pattern=pattern)


def test_an_expression_that_is_slow_on_every_line_is_refused_too(little_patience: None) -> None:
    find_all = compile_pattern(r"(?:(?:a|a|b)+)+$")
    with pytest.raises(PatternError, match="takes too long"):
        find_all(("ab" * 8 + "!\n") * 100_000)


def test_an_unknown_tokenizer_is_refused_with_those_there_are() -> None:
    with pytest.raises(SettingError) as caught:
        TokenOptions(tokenizer="magic")
    assert caught.value.fields == {
        "setting": "tokenizer",
        "expected": "words / whitespace / regex",
        "received": "magic",
    }


def test_an_expression_is_looked_at_only_when_it_is_used() -> None:
    assert TokenOptions(tokenizer="words", pattern="(").pattern == "("


@given(st.text("aB1'- \n.,_", max_size=60))
@settings(max_examples=50)
def test_text_without_other_scripts_is_cut_as_it_is_within_them(text: str) -> None:
    split = splitter(TokenOptions())
    assert split(text) == split("한 " + text)[1:]
