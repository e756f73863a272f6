"""Play a small quiz on a pseudo-terminal, with a clock that can be put forward."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from ..terminal import Window

DRIVER = Path(__file__).with_name("pty_driver.py")
UP, DOWN, RIGHT, LEFT, PAGE_UP, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~"


class Player(Window):
    """Sit before a terminal of so many columns and rows, on which a small quiz is played."""

    def __init__(
        self, tmp_path: Path, *ask: str, size: tuple[int, int] = (80, 24), shell: str = "", **how: Any
    ) -> None:
        self._result = tmp_path / "result.json"
        self._at = tmp_path / "at"
        self.ahead()
        how = {"ask": ask, "at": str(self._at), "result": str(self._result), **how}
        command = [sys.executable, str(DRIVER), json.dumps(how)]
        if shell:
            command = ["sh", "-m", "-c", shell, "sh", *command]
        super().__init__(command, size)

    def ahead(self, seconds: float = 0.0, slept: float = 0.0) -> None:
        """Put the clock forward from what it was in the beginning."""
        new = self._at.with_suffix(".new")
        new.write_text(f"{seconds} {slept}")
        new.replace(self._at)

    def end(self) -> dict[str, Any]:
        """Wait until the program has ended; return what it says has come of the sitting."""
        self.wait()
        result: dict[str, Any] = json.loads(self._result.read_text())
        return result
