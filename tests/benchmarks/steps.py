"""How long a task takes, and the longest of its steps."""

from __future__ import annotations

import time

import numpy as np

from gloveui.core.progress import Progress, Task, run_to_end


def durations(task: Task[object]) -> tuple[str, str]:
    """Seconds in all, and milliseconds of the longest step."""
    steps = [time.perf_counter()]

    def note(progress: Progress) -> None:
        steps.append(time.perf_counter())

    run_to_end(task, note)
    steps.append(time.perf_counter())
    return f"{steps[-1] - steps[0]:.2f} s", f"{1000 * max(np.diff(steps)):.0f} ms"
