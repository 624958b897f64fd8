"""Everything the program does, as functions: read a text, count, train, save and load.

Settings that are not given fit the size of the text; see `core.presets`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeAlias, Unpack

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.embedding import Embedding
from gloveui.core.errors import FileMissing
from gloveui.core.forecast import Forecast, forecast
from gloveui.core.given_settings import CountSettings, TokenSettings, TrainSettings
from gloveui.core.glove import GloveConfig
from gloveui.core.model_cards import Card
from gloveui.core.presets import PRESETS as ALL_PRESETS
from gloveui.core.presets import preset_for
from gloveui.core.progress import Progress, Task, run_to_end, timed
from gloveui.core.queries import Neighbour, analogy, neighbours
from gloveui.core.resources import Resources
from gloveui.core.run_card import RunCard, run_card
from gloveui.core.setting_checks import choice
from gloveui.core.text import PastedText, TextSource
from gloveui.core.tokens import TokenOptions, TokenStream, tokenise
from gloveui.core.training import Checkpoint, Trainer
from gloveui.storage import embedding_files
from gloveui.storage.bundled import BundledText, bundled_texts
from gloveui.storage.start_files import StartFrom, restore, warm_start
from gloveui.storage.text_opening import open_text
from gloveui.storage.vector_export import SavingOptions
from gloveui.storage.vector_export import save_vectors as write_file
from gloveui.storage.vector_rows import VectorOptions

__all__ = [
    "Neighbour",
    "TrainingRun",
    "analogy",
    "count",
    "count_fitted_task",
    "load_vectors",
    "neighbours",
    "own_preset",
    "read_text",
    "save_vectors",
    "text_source",
    "train",
    "train_fitted_task",
    "train_task",
]

PRESETS = {preset.key: preset for preset in ALL_PRESETS}
BUNDLED_PREFIX = "bundled:"

OnProgress: TypeAlias = Callable[[Progress], object]
ChooseSettings: TypeAlias = Callable[[int, int | None], tuple[CountOptions, GloveConfig]]
_FILE_ENDING = re.compile(r"\.[A-Za-z]\w{0,4}$")


@dataclass(frozen=True, eq=False)
class TrainingRun:
    """A training from text to vectors, with what was made on the way and the card that describes it.

    Its checkpoint is there if one was asked for.
    """

    embedding: Embedding
    tokens: TokenStream
    cooccurrence: CooccurrenceMatrix
    card: RunCard
    checkpoint: Checkpoint | None = None


def text_source(text: str | Path | TextSource, encoding: str | None = None) -> TextSource:
    """What a person means by a text.

    A `Path` is a file or folder (see `gloveui.open_text`), and ``"bundled:english"`` or
    ``"bundled:lecture"`` a text that comes with the program. Another string is a file or folder if there is
    one of that name, or if it looks like the name of a file: no white space, or an ending like ``.txt``.
    Everything else is the text itself.

    Raises
    ------
    FileMissing
        If there is no bundled text of this name.
    """
    if isinstance(text, Path):
        return open_text(text, encoding)
    if not isinstance(text, str):
        return text
    if text.startswith(BUNDLED_PREFIX):
        return _bundled_text(text).source
    return open_text(text, encoding) if _names_a_file(text) else PastedText(text)


def own_preset(text: object) -> str | None:
    """The preset that belongs to a bundled text, None for every other text."""
    is_bundled = isinstance(text, str) and text.startswith(BUNDLED_PREFIX)
    return _bundled_text(str(text)).preset.key if is_bundled else None


def read_text(
    text: str | Path | TextSource,
    *,
    encoding: str | None = None,
    on_progress: OnProgress | None = None,
    **settings: Unpack[TokenSettings],
) -> TokenStream:
    """Cut a text (see `text_source`) into words; raises `TextError`."""
    options = TokenOptions(**part_of_settings(settings, TokenOptions))
    return run_to_end(tokenise(text_source(text, encoding), options, given_resources(settings)), on_progress)


def count(
    text: str | Path | TextSource | TokenStream,
    *,
    encoding: str | None = None,
    preset: str | None = None,
    on_progress: OnProgress | None = None,
    **settings: Unpack[CountSettings],
) -> CooccurrenceMatrix:
    """Count how words of a text (see `text_source`) occur together.

    Raises
    ------
    TextError
        If the text cannot be read, or holds no pairs.
    SettingError
        If a setting has a value that cannot be used.
    """
    given = given_settings(settings, TokenOptions, CountOptions, Resources)
    if isinstance(text, TokenStream):
        options, _ = settings_for(text.token_count, given, preset)
        return run_to_end(count_cooccurrences(text, options, given_resources(given)), on_progress)
    source = text_source(text, encoding)
    task = count_fitted_task(source, given, preset or own_preset(text))
    return run_to_end(task, on_progress)[1]


def train(
    text: str | Path | TextSource,
    *,
    encoding: str | None = None,
    preset: str | None = None,
    start_from: StartFrom | None = None,
    keep_checkpoint: bool = False,
    on_progress: OnProgress | None = None,
    **settings: Unpack[TrainSettings],
) -> TrainingRun:
    """Train GloVe on a text (see `text_source`), to the end.

    Parameters
    ----------
    text, encoding
        What to read; the encoding of a file is detected where it is not given.
    preset
        A key of `PRESETS`, such as ``"lecture"``, ``"novel"`` or ``"stanford"``; the bundled text's own, or
        one that fits the size, where not given.
    start_from
        Vectors, or a file or folder with them, whose rows the words they have begin with; the dimension is
        theirs unless it is given. A `Checkpoint`, or a file with one, is continued as if training had never
        stopped, up to the epochs of the settings. None for small random values.
    keep_checkpoint
        Whether the result has a checkpoint to go on from.
    on_progress
        Called with each `Progress`.
    **settings
        Fields of `TokenOptions`, `CountOptions` and `GloveConfig`, in place of the preset's, and of
        `Resources`.

    Raises
    ------
    TextError, SettingError, TrainingDiverged
    OtherDimension, OtherTraining
        If what to start from does not fit the settings, the checkpoint also the counts.
    VectorFileError
        If the file to start from holds neither vectors nor a checkpoint.
    """
    given = given_settings(settings, TokenOptions, CountOptions, GloveConfig, Resources)
    source = text_source(text, encoding)
    task = train_fitted_task(source, given, preset or own_preset(text), start_from, keep_checkpoint)
    return run_to_end(task, on_progress)


def count_fitted_task(
    source: TextSource, given: Mapping[str, Any], preset: str | None
) -> Task[tuple[TokenStream, CooccurrenceMatrix]]:
    """Read and count; settings that are not given come from the preset, or fit the text's size."""
    token_options = TokenOptions(**part_of_settings(given, TokenOptions))
    return _count(source, token_options, _fitting(given, preset), given_resources(given))


