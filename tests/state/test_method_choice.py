from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gloveui.core.baseline_settings import LsaSettings, PpmiSettings
from gloveui.core.errors import SettingError
from gloveui.state.method_choice import MethodChoice


def test_another_method_has_settings_of_its_own(qtbot: QtBot) -> None:
    methods = MethodChoice()
    assert (methods.method, methods.chosen) == ("glove", None)
    with qtbot.waitSignal(methods.changed):
        methods.choose("lsa")
    with qtbot.waitSignal(methods.changed):
        methods.set_settings(LsaSettings(dimension=7))
    assert methods.chosen == methods.settings("lsa") == LsaSettings(dimension=7)
    assert methods.settings("ppmi") == PpmiSettings()


def test_choosing_what_is_chosen_changes_nothing(qtbot: QtBot) -> None:
    methods = MethodChoice()
    with qtbot.assertNotEmitted(methods.changed):
        methods.choose("glove")
        methods.set_settings(LsaSettings())


def test_a_method_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingError, match="fasttext"):
        MethodChoice().choose("fasttext")
