from __future__ import annotations

from gloveui.state.start_marker import StartMarker


def test_the_third_start_is_careful_after_two_that_failed(tmp_path):
    assert [StartMarker(tmp_path).begin() for _ in range(3)] == [False, False, True]


def test_a_start_that_came_to_its_end_is_forgotten(tmp_path):
    for _ in range(3):
        marker = StartMarker(tmp_path)
        assert not marker.begin()
        marker.clear()


def test_a_marker_that_cannot_be_read_or_written_stops_no_start(tmp_path):
    (tmp_path / "starting").write_bytes(b"\xff\xfe")
    assert not StartMarker(tmp_path).begin()
    (tmp_path / "file").write_text("")
    marker = StartMarker(tmp_path / "file")
    assert not marker.begin()
    marker.clear()
