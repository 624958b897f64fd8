from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gloveui.views.languages import Languages
from gloveui.views.theme import Theme
from gloveui.views.widgets.notice_bar import NoticeBar


@pytest.fixture
def window(qtbot) -> QWidget:
    """Never shown: a bar that is shown in it opens no window."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def bar(theme: Theme, window: QWidget) -> NoticeBar:
    return NoticeBar(theme, window)


def test_the_bar_is_hidden_until_there_is_something_to_say(bar: NoticeBar) -> None:
    assert bar.objectName() == "noticeBar"
    assert bar.isHidden()
    assert bar.text == ""


@pytest.mark.parametrize(
    ("level", "word"), [("info", "Notice"), ("good", "Success"), ("warning", "Warning"), ("error", "Error")]
)
def test_each_level_has_a_sign_and_a_word(bar: NoticeBar, level, word: str) -> None:
    bar.show_notice(level, "The text is read", "Press Train.")
    assert not bar.isHidden()
    assert (bar.level, bar.text, bar.advice) == (level, "The text is read", "Press Train.")
    assert bar.accessibleName() == word
    assert bar.accessibleDescription() == "The text is read Press Train."
    assert not bar.sign.pixmap().isNull()


def test_a_newer_notice_takes_the_place_of_the_older(bar: NoticeBar) -> None:
    bar.show_notice("error", "There is no file a.txt", details="Traceback")
    bar.details_button.click()
    bar.show_notice("good", "Saved")
    assert (bar.level, bar.text, bar.details) == ("good", "Saved", "")
    assert bar.details_button.isHidden()
    assert bar.details_box.isHidden()


def test_details_open_and_can_be_copied(bar: NoticeBar) -> None:
    bar.show_notice("error", "It failed", "Try again.", "Traceback: line 3")
    assert bar.details_box.isHidden()
    bar.details_button.click()
    assert not bar.details_box.isHidden()
    assert bar.details_box.isReadOnly()
    bar.copy_button.click()
    assert QGuiApplication.clipboard().text() == "It failed\nTry again.\nTraceback: line 3"


def test_closing_forgets_the_notice(bar: NoticeBar) -> None:
    bar.show_notice("warning", "The loss rises")
    bar.close_button.click()
    assert bar.isHidden()
    assert (bar.text, bar.advice, bar.details) == ("", "", "")


def test_a_file_name_that_looks_like_html_is_shown_as_it_is(bar: NoticeBar) -> None:
    bar.show_notice("error", "There is no file <img src='x.png'>", "<b>Choose</b> another.")
    assert "<img" not in bar.message.text()
    assert "&lt;b&gt;Choose&lt;/b&gt;" in bar.message.text()


def test_the_buttons_follow_the_language(bar: NoticeBar, qtbot, languages: Languages) -> None:
    bar.show_notice("error", "It failed", details="x")
    languages.use("ko")
    qtbot.waitUntil(lambda: bar.details_button.text() == "자세히")
    assert bar.accessibleName() == "오류"


def test_the_sign_and_the_box_follow_the_theme(bar: NoticeBar, theme: Theme) -> None:
    bar.show_notice("warning", "The loss rises", details="one\ntwo\nthree")
    small, height = bar.sign.pixmap().width(), bar.details_box.height()
    theme.set_text_scale(2.0)
    assert bar.sign.pixmap().width() == 2 * small
    assert bar.details_box.height() > height
