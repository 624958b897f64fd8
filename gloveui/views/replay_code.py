"""The Python lines that play a training again."""

from __future__ import annotations

from dataclasses import asdict

from gloveui.core.run_card import RunCard
from gloveui.core.text import TextSource
from gloveui.core.warm_start import Origin
from gloveui.state.session import Session
from gloveui.storage.export_code import counting_code


def replay_code(session: Session, words: int) -> str:
    """Lines that leave ``series``, a `SnapshotSeries`, and ``replay``, a `Replay`, behind."""
    text, card = session.text, _card(session)
    if text is None:
        return ""
    if card is not None:
        options = card.token_options, card.count_options
        return _lines(text, *options, asdict(card.config), card.start, words)
    start = None if session.start is None else session.start.origin
    settings = session.token_options, session.count_options, asdict(session.config)
    return _lines(text, *settings, start, words)


def _card(session: Session) -> RunCard | None:
    """That of the model whose epochs are kept; None while it is trained for the first time."""
    number = session.epochs.number
    return next((model.training_card for model in session.models if model.number == number), None)


def _lines(
    text: TextSource,
    token_options: object,
    count_options: object,
    settings: dict[str, object],
    start: Origin | None,
    words: int,
) -> str:
    given = [f"{name}={value!r}" for name, value in settings.items()]
    note = ""
    if start is not None and start.path:
        given.append(f"start=gloveui.load_vectors({start.path!r})")
    elif start is not None:
        note = f"# It started from other vectors: load them, and add start={start.name!r}.\n"
    listed = ",\n    ".join(["counts", *given])
    return (
        f"{counting_code(text, token_options, count_options)}{note}"  # type: ignore[arg-type]
        f"series = gloveui.epoch_snapshots(\n    {listed},\n)\n"
        f"replay = gloveui.replay(series, {words})  # replay.positions: epochs, words, x and y\n"
    )
