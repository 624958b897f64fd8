from __future__ import annotations

from pytestqt.qtbot import QtBot

from gloveui.state.session import Session
from gloveui.state.word_choice import WordChoice, WordList


def test_words_are_pinned_once_and_in_order(qtbot: QtBot) -> None:
    choice = WordChoice()
    with qtbot.waitSignals([choice.pinned_changed, choice.pinned_changed]):
        choice.pin("king")
        choice.pin("sea")
    with qtbot.assertNotEmitted(choice.pinned_changed):
        choice.pin("king")
        choice.pin("")
    assert choice.pinned == ("king", "sea")


def test_a_word_can_be_let_go(qtbot: QtBot) -> None:
    choice = WordChoice()
    choice.set_pinned(["king", "sea"])
    with qtbot.waitSignal(choice.pinned_changed):
        choice.unpin("king")
    assert choice.pinned == ("sea",)


def test_a_list_is_told_of_when_it_is_another(qtbot: QtBot) -> None:
    session = Session()
    words = WordList(("one", "two"), "drawn")
    with qtbot.waitSignal(session.words.listed_changed):
        session.words.set_listed(words)
    with qtbot.assertNotEmitted(session.words.listed_changed):
        session.words.set_listed(WordList(("one", "two"), "drawn"))
    assert session.words.listed == words
