"""The command line: progress and errors on stderr, results on stdout, as lines or as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gloveui.cli_options import FAILED, command_parser
from gloveui.cli_texts import chosen_preset, chosen_text, facts_of_text, is_part_of, warn_of_text
from gloveui.cli_vectors import convert as convert_vectors
from gloveui.cli_vectors import facts_of_vectors, vectors_given
from gloveui.console import ProgressLine, drop_output, prepare_streams, say, tell
from gloveui.environment import prepare_environment
from gloveui.interrupts import interrupts_between_steps

if TYPE_CHECKING:
    from gloveui.api import TrainingRun
    from gloveui.baseline_runs import BaselineRun
    from gloveui.core.embedding import Embedding
    from gloveui.core.progress import Progress
    from gloveui.core.queries import Neighbour
    from gloveui.core.text import TextSource

INTERRUPTED, PIPE_CLOSED = 130, 141

# Names of the fields of the settings, where the option is called otherwise.
FIELDS = {
    "dim": "dimension",
    "eta": "learning_rate",
    "memory": "memory_mib",
    "mapped_above": "mapped_above_mib",
}
NO_SETTINGS = (
    "text",
    "column",
    "element",
    "out",
    "force",
    "json",
    "run",
    "command",
    "preset",
    "encoding",
    "start_from",
    "checkpoint",
    "method",
)


def main(argv: list[str] | None = None) -> int:
    """Carry out one command; returns the exit code: 0, 2 for an error, 130 when interrupted."""
    from gloveui.core.errors import GloveError

    prepare_streams()
    prepare_environment()
    try:
        commands = (train, count, neighbours, analogy, evaluate, convert, info)
        arguments = command_parser(*commands).parse_args(argv)
        arguments.run(arguments)
    except SystemExit as stop:  # argparse: --help, --version, or an error it has told
        return int(stop.code or 0)
    except GloveError as error:
        return _fail(f"{error}. {error.next_step}")
    except KeyboardInterrupt:
        say("stopped")
        return INTERRUPTED
    except BrokenPipeError:  # the reader has left
        drop_output()
        return PIPE_CLOSED
    except MemoryError as error:
        return _fail(f"there is not enough memory: {error}. A smaller vocabulary or dimension needs less.")
    except OSError as error:
        return _fail(f"{error.filename or 'the disk'}: {error.strerror or error}")
    return 0


def _run(task: Any, heard: Callable[[Progress], object] | None = None) -> Any:
    """Drive a task to its end while its progress is shown, and heard by who wants to."""
    from gloveui.core.progress import run_to_end

    line = ProgressLine(sys.stderr.isatty())

    def show(progress: Progress) -> None:
        stop_if_asked()
        line(progress)
        if heard is not None:
            heard(progress)

    try:
        with interrupts_between_steps() as stop_if_asked:
            return run_to_end(task, show)
    finally:
        line.close()


def train(arguments: argparse.Namespace) -> None:
    """``train``: text in, vectors, vocabulary and run card out."""
    from gloveui.api import train_fitted_task
    from gloveui.core.devices import chosen_device
    from gloveui.core.glove import GloveConfig
    from gloveui.storage.checkpoint_files import write_checkpoint
    from gloveui.storage.embedding_files import VECTORS_TENSORS, VECTORS_TEXT

    if arguments.method != "glove":
        train_otherwise(arguments)
        return
    source = chosen_text(arguments, arguments.text)
    preset = chosen_preset(arguments)
    keeps = arguments.checkpoint
    _refuse_others(arguments, GloveConfig)
    task = train_fitted_task(
        source, _given(arguments), preset, arguments.start_from, keeps, tells_forecast=True
    )
    chosen_device(arguments.device or "auto", 0)  # one that is not here is told before the work
    names = [VECTORS_TEXT, VECTORS_TENSORS, "vocabulary.txt", "run.json"]
    names += ["checkpoint.safetensors"] if keeps else []
    with _output_paths(arguments, source, names) as paths:
        made = _run(task)
        _write_vectors(made, paths)
        if keeps:
            write_checkpoint(paths[4], made.checkpoint, made.cooccurrence, made.card.config)
    warn_of_text(made.tokens, arguments.encoding)
    _tell_training(arguments, made)


def train_otherwise(arguments: argparse.Namespace) -> None:
    """``train --method``: the same with LSA, PPMI or Word2Vec."""
    from gloveui.baseline_runs import baseline_task
    from gloveui.core.baseline_settings import METHODS, SETTINGS_OF
    from gloveui.core.setting_checks import choice
    from gloveui.storage.embedding_files import VECTORS_TENSORS, VECTORS_TEXT

    kind = SETTINGS_OF[choice("method", arguments.method, METHODS)]
    _refuse_others(arguments, kind)
    source = chosen_text(arguments, arguments.text)
    task = baseline_task(source, arguments.method, _given(arguments), chosen_preset(arguments))
    names = [VECTORS_TEXT, VECTORS_TENSORS, "vocabulary.txt", "run.json"]
    with _output_paths(arguments, source, names) as paths:
        made = _run(task)
        _write_vectors(made, paths)
    warn_of_text(made.tokens, arguments.encoding)
    seconds = made.card.seconds
    facts = {"out": arguments.out, "method": arguments.method, **made.card.sizes, "seconds": seconds}
    size = f"{len(made.embedding)} words × {made.embedding.dimension} numbers"
    tell(arguments.json, facts, [f"{arguments.out}: {size}, {sum(seconds.values()):.1f} s"])


def _write_vectors(made: TrainingRun | BaselineRun, paths: list[Path]) -> None:
    """Vectors as text and as they are, the words, and the card."""
    from gloveui.storage.run_card_files import write_run_card
    from gloveui.storage.vector_export import ExportOptions, write_vectors
    from gloveui.storage.vocabulary_files import write_vocabulary

    _run(write_vectors(made.embedding, paths[0], ExportOptions("glove")))
    _run(write_vectors(made.embedding, paths[1], ExportOptions("safetensors"), made.card))
    write_vocabulary(made.cooccurrence.vocabulary, paths[2])
    write_run_card(made.card, paths[3])


def _refuse_others(arguments: argparse.Namespace, kind: type) -> None:
    """Refuse settings that only other methods than that of `kind` have, a start and a checkpoint too."""
    from gloveui.core.baseline_settings import SETTINGS_OF
    from gloveui.core.errors import check_setting
    from gloveui.core.glove import GloveConfig

    methods = {"glove": GloveConfig, **SETTINGS_OF}
    own = {field.name for field in fields(kind)}
    given = _given(arguments)
    for name, others in ((name, {one.name for one in fields(other)}) for name, other in methods.items()):
        wrong = sorted((others - own) & given.keys())
        check_setting(not wrong, next(iter(wrong), ""), f"--method {name} with it", arguments.method)
    for name in ("start_from", "checkpoint") if kind is not GloveConfig else ():
        check_setting(not getattr(arguments, name), name, "--method glove with it", arguments.method)


def _tell_training(arguments: argparse.Namespace, made: TrainingRun) -> None:
    if made.card.ended_early:
        done, patience = len(made.card.losses), made.card.config.patience
        say(f"training ended after {done} epochs: the loss has not fallen for {patience}")
    out, sizes, loss, seconds = arguments.out, made.card.sizes, made.card.losses[-1], made.card.seconds
    line = (
        f"{out}: {len(made.embedding)} words × {made.embedding.dimension} numbers, "
        f"loss {loss:.5f}, {sum(seconds.values()):.1f} s"
    )
    values = {"out": out, **sizes, "loss": loss, "seconds": seconds, "device": made.card.device}
    tell(arguments.json, values | {"ended_early": made.card.ended_early}, [line])


def count(arguments: argparse.Namespace) -> None:
    """``count``: text in, pairs with their counts out."""
    from gloveui.api import count_fitted_task
    from gloveui.storage.count_files import write_counts
    from gloveui.storage.vocabulary_files import write_vocabulary

    source = chosen_text(arguments, arguments.text)
    preset = chosen_preset(arguments)
    task = count_fitted_task(source, _given(arguments), preset)
    with _output_paths(arguments, source, ("cooccurrence.tsv", "vocabulary.txt")) as paths:
        tokens, matrix = _run(task)
        _run(write_counts(matrix, paths[0]))
        write_vocabulary(matrix.vocabulary, paths[1])
    warn_of_text(tokens, arguments.encoding)
    summary = {"out": arguments.out, "vocabulary": len(matrix.vocabulary), "nonzeros": matrix.nonzeros}
    line = f"{arguments.out}: {len(matrix.vocabulary)} words, {matrix.nonzeros} pairs"
    tell(arguments.json, summary | {"options": asdict(matrix.options)}, [line])


def neighbours(arguments: argparse.Namespace) -> None:
    """``neighbours``: the words nearest to one, or to a sum of words."""
    from gloveui.core.queries import neighbours

    metric, among = arguments.metric, arguments.among
    found = neighbours(_vectors(arguments), arguments.word, arguments.k, metric, among=among)
    tell(arguments.json, {"word": arguments.word, "neighbours": _as_dicts(found)}, _as_lines(found))


def analogy(arguments: argparse.Namespace) -> None:
    """``analogy``: a is to b as c is to what."""
    from gloveui.core.queries import analogy

    a, b, c = arguments.a, arguments.b, arguments.c
    method, among = arguments.method, arguments.among
    found = analogy(_vectors(arguments), a, b, c, arguments.k, method, among=among)
    tell(arguments.json, {"a": a, "b": b, "c": c, "answers": _as_dicts(found)}, _as_lines(found))


def evaluate(arguments: argparse.Namespace) -> None:
    """``evaluate``: right answers by section, and how likeness agrees with people's."""
    from gloveui.cli_evaluate import evaluation_lines, evaluation_values
    from gloveui.evaluating import evaluation_task, question_set

    asked = [*(arguments.questions or []), *(arguments.pairs or [])] or ["google"]
    sets = [question_set(one) for one in asked]  # one that cannot be read is told before the work
    embedding, how = _vectors(arguments), (arguments.among, not arguments.with_inputs)
    found = [_run(evaluation_task(embedding, one, among=how[0], exclude_inputs=how[1])) for one in sets]
    lines = [line for one in found for line in evaluation_lines(one)]
    values = [evaluation_values(one) for one in found] if arguments.json else []
    tell(arguments.json, {"vectors": arguments.vectors, "evaluations": values}, lines)


