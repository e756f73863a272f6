"""The mistakes that beginners really make are recognised, and explained at the learner's own line."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from checkpoint.model import Limits

from .apps import SOLUTION, edited, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import CheckResult, Report

    from .apps import Edited, Grade

APP = "app = Flask(__name__)\n"
IMPORT = "render_template_string, request\n"
ON_G = "    g.request_id = uuid4().hex\n"
COUNT = '        visits = int(request.cookies.get("visits", "0")) + 1\n'
MADE = "make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))"
COOKIE = '        response.set_cookie("visits", str(visits))\n'
VIEW_ENDS = COOKIE + "        return response\n"
HEADER = '    response.headers["X-Request-ID"] = g.request_id\n'
HOOK_ENDS = HEADER + "    return response\n"
SECRET = (APP, f"{APP}app.secret_key = 'x'\n")


class Mistake(NamedTuple):
    """A mistake: edits of the solution, the check that tells of it, its words, and the blamed line's text.

    `says` are patterns that the message must match; `expected` and `actual` are texts that must be in there.
    """

    changes: tuple[tuple[str, str], ...]
    check: str
    says: tuple[str, ...]
    line: str
    expected: str | None = None
    actual: str | None = None


def instead(old: str, new: str, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((old, new), *more)


NOT_CALLABLE = r"NoneType"
FROM_G = "a value from g"
ERROR = "500 Internal Server Error"

MISTAKES = {
    "after_request returns nothing": Mistake(
        instead(HOOK_ENDS, HEADER),
        "after_request_returns",
        ("The after_request hook `stamp_request_id`", "returned nothing", "without a `return`"),
        "@app.after_request",
        "a response", "None",
    ),
    "after_request returns None": Mistake(
        instead(HOOK_ENDS, f"{HEADER}    return None\n"),
        "after_request_returns",
        ("`stamp_request_id`", "returned nothing"),
        "return None",
        "a response", "None",
    ),
    "after_request returns text": Mistake(
        instead(HOOK_ENDS, f"{HEADER}    return g.request_id\n"),
        "after_request_returns",
        ("`stamp_request_id`", "returned a value of type str", "must return a response"),
        "return g.request_id",
        "a response", "str",
    ),
    "one more than a text": Mistake(
        instead(COUNT, '        visits = request.cookies.get("visits", "0") + 1\n'),
        "page_loads",
        ("TypeError", "adds a number to a text", r"int\(\.\.\.\)"),
        'visits = request.cookies.get("visits", "0") + 1',
        "200 OK", ERROR,
    ),
    "one more than a text, from the second visit on": Mistake(
        instead(COUNT, '        visits = request.cookies.get("visits", 0) + 1\n'),
        "visit_count",
        ("adds a number to a text", r"int\(\.\.\.\)"),
        'visits = request.cookies.get("visits", 0) + 1',
        "200 OK", ERROR,
    ),
    "a one behind the text": Mistake(
        instead(COUNT, '        visits = request.cookies.get("visits", "") + "1"\n'),
        "visit_count",
        (r"the new cookie is \d+1", "put behind the text instead of added", r"int\(\.\.\.\)"),
        'visits = request.cookies.get("visits", "") + "1"',
        "visits=", "visits=",
    ),
    "count in a global": Mistake(
        instead(COUNT, "        global seen\n        seen += 1\n        visits = seen\n", (APP, f"{APP}seen = 0\n")),
        "visit_first",
        ("visits by others have been counted too", "a variable that all visitors share", "from the cookie"),
        "seen += 1",
        "visits=1", "visits=",
    ),
    "count in a global, later on": Mistake(
        instead(COUNT, "        global seen\n        seen += 1\n        visits = seen\n", (APP, f"{APP}seen = 0\n")),
        "visit_count",
        (r"With the cookie visits=\d+, the response should set the cookie visits=\d+",),
        "seen += 1",
        "visits=", "visits=",
    ),
    "count on the class": Mistake(
        instead(
            "    def get(self):\n", "    count = 0\n\n    def get(self):\n",
            (COUNT, "        HomeView.count += 1\n        visits = HomeView.count\n"),
        ),
        "visit_first",
        ("a variable that all visitors share",),
        "HomeView.count += 1",
        "visits=1", "visits=",
    ),
    "set_cookie on a text": Mistake(
        instead(MADE, MADE.removeprefix("make_response(").removesuffix(")")),
        "page_loads",
        ("'str' object has no attribute 'set_cookie'", "A rendered template is plain text", r"make_response\("),
        COOKIE.strip(),
        "200 OK", ERROR,
    ),
    "cookie never set": Mistake(
        instead(COOKIE, ""),
        "visit_first",
        ("sets no cookie named visits", "nothing to send back"),
        f"response = {MADE}",
        "visits=1", "no such cookie",
    ),
    "cookie of another name": Mistake(
        instead(COOKIE, COOKIE.replace('"visits"', '"visit"')),
        "visit_first",
        ("sets no cookie named visits", r"It sets visit\."),
        'response.set_cookie("visit"',
        "visits=1", "no such cookie",
    ),
    "cookie of the number before": Mistake(
        instead("str(visits))", "str(visits - 1))"),
        "visit_first",
        ("should set the cookie visits=1",),
        "str(visits - 1)",
        "visits=1", "visits=0",
    ),
    "id hard-coded": Mistake(
        instead(HEADER, HEADER.replace("g.request_id", '"abc123"')),
        "header_from_g",
        ("same value on every request", "hard-coded"),
        '"abc123"',
        FROM_G, "hard-coded",
    ),
    "id the same for all": Mistake(
        instead(HEADER, HEADER.replace("g.request_id", '"abc123"')),
        "header_fresh",
        ("4 requests got only 1 different",),
        '"abc123"',
        "4 different ids", "abc123, abc123",
    ),
    "placeholder kept": Mistake(
        instead(HEADER, HEADER.replace("g.request_id", '"placeholder"')),
        "header_present",
        ("still has the starter's placeholder",),
        '"placeholder"',
        "the id that is on g", "placeholder",
    ),
    "id made anew": Mistake(
        instead(HEADER, HEADER.replace("g.request_id", "uuid4().hex")),
        "header_from_g",
        ("made anew", "not the one that a hook put on g"),
        'response.headers["X-Request-ID"] = uuid4().hex',
        FROM_G, "made anew",
    ),
    "id in a global": Mistake(
        instead(
            HEADER, HEADER.replace("g.request_id", "current"),
            (ON_G, "    global current\n    current = g.request_id = uuid4().hex\n"),
        ),
        "header_from_g",
        ("a variable that all requests share", "second request", "before_request hook"),
        'response.headers["X-Request-ID"] = current',
        FROM_G, "a global",
    ),
    "id in the session": Mistake(
        instead(
            HEADER, HEADER.replace("g.request_id", 'session["id"]'),
            (ON_G, '    g.request_id = session["id"] = uuid4().hex\n'), SECRET,
            (IMPORT, IMPORT.replace("request\n", "request, session\n")),
        ),
        "header_from_g",
        ("comes from the session, not from g",),
        'response.headers["X-Request-ID"] = session["id"]',
        FROM_G, "the session",
    ),
    "id on the request": Mistake(
        instead(
            HEADER, HEADER.replace("g.request_id", "request.id"),
            (ON_G, "    g.request_id = request.id = uuid4().hex\n"),
        ),
        "header_from_g",
        ("comes from the request, not from g",),
        'response.headers["X-Request-ID"] = request.id',
        FROM_G, "the request",
    ),
    "header set in the view": Mistake(
        instead(
            HEADER, "    g.done = True\n", (VIEW_ENDS, f"{COOKIE}    {HEADER}        return response\n")
        ),
        "header_from_g",
        ("on the response already when the view returned it", "in the after_request hook"),
        'response.headers["X-Request-ID"] = g.request_id',
        FROM_G, "set in the view",
    ),
    "g set too late": Mistake(
        instead(HEADER, ON_G + HEADER, ("def assign_request_id():", "def assign_other():"),
                (ON_G + "\n\nclass", "    g.other = 1\n\n\nclass")),
        "header_from_g",
        ("put on g only after the view", "in a before_request hook"),
        'response.headers["X-Request-ID"] = g.request_id',
        FROM_G, "g set too late",
    ),
    "nothing on g": Mistake(
        instead(ON_G + "\n\nclass", "    pass\n\n\nclass", (HEADER, ON_G + HEADER)),
        "g_before_view",
        ("When the view started, g was empty", "`assign_request_id` put nothing on it"),
        "@app.before_request",
        "something on g", "an empty g",
    ),
    "before_request without its decorator": Mistake(
        instead("@app.before_request\n", ""),
        "page_loads",
        ("Nothing has put `request_id` on g", "`assign_request_id` would set it", "put @app.before_request above it"),
        "def assign_request_id():",
        "200 OK", ERROR,
    ),
    "before_request returns something": Mistake(
        instead(ON_G + "\n\nclass", f"{ON_G}    return g.request_id\n\n\nclass"),
        "page_loads",
        ("`assign_request_id` returned a value", "never called your view", "return nothing"),
        "return g.request_id",
    ),
    "for in braces": Mistake(
        instead("{% for task in tasks %}", "{{ for task in tasks }}"),
        "page_loads",
        ("The template could not be read", re.escape("stand in {% %}")),
        "{{ for task in tasks }}",
        "200 OK", ERROR,
    ),
    "the whole list at once": Mistake(
        instead("{% for task in tasks %}\n      <li>{{ task }}</li>\n      {% endfor %}", "<li>{{ tasks }}</li>"),
        "task_list",
        ("the whole list as one piece of text", "loop"),
        "<li>{{ tasks }}</li>",
        "Sketch the page", "['Sketch the page',",
    ),
    "a variable of the template misspelt": Mistake(
        instead("{{ visits }}", "{{ visit }}"),
        "visit_first",
        ("should say that it is visit number 1",),
        "{{ visit }}",
        "1", "no number at all",
    ),
    "link typed by hand": Mistake(
        instead("{{ url_for('home') }}", "/"),
        "home_link",
        ("no link to itself that url_for made",),
        '<a href="/">',
        "/", "/",
    ),
    "endpoint misspelt": Mistake(
        instead("url_for('home')", "url_for('hom')"),
        "page_loads",
        ("Could not build url for endpoint 'hom'", "Did you mean 'home'", "No route has the endpoint 'hom'"),
        "url_for('hom')",
        "200 OK", ERROR,
    ),
    "header missing": Mistake(
        instead(HEADER, ""),
        "header_present",
        ("The response has no X-Request-ID header",),
        "@app.after_request",
        "X-Request-ID", "none",
    ),
    "header misspelt": Mistake(
        instead(HEADER, HEADER.replace("X-Request-ID", "X-RequestID")),
        "header_present",
        ("There is a X-RequestID; is that a slip of the pen",),
        '"X-RequestID"',
        "X-Request-ID", "X-RequestID",
    ),
    "a function for a view": Mistake(
        instead(
            'class HomeView(MethodView):\n    """Serves the one page of this app."""\n\n    def get(self):\n',
            '@app.get("/", endpoint="home")\ndef home():\n    if True:\n',
            ('app.add_url_rule("/", view_func=HomeView.as_view("home"))\n', ""),
        ),
        "method_view",
        ("served by `home`, a plain function", "a class that inherits from MethodView"),
        '@app.get("/", endpoint="home")',
        "a MethodView", "a plain function",
    ),
    "a name that is not imported": Mistake(
        instead("from uuid import uuid4", "from uuid import uuid5"),
        "page_loads",
        ("name 'uuid4' is not defined", "whether it is imported"),
        ON_G.strip(),
        "200 OK", ERROR,
    ),
    "a colon left out": Mistake(
        instead("class HomeView(MethodView):", "class HomeView(MethodView)"),
        "page_loads",
        ("app.py is not valid Python", "end with a colon"),
        "class HomeView(MethodView)",
        None, "class HomeView(MethodView)\n",
    ),
    "the view returns nothing": Mistake(
        instead(VIEW_ENDS, COOKIE),
        "page_loads",
        ("has no `return` on this path",),
        "def get(self):",
        "200 OK", ERROR,
    ),
    "a loop without an end": Mistake(
        instead(COUNT, f"        while True: pass\n{COUNT}"),
        "page_loads",
        ("no answer within", "a loop that never ends"),
        "while True: pass",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(grade: Grade) -> dict[str, tuple[Edited, Report]]:
    """Return each mistake's text and the report on it."""
    found: dict[str, tuple[Edited, Report]] = {}
    for name, mistake in MISTAKES.items():
        app = edited(*mistake.changes)
        limits = Limits(load_seconds=20, request_seconds=0.5 if "while True" in app.text else 20)
        found[name] = app, grade(app.text, limits=limits)
    return found


