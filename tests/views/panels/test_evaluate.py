"""Evaluate: sets and models are chosen and asked; the table, bars and wrong answers; what it exports."""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QTableView

import gloveui
from gloveui.core.evaluation import RankedPair
from gloveui.core.lookup import lookup_table
from gloveui.core.model_cards import FileCard
from gloveui.core.text import PastedText
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.views import dialogs
from gloveui.views.panels.evaluate import BARS, EvaluatePanel
from tests.views.vectors import FAMILY, model_of, noise, session_of

OWN = ": family\nman woman boy girl\nman woman king queen\nboy girl king road\n: far\nman woman sun moon\n"
PAIRS = "man\twoman\t9\nboy\tgirl\t8\nking\troad\t1\nsun\tmoon\t7\n"


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.txt"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def own_pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text(PAIRS, encoding="utf-8")
    return path


@pytest.fixture
def panel_on(show_panel, qtbot):
    """Shows a panel; what it asked for last is waited for."""
    panels = []

    def show(session: Session, size: tuple[int, int] = (560, 620)) -> EvaluatePanel:
        panels.append(show_panel(EvaluatePanel, size, session))
        return panels[-1]

    yield show
    for panel in panels:
        qtbot.waitUntil(lambda: not panel._jobs.is_answering, timeout=60_000)  # noqa: B023 - used before the next round


def evaluate(panel: EvaluatePanel, qtbot, *questions: object) -> None:
    for one in questions:
        if isinstance(one, Path):
            panel.form.add_file(one)
    panel.form.sets.choose(questions)
    panel.form.run_button.click()
    qtbot.waitUntil(lambda: not panel.is_running, timeout=60_000)


def table(panel: EvaluatePanel) -> list[list[str]]:
    rows = panel.rows
    return [
        [str(rows.index(row, column).data()).strip() for column in range(rows.columnCount())]
        for row in range(rows.rowCount())
    ]


def missed(panel: EvaluatePanel) -> list[list[str]]:
    rows = panel.missed
    return [[rows.index(row, column).data() for column in range(4)] for row in range(rows.rowCount())]


def two_models() -> Session:
    session = session_of(FAMILY)
    session.add_model(model_of(noise(tuple(FAMILY)), number=2))
    return session


def test_without_vectors_the_panel_says_what_to_do(panel_on) -> None:
    panel = panel_on(Session())
    assert panel.empty.isVisible()
    assert "Train" in panel.empty.hint_label.text()


