"""Judge many submissions in one go, and each as if it were alone."""

from __future__ import annotations

import cProfile
import json
import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.errors import BrokenCheckpoint, RefusedSubmission
from checkpoint.judge.reference import Reference
from checkpoint.judge.session import Options, Refused, judge, judge_each
from checkpoint.judge.stopped import Stopped
from checkpoint.model import Limits
from checkpoint.report import render

from .apps import HEAD, LIMITS, ROOT, SOLUTION, edited, submission
from .test_plugin import APP, statuses, write_checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from checkpoint.judge.session import Progress
    from checkpoint.model import Report, Submission
    from checkpoint.worker.launch import Launcher

    Each = Callable[..., list[Report]]

RAISES = HEAD + '\n@app.get("/")\ndef page():\n    raise ValueError("no")\n'
EXITS = HEAD + '\n@app.get("/")\ndef page():\n    __import__("os")._exit(3)\n'
HANGS = "while True:\n    pass\n"
COUNTS = HEAD + 'seen = []\n@app.get("/")\ndef page():\n    seen.append(1)\n    return str(len(seen))\n'


@pytest.fixture
def each(tmp_path: Path, launcher: Launcher) -> Each:
    """Return a function that writes a tiny checkpoint and grades several apps with it in one session."""

    def run(
        checks: str | dict[str, str],
        given: Iterable[str | Submission | Refused],
        *,
        solution: str = APP,
        limits: Limits = LIMITS,
        into: list[Report] | None = None,
        ahead: bool = True,
        **options: Any,
    ) -> list[Report]:
        course = write_checkpoint(tmp_path / "course", checks, solution)
        reports: list[Report] = [] if into is None else into
        reference = Reference(intake.take(course.solution, LIMITS), launcher, LIMITS)
        taken = (submission(one) if isinstance(one, str) else one for one in given)
        chosen = Options(options.pop("seed", 7), limits=limits, **options)
        with closing(reference):
            judge_each(course, taken, reference, launcher, chosen, reports.append, ahead=ahead)
        return reports

    return run


def plain(report: Report) -> str:
    """Return a report as text, without times and without what a process has made at random."""
    kept = json.loads(render("json", report, reveal=True))
    del kept["started_at"], kept["duration_ms"]
    for check in kept["checks"]:
        del check["duration_ms"]
    return re.sub(r"\b[0-9a-f]{32}\b", "ID", json.dumps(kept, indent=1))


def test_each_gets_the_report_that_it_gets_alone(launcher: Launcher, grade: Callable[..., Report]):
    from checkpoint import course as courses

    from .apps import ROOT

    apps = [
        SOLUTION,
        edited(("    return response\n\n\nif", "\n\nif")).text,
        "import nothing_of_this_name\n",
        edited(('str(visits))\n', 'str(visits + 1))\n')).text,
        "app = ",
        SOLUTION.replace("My tasks", "Ours"),
        EXITS,
        edited(('int(request.cookies.get("visits", "0")) + 1', 'request.cookies.get("visits", "0") + "1"')).text,
        SOLUTION.replace("request_id", "rid"),
    ]  # fmt: skip
    course = courses.load(ROOT)
    reference = Reference(intake.take(course.solution, LIMITS), launcher, LIMITS)
    together: list[Report] = []
    judge_each(course, map(submission, apps), reference, launcher, Options(20, limits=LIMITS), together.append)
    reference.close()
    assert len({tuple(statuses(report).values()) for report in together}) >= 4
    for app, report in zip(apps, together, strict=True):
        assert plain(report) == plain(grade(app))


def test_what_one_did_is_not_held_against_the_next(each: Each):
    checks = "def test_first(learner): learner.get('/').ok()\n\n@check(needs='first')\ndef test_next(learner): pass\n"
    apps = [RAISES, APP, EXITS, APP, "app = ", APP]
    broken = {"first": "failed", "next": "blocked"}
    assert [statuses(report) for report in each(checks, apps)] == [broken, {"first": "passed", "next": "passed"}] * 3


