from __future__ import annotations

import pytest

import gloveui
from gloveui.baseline_runs import BaselineRun
from gloveui.core.baseline_settings import PpmiSettings
from gloveui.core.errors import SettingError
from gloveui.storage.export_code import model_code

TEXT = gloveui.PastedText(
    "\n".join(f"the {one} and the {other} live" for one in "abcdef" for other in "uvwxyz"), "letters"
)
GIVEN = {"lsa": {"transform": "tf-idf"}, "ppmi": {"shift": 1.1}, "word2vec": {"epochs": 2}}


def run(method: str, **more: object) -> BaselineRun:
    given = {"dimension": 3, "min_count": 1, "window": 2, "seed": 4}
    return gloveui.train_baseline(TEXT, method, **given, **GIVEN[method], **more)


@pytest.mark.parametrize("method", GIVEN)
def test_a_run_again_gives_the_same_bytes(method: str) -> None:
    first, second = run(method), run(method, threads=3)
    assert first.embedding.vectors.tobytes() == second.embedding.vectors.tobytes()
    assert first.embedding.vocabulary.words == first.cooccurrence.vocabulary.words
    assert first.card.settings == second.card.settings
    assert {"gensim", "scikit-learn"} <= set(first.card.versions)
    assert first.card.sizes["tokens"] == 36 * 6


@pytest.mark.parametrize("method", GIVEN)
def test_code_of_a_card_gives_the_same_bytes(method: str) -> None:
    made = run(method)
    names: dict[str, BaselineRun] = {}
    exec(model_code(TEXT, made.card), names)
    assert names["run"].embedding.vectors.tobytes() == made.embedding.vectors.tobytes()


def test_settings_that_are_not_given_fit_the_text() -> None:
    made = gloveui.train_baseline(gloveui.PastedText("a b c a b"), "ppmi", smoothing=1.0)
    assert made.card.settings == PpmiSettings(dimension=1, smoothing=1.0)
    assert made.embedding.vectors.shape == (3, 1)


def test_wrong_settings_are_refused_before_the_text_is_read() -> None:
    with pytest.raises(SettingError, match="method"):
        gloveui.train_baseline(TEXT, "glove")
    with pytest.raises(SettingError, match="shift"):
        gloveui.train_baseline("bundled:english", "ppmi", shift=-1)
    with pytest.raises(TypeError, match="shift"):
        gloveui.train_baseline(TEXT, "lsa", shift=2)
