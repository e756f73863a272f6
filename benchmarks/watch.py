"""Time `checkpoint grade --watch` from a save to the verdict on the screen, against `checkpoint grade` from the start.

    python benchmarks/watch.py [--saves N] [PATH]

The real command runs on a pseudo-terminal. Saves alternate with whole runs, so that a busy machine is busy for both,
and between editors that write the file and those that put a new one in its place. The clock starts when the save is
done, and stops when the terminal has been sent the line below the verdict. The bound of 150 ms is for the median, on a
machine that does nothing else; elsewhere trust the ratio.
"""

from __future__ import annotations

import argparse
import os
import pty
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BOUND_MS = 150
PAUSE_SECONDS = 2.2  # between two saves; by then the solution is asked again, as it is for people, who save seldom


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", default="solution/app.py")
    parser.add_argument("--saves", type=int, default=20, help="saves that count (default 20)")
    chosen = parser.parse_args()
    os.chdir(ROOT)
    source = Path(chosen.path).read_text("utf-8")
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(XDG_DATA_HOME=home, TERM="xterm-256color", COLUMNS="80", LINES="50")
        os.environ.pop("CI", None)
        app = Path(home, "work", "app.py")
        app.parent.mkdir()
        app.write_text(source, "utf-8")
        grade = [sys.executable, "-m", "checkpoint", "grade", str(app), "--checkpoint", str(ROOT)]
        process, terminal = pty.fork()
        if process == 0:
            os.execv(grade[0], [*grade, "--watch"])
        verdict(terminal)
        saved: list[float] = []
        cold: list[float] = []
        for number in range(chosen.saves + 1):
            started = time.perf_counter()
            subprocess.run(grade, stdout=subprocess.DEVNULL, check=False)
            cold.append(1000 * (time.perf_counter() - started))
            time.sleep(PAUSE_SECONDS)
            started = save(app, f"{source}# {number}\n", replace=number % 2 == 0)
            verdict(terminal)
            saved.append(1000 * (time.perf_counter() - started))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
    saved, cold = saved[1:], cold[1:]  # the first time all is warm
    typical, whole = statistics.median(saved), statistics.median(cold)
    print(f"from a save        {typical:7.1f} ms, {min(saved):.1f} to {max(saved):.1f} (bound {BOUND_MS})")
    print(f"from the start     {whole:7.1f} ms, {min(cold):.1f} to {max(cold):.1f}")
    print(f"ratio              {typical / whole:7.2f}")
    return 0 if typical <= BOUND_MS else 1


def save(app: Path, text: str, *, replace: bool) -> float:
    """Save as editors do, in place or with a new file; return when that was done."""
    if replace:
        new = app.with_name(".app.py.new")
        new.write_text(text, "utf-8")
        new.replace(app)
    else:
        app.write_text(text, "utf-8")
    return time.perf_counter()


def verdict(terminal: int) -> None:
    """Read until a verdict and the line of keys below it are there."""
    seen = b""
    while not (b" points" in seen and b"quit" in seen.rpartition(b" points")[2]):
        seen += os.read(terminal, 65536)


if __name__ == "__main__":
    sys.exit(main())