def test_fixtures_of_every_scope_are_made_for_each(each: Each):
    checks = """
        import pytest

        @pytest.fixture(scope="module")
        def page(learner): return learner.get("/").text

        @pytest.fixture(scope="session")
        def word(learner): return learner.get("/").text

        def test_fixtures(page, word, solution):
            assert page == word == solution.get("/").text, page
    """
    other = APP.replace("return", "return 'other ' +")
    assert other != APP
    assert [statuses(report)["fixtures"] for report in each(checks, [APP, other, APP])] == [
        "passed",
        "failed",
        "passed",
    ]


def test_what_check_files_keep_is_of_one_run(each: Each, tmp_path: Path):
    checks = {
        "test_it.py": """
            import functools
            from itertools import count
            import sys
            sys.path.insert(0, __file__.rpartition("/")[0])
            import beside

            SEEN, NUMBERS, last = [], count(), None

            class Page:
                visits = []

            @functools.cache
            def first(): return SEEN.append("first")

            def test_keeps(learner, kept):
                global last
                assert last is None
                last = learner
                first()
                Page.visits.append(1)
                beside.KEPT.append(1)
                assert (SEEN, next(NUMBERS), Page.visits, beside.KEPT, kept) == (["first"], 0, [1], [1], [1])

            def test_keeps_on(learner):
                first()
                assert (last, SEEN, next(NUMBERS)) == (learner, ["first"], 1)
        """,
        "conftest.py": """
            import pytest
            KEPT = []

            @pytest.fixture
            def kept():
                KEPT.append(1)
                return KEPT
        """,
        "beside.py": "KEPT = []\n",
    }
    reports = each(checks, [APP] * 4)
    assert [statuses(report) for report in reports] == [{"keeps": "passed", "keeps_on": "passed"}] * 4


def test_check_files_are_made_anew_under_a_profiler_too(each: Each):
    checks = "SEEN = []\n\ndef test_a(learner):\n    SEEN.append(1)\n    assert SEEN == [1]\n"
    profile = cProfile.Profile()
    reports = profile.runcall(each, checks, [APP] * 3)
    assert [statuses(report) for report in reports] == [{"a": "passed"}] * 3


def test_a_check_file_that_can_be_run_only_once_is_told(each: Each):
    checks = """
        import builtins
        assert not hasattr(builtins, "once"), "only once"
        builtins.once = True
        def test_a(learner): del __import__("builtins").once; __import__("builtins").once = True
    """
    told: list[Report] = []
    import builtins

    try:
        with pytest.raises(BrokenCheckpoint, match="only once"):
            each(checks, [APP, APP], into=told)
    finally:
        vars(builtins).pop("once", None)


def test_a_solution_that_keeps_something_is_a_new_one_for_each(each: Each):
    checks = "def test_count(learner, solution): assert learner.get('/').text == solution.get('/').text\n"
    reports = each(checks, [COUNTS] * 4, solution=COUNTS)
    assert [statuses(report)["count"] for report in reports] == ["passed"] * 4


def test_a_solution_that_keeps_nothing_is_asked_once(each: Each, monkeypatch: pytest.MonkeyPatch):
    from checkpoint.judge.app import App

    asked: list[str] = []
    real = App._ask

    def ask(self: App, *question: Any) -> Any:
        asked.append(self.role)
        return real(self, *question)

    monkeypatch.setattr(App, "_ask", ask)
    checks = "def test_same(learner, solution): assert learner.get('/').text == solution.get('/').text\n"
    reports = each(checks, [APP] * 5)
    assert [statuses(report)["same"] for report in reports] == ["passed"] * 5
    # The first one may be the only one, so nothing is prepared for others then.
    assert (asked.count("learner"), asked.count("solution")) == (5, 2)


def test_a_random_answer_of_the_solution_differs_within_a_run(each: Each):
    random = "import uuid\n" + HEAD + '\n@app.get("/")\ndef page():\n    return uuid.uuid4().hex\n'
    checks = "def test_differs(solution): assert len({solution.get('/').text for _ in range(3)}) == 3\n"
    assert [statuses(report)["differs"] for report in each(checks, [APP] * 4, solution=random)] == ["passed"] * 4


