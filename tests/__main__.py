"""Everything a change must pass: ``python -m tests`` runs linters, then pytest with the arguments given."""

import os
import subprocess
import sys
from pathlib import Path

MOST_PROCESSES = 4  # each holds about a gigabyte
ROOT = Path(__file__).resolve().parent.parent
LINTERS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format --check": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
    "lint-imports": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
}


def exit_code(name: str, arguments: list[str]) -> int:
    """Run one tool with this interpreter from the root of the checkout, saying which."""
    print(f"── {name}", flush=True)
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode


def main() -> int:
    """Return the worst code; pytest speaks last, so what the linters found is named before it starts."""
    codes = {name: exit_code(name, arguments) for name, arguments in LINTERS.items()}
    failed = [name for name, code in codes.items() if code != 0]
    print(f"── linters: {'failed: ' + ', '.join(failed) if failed else 'all passed'}", flush=True)
    processes = str(min(MOST_PROCESSES, os.cpu_count() or 1))
    tests = exit_code("pytest", ["-m", "pytest", "-n", processes, "--dist", "worksteal", *sys.argv[1:]])
    return max(1 if failed else 0, abs(tests))


if __name__ == "__main__":
    raise SystemExit(main())
