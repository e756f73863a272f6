"""Read lines from standard input with a deadline, and what stands there without its Enter when time is up."""

from __future__ import annotations

import os
import queue
import select
import threading
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

_LONGEST_LINE = 64 * 1024  # characters; what somebody pipes in must not fill the memory
_CHUNK = 4096  # bytes


class Lines:
    """Hand out lines as they come."""

    def __init__(self, stream: TextIO) -> None:
        self.terminal = stream.isatty()
        self._fd = stream.fileno()
        self._decoder = getincrementaldecoder(stream.encoding or "utf-8")("replace")
        self._text = ""
        self._ended = False
        self._chunks: queue.Queue[bytes] | None = None
        if os.name == "nt":  # there select knows sockets only
            self._chunks = queue.Queue()
            threading.Thread(target=self._pump, args=(self._chunks,), daemon=True).start()

    def next(self, timeout: float | None) -> str | None:
        """Return the next line without its end, None if none comes within `timeout` seconds.

        Raises EOFError when there are no more; a last line without an end is one.
        """
        while "\n" not in self._text and not self._ended:
            data = self._read(timeout)
            if data is None:
                return None
            self._take(data)
        line, end, rest = self._text.partition("\n")
        if not end and not line:
            raise EOFError
        self._text = rest
        return line.rstrip("\r")[:_LONGEST_LINE]

    def unfinished(self) -> str:
        """Return what was typed since the last Enter, and forget it, with all that was typed ahead."""
        text, self._text = self._text, ""
        if self.terminal and os.name != "nt":
            text += self._typed()
        self._decoder.reset()
        return text.partition("\n")[0].rstrip("\r")

    def _typed(self) -> str:
        """Return what a terminal still keeps back because Enter has not been pressed."""
        import termios

        settings = termios.tcgetattr(self._fd)
        raw = [*settings[:3], settings[3] & ~termios.ICANON, *settings[4:6], [*settings[6]]]
        raw[6][termios.VMIN], raw[6][termios.VTIME] = 0, 0
        try:
            termios.tcsetattr(self._fd, termios.TCSANOW, raw)
            return self._decoder.decode(os.read(self._fd, _CHUNK))
        finally:
            termios.tcsetattr(self._fd, termios.TCSAFLUSH, settings)

    def _take(self, data: bytes) -> None:
        self._ended = not data
        self._text += self._decoder.decode(data, final=self._ended)
        if "\n" not in self._text:
            self._text = self._text[:_LONGEST_LINE]

    def _read(self, timeout: float | None) -> bytes | None:
        """Return some bytes, none at the end of input, None if nothing came in time."""
        if self._chunks is not None:
            try:
                return self._chunks.get(timeout=timeout)
            except queue.Empty:
                return None
        ready, _, _ = select.select([self._fd], [], [], timeout)
        return os.read(self._fd, _CHUNK) if ready else None

    def _pump(self, chunks: queue.Queue[bytes]) -> None:
        while data := os.read(self._fd, _CHUNK):
            chunks.put(data)
        chunks.put(b"")
