"""A number of bytes that people can read."""

from __future__ import annotations

UNITS = ("bytes", "KB", "MB", "GB", "TB")


class ByteSize(int):
    """A number of bytes; as text it is in the unit that suits it, in powers of 1,000."""

    def __str__(self) -> str:
        amount, unit = float(self), 0
        while amount >= 999.5 and unit < len(UNITS) - 1:
            amount, unit = amount / 1000, unit + 1
        return f"{amount:.0f} {UNITS[unit]}" if unit == 0 or amount >= 9.95 else f"{amount:.1f} {UNITS[unit]}"
