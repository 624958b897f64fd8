"""An embedding layer as files that need nothing but torch: state, vocabulary, and code that loads both."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

from gloveui.core.embedding_layer import layer_of
from gloveui.core.errors import WriteFailed
from gloveui.core.lookup import PADDING_ID, LookupTable
from gloveui.core.progress import Progress, Task
from gloveui.core.text import printable
from gloveui.storage.atomic import atomic_file, atomic_text_file

FOLDER_NAME = "embedding-layer"
STATE_FILE, VOCABULARY_FILE, CODE_FILE = "embedding.pt", "vocabulary.json", "load_embedding.py"

_LOADING_CODE = '''\
"""An embedding layer of {rows} rows of {dimension} numbers, from the files beside this."""

import json
from pathlib import Path

import torch

folder = Path(__file__).parent
words = json.loads((folder / "{vocabulary}").read_text(encoding="utf-8"))
word_to_id = {{word: index for index, word in enumerate(words)}}

layer = torch.nn.Embedding(num_embeddings={rows}, embedding_dim={dimension}, padding_idx={padding})
layer.load_state_dict(torch.load(folder / "{state}", weights_only=True))


def ids(sentence):
    """The id of each word of a sentence, as it stands or in lower case; 0, <unk>, if it has no row."""
    return torch.tensor([word_to_id.get(word, word_to_id.get(word.lower(), 0)) for word in sentence.split()])


if __name__ == "__main__":
    print(layer(ids({sentence!r})))
'''


def write_layer(folder: Path, table: LookupTable) -> Task[Path]:
    """Write the three files into a new folder inside `folder`, and return that.

    Raises
    ------
    WriteFailed
        If the folder or a file in it cannot be made.
    """
    import torch

    yield Progress("saving", 0.0)
    target = _new_folder(folder)
    state = layer_of(table).state_dict()
    yield Progress("saving", 0.2)
    with atomic_file(target / STATE_FILE) as stream:
        torch.save(state, stream)
    yield Progress("saving", 0.8)
    with atomic_text_file(target / VOCABULARY_FILE) as text:
        json.dump(table.vocabulary.words, text, ensure_ascii=False, indent=0)
    with atomic_text_file(target / CODE_FILE) as text:
        text.write(loading_code(table))
    return target


def loading_code(table: LookupTable) -> str:
    """Lines that stand beside the two other files and leave ``layer``, ``word_to_id`` and ``ids`` behind."""
    return _LOADING_CODE.format(
        rows=len(table), dimension=table.dimension, padding=PADDING_ID, state=STATE_FILE,
        vocabulary=VOCABULARY_FILE, sentence=" ".join(table.vocabulary.words[2:6]),
    )  # fmt: skip


def _new_folder(parent: Path) -> Path:
    """A folder that was not there before: nothing in one that is there is written over."""
    for number in count(1):
        target = parent / (FOLDER_NAME if number == 1 else f"{FOLDER_NAME}-{number}")
        try:
            target.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise WriteFailed(path=printable(target), reason=error.strerror or error) from error
        return target
    raise AssertionError("numbers have no end")
