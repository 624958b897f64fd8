"""The Korean texts answer to the English ones of the package, one to one."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import gloveui
from gloveui import core, storage
from gloveui.core import errors, text_notes
from gloveui.views.languages import LANGUAGES, read_translations

PACKAGE = Path(gloveui.__file__).parent
TEXTS_FROM_ERRORS = PACKAGE / "views" / "languages.py"
FOREIGN = [language for language in LANGUAGES if language != "en"]


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call of a method in a file, with the method's name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr


def text_arguments(path: Path) -> Iterator[ast.expr]:
    """What is given to be translated: the first argument of `tr`, the second of Qt's `translate`."""
    for call, name in calls(path):
        if name == "tr":
            yield call.args[0]
        elif name == "translate" and is_qts(call) and path != TEXTS_FROM_ERRORS:
            yield call.args[1]


def is_qts(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    owner = call.func.value
    return isinstance(owner, ast.Name) and owner.id in ("QCoreApplication", "QApplication")


def literals(path: Path) -> Iterator[str]:
    for argument in text_arguments(path):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def kinds_of_error(kind: type[errors.GloveError] = errors.GloveError) -> Iterator[type[errors.GloveError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from kinds_of_error(child)


def import_whatever_raises_errors() -> None:
    """Kinds of errors are known once their modules are imported."""
    for package in (core, storage):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def texts_of_the_program() -> set[str]:
    import_whatever_raises_errors()
    shown = {text for path in PACKAGE.rglob("*.py") for text in literals(path)}
    told = {text for kind in kinds_of_error() for text in (kind.template, kind.advice) if text}
    return shown | told | set(text_notes.TEMPLATES.values())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_tr_is_given_a_literal(path: Path) -> None:
    for argument in text_arguments(path):
        is_literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        assert is_literal, f"{path.name}:{argument.lineno} translates what is not a literal"


@pytest.mark.parametrize("language", FOREIGN)
def test_every_text_is_translated(language: str) -> None:
    assert sorted(texts_of_the_program() - set(read_translations(language))) == []


@pytest.mark.parametrize("language", FOREIGN)
def test_no_translation_is_left_over(language: str) -> None:
    assert sorted(set(read_translations(language)) - texts_of_the_program()) == []


@pytest.mark.parametrize("language", FOREIGN)
def test_translations_have_the_fields_of_their_source(language: str) -> None:
    for source, translation in read_translations(language).items():
        assert translation.strip(), source
        assert fields(translation) == fields(source), source