def train_task(
    source: TextSource,
    token_options: TokenOptions,
    count_options: CountOptions,
    config: GloveConfig,
    resources: Resources,
    start_from: StartFrom | None = None,
    keep_checkpoint: bool = False,
) -> Task[TrainingRun]:
    """Read, count and train; the run card knows the seconds that each of the three worked.

    See `train` for what a training can start from.
    """
    settings = (token_options, lambda *_: (count_options, config), resources)
    return _train(source, *settings, start_from, keep_checkpoint)


def train_fitted_task(
    source: TextSource,
    given: Mapping[str, Any],
    preset: str | None,
    start_from: StartFrom | None = None,
    keep_checkpoint: bool = False,
    tells_forecast: bool = False,
) -> Task[TrainingRun]:
    """As `train_task`; settings that are not given come from the preset, or fit the text's size.

    Before it counts it can report a `Forecast` of what that and the training will take.
    """
    token_options = TokenOptions(**part_of_settings(given, TokenOptions))
    settings = (token_options, _fitting(given, preset), given_resources(given))
    return _train(source, *settings, start_from, keep_checkpoint, tells_forecast)


def settings_for(
    token_count: int, given: Mapping[str, Any], preset: str | None = None
) -> tuple[CountOptions, GloveConfig]:
    """Options for a text of this many words, with what is given in place of the preset's values."""
    base = preset_for(token_count) if preset is None else PRESETS[choice("preset", preset, PRESETS)]
    return (
        replace(base.count_options, **part_of_settings(given, CountOptions)),
        replace(base.config, **part_of_settings(given, GloveConfig)),
    )


def load_vectors(
    path: str | Path,
    *,
    first: int = 0,
    table: str = "",
    words: str | Path | None = None,
    drops_bad_rows: bool = False,
) -> Embedding:
    """Vectors from a file, whose content says in which format it is, or a folder that a training wrote.

    Parameters
    ----------
    path
        The file or folder.
    first
        Words to read, the first ones; 0 for all.
    table
        Which of several tables, or which file of an archive.
    words
        A file with a word a line, for vectors without words.
    drops_bad_rows
        Whether rows with NaN or infinite numbers are left out rather than refused.

    Raises
    ------
    FileMissing, VectorFileError, VectorsTooLarge
    SeveralTables, WordsWanted
        If it has to be said which table, or where the words are.
    """
    options = VectorOptions(first, table, None if words is None else Path(words), drops_bad_rows)
    return embedding_files.load_vectors(Path(path), options)


