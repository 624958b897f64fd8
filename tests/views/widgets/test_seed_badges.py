from __future__ import annotations

import numpy as np
import pytest

from gloveui.core.queries import neighbours
from gloveui.core.stability import Stability
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.models.neighbour_table import SEEDS
from gloveui.views.models.similarity_question import Mode, Search
from gloveui.views.panels.similarity import SimilarityPanel
from gloveui.views.theme import Theme
from gloveui.views.widgets.seed_badges import MOST_DOTS, SeedBadges
from tests.views.vectors import FAMILY, session_of


def judged(session: Session, seeds: int, words: int = 7) -> Stability:
    """Three neighbours of each word; the first seed has them all, the others have the first alone."""
    embedding = session.embedding
    shown = np.array(
        [[one.index for one in neighbours(embedding, word, 3)] for word in list(FAMILY)[:words]], np.int32
    )
    found = np.full((seeds, *shown.shape), -1, np.int32)
    found[0], found[:, :, 0] = shown, shown[:, 0]
    return Stability(embedding, 3, tuple(range(seeds)), shown, found)


@pytest.fixture
def session(qapp) -> Session:
    return session_of(FAMILY)


@pytest.fixture
def panel(session: Session, theme: Theme, qtbot) -> SimilarityPanel:
    panel = SimilarityPanel(session, JobQueue(), theme)
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.show()
    qtbot.waitExposed(panel)
    session.set_focus_word("king")
    return panel


def badges(panel: SimilarityPanel) -> list[str]:
    """What stands at the neighbours; nothing where the column is hidden."""
    table = panel.answer_view.table
    if table.isColumnHidden(SEEDS):
        return []
    return [table.rows.index(row, SEEDS).data() for row in range(table.rows.row_total())]


def test_neighbours_wear_a_badge_as_soon_as_the_stability_is_known(panel, session: Session) -> None:
    assert badges(panel) == []
    session.stability.keep(judged(session, 5))
    assert badges(panel) == ["5/5", "1/5", "1/5", "–", "–", "–"]
    session.set_focus_word("queen")
    assert badges(panel)[:3] == ["5/5", "1/5", "1/5"]
    assert not panel.grab().isNull()


def test_rare_words_sums_and_other_questions_have_no_badges(panel, session: Session) -> None:
    session.stability.keep(judged(session, 5, words=4))
    assert badges(panel) == []
    session.set_focus_word("man")
    assert badges(panel)[0] == "5/5"
    panel.ask(Search(Mode.NEAREST, "man + boy"))
    assert badges(panel) == []


@pytest.mark.parametrize("seeds", [1, MOST_DOTS, MOST_DOTS + 1])
def test_many_seeds_are_told_by_a_number_alone(seeds: int, panel, session: Session, theme: Theme) -> None:
    session.stability.keep(judged(session, seeds))
    assert badges(panel)[0] == f"{seeds}/{seeds}"
    delegate = SeedBadges(theme, panel)
    has_dots = delegate.width(seeds, 30) > delegate.width(100, 30)
    assert has_dots == (seeds <= MOST_DOTS)
    assert not panel.grab().isNull()
