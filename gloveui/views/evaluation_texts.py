"""What is said of evaluations: names of rows and columns, what is covered, and why nothing is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from gloveui.core.analogy_examples import Section
from gloveui.core.question_sets import SEMANTIC, SYNTACTIC
from gloveui.evaluating import Questions
from gloveui.state.session import Session
from gloveui.storage.evaluation_files import ANALOGY_SETS, PAIR_SETS
from gloveui.views.analogy_texts import AnalogyTexts
from gloveui.views.models.evaluation_results import (
    GROUP,
    PAIRS,
    SECTION,
    TOTAL,
    ResultColumn,
    ResultRow,
    covered_of,
    missed_of,
    pairs_of,
    score_of,
    unknown_of,
    value_of,
)
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped

OWN_RELATIONS = ("english", "korean")  # sets whose sections have names of this program
NAMED = 4  # unknown words


class EvaluationTexts(QObject):
    """Sentences in the language in use."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._analogies = AnalogyTexts(self)

    def set_name(self, questions: Questions) -> str:
        """What a set is called."""
        if isinstance(questions, Path):
            return questions.stem
        names = {
            "google": self.tr("Google analogies"),
            "english": self.tr("English analogies"),
            "korean": self.tr("Korean analogies"),
        }
        return names.get(str(questions)) or (ANALOGY_SETS | PAIR_SETS).get(str(questions), str(questions))

    def chip(self, questions: Questions) -> str:
        """A short name of a set."""
        names = {"google": "Google", "english": self.tr("English"), "korean": self.tr("Korean")}
        return names.get(str(questions)) or self.set_name(questions)

    def set_tip(self, questions: Questions) -> str:
        """What a set holds."""
        if isinstance(questions, Path):
            return str(questions)
        if questions == "google":
            return self.tr("19,544 analogies in 14 sections; Mikolov et al. 2013")
        if questions in PAIR_SETS:
            return self.tr("Pairs of English words with people's scores of how alike they are; from gensim")
        return self.tr("Everyday words; each pair is asked with every other pair of its relation")

    def row_name(self, row: ResultRow) -> str:
        """What stands at the left of a row."""
        if row.kind in (TOTAL, PAIRS):
            return self.set_name(row.questions)
        if row.kind == GROUP:
            names = {SEMANTIC: self.tr("Semantic"), SYNTACTIC: self.tr("Syntactic")}
            return names.get(row.name, row.name)
        if row.questions in OWN_RELATIONS:
            return self._analogies.section(Section(row.name, "", ()))
        return row.name or self.tr("without a heading")

    def column_name(self, column: ResultColumn, session: Session) -> str:
        """The model, and whether it is still as it was when it was asked."""
        model = column.model
        present = next((one for one in session.models if one.number == model.number), None)
        if present is None:
            return self.tr("{model} (removed)").format(model=shortened(model.name))
        if present.embedding is not model.embedding:
            return self.tr("{model} (before a change)").format(model=shortened(model.name))
        return shortened(present.name)

    def value(self, column: ResultColumn, row: ResultRow, method: str) -> str:
        """A share in percent, or a correlation; a dash where there is none."""
        value = value_of(column, row, method)
        if value is None:
            return "" if covered_of(column, row) is None else "–"
        return f"{value:.3f}".replace("-", "−") if row.kind == PAIRS else f"{100 * value:.1f} %"

    def measure(self, row: ResultRow, method: str) -> str:
        """What the value of a row is."""
        return self.tr("Spearman") if row.kind == PAIRS else self._analogies.method(method)

    def cell(self, column: ResultColumn, row: ResultRow, method: str) -> str:
        """Everything about one cell, as lines."""
        lines = [self.coverage(column, row)]
        score, pairs = score_of(column, row), pairs_of(column, row)
        if score is not None and score.covered:
            right = self.tr("{method}: {right} right").format(
                method=self._analogies.method(method), right=grouped(score.right[method])
            )
            lines.insert(0, right)
        if pairs is not None and pairs.spearman is not None:
            lines.insert(0, self.tr("Spearman: {value}").format(value=self.value(column, row, method)))
        return "\n".join(lines)

    def coverage(self, column: ResultColumn, row: ResultRow) -> str:
        """How many questions the vocabulary covers; where none, why."""
        covered = covered_of(column, row)
        if covered is None:
            return self.tr("Not asked yet")
        if covered == 0:
            words = ", ".join(shortened(word) for word in unknown_of(column, row)[:NAMED])
            return self.tr(
                "None of {asked} covered: the model has no {words} … Is it of this language?"
            ).format(asked=grouped(row.asked), words=words)
        return self.tr("{covered} of {asked} covered ({share} %)").format(
            covered=grouped(covered), asked=grouped(row.asked), share=f"{100 * covered / row.asked:.0f}"
        )

    def missed(self, column: ResultColumn, row: ResultRow, method: str, session: Session) -> str:
        """Over the list of wrong answers or of pairs."""
        where = f"{self.row_name(row)} · {self.column_name(column, session)}"
        if not covered_of(column, row):
            return f"{where}: {self.coverage(column, row)}"
        count = len(missed_of(column, row, method))
        if row.kind == PAIRS:
            told = self.tr("{count} pairs, those first on which it and people differ most")
            return f"{where}: {told.format(count=grouped(count))}"
        told = self.tr("{count} of {covered} wrong by {method}").format(
            count=grouped(count), covered=grouped(covered_of(column, row) or 0),
            method=self._analogies.method(method),
        )  # fmt: skip
        return f"{where}: {told}"

    def is_section(self, row: ResultRow) -> bool:
        """Whether a row is part of a total that stands above it."""
        return row.kind in (SECTION, GROUP)
