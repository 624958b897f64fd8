"""The field for one word: what it offers and when it speaks."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from gloveui.core.embedding import Embedding
from gloveui.core.lookup import lookup_table
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.views.theme import Theme
from gloveui.views.widgets.word_edit import MOST_COMPLETIONS, WordEdit

WORDS = ("the", "king", "kingdom", "kind", "queen", "고양이", "고래", "<img src=x>", "k" * 10_000)


def session_with(words: tuple[str, ...]) -> Session:
    vectors = np.random.default_rng(0).normal(size=(len(words), 4)).astype(np.float32)
    counts = np.arange(len(words), 0, -1, dtype=np.int64)
    embedding = Embedding(Vocabulary(words, counts), vectors)
    session = Session()
    session.add_model(Model(1, "model", embedding, lookup_table(embedding)))
    return session


@pytest.fixture
def edit(qtbot, theme: Theme) -> WordEdit:
    edit = WordEdit(session_with(WORDS), theme)
    qtbot.addWidget(edit)
    edit.show()
    edit.setFocus()
    return edit


def test_the_most_frequent_words_with_the_typed_beginning_come_first(edit: WordEdit, qtbot) -> None:
    qtbot.keyClicks(edit, "kin")
    assert edit.completions() == ["king", "kingdom", "kind"]


def test_no_more_completions_are_offered_than_fit(qtbot, theme: Theme) -> None:
    edit = WordEdit(session_with(tuple(f"word{number}" for number in range(40))), theme)
    qtbot.addWidget(edit)
    qtbot.keyClicks(edit, "wo")
    assert edit.completions() == [f"word{number}" for number in range(MOST_COMPLETIONS)]


def test_capitals_are_completed_by_words_in_lower_case(edit: WordEdit, qtbot) -> None:
    qtbot.keyClicks(edit, "Que")
    assert edit.completions() == ["queen"]


def test_enter_gives_the_word_as_typed_once(edit: WordEdit, qtbot) -> None:
    heard: list[str] = []
    edit.word_entered.connect(heard.append)
    qtbot.keyClicks(edit, " ki ")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert heard == ["ki"]
    assert edit.text() == "ki"


def test_enter_on_an_empty_field_says_nothing(edit: WordEdit, qtbot) -> None:
    with qtbot.assertNotEmitted(edit.word_entered):
        qtbot.keyClicks(edit, "  ")
        qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_a_completion_chosen_by_keys_is_entered_once(edit: WordEdit, qtbot) -> None:
    heard: list[str] = []
    edit.word_entered.connect(heard.append)
    qtbot.keyClicks(edit, "kin")
    popup = edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert heard == ["kingdom"]
    assert edit.text() == "kingdom"


def test_a_completion_chosen_by_a_click_is_entered(edit: WordEdit, qtbot) -> None:
    qtbot.keyClicks(edit, "qu")
    popup = edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    place = popup.visualRect(popup.model().index(0, 0)).center()
    with qtbot.waitSignal(edit.word_entered) as entered:
        qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert entered.args == ["queen"]


def send_input_method(edit: WordEdit, composed: str, committed: str = "") -> None:
    event = QInputMethodEvent(composed, [])
    event.setCommitString(committed)
    QApplication.sendEvent(edit, event)


def test_a_syllable_being_composed_changes_nothing_until_it_is_committed(edit: WordEdit, qtbot) -> None:
    send_input_method(edit, "고")
    assert edit.completions() == []
    send_input_method(edit, "", "고")
    assert edit.completions() == ["고양이", "고래"]


def test_decomposed_letters_find_the_same_words(edit: WordEdit, qtbot) -> None:
    send_input_method(edit, "", unicodedata.normalize("NFD", "고양"))
    assert edit.completions() == ["고양이"]
    assert edit.completer().completionCount() == 1


def test_words_that_look_like_html_or_never_end_are_offered_as_they_are(edit: WordEdit, qtbot) -> None:
    qtbot.keyClicks(edit, "<im")
    assert edit.completions() == ["<img src=x>"]
    edit.clear()
    qtbot.keyClicks(edit, "kkk")
    popup = edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.width() == edit.width()


def test_nothing_is_offered_before_there_are_words(qtbot, theme: Theme) -> None:
    edit = WordEdit(Session(), theme)
    qtbot.addWidget(edit)
    qtbot.keyClicks(edit, "king")
    assert edit.completions() == []


def test_words_of_another_model_are_offered_as_soon_as_it_is_shown(qtbot, theme: Theme) -> None:
    session = session_with(("king",))
    edit = WordEdit(session, theme)
    qtbot.addWidget(edit)
    qtbot.keyClicks(edit, "k")
    session.add_model(session_with(("kiwi",)).models[0])
    qtbot.keyClicks(edit, "i")
    assert edit.completions() == ["kiwi"]


def test_the_mark_of_an_unknown_word_goes_with_the_next_letter(edit: WordEdit, qtbot) -> None:
    edit.mark_unknown(True)
    assert edit.property("invalid") is True
    qtbot.keyClicks(edit, "a")
    assert edit.property("invalid") is False


def test_the_field_is_freed_with_its_parent(qtbot, theme: Theme) -> None:
    session = session_with(WORDS)
    parent = QWidget()
    qtbot.addWidget(parent)
    edit = WordEdit(session, theme, parent)
    with qtbot.waitSignal(edit.destroyed):
        edit.deleteLater()
        QApplication.sendPostedEvents(edit, QEvent.Type.DeferredDelete)
    theme.set_scheme("dark")
