"""Checks are plain pytest: they run in an author's own pytest, and mean the same while grading."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from textwrap import dedent
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.errors import CheckpointError
from checkpoint.judge.app import SolutionBroke
from checkpoint.judge.session import Options, judge
from checkpoint.judge.stopped import Stopped

from .apps import HEAD, LIMITS, ROOT, submission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checkpoint.model import CheckResult, Course, Report
    from checkpoint.worker.launch import Launcher

    from .apps import Files

APP = HEAD + "\n\n@app.get('/')\ndef index():\n    return 'hello'\n"
CHECKS = "from checkpoint import check, expect, fail, undecided\nimport pytest\n\n"

Graded = Callable[..., "Report"] if TYPE_CHECKING else None


def write_checkpoint(folder: Path, checks: str | Mapping[str, str], solution: str = APP) -> Course:
    """Write a tiny checkpoint; `checks` is test_it.py, or several files."""
    files = checks if not isinstance(checks, str) else {"test_it.py": checks}
    written = {f"checks/{name}": CHECKS + dedent(text) for name, text in files.items()}
    written["solution/app.py"] = solution
    written["grader.py"] = "from checkpoint import Checkpoint\ncheckpoint = Checkpoint(id='tiny', title='Tiny')\n"
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return courses.load(folder)


@pytest.fixture
def graded(tmp_path: Path, launcher: Launcher) -> Graded:
    """Return a function that writes a tiny checkpoint and grades an app with it."""

    def run(checks: str | Mapping[str, str], app: Files = APP, *, solution: str = APP, **options: Any) -> Report:
        course = write_checkpoint(tmp_path / "course", checks, solution)
        chosen = Options(options.pop("seed", 7), limits=LIMITS, **options)
        return judge(course, submission(app), intake.take(course.solution, LIMITS), launcher, chosen)

    return run


def statuses(report: Report) -> dict[str, str]:
    return {check.id: check.status for check in report.checks}


def only_check(report: Report) -> CheckResult:
    assert len(report.checks) == 1
    return report.checks[0]


def message(result: CheckResult) -> str:
    assert result.feedback is not None
    return result.feedback.message


# What a check does, and what comes of it.


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ("pass", "passed", ""),
        ("fail('It is wrong.')", "failed", "It is wrong."),
        ("expect(1 == 2, 'It is wrong.')", "failed", "It is wrong."),
        ("expect(1 == 1, 'It is wrong.')", "passed", ""),
        ("undecided('Look at it.')", "undecided", "Look at it."),
        ("pytest.fail('It is wrong.')", "failed", "It is wrong."),
        ("pytest.skip('Not here.')", "undecided", "left out: Not here."),
        ("pytest.importorskip('no_such_module')", "undecided", "no_such_module"),
        ("assert 1 == 2, 'It is wrong.'", "failed", "It is wrong."),
        ("assert learner.get('/').text == 'bye'", "failed", "this does not hold: `learner.get('/').text == 'bye'`"),
        ("assert not True", "failed", "Doc: this does not hold: `not True`"),
        ("helper()", "failed", "helped"),
        ("learner.get('/nowhere').ok()", "failed", "GET /nowhere was answered with 404"),
        ("1 / 0", "error", "ZeroDivisionError: division by zero"),
        ("raise ValueError('oops')", "error", "ValueError: oops"),
        ("raise SystemExit(3)", "error", "SystemExit: 3"),
        ("raise BaseException('oops')", "error", "BaseException: oops"),
        ("raise AssertionError", "failed", "Doc"),
        ("learner.client().session_transaction()", "error", "stays in the app's own process"),
        ("learner.get('/', data='a', json=1)", "error", "TypeError"),
        ("import json; json.loads('{')", "error", "JSONDecodeError"),
    ],
)  # fmt: skip
def test_what_a_check_does_decides_its_status(graded: Graded, body: str, status: str, words: str):
    helper = "def helper():\n    assert 0, 'helped'\n\n\n"
    text = f"{helper}@check(points=3, hints=['a', 'b'])\ndef test_it(learner):\n    '''Doc.'''\n    {body}\n"
    report = graded(text)
    result = only_check(report)
    assert result.status == status
    assert words in (message(result) if result.feedback else "")
    assert (result.id, result.title, result.max_points, result.hints) == ("it", "Doc", 3, ("a", "b"))
    assert result.points == (3 if status == "passed" else 0)
    assert report.passed == (status == "passed")


def test_a_plain_assert_shows_both_sides(graded: Graded):
    report = graded("""
        def test_text(learner): assert learner.get("/").text == "bye"
        def test_number(learner): assert len(learner.get("/").text) == 4
        def test_types(learner): assert learner.get("/").text == b"hello"
        def test_words(learner):
            wanted = "bye"
            assert learner.get("/").text == wanted, "It should say bye."
        def test_stale(learner):
            try:
                assert 1 == 2
            except AssertionError:
                pass
        def test_none(learner): assert learner.get("/").cookie("a")
    """)
    shown = {check.id: check.feedback and (check.feedback.actual, check.feedback.expected) for check in report.checks}
    assert shown == {
        "text": ("hello", "bye"),
        "number": ("5", "4"),
        "types": ("hello", "b'hello'"),
        "words": ("hello", "bye"),
        "stale": None,
        "none": (None, None),
    }
    assert message(next(check for check in report.checks if check.id == "words")) == "It should say bye."


def test_expected_and_actual_are_told_apart_when_only_their_types_differ(graded: Graded):
    result = only_check(graded("def test_it(learner): fail('No.', expected=5, actual='5')"))
    assert result.feedback is not None
    assert (result.feedback.expected, result.feedback.actual) == ("5", "'5'")


def test_giant_words_are_cut(graded: Graded):
    text = "def test_it(learner): fail('x' * 10**6, expected='y' * 10**6, actual='z' * 10**6)"
    feedback = only_check(graded(text)).feedback
    assert feedback is not None
    assert max(map(len, (feedback.message, feedback.expected or "", feedback.actual or ""))) <= 4000


def test_a_place_is_shown_with_the_learners_lines(graded: Graded):
    text = "def test_it(learner): fail('No.', at=learner.source.where('index'))"
    feedback = only_check(graded(text)).feedback
    assert feedback is not None
    assert feedback.location is not None
    assert dict(feedback.location.excerpt)[feedback.location.line] == "def index():"


def test_an_error_is_ours_and_says_where(graded: Graded):
    result = only_check(graded("def test_it(learner):\n    1 / 0\n"))
    assert re.search(r"no fault of your app.*checks/test_it\.py:\d+.*costs no points", message(result))
    within = "def test_it(learner):\n    pytest.approx({1: {2: 3}})\n"  # raised by pytest, on behalf of this line
    assert re.search(r"(?s)TypeError.*checks/test_it\.py:\d+", message(only_check(graded(within))))
    result = only_check(graded("def test_it(learner, no_such_fixture): pass"))
    assert result.status == "error"
    assert "no_such_fixture" in message(result)


def test_a_check_without_a_mark_is_worth_one_point(graded: Graded):
    report = graded("""
        def test_first_thing(learner): pass
        def test_second(learner):
            '''It does the second thing.'''
        @check(title="Third!", points=0)
        def test_third(learner):
            '''It does the third thing.'''
    """)
    assert [(c.id, c.title, c.max_points) for c in report.checks] == [
        ("first_thing", "first thing", 1), ("second", "It does the second thing", 1), ("third", "Third!", 0),
    ]  # fmt: skip
    assert (report.score.earned, report.score.possible) == (2, 2)


def test_what_is_printed_belongs_to_the_check_that_asked(graded: Graded):
    app = HEAD + "\nprint('loading')\n\n@app.get('/<word>')\ndef index(word):\n    print(word)\n    return word\n"
    report = graded(
        "def test_a(learner): learner.get('/one')\ndef test_b(learner): learner.get('/two'); learner.get('/three')\n"
        "def test_c(learner): pass",
        app,
    )
    assert report.output == "loading\n"
    assert [check.output for check in report.checks] == ["one\n", "two\nthree\n", ""]


def test_what_was_printed_for_a_page_that_checks_share_belongs_to_those_of_them_that_fail(graded: Graded):
    app = HEAD + "\n\n@app.get('/<word>')\ndef index(word):\n    print(word)\n    return word\n"
    fixture = "@pytest.fixture(scope='session')\ndef page(learner): return learner.get('/shared')\n"
    report = graded(
        f"{fixture}def test_a(page): pass\ndef test_b(learner): learner.get('/two')\n"
        "def test_c(page): fail('No.')\ndef test_d(page): pass\ndef test_e(learner): fail('No.')\n"
        "def test_f(page, learner): learner.get('/more'); fail('No.')\n",
        app,
    )
    assert [check.output for check in report.checks] == ["shared\n", "two\n", "shared\n", "", "", "shared\nmore\n"]


def test_what_was_printed_for_a_hidden_check_is_shown_to_no_other(graded: Graded):
    app = HEAD + "\n\n@app.get('/<word>')\ndef index(word):\n    print(word)\n    return word\n"
    report = graded(
        "@pytest.fixture(scope='session')\ndef page(learner): return learner.get('/secret')\n"
        "@check(visibility='hidden')\ndef test_a(page): pass\ndef test_b(page): fail('No.')\n",
        app,
    )
    assert report.checks[1].output == ""


def test_fixtures_of_a_plugin_of_the_course_come_before_ours(
    graded: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "rng_of_this_course.py").write_text("import pytest\n\n@pytest.fixture\ndef rng(): return 'mine'\n")
    monkeypatch.syspath_prepend(tmp_path)
    plugin = "pytest_plugins = ['rng_of_this_course']\n"
    report = graded({"conftest.py": plugin, "test_it.py": "def test_it(rng): assert rng == 'mine'\n"})
    assert report.passed


# Needs: order and blocking.


def test_needs_order_checks_across_files(graded: Graded):
    report = graded({
        "test_a.py": "@check(needs='last')\ndef test_first(learner): pass\ndef test_plain(learner): pass\n",
        "test_b.py": "@check(needs=['middle'])\ndef test_last(learner): pass\n",
        "test_c.py": "def test_middle(learner): pass\ndef test_end(learner): pass\n",
    })  # fmt: skip
    assert [check.id for check in report.checks] == ["middle", "last", "first", "plain", "end"]
    assert report.passed


def test_a_chain_is_blocked_from_the_first_failure_on(graded: Graded):
    report = graded("""
        @check(needs="b")
        def test_c(learner): pass
        @check(needs="a")
        def test_b(learner): pass
        def test_a(learner): fail("No.")
        @check(needs=["a", "other", "d"])
        def test_e(learner): pass
        def test_other(learner): pass
        def test_d(learner): fail("No.")
    """)
    assert statuses(report) == {
        "a": "failed", "b": "blocked", "c": "blocked", "other": "passed", "d": "failed", "e": "blocked"
    }  # fmt: skip
    blocked = {check.id: check.blocked_by for check in report.checks if check.status == "blocked"}
    assert blocked == {"b": ("a",), "c": ("b",), "e": ("a", "d")}
    assert all(check.feedback is None for check in report.checks if check.status == "blocked")


@pytest.mark.parametrize(
    ("body", "status"), [("undecided('?')", "passed"), ("1 / 0", "blocked"), ("fail('No.')", "blocked")]
)
def test_what_is_undecided_blocks_nothing(graded: Graded, body: str, status: str):
    report = graded(f"def test_a(learner): {body}\n@check(needs='a')\ndef test_b(learner): pass\n")
    assert statuses(report)["b"] == status


@pytest.mark.parametrize(
    ("checks", "words"),
    [
        ("@check(needs='pge')\ndef test_a(learner): pass\ndef test_page(learner): pass\n", "did you mean `page`?"),
        ("@check(needs='zzz')\ndef test_a(learner): pass\n", "the checks are a"),
        ("@check(needs='a')\ndef test_a(learner): pass\n", "needs itself: a -> a"),
        ("@check(needs='b')\ndef test_a(learner): pass\n@check(needs='a')\ndef test_b(learner): pass\n", "a -> b -> a"),
        ("@check()\ndef test_a(learner): pass\n@check()\ndef test_a(learner): pass\n", "two checks have the id `a`"),
        ({"test_x.py": "def test_a(l): pass\n", "test_y.py": "def test_a(l): pass\n"}, "two checks have the id `a`"),
        ("def test_a(learner:\n", "SyntaxError"),
        ("import no_such_module\n", "ModuleNotFoundError"),
        ("@check(points=-1)\ndef test_a(learner): pass\n", "points must be a whole number from 0, not -1"),
        ("@check(points=1.5)\ndef test_a(learner): pass\n", "points must be a whole number"),
        ("@check(hints='a')\ndef test_a(learner): pass\n", "hints must be a list of texts"),
        ("@check(needs=[1])\ndef test_a(learner): pass\n", "needs must be texts"),
        ("x = 1\n", "no checks"),
        ("async def test_a(learner): pass\n", "`async def`"),
    ],
)  # fmt: skip
def test_checks_that_make_no_sense_are_the_authors_to_mend(graded: Graded, checks: Any, words: str):
    with pytest.raises(CheckpointError) as caught:
        graded(checks)
    assert words in str(caught.value)
    assert caught.value.exit_code == 2
    assert caught.value.where is not None
    assert "checks" in caught.value.where


def test_only_runs_one_check_and_what_it_needs(graded: Graded):
    checks = """
        @check(points=2)
        def test_a(learner): pass
        @check(points=3, needs="a")
        def test_b(learner): pass
        @check(points=5)
        def test_c(learner): fail("No.")
    """
    report = graded(checks, only="b")
    assert statuses(report) == {"a": "passed", "b": "passed"}
    assert (report.only, report.score.earned, report.score.possible, report.passed) == ("b", 3, 3, True)
    with pytest.raises(CheckpointError, match="there is no check `bb`"):
        graded(checks, only="bb")


# Cases, randomness, fixtures.


def test_a_parametrised_check_is_one_check(graded: Graded):
    report = graded("""
        @check(points=4)
        @pytest.mark.parametrize("n", [1, 2, 3])
        def test_good(learner, n): pass
        @check(points=4, hints=["h"])
        @pytest.mark.parametrize("n", [1, 2, 3])
        def test_bad(learner, n): expect(n < 2, f"Case {n} is wrong.")
        @check(needs="bad")
        def test_after(learner): pass
    """)
    assert statuses(report) == {"good": "passed", "bad": "failed", "after": "blocked"}
    assert message(report.checks[1]) == "Case 2 is wrong."
    assert (report.score.earned, report.score.possible) == (4, 9)


@pytest.mark.parametrize("order", [["undecided('?')", "fail('No.')"], ["fail('No.')", "undecided('?')", "pass"]])
def test_one_failed_case_fails_the_check_whatever_the_others_say(graded: Graded, order: list[str]):
    cases = "\n".join(f"    if n == {n}: {body}" for n, body in enumerate(order))
    text = f"@pytest.mark.parametrize('n', range({len(order)}))\ndef test_it(learner, n):\n{cases}\n"
    assert only_check(graded(text)).status == "failed"


RANDOM = """
def test_a(learner, rng): fail(str(rng.random()))
def test_b(learner, rng): fail(str(rng.random()))
"""


def test_randomness_depends_on_the_seed_and_the_check_alone(graded: Graded):
    def drawn(checks: str, **options: Any) -> dict[str, str]:
        return {check.id: message(check) for check in graded(checks, **options).checks}

    first = drawn(RANDOM)
    assert first == drawn(RANDOM)
    assert first["a"] != first["b"]
    other = drawn(RANDOM, seed=8)
    assert {*first.values()}.isdisjoint(other.values())
    turned = RANDOM.replace("test_a", "test_x").replace("test_b", "test_a").replace("test_x", "test_b")
    assert list(drawn(turned)) == ["b", "a"]
    assert drawn(turned) == first
    assert drawn(RANDOM, only="b")["b"] == first["b"]


def test_a_conftest_beside_the_checks_works(graded: Graded):
    report = graded({
        "conftest.py": """
            @pytest.fixture
            def page(learner): return learner.get("/").ok()
            @pytest.fixture
            def same(learner):
                def compare(one, other): assert one == other, "They differ."
                return compare
            @pytest.fixture
            def broken(learner): return learner.get("/nowhere").ok()
        """,
        "test_it.py": """
            def test_a(page): assert page.text == "hello"
            def test_b(same): same(1, 2)
            def test_c(broken): pass
        """,
    })  # fmt: skip
    assert statuses(report) == {"a": "passed", "b": "failed", "c": "failed"}
    assert message(report.checks[1]) == "They differ."
    assert "404" in message(report.checks[2])


def test_the_solution_is_asked_the_same(graded: Graded):
    checks = "def test_a(learner, solution): assert learner.get('/').text == solution.get('/').text\n"
    assert graded(checks).passed
    assert not graded(checks, APP.replace("hello", "bye")).passed


def test_a_solution_that_breaks_is_an_error_and_costs_nothing(graded: Graded):
    checks = "def test_a(learner, solution): solution.get('/').ok()\ndef test_b(learner): learner.get('/').ok()\n"
    for solution in ("raise RuntimeError('no')\n", APP.replace("return 'hello'", "1 / 0")):
        report = graded(checks, solution=solution)
        assert statuses(report) == {"a": "error", "b": "passed"}
        assert "the solution does not work" in message(report.checks[0])
        assert SolutionBroke.__name__ in message(report.checks[0])


def test_an_interrupted_run_reports_what_it_has(graded: Graded):
    with pytest.raises(Stopped) as caught:
        graded("def test_a(learner): pass\ndef test_b(learner): raise KeyboardInterrupt\ndef test_c(learner): pass\n")
    report = caught.value.report
    assert not report.complete
    assert not report.passed
    assert statuses(report)["a"] == "passed"
    assert statuses(report)["c"] == "error"
    assert "not reached" in message(report.checks[2])
    assert report.score.possible == 3


# What an app cannot do.


TAMPERING = "import ctypes\n" + APP


def test_a_pass_that_rests_on_the_inside_is_left_to_a_person_if_the_source_tampers(graded: Graded):
    checks = """
        @check(inside=True)
        def test_inside(learner): pass
        @check(inside=True)
        def test_wrong(learner): fail("No.")
        def test_outside(learner): pass
        @check(needs="inside")
        def test_after(learner): pass
    """
    report = graded(checks, TAMPERING)
    assert statuses(report) == {"inside": "undecided", "wrong": "failed", "outside": "passed", "after": "passed"}
    feedback = report.checks[0].feedback
    assert feedback is not None
    assert "the code reaches for `import ctypes` (line 1)" in feedback.message
    assert feedback.location is not None
    assert feedback.location.line == 1
    assert not report.passed
    assert (report.score.earned, report.score.possible) == (2, 4)
    assert any("`import ctypes` (line 1)" in note for note in report.notes)
    clean = graded(checks)
    assert statuses(clean)["inside"] == "passed"
    assert clean.notes == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("import gc; gc.get_objects()", "gc.get_objects"),
        ("import inspect; inspect.currentframe()", "inspect.currentframe"),
        ("from ctypes import cdll", "import ctypes"),
        ("index.__code__ = None", ".__code__"),
        ("(lambda: 0).__closure__", ".__closure__"),
        ("import sys; sys.modules['x'] = 1", "sys.modules"),
        ("import sys; sys._getframe()", "._getframe"),
        ("Flask.dispatch_request = None", "Flask.dispatch_request = ..."),
        ("setattr(Flask, 'x', 1)", "setattr() on Flask"),
        ("exec('x = 1')", "exec()"),
    ],
)
def test_reaches_into_the_interpreter_are_noted(graded: Graded, line: str, words: str):
    report = graded("@check(inside=True)\ndef test_a(learner): pass\n", f"{APP}\n\ndef late():\n    {line}\n")
    assert only_check(report).status == "undecided"
    assert any(f"`{words}`" in note for note in report.notes)


def test_an_unguarded_run_is_noted_and_ignored(graded: Graded):
    report = graded("def test_a(learner): learner.get('/').ok()\n", APP + "app.run(port=1)\n")
    assert report.passed
    assert len(report.notes) == 1
    number = APP.count("\n") + 1
    assert report.notes[0].startswith(f"app.py:{number}: app.run() was ignored while grading")
    guarded = APP + 'if __name__ == "__main__":\n    app.run()\n'
    assert graded("def test_a(learner): pass\n", guarded).notes == ()


HOSTILE = "raise SystemExit('hostile')\n"


def test_files_beside_a_submission_decide_nothing(
    graded: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """A conftest.py, settings or plugins of the learner's are never read, not even from the working directory."""
    beside = {
        "conftest.py": HOSTILE, "sitecustomize.py": HOSTILE, "hostile_plugin.py": HOSTILE, "pytest.py": HOSTILE,
        "pytest.ini": "[pytest]\naddopts = --collect-only -p hostile_plugin\n",
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '--collect-only'\n",
        "tox.ini": "[pytest]\naddopts = --collect-only\n", "setup.cfg": "[tool:pytest]\naddopts = --collect-only\n",
        "test_theirs.py": HOSTILE, "checks/test_theirs.py": HOSTILE, "checks/conftest.py": HOSTILE,
        "grader.py": HOSTILE, ".env": "PYTEST_ADDOPTS=--collect-only",
    }  # fmt: skip
    folder = tmp_path / "work"
    for name, text in {"app.py": APP, **beside}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    monkeypatch.chdir(folder)
    report = graded("def test_a(learner): learner.get('/').ok()\n", {"app.py": APP, **beside})
    assert statuses(report) == {"a": "passed"}
    assert "hostile" not in "".join(capfd.readouterr())


