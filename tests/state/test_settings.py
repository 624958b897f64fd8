"""Settings live in one file, where they were asked to live."""

from __future__ import annotations

from gloveui.state.settings import open_settings


def test_settings_are_kept_in_the_folder_that_was_named(tmp_path):
    settings = open_settings(tmp_path / "of mine")
    settings.setValue("scheme", "dark")
    settings.sync()

    assert (tmp_path / "of mine" / "gloveui.ini").exists()
    assert open_settings(tmp_path / "of mine").value("scheme") == "dark"


def test_without_a_folder_they_are_in_the_persons_own(home_of_the_test):
    assert str(home_of_the_test) in open_settings().fileName()
