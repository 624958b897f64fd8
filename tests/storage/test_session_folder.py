"""A session is read as it was saved, or the state before it, or refused; never something else."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gloveui
from gloveui.core.embedding import Embedding
from gloveui.core.errors import WriteFailed
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import FileText, PastedText
from gloveui.core.training import Trainer
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage import session_objects, session_tensors, tensor_files
from gloveui.storage.checkpoint_files import fingerprint
from gloveui.storage.session_errors import (
    EarlierStateOpened,
    NotASession,
    SessionDamaged,
    SessionNewer,
    TextChanged,
    TextGone,
    TextNotInside,
)
from gloveui.storage.session_folder import (
    SavedModel,
    SavedSession,
    is_session,
    read_session,
    saved_when,
    set_aside,
    write_session,
)
from gloveui.storage.session_manifest import EARLIER_MANIFEST, FORMAT_VERSION, MANIFEST, Manifest
from gloveui.storage.session_training import resumed_trainer, saved_checkpoint
from tests.core.steps import count, random_text, read
from tests.storage.sessions import bits_of, opened, save, small_session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "아침.gloveui"


def forget_what_was_seen() -> None:
    """As in a process that begins."""
    session_objects._whole.clear()
    session_objects._names.clear()


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def objects_in(folder: Path) -> set[str]:
    return {path.name for path in (folder / "objects").iterdir()}


def change_manifest(folder: Path, **changes: object) -> None:
    """Change parts of a manifest, and its checksum with them."""
    values = json.loads((folder / MANIFEST).read_text()) | changes
    values["sha256"] = Manifest(values["objects"], values["values"]).sha256
    (folder / MANIFEST).write_text(json.dumps(values))


def damage(path: Path) -> None:
    """Change one byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_everything_is_read_as_it_was_saved(folder: Path) -> None:
    saved = small_session()
    save(folder, saved)
    found = opened(folder)
    assert bits_of(found) == bits_of(saved)
    assert found.warnings == ()


def test_tables_of_more_than_one_piece_are_read_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensor_files, "BYTES_AT_ONCE", 50)
    monkeypatch.setattr(session_objects, "HASHED_AT_ONCE", 50)
    monkeypatch.setattr(session_tensors, "IDS_AT_ONCE", 3)
    saved = small_session()
    save(folder, saved)
    forget_what_was_seen()
    assert bits_of(opened(folder)) == bits_of(saved)


def test_an_empty_session_can_be_saved_too(folder: Path) -> None:
    save(folder, SavedSession())
    assert bits_of(opened(folder)) == bits_of(SavedSession())


ANY_TEXT = st.text(st.characters(), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(ANY_TEXT, min_size=1, max_size=5, unique=True),
    values=st.lists(st.floats(width=32), min_size=5, max_size=5),
    notes=ANY_TEXT,
    losses=st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=3),
    listed=st.none() | st.dictionaries(ANY_TEXT, ANY_TEXT | st.lists(st.integers(), max_size=3), max_size=2),
    layout=st.binary(max_size=20),
    pasted=ANY_TEXT,
)
def test_whatever_a_session_holds_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    words: list[str],
    values: list[float],
    notes: str,
    losses: list[float],
    listed: dict[str, object] | None,
    layout: bytes,
    pasted: str,
) -> None:
    vectors = np.outer(np.ones(len(words)), values).astype(np.float32)
    models = (SavedModel(1, notes, Embedding(Vocabulary(words), vectors)),)
    saved = SavedSession(
        text=PastedText(pasted, notes),
        models=models,
        notes=notes,
        epoch_losses=tuple(losses),
        listed=listed,
        layout=layout,
        pinned=tuple(words),
        focus_word=words[0],
    )
    folder = tmp_path_factory.mktemp("any") / "s.gloveui"
    save(folder, saved)
    assert bits_of(opened(folder)) == bits_of(saved)


def test_models_of_the_same_words_share_them_when_they_are_read(folder: Path) -> None:
    save(folder, small_session())
    first, *_ = (model.embedding.vocabulary for model in opened(folder).models)
    tokens = opened(folder).tokens
    save(folder, replace(small_session(), models=small_session().models[:1] * 2))
    one, other = (model.embedding.vocabulary for model in opened(folder).models)
    assert one is other
    assert tokens is not None
    assert first.words == tokens.vocabulary.words


