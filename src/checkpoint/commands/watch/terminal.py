"""Take single keys from a terminal while waiting, and give it back as it was.

Ctrl-C and Ctrl-Z stay signals: they must work also while something is graded and nobody waits for keys. So the quiz's
keys would not do; and their library takes longer to import than a verdict may take.
"""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

if sys.platform == "win32":
    import msvcrt
else:
    import termios
    import tty

if TYPE_CHECKING:
    from types import FrameType

POLL_SECONDS = 0.02  # where select knows sockets only
LEAVE, REDRAW = "leave", "redraw"  # beside keys, which are one letter each
_END_OF_INPUT = "\x04"  # Ctrl-D
# Arrows and the like are several characters, of which none is a key of ours.
_SEQUENCES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)


class Terminal:
    """Hold standard input so that keys come one by one, if `keys`; be woken by signals and by other threads."""

    def __init__(self, *, keys: bool) -> None:
        self.stopped = False  # whether we were (Ctrl-Z), since somebody set this to False
        self._keys = sys.stdin.fileno() if keys else None
        self._happened: list[str] = []

    def __enter__(self) -> Self:
        """Take the terminal over."""
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._former_wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._former = {}
        for name, handler in (("SIGWINCH", self._resized), ("SIGTSTP", self._suspend), ("SIGCONT", self._continued)):
            number = getattr(signal, name, None)
            # What whoever started us has turned off (nohup, a shell without job control) stays so.
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                self._former[number] = signal.signal(number, handler)
        if sys.platform != "win32" and self._keys is not None:
            self._settings: list[Any] = termios.tcgetattr(self._keys)
        self._take()
        return self

    def __exit__(self, *_: object) -> None:
        """Give the terminal back."""
        self._restore()
        for number, handler in self._former.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._former_wakeup)
        self._reader.close()
        self._writer.close()

    def wake(self) -> None:
        """End a `wait`, now or the next one; from whichever thread."""
        with suppress(OSError):  # it has been woken so often that there is no room, or it is closed
            self._writer.send(b"\0")

    def wait(self, seconds: float) -> list[str]:
        """Return what was pressed and what happened; nothing when woken, or after so many seconds."""
        until = time.monotonic() + seconds
        while True:
            left = max(until - time.monotonic(), 0.0)
            woken, typed = self._ready(0.0 if self._happened else left)
            happened = [*self._happened, *_keys(typed)]
            self._happened.clear()
            if woken or happened or time.monotonic() >= until:
                return happened

    def drain(self) -> None:
        """Forget what was pressed until now."""
        if self._keys is not None:
            self._ready(0.0)

    def _ready(self, seconds: float) -> tuple[bool, str]:
        """Wait for something; say whether it was to wake us, and return what was typed."""
        watched: list[Any] = [self._reader]
        if sys.platform == "win32":
            seconds = min(seconds, POLL_SECONDS) if self._keys is not None else seconds
        elif self._keys is not None:
            watched.append(self._keys)
        ready, _, _ = select.select(watched, [], [], seconds)
        woken = False
        if self._reader in ready:
            with suppress(BlockingIOError):
                woken = bool(self._reader.recv(4096))
        typed = ""
        if sys.platform == "win32":
            while self._keys is not None and msvcrt.kbhit():
                typed += msvcrt.getwch()
        elif self._keys is not None and self._keys in ready:
            typed = self._read(self._keys)
        return woken, typed

    def _read(self, descriptor: int) -> str:
        """Return what was typed; the end of all input if the terminal is there no more."""
        try:
            return os.read(descriptor, 1024).decode("utf-8", "replace") or _END_OF_INPUT
        except OSError:
            return _END_OF_INPUT

    def _resized(self, _number: int, _frame: FrameType | None) -> None:
        self._happened.append(REDRAW)

    def _continued(self, _number: int, _frame: FrameType | None) -> None:
        """Take the terminal over again, after somebody else may have had it."""
        self.stopped = True
        self._happened.append(REDRAW)
        self._take()

    def _suspend(self, number: int, _frame: FrameType | None) -> None:
        """Stop as Ctrl-Z does elsewhere, with the terminal as it was; `_continued` takes it over again."""
        self._restore()
        before = signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(signal.Signals(number))
        signal.signal(number, before)

    def _take(self) -> None:
        if sys.platform != "win32" and self._keys is not None:
            with suppress(termios.error):  # it is gone, which reading tells
                tty.setcbreak(self._keys)

    def _restore(self) -> None:
        if sys.platform != "win32" and self._keys is not None:
            with suppress(termios.error):
                termios.tcsetattr(self._keys, termios.TCSADRAIN, self._settings)


def _keys(typed: str) -> list[str]:
    """Return what was typed, key by key."""
    return [LEAVE if key == _END_OF_INPUT else key.lower() for key in _SEQUENCES.sub("", typed)]
