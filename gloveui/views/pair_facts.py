"""What is known of one pair of words, or of a block of pairs, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveParameters
from gloveui.core.heatmap import HeatmapPicture
from gloveui.core.quantities import Quantity, cell_values, known_marginals
from gloveui.storage import export
from gloveui.views.plots.cell_marks import Cell
from gloveui.views.quantity_texts import quantity_name, reduction_text, value_text

LONGEST_WORD = 40  # letters of a word in a line


def pair_facts(
    matrix: CooccurrenceMatrix, predictor: GloveParameters | None, word: int, context: int
) -> tuple[str, list[str]]:
    """The pair, and its count, probability, PMI and prediction, as far as they are known at once.

    Nothing here passes over the counts: PMI is told once somebody has added them up.
    """
    first, second = (shown(matrix.vocabulary.word(index)) for index in (word, context))
    facts = [f"X = {_value(matrix, Quantity('count'), word, context)}"]
    facts.append(f"P({second} | {first}) = {_value(matrix, Quantity('probability'), word, context)}")
    if known_marginals(matrix) is not None:
        facts.append(f"PMI = {_value(matrix, Quantity('pmi'), word, context)}")
    if predictor is not None:
        for name in ("prediction", "error"):
            value = _value(matrix, Quantity(name, parameters=predictor), word, context)
            facts.append(f"{quantity_name(name)} = {value}")
    return f"{first} × {second}", facts


def block_facts(
    pictures: Sequence[HeatmapPicture], words: Sequence[str], cell: Cell
) -> tuple[str, list[str]]:
    """The words of the block that a cell is in, and the values that stand for it in pictures of one part."""
    block = pictures[0].view.block
    row, column = (place // block * block for place in cell)
    name = f"{_span(words, row, block, len(words))} × {_span(words, column, block, len(words))}"
    facts = []
    for picture in pictures:
        view = picture.view
        place = (cell[0] - view.first_row) // view.block, (cell[1] - view.first_column) // view.block
        if 0 <= place[0] < view.height and 0 <= place[1] < view.width:
            value = value_text(float(picture.values[place]), picture.quantity.name)
            facts.append(f"{quantity_name(picture.quantity.name)} = {value}")
    return name, [*facts, reduction_text(pictures[0].reduction, block)]


def picture_table(
    picture: HeatmapPicture, words: Sequence[str], sight: QRectF, most: int
) -> Iterator[list[export.Cell]]:
    """What is in sight of a picture as rows; at most its first `most` rows and columns, and a note of that.

    Where a point stands for many cells, the headings are the first and the last word of its block.
    """
    view, block = picture.view, picture.view.block
    top = max(int(sight.top()) - view.first_row, 0) // block
    left = max(int(sight.left()) - view.first_column, 0) // block
    bottom = min(-(-int(np.ceil(sight.bottom()) - view.first_row) // block), view.height)
    right = min(-(-int(np.ceil(sight.right()) - view.first_column) // block), view.width)
    rows, columns = range(top, min(bottom, top + most)), range(left, min(right, left + most))
    yield ["", *(_span(words, view.first_column + column * block, block, len(words)) for column in columns)]
    nothing: export.Cell = 0.0 if picture.quantity.fills_zero else ""
    for row in rows:
        values = picture.values[row, columns.start : columns.stop].tolist()
        head = _span(words, view.first_row + row * block, block, len(words))
        yield [head, *(nothing if value != value else value for value in values)]
    if len(rows) < bottom - top or len(columns) < right - left:
        text = QCoreApplication.translate(
            "Quantity", "… the first {most} rows and columns of what was in sight"
        )
        yield [text.format(most=most)]


def shown(word: str) -> str:
    """A word, not longer than a line has room for."""
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "…"


def _span(words: Sequence[str], first: int, block: int, size: int) -> str:
    """The word of a cell, or the first and the last word of a block of them."""
    if first >= size:
        return ""
    last = min(first + block, size) - 1
    return shown(words[first]) if first == last else f"{shown(words[first])} … {shown(words[last])}"


def _value(matrix: CooccurrenceMatrix, quantity: Quantity, word: int, context: int) -> str:
    cell = cell_values(matrix, quantity, np.array([word]), np.array([context]), known_marginals(matrix))
    return value_text(float(cell[0, 0]), quantity.name)
