"""Measures vectors by questions whose answers people know; what the command line and the window ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from gloveui.core.analogy_questions import AnalogyOptions
from gloveui.core.answer_search import SEARCH_METHODS
from gloveui.core.embedding import Embedding
from gloveui.core.evaluation import (
    AnalogyEvaluation,
    PairEvaluation,
    evaluate_analogies,
    evaluate_pairs,
)
from gloveui.core.progress import Progress, Task, part_of, run_to_end
from gloveui.core.question_sets import AnalogySet, PairSet, QuestionSet
from gloveui.storage.embedding_files import load_vectors
from gloveui.storage.evaluation_files import known_set, known_sets, read_question_set

Evaluation: TypeAlias = AnalogyEvaluation | PairEvaluation
Questions: TypeAlias = str | Path | AnalogySet | PairSet


@dataclass(frozen=True, slots=True)
class PartOfMany:
    """What one of several models answered to one of several sets; both by their places."""

    model: int
    question_set: int
    evaluation: Evaluation


def evaluate(
    vectors: Embedding | str | Path,
    questions: Questions = "google",
    *,
    methods: Sequence[str] = SEARCH_METHODS,
    among: int = 0,
    exclude_inputs: bool = True,
    on_progress: Callable[[Progress], object] | None = None,
) -> Evaluation:
    """Ask vectors a whole set of questions.

    Parameters
    ----------
    vectors
        An embedding, or a file or folder with one.
    questions
        ``"google"``, ``"english"`` and ``"korean"`` are analogies, ``"wordsim353"`` and ``"simlex999"`` pairs
        of words, if gensim has them; else a file, or a set that has been read.
    methods, among, exclude_inputs
        Of analogies; see `evaluate_analogies`.
    on_progress
        Called with each `Progress`.

    Returns
    -------
    AnalogyEvaluation or PairEvaluation
        Right answers by section with every wrong one; or the rank correlation with people (Spearman), and
        the pairs.

    Raises
    ------
    FileMissing, FileUnreadable, QuestionFileError, VectorFileError, SettingError
    """
    embedding = vectors if isinstance(vectors, Embedding) else load_vectors(Path(vectors))
    task = evaluation_task(embedding, question_set(questions), methods, among, exclude_inputs)
    return run_to_end(task, on_progress)


def question_set(questions: Questions) -> QuestionSet:
    """A set by its key, from a file, or as it is; raises as `evaluate`."""
    if isinstance(questions, AnalogySet | PairSet):
        return questions
    if isinstance(questions, str) and questions in known_sets():
        return known_set(questions)
    return read_question_set(Path(questions))


def evaluation_task(
    embedding: Embedding,
    questions: QuestionSet,
    methods: Sequence[str] = SEARCH_METHODS,
    among: int = 0,
    exclude_inputs: bool = True,
) -> Task[Evaluation]:
    """As `evaluate`, as a task."""
    if isinstance(questions, PairSet):
        return (yield from evaluate_pairs(embedding, questions))
    return (yield from evaluate_analogies(embedding, questions, methods, among, exclude_inputs))


def evaluate_many(
    embeddings: Sequence[Embedding], questions: Sequence[Questions], options: AnalogyOptions
) -> Task[tuple[PartOfMany, ...]]:
    """Ask several models several sets, by both methods; that of the options is not looked at.

    The detail of a Progress is the `PartOfMany` that has just been done, None in between; the fraction is
    that of everything.
    """
    sets = []
    yield Progress("evaluating", 0.0)
    for one in questions:
        sets.append(question_set(one))
        yield Progress("evaluating", 0.0)
    done: list[PartOfMany] = []
    parts = [(place, number) for number in range(len(sets)) for place in range(len(embeddings))]
    for place, number in parts:
        before, task = len(done) / len(parts), _part(embeddings[place], sets[number], options)
        evaluation = yield from part_of(task, before, 1 / len(parts))
        done.append(PartOfMany(place, number, evaluation))
        yield Progress("evaluating", len(done) / len(parts), done[-1])
    return tuple(done)


def _part(embedding: Embedding, questions: QuestionSet, options: AnalogyOptions) -> Task[Evaluation]:
    return evaluation_task(embedding, questions, among=options.among, exclude_inputs=options.exclude_inputs)
