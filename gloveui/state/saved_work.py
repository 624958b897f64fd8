"""Between a window's session and what is kept of it: values out of it, and values back into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from gloveui.core.baseline_settings import GLOVE, SETTINGS_OF
from gloveui.core.errors import GloveError, SettingError
from gloveui.core.model_cards import BaselineCard, method_of
from gloveui.core.presets import preset_for
from gloveui.core.progress import Progress, Task
from gloveui.state.method_choice import MethodChoice
from gloveui.state.model_making import Training, ready_model
from gloveui.state.session import Session
from gloveui.state.trained_models import Settings
from gloveui.state.values import Model
from gloveui.state.word_choice import WordChoice, WordList
from gloveui.storage.session_errors import SessionNote
from gloveui.storage.session_folder import read_session, write_session
from gloveui.storage.session_values import SavedModel, SavedSession

METHOD = "method"  # the one that is chosen, among the settings of the others
START = "start"  # number of the model from which the next training is to start, beside them


@dataclass(frozen=True, eq=False)
class OpenedSession:
    """A session that has been read, its models ready to be shown.

    Attributes
    ----------
    folder
        Where it is to be saved; None if it never was.
    is_saved
        Whether all of it is there already.
    saved, models
        What was read.
    """

    folder: Path | None
    is_saved: bool
    saved: SavedSession
    models: tuple[Model, ...]


def work_of(session: Session, methods: MethodChoice) -> SavedSession:
    """What a session holds now; nothing is copied, as all of it is frozen."""
    shown = session.model
    return SavedSession(
        text=session.text,
        token_options=session.token_options,
        count_options=session.count_options,
        config=session.config,
        settings=_settings(session, methods),
        tokens=session.tokens,
        models=tuple(SavedModel(one.number, one.name, one.embedding, one.card) for one in session.models),
        active=None if shown is None else shown.number,
        focus_word=session.focus_word,
        pinned=session.words.pinned,
        listed=_listed(session.words.listed),
        epoch_losses=session.losses.epochs,
    )


def written(folder: Path, saved: SavedSession, training: Training | None) -> Task[tuple[SessionNote, ...]]:
    """Write work into a folder, with the state of a training that is under way; raises as `write_session`."""
    if training is not None:
        yield Progress("saving")
        saved = replace(saved, checkpoint=training.checkpoint())
    return (yield from write_session(folder, saved))


def opened(folder: Path) -> Task[OpenedSession]:
    """Read a session and make its models ready; raises as `read_session` does."""
    return OpenedSession(folder, True, *(yield from _read(folder)))


def recovered(kept: Path, folder: Path | None) -> Task[OpenedSession]:
    """Read work that was kept elsewhere than where it is to be saved; raises as `read_session` does."""
    return OpenedSession(folder, False, *(yield from _read(kept)))


def show(work: OpenedSession, session: Session, methods: MethodChoice) -> None:
    """Put work into a session in the place of all that it holds; its counts are to be made anew."""
    saved = work.saved
    session.set_start(None)
    session.set_text(saved.text)  # first: settings that move count a small text anew that is still open
    session.set_token_options(saved.token_options)
    session.set_count_options(saved.count_options)
    session.set_config(saved.config)
    _choose(methods, saved.settings)
    fitted = None if saved.tokens is None else preset_for(saved.tokens.token_count)
    session.set_fitted_preset(fitted)
    if saved.tokens is not None:
        session.set_tokens(saved.tokens)
    numbers = [model.number for model in work.models]
    session.set_models(work.models, saved.active if saved.active in numbers else max(numbers, default=None))
    start = saved.settings.get(START)
    if isinstance(start, int):
        session.start_from_model(start)
    _show_losses(work, session)
    _choose_words(session.words, saved)
    session.set_focus_word(saved.focus_word)


def trained_settings(session: Session) -> Iterator[Settings]:
    """The settings of all models that were made of the counts there are, from scratch, oldest first."""
    tokens, matrix = session.tokens, session.cooccurrence
    if tokens is None or matrix is None:
        return
    counted = (tokens.summary.sha256, tokens.options, matrix.options)
    for model in session.models:
        card = model.text_card
        if card is None or (card.text.sha256, card.token_options, card.count_options) != counted:
            continue
        if isinstance(card, BaselineCard):
            yield card.settings
        elif card.start is None:
            yield card.config


def _read(folder: Path) -> Task[tuple[SavedSession, tuple[Model, ...]]]:
    saved = yield from read_session(folder)
    if saved.tokens is not None:
        _ = saved.tokens.token_count, saved.tokens.vocabulary.get("")
    models: list[Model] = []
    for kept in saved.models:
        models.append((yield from ready_model(kept.number, kept.name, kept.embedding, kept.card)))
    return saved, tuple(models)


def _show_losses(work: OpenedSession, session: Session) -> None:
    """Show the losses of the last training, or that its method has none."""
    epochs = work.saved.epoch_losses
    card = work.models[-1].text_card if work.models else None
    method = GLOVE if card is None else method_of(card)
    if epochs or method != GLOVE:
        session.start_losses(len(epochs), epochs, method)
        session.end_losses()


def _settings(session: Session, methods: MethodChoice) -> dict[str, object]:
    settings: dict[str, object] = {one.method: asdict(one) for one in methods.all_settings()}
    start = None if session.start is None else session.start.origin.number
    return settings | {METHOD: methods.method, START: start}


def _choose(methods: MethodChoice, settings: Mapping[str, object]) -> None:
    """Take over settings of the other methods; what a later version calls otherwise is as usual."""
    for name, kind in SETTINGS_OF.items():
        values = settings.get(name)
        try:
            methods.set_settings(kind(**values) if isinstance(values, Mapping) else kind())
        except (TypeError, SettingError):
            methods.set_settings(kind())
    try:
        methods.choose(str(settings.get(METHOD, "glove")))
    except GloveError:
        methods.choose("glove")


def _listed(words: WordList | None) -> dict[str, object] | None:
    return None if words is None else {"words": list(words.words), "origin": words.origin}


def _choose_words(choice: WordChoice, saved: SavedSession) -> None:
    choice.set_pinned(saved.pinned)
    listed = saved.listed
    words = listed.get("words") if listed is not None else None
    if listed is None or not isinstance(words, list | tuple):
        choice.set_listed(None)
        return
    known = tuple(word for word in words if isinstance(word, str))
    choice.set_listed(WordList(known, str(listed.get("origin", ""))))
