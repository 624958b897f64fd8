"""Makes the pictures of the README by driving the real window: ``python -m tests.pictures [FOLDER]``."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSlider, QSpinBox, QTableView, QWidget

from gloveui.app import create_window
from gloveui.core.quantities import QUANTITIES
from gloveui.views.main_window import MainWindow
from tests.waiting import let_work, let_work_until

FOLDER = Path(__file__).parent.parent / "resources" / "pictures"
WINDOW = (1440, 900)
PANEL = (660, 720)
WIDE_PANEL = (1000, 600)


def settle(window: MainWindow) -> None:
    """Wait until nothing runs any more and everything has been painted."""
    let_work_until(lambda: window.session.cooccurrence is not None)
    let_work_until(lambda: window.pipeline.stage is None and window.jobs.current is None)
    let_work_until(lambda: not window.jobs.is_answering)
    let_work(300)


def click(window: MainWindow, name: str) -> None:
    """Click a button."""
    QTest.mouseClick(window.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def ask(window: MainWindow, name: str, text: str) -> None:
    """Type into a field, and press Enter."""
    field = window.findChild(QLineEdit, name)
    field.clear()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    field.clearFocus()


def choose_scheme(window: MainWindow, scheme: str) -> None:
    """Show the window light or dark."""
    for action in window.menu_actions.schemes.actions():
        if action.data() == scheme:
            action.trigger()
    let_work(200)


def save(widget: QWidget, path: Path) -> None:
    """Keep what the widget shows."""
    widget.grab().save(str(path))
    print(path.name)


def save_both(window: MainWindow, name: str, folder: Path) -> None:
    """Keep a picture of the window in light and in dark."""
    for scheme in ("light", "dark"):
        choose_scheme(window, scheme)
        save(window, folder / f"{name}-{scheme}.png")


@contextmanager
def split_off(window: MainWindow, name: str, size: tuple[int, int]) -> Iterator[QWidget]:
    """A panel on its own."""
    dock = window.panels.docks[name]
    dock.setFloating(True)
    dock.resize(*size)
    yield dock.widget()
    dock.setFloating(False)


def save_panel(
    window: MainWindow, name: str, folder: Path, picture: str = "", size: tuple[int, int] = PANEL
) -> None:
    """Keep a panel on its own in light and in dark, under its name or another one."""
    with split_off(window, name, size) as panel:
        for scheme in ("light", "dark"):
            choose_scheme(window, scheme)
            settle(window)
            save(panel, folder / f"{picture or name}-{scheme}.png")


def ask_for_ice_and_steam(window: MainWindow) -> None:
    """Ask the question of the GloVe paper's first table, by its chip."""
    window.panels.raise_panel("probabilitiesPanel")
    settle(window)
    panel = window.panels.docks["probabilitiesPanel"].widget()
    chips = [chip for chip in panel.findChildren(QAbstractButton) if chip.text() == "ice : steam"]
    QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    settle(window)


def save_counts(window: MainWindow, folder: Path) -> None:
    """The whole matrix, and what the model makes of its corner beside what was counted."""
    heatmap = window.findChild(QWidget, "cooccurrenceHeatmap")
    QTest.keyClick(heatmap, Qt.Key.Key_Home)
    save_panel(window, "countsPanel", folder, "counts-all")
    ask(window, "focusWordEdit", "the")
    click(window, "countsSecond")
    window.findChild(QComboBox, "countsQuantitySecond").setCurrentIndex(QUANTITIES.index("error"))
    window.findChild(QSpinBox, "countsTopNumber").setValue(24)
    save_panel(window, "countsPanel", folder, "counts-error", WIDE_PANEL)
    click(window, "countsSecond")


def choose(window: MainWindow, name: str, key: str) -> None:
    """Choose an entry of a list by its key."""
    combo = window.findChild(QComboBox, name)
    combo.setCurrentIndex(combo.findData(key))
    settle(window)


def select_mode(window: MainWindow, panel: str, key: str) -> None:
    """Choose a page of a panel."""
    modes = window.panels.docks[panel].widget().modes
    QTest.mouseClick(modes.button(key), Qt.MouseButton.LeftButton)
    settle(window)


def save_maps(window: MainWindow, folder: Path) -> None:
    """Axes that words name, and t-SNE in groups."""
    window.panels.raise_panel("mapPanel")
    settle(window)
    choose(window, "mapMethod", "axes")
    save_panel(window, "mapPanel", folder, "map-axes")
    choose(window, "mapMethod", "tsne")
    click(window, "mapStart")
    settle(window)
    choose(window, "mapColors", "kmeans")
    save_panel(window, "mapPanel", folder, "map-tsne")


def save_layer(window: MainWindow, folder: Path) -> None:
    """The lecture's table as a product, and a layer that has learned."""
    select_mode(window, "embeddingLayerPanel", "product")
    click(window, "layerCheck")
    settle(window)
    save_panel(window, "embeddingLayerPanel", folder, "layer-product")
    select_mode(window, "embeddingLayerPanel", "training")
    click(window, "layerLearn")
    settle(window)
    QTest.keyClick(window.findChild(QSlider, "layerStep"), Qt.Key.Key_End)
    settle(window)
    save_panel(window, "embeddingLayerPanel", folder, "layer-training")


