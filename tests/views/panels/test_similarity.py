"""Neighbours of a word: asking, walking on, and coming back."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView

import gloveui
from gloveui.core.queries import METRICS, against, neighbours, odd_one_out, rank, similarity
from gloveui.core.text import PastedText
from gloveui.state.session import Session
from gloveui.state.values import Evidence, Model
from gloveui.state.word_choice import WordList
from gloveui.views.models import similarity_question
from gloveui.views.models.explanation import Explanation
from gloveui.views.models.similarity_question import Answer, Mode, Search, is_quick
from gloveui.views.panels.similarity import SimilarityPanel
from gloveui.views.theme import Theme
from tests.views.counted import session_of as counted_session_of
from tests.views.vectors import FAMILY, STRANGE, model_of, noise, session_of

MANY = tuple(f"word{number}" for number in range(60))


@pytest.fixture
def panel_on(show_panel):
    return partial(show_panel, SimilarityPanel, (430, 400))


def ask(panel: SimilarityPanel, word: str, qtbot) -> None:
    panel.form.word_edit.setText(word)
    qtbot.keyClick(panel.form.word_edit, Qt.Key.Key_Return)


def answers(panel: SimilarityPanel) -> list[str]:
    model = panel.answer_view.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def problem(panel: SimilarityPanel) -> str:
    """What is said to be wrong with the question; empty if nothing is."""
    shown = [one.label.text() for one in panel.form.problems.values() if one.isVisible()]
    return "".join(shown)


def spellings(panel: SimilarityPanel) -> list[str]:
    return panel.form.problems[panel.form.word_edit].spellings.texts


def answered(panel: SimilarityPanel, search: Search, qtbot) -> Answer:
    """The answer to a search, as soon as it is there."""
    panel.ask(search)
    qtbot.waitUntil(lambda: panel.answer is not None and panel.answer.search == search)
    return panel.answer


def explained(panel: SimilarityPanel, first: str, second: str, qtbot) -> Explanation:
    """Why two words are alike, as soon as that is shown."""
    why = panel.answer_view.why
    qtbot.waitUntil(lambda: why.explanation is not None and why.explanation.words == (first, second))
    return why.explanation


def test_without_vectors_the_panel_says_what_to_do(panel_on) -> None:
    panel = panel_on(Session())
    assert panel.empty.isVisible()
    assert "Train" in panel.empty.hint_label.text()


def test_parts_are_found_by_their_names(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    assert panel.findChild(QLineEdit, "similarityEdit") is panel.form.word_edit
    assert panel.findChild(QTableView, "similarityTable") is panel.answer_view.table


def test_a_word_is_answered_by_its_neighbours_with_cosines_and_counts(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    found = neighbours(session.embedding, "king", 10)
    assert answers(panel) == [one.word for one in found]
    assert panel.answer_view.table.model().index(0, 1).data() == f"{found[0].score:.3f}"
    assert panel.answer_view.table.model().index(0, 2).data() == f"{found[0].count:,}"
    assert panel.answer_view.note_label.text() == "Exact over 7 words"


def test_asking_puts_the_word_in_focus_as_the_vocabulary_spells_it(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, " King ", qtbot)
    assert session.focus_word == "king"
    assert panel.form.word_edit.text() == "king"


def test_the_panel_follows_the_word_in_focus(panel_on) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    session.set_focus_word("girl")
    assert panel.form.word_edit.text() == "girl"
    assert panel.form.search.query == "girl"
    assert "girl" not in answers(panel)


def test_the_number_of_results_can_be_chosen(panel_on, qtbot) -> None:
    session = session_of(noise(MANY))
    panel = panel_on(session)
    ask(panel, "word1", qtbot)
    assert len(answers(panel)) == 10
    panel.form.options_row.count_box.setValue(25)
    assert len(answers(panel)) == 25


def test_a_double_click_asks_for_that_neighbour_and_back_returns(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    assert not panel.ways.back_button.isEnabled()
    second = panel.answer_view.table.model().index(1, 0)
    word, place = second.data(), panel.answer_view.table.visualRect(second).center()
    qtbot.mouseClick(panel.answer_view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(panel.answer_view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (panel.form.search.query, session.focus_word) == (word, word)
    qtbot.mouseClick(panel.ways.back_button, Qt.MouseButton.LeftButton)
    assert (panel.form.search.query, session.focus_word) == ("king", "king")
    assert not panel.ways.back_button.isEnabled()


def test_enter_on_a_neighbour_asks_for_it(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king", qtbot)
    word = answers(panel)[0]
    panel.answer_view.table.selectRow(0)
    qtbot.keyClick(panel.answer_view.table, Qt.Key.Key_Return)
    assert panel.form.search.query == word


def test_back_walks_through_words_chosen_elsewhere_too(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    for word in ("king", "queen", "road"):
        session.set_focus_word(word)
    for word in ("queen", "king"):
        panel.ways.back_button.click()
        assert (panel.form.search.query, session.focus_word) == (word, word)
    assert not panel.ways.back_button.isEnabled()


def test_an_unknown_word_is_said_and_near_spellings_are_offered(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "qveen", qtbot)
    assert problem(panel) == "“qveen” is not in the vocabulary"
    assert panel.form.word_edit.property("invalid") is True
    assert spellings(panel)[0] == "queen"
    assert not panel.answer_view.table.isVisible()
    assert session.focus_word == ""


def test_a_spelling_is_asked_for_by_a_click(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "qveen", qtbot)
    panel.form.problems[panel.form.word_edit].spellings.chosen.emit("queen")
    assert session.focus_word == "queen"
    assert problem(panel) == ""
    assert panel.form.word_edit.property("invalid") is False


def test_words_to_begin_with_are_offered_until_one_is_asked_for(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    offered = panel.form.suggestions.texts
    assert "king" in offered
    assert set(offered) <= set(FAMILY)
    qtbot.mouseClick(panel.form.suggestions.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert panel.form.search.query == offered[0]
    assert panel.form.suggestions.texts == []


def test_a_text_without_the_usual_words_offers_its_most_frequent_ones(panel_on) -> None:
    words = tuple(f"word{number}" for number in range(9))
    panel = panel_on(session_of(noise(words)))
    assert panel.form.suggestions.texts == list(words[:6])


def test_the_word_in_focus_can_be_asked_for_again_after_an_unknown_one(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king", qtbot)
    ask(panel, "xyzzy", qtbot)
    ask(panel, "king", qtbot)
    assert panel.form.search.query == "king"
    assert answers(panel) != []


def test_another_model_answers_the_same_word(panel_on, qtbot) -> None:
    session = session_of(noise(MANY))
    panel = panel_on(session)
    ask(panel, "word5", qtbot)
    before = answers(panel)
    session.add_model(model_of(noise(MANY, seed=7), number=2))
    assert panel.form.search.query == "word5"
    assert answers(panel) != before


def test_a_word_that_another_model_lacks_is_said(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    session.add_model(model_of(noise(MANY), number=2))
    assert problem(panel) == "“king” is not in the vocabulary"


def test_without_counts_their_column_goes(panel_on, qtbot) -> None:
    session = Session()
    session.add_model(model_of(FAMILY, has_counts=False))
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    assert panel.answer_view.table.isColumnHidden(2)


def test_the_table_never_scrolls_sideways(panel_on, qtbot) -> None:
    session = session_of(noise(STRANGE))
    panel = panel_on(session)
    ask(panel, "(", qtbot)
    for width in (700, 430, 300):
        panel.resize(width, 400)
        header = panel.answer_view.table.horizontalHeader()
        assert header.length() <= panel.answer_view.table.viewport().width()
        assert panel.answer_view.table.horizontalScrollBar().maximum() == 0


def test_strange_words_can_be_asked_for(panel_on, qtbot) -> None:
    session = session_of(noise(STRANGE))
    panel = panel_on(session)
    with qtbot.captureExceptions() as raised:
        for word in STRANGE:
            session.set_focus_word(word)
            panel.grab()
            assert len(answers(panel)) == len(STRANGE) - 1
        ask(panel, "<b>" + "x" * 9_999, qtbot)
        panel.grab()
    assert raised == []


def test_texts_follow_the_language(panel_on, languages, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king", qtbot)
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() == "유사도")
    assert panel.answer_view.table.model().headerData(1, Qt.Orientation.Horizontal) == "코사인"
    assert panel.form.search.query == "king"


def test_the_panel_is_freed_when_it_is_closed(panel_on, qtbot, theme: Theme) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.close()
    with qtbot.waitSignal(panel.destroyed):
        panel.deleteLater()
    session.set_focus_word("king")
    theme.set_scheme("dark")


def test_the_sentences_of_the_word_and_of_a_selected_neighbour_are_one_click_away(panel_on, qtbot) -> None:
    session = counted_session_of("the king and the queen\nthe man")
    session.add_model(model_of(FAMILY))
    panel = panel_on(session)
    assert not panel.answer_view.sentences_button.isVisible()  # as long as there is no word
    ask(panel, "king", qtbot)
    qtbot.mouseClick(panel.answer_view.sentences_button, Qt.MouseButton.LeftButton)
    assert session.evidence == Evidence("king")
    panel.answer_view.table.selectRow(0)
    assert "king" in panel.answer_view.sentences_button.toolTip()
    neighbour = answers(panel)[0]
    assert neighbour in panel.answer_view.sentences_button.toolTip()
    qtbot.mouseClick(panel.answer_view.sentences_button, Qt.MouseButton.LeftButton)
    assert session.evidence == Evidence("king", neighbour)
    assert panel.form.search.query == "king"


def test_without_a_text_no_sentences_are_offered(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king", qtbot)
    assert not panel.answer_view.sentences_button.isVisible()


def test_a_sum_of_words_is_asked_and_the_focus_stays(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king - man + woman", qtbot)
    assert answers(panel)[0] == "queen"
    assert session.focus_word == ""
    assert not panel.form.pin_button.isEnabled()
    assert not panel.answer_view.why_button.isEnabled()


def test_what_is_wrong_with_a_sum_is_said_and_marked_at_its_column(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king - (man", qtbot)
    assert "column 8" in problem(panel)
    assert panel.form.word_edit.marked == (7, 1)
    panel.grab()
    qtbot.keyClicks(panel.form.word_edit, ")")
    assert problem(panel) == ""
    assert panel.form.word_edit.marked is None


def test_a_spelling_takes_the_place_of_the_unknown_word_in_a_sum(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king - man + womman", qtbot)
    assert panel.form.word_edit.marked == (13, 6)
    panel.form.problems[panel.form.word_edit].spellings.chosen.emit("woman")
    assert panel.form.search.query == "king - man + woman"
    assert answers(panel)[0] == "queen"


@pytest.mark.parametrize("metric", METRICS)
def test_options_change_the_answer_and_its_heading(panel_on, metric: str, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    options = panel.form.options_row
    options.metric_box.setCurrentIndex(METRICS.index(metric))
    options.among_box.setValue(5)
    options.exclude_box.setChecked(False)
    options.farthest_box.setChecked(True)
    found = neighbours(session.embedding, "king", 10, metric, False, 5, True)
    assert answers(panel) == [one.word for one in found]
    heading = panel.answer_view.table.rows.headerData(1, Qt.Orientation.Horizontal)
    assert heading.endswith("farthest first")
    assert panel.answer_view.note_label.text() == "Exact over the 5 most frequent"


def test_options_appear_in_place_and_only_those_that_matter(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    options = panel.form.options_row
    assert not options.isVisible()
    panel.form.options_button.click()
    assert options.metric_box.isVisible()
    panel.form.modes.button("pair").click()
    assert not options.metric_box.isVisible()
    assert options.among_box.isVisible()
    panel.form.modes.button("odd").click()
    assert not options.isVisible()


def test_the_rank_by_frequency_stands_beside_the_count(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    first = neighbours(session.embedding, "king", 1)[0]
    assert panel.answer_view.table.model().index(0, 3).data() == str(first.index + 1)
    assert not panel.answer_view.table.isColumnHidden(3)


def test_two_words_are_compared_by_every_metric_and_both_ways(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    answer = answered(panel, Search(Mode.PAIR, "king", "girl"), qtbot)
    rows = panel.answer_view.pair_view.rows
    assert [fact.metric for fact in answer.facts] == list(METRICS)
    for row, metric in enumerate(METRICS):
        expected = similarity(session.embedding, "king", "girl", metric)
        assert rows.index(row, 1).data() == f"{expected:.3f}"
        assert rows.index(row, 2).data() == str(rank(session.embedding, "girl", "king", metric))
        assert rows.index(row, 3).data() == str(rank(session.embedding, "king", "girl", metric))
    assert panel.answer_view.pair_view.table.isVisible()


def test_of_an_expression_in_a_pair_there_is_no_rank(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    answer = answered(panel, Search(Mode.PAIR, "king - man + woman", "queen"), qtbot)
    assert [fact.ranks for fact in answer.facts] == [(1, 0)] * 3
    assert panel.answer_view.pair_view.rows.index(0, 3).data() == "–"


def test_words_that_cancel_out_are_said_to(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    answered(panel, Search(Mode.NEAREST, "king - king"), qtbot)
    assert panel.answer_view.hint_label.isVisible()
    assert "cancel out" in panel.answer_view.hint_label.text()


def test_an_error_in_the_second_word_is_said_of_that(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    answered(panel, Search(Mode.PAIR, "king", "qveen"), qtbot)
    assert problem(panel) == "“qveen” is not in the vocabulary"
    assert panel.form.other_edit.property("invalid") is True
    assert not panel.form.word_edit.property("invalid")


def test_the_word_that_fits_least_comes_first(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.form.modes.button("odd").click()
    field = panel.form.fields[Mode.ODD]
    field.edit.edit.setText("king, queen, man road")
    qtbot.keyClick(field.edit.edit, Qt.Key.Key_Return)
    found = odd_one_out(session.embedding, ["king", "queen", "man", "road"])
    assert answers(panel) == [one.word for one in found]
    assert answers(panel)[0] == "road"
    assert panel.answer_view.note_label.text().startswith("“road” fits least")


def test_a_list_typed_by_hand_is_compared_with(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    panel.form.modes.button("against").click()
    field = panel.form.fields[Mode.AGAINST]
    field.edit.words_entered.emit(["road", "queen", "gurl"])
    assert answers(panel) == [one.word for one in against(session.embedding, "king", ["road", "queen"])]
    assert "gurl" in field.problem.text()
    field.spellings.chosen.emit("girl")
    assert set(answers(panel)) == {"road", "queen", "girl"}


def test_the_list_of_another_view_is_compared_with_until_one_is_typed(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    panel.form.modes.button("against").click()
    session.words.set_listed(WordList(("girl", "boy", "not there"), "lasso"))
    assert set(answers(panel)) == {"girl", "boy"}
    assert panel.answer_view.note_label.text().endswith("1 of the list are not in the vocabulary")
    field = panel.form.fields[Mode.AGAINST]
    field.edit.words_entered.emit(["road"])
    session.words.set_listed(WordList(("man",), "lasso"))
    assert "man" not in answers(panel)
    assert field.list_button.isVisible()
    field.list_button.click()
    assert answers(panel) == ["man"]


def test_back_forward_and_the_menu_show_questions_of_every_kind_again(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    searches = [
        Search(Mode.NEAREST, "king - man + woman"),
        Search(Mode.PAIR, "king", "queen"),
        Search(Mode.ODD, words=("king", "queen", "road")),
    ]
    for search in searches:
        answered(panel, search, qtbot)
    focused = panel.form.modes.button("odd")
    focused.setFocus()
    panel.activateWindow()
    qtbot.waitUntil(focused.hasFocus)
    panel.ways.back_button.click()
    assert panel.answer.search == searches[1]
    for key, search in ((Qt.Key.Key_Left, searches[0]), (Qt.Key.Key_Right, searches[1])):
        qtbot.keyClick(focused, key, Qt.KeyboardModifier.AltModifier)
        assert panel.answer.search == search
    assert panel.ways.back_button.isEnabled()
    panel.ways.menu.aboutToShow.emit()
    titles = [action.text() for action in panel.ways.menu.actions()]
    assert titles == ["Odd one out: king, queen, road", "king ↔ queen", "king - man + woman"]
    panel.ways.menu.actions()[0].trigger()
    assert panel.answer.search == searches[2]


def test_the_word_is_pinned_and_unpinned(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    panel.form.pin_button.click()
    assert session.words.pinned == ("king",)
    session.words.unpin("king")
    assert not panel.form.pin_button.isChecked()


def test_the_answer_of_a_large_model_comes_from_beside_and_the_newest_wins(
    panel_on, monkeypatch, qtbot
) -> None:
    session = session_of(noise(MANY))
    panel = panel_on(session)
    monkeypatch.setattr(similarity_question, "QUICK_NUMBERS", 0)
    ask(panel, "word1", qtbot)
    assert panel.answer is None
    ask(panel, "word2", qtbot)
    qtbot.waitUntil(lambda: panel.answer is not None)
    assert panel.answer.search.query == "word2"
    assert answers(panel) == [one.word for one in neighbours(session.embedding, "word2")]


def test_a_hidden_panel_asks_nothing_until_it_is_seen(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.hide()
    session.set_focus_word("king")
    assert panel.answer is None
    panel.show()
    assert panel.answer.search.query == "king"


CROWN = (
    "the king wears a crown\nthe queen wears a crown\nthe king and the queen rule a land\na dog barks\n" * 2
)


@pytest.fixture
def crowned() -> Session:
    """A session with counts and with vectors of the same words."""
    session = counted_session_of(CROWN, window=3)
    words = session.cooccurrence.vocabulary.words
    session.add_model(model_of(noise(words)))
    return session


def test_why_two_words_are_alike_is_told_by_their_contexts_with_their_sentences(
    panel_on, crowned: Session, qtbot
) -> None:
    panel = panel_on(crowned)
    ask(panel, "king", qtbot)
    panel.answer_view.table.select_word("queen")
    panel.answer_view.why_button.click()
    explanation = explained(panel, "king", "queen", qtbot)
    why = panel.answer_view.why
    shown = [row.name for row in why.table.rows.rows]
    assert shown == [crowned.cooccurrence.vocabulary.word(one.context) for one in explanation.counts.contexts]
    assert "crown" in shown
    total = sum(one.share for one in explanation.counts.contexts) + explanation.counts.rest_share
    assert total == pytest.approx(explanation.counts.cosine)
    assert f"{explanation.counts.cosine:.3f}" in why.sum_label.text()
    for column, word in ((2, "king"), (3, "queen")):
        why.table.clicked.emit(why.table.rows.index(shown.index("crown"), column))
        assert crowned.evidence == Evidence(word, "crown")


def test_why_two_words_are_alike_is_told_by_dimensions_too(panel_on, crowned: Session, qtbot) -> None:
    panel = panel_on(crowned)
    panel.resize(500, 480)
    answered(panel, Search(Mode.PAIR, "king", "queen"), qtbot)
    explanation = explained(panel, "king", "queen", qtbot)
    why = panel.answer_view.why
    why.parts.button("dimensions").click()
    assert why.table.rows.row_total() == len(explanation.dimensions) == 6
    assert sum(row.share for row in why.table.rows.rows) == pytest.approx(explanation.cosine)
    assert "0.000 from 0 others" in why.sum_label.text()
    why.parts.button("contexts").click()
    assert why.hint_label.text() == "These vectors came without their context vectors."


def test_the_explanation_follows_the_row_and_goes_when_closed(panel_on, crowned: Session, qtbot) -> None:
    panel = panel_on(crowned)
    ask(panel, "king", qtbot)
    panel.answer_view.why_button.click()
    first, second = answers(panel)[:2]
    explained(panel, "king", first, qtbot)
    panel.answer_view.table.selectRow(1)
    explained(panel, "king", second, qtbot)
    panel.answer_view.why.close_button.click()
    assert not panel.answer_view.why.isVisible()
    assert panel.answer_view.table.isVisible()


def exported(panel: SimilarityPanel) -> list[list[object]]:
    return [list(row) for row in panel.answer_view.export_rows()]


def test_tables_hold_what_is_in_sight(panel_on, crowned: Session, qtbot) -> None:
    panel = panel_on(crowned)
    ask(panel, "king", qtbot)
    found = neighbours(crowned.embedding, "king")
    assert exported(panel)[0] == ["word", "cosine", "count", "rank"]
    assert exported(panel)[1] == [found[0].word, found[0].score, found[0].count, found[0].index + 1]
    panel.resize(500, 480)
    answered(panel, Search(Mode.PAIR, "king", "queen"), qtbot)
    explained(panel, "king", "queen", qtbot)
    assert exported(panel)[1][0] == "cosine"
    assert exported(panel)[6][:2] == ["context", "adds"]


@pytest.mark.parametrize(
    "search",
    [
        Search(Mode.NEAREST, "king - man"),
        Search(Mode.PAIR, "king", "queen"),
        Search(Mode.ODD, words=("king", "queen", "dog")),
        Search(Mode.AGAINST, "king", words=("queen", "dog")),
    ],
)
def test_the_code_gives_the_same_answer(panel_on, search: Search, qtbot, capsys) -> None:
    text = PastedText("the king and the man\nthe queen and the dog\n" * 3)
    settings = {"min_count": 1, "dimension": 4, "epochs": 2, "x_max": 2.0}
    run = gloveui.train(text, **settings)
    session = Session()
    session.set_text(text)
    session.set_tokens(gloveui.read_text(text))
    model = model_of({"a": (1.0,)})
    session.add_model(Model(1, "model", run.embedding, model.table, run.card))
    panel = panel_on(session)
    answer = answered(panel, search, qtbot)
    capsys.readouterr()
    exec(panel._code(), {})
    printed = capsys.readouterr().out.split()
    numbers = [one.score for one in answer.neighbours] or [fact.score for fact in answer.facts]
    assert [str(number) in printed for number in numbers] == [True] * len(numbers)


def test_a_low_panel_explains_a_pair_on_request_and_in_place_of_it(panel_on, crowned: Session, qtbot) -> None:
    panel = panel_on(crowned)
    panel.resize(500, 317)
    answered(panel, Search(Mode.PAIR, "king", "queen"), qtbot)
    assert panel.height() == 317
    assert not panel.answer_view.why.isVisible()
    panel.answer_view.why_button.click()
    explained(panel, "king", "queen", qtbot)
    assert not panel.answer_view.pages.isVisible()
    panel.answer_view.why.close_button.click()
    assert panel.answer_view.pair_view.isVisible()


def test_a_narrow_and_low_panel_has_its_modes_in_one_line_and_room_for_words(panel_on) -> None:
    session = session_of(FAMILY)
    session.set_focus_word("king")
    panel = panel_on(session)
    panel.resize(388, 276)
    modes = panel.form.modes
    assert len({modes.button(mode.value).y() for mode in Mode}) == 1
    panel.form.options_button.click()
    assert panel.minimumSizeHint().height() <= 276
    options = panel.form.options_row
    assert options.farthest_box.geometry().bottom() < options.height()


def test_a_long_list_is_not_gone_through_on_the_windows_thread() -> None:
    embedding = session_of(FAMILY).embedding
    assert embedding is not None
    assert is_quick(embedding, Search(Mode.ODD, words=("king",) * 16))
    assert not is_quick(embedding, Search(Mode.ODD, words=("king",) * 2_000))


def test_of_no_answer_there_is_nothing_to_take(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    session.set_focus_word("king")
    panel = panel_on(session)
    assert panel.export_button.isEnabled()
    ask(panel, "xyzzy", qtbot)
    assert not panel.export_button.isEnabled()
    assert not panel.export_button.png_action.isVisible()
