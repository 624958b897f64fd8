"""The Python lines that do what the window did, to be copied out of it."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.model_cards import BaselineCard, Card, FileCard
from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.core.tokens import TokenOptions
from gloveui.core.warm_start import Origin
from gloveui.storage.bundled import bundled_texts
from gloveui.storage.files_text import FilesText


def reading_code(text: TextSource, options: TokenOptions) -> str:
    """Lines that read a text and leave ``tokens``, a `TokenStream`, behind."""
    imports, source, arguments = _reading(text, options)
    return f"{imports}\ntokens = gloveui.read_text({_listed([source], arguments)})\n"


def counting_code(text: TextSource, token_options: TokenOptions, count_options: CountOptions) -> str:
    """Lines that also count, and leave ``counts``, a `CooccurrenceMatrix`, behind as well."""
    counting = f"counts = gloveui.count({_listed(['tokens'], asdict(count_options))})\n"
    return reading_code(text, token_options) + counting


def training_code(
    text: TextSource,
    token_options: TokenOptions,
    count_options: CountOptions,
    config: GloveConfig,
    start: Origin | None = None,
) -> str:
    """Lines that train and leave ``run``, a `TrainingRun`, behind.

    What the training started from may be in no file: a comment tells of it then.
    """
    imports, source, arguments = _reading(text, token_options)
    arguments |= asdict(count_options) | asdict(config)
    if start is not None and start.path:
        arguments["start_from"] = start.path
    elif start is not None:
        imports += f"\n# It started from other vectors: save these, and add start_from={start.name!r}.\n"
    listed = ",\n    ".join([source, *(f"{name}={value!r}" for name, value in arguments.items())])
    return f"{imports}\nrun = gloveui.train(\n    {listed},\n)\n"


def model_code(text: TextSource | None, card: Card) -> str:
    """Lines that make a model again as its card says, and leave ``run`` behind; see `training_code`.

    Vectors of a file need no text: they are read, and ``run.embedding`` has them, too.
    """
    if isinstance(card, FileCard):
        return _loading_code(card)
    if text is None:
        return ""
    if isinstance(card, BaselineCard):
        return _baseline_code(text, card)
    return training_code(text, card.token_options, card.count_options, card.config, card.start)


def _baseline_code(text: TextSource, card: BaselineCard) -> str:
    imports, source, arguments = _reading(text, card.token_options)
    arguments |= asdict(card.count_options) | asdict(card.settings)
    listed = ",\n    ".join(
        [source, repr(card.settings.method), *(f"{name}={value!r}" for name, value in arguments.items())]
    )
    return f"{imports}\nrun = gloveui.train_baseline(\n    {listed},\n)\n"


def _loading_code(card: FileCard) -> str:
    options = {name: value for name, value in card.options.items() if value}
    return (
        "from types import SimpleNamespace\n\nimport gloveui\n\n"
        f"run = SimpleNamespace(embedding=gloveui.load_vectors({_listed([repr(card.path)], options)}))\n"
    )


def _reading(text: TextSource, options: TokenOptions) -> tuple[str, str, dict[str, Any]]:
    """Imports, the text as an expression, and what else a call that reads it needs."""
    source, needs_path = _source(text)
    arguments = {name: value for name, value in asdict(options).items() if value != _default(options, name)}
    if isinstance(text, FileText) and text.encoding is not None and needs_path:
        arguments["encoding"] = text.encoding
    imports = "from pathlib import Path\n\nimport gloveui\n" if needs_path else "import gloveui\n"
    return imports, source, arguments


def _source(text: TextSource) -> tuple[str, bool]:
    """The text as an expression, and whether that needs `Path`."""
    if isinstance(text, FileText):
        key = next((one.key for one in bundled_texts() if one.source == text), None)
        return (f'"bundled:{key}"', False) if key is not None else (f"Path({str(text.path)!r})", True)
    if isinstance(text, PastedText):
        return f"gloveui.PastedText({text.content!r})", False
    if isinstance(text, FilesText):
        choices = {name: getattr(text, name) for name in ("encoding", "column", "element")}
        given = {name: value for name, value in choices.items() if value}
        return f"gloveui.open_text({_listed([repr([str(path) for path in text.paths])], given)})", False
    return repr(text.name), False


def _default(options: TokenOptions, name: str) -> Any:
    return next(field.default for field in fields(options) if field.name == name)


def _listed(positional: list[str], named: dict[str, Any]) -> str:
    """Arguments as they stand in a call."""
    return ", ".join([*positional, *(f"{name}={value!r}" for name, value in named.items())])