def test_all_are_asked_the_same(each: Each):
    checks = "def test_asks(learner, rng): raise AssertionError(rng.random())\n"
    reports = each(checks, [APP, RAISES, APP], seed=3)
    messages = {check.feedback and check.feedback.message for report in reports for check in report.checks}
    assert len(messages) == 1


def test_one_that_could_not_be_taken_in_has_its_report_in_its_place(each: Each):
    refused = Refused("b.zip", RefusedSubmission("it is no archive", where="b.zip", help="pack it again"))
    checks = "def test_a(learner): pass\n\ndef test_b(learner): pass\n"
    reports = each(checks, [APP, refused, APP])
    assert [report.submission_path for report in reports] == ["app.py", "b.zip", "app.py"]
    assert statuses(reports[1]) == {"a": "failed", "b": "blocked"}
    assert "it is no archive" in str(reports[1].checks[0].feedback)
    assert [report.score.earned for report in reports] == [2, 0, 2]


def test_only_refused_ones_make_reports_too(each: Each):
    refused = Refused("b.zip", RefusedSubmission("it is no archive", where="b.zip"))
    reports = each("def test_a(learner): pass\n", [refused, refused])
    assert [statuses(report) for report in reports] == [{"a": "failed"}] * 2


def test_nothing_given_is_nothing_judged(each: Each):
    assert each("def test_a(learner): pass\n", []) == []


def test_each_has_all_the_time_for_itself(each: Each):
    limits = Limits(load_seconds=0.3, request_seconds=5, run_seconds=0.6)
    checks = "def test_a(learner): learner.get('/').ok()\n\ndef test_b(learner): learner.get('/').ok()\n"
    reports = each(checks, [HANGS, APP, HANGS, APP], limits=limits)
    assert [report.cause for report in reports] == ["timed_out", None, "timed_out", None]
    assert [report.score.earned for report in reports] == [0, 2, 0, 2]


def test_the_next_one_is_not_loaded_before_its_turn(each: Each, tmp_path: Path):
    # An app that keeps the processor busy while it is loaded would do so in its neighbour's time.
    checks = """
        import time

        def test_a(learner):
            started = learner.get("/").ok().json
            assert started == {"seconds": 0}, started
    """
    says = (
        "import time\nstarted = time.monotonic()\n" + HEAD + '\n@app.get("/")\ndef page():\n'
        "    return {'seconds': int(time.monotonic() - started)}\n"
    )
    slow = "import time\ntime.sleep(1.2)\n" + says
    reports = each(checks, [slow, says, slow, says])
    assert [statuses(report)["a"] for report in reports] == ["passed"] * 4


def test_an_end_is_about_the_one_that_was_being_judged(each: Each, tmp_path: Path):
    given = [submission(APP, f"{number}.py") for number in range(4)]
    told: list[Report] = []
    began: list[str] = []

    def progress(number: int, of: int, title: str, so_far: Callable[[], Report]) -> None:
        began.append(so_far().submission_path)
        if len(began) == 6:
            raise KeyboardInterrupt

    checks = "def test_a(learner): learner.get('/')\n\ndef test_b(learner): pass\n"
    heard: Progress = progress
    with pytest.raises(Stopped) as stopped:
        each(checks, given, progress=heard, into=told)
    assert began == ["0.py", "0.py", "1.py", "1.py", "2.py", "2.py"]
    assert [report.submission_path for report in told] == ["0.py", "1.py"]
    assert stopped.value.report.submission_path == "2.py"
    assert [check.status for check in stopped.value.report.checks] == ["passed", "error"]


def test_a_check_that_ends_everything_is_the_authors_to_mend(each: Each):
    checks = "import pytest\n\ndef test_a(learner): pytest.exit('enough')\n"
    with pytest.raises(Exception, match="a check ended the whole run"):
        each(checks, [APP, APP])