def test_what_has_not_changed_is_not_written_again(folder: Path) -> None:
    saved = small_session()
    save(folder, saved)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    forget_what_was_seen()
    save(folder, opened(folder))
    save(folder, saved)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before


def test_the_vectors_of_a_model_are_hashed_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = small_session()
    save(folder, saved)

    def fail(*_: object) -> None:
        raise AssertionError("it was made into tensors again")

    monkeypatch.setattr("gloveui.storage.session_writing.embedding_tensors", fail)
    save(folder, replace(saved, notes="other"))
    found = opened(folder)
    save(folder, replace(found, notes="others still"))
    assert opened(folder).notes == "others still"


def test_the_state_before_stays_and_what_is_older_goes(folder: Path) -> None:
    saved = small_session()
    embeddings = [
        Embedding(Vocabulary(["a"]), np.full((1, 2), number, np.float32)) for number in (1.0, 2.0, 3.0)
    ]
    for number, embedding in enumerate(embeddings):
        save(folder, replace(saved, models=(SavedModel(1, str(number), embedding),)))
    (folder / MANIFEST).unlink()
    found = opened(folder)
    assert found.models[0].name == "1"
    assert isinstance(found.warnings[0], EarlierStateOpened)
    named = json.loads((folder / EARLIER_MANIFEST).read_text())["objects"]
    assert len(objects_in(folder) - set(named)) == 1  # the newest vectors; the oldest are gone


def test_a_damaged_manifest_leaves_the_state_before(folder: Path) -> None:
    save(folder, small_session(notes="before"))
    save(folder, small_session(notes="after"))
    damage(folder / MANIFEST)
    found = opened(folder)
    assert found.notes == "before"
    assert found.warnings[0].fields["place"] == MANIFEST
    assert str(folder) in str(found.warnings[0])


