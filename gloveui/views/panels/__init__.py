"""The panels of the window, each in a file of its own that knows none of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QWidget

from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.panels.analogy import AnalogyPanel
from gloveui.views.panels.compare import ComparePanel
from gloveui.views.panels.counts import CountsPanel
from gloveui.views.panels.embedding_layer import EmbeddingLayerPanel
from gloveui.views.panels.epochs import EpochsPanel
from gloveui.views.panels.evaluate import EvaluatePanel
from gloveui.views.panels.fit import FitPanel
from gloveui.views.panels.lookup_table import LookupTablePanel
from gloveui.views.panels.map import MapPanel
from gloveui.views.panels.probabilities import ProbabilitiesPanel
from gloveui.views.panels.sentences import SentencesPanel
from gloveui.views.panels.similarity import SimilarityPanel
from gloveui.views.panels.training import TrainingPanel
from gloveui.views.theme import Theme


class Place(Enum):
    """Where a panel stands at first; those in one place are tabs of it."""

    CENTRE = "centre"
    UPPER_RIGHT = "upper right"
    LOWER_RIGHT = "lower right"


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A panel: its objectName, how it is made, and its first place."""

    name: str
    make: Callable[[Session, JobQueue, Theme], QWidget]
    place: Place


# In the order of their tabs and of Ctrl+1, Ctrl+2, …, Ctrl+9, Alt+1, Alt+2, …
PANELS = (
    PanelSpec("countsPanel", CountsPanel, Place.CENTRE),
    PanelSpec("probabilitiesPanel", ProbabilitiesPanel, Place.CENTRE),
    PanelSpec("trainingPanel", TrainingPanel, Place.CENTRE),
    PanelSpec("fitPanel", FitPanel, Place.CENTRE),
    PanelSpec("mapPanel", MapPanel, Place.CENTRE),
    PanelSpec("epochsPanel", EpochsPanel, Place.CENTRE),
    PanelSpec("comparePanel", ComparePanel, Place.CENTRE),
    PanelSpec("evaluatePanel", EvaluatePanel, Place.CENTRE),
    PanelSpec("similarityPanel", SimilarityPanel, Place.UPPER_RIGHT),
    PanelSpec("analogyPanel", AnalogyPanel, Place.UPPER_RIGHT),
    PanelSpec("lookupTablePanel", LookupTablePanel, Place.LOWER_RIGHT),
    PanelSpec("embeddingLayerPanel", EmbeddingLayerPanel, Place.LOWER_RIGHT),
    PanelSpec("sentencesPanel", SentencesPanel, Place.LOWER_RIGHT),
)
