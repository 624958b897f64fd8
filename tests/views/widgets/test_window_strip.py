"""The window over a sentence, moved by buttons, keys, clicks and by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gloveui.views.theme import Theme
from gloveui.views.widgets.window_strip import WORDS_AROUND, WindowStrip
from tests.views.counted import counted

TEXT = "a b c d\nrare a b\nc"


@pytest.fixture
def strip(theme: Theme, qtbot: QtBot) -> WindowStrip:
    strip = WindowStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(420, 160)
    strip.show()
    qtbot.waitExposed(strip)
    return strip


def show(strip: WindowStrip, text: str, position: int = 0, **options: object):
    matrix, tokens = counted(text, **options)
    strip.show_sentence(tokens, matrix, position)
    return matrix, tokens


def test_nothing_is_lit_until_the_window_is_moved(strip: WindowStrip, qtbot: QtBot) -> None:
    lit: list[object] = []
    strip.cells_lit.connect(lit.append)
    matrix, _ = show(strip, TEXT)
    assert lit == []
    assert strip.sums_label.text() == "Centre “a”: X(a, b) += 1"
    qtbot.mouseClick(strip.forward_button, Qt.MouseButton.LeftButton)
    a, b, c = (matrix.vocabulary.id_of(word) for word in "abc")
    assert lit == [((b, a), (b, c))]
    strip.stop()
    assert lit[-1] == ()


def test_keys_move_the_window_and_stay_inside_the_sentence(strip: WindowStrip, qtbot: QtBot) -> None:
    show(strip, TEXT)
    visited = []
    keys = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home)
    for key in keys:
        qtbot.keyClick(strip.area, key)
        visited.append(strip.position)
    assert visited == [0, 1, 3, 3, 0]
    qtbot.keyClick(strip.area, Qt.Key.Key_Space)
    assert strip.is_playing
    qtbot.keyClick(strip.area, Qt.Key.Key_Escape)
    assert not strip.is_playing


def test_a_click_on_a_word_puts_the_window_there(strip: WindowStrip, qtbot: QtBot) -> None:
    show(strip, TEXT)
    place = QPoint(strip.row._starts[2] + 5, 15)
    qtbot.mouseClick(strip.row, Qt.MouseButton.LeftButton, pos=place)
    assert strip.position == 2
    assert strip.row.place_at(QPoint(-1, 0)) is None


def test_words_left_out_are_grey_and_no_centres(strip: WindowStrip) -> None:
    show(strip, TEXT, 5, min_count=2)
    assert [word.is_left_out for word in strip.row._words] == [True, False, False]
    assert strip.position == 6  # the next word that counts


def test_a_sentence_without_any_counted_word_says_so(strip: WindowStrip) -> None:
    show(strip, "a b\na b\nrare", 6, min_count=2)
    assert strip.position is None
    assert strip.sums_label.text() == "All words of this sentence are left out of the counts"
    assert not strip.play_button.isEnabled()
    strip.play_or_pause()
    assert not strip.is_playing


def test_a_word_alone_in_its_sentence_adds_to_nothing(strip: WindowStrip) -> None:
    show(strip, TEXT, 9)
    assert strip.sums_label.text() == "Centre “c”: no word in its window"


def test_playing_goes_to_the_end_of_the_sentence_and_tells(strip: WindowStrip, qtbot: QtBot) -> None:
    show(strip, TEXT)
    strip.speed_slider.setValue(strip.speed_slider.maximum())
    with qtbot.waitSignal(strip.sentence_ended, timeout=30_000):
        strip.play_or_pause()
    assert not strip.is_playing
    assert strip.position == 3


def test_pausing_holds_the_window_and_its_cells(strip: WindowStrip) -> None:
    lit: list[object] = []
    strip.cells_lit.connect(lit.append)
    show(strip, TEXT)
    strip.play_or_pause()
    strip.play_or_pause()
    assert not strip.is_playing
    assert lit[-1] != ()


def test_out_of_sight_it_does_not_play_on(strip: WindowStrip, qtbot: QtBot) -> None:
    show(strip, TEXT)
    strip.speed_slider.setValue(strip.speed_slider.maximum())
    strip.play_or_pause()
    strip.hide()
    with qtbot.waitSignal(strip.cells_lit) as lit:
        pass
    assert lit.args == [()]
    assert not strip.is_playing


def test_a_very_long_sentence_is_walked_from_end_to_end(strip: WindowStrip, qtbot: QtBot) -> None:
    words = [f"w{number % 50}" for number in range(6 * WORDS_AROUND)]
    show(strip, " ".join(words), window=3)
    assert len(strip.row._words) < len(words)
    for number in range(1, len(words)):
        strip.forward_button.click()
        assert strip.position == number
        reach = min(number, 3) + min(len(words) - 1 - number, 3)
        assert len(strip.step.contexts) == reach


def test_the_words_never_need_more_than_their_room(strip: WindowStrip) -> None:
    show(strip, "x" * 5_000 + " b")
    assert strip.row.sizeHint().width() < 5_000
    strip.grab()