def result(report: Report, id: str) -> CheckResult:
    return next(check for check in report.checks if check.id == id)


def blamed(check: CheckResult) -> str:
    """Return the text of the line that is blamed first."""
    assert check.feedback is not None
    assert check.feedback.location is not None
    return dict(check.feedback.location.excerpt)[check.feedback.location.line]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_recognised_and_explained_at_its_line(graded: dict[str, tuple[Edited, Report]], name: str):
    mistake, (app, report) = MISTAKES[name], graded[name]
    check = result(report, mistake.check)
    assert check.status == "failed"
    assert not report.passed
    feedback = check.feedback
    assert feedback is not None
    for words in mistake.says:
        assert re.search(words, feedback.message), feedback.message
    assert feedback.location is not None
    assert feedback.location.file == "app.py"
    assert feedback.location.line <= line_of(mistake.line, app.text) <= feedback.location.end_line
    assert mistake.line in blamed(check)
    for wanted, told in ((mistake.expected, feedback.expected), (mistake.actual, feedback.actual)):
        assert (told is None) if wanted is None else (told is not None and wanted in told)


@pytest.mark.parametrize("name", MISTAKES)
def test_no_mistake_is_an_error_of_ours_or_undecided(graded: dict[str, tuple[Edited, Report]], name: str):
    report = graded[name][1]
    assert {check.status for check in report.checks} <= {"passed", "failed", "blocked"}
    assert len(report.checks) == 12
    assert report.score.possible == 20


