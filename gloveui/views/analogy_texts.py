"""What is said of analogies: how they are asked, what came out, and what the picture holds."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QObject

from gloveui.core.analogy_examples import Section
from gloveui.core.analogy_plane import AnalogyPlane
from gloveui.core.analogy_questions import AnalogyAnswer, AnalogyOptions
from gloveui.core.embedding import Embedding
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped

FEW = 10  # places: an expected word that is among so many answers nearly came first


class AnalogyTexts(QObject):
    """Sentences in the language in use."""

    def method(self, method: str) -> str:
        """The name of a way to answer."""
        names = {"add": self.tr("3CosAdd"), "multiply": self.tr("3CosMul")}
        return names.get(method) or self.tr("Direction")

    def formula(self, method: str) -> str:
        """What that way makes as large as it can."""
        if method == "add":
            return self.tr("cos(d, b) − cos(d, a) + cos(d, c)")
        if method == "multiply":
            return self.tr("cos(d, b) · cos(d, c) / (cos(d, a) + 0.001), each cosine moved to 0 … 1")
        return self.tr("cos(d − c, b − a): the step from c to d points as that from a to b")

    def how(self, options: AnalogyOptions, embedding: Embedding) -> str:
        """How a question is answered, in a line."""
        among = options.among if 0 < options.among < len(embedding) else len(embedding)
        parts = [f"{self.method(options.method)}: {self.formula(options.method)}"]
        if options.exclude_inputs:
            parts.append(self.tr("without a, b, c"))
        parts.append(self.tr("exact over {words} words").format(words=grouped(among)))
        return " · ".join(parts)

    def excluded(self, answer: AnalogyAnswer) -> str:
        """Which given word would have been first; empty if none would."""
        first = answer.excluded_first
        if first is None:
            return ""
        return self.tr("“{word}” itself would be first ({score}): given words are left out").format(
            word=shortened(first.word), score=f"{first.score:.3f}"
        )

    def expected(self, answer: AnalogyAnswer) -> str:
        """How the expected word came out; empty if none is expected."""
        word, question = shortened(answer.question.expected), answer.question
        if not word or not answer.found:
            return ""
        if question.expected in answer.unknown:
            return self.tr("“{word}” is expected, but not in the vocabulary").format(word=word)
        if answer.expected_rank == 0:
            why = self.tr("“{word}” is expected, but it is one of the given words")
            if question.expected not in question.given:
                why = self.tr("“{word}” is expected, but too rare to be among the words asked")
            return why.format(word=word)
        text = self.tr("✓ as expected")
        if not answer.is_right:
            text = self.tr("✗ expected “{word}”: place {rank} ({score})")
        return text.format(
            word=word, rank=grouped(answer.expected_rank), score=f"{answer.expected_score:.3f}"
        )

    def held(self, plane: AnalogyPlane) -> str:
        """How much of the words the picture holds; empty if they do not differ."""
        if not math.isfinite(plane.held):
            return ""
        text = self.tr("The plane holds {share} %")
        return text.format(share=f"{100 * plane.held:.0f}")

    def parallel(self, plane: AnalogyPlane) -> str:
        """How parallel the arrows are with nothing left out; empty if there are none."""
        if not math.isfinite(plane.parallel):
            return ""
        text = self.tr("Arrows’ cosine in all dimensions: {cosine}")
        return text.format(cosine=f"{plane.parallel:.2f}")

    def total(self, answers: Sequence[AnalogyAnswer], asked: int) -> str:
        """How many of several answers are right."""
        judged = [answer for answer in answers if answer.is_right is not None]
        right = sum(answer.is_right is True for answer in judged)
        near = sum(1 <= answer.expected_rank <= FEW for answer in judged)
        parts = []
        if judged:
            text = self.tr("Right: {right} of {judged} ({share} %)").format(
                right=grouped(right), judged=grouped(len(judged)), share=f"{100 * right / len(judged):.1f}"
            )
            parts.append(text)
            parts.append(
                self.tr("among the first {few}: {share} %").format(
                    few=FEW, share=f"{100 * near / len(judged):.1f}"
                )
            )
        unknown = sum(bool(answer.unknown) for answer in answers)
        if unknown:
            text = self.tr("lines with unknown words: {unknown} of {asked}")
            parts.append(text.format(unknown=grouped(unknown), asked=grouped(asked)))
        if len(answers) < asked:
            text = self.tr("answered: {answered} of {asked}")
            parts.append(text.format(answered=grouped(len(answers)), asked=grouped(asked)))
        return " · ".join(parts)

    def section(self, section: Section) -> str:
        """The name of a relation."""
        return self._section_names().get(section.key, section.key)

    def _section_names(self) -> dict[str, str]:
        return {
            "family": self.tr("man → woman"),
            "young": self.tr("animal → young"),
            "capitals": self.tr("country → capital"),
            "people": self.tr("country → people"),
            "languages": self.tr("country → language"),
            "plurals": self.tr("one → many"),
            "comparatives": self.tr("good → better"),
            "superlatives": self.tr("good → best"),
            "past": self.tr("go → went"),
            "participles": self.tr("go → going"),
            "third_person": self.tr("go → goes"),
            "opposites": self.tr("opposites"),
            "negation": self.tr("able → unable"),
            "adverbs": self.tr("quick → quickly"),
            "numbers": self.tr("one → first"),
            "next": self.tr("one → two"),
            "weekdays": self.tr("next day"),
            "months": self.tr("next month"),
            "agents": self.tr("work → worker"),
            "things_parts": self.tr("whole → part"),
            "places_people": self.tr("place → person"),
            "materials": self.tr("thing → material"),
            "honorific": self.tr("plain → honorific"),
        }
