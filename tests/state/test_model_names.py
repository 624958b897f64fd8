"""Names of models tell them apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gloveui.core.embedding import Embedding
from gloveui.core.lookup import lookup_table
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.session import Session
from gloveui.state.values import Model


@pytest.fixture
def session() -> Session:
    session = Session()
    tiny_embedding = Embedding(Vocabulary(["a", "b"]), np.eye(2, dtype=np.float32))
    for _ in range(3):
        number = session.next_number()
        session.add_model(Model(number, "vectors.txt", tiny_embedding, lookup_table(tiny_embedding)))
    return session


def names(session: Session) -> list[str]:
    return [model.name for model in session.models]


def test_models_that_come_with_the_same_name_are_numbered(session: Session) -> None:
    assert names(session) == ["vectors.txt", "vectors.txt (2)", "vectors.txt (3)"]


def test_a_name_given_by_a_person_stays_when_the_model_is_made_anew(session: Session) -> None:
    first = session.models[0]
    session.replace_model(replace(first, name="mine", is_renamed=True))
    session.replace_model(first)
    assert names(session)[0] == "mine"
    session.add_model(first)
    assert names(session)[-1] == "mine"


def test_a_name_that_another_model_has_is_not_given_twice(session: Session) -> None:
    session.replace_model(replace(session.models[0], name="vectors.txt (2)", is_renamed=True))
    assert names(session)[0] == "vectors.txt (2) (2)"
