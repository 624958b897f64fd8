"""Prints the table of the engine's speed: ``python -m tests.benchmarks``."""

from __future__ import annotations

from gloveui.environment import prepare_environment

if __name__ == "__main__":
    prepare_environment()
    from tests.benchmarks.engine import all_rows

    print("| what | speed | compared |\n|---|---|---|")
    for row in all_rows():
        print(f"| {' | '.join(row)} |", flush=True)
