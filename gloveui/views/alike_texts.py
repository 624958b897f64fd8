"""What is said about why two words are alike, and the rows that show it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gloveui.core.vocabulary import Vocabulary
from gloveui.views.models.alike_table import AlikeRow
from gloveui.views.models.explanation import Explanation
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped

LONGEST_HEADING = 14


class AlikeTexts(QObject):
    """For each part of an explanation: ``counts``, ``dimensions`` and ``contexts``."""

    def rows(self, part: str, explanation: Explanation) -> list[AlikeRow]:
        """What adds most to the cosine, most first."""
        if part == "counts":
            return _context_rows(explanation)
        if part == "dimensions":
            return self._dimension_rows(explanation)
        agreement, words = explanation.agreement, explanation.embedding.vocabulary
        contexts = agreement.contexts if agreement is not None else ()
        return [AlikeRow(words.word(one.context), one.share, one.products) for one in contexts]

    def headings(self, part: str, words: tuple[str, str]) -> tuple[str, ...]:
        """What stands over the columns."""
        first, second = (_short(word) for word in words)
        names = {"counts": "X({word})", "dimensions": "{word}", "contexts": "w·w̃({word})"}
        name = self.tr("dim.") if part == "dimensions" else self.tr("context")
        values = (names[part].format(word=word) for word in (first, second))
        return name, self.tr("adds"), *values, self.tr("highest words ↔ lowest words")

    def tips(self, part: str, words: tuple[str, str]) -> tuple[str, ...]:
        """What the columns mean."""
        share = {
            "counts": self.tr("The product of the PPMI of both words with this context, over their lengths"),
            "dimensions": self.tr("The product of the values of both vectors, at length 1"),
            "contexts": self.tr("The product of both numbers w·w̃, over the lengths of all of them"),
        }[part]
        value = {
            "counts": self.tr("How often “{word}” has this context, weighted by distance"),
            "dimensions": self.tr("The value of “{word}” in this dimension, at length 1"),
            "contexts": self.tr("What the model says of “{word}” with this context, biases left out"),
        }[part]
        values = (value.format(word=shortened(word)) for word in words)
        ends = self.tr("The frequent words with the largest and the smallest values in this dimension")
        return "", share, *values, ends

    def sum_of(self, part: str, explanation: Explanation) -> str:
        """What adds up to what."""
        if part == "dimensions":
            shares = [one.share for one in explanation.dimensions]
            rest_words = explanation.embedding.dimension - len(shares)
            text = self.tr("Cosine {cosine} = {sum} from these {n} dimensions + {rest} from {others} others")
            return _filled(text, explanation.cosine, sum(shares), len(shares), rest_words)
        part_sum = explanation.counts if part == "counts" else explanation.agreement
        if part_sum is None:
            return ""
        text = self.tr("PPMI cosine {cosine} = {sum} from these {n} contexts + {rest} from {others} others")
        if part == "contexts":
            text = self.tr(
                "Model cosine {cosine} = {sum} from these {n} contexts + {rest} from {others} others"
            )
        shares = [one.share for one in part_sum.contexts]
        return _filled(text, part_sum.cosine, sum(shares), len(shares), part_sum.rest_words)

    def explained(self, part: str) -> str:
        """What the cosine compares."""
        return {
            "counts": self.tr(
                "The counts of both words with every context, as PPMI: by how much, on a log scale, a "
                "context is more frequent with the word than by chance, and 0 where it is not. Each context "
                "adds the product of both; divided by the lengths of both rows, all together are their "
                "cosine."
            ),
            "dimensions": self.tr(
                "The vectors of both words at length 1. Each dimension adds the product of both values; all "
                "together are the cosine that the table of similar words has."
            ),
            "contexts": self.tr(
                "What the model says of both words with every context word: the product w·w̃ of their "
                "vectors, which with the biases predicts log X. Each context adds the product of both; "
                "divided by the lengths, all together are the cosine."
            ),
        }[part]

    def missing(self, part: str, explanation: Explanation) -> str:
        """Why a part has no rows; empty where it has some."""
        if part == "counts" and explanation.matrix is None:
            return self.tr("No text has been counted: open one to see the contexts that both words share.")
        if part == "counts" and explanation.counts is None:
            return self.tr("The counts of the open text do not have both words.")
        if part == "counts":
            return self.tr("No context is more frequent than by chance with both words.")
        if part == "contexts" and explanation.agreement is None:
            return self.tr("These vectors came without their context vectors.")
        return ""

    def _dimension_rows(self, explanation: Explanation) -> list[AlikeRow]:
        words = explanation.embedding.vocabulary
        return [
            AlikeRow(
                str(one.dimension),
                one.share,
                one.values,
                f"{_listed(words, one.high_words)} ↔ {_listed(words, one.low_words)}",
            )
            for one in explanation.dimensions
        ]


def _context_rows(explanation: Explanation) -> list[AlikeRow]:
    if explanation.counts is None or explanation.matrix is None:
        return []
    word = explanation.matrix.vocabulary.word
    return [AlikeRow(word(one.context), one.share, one.counts) for one in explanation.counts.contexts]


def _filled(text: str, cosine: float, part: float, n: int, others: int) -> str:
    """The numbers as rounded add up, too."""
    rest = round(cosine, 3) - round(part, 3)
    return text.format(
        cosine=f"{cosine:.3f}", sum=f"{part:.3f}", n=n, rest=_signed(rest), others=grouped(others)
    )


def _signed(number: float) -> str:
    return f"{abs(number):.3f}" if number > -0.0005 else f"(−{abs(number):.3f})"


def _listed(words: Vocabulary, ids: tuple[int, ...]) -> str:
    return " ".join(_short(words.word(index)) for index in ids)


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_HEADING else word[: LONGEST_HEADING - 1] + "…"
