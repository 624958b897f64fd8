"""What is said of a text that was odd and could be read all the same."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gloveui.core.tokens import TokenStream
from gloveui.views.languages import translate_note
from gloveui.views.numbers import grouped


@dataclass(frozen=True, slots=True)
class TextWarning:
    """A notice: its sentence, what to do next, and all there is to say where that is more."""

    sentence: str
    advice: str
    details: str


def text_warning(tokens: TokenStream) -> TextWarning | None:
    """The notice on a text that has been read, in the language in use; None if nothing was odd."""
    sentences = [*_broken(tokens), *map(translate_note, tokens.summary.notes), *_left_out(tokens)]
    if not sentences:
        return None
    advice = ""
    if tokens.summary.broken_bytes:
        advice = QCoreApplication.translate(
            "TextWarning", "If words look wrong, choose another encoding under Text, More."
        )
    elif len(sentences) > 1:
        advice = QCoreApplication.translate("TextWarning", "Details list all that was odd.")
    return TextWarning(sentences[0], advice, "\n".join(sentences) if len(sentences) > 1 else "")


def _broken(tokens: TokenStream) -> list[str]:
    summary = tokens.summary
    if not summary.broken_bytes:
        return []
    sentence = QCoreApplication.translate(
        "TextWarning", "Bytes that are not {encoding}: {count}, the first at byte {place}"
    )
    facts = {"count": grouped(summary.broken_bytes), "encoding": summary.encoding}
    return [sentence.format(**facts, place=grouped(summary.first_broken or 0))]


def _left_out(tokens: TokenStream) -> list[str]:
    told = []
    if tokens.summary.nul_count:
        sentence = QCoreApplication.translate("TextWarning", "NUL characters that were left out: {count}")
        told.append(sentence.format(count=grouped(tokens.summary.nul_count)))
    if tokens.cut_tokens:
        sentence = QCoreApplication.translate(
            "TextWarning", "Words longer than 1,000 bytes that were cut: {count}"
        )
        told.append(sentence.format(count=grouped(tokens.cut_tokens)))
    return told
