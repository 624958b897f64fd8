"""Answers of likeness as rows of a table and as code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from PySide6.QtCore import QObject

from gloveui.state.session import Session
from gloveui.storage.export import Cell
from gloveui.views.model_sources import knows_source, source_code
from gloveui.views.models.similarity_question import Answer, Mode, Options

_PARAMETERS = {"results": "k"}
_USED = {
    Mode.NEAREST: ("results", "metric", "exclude_inputs", "among", "farthest"),
    Mode.AGAINST: ("metric",),
    Mode.PAIR: ("among",),
    Mode.ODD: (),
}


class SimilarityHeadings(QObject):
    """What stands over the columns of a table that is copied, in the language in use."""

    def of_words(self, score: str) -> list[Cell]:
        """Over words with scores."""
        return [self.tr("word"), score, self.tr("count"), self.tr("rank")]

    def of_pair(self, first: str, second: str) -> list[Cell]:
        """Over what is said of a pair."""
        rank = self.tr("rank of {word}")
        return ["", self.tr("value"), rank.format(word=second), rank.format(word=first)]


def answer_rows(answer: Answer, score: str, headings: SimilarityHeadings) -> Iterator[list[Cell]]:
    """An answer, for a spreadsheet."""
    if answer.search.mode is Mode.PAIR:
        yield headings.of_pair(answer.search.query, answer.search.other)
        for fact in answer.facts:
            yield [fact.metric, fact.score, *(rank or "" for rank in fact.ranks)]
        return
    yield headings.of_words(score)
    has_counts = answer.embedding.vocabulary.has_counts
    for one in answer.neighbours:
        yield [one.word, one.score, one.count if has_counts else "", one.index + 1]


def has_code(session: Session) -> bool:
    """Whether the text and the settings of the model that answers are known."""
    return knows_source(session, session.model)


def answer_code(session: Session, answer: Answer) -> str:
    """Lines that train the model again and ask it the same; empty if not enough is known of it."""
    return f"{source_code(session, session.model)}{_question_code(answer)}" if has_code(session) else ""


def _question_code(answer: Answer) -> str:
    search, words = answer.search, [one.word for one in answer.neighbours]
    named = _named(answer.options, search.mode)
    if search.mode is Mode.PAIR:
        pair = f"run.embedding, {search.query!r}, {search.other!r}"
        lines = ['for metric in ("cosine", "dot", "euclidean"):']
        lines += [f"    print(metric, gloveui.similarity({pair}, metric))"]
        lines += _rank_lines(answer, named)
        return "\n".join(lines) + "\n"
    call = {
        Mode.NEAREST: f"gloveui.neighbours(run.embedding, {search.query!r}{named})",
        Mode.AGAINST: f"gloveui.against(run.embedding, {search.query!r}, {sorted(words)!r}{named})",
        Mode.ODD: f"gloveui.odd_one_out(run.embedding, {sorted(words)!r})",
    }[search.mode]
    return f"for one in {call}:\n    print(one.word, one.score, one.count)\n"


def _rank_lines(answer: Answer, named: str) -> list[str]:
    """Ranks, where both are words: an expression has none."""
    first, second = answer.search.query, answer.search.other
    pairs = ((second, first, 0), (first, second, 1))
    return [
        f"    print(gloveui.rank(run.embedding, {word!r}, {of!r}, metric{named}))"
        for word, of, side in pairs
        if answer.facts and answer.facts[0].ranks[side]
    ]


def _named(options: Options, mode: Mode) -> str:
    """The options that differ from the usual ones, as they stand in a call."""
    usual = Options()
    changed = [
        f", {_PARAMETERS.get(field.name, field.name)}={getattr(options, field.name)!r}"
        for field in fields(options)
        if field.name in _USED[mode] and getattr(options, field.name) != getattr(usual, field.name)
    ]
    return "".join(changed)
