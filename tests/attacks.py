"""Grade hostile submissions, and see what came through: points, words, things left behind.

Each sample below `samples/attacks` is a folder with an `app.py` whose head says what it tries and what the wall and
the grader must answer. An attack prints a line that starts with PWNED if, and only if, it has done what it must not.
Its head has these lines:

`# attack:` and `# must:` in words; `# base: NAME`, the sample that it may not earn more than (00_base without it);
`# check: ID STATUS|STATUS`, `# cause: CAUSE|CAUSE` and `# words: REGEX`, what the report says; `# limits: NAME=VALUE`
and more of them for what takes its time; `# through: SETUP, SETUP`, where it is known to come through, and must, or
that line is a lie; `# maybe: SETUP, SETUP`, where it does on some machines, most often those where workers are the user
that owns Python; `# append: 'TEXT' * COUNT` (`in FILE`, else in app.py), what is too large to be kept.

`__TASKS__`, `__SOLUTION__` and `__SIBLING__` stand for the starter's list, the path of the solution and that of another
learner's app.py. Those two lie in a folder that anybody may write to, so that nothing but the wall protects them.

Run it to grade files and folders, also those that are no samples yet:
`python tests/attacks.py --level strong tests/samples/attacks/*`.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import dataclasses
import hashlib
import os
import re
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.errors import CheckpointError, GradingError
from checkpoint.judge.session import Options, judge
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import Course, Limits, Report, Submission
    from checkpoint.worker.launch import Launcher

ROOT = Path(__file__).parents[1]
SAMPLES = Path(__file__).parent / "samples" / "attacks"
SEED = 20
# What the lock-down leaves out for each. `rooted` and `partial` are both of the level "partial".
SETUPS: dict[str, frozenset[str]] = {
    "full": frozenset(),
    "strong": frozenset({"root"}),
    "rooted": frozenset({"landlock"}),
    "partial": frozenset({"root", "landlock"}),
}
LEVELS = {"full": "full", "strong": "strong", "rooted": "partial", "partial": "partial"}
# Attacks give these names to what they make where everybody can, so that it can be told from what others do there.
MARK = re.compile("pwned|^fill.bin$")
MARK_KEY = int.from_bytes(b"pwnd", "big")
PUBLIC = ("/tmp", "/var/tmp", "/dev/shm")
# How long the judge may take beyond the limits of the submission: its own work, on a machine that others use too.
SLACK_SECONDS = 15.0
_HEAD = re.compile(r"^# ?(attack|must|base|check|cause|words|limits|through|maybe|append)\b:? *(.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Head:
    """Say what an attack is built on, and what the grader must answer."""

    base: str = "00_base"
    checks: tuple[tuple[str, frozenset[str]], ...] = ()
    causes: frozenset[str] = frozenset()
    words: str | None = None
    limits: tuple[tuple[str, float], ...] = ()
    through: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    appended: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Tell what came of an attack: `pwned` are lines that it printed, `left` what it left behind, in words."""

    name: str
    head: Head
    report: Report
    base_points: int
    pwned: tuple[str, ...]
    left: tuple[str, ...]
    seconds: float

    @property
    def points(self) -> int:
        """Return the points that it earned."""
        return self.report.score.earned

    def faults(self, setup: str) -> list[str]:
        """Return, in words, what is not as the head says and as it has to be everywhere; nothing if all is well."""
        head, found = self.head, [f"left behind: {thing}" for thing in self.left]
        if self.points > self.base_points:
            found.append(f"{self.points} points, where {head.base} has {self.base_points}")
        if self.pwned and setup not in head.through | head.maybe:
            found += self.pwned
        if setup in head.through and not self.pwned:
            found.append(f"its head says that it comes through at {setup}, and it did not")
        found += [f"error in {check.id}" for check in self.report.checks if check.status == "error"]
        statuses = {check.id: check.status for check in self.report.checks}
        for id, wanted in head.checks:
            if statuses[id] not in wanted:
                found.append(f"{id} is {statuses[id]}, not {' or '.join(sorted(wanted))}")
        if head.causes and self.report.cause not in head.causes:
            found.append(f"the cause is {self.report.cause}, not {' or '.join(sorted(head.causes))}")
        if head.words and not any(re.search(head.words, text, re.IGNORECASE) for text in texts(self.report)):
            found.append(f"no text of the report has {head.words!r}")
        if self.seconds > self.allowed_seconds:
            found.append(f"it took {self.seconds:.1f} s, where {self.allowed_seconds:.1f} s would be much")
        return found

    @property
    def allowed_seconds(self) -> float:
        """Return how long grading it may take."""
        limits = dict(self.head.limits)
        return limits.get("run_seconds", 30.0) + limits.get("load_seconds", 5.0) + SLACK_SECONDS


