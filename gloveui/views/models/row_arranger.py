"""Which rows of a look-up table are wanted, and in which order; what takes long is found meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from gloveui.core.errors import GloveError
from gloveui.core.lookup import SPECIAL_WORDS, LookupTable
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.word_search import FoldedWords, fold_words, words_matching
from gloveui.state.job_queue import JobQueue
from gloveui.views.models.vector_rows import COUNT, FIRST_VALUE, INDEX, NORM, WORD

MODES = ("contains", "begins", "regex")
UNSORTED = -1
ROWS_AT_ONCE = 30_000  # with so many, sorting takes some milliseconds
MOST_ORDERS = 3
_NORMS_AT_ONCE = 10_000

Ids = NDArray[np.int64]
Key = tuple[int, bool]
"""A column, and whether its largest values come first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to see of a table: words by their text and by a list, in an order."""

    text: str = ""
    mode: str = "contains"
    listed: tuple[str, ...] | None = None
    column: int = UNSORTED
    is_falling: bool = False


@dataclass(frozen=True, eq=False)
class TableFacts:
    """What is made once for a table: its words for searching, and the norm of each row (float64 [V])."""

    table: LookupTable
    words: FoldedWords
    norms: NDArray[np.float64]
    largest_norm: float
    largest_count: int


@dataclass(frozen=True, eq=False)
class Found:
    """What took long about a wish: the ids that match an expression, an order of all rows, or an error."""

    facts: TableFacts
    wish: Wish
    matching: Ids | None = None
    order: Ids | None = None
    error: GloveError | None = None


def gather_facts(table: LookupTable) -> Task[TableFacts]:
    """Prepare a table for being searched and sorted."""
    words = yield from fold_words(table.vocabulary.words)
    norms = np.empty(len(table))
    for begin in range(0, len(table), _NORMS_AT_ONCE):
        part = table.vectors[begin : begin + _NORMS_AT_ONCE]
        norms[begin : begin + len(part)] = np.sqrt(np.einsum("ij,ij->i", part, part, dtype=np.float64))
        yield Progress("searching", begin / len(table))
    table.vocabulary.get("")  # the way from word to id is made now, and not when somebody waits for it
    return TableFacts(table, words, norms, float(norms.max()), int(table.vocabulary.counts.max()))


def find(facts: TableFacts, wish: Wish, needs_order: bool) -> Task[Found]:
    """Do what takes long about a wish; an expression that is none is a finding, too."""
    matching = order = None
    try:
        if wish.text and wish.mode == "regex":
            matching = yield from words_matching(facts.table.vocabulary.words, wish.text)
    except GloveError as error:
        return Found(facts, wish, error=error)
    if needs_order:
        yield Progress("sorting")
        order = order_of(facts, wish.column, wish.is_falling)
    return Found(facts, wish, matching, order)


def order_of(facts: TableFacts, column: int, is_falling: bool) -> Ids:
    """int64, shape (V,): all ids by a column, equal ones by id."""
    if column == INDEX:
        return np.arange(len(facts.table))[:: -1 if is_falling else 1]
    keys = _keys(facts, column)
    return np.argsort(-keys if is_falling else keys, kind="stable")


def _keys(facts: TableFacts, column: int) -> NDArray[np.floating] | Ids:
    if column == WORD:
        return facts.words.ranks()
    if column == NORM:
        return facts.norms
    table = facts.table
    return table.vocabulary.counts if column == COUNT else table.vectors[:, column - FIRST_VALUE]


class RowArranger(QObject):
    """Answers the newest wish; without a queue, or for a small table, at once."""

    arranged = Signal(object)  # int64: the ids to show, in order
    refused = Signal(object)  # GloveError: what was shown goes on to be
    busy_changed = Signal(bool)

    def __init__(self, jobs: JobQueue | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._table: LookupTable | None = None
        self._facts: TableFacts | None = None
        self._wish = Wish()
        self._matching: tuple[str, Ids] | None = None  # of the expression tried last
        self._orders: dict[Key, Ids] = {}  # those used last
        self._is_busy = False

    @property
    def wish(self) -> Wish:
        """What is wanted."""
        return self._wish

    @property
    def facts(self) -> TableFacts | None:
        """What is known of the table; None until it has been gathered."""
        return self._facts

    def set_table(self, table: LookupTable | None) -> None:
        """Work on another table; an order by a column that it has not is given up."""
        self._table, self._facts, self._matching = table, None, None
        self._orders.clear()
        self._set_busy(False)
        if table is None:
            return
        if self._wish.column >= FIRST_VALUE + table.dimension:
            self._wish = replace(self._wish, column=UNSORTED)
        if self._jobs is None or len(table) <= ROWS_AT_ONCE:
            self._facts = run_to_end(gather_facts(table))
        else:
            self._jobs.ask("lookup words", gather_facts(table)).succeeded.connect(self._take_facts)
        self.want(self._wish)

    def want(self, wish: Wish) -> None:
        """Answer a wish, now or soon."""
        self._wish = wish
        if self._table is None:
            return
        if self._facts is None:
            self.arranged.emit(np.arange(len(self._table)))
            self._set_busy(True)
        elif self._takes_long():
            self._ask(self._facts)
        else:
            self._set_busy(False)
            self.arranged.emit(self._ids(self._facts))

    def _takes_long(self) -> bool:
        return self._is_pattern_new() or self._is_order_new()

    def _is_pattern_new(self) -> bool:
        wish = self._wish
        is_known = self._matching is not None and self._matching[0] == wish.text
        return wish.mode == "regex" and bool(wish.text) and not is_known

    def _is_order_new(self) -> bool:
        column = self._wish.column
        return column != UNSORTED and (column, self._wish.is_falling) not in self._orders

    def _ask(self, facts: TableFacts) -> None:
        task = find(facts, self._wish, self._is_order_new())
        if self._jobs is None or (len(facts.table) <= ROWS_AT_ONCE and not self._is_pattern_new()):
            self._take(run_to_end(task))
        else:
            self._set_busy(True)
            self._jobs.ask("lookup rows", task).succeeded.connect(self._take)

    def _take_facts(self, facts: TableFacts) -> None:
        if facts.table is self._table:
            self._facts = facts
            self.want(self._wish)

    def _take(self, found: Found) -> None:
        if found.wish != self._wish or found.facts is not self._facts:
            return
        self._set_busy(False)
        if found.error is not None:
            self.refused.emit(found.error)
            return
        if found.matching is not None:
            self._matching = found.wish.text, found.matching
        if found.order is not None:
            self._orders[found.wish.column, found.wish.is_falling] = found.order
            while len(self._orders) > MOST_ORDERS:
                del self._orders[next(iter(self._orders))]
        self.arranged.emit(self._ids(found.facts))

    def _ids(self, facts: TableFacts) -> Ids:
        wish, table = self._wish, facts.table
        found = self._matching_ids(facts.words)
        kept = _mask(len(table), self._listed_ids(table), found)
        if wish.column != UNSORTED:
            order = self._orders[wish.column, wish.is_falling]
            return order if kept is None else order[kept[order]]
        if found is None:
            return np.arange(len(table)) if kept is None else np.flatnonzero(kept)
        return found if wish.listed is None or kept is None else found[kept[found]]

    def _matching_ids(self, words: FoldedWords) -> Ids | None:
        text, mode = self._wish.text, self._wish.mode
        if not text:
            return None
        if mode == "regex":
            return self._matching[1] if self._matching is not None else None
        return words.beginning_with(text) if mode == "begins" else words.holding(text)

    def _listed_ids(self, table: LookupTable) -> Ids | None:
        if self._wish.listed is None:
            return None
        ids = (table.vocabulary.get(word) for word in self._wish.listed if word not in SPECIAL_WORDS)
        return np.array([index for index in ids if index is not None], np.int64)

    def _set_busy(self, is_busy: bool) -> None:
        if is_busy != self._is_busy:
            self._is_busy = is_busy
            self.busy_changed.emit(is_busy)


def _mask(size: int, *groups: Ids | None) -> NDArray[np.bool_] | None:
    """Bool, shape (size,): the ids that are in all groups; None if there is no group."""
    kept = None
    for group in groups:
        if group is not None:
            mask = np.zeros(size, bool)
            mask[group] = True
            kept = mask if kept is None else kept & mask
    return kept
