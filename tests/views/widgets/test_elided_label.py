from __future__ import annotations

from PySide6.QtCore import Qt

from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.plain_tooltip import plain_tooltip

LONG = "Austen, Webster 1913 and a name that goes on and on"


def test_a_long_text_ends_in_dots_and_is_whole_in_the_tooltip(qtbot) -> None:
    label = ElidedLabel(LONG)
    qtbot.addWidget(label)
    label.resize(120, 20)
    assert label.shown_text().endswith("…")
    assert LONG in label.toolTip()
    assert label.text() == LONG


def test_a_text_with_room_is_shown_whole(qtbot) -> None:
    label = ElidedLabel("king")
    qtbot.addWidget(label)
    label.resize(400, 20)
    assert label.shown_text() == "king"


def test_a_path_can_lose_its_middle(qtbot) -> None:
    label = ElidedLabel("texts/" * 20 + "end.txt", elide_mode=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(160, 20)
    assert label.shown_text().endswith(".txt")


def test_a_long_text_does_not_widen_the_window(qtbot) -> None:
    label = ElidedLabel(LONG * 10)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 100


def test_the_text_is_painted(qtbot) -> None:
    label = ElidedLabel("██████")
    qtbot.addWidget(label)
    label.resize(100, 24)
    image = label.grab().toImage()
    assert len({image.pixel(x, 12) for x in range(60)}) > 1


def test_words_that_look_like_html_are_shown_as_they_are(qtbot) -> None:
    label = ElidedLabel("<img src='x.png'>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;img" in label.toolTip()
    assert "<img" not in label.toolTip()


def test_no_text_has_no_tooltip() -> None:
    assert plain_tooltip("") == ""
