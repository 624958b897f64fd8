"""Numbers as people read them."""

from __future__ import annotations

from gloveui.core.byte_size import ByteSize


def grouped(count: int) -> str:
    """A whole number with commas between thousands."""
    return f"{count:,}"


def byte_size(count: int) -> str:
    """A number of bytes in the unit that suits it, in powers of 1,000."""
    return str(ByteSize(count))


def speed(per_second: float) -> str:
    """So many things a second: ``16.1 M`` or ``830 k``."""
    for factor, sign in ((1e6, " M"), (1e3, " k")):
        if per_second >= factor:
            amount = per_second / factor
            return f"{amount:.1f}{sign}" if amount < 100 else f"{amount:.0f}{sign}"
    return f"{per_second:.0f}"


def epoch_position(position: float) -> str:
    """Epochs done, with a decimal inside one: 7.4, and 15 at the end."""
    return f"{position:.0f}" if position == int(position) else f"{position:.1f}"


def duration(seconds: float) -> str:
    """A time span: ``34 ms``, ``6.2 s``, ``48 s``, ``3:20 min``, ``1:05 h``."""
    if 0 < seconds < 0.095:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    seconds = round(seconds)
    if seconds < 3600:
        return f"{seconds // 60}:{seconds % 60:02d} min"
    minutes = seconds // 60
    return f"{minutes // 60}:{minutes % 60:02d} h"
