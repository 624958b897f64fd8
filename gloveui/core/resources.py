"""What a run may use of the machine: threads, memory, a device, and room on the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass

from gloveui.core.setting_checks import choice, path_text, put_checked, whole_number

DEVICES = ("auto", "cpu", "cuda", "mps")
MIB = 1 << 20
SHARE_OF_FREE_MEMORY = 0.75  # what a run may take where no budget is set


@dataclass(frozen=True, slots=True)
class Resources:
    """Bounds of a run. On the CPU they change the speed and where things are kept, never a result.

    Attributes
    ----------
    threads
        Threads that compute; 0 for one on each core this program may use.
    memory_mib
        MiB that counting may take for its working space and its result, before it goes over to the disk; 0
        for three quarters of what is free.
    mapped_above_mib
        Ids of a text that take more MiB than this are kept in a file and read through a memory map.
    device
        Where training happens: ``"cpu"``, ``"cuda"``, ``"mps"``, or ``"auto"`` for the fastest there is.
    scratch_folder
        Folder for what does not fit in memory; empty for the system's own.

    Raises
    ------
    SettingError
        If a value is out of its bounds or of another type.
    """

    threads: int = 0
    memory_mib: int = 0
    mapped_above_mib: int = 1_024
    device: str = "auto"
    scratch_folder: str = ""

    def __post_init__(self) -> None:
        put_checked(
            self,
            threads=whole_number("threads", self.threads, 0, 1_024),
            memory_mib=whole_number("memory_mib", self.memory_mib, 0),
            mapped_above_mib=whole_number("mapped_above_mib", self.mapped_above_mib, 0),
            device=choice("device", self.device, DEVICES),
            scratch_folder=path_text("scratch_folder", self.scratch_folder),
        )

    @property
    def thread_count(self) -> int:
        """The threads to use, at least 1."""
        return self.threads or usable_cores()

    @property
    def memory_bytes(self) -> int:
        """The budget in bytes, as it is now."""
        return self.memory_mib * MIB or int(free_memory() * SHARE_OF_FREE_MEMORY)


def usable_cores() -> int:
    """Processor cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def busy_cores(threads: int) -> int:
    """Cores that so many threads keep busy."""
    return min(threads, usable_cores())


def free_memory() -> int:
    """Bytes of memory that can be taken without pushing others out."""
    import psutil

    return int(psutil.virtual_memory().available)
