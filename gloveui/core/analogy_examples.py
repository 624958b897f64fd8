"""Pairs of words that stand in one relation, and the analogies that a vocabulary can answer with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations, zip_longest

from gloveui.core.analogy_questions import AnalogyQuestion
from gloveui.core.vocabulary import Vocabulary

MOST_QUESTIONS = 1_000  # of one section; 32 pairs make as many
MOST_EXAMPLES = 120

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """Pairs of words in one relation, such as man and woman, king and queen."""

    key: str
    language: str
    pairs: tuple[Pair, ...]

    def known_pairs(self, vocabulary: Vocabulary) -> list[Pair]:
        """Those whose words the vocabulary has, spelled as there; the one with the rarer word later."""
        found = {}
        for pair in self.pairs:
            ids = [vocabulary.get(word) for word in pair]
            first, second = ids
            if first is not None and second is not None and first != second:
                found[vocabulary.word(first), vocabulary.word(second)] = max(first, second)
        return sorted(found, key=found.__getitem__)


def parse_sections(lines: Iterable[str], language: str) -> tuple[Section, ...]:
    """Sections of lines: ``: key`` begins one, then comes a pair a line; ``#`` begins a comment.

    Raises
    ------
    ValueError
        At a line that is none of these, or a pair outside a section.
    """
    sections: dict[str, list[Pair]] = {}
    key = ""
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] == ":" and len(words) == 2:
            key = words[1]
            sections.setdefault(key, [])
        elif len(words) == 2 and key:
            sections[key].append((words[0], words[1]))
        else:
            raise ValueError(f"line {number}: expected a heading or a pair of words, got {line.strip()!r}")
    return tuple(Section(key, language, tuple(pairs)) for key, pairs in sections.items())


def pair_questions(pairs: Sequence[Pair], most: int = MOST_QUESTIONS) -> tuple[AnalogyQuestion, ...]:
    """Each pair asked with every other one; those of the first pairs come first."""
    questions = []
    for first, second in sorted(permutations(range(len(pairs)), 2), key=_later_pair):
        question = AnalogyQuestion(*pairs[first], *pairs[second])
        if len({*question.given, question.expected}) == 4:
            questions.append(question)
        if len(questions) == most:
            break
    return tuple(questions)


def example_questions(
    vocabulary: Vocabulary, sections: Sequence[Section], most: int = MOST_EXAMPLES
) -> tuple[AnalogyQuestion, ...]:
    """Analogies whose words are all known: in turn one of each section, its most frequent words first."""
    rounds = zip_longest(*(_neighbouring_pairs(vocabulary, section) for section in sections))
    examples = [question for turn in rounds for question in turn if question is not None]
    return tuple(dict.fromkeys(examples))[:most]


def _neighbouring_pairs(vocabulary: Vocabulary, section: Section) -> list[AnalogyQuestion]:
    """Pairs of about the same frequency, asked with each other."""
    pairs = section.known_pairs(vocabulary)
    asked = (AnalogyQuestion(*first, *second) for first, second in pairwise(pairs))
    return [question for question in asked if len({*question.given, question.expected}) == 4]


def _later_pair(places: tuple[int, int]) -> tuple[int, int, int]:
    return max(places), *places