def test_parts_are_found_by_their_names(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    for kind, name in (
        (QAbstractButton, "evaluateRun"),
        (QTableView, "evaluateTable"),
        (QTableView, "evaluateMissed"),
    ):
        assert panel.findChild(kind, name) is not None


def test_sets_of_the_models_language_are_chosen_at_first(panel_on) -> None:
    assert "google" in panel_on(session_of(FAMILY)).form.questions
    korean = session_of(noise(("남자", "여자", "소년", "소녀")))
    assert panel_on(korean).form.questions == ("korean",)


def test_a_file_of_ones_own_is_asked_and_stays_among_the_sets(panel_on, own_file, qtbot, monkeypatch) -> None:
    panel = panel_on(session_of(FAMILY))
    monkeypatch.setattr(dialogs, "ask_for_text_file", lambda *_: own_file)
    panel.form.own_button.click()
    assert own_file in panel.form.questions
    evaluate(panel, qtbot, own_file)
    assert table(panel) == [
        ["mine", "4", "66.7 %", "3"],
        ["family", "3", "66.7 %", "3"],
        ["far", "1", "–", "0"],
    ]
    assert missed(panel) == [["boy : girl = king", "road", "queen", "4"]]


def test_several_models_stand_side_by_side_as_bars_too(panel_on, own_file, own_pairs, qtbot) -> None:
    panel = panel_on(two_models(), (1_000, 600))
    evaluate(panel, qtbot, own_file, own_pairs)
    rows = table(panel)
    assert [row[0] for row in rows] == ["mine", "family", "far", "pairs"]
    assert [len(row) for row in rows] == [5] * 4  # both cover the same: that stands there once
    bars = panel.bars_view.plot.bars
    assert [one.name for one in bars] == ["model 1", "model 2"]
    assert bars[0].values == pytest.approx((200 / 3, 200 / 3, None))
    panel.table.setCurrentIndex(panel.rows.index(3, 2))
    assert rows[3][4] == "3"
    assert isinstance(panel.missed.missed_at(0), RankedPair)
    assert panel.bars_view.plot.bars[0].values == pytest.approx((float(rows[3][2]),), abs=5e-4)


def test_each_model_tells_what_it_covers_where_that_differs(panel_on, own_file, qtbot) -> None:
    session = session_of(FAMILY)
    session.add_model(model_of(noise(("man", "woman", "boy", "girl")), number=2))
    panel = panel_on(session)
    evaluate(panel, qtbot, own_file)
    assert [row[3::2] for row in table(panel)] == [["3", "1"], ["3", "1"], ["0", "0"]]
    assert panel.rows.result_column(5) == 1


def test_a_set_in_another_language_says_why_nothing_is_covered(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    evaluate(panel, qtbot, "korean")
    assert table(panel)[0][2:] == ["–", "0"]
    assert "남자" in panel.missed_label.text()
    panel.views.button(BARS).click()
    assert "남자" in panel.bars_view.reason_label.text()
    assert not panel.bars_view.plot.isVisible()
    assert "nan" not in str(table(panel)).lower()


def test_a_wrong_answer_leads_to_its_analogy_with_the_model_that_gave_it(panel_on, own_file, qtbot) -> None:
    session = two_models()
    panel = panel_on(session)
    evaluate(panel, qtbot, own_file)
    panel.table.setCurrentIndex(panel.rows.index(0, 2))
    with qtbot.waitSignal(session.words.analogy_asked) as asked:
        panel.missed_table.clicked.emit(panel.missed.index(0, 0))
    assert asked.args[0].given == ("boy", "girl", "king")
    assert session.focus_word == "road"
    assert session.model.number == 1


def test_results_stay_and_say_of_which_model_they_are(panel_on, own_file, qtbot) -> None:
    session = two_models()
    panel = panel_on(session)
    evaluate(panel, qtbot, own_file)
    before = table(panel)
    session.replace_model(model_of(noise(tuple(FAMILY), seed=4), number=1))
    session.remove_model(2)
    assert table(panel) == before
    headings = [str(panel.rows.headerData(column, Qt.Orientation.Horizontal)) for column in (2, 3)]
    assert headings == ["model 1 (before a change)", "model 2 (removed)"]


def test_a_file_that_cannot_be_read_is_told_with_its_line(panel_on, tmp_path, qtbot) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_text("man woman boy girl\nman woman\n", encoding="utf-8")
    panel = panel_on(session_of(FAMILY))
    with qtbot.waitSignal(panel._jobs.failed) as failed:
        evaluate(panel, qtbot, broken)
    assert "line 2" in str(failed.args[0])


def test_running_work_can_be_cancelled(panel_on, qtbot) -> None:
    words = tuple(f"w{number}" for number in range(3_000))
    panel = panel_on(session_of(noise((*FAMILY, *words), dimension=40)))
    panel.form.sets.choose(("google", "english"))
    panel.form.run_button.click()
    assert panel.is_running
    panel.form.run_button.click()
    qtbot.waitUntil(lambda: not panel.is_running, timeout=60_000)
    assert panel.form.run_button.text() == "Evaluate"


def test_the_narrow_panel_shows_the_table_or_the_bars(panel_on, own_file, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    evaluate(panel, qtbot, own_file)
    assert panel.table.isVisible()
    assert not panel.bars_view.isVisible()
    panel.views.button(BARS).click()
    assert panel.bars_view.isVisible()
    assert not panel.table.isVisible()
    panel.resize(1_200, 620)
    qtbot.waitUntil(lambda: panel.table.isVisible() and panel.bars_view.isVisible())


def test_the_table_goes_to_a_spreadsheet(panel_on, own_file, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    evaluate(panel, qtbot, own_file)
    panel.export_button.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1].split("\t") == ["mine", "", "3CosAdd", "4", "0.6666667", "3"]
    panel.missed_export.copy_action.trigger()
    assert "boy\tgirl\tking\troad\tqueen" in QGuiApplication.clipboard().text()


def test_the_code_gives_the_same_numbers(panel_on, own_file, qtbot) -> None:
    text = PastedText("the man and the woman\nthe boy and the girl\nthe king and the queen\n" * 8)
    run = gloveui.train(text, preset="tiny", min_count=1, dimension=4, epochs=2)
    session = Session()
    session.set_text(text)
    session.set_tokens(run.tokens)
    session.add_model(Model(1, "model 1", run.embedding, lookup_table(run.embedding), run.card))
    panel = panel_on(session)
    evaluate(panel, qtbot, own_file)
    panel.export_button.code_action.trigger()
    found: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(QGuiApplication.clipboard().text(), found)
    total = panel.rows.result_columns[0].evaluations[own_file].total
    assert printed.getvalue().splitlines()[0] == f"mine {total.covered} {total.asked} {dict(total.right)}"
    assert np.array_equal(found["run"].embedding.vectors, run.embedding.vectors)


def test_code_reads_vectors_of_files_and_tells_of_models_it_cannot_make(
    panel_on, own_file, tmp_path, qtbot
) -> None:
    session = two_models()
    path = tmp_path / "two.txt"
    second = session.models[1]
    gloveui.save_vectors(second.embedding, path)
    session.replace_model(replace(second, card=FileCard(str(path), "0" * 64, "GloVe text", 8, 6)))
    panel = panel_on(session)
    evaluate(panel, qtbot, own_file)
    code = panel._code()
    assert code.startswith("# model 1: ")
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(code, {})
    assert printed.getvalue().startswith("mine 3 4 ")


def test_tab_goes_through_the_choices_as_they_stand(panel_on, own_file) -> None:
    panel = panel_on(two_models())
    panel.form.add_file(own_file)
    form = panel.form
    order = [form.sets.button("google"), form.sets.button(own_file), form.own_button]
    order += [form.model_chips.button(1), form.model_chips.button(2), form.run_button, panel.export_button]
    chain = [panel]
    while chain[-1].nextInFocusChain() is not panel:
        chain.append(chain[-1].nextInFocusChain())
    places = [chain.index(widget) for widget in [*order, panel.table]]
    assert places == sorted(places)
