"""What is set off on a map: the word in focus with its neighbours, and the words of a list."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress
from gloveui.core.queries import neighbours
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.word_choice import WordList
from gloveui.views.map_layouts import MapQuestion
from gloveui.views.plots.word_map import WordMap

NEIGHBOURS = 10


class MapMarks(QObject):
    """Marks a map after the session; neighbours are looked for while the map is seen."""

    def __init__(self, session: Session, jobs: JobQueue, word_map: WordMap) -> None:
        super().__init__(word_map)
        self._session, self._jobs, self._map = session, jobs, word_map
        self._question: MapQuestion | None = None
        self._fades = True
        self._listed: tuple[WordList, Embedding, NDArray[np.int64]] | None = None
        session.focus_word_changed.connect(self.mark)
        session.words.listed_changed.connect(self.fade)

    def show(self, question: MapQuestion) -> None:
        """Mark the words of a map that has lost its marks."""
        self._question = question
        self.fade()
        self.mark()

    def set_fades(self, fades: bool) -> None:
        """Whether words stand back that are not in the list."""
        if fades != self._fades:
            self._fades = fades
            self.fade()

    def place_of(self, word: str) -> int | None:
        """Where a word is among those of the map; None if it is not."""
        if self._question is None or not word:
            return None
        index = self._question.embedding.vocabulary.get(word)
        if index is None:
            return None
        places = self._question.words.places(np.array([index]))
        return int(places[0]) if len(places) else None

    def listed_ids(self) -> NDArray[np.int64]:
        """int64: ids of the words of the list that the model has."""
        listed, question = self._session.words.listed, self._question
        if listed is None or question is None:
            return np.empty(0, np.int64)
        if self._listed is None or self._listed[:2] != (listed, question.embedding):
            known = {question.embedding.vocabulary.get(word) for word in listed.words}
            ids = np.array(sorted(index for index in known if index is not None), np.int64)
            self._listed = listed, question.embedding, ids
        return self._listed[2]

    def make_list(self, places: NDArray[np.int64], origin: str) -> None:
        """Make a list of words of the map; there may be very many, and their ids are known."""
        if self._question is not None:
            words = tuple(map(self._map.words.__getitem__, places.tolist()))
            listed = WordList(words, origin)
            self._listed = listed, self._question.embedding, self._question.words.ids[places]
            self._session.words.set_listed(listed)

    def fade(self) -> None:
        """Let words stand back that are not in the list; if the map has none of it, or no others, no word."""
        question = self._question
        if question is None or self._map.words is not question.words.words:
            return
        mask = np.ones(len(question.words.ids), np.bool_)
        mask[question.words.places(self.listed_ids())] = False
        self._map.set_faded(mask if self._fades and mask.any() and not mask.all() else None)

    def mark(self) -> None:
        """Mark the word in focus, and look for its neighbours."""
        question, word = self._question, self._session.focus_word
        if question is None or self._map.words is not question.words.words or not self._map.isVisible():
            return
        place = self.place_of(word)
        self._map.set_lines(())
        self._map.set_marked(() if place is None else (place,))
        if place is not None:
            job = self._jobs.ask("map neighbours", _neighbours(question.embedding, word))
            job.succeeded.connect(self._connect)

    def _connect(self, found: tuple[Embedding, str, NDArray[np.int64]]) -> None:
        """Draw lines from the word in focus to those of its neighbours that are on the map."""
        embedding, word, ids = found
        question, place = self._question, self.place_of(word)
        if question is None or question.embedding is not embedding or word != self._session.focus_word:
            return
        if place is not None and self._map.words is question.words.words:
            self._map.set_lines([(place, other) for other in question.words.places(ids).tolist()])


def _neighbours(
    embedding: Embedding, word: str
) -> Generator[Progress, None, tuple[Embedding, str, NDArray[np.int64]]]:
    """Ids of the words nearest to a word, with what was asked."""
    yield Progress("searching")
    query = f'"{word}"'  # as it is, not as a sum
    found = neighbours(embedding, query, NEIGHBOURS)
    return embedding, word, np.array([one.index for one in found], np.int64)
