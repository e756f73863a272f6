"""Read keys from the terminal, and the signals that concern one, and give it back as it was."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prompt_toolkit.input import create_input
from prompt_toolkit.keys import Keys as Pressed

if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Any

    from prompt_toolkit.key_binding import KeyPress

_ESCAPE = 0.05  # seconds after which an Esc begins no arrow key any more
_POLL = 0.02  # seconds between two looks, where select knows sockets only

_NAMES = {
    Pressed.Up: "up", Pressed.Down: "down", Pressed.Left: "left", Pressed.Right: "right",
    Pressed.ControlP: "up", Pressed.ControlN: "down", Pressed.ControlB: "left", Pressed.ControlF: "right",
    Pressed.ShiftUp: "move up", Pressed.ShiftDown: "move down",
    Pressed.PageUp: "page up", Pressed.PageDown: "page down",
    Pressed.Home: "home", Pressed.End: "end", Pressed.ControlA: "home", Pressed.ControlE: "end",
    Pressed.ControlM: "enter", Pressed.ControlJ: "enter", Pressed.Escape: "escape",
    Pressed.ControlH: "backspace", Pressed.Delete: "delete",
    Pressed.ControlU: "cut before", Pressed.ControlK: "cut after", Pressed.ControlW: "cut word",
    Pressed.ControlC: "leave", Pressed.ControlD: "leave", Pressed.ControlZ: "suspend", Pressed.ControlL: "redraw",
    Pressed.BracketedPaste: "paste",
}  # fmt: skip
_SIGNALS = {
    "SIGINT": "leave", "SIGTERM": "leave", "SIGHUP": "leave", "SIGBREAK": "leave",
    "SIGTSTP": "suspend", "SIGCONT": "continued", "SIGWINCH": "redraw",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """Name what was pressed, or what happened; `text` is what was typed (one character) or pasted."""

    name: str
    text: str = ""


class Keys:
    """Hold the terminal in raw mode, and wait for keys and signals."""

    def __init__(self) -> None:
        self._input = create_input()
        self._raw = self._input.raw_mode()
        self._happened: list[Key] = []
        self._handlers: dict[signal.Signals, Any] = {}
        self._half_read = False  # there may be an Esc of which nobody knows yet whether more follows

    def __enter__(self) -> Keys:
        """Take the terminal over."""
        if sys.platform != "win32":
            self._wake_reader, self._wake_writer = os.pipe()
            os.set_blocking(self._wake_reader, False)
            os.set_blocking(self._wake_writer, False)
            self._former_wakeup = signal.set_wakeup_fd(self._wake_writer, warn_on_full_buffer=False)
        for name, event in _SIGNALS.items():
            number = getattr(signal, name, None)
            # What whoever started us has turned off (nohup, a shell without job control) stays so.
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                self._handlers[number] = signal.signal(number, self._handler(event))
        self._raw.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the terminal back."""
        self._raw.__exit__(kind, error, trace)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        if sys.platform != "win32":
            signal.set_wakeup_fd(self._former_wakeup)
            os.close(self._wake_reader)
            os.close(self._wake_writer)

    def wait(self, timeout: float) -> list[Key]:
        """Return what has been pressed and what has happened, nothing if there is nothing for `timeout` seconds."""
        until = time.monotonic() + timeout
        while True:
            left = max(until - time.monotonic(), 0.0)
            ready = self._ready(_ESCAPE if self._half_read else left)
            if ready or sys.platform == "win32":
                pressed, self._half_read = self._input.read_keys(), ready
                if ready and not pressed and self._gone():
                    self._happened.append(Key("leave"))
            else:
                pressed, self._half_read = self._input.flush_keys(), False
            keys = [*self._happened, *filter(None, map(_named, pressed))]
            self._happened.clear()
            if keys or time.monotonic() >= until:
                return keys

    def suspend(self) -> None:
        """Stop the whole job, as Ctrl-Z does elsewhere; return when it goes on."""
        if sys.platform == "win32" or signal.SIGTSTP not in self._handlers:
            return
        self._raw.__exit__(None, None, None)
        # A handler of ours would break off `resume`, where that waits in the background for its `fg`.
        ours = [(number, signal.signal(number, signal.SIG_DFL)) for number in (signal.SIGTSTP, signal.SIGCONT)]
        os.kill(0, signal.SIGTSTP)
        self.resume()
        for number, handler in ours:
            signal.signal(number, handler)

    def resume(self) -> None:
        """Take the terminal over again, after somebody else may have had it."""
        if sys.platform != "win32":
            former = signal.signal(signal.SIGCONT, signal.SIG_DFL)
            self._raw.__enter__()
            signal.signal(signal.SIGCONT, former)

    def _handler(self, event: str) -> Any:
        def handle(number: int, frame: FrameType | None) -> None:
            self._happened.append(Key(event))

        return handle

    def _ready(self, timeout: float) -> bool:
        """Wait for input, but no longer than for a signal; say whether there is any."""
        if self._happened:
            timeout = 0.0
        if sys.platform == "win32":
            time.sleep(min(timeout, _POLL))
            return False
        ready, _, _ = select.select([self._input.fileno(), self._wake_reader], [], [], timeout)
        with suppress(BlockingIOError):
            os.read(self._wake_reader, 1024)
        return self._input.fileno() in ready

    def _gone(self) -> bool:
        """Say whether the terminal is there no more."""
        if self._input.closed:
            return True
        if sys.platform != "win32":
            import termios

            try:
                termios.tcgetattr(self._input.fileno())
            except termios.error:
                return True
        return False


def _named(press: KeyPress) -> Key | None:
    """Return a key under our name; None for those that do nothing here."""
    if press.key in _NAMES:
        return Key(_NAMES[Pressed(press.key)], press.data if press.key == Pressed.BracketedPaste else "")
    printable = not isinstance(press.key, Pressed) and press.data.isprintable()
    return Key("typed", press.data) if printable else None