@dataclass
class Ground:
    """Hold what attacks are graded with, one after the other: course, launcher, and the files that they aim at."""

    setup: str
    course: Course
    solution: Submission
    launcher: Launcher
    outside: Path
    _points: dict[str, int] = field(default_factory=dict)

    def base_points(self, name: str) -> int:
        """Return what a base earns here."""
        if name not in self._points:
            submission = take(SAMPLES / name, read_head(SAMPLES / name), self)
            self._points[name] = judge(
                self.course, submission, self.solution, self.launcher, Options(SEED)
            ).score.earned
        return self._points[name]

    def honest_points(self) -> int:
        """Return what the solution earns as the next submission."""
        report = judge(self.course, self.solution, self.solution, self.launcher, Options(SEED))
        return report.score.earned

    def settle(self) -> None:
        """Wait until all workers that have ended are buried: this one's turn comes after them."""
        self.launcher.worker(self.course.checkpoint.limits).discard()

    def restart(self) -> None:
        """Go on with a new launcher, after an attack that took the old one down."""
        self.launcher.wait()
        self.launcher = launch.start(required="partial", without=SETUPS[self.setup])


class NotHere(Exception):
    """Tell that this machine does not give a setup, and why."""


@contextlib.contextmanager
def ground(setup: str) -> Iterator[Ground]:
    """Provide what attacks need, with a temporary folder of its own; raises NotHere if the machine cannot give it."""
    course = courses.load(ROOT)
    before = tempfile.tempdir
    # Not below a folder that only we may enter: then that, and not the wall, would keep attacks out.
    place = Path(tempfile.mkdtemp(prefix="attacks-"))
    place.chmod(0o755)
    try:
        (place / "temporary").mkdir()
        (place / "temporary").chmod(0o1777)
        tempfile.tempdir = str(place / "temporary")
        launcher = launch.start(required="partial", without=SETUPS[setup])
        try:
            try:
                wall = launcher.wall(course.checkpoint.limits)
            except GradingError as error:
                raise NotHere(str(error)) from None
            if {part for part, _why, _remedy in wall.lacks} != SETUPS[setup]:
                raise NotHere("; ".join(f"{part}: {why}" for part, why, _remedy in wall.lacks))
            solution = intake.take(course.solution, course.checkpoint.limits)
            here = Ground(setup, course, solution, launcher, place / "outside")
            _lay_out(here.outside)
            yield here
            launcher = here.launcher
        finally:
            launcher.wait()
            tempfile.tempdir = before
    finally:
        shutil.rmtree(place, ignore_errors=True)


def samples() -> list[Path]:
    """Return the folders of all attacks, bases first."""
    return sorted(path for path in SAMPLES.iterdir() if path.is_dir())


def read_head(path: Path) -> Head:
    """Return what the first lines of a sample's app.py say; what they leave out is as in `Head`."""
    lines = _main(path).read_text("utf-8", "replace").splitlines()
    told: dict[str, list[str]] = {}
    for line in lines:
        if not line.startswith("#"):
            break
        if found := _HEAD.match(line):
            told.setdefault(found[1], []).append(found[2])
    one = {key: values[-1] for key, values in told.items()}
    checks = tuple(tuple(line.split(None, 1)) for line in told.get("check", ()))
    return Head(
        base=one.get("base", _name(path) if _name(path).startswith("00_") else "00_base"),
        checks=tuple((id, _words(statuses, "|")) for id, statuses in checks),
        causes=_words(one.get("cause", ""), "|"),
        words=one.get("words"),
        limits=tuple((name, float(value)) for name, value in re.findall(r"(\w+)=([\d.]+)", one.get("limits", ""))),
        through=_words(one.get("through", ""), ","),
        maybe=_words(one.get("maybe", ""), ","),
        appended=tuple(_product(text) for text in told.get("append", ())),
    )


