from __future__ import annotations

import threading

from gloveui.state.turns import Turns


def test_one_who_waits_comes_before_the_one_who_had_the_turn_last():
    turns, order = Turns(), []
    waits = threading.Event()

    def wait_for_a_turn():
        waits.set()
        with turns.taken():
            order.append("waiting")

    other = threading.Thread(target=wait_for_a_turn)
    with turns.taken():
        other.start()
        waits.wait()
        while not turns._entrance.locked():  # the other thread stands at the entrance now
            pass
        order.append("first")
    with turns.taken():
        order.append("again")
    other.join()

    assert order == ["first", "waiting", "again"]
