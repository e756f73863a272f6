"""Time the first question of `checkpoint quiz` on a terminal, and count what an idle question writes.

    python benchmarks/quiz.py [--runs N] [--idle SECONDS]

Runs alternate with a bare import of the two libraries it is made with, so that a busy machine is busy for both. Trust
the ratio, not the milliseconds; the bounds are those of a person: 0.35 s until there is something to read, and fewer
than 20 bytes a second, which is what a braille display keeps up with.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIRST_BOUND = 0.35  # seconds
IDLE_BOUND = 20  # bytes a second
LIBRARIES = "import click, yaml, rich.text, prompt_toolkit.input; print('a) ', flush=True)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="pairs of runs (default 9)")
    parser.add_argument("--idle", type=float, default=5, help="seconds to watch an idle question (default 5)")
    chosen = parser.parse_args()
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(XDG_DATA_HOME=home, TERM="xterm-256color")
        quiz = [sys.executable, "-m", "checkpoint", "quiz"]
        screen, plain, libraries = [], [], []
        for number in range(chosen.runs + 1):
            for command, times in (
                (quiz, screen),
                ([*quiz, "--plain"], plain),
                ([sys.executable, "-c", LIBRARIES], libraries),
            ):
                seconds, _ = watched(command, 0)
                if number:
                    times.append(seconds)
        _, idle = watched(quiz, chosen.idle)
    first, rate = statistics.median(screen), idle / chosen.idle
    print(f"first question    {1000 * first:7.1f} ms on a terminal (bound {1000 * FIRST_BOUND:.0f})")
    print(f"                  {1000 * statistics.median(plain):7.1f} ms line by line")
    print(f"ratio             {first / statistics.median(libraries):7.2f}    to importing its libraries alone")
    print(f"idle              {rate:7.1f} bytes a second (bound {IDLE_BOUND})")
    return 0 if first <= FIRST_BOUND and rate < IDLE_BOUND else 1


def watched(command: list[str], idle: float) -> tuple[float, int]:
    """Run a command on a terminal; return the seconds to its first option, and the bytes written while idle."""
    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execv(command[0], command)
    seen = b""
    while b"a) " not in seen:
        seen += os.read(terminal, 65536)
    first = time.perf_counter() - started
    written, settled = 0, time.monotonic() + 0.5  # what belongs to the first drawing
    end = settled + idle
    while idle and time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            data = os.read(terminal, 65536)
            written += len(data) if time.monotonic() > settled else 0
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(terminal)
    return first, written


if __name__ == "__main__":
    sys.exit(main())
