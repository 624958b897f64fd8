"""Analogies: one question with its picture, or a sheet of them, and examples that can be answered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView

import gloveui
from gloveui.core.analogy_questions import AnalogyQuestion
from gloveui.core.lookup import lookup_table
from gloveui.core.queries import METHODS, analogy
from gloveui.core.text import PastedText
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.views.models.analogy_rows import VERDICT
from gloveui.views.panels import analogy as analogy_panel
from gloveui.views.panels.analogy import AnalogyPanel
from gloveui.views.widgets.analogy_sheet import OWN
from gloveui.views.widgets.export_button import svg_of
from tests.views.vectors import FAMILY, STRANGE, model_of, noise, session_of

KOREAN = noise(("남자", "여자", "소년", "소녀", "왕"))


@pytest.fixture
def panel_on(show_panel, qtbot):
    """Shows a panel; what it asked for last is waited for."""
    panels = []

    def show(session: Session) -> AnalogyPanel:
        panels.append(show_panel(AnalogyPanel, (500, 420), session))
        return panels[-1]

    yield show
    for panel in panels:
        qtbot.waitUntil(lambda: not panel._jobs.is_answering, timeout=60_000)  # noqa: B023 - used before the next round


def ask(panel: AnalogyPanel, words: tuple[str, ...], qtbot) -> None:
    for edit, word in zip(panel.fields.all_edits, words, strict=False):
        edit.setText(word)
    qtbot.keyClick(panel.edits[-1], Qt.Key.Key_Return)


def answers(panel: AnalogyPanel) -> list[str]:
    model = panel.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def line(panel: AnalogyPanel, row: int) -> list[str]:
    rows = panel.sheet.rows
    return [rows.index(row, column).data() for column in range(rows.columnCount())]


def fill_sheet(panel: AnalogyPanel, qtbot, text: str) -> None:
    """Several analogies of a person's own, answered."""
    panel.sheet._pause.setInterval(0)
    panel.show_mode("several")
    box = panel.sheet.section_box
    box.setCurrentIndex(box.findData(OWN))
    box.activated.emit(box.currentIndex())
    panel.sheet.own_edit.setPlainText(text)
    qtbot.waitUntil(lambda: len(panel.sheet.questions) == len(text.splitlines()))
    wait_for_sheet(panel, qtbot)


def wait_for_sheet(panel: AnalogyPanel, qtbot) -> None:
    qtbot.waitUntil(lambda: bool(panel.sheet.questions) and not panel.sheet.unanswered)


def test_without_vectors_the_panel_says_what_to_do(panel_on) -> None:
    panel = panel_on(Session())
    assert panel.empty.isVisible()
    assert "Train" in panel.empty.hint_label.text()


