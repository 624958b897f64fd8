"""The Python lines that print the cells in sight, to be copied out of the Counts panel."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.quantities import Quantity
from gloveui.state.session import Session
from gloveui.storage.export_code import counting_code, model_code, training_code
from gloveui.views.quantity_texts import needs_model

MOST_WORDS = 40  # of rows and of columns in code


def cells_code(session: Session, quantity: Quantity, words: Sequence[str], sight: QRectF) -> str:
    """Lines that count, or train where the model's numbers are shown, and print what is in sight of them.

    From afar there are too many cells to print: then all of them are made a sparse matrix.
    """
    matrix = session.cooccurrence
    if matrix is None:
        return ""
    lines = _making(session, matrix, quantity)
    rows = _in_sight(words, sight.top(), sight.bottom())
    columns = _in_sight(words, sight.left(), sight.right())
    if max(len(rows), len(columns)) > MOST_WORDS:
        return f"{lines}\nmatrix = counts.to_scipy()\nprint(matrix.shape, matrix.nnz)\n"
    contexts = "words" if rows == columns else "contexts"
    lists = f"words = {list(rows)!r}\n" + (f"contexts = {list(columns)!r}\n" if contexts != "words" else "")
    call = f"gloveui.cooccurrence_table(counts, words, {contexts}, {_arguments(quantity)})"
    return f"{lines}\n{lists}for row in {call}:\n    print(*row, sep='\\t')\n"


def _making(session: Session, matrix: CooccurrenceMatrix, quantity: Quantity) -> str:
    tokens, text = session.counted_tokens, session.text
    if tokens is None or text is None:
        return ""
    if not needs_model(quantity.name):
        return counting_code(text, tokens.options, matrix.options)
    card = session.model.training_card if session.model is not None and session.live is None else None
    if card is not None:
        training = model_code(text, card)
    else:
        training = training_code(text, tokens.options, matrix.options, session.config)
    return f"{training}counts, parameters = run.cooccurrence, run.embedding.parameters\n"


def _arguments(quantity: Quantity) -> str:
    listed = [f"quantity={quantity.name!r}"]
    if quantity.name == "weight":
        listed += [f"x_max={quantity.x_max!r}", f"alpha={quantity.alpha!r}"]
    if needs_model(quantity.name):
        listed.append("parameters=parameters")
    return ", ".join(listed)


def _in_sight(words: Sequence[str], first: float, last: float) -> Sequence[str]:
    begin, end = max(0, math.floor(first + 1e-6)), min(len(words), math.ceil(last - 1e-6))
    return words[begin : min(end, begin + MOST_WORDS + 1)]
