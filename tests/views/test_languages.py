from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from gloveui.core.errors import FileMissing, GloveError, WriteFailed
from gloveui.views.languages import DictionaryTranslator, Languages, Translated, translate_error


class StatusLabel(Translated, QLabel):
    """A widget whose one text is in the bundled translations."""

    def __init__(self) -> None:
        super().__init__()
        self.retranslate()

    def retranslate(self) -> None:
        self.setText(self.tr("Done"))


@pytest.fixture
def translated_to(qapp):
    """Installs a dictionary for one test."""
    installed: list[DictionaryTranslator] = []

    def install(texts: dict[str, str]) -> None:
        installed.append(DictionaryTranslator(texts))
        qapp.installTranslator(installed[-1])

    yield install
    for translator in installed:
        qapp.removeTranslator(translator)


def test_a_widget_changes_its_texts_with_the_language_and_back(qtbot, languages: Languages) -> None:
    label = StatusLabel()
    qtbot.addWidget(label)
    assert label.text() == "Done"
    with qtbot.waitSignal(languages.changed):
        languages.use("ko")
    qtbot.waitUntil(lambda: label.text() == "완료")
    languages.use("en")
    qtbot.waitUntil(lambda: label.text() == "Done")


def test_an_unknown_language_is_refused(languages: Languages) -> None:
    with pytest.raises(ValueError, match="language must be one of"):
        languages.use("xx")
    assert languages.current == "en"


def test_the_language_in_use_is_not_installed_twice(qtbot, languages: Languages) -> None:
    languages.use("ko")
    with qtbot.assertNotEmitted(languages.changed):
        languages.use("ko")


def test_a_text_without_a_translation_stays_english(qtbot, languages: Languages) -> None:
    languages.use("ko")
    assert QCoreApplication.translate("any", "zebra crossing") == "zebra crossing"


def test_an_error_is_told_in_the_language_with_its_facts(qtbot, languages: Languages) -> None:
    error = FileMissing(path="가을.txt")
    assert translate_error(error) == (
        "There is no file 가을.txt",
        "Check the name, or choose the file again.",
    )
    languages.use("ko")
    sentence, advice = translate_error(error)
    assert sentence == "가을.txt 파일이 없습니다"
    assert advice == "이름을 확인하거나 파일을 다시 선택해 주세요."


def test_braces_in_a_fact_are_left_alone(qapp) -> None:
    error = WriteFailed(path="{x}.txt", reason="{0}")
    assert translate_error(error)[0] == "{x}.txt could not be written: {0}"


def test_a_broken_translation_does_not_hide_the_error(translated_to) -> None:
    translated_to({GloveError.template: "문제 {cause}"})
    assert translate_error(GloveError(reason="no room"))[0] == "Something went wrong: no room"