def take(path: Path, head: Head, ground: Ground) -> Submission:
    """Return a sample as a submission: placeholders filled in, what its head appends appended."""
    values = {
        b"__TASKS__": repr(_tasks(ground.course)).encode(),
        b"__SOLUTION__": str(ground.outside / "solution" / "app.py").encode(),
        b"__SIBLING__": str(ground.outside / "sibling" / "app.py").encode(),
    }
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / _name(path)
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_dir():
                continue
            content = file.read_bytes()
            for placeholder, value in values.items():
                content = content.replace(placeholder, value)
            copy = root / ("app.py" if path.is_file() else file.relative_to(path))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        for name, content in head.appended:
            with (root / name).open("ab") as grown:
                grown.write(content)
        return intake.take(root, ground.course.checkpoint.limits)


def attack(path: Path, ground: Ground) -> Outcome:
    """Grade a sample (a folder, or a file) and find what came through.

    Raises GradingError if it took down what it is graded with; the ground then has a new launcher.
    """
    head = read_head(path)
    base_points = ground.base_points(head.base)
    submission = take(path, head, ground)
    limits: dict[str, Any] = dict(head.limits)
    options = Options(SEED, limits=dataclasses.replace(_limits(ground), **limits))
    _lay_out(ground.outside)
    ground.settle()
    before = state(ground)
    started = time.monotonic()
    try:
        report = judge(ground.course, submission, ground.solution, ground.launcher, options)
        ground.settle()
    except BaseException:
        ground.restart()
        _remove_marked()
        raise
    seconds = time.monotonic() - started
    left = left_behind(before, state(ground))
    _remove_marked()
    if ground.setup in head.through | head.maybe:  # it is known to reach these
        left = [thing for thing in left if not thing.startswith(("outside", "public"))]
    return Outcome(_name(path), head, report, base_points, tuple(_pwned(report)), tuple(left), seconds)


def texts(report: Report) -> Iterator[str]:
    """Yield every text in a report that a submission had a hand in."""
    yield report.output
    yield from report.notes
    for check in report.checks:
        yield check.output
        if check.feedback is not None:
            told = check.feedback
            yield from (text for text in (told.message, told.expected, told.actual) if text)
            yield from (frame.function for frame in told.traceback)


def _pwned(report: Report) -> Iterator[str]:
    for text in texts(report):
        yield from (line[:200] for line in text.splitlines() if line.startswith("PWNED"))


def _limits(ground: Ground) -> Limits:
    return ground.course.checkpoint.limits


def _name(path: Path) -> str:
    return path.stem if path.is_file() else path.name


def _main(path: Path) -> Path:
    return path if path.is_file() else path / "app.py"


def _words(text: str, separator: str) -> frozenset[str]:
    return frozenset(word for part in text.split(separator) if (word := part.strip()))


def _product(text: str) -> tuple[str, bytes]:
    """Return the file that `'TEXT' * COUNT in FILE` names, and the bytes that go behind what it has."""
    product, _in, name = text.partition(" in ")
    value, _star, count = product.rpartition("*")
    return name.strip() or "app.py", str(ast.literal_eval(value.strip())).encode() * int(count)


def _tasks(course: Course) -> list[str]:
    """Return the list that the starter gives to learners."""
    tree = ast.parse((course.starter / "app.py").read_bytes())
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "TASKS" for t in node.targets):
            return [str(task) for task in ast.literal_eval(node.value)]
    raise AssertionError("the starter has no TASKS")


def _lay_out(outside: Path) -> None:
    """Put what attacks aim at where the wall alone protects it, as it was before the last attack."""
    shutil.rmtree(outside, ignore_errors=True)
    files = {
        "solution/app.py": "SECRET = 'the solution'\n",
        "sibling/app.py": "SECRET = 'the work of somebody else'\n",
        "sibling/.git/config": "[user]\n    name = somebody\n",
        "checks/test_secret.py": "def test_secret(): pass\n",
    }
    for name, text in files.items():
        file = outside / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o666)
    (outside / "sibling" / "latest").symlink_to("a-name-that-tells-something")
    for folder in [outside, *(path for path in outside.rglob("*") if path.is_dir())]:
        folder.chmod(0o777)


