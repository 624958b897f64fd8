"""Settings live in one file, where they were asked to live."""

from __future__ import annotations

from gloveui.core.resources import Resources
from gloveui.state.settings import open_settings, remember_resources, remembered_resources


def test_settings_are_kept_in_the_folder_that_was_named(tmp_path):
    settings = open_settings(tmp_path / "of mine")
    settings.setValue("scheme", "dark")
    settings.sync()

    assert (tmp_path / "of mine" / "gloveui.ini").exists()
    assert open_settings(tmp_path / "of mine").value("scheme") == "dark"


def test_without_a_folder_they_are_in_the_persons_own(home_of_the_test):
    assert str(home_of_the_test) in open_settings().fileName()


def test_what_work_may_use_is_remembered(tmp_path):
    chosen = Resources(threads=3, memory_mib=2_048, device="cpu", scratch_folder=str(tmp_path))
    settings = open_settings(tmp_path)
    remember_resources(settings, chosen)
    settings.sync()

    assert remembered_resources(open_settings(tmp_path)) == chosen


def test_without_anything_to_remember_resources_are_the_usual_ones(tmp_path):
    assert remembered_resources(open_settings(tmp_path)) == Resources()


def test_what_the_file_says_wrongly_is_left_out_and_the_rest_is_used(tmp_path):
    (tmp_path / "gloveui.ini").write_text(
        "[resources]\nthreads=many\nmemory_mib=-5\ndevice=toaster\nmapped_above_mib=64\n"
    )

    assert remembered_resources(open_settings(tmp_path)) == Resources(mapped_above_mib=64)
