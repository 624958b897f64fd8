"""A session is killed again and again while it saves and trains: ``python -m tests.storage.kills 20``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenStream
from gloveui.core.training import Trainer
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.checkpoint_files import fingerprint
from gloveui.storage.session_folder import SavedModel, SavedSession, write_session
from gloveui.storage.session_training import resumed_trainer, saved_checkpoint
from tests.core.steps import count, random_text, read
from tests.storage.sessions import opened, save

ROOT = Path(__file__).resolve().parents[2]
LONGEST_LIFE = 0.25  # seconds after a child's first save
WORDS, DIMENSION = 2_000, 64  # 1 MB of vectors in two objects, so that kills meet writes
TEXT = random_text(60, 2_000)
CONFIG = GloveConfig(dimension=6, epochs=100_000)
EPOCHS_AFTER = 5
READY = "ready"


def save_for_ever(folder: Path) -> None:
    """Save states that follow one another; each says in its notes which vectors it has."""
    vocabulary = Vocabulary([f"w{number}" for number in range(WORDS)])
    for number in range(1, 100_000):
        vectors = [np.full((WORDS, DIMENSION), part, np.float32) for part in (number, -number)]
        models = tuple(SavedModel(i, str(number), Embedding(vocabulary, v)) for i, v in enumerate(vectors))
        save(folder, SavedSession(models=models, notes=str(number)))
        tell_ready(number == 1)


def train_for_ever(folder: Path) -> None:
    """Train, and save a checkpoint about every 5 ms, within epochs too."""
    tokens, matrix = small_text()
    trainer = Trainer(matrix, CONFIG, Resources(threads=1))
    counts, due, is_first = fingerprint(matrix), 0.0, True
    for _ in trainer.run(lambda: None):
        if trainer.has_learned and time.perf_counter() >= due:
            kept = saved_checkpoint(trainer, trainer.checkpoint(), counts, 1)
            save(folder, replace(session_of(tokens), checkpoint=kept, epoch_losses=trainer.losses))
            tell_ready(is_first)
            due, is_first = time.perf_counter() + 0.005, False


def tell_ready(is_first: bool) -> None:
    if is_first:
        print(READY, flush=True)


def small_text() -> tuple[TokenStream, CooccurrenceMatrix]:
    tokens = read(TEXT)
    return tokens, count(tokens, window=3)


def session_of(tokens: TokenStream) -> SavedSession:
    return SavedSession(text=PastedText(TEXT), tokens=tokens)


CHILDREN = {"saving": save_for_ever, "training": train_for_ever}


def kill_at_random(what: str, folder: Path, random: Random) -> None:
    """Run a child of a kind on a folder, and kill it at some moment after its first save."""
    command = [sys.executable, "-m", "tests.storage.kills", what, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == READY
        time.sleep(random.random() * LONGEST_LIFE)
        child.kill()
    assert child.returncode == -signal.SIGKILL


def check_saved(folder: Path) -> None:
    """Open what was killed while it saved: one of the states that were written, without a word of damage."""
    found = opened(folder)
    number = int(found.notes)
    assert found.warnings == ()
    assert [model.name for model in found.models] == [found.notes] * 2
    for model, value in zip(found.models, (number, -number), strict=True):
        assert (model.embedding.vectors == value).all()
    check_tidy(folder)


def check_trained(folder: Path) -> None:
    """Go on from what was killed while it trained, to the same bits as a training that was not."""
    found = opened(folder)
    assert found.warnings == ()
    assert found.tokens is not None
    assert found.checkpoint is not None
    matrix = count(found.tokens, window=found.checkpoint.count_options.window)
    epochs = len(found.checkpoint.checkpoint.losses) + EPOCHS_AFTER
    kept = replace(found.checkpoint, config=replace(CONFIG, epochs=epochs), planned=epochs)
    resumed = resumed_trainer(kept, matrix, Resources(threads=2))
    whole = Trainer(matrix, replace(CONFIG, epochs=epochs), Resources(threads=1))
    vectors = [run_to_end(trainer.run()).vectors.tobytes() for trainer in (resumed, whole)]
    assert vectors[0] == vectors[1]
    assert resumed.losses == whole.losses
    check_tidy(folder)


def check_tidy(folder: Path) -> None:
    """After the next save nothing is left of the writes that were cut off."""
    run_to_end(write_session(folder, replace(opened(folder), notes="after")))
    assert not list(folder.rglob("*.part"))


CHECKS = {"saving": check_saved, "training": check_trained}


def kill_and_check(what: str, times: int, parent: Path, seed: int) -> int:
    """Do both so many times, each in a folder of its own; returns how many kills cut a write off."""
    random, cut_off = Random(seed), 0
    for number in range(times):
        folder = parent / f"{what}-{number}.gloveui"
        kill_at_random(what, folder, random)
        cut_off += bool(list(folder.rglob("*.part")))
        CHECKS[what](folder)
    return cut_off


def main() -> None:
    """Kill so many times and say what came of it; a child is called with what it does, and where."""
    if sys.argv[1] in CHILDREN:
        CHILDREN[sys.argv[1]](Path(sys.argv[2]))
        return
    times, seed = int(sys.argv[1]), int.from_bytes(os.urandom(4))
    for what in CHILDREN:
        with tempfile.TemporaryDirectory() as parent:
            cut_off = kill_and_check(what, times, Path(parent), seed)
        print(f"{what}: {times} kills (seed {seed}), {cut_off} within a write, none lost")


if __name__ == "__main__":
    main()