def state(ground: Ground) -> dict[str, set[str]]:
    """Return all that an attack could have left behind, by kind, as words to compare."""
    zygote = _zygote(ground.launcher)
    outside = {_described(path) for path in [ground.outside, *ground.outside.rglob("*")]}
    public = {f"{place}/{name}" for place in PUBLIC for name in _listed(place) if MARK.search(name)}
    work = f"/proc/{zygote}/root{ground.launcher._spawner.work}"  # the zygote alone may see it
    return {
        "outside": outside,
        "public": public | {str(path) for path in ground.outside.parent.glob("temporary/*pwned*")},
        "process": {f"{pid} of {parent}" for parent in {zygote, os.getpid()} for pid in _children(parent)},
        "work folder": {*_listed(work)},
        "descriptor": {f"{number} -> {_link(f'/proc/self/fd/{number}')}" for number in _listed("/proc/self/fd")},
        "descriptors of the zygote": {str(len(_listed(f"/proc/{zygote}/fd")))},
        "System V IPC": {line for kind in ("shm", "msg", "sem") for line in _lines(f"/proc/sysvipc/{kind}", MARK_KEY)},
        "socket": {*_lines("/proc/net/unix", "pwned")},
    }


def left_behind(before: dict[str, set[str]], after: dict[str, set[str]]) -> list[str]:
    """Return, in words, what is not as it was."""
    return [f"{kind}: {thing}" for kind in before for thing in sorted(after[kind] ^ before[kind]) if "/fd" not in thing]


def _described(path: Path) -> str:
    status = path.lstat()
    content = hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""
    kind = f"{status.st_mode:o} {status.st_uid}:{status.st_gid}"
    return f"{path} {kind} {'' if path.is_dir() else status.st_mtime_ns} {content}"


def _remove_marked() -> None:
    for place in PUBLIC:
        for name in _listed(place):
            if MARK.search(name):
                with contextlib.suppress(OSError):
                    (Path(place) / name).unlink()


def _zygote(launcher: Launcher) -> int:
    return int(launcher._spawner._process.pid)  # type: ignore[attr-defined]


def _children(pid: int) -> set[str]:
    found: set[str] = set()
    for task in _listed(f"/proc/{pid}/task"):
        with contextlib.suppress(OSError):
            found |= {*Path(f"/proc/{pid}/task/{task}/children").read_text().split()}
    return found


def _listed(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names are wanted, of folders that may go meanwhile
    except OSError:
        return []


def _link(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115 - the text is wanted
    except OSError:  # the one that the folder was listed through
        return "/fd"


def _lines(file: str, word: object) -> list[str]:
    try:
        lines = Path(file).read_text(errors="replace").splitlines()
    except OSError:
        return []
    return [line for line in lines if re.search(rf"\b{word}", line)]


def main(argv: list[str] | None = None) -> int:
    """Grade each path and print a line about each; return 1 if anything came through."""
    parser = argparse.ArgumentParser(description="Grade hostile submissions and tell what came through.")
    parser.add_argument(
        "--level", choices=SETUPS, default="full", help="isolation; rooted: partial with a private root"
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="an app.py, or a folder with one")
    options = parser.parse_args(argv)
    bad = 0
    with ground(options.level) as here:
        for path in options.paths:
            bad += not _tell(path, here)
    return 1 if bad else 0


def _tell(path: Path, here: Ground) -> bool:
    """Print what came of one attack; return whether all is well."""
    try:
        outcome = attack(path, here)
        honest = here.honest_points() == outcome.report.score.possible
    except CheckpointError as error:
        print(f"{_name(path)}: NOT GRADED: {type(error).__name__}: {error}")
        return False
    faults = [*outcome.faults(here.setup), *([] if honest else ["the next submission, the solution, was hurt"])]
    known = " (known to come through)" if outcome.pwned and not faults else ""
    print(
        f"{outcome.name}: {outcome.points} points, base {outcome.base_points}; cause {outcome.report.cause}; "
        f"{outcome.seconds:.2f} s; next submission {'unhurt' if honest else 'HURT'}{known}"
    )
    for fault in faults:
        print(f"    {fault}")
    return not faults and not outcome.pwned


if __name__ == "__main__":
    raise SystemExit(main())
