"""The Python lines that look sentences up in an embedding layer, or train one, to be copied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gloveui.core.layer_training import Examples, LayerTrainingConfig, first_parameters
from gloveui.core.lookup import PADDING_ID, UNKNOWN_ID, LookupTable

_LOOKING_UP = """
sentences = {sentences}
length = {length}  # of each sentence: longer ones are cut, shorter ones filled up with <pad>, {padding}
ids = torch.tensor([
    [word_to_id.get(word, word_to_id.get(word.lower(), {unknown})) for word in sentence[:length]]
    + [{padding}] * (length - len(sentence))
    for sentence in sentences
])
block = layer(ids)  # [{count}, {length}] ids give {count} × {length} rows of {dimension} numbers
print(ids, block)
"""

_WRITTEN_TABLE = """import torch

words = {words}
word_to_id = {{word: index for index, word in enumerate(words)}}
table = torch.tensor({rows})
layer = torch.nn.Embedding(num_embeddings={size}, embedding_dim={dimension}, padding_idx={padding})
layer.load_state_dict({{"weight": table}})
"""

_TABLE_OF_MODEL = """import torch

layer = gloveui.embedding_layer(run.embedding, unknown={rule!r})
special = ["<unk>", "<pad>"]
words = special + [word for word in run.embedding.vocabulary if word not in special]
word_to_id = {{word: index for index, word in enumerate(words)}}
"""

_TRAINING = """import numpy as np
import torch

words = {words}
answers = {answers}
inputs = torch.tensor({inputs})  # ids of the words that are seen; {padding} is <pad>
targets = torch.tensor({targets})  # the right answer to each

layer = torch.nn.Embedding(num_embeddings={size}, embedding_dim={dimension}, padding_idx={padding})
linear = torch.nn.Linear({dimension}, {answer_count})
layer.load_state_dict({{"weight": torch.tensor({table})}})
linear.load_state_dict({{"weight": torch.tensor({weights}), "bias": torch.zeros({answer_count})}})
parameters = [*layer.parameters(), *linear.parameters()]


def scores(inputs):
    seen = (inputs != {padding}).sum(dim=1, keepdim=True)
    return linear(layer(inputs).sum(dim=1) / seen)  # the mean of the rows, padding left out


random = np.random.default_rng([{seed}, 1])
waiting = []
for step in range({steps}):
    while len(waiting) < {batch}:
        waiting += random.permutation(len(targets)).tolist()
    chosen, waiting = waiting[:{batch}], waiting[{batch}:]
    loss = torch.nn.functional.cross_entropy(scores(inputs[chosen]), targets[chosen])
    for parameter in parameters:
        parameter.grad = None
    loss.backward()
    with torch.no_grad():
        for parameter in parameters:
            parameter -= {rate!r} * parameter.grad

print(layer.weight)
"""


def written_table_code(table: LookupTable, sentences: Sequence[Sequence[str]], length: int) -> str:
    """Lines with all numbers of a small table in them; they leave ``layer``, ``ids`` and ``block`` behind."""
    making = _WRITTEN_TABLE.format(
        words=list(table.vocabulary), rows=_written(table.vectors), size=len(table),
        dimension=table.dimension, padding=PADDING_ID,
    )  # fmt: skip
    return making + _looking_up(table, sentences, length)


def model_table_code(
    making: str, rule: str, table: LookupTable, sentences: Sequence[Sequence[str]], length: int
) -> str:
    """Lines that look sentences up in the layer of a model; else as `written_table_code`.

    They go on from those of `making`, which leave ``run`` behind; see `export_code.model_code`.
    """
    return making + _TABLE_OF_MODEL.format(rule=rule) + _looking_up(table, sentences, length)


def layer_training_code(examples: Examples, config: LayerTrainingConfig) -> str:
    """Lines that train as the window did, with torch alone, and leave ``layer`` and ``linear`` behind."""
    first = first_parameters(examples, config)
    return _TRAINING.format(
        words=list(examples.vocabulary), answers=list(examples.answers), inputs=examples.inputs.tolist(),
        targets=examples.targets.tolist(), size=len(examples.vocabulary), dimension=config.dimension,
        padding=PADDING_ID, answer_count=len(examples.answers), table=_written(first.table),
        weights=_written(first.weights), seed=config.seed, steps=config.steps, batch=config.batch,
        rate=config.learning_rate,
    )  # fmt: skip


def _looking_up(table: LookupTable, sentences: Sequence[Sequence[str]], length: int) -> str:
    return _LOOKING_UP.format(
        sentences=[list(sentence) for sentence in sentences], length=length, padding=PADDING_ID,
        unknown=UNKNOWN_ID, count=len(sentences), dimension=table.dimension,
    )  # fmt: skip


def _written(numbers: NDArray[np.float32]) -> str:
    """A matrix as Python writes it; each number in the fewest digits that give it back."""
    rows = ["[" + ", ".join(str(value) for value in row) + "]" for row in numbers]
    return "[\n    " + ",\n    ".join(rows) + ",\n]"
