"""The rules of the house that no linter checks."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "gloveui").rglob("*.py"))
TOP_LEVEL = {
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "gloveui",
    "main.py",
    "pyproject.toml",
    "resources",
    "tests",
}
MADE_BY_TOOLS = {"__pycache__", "build", "dist"}

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
RULED_OUT = {
    "code run from data": r"allow_pickle\s*=\s*True|weights_only\s*=\s*False|\beval\(",
    "a 32-bit signal": r"\bSignal\(int\b",
    "a nested event loop": r"\bprocessEvents\(",
    "a thread ended by force": r"\.terminate\(\)",
    "a kernel that holds the GIL": r"@(numba\.|nb\.)?n?jit\b(?!.*nogil=True)",
}


def modules_after(statement: str) -> set[str]:
    """Top-level names of the modules that a fresh interpreter has loaded after `statement`."""
    program = f"{statement}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    output = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert output.returncode == 0, output.stderr
    return {name.partition(".")[0] for name in json.loads(output.stdout)}


@pytest.mark.parametrize("module", ["gloveui", "gloveui.api", "gloveui.cli"])
def test_importing_what_runs_without_a_window_loads_no_qt(module: str) -> None:
    assert modules_after(f"import {module}").isdisjoint({"PySide6", "shiboken6", "pyqtgraph"})


def test_importing_the_package_alone_loads_nothing_heavy() -> None:
    heavy = {"numpy", "scipy", "numba", "torch"}
    assert modules_after("import gloveui").isdisjoint(heavy)


def test_importing_the_main_window_loads_nothing_that_only_work_needs() -> None:
    heavy = {"torch", "scipy", "numba", "sklearn", "gensim", "umap", "openTSNE", "kiwipiepy"}
    assert modules_after("import gloveui.views.main_window") & heavy == set()


def test_the_top_level_holds_only_what_belongs_there() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - MADE_BY_TOOLS == TOP_LEVEL


def test_the_tests_do_not_run_on_the_pair_of_pyside_and_python_that_aborts() -> None:
    import PySide6

    assert sys.version_info >= (3, 12) or PySide6.__version_info__ < (6, 12)


def test_the_changelog_begins_with_what_is_unreleased_or_with_this_version() -> None:
    import gloveui

    versions = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] in {"Unreleased", gloveui.__version__}


def test_the_torch_of_the_readme_is_one_that_the_package_accepts() -> None:
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = {r.name: r for r in map(Requirement, project["dependencies"])}
    named = re.findall(r"torch==([\d.]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(set(named)) == 1
    assert named[0] in requirements["torch"].specifier


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_source_file_is_short_and_uses_nothing_ruled_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    found = [
        f"line {number}: {why}"
        for number, line in enumerate(lines, 1)
        for why, pattern in RULED_OUT.items()
        if re.search(pattern, line)
    ]
    assert found == []
    assert len(lines) <= LONGEST_FILE
    assert long_functions(ast.parse(text)) == []


def long_functions(tree: ast.Module) -> list[str]:
    """Names of the functions that have more lines than a function should."""
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > LONGEST_FUNCTION
    ]
