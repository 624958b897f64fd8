"""How fast Google's analogies are answered, beside gensim's `evaluate_word_analogies`, in one run.

``python -m tests.benchmarks.evaluation [WORDS] [DIMENSION]``: 76,000 words of 100 numbers unless told
otherwise, the words of the questions among the 30,000 most frequent. A right answer is near b − a + c as in
trained vectors; the rest is drawn at random. gensim answers by 3CosAdd alone and ranks nothing; both methods
with all places are timed as well.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from gloveui.core.embedding import Embedding
from gloveui.core.evaluation import AnalogyEvaluation, evaluate_analogies
from gloveui.core.progress import run_to_end
from gloveui.core.question_sets import AnalogySet
from gloveui.core.resources import usable_cores
from gloveui.core.vocabulary import Vocabulary
from gloveui.environment import prepare_environment
from gloveui.storage.bundled import bundled_path
from gloveui.storage.evaluation_files import known_set

FREQUENT = 30_000
LAPS = 3

Row = tuple[str, str, str]


def all_rows(words: int, dimension: int) -> Iterator[Row]:
    """What is asked, the shortest time, and how many times as long gensim takes."""
    google = known_set("google")
    assert isinstance(google, AnalogySet)
    embedding = made_up_embedding(google, words, dimension)
    run_to_end(evaluate_analogies(embedding, AnalogySet("first", google.sections[4:5])))  # compiled here
    gensims, accuracy = gensim_seconds(embedding)
    yield "gensim, 3CosAdd", f"{gensims:.2f} s", f"{100 * accuracy:.2f} % right"
    for methods in (("add",), ("add", "multiply")):
        seconds, longest, found = shortest(embedding, google, methods)
        right = 100 * (found.total.share("add") or 0.0)
        told = f"{gensims / seconds:.1f} × gensim, {usable_cores()} threads; {right:.2f} % right by 3CosAdd"
        yield " + ".join(methods), f"{seconds:.2f} s, at most {1000 * longest:.0f} ms between reports", told


def made_up_embedding(questions: AnalogySet, words: int, dimension: int) -> Embedding:
    """Vectors in which every section has a direction of its own, with noise of about its length."""
    rng = np.random.default_rng(1)
    vectors = {}
    for section in questions.sections:
        step = rng.standard_normal(dimension)
        for question in section.questions:
            for first, second in ((question.a, question.b), (question.c, question.expected)):
                start = vectors.setdefault(first.lower(), rng.standard_normal(dimension))
                vectors.setdefault(second.lower(), start + step + 0.6 * rng.standard_normal(dimension))
    rows = rng.standard_normal((words, dimension)).astype(np.float32)
    names = [f"w{place}" for place in range(words)]
    places = rng.choice(min(FREQUENT, words), len(vectors), replace=False).tolist()
    for place, (word, vector) in zip(places, vectors.items(), strict=True):
        rows[place], names[place] = vector, word
    return Embedding(Vocabulary(names, np.arange(words, 0, -1)), rows)


def gensim_seconds(embedding: Embedding) -> tuple[float, float]:
    """Seconds for the whole set, and the share of right answers."""
    from gensim.models import KeyedVectors

    vectors = KeyedVectors(embedding.dimension)
    vectors.add_vectors(list(embedding.vocabulary), embedding.vectors)
    path = bundled_path("evaluation/questions-words.txt")
    start = time.perf_counter()
    accuracy, _ = vectors.evaluate_word_analogies(str(path), restrict_vocab=len(embedding))
    return time.perf_counter() - start, accuracy


def shortest(
    embedding: Embedding, questions: AnalogySet, methods: tuple[str, ...]
) -> tuple[float, float, AnalogyEvaluation]:
    """Of several runs the seconds of the fastest, with the longest time between two of its reports."""
    laps = [one_run(embedding, questions, methods) for _ in range(LAPS)]
    return min(laps, key=lambda lap: lap[0])


def one_run(
    embedding: Embedding, questions: AnalogySet, methods: tuple[str, ...]
) -> tuple[float, float, AnalogyEvaluation]:
    times = [time.perf_counter()]
    task = evaluate_analogies(embedding, questions, methods)
    found = run_to_end(task, lambda _: times.append(time.perf_counter()))
    times.append(time.perf_counter())
    longest = max(after - before for before, after in pairwise(times))
    return times[-1] - times[0], longest, found


def main(words: str = "76000", dimension: str = "100") -> None:
    """Print the table."""
    print("| what | time | compared |\n|---|---|---|")
    for row in all_rows(int(words), int(dimension)):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    prepare_environment()
    main(*sys.argv[1:])