@pytest.mark.parametrize("harm", [damage, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_damaged_object_leaves_the_state_before(folder: Path, harm: object) -> None:
    saved = small_session()
    save(folder, replace(saved, models=saved.models[:1]))
    before = objects_in(folder)
    save(folder, saved)
    harmed = sorted(objects_in(folder) - before)[0]
    harm(folder / "objects" / harmed)  # type: ignore[operator]
    found = opened(folder)
    assert len(found.models) == 1
    assert found.warnings[0].fields["place"] == f"objects/{harmed[:12]}…"


def test_what_is_damaged_in_both_states_is_left_out_and_told(folder: Path) -> None:
    saved = small_session(FileText(Path(__file__)), notes="before")
    save(folder, saved)
    save(folder, replace(saved, notes="after"))
    for name in objects_in(folder):
        damage(folder / "objects" / name)
    found = opened(folder)
    assert (found.notes, found.tokens, found.models, found.checkpoint) == ("after", None, (), None)
    names = [model.name for model in saved.models]
    assert [str(warning) for warning in found.warnings] == [
        f"{folder} is damaged: the words of its text are read again",
        *(f"{folder} is damaged: the model {name} cannot be read and is left out" for name in names),
        f"{folder} is damaged: its training cannot go on",
    ]
    assert found.text == saved.text


def test_a_text_that_only_the_session_has_is_told_to_be_gone_when_it_is_damaged(folder: Path) -> None:
    save(folder, small_session(notes="before"))
    save(folder, small_session(notes="after"))
    damage(next((folder / "objects").glob("*.txt")))
    found = opened(folder)
    assert (found.notes, len(found.models)) == ("after", 4)
    assert found.tokens is not None
    assert [type(warning) for warning in found.warnings] == [TextGone]
    assert found.text is not None
    assert found.text.name == "Lecture"


def test_damage_that_nothing_can_stand_in_for_is_named_and_can_be_set_aside(folder: Path) -> None:
    save(folder, small_session())
    damage(folder / MANIFEST)
    with pytest.raises(SessionDamaged, match=MANIFEST):
        opened(folder)
    kept = files_in(folder)
    aside = set_aside(folder)
    assert aside.name == f"{folder.name}.damaged-1"
    assert files_in(aside) == kept
    save(folder, small_session())
    assert set_aside(folder).name == f"{folder.name}.damaged-2"


def test_saving_again_heals_a_damaged_object(folder: Path) -> None:
    saved = small_session()
    save(folder, saved)
    damage(folder / "objects" / max(objects_in(folder)))
    forget_what_was_seen()
    save(folder, saved)
    assert bits_of(opened(folder)) == bits_of(saved)


def test_a_damaged_manifest_does_not_take_the_place_of_the_one_before(folder: Path) -> None:
    save(folder, small_session(notes="first"))
    save(folder, small_session(notes="second"))
    damage(folder / MANIFEST)
    save(folder, small_session(notes="third"))
    assert opened(folder).notes == "third"
    (folder / MANIFEST).unlink()
    assert opened(folder).notes == "first"


def test_a_session_of_a_newer_version_is_refused_and_not_touched(folder: Path) -> None:
    save(folder, small_session())
    save(folder, small_session(notes="other"))
    change_manifest(folder, version=FORMAT_VERSION + 1, program="9.1")
    before = files_in(folder)
    for task in (read_session(folder), write_session(folder, small_session())):
        with pytest.raises(SessionNewer, match=r"9\.1 .*form 2") as refused:
            run_to_end(task)
        assert f"forms up to {FORMAT_VERSION}" in refused.value.next_step
    assert files_in(folder) == before


@pytest.mark.parametrize(
    "name", ["../secret.txt", "/etc/passwd", "..\\secret.txt", f"{'a' * 64}.txt/../x", f"{'A' * 64}.txt", ""]
)
def test_a_manifest_cannot_name_a_file_elsewhere(folder: Path, name: str) -> None:
    save(folder, small_session())
    (folder.parent / "secret.txt").write_text("secret")
    values = json.loads((folder / MANIFEST).read_text())
    objects = {**values["objects"], name: 6}
    values["values"]["text"]["object"] = name
    change_manifest(folder, objects=objects, values=values["values"])
    with pytest.raises(SessionDamaged, match=MANIFEST):
        opened(folder)
    change_manifest(folder, objects=values["objects"], values=values["values"])
    with pytest.raises(SessionDamaged, match=r"an object"):
        opened(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"values": {}},
        {"values": []},
        {"values": {"tokens": {}, "models": 3}},
        {"objects": []},
        {"objects": {"a": 1}},
        {"version": 0},
        {"version": "1"},
        {"format": "another"},
    ],
)
def test_a_manifest_of_other_things_is_damage(folder: Path, changes: dict[str, object]) -> None:
    save(folder, small_session())
    values = json.loads((folder / MANIFEST).read_text()) | changes
    if isinstance(values["objects"], dict):
        values["sha256"] = Manifest(values["objects"], values["values"]).sha256
    (folder / MANIFEST).write_text(json.dumps(values))
    with pytest.raises(SessionDamaged, match=MANIFEST):
        opened(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000, b'{"format": NaN}', b"3"])
def test_a_manifest_that_is_no_json_is_damage(folder: Path, content: bytes) -> None:
    save(folder, small_session())
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(SessionDamaged, match=MANIFEST):
        opened(folder)


def test_ids_that_have_no_word_are_refused(folder: Path) -> None:
    saved = small_session()
    assert saved.tokens is not None
    ids = saved.tokens.ids.copy()
    ids[0] = len(saved.tokens.vocabulary)
    save(folder, replace(saved, tokens=replace(saved.tokens, ids=ids)))
    with pytest.raises(SessionDamaged, match="ids"):
        opened(folder)