def test_reports_come_in_order_and_one_by_one(each: Each, launcher: Launcher):
    given = [submission(APP, f"{number}.py") for number in range(30)]
    reports = each("def test_a(learner): learner.get('/').ok()\n", given)
    assert [report.submission_path for report in reports] == [f"{number}.py" for number in range(30)]
    assert all(report.passed for report in reports)


def test_workers_are_gone_when_all_is_judged(each: Each, launcher: Launcher):
    each("def test_a(learner): learner.get('/').ok()\n", [APP, EXITS, HANGS], limits=Limits(load_seconds=0.3))
    launcher.worker(LIMITS).discard()  # which waits for what was ordered before
    zygote = launcher._spawner._process.pid  # type: ignore[attr-defined]
    children = Path(f"/proc/{zygote}/task/{zygote}/children")
    assert not children.exists() or not children.read_text().split()
    assert not list(Path(launcher._spawner.work).iterdir())


@pytest.mark.parametrize("ahead, known", [(True, [0, 0, 1, 2]), (False, [0, 1, 2, 3])])
def test_the_next_one_may_have_to_be_waited_for(each: Each, ahead: bool, known: list[int]):
    refused = Refused("b.zip", RefusedSubmission("it is no archive", where="b.zip"))
    told: list[Report] = []
    reported: list[int] = []

    def given() -> Iterator[str | Refused]:
        for one in (APP, RAISES, refused, APP):
            reported.append(len(told))
            yield one

    each("def test_a(learner): learner.get('/').ok()\n", given(), into=told, ahead=ahead)
    assert reported == known
    assert [report.score.earned for report in told] == [1, 0, 0, 1]


def test_while_one_is_waited_for_all_that_it_needs_comes_up(each: Each, launcher: Launcher):
    started: list[int] = []

    def given() -> Iterator[str]:
        for _ in range(3):
            started.append(launcher._count)
            yield APP

    launcher.worker(LIMITS).discard()  # one may be up already
    before = launcher._count
    each("def test_a(learner, solution): assert learner.get('/') and solution.get('/')\n", given(), ahead=False)
    # For the learner's app and the solution's, which from the second time on stays.
    assert [count - before for count in started] == [2, 4, 5]
    launcher.worker(LIMITS).discard()


def test_one_that_was_prepared_is_for_the_same_limits_only(launcher: Launcher):
    launcher.prepare(LIMITS)
    launcher.prepare(LIMITS)
    before = launcher._count
    other, prepared = launcher.worker(Limits(memory_mib=256)), launcher.worker(LIMITS)
    assert launcher._count == before + 1
    assert prepared.wall() == other.wall()
    for worker in (other, prepared, launcher.worker(LIMITS)):
        worker.discard()
    assert launcher._count == before + 2


def test_a_check_sees_the_lists_of_its_own_page(each: Each):
    # Answers are used again for others: what a check does to a page must not reach the next one's.
    page = APP.replace("return", "return '<ul><li>a</li></ul>' +")
    checks = """
        def test_lists(solution):
            lists = solution.get("/").lists
            assert lists == [["a"]]
            lists.clear()
    """
    reports = each(checks, [APP] * 4, solution=page)
    assert [statuses(report)["lists"] for report in reports] == ["passed"] * 4


def test_judging_alone_gives_the_same_as_ever(launcher: Launcher, tmp_path: Path):
    course = write_checkpoint(tmp_path, "def test_a(learner): learner.get('/').ok()\n")
    report = judge(course, submission(APP), intake.take(course.solution, LIMITS), launcher, Options(1))
    assert report.passed


def test_a_seed_can_be_given_for_each_submission(launcher: Launcher):
    course, seeds = courses.load(ROOT), iter([5, 9])
    options = Options(lambda: next(seeds))
    solution = submission(SOLUTION)
    reports: list[Report] = []
    with closing(Reference(solution, launcher, LIMITS)) as reference:
        judge_each(course, [solution, solution], reference, launcher, options, reports.append)
    assert [report.seed for report in reports] == [5, 9]
