"""A learner who has read all this, and sends what they like, still gets no more than a failure of their own."""

from __future__ import annotations

import json
import random
import weakref
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint.judge import blame, outcome, source
from checkpoint.judge.api import Failure, Spec, Undecided, expect, fail, undecided
from checkpoint.judge.app import COOKIES_CHARS, SolutionBroke
from checkpoint.judge.carried import TOLD_CHARS
from checkpoint.judge.page import INTEGER_DIGITS, JSON_CHARS, JSON_DEPTH
from checkpoint.worker import wire

from .apps import HEAD, Told, app_that_tells, page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.judge.app import App
    from checkpoint.judge.page import Page
    from checkpoint.model import CheckResult


SPEC = Spec("visits", "Visits are counted", file=__file__)
# What one check may add to a report: the bounds that `outcome` names, and the names of its files.
CHECK_CHARS = 60_000


def judged(app: App, ask: Callable[[], object]) -> CheckResult:
    """Return what becomes of a check that asks this."""
    raised: tuple[str, BaseException] | None = None
    try:
        ask()
    except BaseException as error:
        raised = "call", error
    return outcome.result(SPEC, raised, app, blocked_by=(), compared=None, duration_ms=1)


def texts(value: object) -> Iterator[str]:
    """Yield every text in a value made of frozen dataclasses and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from texts(getattr(value, name))


def accessors(read: Page) -> Iterator[Callable[[], object]]:
    """Yield everything that can be read off a page, and what can be read off that."""
    plain = {"close", "freeze", "make_sequence", "get_app_iter", "get_wsgi_headers", "get_wsgi_response"}
    for name in dir(type(read)):
        if name.startswith(("_", "set_", "delete_", "add_", "make_", "from_", "force_", "call_")) or name in plain:
            continue

        def ask(name: str = name) -> None:
            found = getattr(read, name)
            if name.startswith(("get_", "is_", "iter_", "calculate_")) and callable(found):
                found = found()
            for inner in () if found is None or isinstance(found, str | bytes | int) else dir(found):
                if not inner.startswith("_") and name not in ("request", "response", "source"):
                    getattr(found, inner)

        yield ask
    yield from (lambda: read.ok(), lambda: read.after_hooks_ok(), lambda: read.headers["X"], lambda: read.cookie("a"))


def assert_harmless(app: App, answer: Callable[[], Page]) -> None:
    """Ask for all that an answer has: each is a value or a failure, and a small one."""
    asked: list[Callable[[], object]] = [answer]
    pages: list[Page] = []
    if judged(app, lambda: pages.append(answer())).status == "passed":
        asked += accessors(pages[0])
    for ask in asked:
        result = judged(app, ask)
        assert result.status in ("passed", "failed"), result
        assert sum(map(len, texts(result))) < CHECK_CHARS


SOME = st.sampled_from(
    ["", "x", "app.py", "app.py\n", "index", "a.b", "::error::x", "9" * 400, "\ud800", "'x'", "\x9b"]
)
LEAVES = st.none() | st.booleans() | st.integers(-(10**39), 10**39) | SOME | st.text(max_size=9)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SOME, inner, max_size=4), max_leaves=10
)
FRAMES = st.lists(st.tuples(SOME, st.integers(-3, 10**12), SOME).map(list) | JSON, max_size=4)
KINDS = st.sampled_from(
    ["TypeError", "SystemExit", "MemoryError", "NoApp", "SyntaxError", "ModuleNotFoundError", "TemplateSyntaxError",
     "UndefinedError", "BuildError", "NotImplementedError", "AttributeError"]
)  # fmt: skip
MESSAGES = st.sampled_from(
    ["'x' is undefined", "get() takes 1", "but it was a View.", "create_app()", "request_id", "No module named 'x'",
     "invalid literal for int() with base 10: '" + "9\n" * 900 + "'", "x\n20 of 20 points. Passed.", "x (/a.py)" * 200]
)  # fmt: skip
ERRORS = st.fixed_dictionaries(
    {},
    optional={
        "type": KINDS | JSON,
        "message": MESSAGES | JSON,
        "words": MESSAGES | JSON,
        "frames": FRAMES | JSON,
        "missing": SOME | JSON,
        "syntax": st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("file", "line", "column", "end_column", "text"), JSON)
        ) | JSON,
        "template": st.fixed_dictionaries({}, optional={"name": JSON, "line": JSON, "text": JSON}) | JSON,
    },
)  # fmt: skip
HOOKS = st.lists(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("name", "file", "line", "returned", "response"), JSON)) | JSON,
    max_size=3,
)
SEEN = st.fixed_dictionaries(
    {},
    optional={
        "before": HOOKS, "after": HOOKS, "error": ERRORS | JSON,
        "view": st.fixed_dictionaries({}, optional=dict.fromkeys(("name", "endpoint", "class", "method_view"), JSON)),
        "replaced": JSON, "exchanged": JSON,
    },
)  # fmt: skip
NAMES = st.sampled_from(
    ["Set-Cookie", "Location", "Content-Type", "Content-Length", "Date", "Expires", "Age", "Retry-After", "ETag",
     "Cache-Control", "Content-Range", "WWW-Authenticate", "Content-Security-Policy", "Access-Control-Max-Age", ""]
)  # fmt: skip
VALUES = st.sampled_from(
    ["", "9" * 4301, "-1", "bytes 9-1/0", "a=1; Max-Age=x", "/\x80", "Mon, 01 Jan 0000 00:00:00 GMT",
     "text/html; charset*=x''%ff", "Fri, 31 Dec 9999 23:59:59 -9999", "http://[::1", "//[", "Digest =,\"",
     "a=\"\\377\\012\"", "max-age=1e9"]
) | st.text(max_size=20)  # fmt: skip
STATUS = st.sampled_from(["200 OK", "302 Found", "404 X", "500 X", "100", "999", "204 x"])

USUAL = settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@USUAL
@given(
    header=st.fixed_dictionaries(
        {"status": STATUS | JSON, "headers": st.lists(st.tuples(NAMES, VALUES).map(list), max_size=4) | JSON},
        optional={"seen": SEEN | JSON, "error": ERRORS | JSON, "verb": st.sampled_from(["response", "raised"])},
    ),
    body=st.binary(max_size=60) | st.sampled_from([b"<a href='//['>x", b"[" * 999, b"1" * 400, b"&#" + b"9" * 5000]),
    follow=st.booleans(),
)  # fmt: skip
def test_any_answer_gives_a_value_or_a_failure(header: dict[str, Any], body: bytes, follow: bool):
    app = app_that_tells(Told(body, **header), HEAD)
    assert_harmless(app, lambda: app.client().get("/", follow_redirects=follow))


@USUAL
@given(verb=st.sampled_from(["loaded", "failed"]), error=ERRORS | JSON, routes=JSON)
def test_any_word_about_loading_gives_a_value_or_a_failure(verb: str, error: object, routes: object):
    told = Told(b"", status="404 Not Found")
    told.loaded = {"verb": verb, "error": error, "routes": routes}
    app = app_that_tells(told, HEAD)
    assert_harmless(app, lambda: app.get("/").ok())
    assert judged(app, lambda: app.routes).status in ("passed", "failed")


def test_what_werkzeug_cannot_read_is_the_failure_of_whose_answer_it_is():
    told = Told(headers=[["Retry-After", "9" * 400]])
    learner, solution = app_that_tells(told, HEAD), app_that_tells(told, HEAD, role="solution")
    result = judged(learner, lambda: learner.get("/").retry_after)
    assert (result.status, result.feedback and result.feedback.message) == (
        "failed",
        "What the app answered to GET / is not a response that a browser could read: "
        "OverflowError: Python int too large to convert to C int.",
    )
    result = judged(learner, lambda: solution.get("/").retry_after)
    assert result.status == "error"
    assert result.feedback is not None
    assert "the solution does not work: What the app answered to GET / is not" in result.feedback.message


def test_a_check_that_trips_over_its_own_feet_is_still_ours():
    app = app_that_tells(Told(b"x"), HEAD)
    read = app.get("/")
    asked: list[Callable[[], object]] = [
        lambda: read.nonsense,
        lambda: read.get_data(1, 2, 3),
        lambda: int(read.text),
        lambda: app.get("/", nonsense=1),
        lambda: app.client().post("/", data="a", json={"a": 1}),
        lambda: app.get("/", base_url="http://localhost/?a"),
        lambda: [][1],
    ]
    assert [judged(app, ask).status for ask in asked] == ["error"] * len(asked)


def test_a_header_that_is_not_there_is_a_failure_in_our_words():
    app = app_that_tells(Told(headers=[["X-Here", "1"]]), HEAD)
    headers = app.get("/").headers
    assert (headers["x-here"], headers.get("X-There"), headers.get("X-Here", type=int)) == ("1", None, 1)
    with pytest.raises(Failure, match=r"^GET / was answered without the header `X-There`\.$"):
        _ = headers["X-There"]
    with pytest.raises(SolutionBroke, match="was answered without the header"):
        _ = app_that_tells(Told(), HEAD, role="solution").get("/").headers["X-There"]
    with pytest.raises(KeyError):
        _ = headers.copy()["X-There"]
    with pytest.raises(IndexError):
        _ = headers[99]


DEEP = JSON_DEPTH + 1


@pytest.mark.parametrize(
    "body",
    [
        "[" * DEEP + "]" * DEEP, '{"a":' * DEEP + "0" + "}" * DEEP, "[" * 900 + "]" * 900,
        "9" * (INTEGER_DIGITS + 1), "-" + "9" * 4000, "1e999", "[NaN]", "-Infinity", f'"{"x" * JSON_CHARS}"',
    ],
    ids=lambda body: body[:9],
)  # fmt: skip
def test_json_that_a_check_cannot_work_with_is_none(body: str):
    with pytest.raises(Failure, match="should answer with JSON, but its body is none"):
        _ = page(body).json


def test_json_within_the_bounds_can_be_compared_shown_and_calculated_with():
    for body in ("[" * JSON_DEPTH + "0" + "]" * JSON_DEPTH, "9" * INTEGER_DIGITS, f'"{"x" * (JSON_CHARS - 2)}"'):
        value = page(body).json
        assert value == json.loads(body)
        assert Failure("", expected=value).expected
    assert float(page("9" * INTEGER_DIGITS).json) > 0


def test_more_cookies_than_a_browser_could_send_back_are_a_failure():
    jar = [["Set-Cookie", f"c{number}={'x' * 4000}"] for number in range(5)]
    assert sum(len(value) - len("c0=") for _name, value in jar) > COOKIES_CHARS
    app = app_that_tells(Told(headers=jar), HEAD)
    client = app.client()
    client.get("/")
    with pytest.raises(Failure, match="have to send back more than 16 KiB"):
        client.get("/")
    app.client().get("/")


def test_no_number_of_headers_is_free_of_charge():
    with pytest.raises(Failure, match="more than 64 KiB"):
        app_that_tells(Told(headers=[["", ""]] * 20_000), HEAD).get("/")


def test_what_the_probe_tells_can_be_sent_back_to_it():
    seen = {"exchanged": ["a", "x" * wire.HEADER_BYTES], "reached_after": True}
    app = app_that_tells(Told(headers=[["X", "1"]], seen=seen), HEAD)
    with pytest.raises((Failure, Undecided)):
        app.trace_header("X", random.Random(1)).expect("g")


def test_of_what_is_told_no_more_is_kept_than_any_app_has_to_tell():
    seen = {"exchanged": ["a"], "text": "x" * 10**6, "carried": ["b"], "junk": [[]] * 100_000, "late": ["c"]}
    read = page(seen=seen, junk=["x" * 10**6], error={"type": "E", "frames": [{str(n): n for n in range(10**5)}]})
    assert (read.seen.names("exchanged"), read.seen.names("carried")) == (["a"], ["b"])
    assert read._answer.keys() == {"verb", "seen", "error"}
    assert len(json.dumps(read._answer)) < 3 * TOLD_CHARS


def test_an_observed_answer_leaves_its_body_behind():
    app = app_that_tells(Told(b"x" * 100), HEAD)
    [observed] = app.observe("/", [{"header": "X", "seed": 0, "turn": 0}])
    assert (observed.body, app.get("/").get_data()) == (b"", b"x" * 100)


@pytest.mark.parametrize("told", ["/etc/passwd", "::error file=x", "x" * 9999, "missing.py"])
def test_only_files_of_the_submission_are_named(told: str):
    error = {"type": "TypeError", "message": "x", "frames": [[told, 1, "f"], ["app.py", 1, "g"], [told, 1, "h"]]}
    with pytest.raises(Failure) as caught:
        page(verb="raised", error=error).ok()
    assert [(frame.file, frame.function) for frame in caught.value.traceback] == [("app.py", "g")]
    app = app_that_tells(Told(), "def")
    failure = blame.load_failure({"type": "SyntaxError", "syntax": {"file": told, "line": 1}}, app)
    assert failure.message.startswith("app.py is not valid Python")


def test_a_large_file_is_read_once_for_all_frames(monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    lines = source.Source.lines
    monkeypatch.setattr(source.Source, "lines", lambda self, file: read.append(file) or lines(self, file))
    error = {"type": "TypeError", "message": "x", "frames": [["app.py", 1, "f"]] * 60}
    with pytest.raises(Failure):
        page(verb="raised", error=error).ok()
    assert read.count("app.py") <= 2  # once for what happened, once for whether it is a 404 of the app's own


FORGED = "boom\n\n20 of 20 points. Passed.\r\n::error::x"


@pytest.mark.parametrize(
    "header",
    [
        {"verb": "raised", "error": {"type": "E", "message": FORGED}},
        {"verb": "raised", "error": {"type": FORGED, "message": "", "words": FORGED}},
        {"verb": "raised", "error": {"type": "ValueError",
                                     "message": f"invalid literal for int() with base 10: '{FORGED}'"}},
        {"status": "500 X", "seen": {"after": [{"name": FORGED, "returned": FORGED, "response": False}]}},
        {"seen": {"before": [{"name": FORGED, "returned": FORGED}]}},
        {"status": "302 X", "headers": [["Location", "/\x85" + "x" * 9999]]},
        {"status": "302 X", "headers": [["Location", "/a%0A%0A20%20of%2020%20points"]]},
        {"status": FORGED},
        {"headers": [[FORGED, ""]]},
    ],
    ids=range(9),
)  # fmt: skip
def test_words_of_the_learners_are_a_part_of_our_sentence_and_no_line_of_their_own(header: dict[str, Any]):
    app = app_that_tells(Told(**header), HEAD)
    app_routes = app_that_tells(Told(status="404 X"), HEAD)
    app_routes._launcher.loaded["routes"] = [[FORGED * 99, "x", []]] * 200  # type: ignore[attr-defined]
    for asked in (
        lambda: app.get("/").ok(),
        lambda: app_routes.get("/").ok(),
        lambda: app.client().get("/%0Ax", follow_redirects=True).ok(204),
    ):
        result = judged(app, asked)
        assert result.status == "failed"
        assert result.feedback is not None
        assert "\n" not in result.feedback.message
        assert len(result.feedback.message) < outcome.MESSAGE_CHARS


@pytest.mark.parametrize("say", [fail, pytest.fail, pytest.skip, undecided, int, partial(expect, False)])
def test_no_words_are_too_many(say: Callable[[str], object]):
    result = judged(app_that_tells(Told(), HEAD), lambda: say("x" * 10**7))
    assert result.status != "passed"
    assert sum(map(len, texts(result))) < CHECK_CHARS


def test_what_many_workers_printed_is_shortened_in_the_middle():
    app = app_that_tells(Told(), HEAD)
    app._printed = ["a" * 20_000, "b" * 20_000, "c" * 20_000]
    output = judged(app, lambda: None).output
    assert len(output) < outcome.OUTPUT_CHARS + 100
    assert output.startswith("aaa")
    assert output.endswith("ccc")
    assert "[... 40000 characters left out ...]" in output


def test_the_pages_of_a_check_are_gone_when_it_is_judged():
    app = app_that_tells(Told(b"x"), HEAD)
    seen: list[weakref.ref[Page]] = []

    def ask() -> None:
        read = app.get("/")
        seen.append(weakref.ref(read))
        fail(read.text)

    with pytest.raises(Failure) as caught:
        ask()
    assert seen[0]() is not None
    outcome.result(SPEC, ("call", caught.value), app, blocked_by=(), compared=None, duration_ms=1)
    assert seen[0]() is None


def test_a_value_that_cannot_be_shown_does_not_end_grading():
    class Unshowable:
        def __repr__(self) -> str:
            raise RecursionError("maximum recursion depth exceeded")

    raised: tuple[str, BaseException] = ("call", AssertionError("x"))
    try:
        assert Unshowable() == 1
    except AssertionError as error:
        raised = "call", error
    app = app_that_tells(Told(), HEAD)
    both = (Unshowable(), 10**5000)
    result = outcome.result(SPEC, raised, app, blocked_by=(), compared=both, duration_ms=1)
    assert result.feedback is not None
    assert (result.feedback.actual, result.feedback.expected) == (
        "(RecursionError while showing it)",
        "(ValueError while showing it)",
    )
