"""The coordinator: what is judged, what is kept, and what becomes of those whose judges die."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint import course as courses
from checkpoint.batch import coordinator
from checkpoint.batch.coordinator import Batch
from checkpoint.batch.find import find
from checkpoint.batch.gradebook import Gradebook
from checkpoint.batch.gradebook.records import Run
from checkpoint.batch.judging import Judge, Setup
from checkpoint.batch.pool import Outcome
from checkpoint.errors import BrokenCheckpoint
from tests.conftest import APP

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.batch.coordinator import Progress
    from checkpoint.batch.pool import Chunk
    from tests.conftest import Write

OTHER = APP.replace("world", "there")


@dataclass
class Here:
    """Judge in this process; whoever is in `kills` takes the judge with it, so many times."""

    judge: Judge
    kills: dict[str, int] = field(default_factory=dict)
    size: int = 2
    sent: list[list[str]] = field(default_factory=list)
    waiting: deque[Chunk] = field(default_factory=deque)

    @property
    def room(self) -> int:
        return 4 - len(self.waiting)

    def send(self, chunk: Chunk) -> None:
        self.sent.append([task.id for task in chunk])
        self.waiting.append(chunk)

    def next(self, _seconds: float) -> Outcome | None:
        if not self.waiting:
            return None
        chunk = self.waiting.popleft()
        deadly = [task.id for task in chunk if self.kills.get(task.id)]
        if deadly:
            self.kills[deadly[0]] -= 1
            return Outcome(chunk)
        try:
            return Outcome(chunk, self.judge.judge(chunk))
        except Exception as trouble:
            return Outcome(chunk, trouble=trouble)

    def finish(self) -> None:
        """End nothing."""

    def close(self) -> None:
        """End nothing."""


@dataclass
class Ground:
    """Hold a tiny checkpoint, a folder of submissions and a gradebook."""

    root: Path
    submissions: Path
    out: Path

    def hand_in(self, **apps: str) -> None:
        for id, app in apps.items():
            path = self.submissions / id / "app.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(app, "utf-8")

    def grade(self, *, seed: int = 7, kills: dict[str, int] | None = None, **options: Any) -> Graded:
        course = courses.load(self.root)
        setup = Setup(self.root, course.fingerprint, seed)
        found = list(find(self.submissions))
        run = Run(course.fingerprint, "hello", "Hello", 100, seed, "submissions")
        with Judge(setup) as judge, Gradebook.open(self.out) as book:
            book.begin(run)
            book.enroll((one.id, one.shown, one.warning) for one in found)
            judges = Here(judge, kills or {})
            told: list[tuple[int, int, int]] = []
            options.setdefault("tell", lambda now: told.append((now.of, now.kept, now.graded)))
            levels = ("full", "strong", "partial", "none")
            batch = Batch(found, setup, course.checkpoint.limits, book, judges, levels, **options)
            batch.run()
            book.finish()
            marks = {mark.id: mark for mark in book.marks()}
        return Graded(judges, told, {id: (mark.earned, mark.ours) for id, mark in marks.items()})


@dataclass
class Graded:
    judges: Here
    told: list[tuple[int, int, int]]
    marks: dict[str, tuple[float, bool]]

    @property
    def judged(self) -> list[str]:
        return sorted(id for chunk in self.judges.sent for id in chunk)


@pytest.fixture
def ground(course: Write, tmp_path: Path) -> Ground:
    return Ground(course(), tmp_path / "submissions", tmp_path / "out")


def test_everybody_has_one_result(ground: Ground):
    ground.hand_in(ada=APP, ben=OTHER, cy="app = ")
    graded = ground.grade()
    assert graded.marks == {"ada": (2, False), "ben": (0, False), "cy": (0, False)}
    assert graded.judged == ["ada", "ben", "cy"]
    assert graded.told[-1] == (3, 0, 3)


def test_what_is_graded_already_is_not_judged_again(ground: Ground):
    ground.hand_in(ada=APP, ben=OTHER)
    ground.grade()
    ground.hand_in(ben=APP, cy=APP)
    graded = ground.grade()
    assert graded.judged == ["ben", "cy"]
    assert graded.marks == {"ada": (2, False), "ben": (2, False), "cy": (2, False)}
    assert graded.told[-1] == (3, 1, 2)
    assert ground.grade().judged == []
    assert ground.grade(again=True).judged == ["ada", "ben", "cy"]
    assert ground.grade(seed=8).judged == []
    assert ground.grade(seed=8, same_seed=True).judged == ["ada", "ben", "cy"]


def test_other_checks_are_other_marks(ground: Ground):
    ground.hand_in(ada=APP)
    ground.grade()
    check = ground.root / "checks" / "test_hello.py"
    check.write_text(check.read_text().replace("points=2", "points=3"), "utf-8")
    graded = ground.grade()
    assert (graded.judged, graded.marks) == (["ada"], {"ada": (3, False)})


def test_what_cannot_be_read_has_no_points_and_stops_nobody(ground: Ground):
    ground.hand_in(ada=APP, cy=APP)
    (ground.submissions / "ben").mkdir()
    (ground.submissions / "dan").symlink_to(ground.submissions / "ada")
    (ground.submissions / "eve.zip").write_bytes(b"PK\3\4 no archive")
    graded = ground.grade()
    assert graded.marks == {
        "ada": (2, False), "ben": (0, False), "cy": (2, False), "dan": (0, False), "eve": (0, False)
    }  # fmt: skip


@pytest.mark.parametrize("deaths", [1, 2])
def test_a_judge_that_dies_costs_nobody_anything(ground: Ground, deaths: int):
    ground.hand_in(**{f"s{number:02}": APP if number % 2 else OTHER for number in range(20)})
    undisturbed = ground.grade().marks
    graded = ground.grade(again=True, kills={"s04": deaths})
    assert graded.marks == undisturbed
    # One by one, so that it shows who it was; only those of its chunk.
    alone = [chunk[0] for chunk in graded.judges.sent if graded.judges.sent.count(chunk) and "s04" in chunk]
    assert len(alone) == deaths + 1


def test_who_kills_three_judges_is_told_apart_and_not_tried_for_ever(ground: Ground):
    ground.hand_in(**{f"s{number:02}": APP for number in range(40)})
    graded = ground.grade(kills={"s04": 99, "s05": 99})
    assert graded.marks["s04"] == graded.marks["s05"] == (0, True)
    assert {mark for id, mark in graded.marks.items() if id not in ("s04", "s05")} == {(2, False)}
    tries = Counter(id for chunk in graded.judges.sent for id in chunk)
    assert tries["s04"] == tries["s05"] == coordinator.DEATHS
    with Gradebook.read(ground.out) as book:
        report = book.report("s04")
    assert report.stopped is not None
    assert "died of it" in report.stopped.message
    assert ground.grade().judged == ["s04", "s05"]  # which may go better another time


def test_what_ends_a_batch_keeps_what_there_is(ground: Ground):
    ground.hand_in(**{f"s{number:02}": APP for number in range(20)})

    def heed() -> None:
        with Gradebook.read(ground.out) as book:
            if book.counts().graded >= 5:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ground.grade(heed=heed)
    with Gradebook.read(ground.out) as book:
        kept = book.counts().graded
    assert 5 <= kept < 20
    graded = ground.grade()
    assert len(graded.judged) == 20 - kept
    assert set(graded.marks.values()) == {(2, False)}


def test_who_wants_an_end_need_not_wait_for_those_that_are_kept(ground: Ground):
    ground.hand_in(**{f"s{number:02}": APP for number in range(20)})
    ground.grade()
    kept: list[int] = []

    def tell(now: Progress) -> None:
        kept.append(now.kept)

    def heed() -> None:
        if len(kept) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ground.grade(heed=heed, tell=tell)
    assert kept == [1, 2, 3, 4, 5]


def test_a_broken_checkpoint_ends_the_batch(ground: Ground):
    ground.hand_in(ada=APP, ben=APP)
    (ground.root / "checks" / "test_hello.py").write_text("def test_a(learner:\n", "utf-8")
    with pytest.raises(BrokenCheckpoint, match="SyntaxError"):
        ground.grade()


@pytest.mark.parametrize("number, size", [(3, 1), (40, 2), (1000, 40)])
def test_chunks_are_small_enough_for_everybody_to_have_some(
    ground: Ground, number: int, size: int, monkeypatch: pytest.MonkeyPatch
):
    sizes: list[int] = []

    class Counts(Here):
        def next(self, _seconds: float) -> Outcome | None:
            sizes.append(len(self.waiting[0]))
            return Outcome(self.waiting.popleft(), [])

    monkeypatch.setattr("tests.batch.test_coordinator.Here", Counts)
    ground.hand_in(**{f"s{each:04}": APP for each in range(number)})
    ground.grade()
    assert max(sizes) == size
    assert sum(sizes) == number


def test_submissions_are_read_when_their_turn_comes(ground: Ground):
    ground.hand_in(**{f"s{number:03}": APP for number in range(200)})
    held: list[int] = []

    class Holds(Here):
        def next(self, seconds: float) -> Outcome | None:
            held.append(sum(len(chunk) for chunk in self.waiting))
            return super().next(seconds)

    course = courses.load(ground.root)
    setup = Setup(ground.root, course.fingerprint, 7)
    found = list(find(ground.submissions))
    with Judge(setup) as judge, Gradebook.open(ground.out) as book:
        book.enroll((one.id, one.shown, one.warning) for one in found)
        Batch(found, setup, course.checkpoint.limits, book, Holds(judge), ("full", "strong")).run()
    assert max(held) <= 4 * coordinator.CHUNK