def convert(arguments: argparse.Namespace) -> None:
    """``convert``: vectors in one format in, the same in another out."""
    convert_vectors(arguments, _run)


def info(arguments: argparse.Namespace) -> None:
    """``info``: what a file holds, a text or vectors."""
    from gloveui.storage.embedding_files import holds_vectors

    first, *more = arguments.file
    is_vectors = not more and not first.startswith("bundled:") and holds_vectors(Path(first))
    facts = facts_of_vectors(arguments, first, _run) if is_vectors else facts_of_text(arguments, _run)
    tell(
        arguments.json, facts, [f"{name.replace('_', ' ')}: {_told(value)}" for name, value in facts.items()]
    )


def _told(fact: object) -> object:
    return "; ".join(fact) or "none" if isinstance(fact, list) else fact


def _vectors(arguments: argparse.Namespace) -> Embedding:
    return vectors_given(arguments, arguments.vectors, _run).embedding


def _given(arguments: argparse.Namespace) -> dict[str, Any]:
    """The settings that were given, by the names of their fields."""
    from gloveui.core.errors import check_setting
    from gloveui.storage.stop_words import stop_words

    given = {FIELDS.get(name, name): value for name, value in vars(arguments).items() if value is not None}
    for name in NO_SETTINGS:
        given.pop(name, None)
    if "stop_words" in given:
        given["stop_words"] = stop_words(given["stop_words"])
    if "pattern" in given:
        tokenizer = given.setdefault("tokenizer", "regex")
        check_setting(tokenizer == "regex", "pattern", "the tokenizer regex with it", tokenizer)
    return given


