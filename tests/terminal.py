"""Run a program on a pseudo-terminal, press its keys, and read the screen as a terminal would show it."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PATIENCE = 60.0  # seconds, for the slowest of machines, with other tests on it


class Window:
    """Sit before a terminal of so many columns and rows, on which a command runs."""

    def __init__(self, command: Sequence[str], size: tuple[int, int] = (80, 24), **env: str) -> None:
        self._screen = pyte.HistoryScreen(*size, history=1000)
        self._stream = pyte.ByteStream(self._screen)
        self.written = b""
        self._master, slave = os.openpty()
        self._resize(*size)
        self.settings = termios.tcgetattr(self._master)
        self.pid = os.fork()
        if not self.pid:
            os.close(self._master)
            os.login_tty(slave)
            for number in (signal.SIGINT, signal.SIGHUP):  # whoever runs the tests may have turned them off
                signal.signal(number, signal.SIG_DFL)
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", **env})
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        os.close(self._master)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    @property
    def lines(self) -> list[str]:
        """Return what the screen shows, without blanks at the ends."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines).rstrip("\n")

    @property
    def status(self) -> str:
        """Return the last line that something stands in."""
        return self.text.rpartition("\n")[2]

    @property
    def transcript(self) -> str:
        """Return all that can be read by scrolling up."""
        above = [
            "".join(line[x].data for x in range(self._screen.columns)).rstrip() for line in self._screen.history.top
        ]
        return "\n".join([*above, self.text])

    @property
    def cursor(self) -> tuple[int, int]:
        return self._screen.cursor.y, self._screen.cursor.x

    def color(self, text: str) -> str:
        """Return the colour in which a text on the screen is shown."""
        row = next(number for number, line in enumerate(self.lines) if text in line)
        return self._screen.buffer[row][self.lines[row].index(text)].fg

    def press(self, keys: str) -> None:
        """Send keys in one burst."""
        os.write(self._master, keys.encode())

    def see(self, what: str | Callable[[], bool]) -> str:
        """Wait until a pattern is on the screen, or something holds; return the screen."""
        until = time.monotonic() + PATIENCE
        while not (re.search(what, self.text) if isinstance(what, str) else what()):
            assert time.monotonic() < until, f"waited for {what!r}, saw:\n{self.text}"
            self._read(0.05)
        return self.text

    def play(self, keys: str, what: str) -> str:
        """Send keys, and wait for what they lead to."""
        self.press(keys)
        return self.see(what)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._screen.resize(rows, columns)
        self._resize(columns, rows)

    def hang_up(self) -> None:
        """Close the terminal."""
        os.close(self._master)
        self._master = os.open(os.devnull, os.O_RDWR)

    def wait(self) -> int:
        """Wait until the program has ended; return its exit code, or the signal that ended it as a negative number."""
        until = time.monotonic() + PATIENCE
        while (ended := os.waitpid(self.pid, os.WNOHANG)) == (0, 0):
            assert time.monotonic() < until, f"still running:\n{self.text}"
            self._read(0.02)
        while self._read(0.0):
            pass
        return os.waitstatus_to_exitcode(ended[1])

    def restore_settings(self) -> None:
        """Set the terminal as it was before."""
        termios.tcsetattr(self._master, termios.TCSANOW, self.settings)

    def settings_now(self) -> list[Any]:
        return termios.tcgetattr(self._master)

    def _read(self, timeout: float) -> bool:
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux's way to say that nobody is at the other end any more
            return False
        self.written += data
        self._stream.feed(data)
        return bool(data)

    def _resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
