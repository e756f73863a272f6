"""Time `checkpoint batch` on a class of 500 against one pytest a submission, and against a bare loop, in one run.

    python benchmarks/batch.py [--count N] [--rounds N] [--jobs N] [--pytest-sample N]

(a) is what a teacher would do with plain pytest: a process for each submission, as many at a time as there are jobs.
(b) is an app after the other without a wall and without pytest: see `bare.py`. Each round has a class of its own, so
that nothing is left over from the one before, and the three take turns, so that a busy machine is busy for all. Medians
and ratios are printed, then where the time goes. Trust the ratios, not the rates.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import classroom
import stages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bare import Question
    from classroom import HandedIn

ROOT = Path(__file__).parents[1]
PLAIN = ROOT / "benchmarks" / "plain"
BARE = ROOT / "benchmarks" / "bare.py"
SOLUTION = ROOT / "solution" / "app.py"
PYTEST_BOUND = 15
BARE_BOUND = 0.5


@dataclass(frozen=True, slots=True)
class Measured:
    """What one of the three did, by round: submissions a second of whole commands, and processor ms a submission."""

    rates: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    @contextmanager
    def measure(self, count: int) -> Iterator[None]:
        """Measure the commands that are run meanwhile, for so many submissions."""
        started, before = time.perf_counter(), stages.seconds_of_children()
        yield
        self.rates.append(count / (time.perf_counter() - started))
        self.work.append(1000 * (stages.seconds_of_children() - before) / count)

    @property
    def rate(self) -> float:
        """Return the median rate."""
        return statistics.median(self.rates)

    def __str__(self) -> str:
        return f"{self.rate:8.1f}  {statistics.median(self.work):8.1f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500, help="submissions in a class (default 500)")
    parser.add_argument("--rounds", type=int, default=3, help="classes (default 3)")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time, for each of the three (default 2)")
    parser.add_argument("--pytest-sample", type=int, default=60, help="of all rounds together, for (a) (default 60)")
    parser.add_argument("--looked-into", type=int, default=100, help="of the last class, by stage (default 100)")
    parser.add_argument("--seed", type=int, default=1, help="other classes (default 1)")
    chosen = parser.parse_args()
    os.chdir(ROOT)

    pytest, bare, ours = Measured(), Measured(), Measured()
    asked: dict[str, list[Question]] = {}
    with tempfile.TemporaryDirectory() as work:
        for number in range(chosen.rounds):
            folder = Path(work) / f"class{number}"
            handed_in = classroom.make(folder, chosen.count, chosen.seed + number)
            asked |= stages.questions([one for one in handed_in if one.variant not in asked])
            few = classroom.sample(handed_in, max(1, chosen.pytest_sample // chosen.rounds))
            run_pytest(few, chosen.jobs, pytest)
            run_bare(handed_in, asked, chosen.jobs, Path(work) / "plan.json", bare)
            run_batch(folder, handed_in, chosen.jobs, Path(work) / f"out{number}", ours)
        roles = [question.role for one in handed_in for question in asked[one.variant]]
        learner, solution = (roles.count(role) / chosen.count for role in ("learner", "solution"))
        print(f"{chosen.count} submissions, {chosen.jobs} jobs, isolation full; medians of {chosen.rounds} rounds")
        print("                          a second  processor ms each")
        print(f"(a) one pytest each       {pytest}    (extrapolated from {chosen.pytest_sample} in all)")
        print(f"(b) bare loop             {bare}    ({learner:.0f} requests each, {solution:.0f} to the solution)")
        print(f"checkpoint batch          {ours}")
        print(f"ratio to (a)              {ours.rate / pytest.rate:8.2f}    (bound {PYTEST_BOUND})")
        print(f"ratio to (b)              {ours.rate / bare.rate:8.2f}    (bound {BARE_BOUND}; the aim is 1)\n")
        stages.tell(handed_in[: chosen.looked_into])
    return 0 if ours.rate >= PYTEST_BOUND * pytest.rate and ours.rate >= BARE_BOUND * bare.rate else 1


def run_pytest(handed_in: list[HandedIn], jobs: int, measured: Measured) -> None:
    """Run one pytest for each submission, `jobs` at a time."""
    # No plugins that the machine happens to have.
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

    def passes(one: HandedIn) -> bool:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", PLAIN, "--app", one.path]
        return not subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    with measured.measure(len(handed_in)), ThreadPoolExecutor(jobs) as pool:
        passed = list(pool.map(passes, handed_in))
    check([*passed], handed_in, "plain pytest")


def run_bare(
    handed_in: list[HandedIn], asked: dict[str, list[Question]], jobs: int, plan: Path, measured: Measured
) -> None:
    """Run the bare loop over a class."""
    submissions = [(str(one.path), one.variant) for one in handed_in]
    plan.write_text(json.dumps({"solution": str(SOLUTION), "submissions": submissions, "asked": asked}))
    with measured.measure(len(handed_in)):
        subprocess.run([sys.executable, BARE, plan, "--jobs", str(jobs)], check=True)


def run_batch(folder: Path, handed_in: list[HandedIn], jobs: int, out: Path, measured: Measured) -> None:
    """Run the real command over a class, as somebody does who wants marks."""
    command = [
        sys.executable, "-m", "checkpoint", "batch", folder, "--out", out, "--jobs", str(jobs),
        "--isolation", "require", "--checkpoint", ROOT,
    ]  # fmt: skip
    environment = {**os.environ, "XDG_DATA_HOME": str(out.with_suffix(".home"))}
    with measured.measure(len(handed_in)):
        finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise SystemExit(f"checkpoint batch ended with exit code {finished.returncode}:\n{finished.stderr}")
    found = verdicts(out, {one.id for one in handed_in})
    check([found.get(one.id) for one in handed_in], handed_in, "checkpoint batch")


def verdicts(out: Path, ids: set[str]) -> dict[str, bool]:
    """Return who passed, as the JSON reports in a folder say; a report names the path that it is about."""
    found = {}
    for path in out.rglob("*.json"):
        told = json.loads(path.read_bytes())
        if isinstance(told, dict) and str(told.get("schema")).startswith("checkpoint.report/"):
            found |= dict.fromkeys(
                ids & {*Path(told["submission"]["path"]).parts, *path.parts, path.stem}, told["passed"]
            )
    return found


def check(passed: list[bool | None], handed_in: list[HandedIn], who: str) -> None:
    """End the benchmark if a verdict is wrong or (None) missing: speed is worth nothing then."""
    wrong = [one for one, did in zip(handed_in, passed, strict=True) if did != (one.kind == "solution")]
    if wrong:
        found = "".join(f"\n  {one.id} ({one.kind}: {one.variant})" for one in wrong)
        raise SystemExit(f"{who} is wrong about {len(wrong)} of {len(handed_in)}:{found}")


if __name__ == "__main__":
    raise SystemExit(main())
