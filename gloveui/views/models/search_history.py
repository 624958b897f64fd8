"""What was asked, in order, with a place in it: the way back and forward of a browser."""

from __future__ import annotations

from gloveui.views.models.similarity_question import Search

MOST_KEPT = 100


class SearchHistory:
    """Searches, oldest first; a new one takes the place of those that lie ahead."""

    def __init__(self) -> None:
        self._searches: list[Search] = []
        self._place = -1

    @property
    def searches(self) -> tuple[Search, ...]:
        """All of them, oldest first."""
        return tuple(self._searches)

    @property
    def place(self) -> int:
        """Where the one in sight stands among them; -1 before the first."""
        return self._place

    def visit(self, search: Search) -> None:
        """Note a search; asked for again, the present one stays what it is."""
        if self._place >= 0 and self._searches[self._place] == search:
            return
        self._searches = [*self._searches[: self._place + 1], search][-MOST_KEPT:]
        self._place = len(self._searches) - 1

    def go(self, place: int) -> Search:
        """Go to the search at a place from 0 on, and return it."""
        self._place = min(max(place, 0), len(self._searches) - 1)
        return self._searches[self._place]
