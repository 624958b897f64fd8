"""Back and forward through what was asked."""

from __future__ import annotations

from gloveui.views.models.search_history import MOST_KEPT, SearchHistory
from gloveui.views.models.similarity_question import Mode, Search


def history_of(*words: str) -> SearchHistory:
    history = SearchHistory()
    for word in words:
        history.visit(Search(Mode.NEAREST, word))
    return history


def words(history: SearchHistory) -> list[str]:
    return [search.query for search in history.searches]


def test_nothing_lies_before_or_ahead_of_the_first() -> None:
    history = history_of("king")
    assert (history.place, words(history)) == (0, ["king"])


def test_a_new_search_takes_the_place_of_those_ahead() -> None:
    history = history_of("king", "queen", "road")
    assert history.go(1).query == "queen"
    assert (history.place, len(history.searches)) == (1, 3)
    history.visit(Search(Mode.NEAREST, "boy"))
    assert words(history) == ["king", "queen", "boy"]
    assert history.place == len(history.searches) - 1


def test_the_same_search_asked_again_stays_one() -> None:
    assert words(history_of("king", "king", "queen", "king")) == ["king", "queen", "king"]


def test_the_oldest_are_forgotten() -> None:
    history = history_of(*map(str, range(MOST_KEPT + 5)))
    assert words(history)[0] == "5"
    assert history.place == MOST_KEPT - 1
