"""A field for a number takes what it can use, and says why it cannot use the rest."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt

from gloveui.views.checked_fields import NumberField, WholeNumberField


@pytest.fixture
def memory(qtbot):
    field = WholeNumberField(0, 1000)
    field.setSuffix(" MiB")
    field.setPrefix("up to ")
    field.setSpecialValueText("automatic")
    field.setAccessibleName("Memory")
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.fixture
def rate(qtbot):
    field = NumberField(0.001, 10, 3)
    field.setAccessibleName("Rate")
    qtbot.addWidget(field)
    field.show()
    return field


def enter(qtbot, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_a_number_within_the_bounds_is_taken_when_it_is_entered(qtbot, memory):
    enter(qtbot, memory, "512")
    assert not memory.property("invalid")
    assert memory.value() == 0
    qtbot.keyClick(memory, Qt.Key.Key_Return)
    assert memory.value() == 512
    enter(qtbot, memory, "0")
    qtbot.keyClick(memory, Qt.Key.Key_Return)
    assert memory.text() == "automatic"


@pytest.mark.parametrize(("typed", "taken"), [("2000", 1000), ("-7", 0), ("3.5", 3)])
def test_what_is_no_number_for_the_field_stays_until_it_is_left(qtbot, memory, typed, taken):
    problems = []
    memory.problem_changed.connect(problems.append)
    enter(qtbot, memory, typed)
    assert typed in memory.text()
    assert problems[-1] == "Memory: whole numbers from 0 to 1,000"
    qtbot.keyClick(memory, Qt.Key.Key_Return)
    assert (memory.value(), problems[-1]) == (taken, "")


@pytest.mark.parametrize("typed", ["many", "1_0", "nan", "1e2"])
def test_what_is_no_number_at_all_cannot_be_typed(qtbot, memory, typed):
    memory.setValue(5)
    enter(qtbot, memory, typed)
    assert typed not in memory.text()
    qtbot.keyClick(memory, Qt.Key.Key_Return)
    assert 0 <= memory.value() <= 1000


@pytest.mark.parametrize(
    ("typed", "taken"), [("11", 10), ("0.00001", 0.001), ("-2", 0.001), ("0.0005", 0.001)]
)
def test_a_number_that_is_too_fine_or_too_large_is_told(qtbot, rate, typed, taken):
    problems = []
    rate.problem_changed.connect(problems.append)
    enter(qtbot, rate, typed)
    assert problems[-1] == "Rate: 0.001 to 10, at most 3 decimals"
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert rate.value() == taken


@pytest.mark.parametrize(("typed", "taken"), [("5e-2", 0.05), ("1E1", 10), (".5e1", 5)])
def test_a_number_may_be_typed_as_a_power_of_ten(qtbot, rate, typed, taken):
    problems = []
    rate.problem_changed.connect(problems.append)
    enter(qtbot, rate, typed)
    assert (rate.text(), problems[-1]) == (typed, "")
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert rate.value() == taken


@pytest.mark.parametrize(("typed", "taken"), [("1e9", 10), ("1e-9", 0.001), ("2e", 3)])
def test_a_power_of_ten_that_cannot_be_used_is_told(qtbot, rate, typed, taken):
    rate.setValue(3)
    problems = []
    rate.problem_changed.connect(problems.append)
    enter(qtbot, rate, typed)
    assert problems[-1] == "Rate: 0.001 to 10, at most 3 decimals"
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert (rate.value(), problems[-1]) == (taken, "")


def test_numbers_are_written_alike_in_every_country(qtbot):
    usual = QLocale()
    QLocale.setDefault(QLocale("de"))
    try:
        field = NumberField(0, 10, 3)
        qtbot.addWidget(field)
        field.setValue(0.25)
        assert field.text() == "0.25"
        enter(qtbot, field, "0.75")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.value() == 0.75
    finally:
        QLocale.setDefault(usual)
