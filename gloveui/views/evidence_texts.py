"""What is said about the sentences behind a number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from gloveui.core.concordance import Places
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.tokens import TokenStream
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was asked for and what has been found by now.

    Attributes
    ----------
    stream, matrix
        The text and its counts.
    asked
        Ids of the word and of the context word; of the word alone; or none, for plain sentences.
    missing
        A word that was asked for and is not in the text; empty if there is none.
    places
        What has been found; None for nothing yet.
    is_complete
        Whether that is all.
    """

    stream: TokenStream
    matrix: CooccurrenceMatrix
    asked: tuple[int, ...] = ()
    missing: str = ""
    places: Places | None = None
    is_complete: bool = False

    @property
    def words(self) -> list[str]:
        """The words that were asked for, short enough to be shown."""
        return [shortened(self.stream.vocabulary.word(index)) for index in self.asked]

    @property
    def left_out(self) -> str:
        """A word of a pair that is left out of the counts; empty if there is none."""
        size = len(self.matrix.vocabulary)
        is_pair = len(self.asked) == 2
        left_out = [word for index, word in zip(self.asked, self.words, strict=True) if index >= size]
        return left_out[0] if is_pair and left_out else ""

    @property
    def count(self) -> float:
        """X of a pair."""
        return 0.0 if self.left_out else self.matrix.count(self.asked[0], self.asked[1])


class EvidenceTexts(QObject):
    """What is said about an answer, in the language in use."""

    def title(self, answer: Answer) -> str:
        """The sum, in a line."""
        if answer.missing:
            return self.tr("“{word}” is not in the text").format(word=shortened(answer.missing))
        found = answer.places.found if answer.places is not None else 0
        if not answer.asked:
            sentences = grouped(answer.stream.sentence_count)
            return self.tr("All sentences of the text: {count}").format(count=sentences)
        name = " × ".join(answer.words)
        if not answer.is_complete:
            text = self.tr("{name}: {count} places so far") if found else "{name}"
        elif len(answer.asked) == 1:
            text = self.tr("{name}: {count} occurrences") if found != 1 else self.tr("{name}: 1 occurrence")
        else:
            text = self.tr("{name}: {count} places") if found != 1 else self.tr("{name}: 1 place")
        title = text.format(name=name, count=grouped(found))
        return f"{title}, X = {sum_text(answer.count)}" if len(answer.asked) == 2 else title

    def note(self, answer: Answer, is_stale: bool, most_exported: int) -> str:
        """What else there is to know, in a line; empty if there is nothing."""
        parts = []
        if is_stale:
            parts.append(self.tr("These counts are older than the settings"))
        if answer.asked and not answer.is_complete and not answer.missing:
            parts.append(self.tr("Searching …"))
        elif len(answer.asked) == 2 and answer.places is not None and answer.places.found:
            parts.append(self._sum_said(answer, answer.places))
            if answer.asked[0] == answer.asked[1] and answer.matrix.options.direction == "both":
                text = self.tr("A word beside itself counts from both sides")
                parts.append(text)
        if answer.places is not None and answer.places.found > len(answer.places):
            text = self.tr("Only the first {count} are listed")
            parts.append(text.format(count=grouped(len(answer.places))))
        elif answer.places is not None and len(answer.places) > most_exported:
            text = self.tr("A copied table has the first {count}, the code has all")
            parts.append(text.format(count=grouped(most_exported)))
        return " · ".join(parts)

    def nothing_found(self, answer: Answer) -> tuple[str, str]:
        """Why no sentence is listed, and what to do."""
        if answer.missing:
            heading = self.tr("“{word}” is not in the text").format(word=shortened(answer.missing))
            return heading, self.tr("Type another word above, or click on a number in any view.")
        if not answer.asked:
            hint = self.tr(
                "Click on a number or a pair of words in any view, or type a word above: every place in the "
                "text behind it is listed here."
            )
            return self.tr("Which sentences?"), hint
        if answer.left_out:
            heading = self.tr("“{word}” is left out of the counts").format(word=answer.left_out)
            text = self.tr("The {count} most frequent words are counted; alone, it can be found.")
            return heading, text.format(count=grouped(len(answer.matrix.vocabulary)))
        return self.tr("X = 0: these two words never meet"), self._window_said(answer.matrix.options)

    def _sum_said(self, answer: Answer, places: Places) -> str:
        if places.total == answer.count:
            return self.tr("The shares add up to the cell exactly")
        text = self.tr("The shares add up to {sum}, not to the cell")
        return text.format(sum=sum_text(places.total))

    def _window_said(self, options: CountOptions) -> str:
        if options.direction == "both":
            if options.window == 1:
                return self.tr("It counts if they stand side by side, in one sentence.")
            text = self.tr("It counts if they stand up to {window} words apart, in one sentence.")
        elif options.window == 1:
            if options.direction == "left":
                return self.tr("It counts if the second word stands directly before the first.")
            return self.tr("It counts if the second word stands directly after the first.")
        elif options.direction == "left":
            text = self.tr("It counts if the second word stands up to {window} words before the first.")
        else:
            text = self.tr("It counts if the second word stands up to {window} words after the first.")
        return text.format(window=options.window)


def sum_text(count: float) -> str:
    """A count with four significant digits; above a thousand with one decimal, where it has any."""
    if count == int(count):
        return grouped(int(count))
    return f"{count:,.1f}" if count >= 1000 else f"{count:.4g}"
