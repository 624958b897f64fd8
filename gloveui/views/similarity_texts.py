"""What is said about questions of likeness and their answers."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gloveui.views.models.similarity_question import FEWEST_WORDS, Answer, Mode, Options, Search
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped

WORDS_TOLD = 4  # of a list


class SimilarityTexts(QObject):
    """In the language in use."""

    def mode(self, mode: Mode) -> str:
        """The name of a kind of question."""
        return {
            Mode.NEAREST: self.tr("Nearest"),
            Mode.PAIR: self.tr("Pair"),
            Mode.ODD: self.tr("Odd one"),
            Mode.AGAINST: self.tr("List"),
        }[mode]

    def explained(self, mode: Mode) -> str:
        """What a kind of question asks."""
        return {
            Mode.NEAREST: self.tr("The words most like a word or a sum of words"),
            Mode.PAIR: self.tr("How alike two words are, and what rank each has for the other"),
            Mode.ODD: self.tr("Which word of a list fits the others least"),
            Mode.AGAINST: self.tr("The words of a list, those most like a word first"),
        }[mode]

    def hint(self, mode: Mode, answer: Answer | None) -> str:
        """What to do where nothing has been asked yet, or why no word is an answer."""
        if answer is not None:
            return self.tr("No direction to look in: these words cancel out, or their vectors are zeros")
        return {
            Mode.NEAREST: self.tr("Type a word, or choose one in any other view"),
            Mode.PAIR: self.tr("Type two words to compare"),
            Mode.ODD: self.tr("Add at least three words: the one that fits the others least is found"),
            Mode.AGAINST: self.tr("Type a word above and a list below it"),
        }[mode]

    def title(self, search: Search) -> str:
        """A question in a few words, for a menu."""
        words = ", ".join(shortened(word) for word in search.words[:WORDS_TOLD])
        words += " …" if len(search.words) > WORDS_TOLD else ""
        first, second = shortened(search.query), shortened(search.other)
        return {
            Mode.NEAREST: first,
            Mode.PAIR: f"{first} ↔ {second}",
            Mode.ODD: self.tr("Odd one out: {words}").format(words=words),
            Mode.AGAINST: f"{first} → {words}",
        }[search.mode]

    def score(self, mode: Mode, options: Options) -> tuple[str, str]:
        """The heading of the scores, and what they are."""
        if mode is Mode.ODD:
            return self.tr("fit"), self.tr("The cosine to the mean of all other words of the list")
        names = {
            "cosine": (self.tr("cosine"), self.tr("1: the same direction, 0: at right angles, −1: opposite")),
            "dot": (self.tr("dot product"), self.tr("The cosine times the lengths of both vectors")),
            "euclidean": (
                self.tr("distance"),
                self.tr("Between both vectors: smaller is nearer"),
            ),
        }
        name, tip = names[options.metric]
        if mode is Mode.NEAREST and options.farthest:
            name = self.tr("{score}, farthest first").format(score=name)
        return name, tip

    def note(self, answer: Answer | None) -> str:
        """How the answer was found; what is worth knowing of it."""
        if answer is None or answer.error is not None:
            return ""
        if answer.search.mode is Mode.ODD:
            return self._told_of_odd(answer)
        if answer.search.mode is Mode.AGAINST:
            return self._told_of_list(answer)
        options, size = answer.options, len(answer.embedding)
        text = self.tr("Exact over {words} words")
        if answer.search.mode is Mode.PAIR:
            text = self.tr("Exact ranks among {words} words")
        elif 0 < options.among < size:
            text = self.tr("Exact over the {words} most frequent")
        return text.format(words=grouped(min(options.among or size, size)))

    def exactness(self) -> str:
        """What is meant by exact."""
        return self.tr("Compared by the raw vectors of all these words: none is left out or estimated")

    def waiting(self) -> str:
        """While an answer takes its time."""
        return self.tr("Comparing …")

    def _told_of_odd(self, answer: Answer) -> str:
        if len(answer.neighbours) < FEWEST_WORDS:
            return self.tr("Fewer than three of these words are in the vocabulary")
        odd = answer.neighbours[0]
        text = self.tr("“{word}” fits least: cosine {score} to the mean of the others")
        return text.format(word=shortened(odd.word), score=f"{odd.score:.3f}") + self._told_of_missing(answer)

    def _told_of_list(self, answer: Answer) -> str:
        text = self.tr("Exact over {count} words of the list")
        return text.format(count=grouped(len(answer.neighbours))) + self._told_of_missing(answer)

    def _told_of_missing(self, answer: Answer) -> str:
        if not answer.missing:
            return ""
        text = self.tr("{count} of the list are not in the vocabulary")
        return " · " + text.format(count=grouped(len(answer.missing)))