def test_parts_are_found_by_their_names(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    names = ("analogyA", "analogyB", "analogyC")
    assert [panel.findChild(QLineEdit, name) for name in names] == panel.edits
    assert panel.findChild(QTableView, "analogyTable") is panel.table


@pytest.mark.parametrize("method", METHODS)
def test_three_words_are_answered_by_every_method_and_the_best_stands_in_large_type(
    panel_on, qtbot, method
) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.options_row.method_box.setCurrentIndex(METHODS.index(method))
    ask(panel, ("man", "woman", "boy"), qtbot)
    assert answers(panel) == [
        one.word for one in analogy(session.embedding, "man", "woman", "boy", 10, method)
    ]
    assert panel.answer_label.text() == "man : woman = boy : girl"
    assert panel.answer_label.isVisible()


def test_the_method_is_named_with_its_formula(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("man", "woman", "boy"), qtbot)
    assert panel.note_label.text().startswith("3CosAdd: cos(d, b) − cos(d, a) + cos(d, c) · without a, b, c")
    panel.options_row.method_box.setCurrentIndex(METHODS.index("multiply"))
    assert panel.note_label.text().startswith("3CosMul: cos(d, b) · cos(d, c) / (cos(d, a) + 0.001)")
    assert panel.table.model().headerData(1, Qt.Orientation.Horizontal) == "3CosMul"
    panel.options_row.exclude_box.setChecked(False)
    assert "without" not in panel.note_label.text()


def test_a_given_word_is_left_out_or_not_and_it_is_told_where_it_would_be_first(panel_on, qtbot) -> None:
    panel = panel_on(session_of({**FAMILY, "boy": (0, 1, 1, 0.5, 1)}))
    ask(panel, ("man", "woman", "boy"), qtbot)
    assert "boy" not in answers(panel)
    assert panel.answer_view.excluded_label.isVisible()
    assert panel.answer_view.excluded_label.text().startswith("“boy” itself would be first")
    panel.options_row.exclude_box.setChecked(False)
    assert answers(panel)[0] == "boy"
    assert not panel.answer_view.excluded_label.isVisible()


def test_so_many_answers_are_listed_among_so_many_words(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("man", "woman", "king"), qtbot)
    panel.options_row.count_box.setValue(2)
    assert len(answers(panel)) == 2
    panel.options_row.among_box.setValue(4)
    assert answers(panel) == ["boy", "girl"] or answers(panel) == ["girl", "boy"]
    assert "4 words" in panel.note_label.text()


def test_the_place_of_an_expected_answer_is_told(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("man", "woman", "boy", "girl"), qtbot)
    assert panel.answer_view.expected_label.text() == "✓ as expected"
    place = answers(panel).index("road") + 1
    ask(panel, ("man", "woman", "boy", "road"), qtbot)
    assert panel.answer_view.expected_label.text().startswith(f"✗ expected “road”: place {place} (")
    ask(panel, ("man", "woman", "boy", "xyzzy"), qtbot)
    assert "not in the vocabulary" in panel.answer_view.expected_label.text()
    assert answers(panel)[0] == "girl"
    ask(panel, ("man", "woman", "boy", "man"), qtbot)
    assert "one of the given words" in panel.answer_view.expected_label.text()


def test_the_parallelogram_shows_the_words_and_what_the_plane_holds(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("man", "woman", "boy", "road"), qtbot)
    assert panel.answer_view.plot.drawing.words == ("man", "woman", "boy", "girl", "road")
    held = panel.answer_view.plot.drawing.plane.held
    assert panel.answer_view.held_label.text() == f"The plane holds {100 * held:.0f} %"
    ask(panel, ("man", "woman", "boy", "girl"), qtbot)
    assert panel.answer_view.plot.drawing.words == ("man", "woman", "boy", "girl")


def test_a_word_of_the_picture_is_put_in_focus_by_a_click(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, ("man", "woman", "boy"), qtbot)
    panel.answer_view.plot.word_clicked.emit("girl")
    assert session.focus_word == "girl"


def test_enter_goes_to_the_field_that_is_still_empty(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.activateWindow()
    panel.edits[0].setText("man")
    qtbot.keyClick(panel.edits[0], Qt.Key.Key_Return)
    qtbot.waitUntil(panel.edits[1].hasFocus)
    assert answers(panel) == []
    assert panel.hint_label.isVisible()


def test_examples_have_known_words_and_those_answered_right_are_marked_and_first(panel_on, qtbot) -> None:
    session = session_of({**FAMILY, "boy": FAMILY["road"]})
    panel = panel_on(session)
    qtbot.waitUntil(lambda: any(text.startswith("✓") for text in panel.examples.chips.texts))
    examples = panel.examples.examples
    assert all({*one.given, one.expected} <= set(FAMILY) for one in examples)
    assert panel.examples.chips.texts[0] == "✓ boy : girl = king"
    are_right = [analogy(session.embedding, *one.given, 1)[0].word == one.expected for one in examples]
    assert are_right == sorted(are_right, reverse=True)
    assert not all(are_right)


def test_a_korean_text_gets_korean_examples(panel_on) -> None:
    panel = panel_on(session_of(KOREAN))
    assert AnalogyQuestion("남자", "여자", "소년", "소녀") in panel.examples.examples


def test_an_example_is_asked_by_a_click_and_others_by_a_button(panel_on, qtbot, monkeypatch) -> None:
    panel = panel_on(session_of(FAMILY))
    qtbot.waitUntil(lambda: any(text.startswith("✓") for text in panel.examples.chips.texts))
    button = panel.examples.chips.findChildren(QPushButton)[-1]
    example = next(one for one in panel.examples.examples if panel.examples._text(one) == button.value)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert panel.fields.question == example
    before = panel.examples.chips.texts
    panel.resize(300, 420)
    qtbot.waitUntil(panel.examples.more_button.isVisible)
    qtbot.mouseClick(panel.examples.more_button, Qt.MouseButton.LeftButton)
    assert panel.examples.chips.texts != before


def test_unknown_words_are_named_and_their_fields_marked(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("xyzzy", "woman", "<b>plugh"), qtbot)
    assert panel.unknown_label.isVisible()
    assert panel.unknown_label.text() == "Not in the vocabulary: xyzzy, <b>plugh"
    assert [bool(edit.property("invalid")) for edit in panel.edits] == [True, False, True]
    assert answers(panel) == []
    assert not panel.answer_label.isVisible()


def test_known_words_take_the_complaint_away(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("xyzzy", "woman", "boy"), qtbot)
    ask(panel, ("man", "woman", "boy"), qtbot)
    assert not panel.unknown_label.isVisible()
    assert answers(panel)[0] == "girl"


def test_a_double_click_puts_an_answer_in_focus_and_keeps_the_question(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, ("man", "woman", "boy"), qtbot)
    place = panel.table.visualRect(panel.table.model().index(0, 0)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(session.focus_word_changed) as chosen:
        qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["girl"]
    assert panel.edits[2].text() == "boy"


def test_another_model_answers_the_same_question_when_it_is_seen(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, ("man", "woman", "boy"), qtbot)
    panel.hide()
    session.add_model(model_of({**FAMILY, "girl": FAMILY["road"], "road": FAMILY["girl"]}, number=2))
    assert panel.answer_label.text() == "man : woman = boy : girl"
    panel.show()
    assert panel.answer_label.text() == "man : woman = boy : road"


def test_a_large_model_answers_beside_the_window(panel_on, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(analogy_panel, "FEW_NUMBERS", 0)
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("man", "woman", "boy"), qtbot)
    assert answers(panel) == []
    ask(panel, ("man", "woman", "king"), qtbot)
    qtbot.waitUntil(lambda: panel.answer_label.text() == "man : woman = king : queen")


def test_strange_words_can_be_asked_for(panel_on, qtbot) -> None:
    panel = panel_on(session_of(noise(STRANGE)))
    with qtbot.captureExceptions() as raised:
        for start in range(len(STRANGE) - 2):
            ask(panel, STRANGE[start : start + 3], qtbot)
            panel.grab()
            assert len(answers(panel)) == len(STRANGE) - 3
    assert raised == []


def test_tables_never_scroll_sideways(panel_on, qtbot) -> None:
    panel = panel_on(session_of(noise(STRANGE)))
    ask(panel, STRANGE[2:5], qtbot)
    for width in (1000, 500, 430):
        panel.resize(width, 500)
        assert panel.table.horizontalHeader().length() <= panel.table.viewport().width()
    fill_sheet(panel, qtbot, "a : b = c")
    for width in (1000, 500, 430):
        panel.resize(width, 500)
        table = panel.sheet.table
        assert table.horizontalHeader().length() <= table.viewport().width()


def test_a_sheet_of_a_relation_is_answered_at_once_and_counted(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.show_mode("several")
    wait_for_sheet(panel, qtbot)
    assert "Pairs known: 3 of " in panel.sheet.coverage_label.text()
    assert len(panel.sheet.questions) == 3 * 2
    right = sum(answer.is_right is True for answer in panel.sheet.rows.answers)
    assert panel.sheet.total_label.text().startswith(f"Right: {right} of 6 ({100 * right / 6:.1f} %)")


def test_typed_lines_are_answered_with_a_sign_and_the_place_of_the_expected_word(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    fill_sheet(
        panel, qtbot, "man : woman = boy : girl\nman woman king road\nman woman xyzzy girl\nman woman king"
    )
    assert line(panel, 0)[:4] == ["man : woman = boy", "✓ girl", "girl", "1"]
    assert line(panel, 1)[1:3] == ["✗ queen", "road"]
    assert int(line(panel, 1)[3]) > 1
    assert line(panel, 2)[1:] == ["unknown word", "girl", "–", "–"]
    assert line(panel, 3)[1:4] == ["queen", "", "–"]
    verdicts = [panel.sheet.rows.index(row, 1).data(VERDICT) for row in range(4)]
    assert verdicts == [True, False, None, None]
    total = panel.sheet.total_label.text()
    assert total.startswith("Right: 1 of 2 (50.0 %)")
    assert "lines with unknown words: 1 of 4" in total


def test_lines_that_are_no_analogies_are_told(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    fill_sheet(panel, qtbot, "man woman boy")
    panel.sheet.own_edit.setPlainText("man woman\nman woman boy girl")
    qtbot.waitUntil(lambda: panel.sheet.coverage_label.text() == "Not three or four words in line 1")
    assert len(panel.sheet.questions) == 1


def test_a_line_of_the_sheet_is_shown_above_it(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    fill_sheet(panel, qtbot, "man : woman = boy : girl\nman : woman = king : queen")
    assert not panel.answer_view.isVisible()
    panel.sheet.table.selectRow(1)
    assert panel.answer_view.isVisible()
    assert panel.answer_label.text() == "man : woman = king : queen"
    qtbot.waitUntil(lambda: panel.answer_view.y() < panel.sheet.y())


def test_a_sheet_is_answered_by_the_method_that_is_chosen(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    fill_sheet(panel, qtbot, "man : woman = boy : girl")
    before = line(panel, 0)[4]
    panel.options_row.method_box.setCurrentIndex(METHODS.index("direction"))
    wait_for_sheet(panel, qtbot)
    assert line(panel, 0)[4] != before


def test_another_model_answers_the_sheet_anew(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    fill_sheet(panel, qtbot, "man : woman = boy : girl")
    session.add_model(model_of({**FAMILY, "girl": FAMILY["road"], "road": FAMILY["girl"]}, number=2))
    qtbot.waitUntil(lambda: line(panel, 0)[1] == "✗ road")


def test_answers_and_sheets_are_copied_as_tables(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    assert not panel.export_button.isEnabled()
    ask(panel, ("man", "woman", "boy"), qtbot)
    panel.export_button.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["word", "3CosAdd", "count"]
    assert lines[1].split("\t")[0] == "girl"
    assert panel.export_button.png_action.isVisible()
    assert not panel.export_button.code_action.isVisible()  # nobody knows the text of this model
    fill_sheet(panel, qtbot, "man : woman = boy : girl")
    panel.export_button.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1].split("\t")[:7] == ["man", "woman", "boy", "girl", "girl", "1", "1"]


def test_texts_follow_the_language(panel_on, languages, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    fill_sheet(panel, qtbot, "man : woman = boy : girl")
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() == "유추")
    assert [edit.accessibleName() for edit in panel.edits] == ["첫째", "둘째", "셋째"]
    assert panel.sheet.total_label.text().startswith("정답: 1개 가운데 1개")


def test_the_panel_is_freed_when_it_is_closed(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    fill_sheet(panel, qtbot, "man : woman = boy : girl")
    panel.close()
    with qtbot.waitSignal(panel.destroyed):
        panel.deleteLater()
    session.add_model(model_of(FAMILY, number=2))


def session_with_a_text() -> Session:
    """A model with the text that it was trained on."""
    text = PastedText("the man and the boy saw the king\nthe woman and the girl saw the queen\n" * 3)
    run = gloveui.train(text, min_count=1, dimension=4, epochs=2, x_max=2.0)
    session = Session()
    session.set_text(text)
    session.set_tokens(run.tokens)
    session.add_model(Model(1, "model", run.embedding, lookup_table(run.embedding), run.card))
    return session


def test_the_code_of_one_question_gives_the_same_answers(panel_on, qtbot, capsys) -> None:
    panel = panel_on(session_with_a_text())
    panel.options_row.method_box.setCurrentIndex(METHODS.index("multiply"))
    ask(panel, ("man", "woman", "boy"), qtbot)
    assert panel.export_button.code_action.isVisible()
    panel.export_button.code_action.trigger()
    capsys.readouterr()
    exec(QGuiApplication.clipboard().text(), {})
    lines = capsys.readouterr().out.splitlines()
    assert [one.split()[0] for one in lines] == answers(panel)
    scores = [one.score for one in panel.answer_view.answer.found]
    assert [float(one.split()[1]) for one in lines] == pytest.approx(scores)


def test_the_code_of_a_sheet_gives_the_same_answers(panel_on, qtbot, capsys) -> None:
    panel = panel_on(session_with_a_text())
    fill_sheet(panel, qtbot, "man : woman = boy : girl\nman woman king queen\nman woman xyzzy girl")
    panel.export_button.code_action.trigger()
    capsys.readouterr()
    exec(QGuiApplication.clipboard().text(), {})
    lines = capsys.readouterr().out.splitlines()
    answered = panel.sheet.rows.answers[:2]
    assert [one.split()[3] for one in lines[:2]] == [one.best.word for one in answered]
    assert lines[2] == f"{sum(one.is_right for one in answered)} 2"


def test_a_low_panel_keeps_its_height_and_draws_the_parallelogram(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.resize(388, 276)
    assert not panel.options_row.isVisible()
    assert panel.examples.examples[0] == AnalogyQuestion("man", "woman", "boy", "girl")
    panel.examples.chosen.emit(panel.examples.examples[0])
    assert panel.answer_view.plot.isVisible()
    assert panel.height() == 276
    assert panel.answer_view.plot.height() >= 80


def test_the_picture_as_svg_has_shapes_for_points(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("man", "woman", "boy"), qtbot)
    drawn = svg_of(panel.answer_view.picture(), "#ffffff", "analogy")
    assert drawn.count(b"<image") <= 1  # the plain background of the plot


def test_tab_goes_from_the_words_to_the_examples(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    following = panel.fields.expected_edit.nextInFocusChain()
    while not (following.isVisible() and following.focusPolicy() & Qt.FocusPolicy.TabFocus):
        following = following.nextInFocusChain()
    assert isinstance(following, QPushButton)
    assert panel.examples.chips.isAncestorOf(following)
