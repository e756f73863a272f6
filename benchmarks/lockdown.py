"""Measure what locking a worker down costs a submission, in one run with the same without it.

    python benchmarks/lockdown.py [--rounds N] [PATH]

One round starts a worker, loads the app, asks it twelve times and ends it; rounds with and without the lock-down
alternate, so that a busy machine is busy for both. Printed are medians, their difference (the bound is 5 ms) and what
the parts cost. Trust ratios, not milliseconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint import intake
from checkpoint.model import Limits
from checkpoint.worker import launch

if TYPE_CHECKING:
    from checkpoint.model import Submission
    from checkpoint.worker.launch import Launcher

ROOT = Path(__file__).parents[1]
BOUND_MS = 5.0
REQUESTS = 12
LIMITS = Limits()
ENVIRON = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": ""}
SETUPS = {
    "all of it": frozenset[str](),
    "no private root": frozenset({"root"}),
    "no Landlock": frozenset({"landlock"}),
    "nothing": frozenset({"root", "landlock", "seccomp"}),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", type=Path, default=ROOT / "solution" / "app.py")
    parser.add_argument("--rounds", type=int, default=200, help="rounds of each kind (default 200)")
    chosen = parser.parse_args()
    submission = intake.take(chosen.path, LIMITS)
    launchers = {name: launch.start(without=without) for name, without in SETUPS.items()}
    times: dict[str, list[float]] = {name: [] for name in SETUPS}
    try:
        for launcher in launchers.values():
            once(launcher, submission)
        for _round in range(chosen.rounds):
            for name, launcher in launchers.items():
                times[name].append(once(launcher, submission))
    finally:
        for launcher in launchers.values():
            launcher.wait()
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name:<16} {median:6.2f} ms a submission  {median / medians['nothing']:5.2f} x")
    cost = medians["all of it"] - medians["nothing"]
    print(f"\nThe lock-down adds {cost:.2f} ms to a submission (bound {BOUND_MS:g} ms).")
    return 0 if cost <= BOUND_MS else 1


def once(launcher: Launcher, submission: Submission) -> float:
    """Return the milliseconds of one round."""
    started = time.perf_counter()
    worker = launcher.worker(LIMITS)
    files = [[name, len(content)] for name, content in submission.files.items()]
    worker.send({"verb": "load", "main": submission.main, "files": files}, b"".join(submission.files.values()))
    worker.receive(("loaded",), LIMITS.load_seconds)
    for _ in range(REQUESTS):
        worker.send({"verb": "request", "environ": ENVIRON, "probe": None, "body_bytes": LIMITS.body_bytes})
        worker.receive(("response",), LIMITS.request_seconds)
    worker.discard()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