def test_settings_above_the_checks_are_not_read(graded: Graded, tmp_path: Path):
    (tmp_path / "course").mkdir()
    for folder in (tmp_path, tmp_path / "course"):
        (folder / "conftest.py").write_text(HOSTILE, "utf-8")
        (folder / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\npython_files = x.py\n", "utf-8")
    assert statuses(graded("def test_a(learner): pass\n")) == {"a": "passed"}


def test_the_callers_pytest_settings_decide_nothing(graded: Graded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "hostile_plugin.py").write_text(HOSTILE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only -k nothing -p hostile_plugin")
    monkeypatch.setenv("PYTEST_PLUGINS", "hostile_plugin")
    assert statuses(graded("def test_a(learner): pass\n")) == {"a": "passed"}
    assert os.environ["PYTEST_PLUGINS"] == "hostile_plugin"  # they are the caller's again
    assert "PYTEST_DISABLE_PLUGIN_AUTOLOAD" not in os.environ


def test_two_checkpoints_do_not_mix(tmp_path: Path, launcher: Launcher):
    for name in ("one", "two", "one"):
        course = write_checkpoint(tmp_path / name, f"def test_a(learner): fail('{name}')\n")
        before = [*sys.path]
        report = judge(course, submission(APP), intake.take(course.solution, LIMITS), launcher, Options(1))
        assert message(only_check(report)) == name
        assert sys.path == before


def test_progress_is_told_before_each_check(graded: Graded):
    told: list[tuple[tuple[int, int, str], dict[str, str]]] = []
    graded(
        "@check(needs='b')\ndef test_a(learner): pass\n@check(title='B!')\ndef test_b(learner): pass\n",
        progress=lambda *step, so_far: told.append((step, statuses(so_far()))),
    )
    assert told == [
        ((1, 2, "B!"), {"b": "error", "a": "error"}),
        ((2, 2, "a"), {"b": "passed", "a": "error"}),
    ]


# An author's own pytest.


class Ran(NamedTuple):
    """What an author saw: exit code, text, and outcomes by check."""

    code: int
    out: str
    outcomes: dict[str, str]


def run_pytest(folder: Path, *arguments: str, **environment: str) -> Ran:
    """Run pytest as an author does, in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False, env={**kept, **environment},
    )  # fmt: skip
    out = done.stdout + done.stderr
    found = re.findall(r"^(PASSED|FAILED|ERROR|SKIPPED) (?:\[\d+\] )?\S*?(?:::test_(\w+)|py:\d+)", out, re.MULTILINE)
    return Ran(done.returncode, out, {id: outcome for outcome, id in found if id})


def test_the_solution_passes_all_checks():
    ran = run_pytest(ROOT, "checks/", "--submission", "solution/app.py")
    assert "12 passed" in ran.out
    assert ran.code == 0


def test_the_starter_fails_what_is_to_do():
    ran = run_pytest(ROOT, "checks/", "--submission", "starter/app.py", "--checkpoint-seed", "3")
    assert {id for id, outcome in ran.outcomes.items() if outcome == "FAILED"} == {
        "visit_first", "visit_count", "header_present"
    }  # fmt: skip
    assert "3 failed, 6 passed, 3 skipped" in ran.out
    assert "Failure: The X-Request-ID header still has the starter's placeholder for its value." in ran.out
    assert "blocked by header_present" in ran.out
    assert ran.code == 1


AUTHORS = {
    "conftest.py": "@pytest.fixture\ndef page(learner): return learner.get('/').ok()\n",
    "test_a.py": """
        @check(needs="wrong")
        def test_after(learner): pass
        def test_drawn(learner, rng): print("drew", rng.random())
        def test_page(page): assert page.text == "hello"
    """,
    "test_b.py": """
        def test_wrong(learner): fail("It is wrong.")
        @check(inside=True)
        def test_open(learner): undecided("Look at it.")
    """,
}


@pytest.fixture(scope="module")
def authors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny checkpoint with checks of many kinds, and an app that settings and a conftest lie beside."""
    folder = tmp_path_factory.mktemp("authors")
    write_checkpoint(folder, AUTHORS)
    (folder / "work").mkdir()
    (folder / "work" / "app.py").write_text(APP, "utf-8")
    (folder / "work" / "conftest.py").write_text(HOSTILE, "utf-8")
    return folder


def test_an_author_sees_order_outcomes_and_words(authors: Path):
    ran = run_pytest(authors, "checks", "--submission", "work/app.py")
    assert ran.outcomes == {"wrong": "FAILED", "drawn": "PASSED", "page": "PASSED", "open": "FAILED"}
    assert "blocked by wrong" in ran.out
    assert "Failure: It is wrong." in ran.out
    assert "Undecided: Look at it." in ran.out
    assert ran.out.index("test_b.py F") < ran.out.index("test_a.py s")
    assert "hostile" not in ran.out
    assert ran.code == 1


def test_an_author_may_pick_checks_and_seeds(authors: Path, graded: Graded):
    ran = run_pytest(authors, "checks", "--submission", "work", "-k", "after or drawn", "--checkpoint-seed", "7")
    assert ran.outcomes == {"after": "PASSED", "drawn": "PASSED"}
    assert ran.code == 0
    drew = re.search(r"drew (\S+)", ran.out)
    wanted = message(only_check(graded("def test_drawn(learner, rng): fail(str(rng.random()))\n")))
    assert drew is not None
    assert drew.group(1) == wanted


def test_an_app_that_fails_while_a_fixture_asks_it_is_no_error_of_the_checks(authors: Path):
    (authors / "slip.py").write_text("def f(:\n", "utf-8")
    ran = run_pytest(authors, "checks", "--submission", "slip.py", "-k", "page or drawn")
    assert ran.outcomes == {"page": "FAILED", "drawn": "PASSED"}
    assert "slip.py is not valid Python" in ran.out
    assert "judge/app.py" not in ran.out  # the engine's own lines tell an author nothing


def test_an_author_may_run_one_file(authors: Path):
    ran = run_pytest(authors, "checks/test_a.py::test_after", "--submission", "solution/app.py")
    assert ran.outcomes == {"after": "PASSED"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "checks need an app to check: pytest checks/ --submission starter/app.py"),
        (("--submission", "no_such.py"), "no_such.py: no such file or folder"),
    ],
)
def test_an_author_who_names_no_app_is_told_how(authors: Path, arguments: tuple[str, ...], words: str):
    ran = run_pytest(authors, "checks", *arguments)
    assert words in ran.out
    assert ran.code == pytest.ExitCode.USAGE_ERROR
    assert ran.outcomes == {}
    assert "Traceback" not in ran.out


def test_pytest_without_checks_is_not_disturbed(tmp_path: Path):
    (tmp_path / "test_mine.py").write_text("def test_twin(): pass\nclass TestX:\n    def test_twin(self): pass\n")
    ran = run_pytest(tmp_path)
    assert "2 passed" in ran.out
    assert ran.code == 0


def test_a_suite_that_is_none_of_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text(
        "import sys\n\n\ndef test_other():\n    assert not {'checkpoint.judge.order', 'flask'} & sys.modules.keys()\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
