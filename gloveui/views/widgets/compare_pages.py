"""Pages of the comparison of models that are little more than one table or one plot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gloveui.core.comparison import ComparedNeighbours, Disagreement, SimilarityPairs
from gloveui.views.languages import Translated
from gloveui.views.models.scored_words import ScoreColumn
from gloveui.views.numbers import grouped
from gloveui.views.plots.agreement_plot import AgreementPlot
from gloveui.views.plots.cosine_scatter import CosineScatter
from gloveui.views.theme import Theme
from gloveui.views.widgets.compared_table_view import ComparedTableView, MarkLegend
from gloveui.views.widgets.figure_row import FigureRow
from gloveui.views.widgets.scored_words_view import ScoredWordsView
from gloveui.views.widgets.wrapped_label import wrapped_label

NOTHING = "–"


class NeighboursPage(Translated, QWidget):
    """The neighbours of a word in up to four models."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.legend = ComparedTableView(theme), MarkLegend(theme)
        self.table.setObjectName("compareNeighbours")
        _in_a_column(self, self.table, self.legend)
        self.retranslate()

    def show_compared(self, names: Sequence[str], compared: ComparedNeighbours, k: int) -> None:
        """Show the lists of models with these names."""
        self.table.show_compared(names, compared, k)

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Neighbours in each model"))


class DisagreementPage(Translated, QWidget):
    """The common words, those on whose neighbours two models disagree most first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Disagreement | None = None
        self.list = ScoredWordsView(theme)
        self.list.table.setObjectName("compareDisagreement")
        self.list.search_edit.setObjectName("compareSearch")
        _in_a_column(self, self.list)
        self.retranslate()

    def show_disagreement(self, found: Disagreement) -> None:
        """Show a comparison."""
        if found is not self._found:
            self._found = found
            self._show()

    def retranslate(self) -> None:
        self.list.set_orders(self.tr("most different first"), self.tr("most alike first"))
        self.list.table.setAccessibleName(self.tr("Words by how much the models disagree"))
        self._show()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        overlap = self.tr(
            "Rank-biased overlap of both lists of neighbours: 1 for the same order, 0 for no common word; "
            "the first ranks count most"
        )
        columns = [
            ScoreColumn(self.tr("overlap"), overlap, found.overlap, 2),
            ScoreColumn(
                "Jaccard", self.tr("Common neighbours in all neighbours of both lists"), found.jaccard, 2
            ),
            ScoreColumn(
                self.tr("of {k}").format(k=found.k),
                self.tr("How many neighbours are in both lists"),
                found.shared,
            ),
        ]
        if found.counts is not None:
            columns.append(ScoreColumn(self.tr("count"), "", found.counts))
        self.list.show_words(found.common.words, columns, found.counts)


class AgreementPage(Translated, QWidget):
    """Curves over the number of neighbours."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = AgreementPlot(theme)
        self.plot.setObjectName("compareAgreement")
        self.told_label = wrapped_label("muted")
        _in_a_column(self, self.plot, self.told_label)
        self.retranslate()

    def show_disagreement(self, found: Disagreement) -> None:
        """Show a comparison."""
        self.plot.show_disagreement(found)

    def retranslate(self) -> None:
        self.told_label.setText(
            self.tr(
                "Jaccard: words in both lists of k neighbours, in all words of both. Rank-biased overlap "
                "(Webber et al. 2010, p = 0.9) lets the first ranks count most, and takes the lists to go on "
                "as they end."
            )
        )


class ScatterPage(Translated, QWidget):
    """The cosines of pairs of words in both models."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: SimilarityPairs | None = None
        self.figures = FigureRow(("spearman", "pearson", "pairs"))
        self.plot = CosineScatter(theme)
        self.plot.setObjectName("compareScatter")
        _in_a_column(self, self.figures, self.plot)
        self.retranslate()

    def show_pairs(self, pairs: SimilarityPairs, names: tuple[str, str]) -> None:
        """Show pairs of words in models with these names."""
        if pairs is self._pairs:
            return
        self._pairs = pairs
        self.plot.show_pairs(pairs, names)
        for name, value in (("spearman", pairs.spearman), ("pearson", pairs.pearson)):
            self.figures.set_value(name, f"{value:.3f}" if np.isfinite(value) else NOTHING)
        self.figures.set_value("pairs", grouped(len(pairs.first)))

    def retranslate(self) -> None:
        self.figures.set_caption("spearman", self.tr("Spearman ρ, by rank"))
        self.figures.set_caption("pearson", self.tr("Pearson r"))
        self.figures.set_caption("pairs", self.tr("pairs of words"))


def _in_a_column(page: QWidget, *parts: QWidget) -> None:
    """Parts one under another; the plot or table among them takes the room."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    wide = (ComparedTableView, ScoredWordsView, AgreementPlot, CosineScatter)
    for part in parts:
        column.addWidget(part, 1 if isinstance(part, wide) else 0)
