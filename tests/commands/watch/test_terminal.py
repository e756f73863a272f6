"""Press keys on a pseudo-terminal, and see what reaches whoever waits for them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

import termios

from checkpoint.commands.watch.terminal import LEAVE, REDRAW, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 20.0  # seconds; nobody waits that long, for keys come before


@pytest.fixture
def master(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Return the end of a terminal at which keys are pressed; the other one is standard input."""
    master, slave = os.openpty()
    with os.fdopen(slave) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield master
    os.close(master)


@pytest.mark.parametrize(
    "pressed, keys",
    [
        ("h", ["h"]),
        ("hD", ["h", "d"]),
        ("\x1b[D\x1bOqd", ["d"]),
        ("\x1b[1;5Cq", ["q"]),
        ("\x1bq\x1bd\x1b", []),
        ("\x04", [LEAVE]),
    ],
)
def test_letters_are_keys_and_what_arrows_send_is_none(master: int, pressed: str, keys: list[str]):
    with Terminal(keys=True) as terminal:
        os.write(master, f"{pressed}.".encode())
        assert terminal.wait(LONG) == [*keys, *([] if pressed.endswith("\x1b") else ["."])]


def test_what_was_pressed_before_is_forgotten_on_demand(master: int):
    with Terminal(keys=True) as terminal:
        os.write(master, b"q")
        terminal.drain()
        os.write(master, b"h")
        assert terminal.wait(LONG) == ["h"]


def test_another_thread_wakes_who_waits(master: int):
    with Terminal(keys=True) as terminal:
        thread = threading.Timer(0.01, terminal.wake)
        thread.start()
        assert terminal.wait(LONG) == []
        thread.join()
        terminal.wake()
        assert terminal.wait(LONG) == []


def test_nothing_comes_of_nothing(master: int):
    with Terminal(keys=True) as terminal:
        assert terminal.wait(0.0) == []


def test_another_width_is_told(master: int):
    with Terminal(keys=True) as terminal:
        os.kill(os.getpid(), signal.SIGWINCH)
        assert terminal.wait(LONG) == [REDRAW]


def test_the_terminal_is_given_back_with_all_else(master: int):
    before, handler = termios.tcgetattr(master), signal.getsignal(signal.SIGWINCH)
    with suppress(KeyError), Terminal(keys=True):
        assert termios.tcgetattr(master) != before
        raise KeyError
    assert termios.tcgetattr(master) == before
    assert signal.getsignal(signal.SIGWINCH) == handler
    assert signal.set_wakeup_fd(-1) == -1


def test_without_keys_input_is_left_alone(master: int):
    before = termios.tcgetattr(master)
    with Terminal(keys=False) as terminal:
        assert termios.tcgetattr(master) == before
        os.write(master, b"q\n")
        assert terminal.wait(0.0) == []
        terminal.wake()
        assert terminal.wait(LONG) == []