def save_strips(window: MainWindow, folder: Path) -> None:
    """A few words as strips of colour."""
    window.panels.raise_panel("lookupTablePanel")
    ask(window, "focusWordEdit", "king")
    select_mode(window, "lookupTablePanel", "strips")
    for word in ("queen", "emperor", "boy", "girl", "man", "woman"):
        ask(window, "stripsWordEdit", word)
    save_panel(window, "lookupTablePanel", folder, "strips")
    select_mode(window, "lookupTablePanel", "table")


def save_why_alike(window: MainWindow, folder: Path) -> None:
    """What king and queen share."""
    window.panels.raise_panel("similarityPanel")
    ask(window, "similarityEdit", "king")
    settle(window)
    window.findChild(QTableView, "similarityTable").selectRow(0)
    click(window, "similarityWhyButton")
    save_panel(window, "similarityPanel", folder, "why-alike", WIDE_PANEL)
    click(window, "similarityWhyButton")


def save_training(window: MainWindow, folder: Path) -> None:
    """Train by clicks, with a picture on the way."""
    window.panels.raise_panel("trainingPanel")
    click(window, "trainButton")
    let_work_until(lambda: len(window.session.losses.epochs) >= 9)
    choose_scheme(window, "light")
    save(window, folder / "training-light.png")
    let_work_until(lambda: window.session.model is not None)
    settle(window)


def train_rival(window: MainWindow, method: str) -> None:
    """Make a model of the same counts by another method, and show GloVe's again."""
    first, before = window.session.model, len(window.session.models)
    choose_method(window, method)
    click(window, "trainButton")
    let_work_until(lambda: len(window.session.models) > before)
    choose_method(window, "glove")
    window.session.set_model(first)
    settle(window)


def choose_method(window: MainWindow, method: str) -> None:
    """Take an entry of the list of methods."""
    combo = window.findChild(QComboBox, "setting_method")
    combo.setCurrentIndex(combo.findData(method))
    combo.activated.emit(combo.currentIndex())


def save_weighting(window: MainWindow, folder: Path) -> None:
    """The training of GloVe, and how it weighs the counts."""
    panel = window.panels.docks["trainingPanel"].widget()
    panel.page_choice.button("weighting").click()
    save_panel(window, "trainingPanel", folder)


def evaluate(window: MainWindow) -> None:
    """Ask every model the sets that are chosen to begin with."""
    window.panels.raise_panel("evaluatePanel")
    settle(window)
    click(window, "evaluateRun")
    settle(window)


def save_comparison(window: MainWindow, folder: Path) -> None:
    """Words that two methods disagree about, and their maps."""
    window.panels.raise_panel("comparePanel")
    for page in ("disagreement", "maps"):
        click(window, f"comparePage_{page}")
        save_panel(window, "comparePanel", folder, f"compare-{page}", WIDE_PANEL)
    click(window, "comparePage_neighbours")


def save_preview(window: MainWindow, folder: Path) -> None:
    """How the open text is read."""
    click(window, "previewButton")
    dialog = window.findChild(QWidget, "textPreviewDialog")
    for scheme in ("light", "dark"):
        choose_scheme(window, scheme)
        settle(window)
        save(dialog, folder / f"preview-{scheme}.png")
    dialog.close()


def save_lecture(window: MainWindow, folder: Path) -> None:
    """The lecture's sentences: its table, and the window that slides over them."""
    before = len(window.session.models)
    window.top_bar.samples[1].trigger()
    settle(window)
    click(window, "trainButton")
    let_work_until(lambda: len(window.session.models) > before)
    settle(window)
    click(window, "countsTable")
    ask(window, "focusWordEdit", "like")
    window.panels.raise_panel("sentencesPanel")
    settle(window)
    for _ in range(2):
        click(window, "windowForward")
    for scheme in ("light", "dark"):
        choose_scheme(window, scheme)
        settle(window)
        save(window, folder / f"lecture-{scheme}.png")


def main() -> None:
    """Open the bundled texts, train, ask, and keep a picture of each view."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as settings:
        window = create_window(Path(settings))
        window.showNormal()  # it fills Qt's screen of tests, which is smaller than people's
        window.resize(*WINDOW)
        settle(window)
        save_training(window, folder)
        ask(window, "focusWordEdit", "king")
        ask(window, "lookupSentenceEdit", "the queen of the xyzzy")
        for name, word in (("analogyA", "man"), ("analogyB", "woman"), ("analogyC", "boy")):
            ask(window, name, word)
        window.panels.arrange()
        settle(window)
        save_both(window, "window", folder)
        ask_for_ice_and_steam(window)
        ask(window, "sentencesWord", "king")
        ask(window, "sentencesContext", "queen")
        save_weighting(window, folder)
        for method in ("ppmi", "word2vec"):
            train_rival(window, method)
        evaluate(window)
        for name in window.panels.docks:
            if name != "trainingPanel":  # which shows the last training, of a rival
                save_panel(window, name, folder)
        save_counts(window, folder)
        for save_more in (
            save_strips, save_why_alike, save_layer, save_maps, save_comparison, save_preview
        ):  # fmt: skip
            save_more(window, folder)
        window.panels.arrange()
        window.menu_actions.languages.actions()[1].trigger()
        choose_scheme(window, "light")
        settle(window)
        save(window, folder / "korean-light.png")
        window.menu_actions.languages.actions()[0].trigger()
        save_lecture(window, folder)
        window.close()


if __name__ == "__main__":
    main()
