"""Analogies as rows of a table and as code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gloveui.core.analogy_questions import AnalogyAnswer, AnalogyOptions, AnalogyQuestion
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.model_sources import source_code


def question_code(session: Session, question: AnalogyQuestion, options: AnalogyOptions, count: int) -> str:
    """Lines that train the model anew and ask one analogy."""
    asked = ", ".join(map(repr, question.given))
    lines = (
        f"answers = gloveui.analogy(\n    run.embedding, {asked}, k={count},\n    {_arguments(options)},\n)\n"
        "for answer in answers:\n    print(answer.word, answer.score)\n"
    )
    return _model_code(session) + lines


def sheet_code(session: Session, questions: Sequence[AnalogyQuestion], options: AnalogyOptions) -> str:
    """Lines that train the model anew and ask several analogies; those with unknown words are left out."""
    listed = "".join(f"    {(*one.given, one.expected)!r},\n" for one in questions)
    lines = (
        f"questions = [\n{listed}]\nright = 0\nfor a, b, c, expected in questions:\n"
        "    answer = gloveui.analogy(\n"
        f"        run.embedding, a, b, c, k=1,\n        {_arguments(options)},\n    )[0].word\n"
        "    right += answer == expected\n    print(a, b, c, answer, expected)\n"
        "print(right, len(questions))\n"
    )
    return _model_code(session) + lines


def answer_rows(answer: AnalogyAnswer, headings: Sequence[str]) -> Iterator[list[export.Cell]]:
    """The answers to one analogy, best first."""
    yield list(headings)
    for neighbour in answer.found:
        yield [neighbour.word, neighbour.score, neighbour.count]


def _model_code(session: Session) -> str:
    return source_code(session, session.model)


def _arguments(options: AnalogyOptions) -> str:
    return f"method={options.method!r}, exclude_inputs={options.exclude_inputs}, among={options.among}"
