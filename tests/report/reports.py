"""Build sample Reports: one of each kind of outcome, and one written by someone who means harm."""

from __future__ import annotations

from typing import Any

from checkpoint.model import CheckResult, Feedback, Frame, Isolation, Location, Report, Score

FINGERPRINT = "f" * 64
SHA256 = "0123456789abcdef" * 4

PASSED = CheckResult("page_loads", "The page loads", "passed", 1, duration_ms=12.4)
FIRST = CheckResult("visit_first", "A first visit is number 1", "passed", 2, duration_ms=8)

FAILED = CheckResult(
    "visit_count",
    "Each visit counts one more",
    "failed",
    4,
    Feedback(
        message="The browser sent the cookie visits=41 back, and the page still says 1. "
        "A cookie comes back as text, so 1 has to be added to the number that it stands for.",
        expected="42",
        actual="1",
        location=Location(
            "starter/app.py",
            38,
            39,
            (
                (36, "    def get(self):"),
                (37, '        visits = request.cookies.get("visits")'),
                (38, "        if visits is not None:"),
                (39, "            visits = 1"),
                (
                    40,
                    "        return make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))",
                ),
            ),
        ),
    ),
    hints=(
        "The cookie comes back as text.",
        "int(...) makes a number of it.",
        "int(request.cookies['visits']) + 1",
    ),
    duration_ms=31.6,
    output="visits: 41\nvisits is not None\n",
)

BLOCKED = CheckResult(
    "visit_per_visitor",
    "Two browsers do not share a count",
    "blocked",
    2,
    hints=("Look at the check before.",),
    blocked_by=("visit_count",),
)

CRASHED = CheckResult(
    "after_request_returns",
    "Every after_request hook returns a response",
    "failed",
    1,
    Feedback(
        message="stamp_request_id returns nothing, so Flask has no response to send. End it with `return response`.",
        location=Location(
            "starter/app.py",
            52,
            52,
            ((51, "def stamp_request_id(response):"), (52, "    response.headers[ID] = make()")),
        ),
        traceback=(
            Frame("starter/app.py", 52, "stamp_request_id", "    response.headers[ID] = make()"),
            Frame("starter/app.py", 12, "make", "    raise KeyError(ID)"),
        ),
    ),
    hints=("Flask sends what the hook returns.",),
    cause="crashed",
)

UNDECIDED = CheckResult(
    "header_from_g",
    "The header's value comes from g",
    "undecided",
    4,
    Feedback(
        message="What is on g is a lock, which cannot be exchanged. "
        "Keep text or a number on g, and this can be checked."
    ),
)

ERROR = CheckResult(
    "home_link",
    "The page links to itself",
    "error",
    1,
    Feedback(message="The check itself stopped: NameError in test_home_link."),
)


def report(*checks: CheckResult, **changes: Any) -> Report:
    """Return a Report of these checks with a Score that fits them."""
    earned = sum(check.points for check in checks)
    possible = sum(check.max_points for check in checks)
    percent = round(100 * earned / possible, 2) if possible else 0.0
    values: dict[str, Any] = {
        "checkpoint_id": "dynamic-web-app",
        "checkpoint_title": "A Dynamic Web App",
        "fingerprint": FINGERPRINT,
        "submission_path": "starter/app.py",
        "submission_sha256": SHA256,
        "seed": 7,
        "score": Score(earned, possible, percent, 100, earned == possible),
        "checks": checks,
        "cause": None,
        "output": "",
        "notes": (),
        "isolation": Isolation("full", "namespaces, Landlock, seccomp"),
        "duration_ms": 1234.5,
        "versions": {"checkpoint": "0.1.0", "python": "3.11.7", "flask": "3.1.3"},
        "up_next": "User login with Flask-Login",
    }
    return Report(**(values | changes))


HOSTILE_TEXT = (
    "\x1b[2J\x1b]8;;http://evil.example\x07 [red]bold[/red] [/] \r\x00\x07\x7f\x9b31m {0} {braces} & <b> %s "
    "\u202eright to left\u2066 \ud800 \udfff \u200b\u200d\ufeff \ufffe \U000e0041 \u2028\u2029\x85\x0b\x0c "
    "e" + "\u0301" * 40 + " 日本語のとても長い文章です" * 3 + " \u3164\u2800 \u2764\ufe0f 1\ufe0f 👩\u200d💻 \t end"
)
LONG_LINE = "x" * 10_000


def hostile(text: str = HOSTILE_TEXT) -> Report:
    """Return a Report in which every text is `text`."""
    feedback = Feedback(
        message=text,
        expected=text,
        actual=text + " ",
        location=Location(text, 1, 2, ((1, text), (2, LONG_LINE), (3, "日" * 200))),
        traceback=(Frame(text, 1, text, text), Frame(text, 2, text, LONG_LINE)),
    )
    checks = tuple(
        CheckResult(
            text,
            text,
            status,
            1,
            feedback,
            (text, text),
            "crashed",
            1.0,
            f"{text}\n{LONG_LINE}\n" * 4,
            (text, text),
            decision=text,
        )
        for status in ("passed", "failed", "blocked", "undecided", "error")
    )
    return report(
        *checks,
        checkpoint_title=text,
        submission_path=text,
        notes=(text, text),
        output=text,
        isolation=Isolation("none", text),
        versions={text: text},
        only=text,
        complete=False,
        up_next=text,
    )


def everything() -> Report:
    """Return a Report with one check of every kind."""
    return report(
        PASSED,
        FIRST,
        FAILED,
        BLOCKED,
        CRASHED,
        UNDECIDED,
        ERROR,
        notes=("app.run() is called without a guard; Flask ignored it under FLASK_RUN_FROM_CLI=true.",),
        output="starting up\n",
        isolation=Isolation("none", "no fork on this machine"),
    )
