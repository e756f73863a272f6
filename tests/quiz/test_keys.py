"""Press keys on a pseudo-terminal, and see what `Keys` makes of them."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

import termios

from checkpoint.quiz.screen.keys import Key, Keys

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 10.0  # seconds; nobody waits that long, for keys come before


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Return the end of a terminal at which keys are pressed; the other one is standard input."""
    master, slave = os.openpty()
    with os.fdopen(slave) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield master
    os.close(master)


@pytest.mark.parametrize(
    "pressed, keys",
    [
        ("\x1b[A\x1b[B\x1bOA", [Key("up"), Key("down"), Key("up")]),
        ("\r", [Key("enter")]),
        ("a\u00e9\u65e5", [Key("typed", "a"), Key("typed", "\u00e9"), Key("typed", "\u65e5")]),
        ("\x03\x1a", [Key("leave"), Key("suspend")]),
        ("\x1b[200~a\r\x1b[A\x03\x1b[201~b", [Key("paste", "a\r\x1b[A\x03"), Key("typed", "b")]),
        ("\x1b[1;2A", [Key("move up")]),
        ("\x1b[24~\x00x", [Key("typed", "x")]),
    ],
)
def test_keys_have_names(terminal: int, pressed: str, keys: list[Key]) -> None:
    with Keys() as reading:
        os.write(terminal, pressed.encode())
        assert reading.wait(LONG) == keys


def test_an_esc_alone_is_a_key(terminal: int) -> None:
    with Keys() as keys:
        os.write(terminal, b"\x1b")
        start = time.monotonic()
        assert keys.wait(LONG) == [Key("escape")]
        assert time.monotonic() - start < LONG  # nothing else had to be pressed, nor waited for


def test_an_arrow_that_comes_in_two_parts_is_one(terminal: int) -> None:
    with Keys() as keys:
        os.write(terminal, b"x\x1b")
        assert keys.wait(LONG) == [Key("typed", "x")]
        os.write(terminal, b"[A")
        assert keys.wait(LONG) == [Key("up")]


def test_bytes_that_are_no_text_are_no_key(terminal: int) -> None:
    with Keys() as keys:
        os.write(terminal, b"\xff\xfex")
        assert keys.wait(LONG) == [Key("typed", "x")]


def test_nothing_comes_of_nothing(terminal: int) -> None:
    with Keys() as keys:
        assert keys.wait(0.0) == []


@pytest.mark.parametrize(
    "number, name",
    [(signal.SIGWINCH, "redraw"), (signal.SIGINT, "leave"), (signal.SIGTERM, "leave"), (signal.SIGHUP, "leave"),
     (signal.SIGTSTP, "suspend"), (signal.SIGCONT, "continued")],
)  # fmt: skip
def test_a_signal_ends_the_waiting(terminal: int, number: signal.Signals, name: str) -> None:
    def other(*_: object) -> None:
        raise AssertionError

    before = signal.signal(number, other)
    try:
        with Keys() as keys:
            os.kill(os.getpid(), number)
            assert keys.wait(LONG) == [Key(name)]
        assert signal.getsignal(number) is other
    finally:
        signal.signal(number, before)


def test_what_is_turned_off_stays_so(terminal: int) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Keys() as keys:
            os.kill(os.getpid(), signal.SIGHUP)
            assert keys.wait(0.0) == []
    finally:
        signal.signal(signal.SIGHUP, before)


def test_the_terminal_is_given_back_even_after_an_error(terminal: int) -> None:
    before = termios.tcgetattr(terminal)

    def fail() -> None:
        with Keys():
            assert termios.tcgetattr(terminal) != before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert termios.tcgetattr(terminal) == before


def test_input_that_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with Keys() as keys:
            os.close(writer)
            assert keys.wait(LONG) == [Key("leave")]