def test_the_place_is_the_edited_one(graded: dict[str, tuple[Edited, Report]]):
    """Where one edit makes the mistake, its line is the one that is blamed, or lies within it."""
    elsewhere = {
        "set_cookie on a text",  # the text is made above; what fails is below
        "cookie never set",  # there is no line to blame
        "header missing",
        "before_request without its decorator",
        "a name that is not imported",
        "a function for a view",
    }
    for name, mistake in MISTAKES.items():
        app, report = graded[name]
        if len(mistake.changes) > 1 or name in elsewhere:
            continue
        location = result(report, mistake.check).feedback.location  # type: ignore[union-attr]
        assert location is not None
        first, last = app.line, app.line + mistake.changes[0][1].count("\n")
        assert location.line <= last, name
        assert location.end_line >= first, name


def test_one_mistake_is_told_once_where_it_can_be(graded: dict[str, tuple[Edited, Report]]):
    """What stops the page is told by one check, or two; the others wait for them."""
    for name in ("for in braces", "a colon left out", "set_cookie on a text", "the view returns nothing"):
        told = [check.id for check in graded[name][1].checks if check.feedback is not None]
        assert told[0] == "page_loads", name
        assert len(told) <= 2, name


def test_an_app_that_cannot_be_loaded_is_told_once(graded: dict[str, tuple[Edited, Report]]):
    report = graded["a colon left out"][1]
    assert report.cause == "not_loadable"
    assert [check.status for check in report.checks] == ["failed", *["blocked"] * 11]
    assert report.checks[-1].blocked_by == ("page_loads",)


