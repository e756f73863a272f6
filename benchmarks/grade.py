"""Time `checkpoint grade` against plain pytest with equivalent checks in-process, in one run.

    python benchmarks/grade.py [--runs N] [PATH]

Runs alternate, so that a busy machine is busy for both; medians and their ratio are printed, then where
the milliseconds of one graded run go, the price of `--help`, and peak memory. Trust the ratios, not the milliseconds.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLAIN = ROOT / "benchmarks" / "plain"
BOUND = 1.2
HELP_BOUND = 2.5

STAGES = """
import time; times = [("", time.perf_counter())]
def mark(name): times.append((name, time.perf_counter()))
import checkpoint.cli, checkpoint.commands.grade; mark("import click and the command")
from checkpoint.worker import launch
launcher = launch.start(); mark("start the zygote")
from pathlib import Path
from checkpoint import course as courses, intake
path = Path(__import__("sys").argv[1]); course = courses.choose(None, path)
limits = course.checkpoint.limits
submission, solution = intake.take(path, limits), intake.take(course.solution, limits); mark("take both apps in")
from checkpoint.judge import run, session; mark("import Flask for the test client")
import checkpoint.judge.plugin; mark("import pytest")
report = session.judge(course, submission, solution, launcher, session.Options(1)); mark("run the checks")
from checkpoint.report import render
render("terminal", report); mark("draw the report")
launcher.wait(); mark("end what was started")
for (_, before), (name, after) in zip(times, times[1:]): print(f"  {1000 * (after - before):7.1f} ms  {name}")
print(f"  {sum(c.duration_ms for c in report.checks):7.1f} ms  of it in the {len(report.checks)} checks")
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", default="solution/app.py")
    parser.add_argument("--runs", type=int, default=15, help="pairs of runs (default 15)")
    chosen = parser.parse_args()
    os.chdir(ROOT)

    graded = [sys.executable, "-m", "checkpoint", "grade", chosen.path]
    # Neither side loads plugins that the machine happens to have.
    plain = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(PLAIN), "--app", chosen.path]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ours, theirs = paired(graded, plain, chosen.runs, environment)
    print(f"checkpoint grade  {ours:7.1f} ms (isolated)")
    print(f"plain pytest      {theirs:7.1f} ms (in-process)")
    print(f"ratio             {ours / theirs:7.2f}    (bound {BOUND})")

    print("\nwhere the milliseconds go, in one run:")
    subprocess.run([sys.executable, "-c", STAGES, chosen.path], check=True)

    help_ms, click_ms = paired(
        [sys.executable, "-m", "checkpoint", "--help"], [sys.executable, "-c", "import click"], chosen.runs, environment
    )
    print(f"\ncheckpoint --help {help_ms:7.1f} ms, {help_ms / click_ms:.2f} x importing click (bound {HELP_BOUND})")
    memory(graded)
    return 0 if ours <= BOUND * theirs and help_ms <= HELP_BOUND * click_ms else 1


def paired(one: list[str], other: list[str], runs: int, environment: dict[str, str]) -> tuple[float, float]:
    """Return the median milliseconds of two commands whose runs alternate; the first pair does not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 1):
        for command, kept in zip((one, other), times, strict=True):
            started = time.perf_counter()
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            if number:
                kept.append(1000 * (time.perf_counter() - started))
    return statistics.median(times[0]), statistics.median(times[1])


def memory(command: list[str]) -> None:
    """Print the peak memory of the largest process in one graded run (judge, zygote or worker)."""
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of any one process: {peak:.0f} MiB")


if __name__ == "__main__":
    raise SystemExit(main())
