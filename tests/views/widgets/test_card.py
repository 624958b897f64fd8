from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from gloveui.views.languages import Languages
from gloveui.views.palette import DARK
from gloveui.views.theme import Theme
from gloveui.views.widgets.card import Card, CardStatus


@pytest.fixture
def card(theme: Theme, qtbot) -> Card:
    card = Card(theme, "Counts", number=2)
    qtbot.addWidget(card)
    return card


def test_a_card_shows_its_number_and_title(card: Card) -> None:
    assert (card.number_label.text(), card.title_label.text()) == ("2", "Counts")
    assert card.accessibleName() == "Counts"
    assert card.status_mark.isHidden()


def test_a_card_without_a_number_leaves_no_gap_for_one(theme: Theme, qtbot) -> None:
    card = Card(theme, "Loss")
    qtbot.addWidget(card)
    assert card.number_label.isHidden()


@pytest.mark.parametrize("status", [status for status in CardStatus if status is not CardStatus.NONE])
def test_each_status_has_a_sign_and_a_word(card: Card, status: CardStatus) -> None:
    card.set_status(status)
    assert not card.status_mark.isHidden()
    assert not card.status_mark.pixmap().isNull()
    assert card.status_mark.toolTip()
    assert card.status_mark.accessibleName() == card.status_mark.toolTip()


def test_no_status_shows_no_mark(card: Card) -> None:
    card.set_status(CardStatus.DONE)
    card.set_status(CardStatus.NONE)
    assert card.status is CardStatus.NONE
    assert card.status_mark.isHidden()


def test_the_word_for_the_status_follows_the_language(card: Card, qtbot, languages: Languages) -> None:
    card.set_status(CardStatus.DONE)
    languages.use("ko")
    qtbot.waitUntil(lambda: card.status_mark.toolTip() == "완료")


def test_the_mark_is_drawn_anew_in_another_scheme(card: Card, theme: Theme) -> None:
    card.set_status(CardStatus.DONE)
    theme.set_scheme("dark")
    image = card.status_mark.pixmap().toImage()
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    solid = [image.pixelColor(x, y) for x, y in points if image.pixelColor(x, y).alpha() == 255]
    assert {color.name().upper() for color in solid} == {DARK.good}


def test_a_note_stands_before_the_mark_until_it_is_taken_away(card: Card) -> None:
    card.set_note("6.2 s")
    assert card.note_label.text() == "6.2 s"
    assert not card.note_label.isHidden()
    card.set_note("")
    assert card.note_label.isHidden()


def test_what_is_put_into_the_body_is_in_the_card(card: Card) -> None:
    label = QLabel("2,400,000 tokens")
    card.body.addWidget(label)
    assert label.parentWidget() is card
