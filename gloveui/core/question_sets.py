"""Questions whose answers people know, to measure vectors by: analogies in sections, and pairs of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gloveui.core.analogy_examples import Section, pair_questions
from gloveui.core.analogy_questions import AnalogyQuestion

SEMANTIC, SYNTACTIC = "semantic", "syntactic"
_SYNTACTIC_SECTION = "gram"  # how the names of Google's sections on grammar begin


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """Analogies of one relation.

    Attributes
    ----------
    name
        As the file has it, empty for questions under no heading.
    questions
        Each with its expected word.
    group
        `SEMANTIC` or `SYNTACTIC`; empty where nothing says which.
    """

    name: str
    questions: tuple[AnalogyQuestion, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class AnalogySet:
    """Analogies that a model can be asked, by section."""

    name: str
    sections: tuple[QuestionSection, ...]

    def __len__(self) -> int:
        return sum(len(section.questions) for section in self.sections)

    def __iter__(self) -> Iterator[AnalogyQuestion]:
        return (question for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two words, and how alike people find them; the larger the more alike."""

    first: str
    second: str
    score: float


@dataclass(frozen=True, slots=True)
class PairSet:
    """Pairs of words with people's scores, on any scale."""

    name: str
    pairs: tuple[ScoredPair, ...]

    def __len__(self) -> int:
        return len(self.pairs)


QuestionSet: TypeAlias = AnalogySet | PairSet


def grouped_sections(sections: Sequence[QuestionSection]) -> tuple[QuestionSection, ...]:
    """The sections with their groups, if their names follow Google's: those on grammar begin with ``gram``.

    Notes
    -----
    Mikolov et al. (2013), "Efficient Estimation of Word Representations in Vector Space", section 4.1.
    """
    is_grammar = [section.name.startswith(_SYNTACTIC_SECTION) for section in sections]
    if not any(is_grammar):
        return tuple(sections)
    return tuple(
        QuestionSection(section.name, section.questions, SYNTACTIC if grammar else SEMANTIC)
        for section, grammar in zip(sections, is_grammar, strict=True)
    )


def set_of_relations(name: str, relations: Sequence[Section]) -> AnalogySet:
    """Each pair of a relation asked with every other pair of it; see `pair_questions`."""
    asked = (QuestionSection(relation.key, pair_questions(relation.pairs)) for relation in relations)
    return AnalogySet(name, tuple(section for section in asked if section.questions))
