"""What several models answered to several sets: rows of sections, columns of models, as they were then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gloveui.core.analogy_questions import AnalogyOptions
from gloveui.core.evaluation import AnalogyEvaluation, AnalogyScore, PairEvaluation, RankedPair, WrongAnswer
from gloveui.evaluating import Evaluation, Questions
from gloveui.state.values import Model

TOTAL, GROUP, SECTION, PAIRS = "total", "group", "section", "pairs"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A line of the table.

    Attributes
    ----------
    questions
        The set it is of: the key of a known one, or a file.
    kind
        `TOTAL` of analogies, one of their groups, a section of them, or pairs of words.
    name
        Of the set, group or section.
    asked
        How many questions or pairs there are.
    """

    questions: Questions
    kind: str
    name: str
    asked: int


@dataclass(eq=False)
class ResultColumn:
    """A model as it was when it was asked, how it was asked, and what it answered, by set."""

    model: Model
    options: AnalogyOptions
    evaluations: dict[Questions, Evaluation] = field(default_factory=dict)


class EvaluationResults:
    """All results; those of a model take the place of older ones of the model with its number."""

    def __init__(self) -> None:
        self._columns: dict[int, ResultColumn] = {}

    @property
    def columns(self) -> tuple[ResultColumn, ...]:
        """By the numbers of their models."""
        return tuple(self._columns[number] for number in sorted(self._columns))

    @property
    def rows(self) -> tuple[ResultRow, ...]:
        """Set by set, in the order in which they were first asked: totals, groups, sections."""
        first: dict[Questions, Evaluation] = {}
        for column in self.columns:
            for questions, evaluation in column.evaluations.items():
                first.setdefault(questions, evaluation)
        return tuple(row for questions, one in first.items() for row in _rows_of(questions, one))

    def add(self, model: Model, options: AnalogyOptions, questions: Questions, found: Evaluation) -> None:
        """Take in what a model answered; what it answered otherwise, or as another one, goes."""
        column = self._columns.get(model.number)
        if column is None or column.model.embedding is not model.embedding or column.options != options:
            column = self._columns[model.number] = ResultColumn(model, options)
        column.evaluations[questions] = found


def score_of(column: ResultColumn, row: ResultRow) -> AnalogyScore | None:
    """What a model answered to the analogies of a row; None if it was not asked, or the row is of pairs."""
    evaluation = column.evaluations.get(row.questions)
    if not isinstance(evaluation, AnalogyEvaluation):
        return None
    if row.kind == TOTAL:
        return evaluation.total
    parts = evaluation.groups if row.kind == GROUP else evaluation.sections
    return next((part for part in parts if part.name == row.name), None)


def pairs_of(column: ResultColumn, row: ResultRow) -> PairEvaluation | None:
    """How a model ranked the pairs of a row; None if it was not asked, or the row is of analogies."""
    evaluation = column.evaluations.get(row.questions)
    return evaluation if isinstance(evaluation, PairEvaluation) else None


def value_of(column: ResultColumn, row: ResultRow, method: str) -> float | None:
    """Share of right answers, 0 to 1, or the rank correlation, -1 to 1; None where there is none."""
    score, pairs = score_of(column, row), pairs_of(column, row)
    if score is not None:
        return score.share(method)
    return pairs.spearman if pairs is not None else None


def covered_of(column: ResultColumn, row: ResultRow) -> int | None:
    """How many of the questions the vocabulary covers; None if they were not asked."""
    score, pairs = score_of(column, row), pairs_of(column, row)
    if score is not None:
        return score.covered
    return pairs.covered if pairs is not None else None


def unknown_of(column: ResultColumn, row: ResultRow) -> tuple[str, ...]:
    """Some words of the set that the model does not have."""
    evaluation = column.evaluations.get(row.questions)
    return evaluation.unknown if evaluation is not None else ()


def missed_of(column: ResultColumn, row: ResultRow, method: str) -> Sequence[WrongAnswer | RankedPair]:
    """Wrong answers of a row, those of all its sections for a total; or the pairs, most different first."""
    evaluation = column.evaluations.get(row.questions)
    if isinstance(evaluation, PairEvaluation):
        return evaluation.pairs
    if evaluation is None:
        return ()
    sections = [
        one
        for one in evaluation.sections
        if row.kind == TOTAL or row.name == (one.group if row.kind == GROUP else one.name)
    ]
    return tuple(wrong for section in sections for wrong in section.wrong[method])


def _rows_of(questions: Questions, evaluation: Evaluation) -> list[ResultRow]:
    if isinstance(evaluation, PairEvaluation):
        return [ResultRow(questions, PAIRS, evaluation.name, evaluation.asked)]
    kinds = ((TOTAL, (evaluation.total,)), (GROUP, evaluation.groups), (SECTION, evaluation.sections))
    return [ResultRow(questions, kind, part.name, part.asked) for kind, parts in kinds for part in parts]