def test_a_folder_of_other_things_is_no_session(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    assert not is_session(tmp_path)
    assert not is_session(tmp_path / "a.txt")
    assert not is_session(folder)
    with pytest.raises(NotASession, match=MANIFEST):
        opened(tmp_path)
    save(folder, small_session())
    assert is_session(folder)
    assert saved_when(folder).endswith("+00:00")
    (folder / MANIFEST).write_bytes(b"damaged")
    assert is_session(folder)
    assert saved_when(folder) == ""


def test_a_file_in_place_of_the_folder_is_a_failed_write(folder: Path) -> None:
    folder.write_text("a file")
    with pytest.raises(WriteFailed):
        save(folder, small_session())
    assert folder.read_text() == "a file"


def test_a_text_elsewhere_is_kept_by_its_path(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "글.txt"
    path.write_bytes("나는 산에 간다\n".encode("cp949"))
    saved = small_session(FileText(path, "cp949", "산"))
    save(folder, saved)
    assert bits_of(opened(folder)) == bits_of(saved)
    assert opened(folder).warnings == ()
    path.write_bytes(path.read_bytes() * 2)
    assert isinstance(opened(folder).warnings[0], TextChanged)
    path.unlink()
    found = opened(folder)
    assert isinstance(found.warnings[0], TextGone)
    assert bits_of(found) == bits_of(saved)
    assert b"\xb3\xaa" not in b"".join(files_in(folder).values())


def test_a_text_inside_goes_where_the_session_goes(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "글.txt"
    path.write_bytes("나는 산에 간다\n".encode("cp949"))
    saved = replace(small_session(FileText(path, "cp949")), text_content_inside=True)
    save(folder, saved)
    path.unlink()
    moved = folder.rename(tmp_path / "moved.gloveui")

    found = opened(moved)
    assert found.warnings == ()
    assert found.text is not None
    assert found.text.name == "글.txt"
    assert saved.tokens is not None
    assert read(found.text).ids.tolist() == saved.tokens.ids.tolist()
    save(moved, replace(found, notes="again"))
    copy = tmp_path / "copy.gloveui"
    save(copy, replace(opened(moved), text_content_inside=False))
    (moved / MANIFEST).unlink()
    found = opened(copy)
    assert found.text is not None
    assert read(found.text).ids.tolist() == saved.tokens.ids.tolist()


def test_a_text_that_has_changed_is_not_put_inside(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("one two three")
    saved = replace(small_session(FileText(path)), text_content_inside=True)
    path.write_text("other words")
    (note,) = run_to_end(write_session(folder, saved))
    assert isinstance(note, TextNotInside)
    found = opened(folder)
    assert found.text == FileText(path)
    assert isinstance(found.warnings[0], TextChanged)


def test_a_save_that_is_closed_before_its_end_changes_nothing(folder: Path) -> None:
    save(folder, small_session())
    before = files_in(folder)
    for steps in itertools.count(1):
        forget_what_was_seen()
        task = write_session(folder, replace(small_session(), models=small_session().models[::-1]))
        reached = [next(task).fraction for _ in range(steps)]
        if reached[-1] == 1.0:
            break
        task.close()
        assert files_in(folder).items() >= before.items()
        assert not list(folder.rglob("*.part"))
    assert steps > 5


def test_a_training_goes_on_from_a_session_as_if_it_had_never_stopped(folder: Path) -> None:
    text = random_text(60, 2_000)
    tokens, resources = read(text), Resources(threads=1)
    matrix = count(tokens, window=3)
    config = GloveConfig(dimension=6, epochs=2)
    trainer = Trainer(matrix, config, resources)
    run_to_end(trainer.run())
    trainer.train_further(3)
    kept = saved_checkpoint(trainer, trainer.checkpoint(), fingerprint(matrix), 1)
    save(folder, SavedSession(text=PastedText(text), tokens=tokens, checkpoint=kept))
    whole = run_to_end(trainer.run())

    found = opened(folder)
    assert found.tokens is not None
    assert found.checkpoint is not None
    again = count(found.tokens, window=found.checkpoint.count_options.window)
    resumed = resumed_trainer(found.checkpoint, again, resources)
    embedding = run_to_end(resumed.run())
    assert resumed.losses == trainer.losses
    assert len(resumed.losses) == 5
    assert embedding.vectors.tobytes() == whole.vectors.tobytes()


def test_a_script_saves_and_loads_a_session(folder: Path) -> None:
    run = gloveui.train("I like deep learning\nI like NLP", preset="lecture", dimension=4, epochs=2)
    models = (gloveui.SavedModel(1, "GloVe", run.embedding, run.card),)
    assert gloveui.save_session(gloveui.SavedSession(tokens=run.tokens, models=models), str(folder)) == ()
    found = gloveui.load_session(str(folder))
    assert found.models[0].card == run.card
    assert found.models[0].embedding.vectors.tobytes() == run.embedding.vectors.tobytes()
