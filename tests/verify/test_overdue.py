"""A check that hangs is ended by an alarm."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import suppress

import pytest

from checkpoint.verify.overdue import Overdue, alarm

LONG_SECONDS = 60.0

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no such alarms")


def test_what_hangs_is_ended_and_again_if_it_swallows_that():
    def hangs() -> None:
        with alarm(0.05):
            with suppress(BaseException):  # as a check may
                time.sleep(LONG_SECONDS)
            time.sleep(LONG_SECONDS)

    with pytest.raises(Overdue):
        hangs()


def test_what_comes_to_its_end_leaves_the_clock_and_its_taker_as_they_were():
    before = signal.getsignal(signal.SIGALRM)
    with alarm(LONG_SECONDS) as set_back:
        set_back()
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_where_no_alarm_can_be_taken_there_is_none():
    done = []

    def elsewhere() -> None:
        with alarm(0.01) as set_back:
            set_back()
            done.append(signal.getitimer(signal.ITIMER_REAL))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join(LONG_SECONDS)
    assert done == [(0.0, 0.0)]
