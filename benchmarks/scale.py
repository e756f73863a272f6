"""Time `checkpoint batch` on one core and on two, here and on a Dask cluster of that size, and say what limits it.

    python benchmarks/scale.py [--count N] [--rounds N] [--cores N ...]

The cluster is on this machine, with one worker for each core, so what Dask costs is seen and what a network costs is
not. In each round there is a class of its own, and all ways take turns at it, so that a busy machine is busy for all.
Besides rates there is what cannot be spread: the processor time of the one process that reads and writes (the
coordinator) and of Dask's scheduler. From both follows how far it grows. Trust the ratios, not the rates.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import batch
import classroom
import stages
from distributed import LocalCluster

if TYPE_CHECKING:
    from classroom import HandedIn

ROOT = Path(__file__).parents[1]
MANY = 100_000


@dataclass(frozen=True, slots=True)
class Measured:
    """What one way did, by round: submissions a second; processor ms a submission of coordinator and scheduler."""

    rates: list[float] = field(default_factory=list)
    coordinator: list[float] = field(default_factory=list)
    scheduler: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return the median rate."""
        return statistics.median(self.rates)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="submissions in a class (default 200)")
    parser.add_argument("--rounds", type=int, default=3, help="classes (default 3)")
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2], help="how many to use (default 1 2)")
    parser.add_argument("--seed", type=int, default=1, help="other classes (default 1)")
    chosen = parser.parse_args()
    os.chdir(ROOT)

    local = {cores: Measured() for cores in chosen.cores}
    dask = {cores: Measured() for cores in chosen.cores}
    with tempfile.TemporaryDirectory() as work:
        for number in range(chosen.rounds):
            folder = Path(work) / f"class{number}"
            handed_in = classroom.make(folder, chosen.count, chosen.seed + number)
            for cores in chosen.cores:
                run(folder, handed_in, Path(work) / f"jobs{cores}-{number}", ["--jobs", str(cores)], local[cores])
                with LocalCluster(n_workers=cores, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as it:
                    address = it.scheduler_address
                    run(folder, handed_in, Path(work) / f"dask{cores}-{number}", ["--dask", address], dask[cores])
    tell(chosen.count, chosen.rounds, local, dask)
    return 0


def run(folder: Path, handed_in: list[HandedIn], out: Path, how: list[str], measured: Measured) -> None:
    """Run the real command over a class, as somebody does who wants marks, and see that the marks are right."""
    command = [sys.executable, "-m", "checkpoint", "batch", folder, "--out", out, *how, "--checkpoint", ROOT]
    started, before, own = time.perf_counter(), stages.seconds_of_children(), time.process_time()
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    count = len(handed_in)
    measured.rates.append(count / (time.perf_counter() - started))
    measured.coordinator.append(1000 * (stages.seconds_of_children() - before) / count)
    measured.scheduler.append(1000 * (time.process_time() - own) / count)  # a LocalCluster's is in this process
    if finished.returncode:
        raise SystemExit(f"checkpoint batch {' '.join(how)} ended with {finished.returncode}:\n{finished.stderr}")
    found = batch.verdicts(out, {one.id for one in handed_in})
    batch.check([found.get(one.id) for one in handed_in], handed_in, f"checkpoint batch {' '.join(how)}")


def tell(count: int, rounds: int, local: dict[int, Measured], dask: dict[int, Measured]) -> None:
    """Print what was measured, and what follows from it."""
    first = next(iter(local.values())).rate
    print(f"{count} submissions; medians of {rounds} rounds; whole commands, starting and writing included\n")
    print("                 a second  ratio   coordinator  scheduler   (processor ms each)")
    for name, ways in (("--jobs", local), ("--dask, workers:", dask)):
        for cores, it in ways.items():
            line = f"{name:<16}{cores:>2} {it.rate:7.1f} {it.rate / first:6.2f}"
            if ways is dask:
                line += f" {statistics.median(it.coordinator):12.2f} {statistics.median(it.scheduler):10.2f}"
            print(line)
    most = max(dask)
    coordinator = statistics.median(dask[most].coordinator)
    rate = dask[most].rate / most
    bound = 1000 / max(coordinator, statistics.median(dask[most].scheduler))
    print(f"\n{MANY} submissions at {rate:.1f} a second and core, up to {bound:.0f} a second, extrapolated:")
    for cores in (1, 8, 32, 128):
        reached = min(cores * rate, bound)
        print(f"  {cores:4} cores  {MANY / reached / 3600:6.2f} h{'   (the coordinator)' if reached == bound else ''}")


if __name__ == "__main__":
    raise SystemExit(main())
