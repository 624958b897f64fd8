"""A list of words, typed or taken over."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gloveui.state.session import Session
from gloveui.state.word_choice import WordList
from gloveui.views.theme import Theme
from gloveui.views.widgets.words_field import MOST_CHIPS, WordsField
from tests.views.vectors import noise, session_of

MANY = tuple(f"word{number}" for number in range(40))


@pytest.fixture
def session(qapp) -> Session:
    return session_of(noise(MANY))


@pytest.fixture
def field(session: Session, qtbot: QtBot, theme: Theme) -> WordsField:
    field = WordsField(session, theme)
    qtbot.addWidget(field)
    field.resize(400, 200)
    field.show()
    return field


def test_words_are_taken_as_the_vocabulary_spells_them_and_once(field: WordsField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.changed):
        field.edit.words_entered.emit(["Word1", "word2", "word1"])
    assert field.words == ("word1", "word2")
    assert field.is_own


def test_unknown_words_are_said_with_near_spellings(field: WordsField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(field.changed):
        field.edit.words_entered.emit(["wrod1"])
    assert field.problem.text() == "Not in the vocabulary: wrod1"
    field.spellings.chosen.emit(field.spellings.texts[0])
    assert field.words == ("word1",)
    assert not field.problem.isVisible()


def test_a_long_list_is_told_in_a_line_and_taken_away_at_once(field: WordsField) -> None:
    field.set_words(MANY[: MOST_CHIPS + 1])
    assert field.edit.chips.texts == []
    assert field.summary.text().startswith("17 words: word0, word1")
    field.clear_button.click()
    assert field.words == ()
    assert not field.summary.isVisible()


def test_a_list_of_another_view_is_offered_until_it_is_the_one_in_sight(
    field: WordsField, session: Session, qtbot: QtBot
) -> None:
    session.words.set_listed(WordList(MANY[:3], "lasso"))
    assert field.list_button.text() == "Take the list (3)"
    with qtbot.waitSignal(field.changed):
        field.list_button.click()
    assert field.words == MANY[:3]
    assert not field.list_button.isVisible()
    assert not field.is_own