@contextmanager
def _output_paths(
    arguments: argparse.Namespace, source: TextSource, names: Iterable[str]
) -> Iterator[list[Path]]:
    """Make the folder, and see before the work that its files can be written and none would be lost.

    When the work fails, a folder made for it goes again.
    """
    from gloveui.storage.atomic import check_writable

    out = Path(arguments.out)
    paths = [out / name for name in names]
    was_there = out.exists()
    check_writable(out)
    _refuse_loss(out, paths, source, arguments.force)
    try:
        yield paths
    except BaseException:
        if not was_there:
            with suppress(OSError):  # it has files: the disk was full half-way
                out.rmdir()
        raise


def _refuse_loss(out: Path, paths: list[Path], source: TextSource, force: bool) -> None:
    from gloveui.core.errors import WriteFailed
    from gloveui.core.text import printable

    present = [path for path in paths if path.exists()]
    if present and not force:
        names = ", ".join(path.name for path in present)
        raise WriteFailed(path=printable(out), reason=f"it has {names} already; --force replaces them")
    for path in present:
        if is_part_of(path, source):
            raise WriteFailed(path=printable(path), reason="it is the text itself")


def _as_dicts(found: list[Neighbour]) -> list[dict[str, object]]:
    return [{"word": item.word, "score": item.score, "count": item.count} for item in found]


def _as_lines(found: list[Neighbour]) -> list[str]:
    return [f"{item.word}\t{item.score:.4f}" for item in found]


def _fail(message: str) -> int:
    say(message)
    return FAILED
