"""Lines copied out of a session make its models again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import gloveui
from gloveui.core.model_cards import FileCard
from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.core.warm_start import Origin
from gloveui.storage.session_code import session_code
from gloveui.storage.session_folder import SavedModel, SavedSession
from tests.storage.sessions import FILE_CARD, opened, save

CONTENT = "I like deep learning\nI like NLP\nI enjoy flying\n"
SETTINGS: dict[str, Any] = {"window": 2, "min_count": 1, "dimension": 4, "epochs": 3}


def models_of(code: str) -> dict[int, gloveui.Embedding]:
    names: dict[str, Any] = {}
    exec(code, names)
    found: dict[int, gloveui.Embedding] = names["models"]
    return found


@pytest.fixture(params=["pasted", "file"])
def text(request: pytest.FixtureRequest, tmp_path: Path) -> TextSource:
    if request.param == "pasted":
        return PastedText(CONTENT)
    path = tmp_path / "it's a \\ text.txt"
    path.write_text(CONTENT)
    return FileText(path)


def session_of(text: TextSource, tmp_path: Path) -> SavedSession:
    """Two trainings, the second from the first, and vectors from a file, saved and read again."""
    first = gloveui.train(text, seed=7, **SETTINGS)
    second = gloveui.train(text, mode="fast", start_from=first.embedding, **SETTINGS)
    origin = Origin("model", "GloVe 1", number=1)
    models = (
        SavedModel(2, "GloVe 2\nimport os", second.embedding, replace(second.card, start=origin)),
        SavedModel(1, "GloVe 1", first.embedding, first.card),
    )
    folder = tmp_path / "s.gloveui"
    save(folder, SavedSession(text=text, tokens=first.tokens, models=models))
    return opened(folder)


def test_code_of_a_session_trains_every_model_again_to_the_same_bytes(
    text: TextSource, tmp_path: Path
) -> None:
    saved = session_of(text, tmp_path)
    code = session_code(saved)
    made = models_of(code)
    assert sorted(made) == [1, 2]
    for model in saved.models:
        assert made[model.number].vocabulary.words == model.embedding.vocabulary.words
        assert made[model.number].vectors.tobytes() == model.embedding.vectors.tobytes()
    assert code.count("import gloveui\n") == 1


def test_code_of_a_session_reads_vectors_from_their_file(tmp_path: Path) -> None:
    run = gloveui.train(PastedText(CONTENT), **SETTINGS)
    path = tmp_path / "vectors.safetensors"
    gloveui.save_vectors(run.embedding, path)
    card = FileCard(str(path), "", "safetensors", len(run.embedding), 4)
    saved = SavedSession(models=(SavedModel(3, "file", run.embedding, card),))
    made = models_of(session_code(saved))
    assert made[3].vectors.tobytes() == run.embedding.vectors.tobytes()


def test_code_of_a_session_makes_the_models_of_other_methods_again(tmp_path: Path) -> None:
    text = PastedText(CONTENT * 5)
    run = gloveui.train_baseline(text, "ppmi", window=2, min_count=1, dimension=3)
    saved = SavedSession(
        text=text, tokens=run.tokens, models=(SavedModel(1, "PPMI", run.embedding, run.card),)
    )
    assert models_of(session_code(saved))[1].vectors.tobytes() == run.embedding.vectors.tobytes()


def test_a_model_that_cannot_be_made_again_is_told_of(tmp_path: Path) -> None:
    other = gloveui.train(PastedText(CONTENT * 2, "another"), **SETTINGS)
    text = PastedText(CONTENT)
    tokens = gloveui.read_text(text)
    models = (SavedModel(1, "a", other.embedding, other.card), SavedModel(2, "b", other.embedding))
    code = session_code(SavedSession(text=text, tokens=tokens, models=models))
    assert "# It was made from another text, 'another'" in code
    assert "# It has no card" in code
    assert models_of(code) == {}


def test_an_empty_session_has_no_models() -> None:
    assert models_of(session_code(SavedSession())) == {}
    assert FILE_CARD.path not in session_code(SavedSession())
