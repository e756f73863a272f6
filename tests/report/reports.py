"""Build sample Reports: one of each kind of outcome, and one written by someone who means harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

from checkpoint.model import CheckResult, Decision, Feedback, Frame, Isolation, Location, Report, Score, Stop, Verdict

if TYPE_CHECKING:
    from checkpoint.model import Status, Visibility

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

TIMED_OUT = CheckResult(
    "page_loads",
    "The page loads",
    "failed",
    1,
    Feedback(
        message="The app gave no answer to GET / within 2 s. It was in this line when its time was up.",
        location=Location("starter/app.py", 9, 9, ((8, "def home():"), (9, "    while True:"), (10, "        pass"))),
    ),
    cause="timed_out",
    duration_ms=2004.2,
    output="thinking ...\n",
)

UNPARSED = CheckResult(
    "page_loads",
    "The page loads",
    "failed",
    1,
    Feedback(
        message="Python cannot read this file: SyntaxError: '(' was never closed",
        location=Location("starter/app.py", 4, 4, ((3, ""), (4, "app = Flask(__name__"), (5, ""))),
    ),
    hints=("Count the brackets in this line.",),
    cause="not_loadable",
)

WAITING = CheckResult(
    "visit_first", "A first visit is number 1", "blocked", 2, hints=("A hint.",), blocked_by=("page_loads",)
)

# What nobody may find in what is written of these two.
SECRET = "s3cret-of-the-checks"


def kept_back(id: str, status: Status, visibility: Visibility) -> CheckResult:
    """Return a check of which a learner may see no more than its id, status and points."""
    return CheckResult(
        id,
        f"The {SECRET} title",
        status,
        3,
        Feedback(
            f"The {SECRET} message",
            f"{SECRET} expected",
            f"{SECRET} actual",
            Location(f"{SECRET}.py", 4321, 4321, ((4321, SECRET),)),
            (Frame(f"{SECRET}.py", 4321, SECRET, SECRET),),
        ),
        (SECRET,),
        "crashed" if status == "failed" else None,
        4321.5,
        f"{SECRET} printed\n",
        visibility=visibility,
    )


HIDDEN = kept_back("other_paths", "failed", "hidden")
HIDDEN_PASSED = kept_back("other_names", "passed", "hidden")
AFTER_DUE = kept_back("many_visits", "failed", "after_due")

DECIDED_AT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
LET_PASS = replace(
    UNDECIDED, decision=Decision("passed", "The lock guards the id, which does come from g.", "Ada", DECIDED_AT)
)
TURNED_DOWN = replace(ERROR, decision=Decision("failed", "There is no link at all.", "Grace", DECIDED_AT))
HIDDEN_LET_PASS = replace(
    kept_back("other_ids", "undecided", "hidden"), decision=Decision("passed", SECRET, SECRET, DECIDED_AT)
)


def not_reached(check: CheckResult) -> CheckResult:
    """Return a check as it is told when grading ended before it."""
    words = "This check was not reached: grading was cut short."
    return CheckResult(check.id, check.title, "error", check.max_points, Feedback(words))


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
        "started_at": datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
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
        )
        for status in ("passed", "failed", "blocked", "undecided", "error")
    )
    checks += tuple(
        replace(checks[3], decision=Decision(verdict, text, text, DECIDED_AT)) for verdict in get_args(Verdict)
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
        stopped=Stop("interrupted", text),
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


def outcomes() -> dict[str, Report]:
    """Return one Report for each way in which grading can come out."""
    rest = (not_reached(FIRST), not_reached(FAILED))
    refused = Feedback("nothing to grade: there is no app.py in homework.zip. Put app.py at the top of the archive.")
    nothing = {"fingerprint": "", "checkpoint_id": "unknown", "checkpoint_title": "Checkpoint", "up_next": None}
    return {
        "passed": report(PASSED, FIRST),
        "failed": report(PASSED, FAILED, BLOCKED),
        "crashed": report(PASSED, CRASHED, cause="crashed", output="starting up\n"),
        "timed_out": report(TIMED_OUT, WAITING, cause="timed_out"),
        "syntax_error": report(UNPARSED, WAITING, cause="not_loadable"),
        "refused": report(
            CheckResult("page_loads", "The page loads", "failed", 1, refused, cause="not_loadable"),
            WAITING,
            cause="not_loadable",
            submission_path="homework.zip",
            submission_sha256="",
        ),
        "undecided": report(PASSED, UNDECIDED, notes=("The code reaches for `gc` (line 3).",)),
        "hidden": report(PASSED, HIDDEN_PASSED, HIDDEN, cause="crashed"),
        "after_due": report(PASSED, AFTER_DUE),
        "check_error": report(PASSED, ERROR),
        "decided": report(PASSED, LET_PASS, TURNED_DOWN, HIDDEN_LET_PASS),
        "only": report(PASSED, FAILED, only="visit_count", score=Score(0, 4, 0.0, 100, False)),
        "interrupted": report(PASSED, *rest, stopped=Stop("interrupted", "It was interrupted.")),
        "terminated": report(PASSED, FAILED, not_reached(FIRST), stopped=Stop("terminated", "It was told to end.")),
        "unfinished": report(PASSED, *rest, stopped=Stop("unfinished", "It was still going on.")),
        "grader_failed": report(*rest, stopped=Stop("failed", "The grader could not go on. That is not your fault.")),
        "broken": report(
            stopped=Stop("broken", "This checkpoint has something to mend."),
            score=Score(0, 0, 0.0, 100, False),
            isolation=Isolation("none", "nothing was run"),
            **nothing,
        ),
        "everything": everything(),
        "hostile": hostile(),
    }