def test_a_loop_has_its_cause(graded: dict[str, tuple[Edited, Report]]):
    assert graded["a loop without an end"][1].cause == "timed_out"


def test_the_learners_own_frames_are_shown(graded: dict[str, tuple[Edited, Report]]):
    app, report = graded["one more than a text"]
    feedback = result(report, "page_loads").feedback
    assert feedback is not None
    assert [(frame.file, frame.line, frame.function) for frame in feedback.traceback] == [("app.py", app.line, "get")]
    assert feedback.traceback[0].text == 'visits = request.cookies.get("visits", "0") + 1'


# What belongs to the grader, and tells a learner nothing.
INTERNALS = re.compile(
    r"_pytest|checkpoint/|checkpoint\.\w+\.\w+|site-packages|Traceback|/tmp/|/work/|\.pyenv|\b0x[0-9a-fA-F]{6,}"
    r"|worker-\d|submission/|wsgi_app|full_dispatch|pluggy|conftest|<frozen"
)  # fmt: skip
LOUD = {
    "raises at import": instead(APP, f"{APP}raise RuntimeError('no')\n"),
    "import of nothing": instead(APP, f"{APP}import no_such_package\n"),
    "import from nothing": instead("from uuid import uuid4", "from uuid import uuid44 as uuid4"),
    "import of flask's": instead(IMPORT, IMPORT.replace("request", "request, no_such_name")),
    "no app": instead(APP, "app = 5\n", ("@app.before_request\n", ""), ("@app.after_request\n", ""),
                      ('app.add_url_rule("/", view_func=HomeView.as_view("home"))\n', "")),
    "raises in a hook": instead(ON_G, "    raise KeyError('id')\n"),
    "raises deep inside": instead(COUNT, f"{COUNT}        make_response(object())\n"),
    "raises in jinja": instead("{{ visits }}", "{{ visits.a.b.c }}"),
    "raises from another": instead(
        COUNT, "        try:\n            1 / 0\n        except ZeroDivisionError as e:\n"
        "            raise ValueError('x') from e\n" + COUNT,
    ),
    "aborts": instead(COUNT, f"        from flask import abort\n        abort(418)\n{COUNT}"),
    "recurses": instead(COUNT, f"        self.get()\n{COUNT}"),
    "exits": instead(COUNT, f"        raise SystemExit(3)\n{COUNT}"),
    "dies": instead(COUNT, f"        import os\n        os.abort()\n{COUNT}"),
    "prints and logs": instead(COUNT, f"        app.logger.error('careful'); print('printed')\n        1 / 0\n{COUNT}"),
    "closes its output": instead(COUNT, f"        import sys\n        sys.stderr.close()\n        1 / 0\n{COUNT}"),
    "no file": instead(COUNT, f"        open('no_such_file.txt')\n{COUNT}"),
    "no template": instead("render_template_string(PAGE,", "render_template('home.html',",
                           (IMPORT, IMPORT.replace("request\n", "request, render_template\n"))),
    "answers nonsense": instead(VIEW_ENDS, f"{COOKIE}        response.status = 'abc'\n        return response\n"),
}  # fmt: skip