def save_vectors(
    embedding: Embedding,
    path: str | Path,
    card: Card | None = None,
    format: str | None = None,
    **options: Unpack[SavingOptions],
) -> None:
    """Save vectors for other programs, in the format of this name or that of the path's ending.

    Parameters
    ----------
    embedding
        What is saved.
    path
        Its file. ``.safetensors`` keeps everything: the model, the counts, and the card.
    card
        Where the model comes from; kept in safetensors alone.
    format
        The key of a format, such as ``"word2vec_binary"``; see `gloveui.storage.export_options`.
    options
        ``precision``, ``header``, ``vectors``, ``first`` and ``special_rows``: see `ExportOptions`.

    Raises
    ------
    SettingError, WriteFailed
    """
    write_file(embedding, Path(path), card, format, **options)


def _fitting(given: Mapping[str, Any], preset: str | None) -> ChooseSettings:
    """`settings_for` by the size of the text; a wrong setting is told now, before the text is read.

    The dimension follows the vectors that training starts from, unless it is given.
    """

    def choose(token_count: int, dimension: int | None) -> tuple[CountOptions, GloveConfig]:
        own = {} if dimension is None else {"dimension": dimension}
        return settings_for(token_count, own | dict(given), preset)

    choose(0, None)
    return choose


def _count(
    source: TextSource, token_options: TokenOptions, choose: ChooseSettings, resources: Resources
) -> Task[tuple[TokenStream, CooccurrenceMatrix]]:
    tokens = yield from tokenise(source, token_options, resources)
    options, _ = choose(tokens.token_count, None)
    return tokens, (yield from count_cooccurrences(tokens, options, resources))


def _train(
    source: TextSource,
    token_options: TokenOptions,
    choose: ChooseSettings,
    resources: Resources,
    start_from: StartFrom | None,
    keep_checkpoint: bool,
    tells_forecast: bool = False,
) -> Task[TrainingRun]:
    start = None if start_from is None else (yield from warm_start(start_from))
    dimension = None if start is None else start.dimension
    if start is not None:
        start.check_fits(choose(0, dimension)[1])
    tokens, reading = yield from timed(tokenise(source, token_options, resources))
    count_options, config = choose(tokens.token_count, dimension)
    if tells_forecast:
        yield from _told_forecast(forecast(tokens, None, count_options, config, resources))
    matrix, counting = yield from timed(count_cooccurrences(tokens, count_options, resources))
    trainer = Trainer(matrix, config, resources, None if start is None else start.embedding)
    origin = None if start is None else start.origin
    if start is None and start_from is not None:
        origin = restore(trainer, start_from)
    embedding, training = yield from timed(trainer.run())
    seconds = {"reading": reading, "counting": counting, "training": training}
    card = run_card(tokens, trainer, seconds, resources, origin)
    return TrainingRun(embedding, tokens, matrix, card, trainer.checkpoint() if keep_checkpoint else None)


def _told_forecast(task: Task[Forecast]) -> Task[None]:
    """A forecast as the last report of a single stage, whatever it goes through in small."""
    while True:
        try:
            next(task)
        except StopIteration as stop:
            yield Progress("estimating", 1.0, stop.value)
            return
        yield Progress("estimating")


def _bundled_text(name: str) -> BundledText:
    texts = {BUNDLED_PREFIX + text.key: text for text in bundled_texts()}
    if name not in texts:
        raise FileMissing(path=f"{name} (there are {', '.join(texts)})")
    return texts[name]


def _names_a_file(text: str) -> bool:
    if "\n" in text or not text.strip():
        return False
    if not any(character.isspace() for character in text) or _FILE_ENDING.search(text):
        return True
    try:
        return Path(text).exists()
    except (OSError, ValueError):  # too long for a name, or not possible as one
        return False


def given_settings(settings: Mapping[str, Any], *kinds: type) -> dict[str, Any]:
    """The settings themselves; one that no kind has is refused, as a wrong argument is."""
    known = {field.name for kind in kinds for field in fields(kind)}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise TypeError(f"expected settings among {', '.join(sorted(known))}, got {', '.join(unknown)}")
    return dict(settings)


def given_resources(given: Mapping[str, Any]) -> Resources:
    return Resources(**part_of_settings(given, Resources))


def part_of_settings(given: Mapping[str, Any], kind: type) -> dict[str, Any]:
    """Those of the settings that `kind` has."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in given.items() if name in names}
