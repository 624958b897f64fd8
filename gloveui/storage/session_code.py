"""The Python lines that make every model of a session again, to be copied out of it."""

from __future__ import annotations

from dataclasses import replace

from gloveui.core.model_cards import FileCard
from gloveui.core.run_card import RunCard
from gloveui.core.text import PastedText
from gloveui.storage.export_code import model_code
from gloveui.storage.session_values import SavedModel, SavedSession

IMPORTS = ("import ", "from ")
NO_TEXT = PastedText("")  # for vectors from a file, which need none


def session_code(saved: SavedSession) -> str:
    """Lines that leave ``models`` behind: the vectors of each model of a session, by its number.

    A model is read, counted and trained as its card says, to the same bytes; vectors from a file are read
    from it. One that cannot be made again, because it is of another text or has no card, is told of in a
    comment.
    """
    imports, parts = {"import gloveui"}, []
    made: set[int] = set()
    for model in sorted(saved.models, key=lambda model: model.number):
        lines = _lines(saved, model, made).split("\n")
        imports |= {line for line in lines if line.startswith(IMPORTS)}
        body = "\n".join(line for line in lines if not line.startswith(IMPORTS)).strip("\n")
        parts.append(f"# {model.number}: {' '.join(model.name.split())}\n{body}\n")
    standard_first = sorted(imports, key=lambda line: ("gloveui" in line, line))
    return "\n".join(["\n".join(standard_first), "\nmodels = {}", "", *parts])


def _lines(saved: SavedSession, model: SavedModel, made: set[int]) -> str:
    """Lines that make one model, or a comment that says why there are none."""
    card = model.card
    if card is None:
        return "# It has no card, so nobody knows how it was made."
    if not isinstance(card, FileCard) and not _is_of_open_text(saved, card.text.sha256):
        return f"# It was made from another text, {card.text.name!r}: open that to get its code."
    text = NO_TEXT if saved.text is None else saved.text
    start = card.start if isinstance(card, RunCard) else None
    if isinstance(card, RunCard) and start is not None and start.number in made:
        code = model_code(text, replace(card, start=None)).rstrip()
        code = f"{code.removesuffix(')')}    start_from=models[{start.number}],\n)"
    else:
        code = model_code(text, card).rstrip()
    made.add(model.number)
    return f"{code}\nmodels[{model.number}] = run.embedding"


def _is_of_open_text(saved: SavedSession, sha256: str) -> bool:
    if saved.text is None:
        return False
    return saved.tokens is None or saved.tokens.summary.sha256 == sha256