def texts(value: Any, path: str = "report") -> Iterator[tuple[str, str]]:
    """Yield every text in a report with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from texts(item, f"{path}[{number}]")


def internals(report: Report) -> list[tuple[str, str]]:
    return [(path, text) for path, text in texts(dataclasses.asdict(report)) if INTERNALS.search(text)]


@pytest.mark.parametrize("name", LOUD)
def test_no_internals_reach_the_learner(grade: Grade, name: str):
    report = grade(edited(*LOUD[name]).text)
    assert not report.passed
    assert {check.status for check in report.checks} <= {"passed", "failed", "blocked"}
    failed = next(check for check in report.checks if check.status == "failed")
    assert failed.feedback is not None
    assert failed.feedback.message
    assert internals(report) == []


def test_no_internals_are_in_what_any_mistake_is_told(graded: dict[str, tuple[Edited, Report]]):
    assert {name: found for name, (_app, report) in graded.items() if (found := internals(report))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "<object object at 0x7f0123456789>", 'File "/x/site-packages/flask/app.py"', "Traceback (most recent", "/tmp/x",
        "/srv/checkpoint-x/worker-1/submission/app.py", "checkpoint.judge.api.Failure: no", "src/checkpoint/x.py",
    ],
)  # fmt: skip
def test_internals_would_be_found_wherever_they_are(graded: dict[str, tuple[Edited, Report]], text: str):
    report = graded["id hard-coded"][1]
    check = result(report, "header_from_g")
    assert check.feedback is not None
    for changed in (
        dataclasses.replace(check, output=text),
        dataclasses.replace(check, feedback=dataclasses.replace(check.feedback, actual=text)),
        dataclasses.replace(check, hints=(text,)),
    ):
        assert len(internals(dataclasses.replace(report, checks=(changed,)))) == 1
    assert len(internals(dataclasses.replace(report, notes=(text,)))) == 1


def test_what_an_app_prints_and_logs_itself_is_kept(grade: Grade):
    report = grade(edited(*LOUD["prints and logs"]).text)
    output = result(report, "page_loads").output
    assert "careful" in output
    assert "printed" in output
    assert "ZeroDivisionError" not in output


def test_the_solution_itself_has_nothing_to_tell(grade: Grade):
    report = grade(SOLUTION)
    assert report.passed
    assert [check.id for check in report.checks if check.feedback is not None] == []
