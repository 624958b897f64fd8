"""What is said about comparisons of models."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gloveui.core.alignment import Alignment
from gloveui.core.comparison import ComparedNeighbours, Disagreement, SimilarityPairs
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped


class CompareTexts(QObject):
    """In the language in use."""

    def pages(self) -> dict[str, str]:
        """The names of the pages."""
        return {
            "neighbours": self.tr("Nearest"),
            "disagreement": self.tr("Differences"),
            "agreement": self.tr("Curves"),
            "scatter": self.tr("Scatter"),
            "maps": self.tr("Maps"),
            "stability": self.tr("Stability"),
        }

    def explained(self) -> dict[str, str]:
        """What the pages show."""
        return {
            "neighbours": self.tr("The nearest words of the word in focus in up to four models"),
            "disagreement": self.tr("Words by how much two models disagree about their neighbours"),
            "agreement": self.tr("Agreement of two models as more neighbours are compared"),
            "scatter": self.tr("The cosine of pairs of words in one model against that in another"),
            "maps": self.tr("Two models in one plane, turned onto each other by their common words"),
            "stability": self.tr("How many trainings with other random seeds agree on each neighbour"),
        }

    def of_neighbours(self, compared: ComparedNeighbours) -> str:
        """How many of the neighbours of a word all models share."""
        word = shortened(compared.word)
        if not compared.asked:
            return self.tr("None of these models has “{word}”").format(word=word)
        columns = [column for column in compared.columns if column is not None]
        shared = sum(one.models == compared.asked for one in columns[0])
        longest = max(map(len, columns))
        if compared.asked == 1:
            text = self.tr("“{word}”: only one of these models has this word")
            return text.format(word=word)
        text = self.tr("“{word}”: {count} of the {k} nearest words are shared by all {models} models")
        return text.format(word=word, models=compared.asked, count=shared, k=longest)

    def of_answer(self, answer: Disagreement | SimilarityPairs | Alignment, word: str) -> str:
        """What has been compared."""
        if isinstance(answer, Disagreement):
            return self._of_disagreement(answer)
        if isinstance(answer, SimilarityPairs):
            text = self.tr("{pairs} pairs of {words} common words; the pointer names them")
            return text.format(pairs=grouped(len(answer.first)), words=grouped(len(answer.common)))
        return self._of_alignment(answer, word)

    def _of_disagreement(self, answer: Disagreement) -> str:
        text = self.tr("{words} common words · mean overlap {overlap}, Jaccard {jaccard} at k = {k}")
        return text.format(
            words=grouped(len(answer.common)),
            overlap=f"{answer.overlap.mean():.3f}",
            jaccard=f"{answer.jaccard.mean():.3f}",
            k=answer.k,
        )

    def _of_alignment(self, answer: Alignment, word: str) -> str:
        words, mean = grouped(len(answer.common)), f"{answer.distances.mean():.3f}"
        place = answer.common.place(word) if word else None
        if place is None:
            text = self.tr("Aligned by {words} common words; mean distance {mean}")
            told = text.format(words=words, mean=mean)
            missing = self.tr("“{word}” is not among them").format(word=shortened(word))
            return f"{told} · {missing}" if word else told
        text = self.tr(
            "“{word}” has moved by {distance}, the {words} common words by {mean} · Lines come from where "
            "model A has a word"
        )
        distance = f"{answer.distances[place]:.3f}"
        return text.format(word=shortened(word), distance=distance, words=words, mean=mean)
