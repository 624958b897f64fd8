from __future__ import annotations

import time
import unicodedata

from gloveui.core.composition import composed


def test_marks_without_end_are_in_canonical_order_before_long() -> None:
    marks = "\u0301\u0323\u0344\u0f73\u0f71\u20dd\u0345" * 2_000
    text = f"e{marks} x"
    assert composed(text) == unicodedata.normalize("NFC", text)
    begin = time.process_time()
    composed("e" + "\u0301\u0323" * 100_000)
    assert time.process_time() - begin < 3  # one sort; by exchanging neighbours it would be half a minute
