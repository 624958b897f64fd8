"""What is said about a map: beside its axes, below it, and in its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QObject

from gloveui.core.projection import Projection
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.map_coloring import Coloring
from gloveui.views.map_layouts import Layout, MapQuestion
from gloveui.views.model_sources import source_code
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.quantity_texts import compact

AxisTexts = tuple[str, str]
NO_AXIS: AxisTexts = ("", "")
METHOD_NAMES = {"tsne": "t-SNE", "umap": "UMAP", "pca": "PCA"}


class MapTexts(QObject):
    """Texts in the language in use."""

    def axes(self, projection: Projection) -> tuple[AxisTexts, AxisTexts]:
        """What stands under and beside a map: at the beginning and at the end."""
        if projection.axes is not None:
            (left, right), (lower, upper) = projection.axes
            return (f"← {left}", f"{right} →"), (f"← {lower}", f"{upper} →")
        if projection.explained is not None:
            text = self.tr("component {number} · {percent} % of the variance")
            first, second = (
                text.format(number=number, percent=f"{100 * share:.1f}")
                for number, share in enumerate(projection.explained, start=1)
            )
            return (f"{first} →", ""), (f"{second} →", "")
        return NO_AXIS, NO_AXIS

    def about(self, projection: Projection) -> str:
        """How a map is to be read."""
        words = self.tr("{count} words").format(count=grouped(len(projection)))
        if projection.method == "axes":
            reading = self.tr(
                "each axis is a cosine with the direction from word to word; 0 leans to neither"
            )
        elif projection.explained is not None:
            share = f"{100 * sum(projection.explained):.1f}"
            reading = self.tr("the plane shows {percent} % of the variance").format(percent=share)
        else:
            reading = self.tr("who is near whom counts; distances between far groups say little")
        return f"{words} · {reading}"

    def before_start(self, layout: Layout) -> str:
        """What is shown as long as a long method was not started."""
        name = METHOD_NAMES[layout.method]
        return self.tr("Shown by PCA until {method} is started").format(method=name)

    def running(self, layout: Layout) -> str:
        """What is said while a long method runs."""
        note = self.tr("{method} is running: the words move to their places")
        return note.format(method=METHOD_NAMES[layout.method])

    def of_word(self, question: MapQuestion, place: int, focus: str) -> str:
        """What is known of a word of the map."""
        embedding, index = question.embedding, int(question.words.ids[place])
        parts = [shortened(embedding.vocabulary.word(index))]
        if embedding.vocabulary.has_counts:
            count = grouped(int(embedding.vocabulary.counts[index]))
            parts.append(self.tr("counted {count} times").format(count=count))
        other = embedding.vocabulary.get(focus) if focus else None
        if other is not None and other != index:
            lengths = embedding.norms[index] * embedding.norms[other]
            product = float(embedding.vectors[index].astype(np.float64) @ embedding.vectors[other])
            cosine = f"{product / lengths if lengths else 0.0:.3f}"
            parts.append(self.tr("cosine to “{word}” {value}").format(word=shortened(focus), value=cosine))
        return " · ".join(parts)

    def scale(
        self, coloring: Coloring, low: float, high: float, focus: str, has_counts: bool
    ) -> tuple[list[tuple[float, str]], str]:
        """Numbers under a scale of colours, and what they count."""
        values = np.linspace(low, high, 5)
        places = np.linspace(0.0, 1.0, 5).tolist()
        if coloring.kind == "signed":
            unit = self.tr("cosine to “{word}”").format(word=shortened(focus))
            texts = [f"{value:.2f}".replace("-", "−") for value in values]
            return list(zip(places, texts, strict=True)), unit
        texts = [compact(10.0 ** (value if has_counts else -value)) for value in values]
        unit = self.tr("times in the text") if has_counts else self.tr("rank by frequency")
        return list(zip(places, texts, strict=True)), unit

    def rows(
        self, question: MapQuestion, projection: Projection, coloring: Coloring
    ) -> Iterator[Sequence[export.Cell]]:
        """A table of words and places, with their groups where there are any."""
        vocabulary, names = question.embedding.vocabulary, coloring.names
        has_groups = bool(names) and coloring.values is not None and len(coloring.values) == len(projection)
        headings = [self.tr("word"), "x", "y"]
        headings += [self.tr("count")] if vocabulary.has_counts else []
        yield headings + ([self.tr("group")] if has_groups else [])
        for place, (index, (x, y)) in enumerate(
            zip(projection.ids.tolist(), projection.positions.tolist(), strict=True)
        ):
            row: list[export.Cell] = [vocabulary.word(index), x, y]
            if vocabulary.has_counts:
                row.append(int(vocabulary.counts[index]))
            if has_groups and coloring.values is not None:
                group = int(coloring.values[place])
                row.append(names[group] if group >= 0 else "")
            yield row


def map_code(session: Session, question: MapQuestion) -> str:
    """Lines that make the model anew and lay its words out; empty for a model of unknown origin."""
    layout, made = question.layout, source_code(session, session.model)
    if not made or session.embedding is not question.embedding:
        return ""
    kind, chosen = question.words.key
    words = list(question.words.words) if kind == "list" else chosen
    settings: dict[str, dict[str, object]] = {
        "pca": {},
        "tsne": {"perplexity": layout.perplexity, "seed": layout.seed},
        "umap": {"neighbours": layout.neighbours, "min_distance": layout.min_distance, "seed": layout.seed},
        "axes": {"x": layout.x, "y": layout.y},
    }
    arguments = {"method": layout.method, "words": words} | settings[layout.method]
    listed = ",\n    ".join(f"{name}={value!r}" for name, value in arguments.items())
    return (
        f"{made}\n"
        f"projection = gloveui.project(\n    run.embedding,\n    {listed},\n)\n"
        "for index, (x, y) in zip(projection.ids, projection.positions):\n"
        "    print(run.embedding.vocabulary.word(index), x, y)\n"
    )
