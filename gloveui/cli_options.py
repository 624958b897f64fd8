"""What can be written on the command line, and how it is explained."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

from gloveui import __version__
from gloveui.console import say

FAILED = 2

Run: TypeAlias = Callable[[argparse.Namespace], None]


class CommandParser(argparse.ArgumentParser):
    """Tells an error in one line."""

    def error(self, message: str) -> NoReturn:
        say(f"{message} (see {self.prog} --help)")
        sys.exit(FAILED)


def command_parser(
    train: Run, count: Run, neighbours: Run, analogy: Run, evaluate: Run, convert: Run, info: Run
) -> CommandParser:
    """The parser of all commands; what was parsed has the function to call as ``run``."""
    parser = CommandParser(prog="gloveui", description="GloVe from text to answers, without a window.")
    parser.add_argument("--version", action="version", version=f"gloveui {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    training = _command(commands, "train", train, "train vectors on a text and write them")
    _add_results(training).add_argument(
        "--checkpoint", action="store_true", help="write OUT/checkpoint.safetensors too, to go on from"
    )
    _add_text_options(training)
    _add_count_options(training)
    _add_training_options(training)
    _add_method_options(training)
    _add_vector_options(training)
    _add_resources(training).add_argument(
        "--device", help="auto, cpu, cuda (NVIDIA), mps (Apple): where training happens (auto)"
    )
    counting = _command(commands, "count", count, "count which words occur together")
    _add_results(counting)
    _add_text_options(counting)
    _add_count_options(counting)
    _add_resources(counting)
    _add_questions(commands, neighbours, analogy)
    _add_evaluation(commands, evaluate)
    _add_conversion(commands, convert)
    about = _command(commands, "info", info, "what a text or a file of vectors holds")
    about.add_argument("file", metavar="FILE", nargs="+", help="a file of vectors, or a text as for train")
    about.add_argument("--encoding", help="of a text; detected where not given")
    _add_choices(about)
    _add_reading(about)
    return parser


def _command(commands: Any, name: str, run: Run, help_text: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.set_defaults(run=run)
    return command


def _add_results(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    command.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help="files, folders or archives, read as one text; or bundled:english or bundled:lecture",
    )
    group = command.add_argument_group("results")
    group.add_argument("-o", "--out", metavar="OUT", required=True, help="folder for the results")
    group.add_argument("--force", action="store_true", help="replace results that are in OUT already")
    return group


def _add_text_options(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("text", "how it is read and cut into words")
    group.add_argument("--encoding", help="detected where not given")
    _add_choices(group)
    group.add_argument("--tokenizer", help="words, whitespace, regex (words)")
    group.add_argument("--pattern", help="expression that matches one word, for regex")
    group.add_argument(
        "--keep-case", dest="lower", action="store_const", const=False, help="Word and word are two words"
    )
    group.add_argument("--split-sentences", **_YES, help="let . ! ? end a sentence")
    group.add_argument("--drop-bracketed", **_YES, help="leave out what stands in brackets")
    group.add_argument("--drop-numbers", **_YES, help="leave out words of digits")
    group.add_argument(
        "--stop-words",
        metavar="LIST",
        help="leave out the words of a file, or of the lists that come with the program: english, korean",
    )


def _add_choices(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--column", metavar="NAME", default="", help="of tables: the column with the text, by name or number"
    )
    group.add_argument(
        "--element", metavar="NAME", default="", help="of XML and HTML: the element with the text"
    )


def _add_count_options(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("counts", "which pairs of words count, and how much")
    group.add_argument(
        "--preset",
        metavar="NAME",
        help="settings to begin with: lecture, tiny, small, novel, large, stanford, glove_python "
        "(the one that fits the text's size); options given beside it go before",
    )
    group.add_argument("--window", type=int, help="words looked at on a side")
    group.add_argument("--direction", help="both, left, right")
    group.add_argument("--weighting", help="inverse (1/d), flat")
    group.add_argument("--min-count", type=int, metavar="N", help="leave out words that occur less often")
    group.add_argument("--max-vocabulary", type=int, metavar="N", help="keep this many words, 0 for all")
    group.add_argument("--keep-positions", **_YES, help="words left out keep their place")


def _add_training_options(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("training")
    group.add_argument("--dim", type=int, metavar="D", help="numbers in a vector")
    group.add_argument("--epochs", type=int, metavar="N", help="passes over all pairs")
    group.add_argument("--eta", type=float, help="learning rate")
    group.add_argument("--x-max", type=float, metavar="X", help="count from which on a pair has full weight")
    group.add_argument("--alpha", type=float, help="how fast the weight grows below x-max")
    group.add_argument("--gradient-clip", type=float, metavar="G", help="largest gradient of a number")
    group.add_argument("--mode", help="exact (Stanford's rule), fast (one AdaGrad sum a vector)")
    group.add_argument(
        "--patience", type=int, metavar="N", help="end after N epochs without a lower loss, 0 for never"
    )
    group.add_argument("--seed", type=int, help="of the first values and the order of pairs")
    group.add_argument(
        "--start-from",
        metavar="FILE",
        help="begin with these vectors (a file, or a folder that train wrote), for the words they have; "
        "a checkpoint is gone on from exactly, up to --epochs",
    )


def _add_method_options(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("method", "other ways than GloVe; --dim and --seed are for all")
    group.add_argument("--method", default="glove", help="glove, lsa, ppmi, word2vec (glove)")
    group.add_argument("--transform", help="lsa: counts, log, tf-idf (log)")
    group.add_argument("--exponent", type=float, metavar="P", help="lsa, ppmi: of the singular values")
    group.add_argument("--shift", type=float, metavar="K", help="ppmi: log K is taken from each value (1)")
    group.add_argument("--smoothing", type=float, metavar="A", help="ppmi: exponent of context counts (0.75)")
    group.add_argument("--architecture", help="word2vec: skip-gram, cbow (skip-gram)")
    group.add_argument("--negative", type=int, metavar="N", help="word2vec: words drawn against a pair (5)")
    group.add_argument("--sample", type=float, metavar="T", help="word2vec: thin out more frequent words")
    group.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="word2vec: threads; with 1 bits are always the same (1)",
    )


def _add_vector_options(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("vectors", "what is made of the trained model")
    group.add_argument("--vectors", metavar="WHICH", help="sum (W + W̃), word, context, concatenated")
    group.add_argument(
        "--post-processing", metavar="WHICH", help="take out of them: none, mean, all_but_the_top"
    )
    group.add_argument("--unknown", metavar="RULE", help="row of <unk>: rarest, zeros, random")


def _add_resources(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    group = command.add_argument_group("computer", "what the work may use; no result depends on it on a CPU")
    group.add_argument("--threads", type=_positive, metavar="N", help="all cores where not given")
    group.add_argument(
        "--memory",
        type=int,
        metavar="MIB",
        help="for counting, before it goes over to the disk; 0: most of what is free",
    )
    group.add_argument(
        "--mapped-above", type=int, metavar="MIB", help="keep the ids of larger texts in a file (1024)"
    )
    group.add_argument("--scratch-folder", metavar="FOLDER", help="for what does not fit in memory")
    return group


def _add_questions(commands: Any, neighbours: Run, analogy: Run) -> None:
    near = _command(commands, "neighbours", neighbours, "the words nearest to a word or a sum of words")
    near.add_argument("vectors", metavar="VECTORS", help="a file of vectors, or a folder that train wrote")
    near.add_argument("word", metavar="WORD", help='a word, or a sum such as "king - man + woman"')
    near.add_argument("--metric", default="cosine", help="cosine, dot, euclidean (cosine)")
    like = _command(commands, "analogy", analogy, "a is to b as c is to what")
    like.add_argument("vectors", metavar="VECTORS", help="a file of vectors, or a folder that train wrote")
    for name in "abc":
        like.add_argument(name, metavar=name.upper())
    like.add_argument("--method", default="add", help="add (3CosAdd), multiply (3CosMul), direction (add)")
    for asking in (near, like):
        _add_reading(asking)
        asking.add_argument("-k", type=_positive, default=10, help="how many answers (10)")
        asking.add_argument(
            "--among", type=_positive, default=0, metavar="N", help="only the N most frequent words (all)"
        )


def _add_evaluation(commands: Any, evaluate: Run) -> None:
    measuring = _command(commands, "evaluate", evaluate, "how well vectors answer what people know")
    measuring.add_argument(
        "vectors", metavar="VECTORS", help="a file of vectors, or a folder that train wrote"
    )
    measuring.add_argument(
        "--questions",
        metavar="SET",
        action="append",
        help="analogies: google, english, korean, or a file (google); can be given several times",
    )
    measuring.add_argument(
        "--pairs",
        metavar="SET",
        action="append",
        help="pairs of words with scores: wordsim353, simlex999, or a file; can be given several times",
    )
    measuring.add_argument(
        "--among", type=_positive, default=0, metavar="N", help="only the N most frequent words (all)"
    )
    measuring.add_argument("--with-inputs", action="store_true", help="a, b and c may be answers, too")
    _add_reading(measuring)


def _add_conversion(commands: Any, convert: Run) -> None:
    changing = _command(commands, "convert", convert, "write vectors in another format")
    changing.add_argument("vectors", metavar="IN", help="a file of vectors, or a folder that train wrote")
    changing.add_argument("out", metavar="OUT", help="the file to write")
    changing.add_argument("--force", action="store_true", help="replace OUT if it is there already")
    _add_reading(changing)
    group = changing.add_argument_group("format", "how they are written; the ending of OUT says the format")
    group.add_argument(
        "--format",
        help="safetensors, glove, word2vec_text, word2vec_binary, fasttext_text, npz, npy, torch, projector, "
        "csv",
    )
    group.add_argument(
        "--precision", type=_positive, metavar="N", help="digits of numbers in text (9: exact)"
    )
    group.add_argument(
        "--header", action=argparse.BooleanOptionalAction, help="a first line that says what follows"
    )
    group.add_argument(
        "--vectors", dest="which", default="vectors", help="vectors, word, context, unit (vectors)"
    )
    group.add_argument("--special-rows", action="store_true", help="<unk> and <pad> before the words")


def _add_reading(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("vectors", "how their file is read")
    group.add_argument("--first", type=_positive, default=0, metavar="N", help="the first N words (all)")
    group.add_argument("--table", metavar="NAME", help="which of several tables, or file of an archive")
    group.add_argument("--words", metavar="FILE", help="a file with a word a line, for vectors without words")
    group.add_argument("--drop-bad-rows", action="store_true", help="leave out rows with NaN or infinity")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, found {text}")
    return int(text)


_YES: dict[str, Any] = {"action": "store_const", "const": True}  # not given is not the same as False
