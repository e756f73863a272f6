"""An app behind the wall: whatever it answers is its own fault, and what goes wrong costs no more than it must."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint.judge.answers import Answers
from checkpoint.judge.api import Failure
from checkpoint.judge.app import App, SolutionBroke
from checkpoint.judge.carried import COOKIE_CHARS, HEADER_CHARS, HEADER_COST
from checkpoint.judge.client import REDIRECTS
from checkpoint.model import Limits
from checkpoint.worker.wire import Frame

from .apps import HEAD, LIMITS, Told, app_that_tells, submission

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .apps import Start

COUNTER = (
    HEAD
    + """
count = 0


@app.get("/")
def index():
    global count
    count += 1
    response = make_response(f"{count}")
    response.set_cookie("seen", request.cookies.get("seen", "") + "x")
    return response


@app.get("/die")
def die():
    import os
    print("last words")
    os._exit(3)


@app.get("/hang")
def hang():
    while True:
        pass


@app.get("/print")
def write():
    print("printed", request.args["what"])
    return "printed"


@app.get("/go/<int:n>")
def go(n):
    return redirect(f"/go/{n + 1}")


@app.get("/round")
def round_trip():
    return redirect("/round")


@app.get("/there")
def there():
    return redirect("/")


@app.get("/away")
def away():
    return redirect("http://elsewhere.example/")


@app.get("/nowhere")
def nowhere():
    return "", 302


@app.route("/echo", methods=["GET", "POST"])
def echo():
    return {"method": request.method, "body": request.get_data(as_text=True), "query": request.query_string.decode(),
            "host": request.host, "root": request.root_path, "a": request.headers.get("X-A")}
"""
)


def wsgi(answer: str) -> str:
    """Return an app that answers below Flask: `answer` is the body of a WSGI function."""
    return f"{HEAD}\n\ndef answer(environ, start_response):\n    {answer}\n\n\napp.wsgi_app = answer\n"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("start_response('abc', []); return [b'']", "its status is 'abc'"),
        ("start_response('', []); return [b'']", "its status is ''"),
        ("start_response('99 Low', []); return [b'']", "its status is '99 Low'"),
        ("start_response('1000 High', []); return [b'']", "its status is '1000 High'"),
        ("start_response('-20 x', []); return [b'']", "its status is '-20 x'"),
        ("start_response('2OO OK', []); return [b'']", "its status is '2OO OK'"),
        ("start_response('\\u0662\\u0660\\u0660', []); return [b'']", "its status is"),
        ("start_response('x' * 5000, []); return [b'']", "its status is 'xxx"),
        ("start_response('200 OK', [('X', 'a\\r\\nSet-Cookie: visits=1')]); return [b'']", "header 'X' has a line end"),
        ("start_response('200 OK', [('X\\n', 'a')]); return [b'']", r"has a line end in it"),
        ("start_response('200 OK', [('X', 'a' * 100_000)]); return [b'']", "headers have more than 64 KiB"),
        ("start_response('200 OK', [('X', 'a' * 99)] * 999); return [b'']", "headers have more than 64 KiB"),
        ("start_response('200 OK', [('Set-Cookie', '=1')]); return [b'']", "one of its headers makes no sense"),
        ("start_response('200 OK', [('Set-Cookie', 'a=1; Max-Age=x')]); return [b'']", "invalid literal for int"),
        ("start_response('200 OK', [('Set-Cookie', 'a=' + 'b' * 5000)]); return [b'']", "cookie of 5002 characters"),
        ("start_response('200 OK', []); return [b'x' * (3 << 20)]", "it is larger than 2 MiB"),
        ("start_response('200 OK', []); return iter(lambda: b'x' * 9999, 0)", "it is larger than 2 MiB"),
    ],
)
def test_an_answer_that_no_browser_could_read_is_the_learners_failure(start: Start, answer: str, words: str):
    limits = Limits(load_seconds=20, request_seconds=20, body_bytes=2 << 20)
    app = start(wsgi(answer), limits=limits)
    with pytest.raises(Failure, match="is not a response that a browser could read") as caught:
        app.client().get("/")
    assert words in caught.value.message
    assert caught.value.cause is None
    assert len(caught.value.message) < 500


def test_several_can_be_asked_at_once_and_each_is_a_new_visitor(start: Start):
    app = start(COUNTER)
    first, other, last = app.ask_all(("GET", "/"), ("POST", "/echo"), ("GET", "/"))
    assert [first.text, last.text] == ["1", "2"]
    assert other.json["method"] == "POST"
    assert first.cookie("seen") == last.cookie("seen") == "x"
    assert app.get("/").text == "3"


def test_however_many_are_asked_at_once_and_however_much_comes_back_nobody_waits_for_the_other(start: Start):
    app = start(wsgi("start_response('200 OK', []); return [b'x' * 300_000]"))
    pages = app.ask_all(*[("GET", f"/{'p' * 4000}")] * 90)
    assert {len(page.data) for page in pages} == {300_000}


def test_an_answer_that_nobody_took_is_not_taken_for_the_next_one(start: Start):
    """The first of three answers is none that a browser could read; the other two come, and nobody asks for them."""
    status = "'2OO OK' if environ['PATH_INFO'] == '/bad' else '200 OK'"
    counts = f"asked.append(1); start_response({status}, []); return [b'%d' % len(asked)]"
    app = start(f"asked = []\n{wsgi(counts)}")
    with pytest.raises(Failure, match="its status is '2OO OK'"):
        app.ask_all(("GET", "/bad"), ("GET", "/"), ("GET", "/"))
    assert app.get("/").text == "4"


@pytest.mark.parametrize(("path", "cause"), [("/die", "exited"), ("/hang", "timed_out")])
def test_what_ends_an_app_among_several_requests_costs_these_and_no_more(start: Start, path: str, cause: str):
    app = start(COUNTER, limits=Limits(load_seconds=20, request_seconds=1))
    with pytest.raises(Failure) as caught:
        app.ask_all(("GET", "/"), ("GET", path), ("GET", "/"))
    assert caught.value.cause == cause
    assert f"the request GET {path}:" in caught.value.message  # of the three
    assert app.get("/").text == "1"  # in a new process, which has not been asked anything yet
    if path == "/die":
        assert "last words" in app.printed()


def test_observed_requests_are_answered_in_their_order_without_bodies(start: Start):
    app = start(
        COUNTER + "\n\n@app.after_request\ndef stamp(r):\n    r.headers['X-Count'] = str(count)\n    return r\n"
    )
    answers = app.observe("/", [{"header": "X-Count"}] * 3)
    assert [dict(answer.headers)["X-Count"] for answer in answers] == ["1", "2", "3"]
    assert [answer.body for answer in answers] == [b"", b"", b""]
    assert all(answer.told["seen"]["reached_after"] for answer in answers)


@pytest.mark.parametrize(
    "answer",
    [
        "return None",
        "return [b'']",
        "start_response('200 OK', None); return [b'']",
        "start_response('200 OK', [1]); return [b'']",
        "start_response('200 OK', []); return ['text']",
        "start_response(); return [b'']",
        "raise SystemExit(3)",
        "raise BaseException('x')",
    ],
)
def test_an_answer_that_is_none_is_explained_as_an_error(start: Start, answer: str):
    page = start(wsgi(answer)).get("/")
    assert page.status_code == 500
    with pytest.raises(Failure) as caught:
        page.ok()
    assert caught.value.message
    assert caught.value.expected == "200 OK"


@pytest.mark.parametrize(
    ("told", "status", "headers"),
    [
        ({"headers": "x"}, 200, []),
        ({"headers": None}, 200, []),
        ({"headers": {"X": "1"}}, 200, []),
        ({"headers": [["X"], ["X", 1], [1, "X"], "XY", None, ["X", "1", "2"], ["A", "b"]]}, 200, [("A", "b")]),
        ({"headers": [["A", "\u20ac\xe9"]]}, 200, [("A", "?\xe9")]),
        ({"headers": [["A", "a\tb"]]}, 200, [("A", "a\tb")]),
        ({"status": "204"}, 204, []),
        ({"status": "299 what\never"}, 299, []),
    ],
)
def test_of_a_lie_only_what_is_a_header_is_taken(told: dict[str, Any], status: int, headers: list[tuple[str, str]]):
    page = app_that_tells(Told(**told)).get("/")
    assert page.status_code == status
    assert [pair for pair in page.headers if pair[0] != "Content-Type"] == headers


@pytest.mark.parametrize("status", [None, 200, [], {}, True])
def test_a_status_that_is_no_text_is_refused(status: object):
    with pytest.raises(Failure, match="its status is"):
        app_that_tells(Told(status=status)).get("/")


def test_bounds_are_just_where_they_are_said_to_be():
    room = HEADER_CHARS - HEADER_COST - len("X")
    assert app_that_tells(Told(headers=[["X", "a" * room]])).get("/").headers["X"]
    with pytest.raises(Failure, match="more than 64 KiB"):
        app_that_tells(Told(headers=[["X", "a" * (room + 1)]])).get("/")
    cookie = "a=" + "b" * (COOKIE_CHARS - 2)
    assert app_that_tells(Told(headers=[["Set-Cookie", cookie]])).get("/").cookie("a")
    with pytest.raises(Failure, match="browsers drop one above 4096"):
        app_that_tells(Told(headers=[["set-cookie", cookie + "c"]])).get("/")
    limits = Limits(body_bytes=10)
    assert app_that_tells(Told(b"x" * 10), limits=limits).get("/").text == "x" * 10
    with pytest.raises(Failure, match="it is larger"):
        app_that_tells(Told(b"x" * 11), limits=limits).get("/")


@pytest.mark.parametrize("routes", [None, 5, "x", {}, [1, [], ["/"], ["/", 1, []], [1, "a", []], ["/", "a", "GET"]]])
def test_routes_that_are_none_are_none(routes: object):
    told = Told()
    told.loaded["routes"] = routes
    assert app_that_tells(told).routes == []


@pytest.mark.parametrize(
    "error",
    [
        None, 5, [], {}, {"type": 5, "message": []}, {"type": "NoApp", "message": 5},
        {"type": "E", "frames": 5}, {"type": "E", "frames": [[], [1, 2, 3], ["app.py", 10**12, "f"], ["../x", 1, "f"]]},
        {"type": "ModuleNotFoundError", "missing": ""}, {"type": "ModuleNotFoundError", "missing": 5},
        {"type": "SyntaxError", "syntax": {}},
        {"type": "SyntaxError", "syntax": {"file": "/etc/passwd", "line": -1, "column": 10**12, "end_column": "x"}},
        {"type": "SyntaxError", "syntax": {"file": [], "line": [], "column": [], "text": []}},
        {"type": "SystemExit", "message": 3}, {"type": "MemoryError"}, {"type": "x" * 9999, "message": "y" * 9999},
    ],
)  # fmt: skip
def test_an_untrue_reason_for_not_loading_is_text_to_be_shown(error: object):
    told = Told()
    told.loaded = {"verb": "failed", "error": error}
    app = app_that_tells(told)
    with pytest.raises(Failure) as caught:
        app.client()
    assert isinstance(caught.value.message, str)
    assert len(caught.value.message) < 2000
    app.source.locate(caught.value.at)


def test_routes(start: Start):
    routes = start(COUNTER).routes
    assert ("/", "index", ["GET", "HEAD", "OPTIONS"]) in routes
    assert ("/go/<int:n>", "go", ["GET", "HEAD", "OPTIONS"]) in routes
    assert {endpoint for _rule, endpoint, _methods in routes} >= {"static", "echo", "hang"}


def test_what_is_asked_arrives_and_what_is_answered_comes_back(start: Start):
    client = start(COUNTER).client()
    page = client.post("/echo?a=1", base_url="http://here.example/pre", data="é", headers={"X-A": "b"})
    assert page.ok().json == {
        "method": "POST", "body": "é", "query": "a=1", "host": "here.example", "root": "/pre", "a": "b"
    }  # fmt: skip
    assert client.get("/echo").json["method"] == "GET"
    assert client.get("/", headers={"Cookie": "seen=abc"}).cookie("seen") == "x"  # the jar is the client's


def test_one_worker_answers_all_and_remembers(start: Start):
    app = start(COUNTER)
    assert [app.get("/").text for _ in range(3)] == ["1", "2", "3"]
    assert app.client().get("/").text == "4"


def test_fresh_forgets(start: Start):
    app = start(COUNTER)
    app.get("/")
    assert app.get("/").text == "2"
    assert app.fresh() is app
    assert app.get("/").text == "1"


def test_two_clients_are_two_browsers(start: Start):
    app = start(COUNTER)
    ann, ben = app.client(), app.client()
    assert [client.get("/").cookie("seen") for client in (ann, ann, ben, ann)] == ["x", "xx", "x", "xxx"]
    assert (ann.cookie("seen"), ben.cookie("seen"), ben.cookie("other")) == ("xxx", "x", None)
    ben.set_cookie("seen", "yy")
    assert ben.get("/").cookie("seen") == "yyx"
    assert app.get("/").cookie("seen") == "x"  # a new browser each time


def test_redirects_are_followed_when_asked(start: Start):
    client = start(COUNTER).client()
    assert client.get("/there").status_code == 302
    page = client.get("/there", follow_redirects=True)
    assert (page.ok().text, [earlier.status_code for earlier in page.history]) == ("1", [302])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/round", "Loop detected"),
        ("/go/1", f"redirects more than {REDIRECTS} times"),
        ("/away", "external redirects"),
        ("/nowhere", "is not a response that a browser could read"),
    ],
)
def test_redirects_that_lead_nowhere_are_the_learners_failure(start: Start, path: str, words: str):
    with pytest.raises(Failure) as caught:
        start(COUNTER).client().get(path, follow_redirects=True)
    assert words in caught.value.message


def test_a_redirect_is_no_page(start: Start):
    with pytest.raises(Failure, match=r"GET /there was answered with a redirect to / instead of a page"):
        start(COUNTER).get("/there").ok()


def test_session_transaction_explains_itself(start: Start):
    client = start(COUNTER).client()
    with pytest.raises(RuntimeError, match="secret key, and that stays in the app's own process"):
        client.session_transaction()


def test_a_check_that_asks_something_impossible_is_not_the_learners_fault(start: Start):
    client = start(COUNTER).client()
    for _again in range(2):  # also after an answer that was good
        with pytest.raises((TypeError, ValueError)) as caught:
            client.post("/echo", data="a", json={"a": 1})
        assert not isinstance(caught.value, Failure)
        with pytest.raises(ValueError, match="base url must not contain a query string"):
            client.get("/", base_url="http://localhost/?a")
        client.get("/").ok()


def test_a_crash_costs_its_own_check_only(start: Start):
    app = start(COUNTER)
    assert app.get("/").text == "1"
    with pytest.raises(Failure, match="did not survive the request GET /die") as caught:
        app.get("/die")
    assert caught.value.cause == "exited"
    assert caught.value.at is not None
    assert app.source.lines("app.py")[caught.value.at.line - 1].strip() == "os._exit(3)"
    assert app.get("/").text == "1"  # a new worker
    assert "last words" in app.printed()


def test_a_hang_costs_its_own_check_only(start: Start):
    app = start(COUNTER, limits=Limits(load_seconds=20, request_seconds=0.4))
    app.get("/")
    started = time.monotonic()
    with pytest.raises(Failure, match=r"no answer within 0\.4 s") as caught:
        app.get("/hang")
    assert time.monotonic() - started < 5
    assert caught.value.cause == "timed_out"
    assert caught.value.at is not None
    assert app.source.lines("app.py")[caught.value.at.line - 1].strip() in ("while True:", "pass")
    app.client()  # it has 20 s to come up again
    assert app.get("/").text == "1"


def test_what_is_printed_while_loading_is_no_part_of_a_check(start: Start):
    app = start(COUNTER + "print('at the start')\n")
    time.sleep(0.3)  # it has loaded by now, though nobody has asked for anything
    assert app.printed() == ""
    app.get("/print?what=a")
    assert (app.load_output, app.printed()) == ("at the start\n", "printed a\n")
    app.fresh().get("/print?what=b")
    assert (app.load_output, app.printed()) == ("at the start\n", "printed b\n")


def test_what_is_printed_is_told_once(start: Start):
    app = start(COUNTER + "print('at the start')\n")
    app.client()
    assert app.load_output == "at the start\n"
    app.get("/print?what=a")
    app.get("/print?what=b")
    assert app.printed() == "printed a\nprinted b\n"
    assert app.printed() == ""


def test_an_app_that_cannot_be_loaded_says_so_each_time_it_is_asked(start: Start):
    app = start(HEAD + "\nprint('before')\nraise RuntimeError('no')\n")
    ask: list[Callable[[], object]] = [app.client, lambda: app.get("/"), lambda: app.routes]
    failures = []
    for question in ask:
        with pytest.raises(Failure) as caught:
            question()
        failures.append(caught.value)
    assert failures[0] is failures[1] is failures[2] is app.broken
    assert failures[0].cause == "not_loadable"
    assert "RuntimeError: no" in failures[0].message
    assert app.load_output == "before\n"
    with pytest.raises(Failure) as caught:
        app.fresh().client()
    assert caught.value is not failures[0]


@pytest.mark.parametrize(
    "text", [HEAD + "raise RuntimeError('no')", wsgi("start_response('abc', []); return [b'']"), "def", ""]
)
def test_a_solution_that_does_not_work_is_not_the_learners_fault(start: Start, text: str):
    with pytest.raises(SolutionBroke, match="the solution does not work: ") as caught:
        start(text, role="solution").get("/")
    assert not isinstance(caught.value, Failure)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("path", ["/there", "/round", "/go/1", "/nonsense"])
def test_a_solution_that_answers_otherwise_is_not_the_learners_fault(start: Start, path: str):
    app = start(COUNTER, role="solution")
    with pytest.raises(SolutionBroke):
        app.get(path).ok()
    with pytest.raises(SolutionBroke):
        app.client().get(path, follow_redirects=path != "/there").ok(201)
    with pytest.raises(SolutionBroke):
        _ = app.get(path).json


def test_a_solution_that_dies_is_not_the_learners_fault(start: Start):
    with pytest.raises(SolutionBroke, match="did not survive the request GET /die"):
        start(COUNTER, role="solution").get("/die")


def test_the_whole_run_has_a_limit_that_no_request_can_exceed(start: Start):
    app = start(COUNTER, limits=Limits(load_seconds=20, request_seconds=30, run_seconds=2))
    app.client()
    started = time.monotonic()
    with pytest.raises(Failure, match="no answer within") as caught:
        app.get("/hang")
    assert caught.value.cause == "timed_out"
    assert time.monotonic() - started < 8


def test_when_the_run_is_over_no_request_is_answered_any_more():
    limits = Limits(run_seconds=0.4)
    told = Told(b"1")
    learner, solution = (app_that_tells(told, role=role, limits=limits) for role in ("learner", "solution"))
    assert learner.get("/").text == "1"
    time.sleep(0.5)
    for _again in range(2):
        with pytest.raises(Failure, match=r"All checks together have 0\.4 s") as caught:
            learner.get("/")
        assert caught.value.cause == "timed_out"
        assert caught.value is learner.broken
    assert solution.get("/").text == "1"  # what it says may still be wanted


def test_time_for_one_answer_is_what_is_left_of_the_run():
    seconds: list[float] = []

    class Waits(Told):
        def receive(self, verbs: Any, seconds_: float) -> Any:
            seconds.append(seconds_)
            return super().receive(verbs, seconds_)

    limits = Limits(load_seconds=50, request_seconds=40, run_seconds=30)
    for role in ("learner", "solution"):
        app_that_tells(Waits(), role=role, limits=limits).get("/")
    assert all(29 < each <= 30 for each in seconds[:3])  # to read the sources, to load, to answer
    assert seconds[3:] == [50, 40]


def test_a_closed_app_leaves_nothing_behind(start: Start):
    app = start(COUNTER)
    app.get("/")
    app.close()
    app.close()
    assert isinstance(app, App)
    assert app.get("/").text == "1"  # whoever asks again gets a new worker


@pytest.mark.parametrize("options", [{"use_cookies": False}, {}])
def test_clients_take_the_options_of_flasks(start: Start, options: dict[str, bool]):
    client = start(COUNTER).client(**options)
    client.get("/")
    again = client.get("/").cookie("seen")
    assert again == ("x" if options else "xx")


def test_a_request_like_an_earlier_one_is_its_own(start: Start):
    app = start(
        """
        from flask import Flask, make_response, request
        app = Flask(__name__)
        @app.get("/")
        def page():
            response = make_response(f"{request.args.get('q')} {request.cookies.get('c')} {request.headers.get('X')}")
            response.set_cookie("c", "set")
            return response
        """.replace("\n        ", "\n")
    )
    client = app.client()
    assert [client.get("/").text for _ in range(2)] == ["None None None", "None set None"]
    assert client.get("/?q=1").text == "1 set None"
    assert client.get("/", query_string={"q": "2"}).text == "2 set None"
    assert client.get("/", headers={"X": "x"}).text == "None set x"
    client.environ_base["HTTP_X"] = "base"
    assert client.get("/").text == "None set base"
    assert app.get("/").text == "None None None"
    page = client.get("/")
    assert page.request.cookies["c"] == "set"
    assert app.get("/").request.cookies == {}


def test_sources_of_which_much_is_told_are_loaded_like_others(start: Start):
    # The answer about them is more than a socket holds, and so are they: nobody may wait for the other to read.
    many = "".join(f"a{number}_{'x' * 50} = 0\n" for number in range(14_000))
    app = start(HEAD + many + "app.get('/')(lambda: 'home')\n", limits=Limits(load_seconds=30, request_seconds=10))
    assert app.get("/").text == "home"
    assert app.source.mentions("app")


def test_a_view_that_answers_404_itself_is_not_told_that_there_is_no_route(start: Start):
    app = start(f"{HEAD}\n\n@app.get('/')\ndef index():\n    return 'nothing here', 404\n")
    with pytest.raises(Failure) as caught:
        app.get("/").ok()
    assert caught.value.message == "GET / was answered with status 404 Not Found."
    assert caught.value.at is not None
    assert caught.value.at.file == "app.py"


def test_what_was_found_in_the_sources_has_gone_before_the_app_runs(start: Start):
    """Or an app that walks frames could change what is said about its sources before the judge hears of it."""
    app = start(
        HEAD
        + """
import sys
frame = sys._getframe()
while frame.f_code.co_name != "_serve":
    frame = frame.f_back
print("waiting:", len(frame.f_locals["answers"]))


@app.get("/")
def index():
    return "here"
"""
    )
    assert app.get("/").text == "here"
    assert app.load_output == "waiting: 0\n"
    assert not app.source.mentions("no such name")


def test_an_app_that_ends_at_once_is_not_said_to_have_sources_that_cannot_be_read(start: Start):
    app = start("import os\nos._exit(3)\n")
    with pytest.raises(Failure) as caught:
        app.get("/")
    assert caught.value.cause == "exited"
    assert app.source.mentions("os")


class Counting(Told):
    """Answer the first request with 1, the second one with 2, and note the order of what was sent and read."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []
        self.done: list[str] = []

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        super().send(header, body)
        if header["verb"] == "request":
            self.sent.append(header["environ"]["REQUEST_METHOD"])
            self.done.append("sent")

    def receive(self, verbs: Sequence[str], seconds: float) -> Frame:
        if "response" not in verbs:
            return super().receive(verbs, seconds)
        self.done.append("read")
        return Frame(self.header, str(self.done.count("read")).encode())


def shared(told: Told, clock: Callable[[], float]) -> App:
    """Return a solution whose answers are used again for two seconds."""
    return App("solution", submission("app = 1"), told, LIMITS, Answers(2, clock))  # type: ignore[arg-type]


def ask(app: App, *texts: str) -> None:
    """Ask as a check does, one after the other, in a run of its own; the answers have to be these."""
    app.begin(1)
    assert [app.get("/").text for _text in texts] == list(texts)


def test_what_the_solution_is_asked_again_and_again_is_asked_together_once_it_is_old():
    now, told = [0.0], Counting()
    app = shared(told, lambda: now[0])
    ask(app, "1", "2")
    ask(app, "1", "2")
    now[0] = 3.0
    told.done.clear()
    app.begin(1)
    assert told.done == ["sent", "sent"]  # before anybody has asked
    assert [app.get("/").text for _again in range(3)] == ["1", "2", "3"]
    assert told.done == ["sent", "sent", "read", "read", "sent", "read"]


def test_what_a_run_does_not_ask_after_all_is_there_for_the_next_one():
    now, told = [0.0], Counting()
    app = shared(told, lambda: now[0])
    ask(app, "1", "2")
    ask(app, "1", "2")
    now[0] = 3.0
    told.done.clear()
    app.begin(1)  # a learner's app that cannot be loaded
    app.begin(1)
    assert told.done == ["sent", "sent"]
    assert [app.get("/").text for _again in range(2)] == ["1", "2"]


def test_of_several_pages_the_solution_is_asked_together_for_those_that_are_not_known():
    told = Counting()
    app = shared(told, lambda: 0.0)
    ask(app, "1")
    app.begin(1)
    told.done.clear()
    told.sent.clear()
    pages = app.ask_all(("GET", "/"), ("POST", "/"), ("GET", "/"), ("POST", "/"))
    assert told.sent == ["POST", "GET", "POST"]
    assert told.done == ["sent"] * 3 + ["read"] * 3
    assert [page.text for page in pages] == ["1", "1", "2", "3"]


def test_of_equal_requests_the_one_that_went_wrong_is_told(start: Start):
    app = start(f"{HEAD}once = iter(['here'])\n\n@app.get('/')\ndef index():\n    return next(once)\n")
    first, other, again = app.ask_all(("GET", "/"), ("GET", "/nowhere"), ("GET", "/"))
    assert (first.asked, other.asked) == ("GET /", "GET /nowhere")
    with pytest.raises(Failure, match=r"^GET / \(the second time\) went wrong: StopIteration"):
        again.ok()


def test_an_app_that_ends_among_several_requests_is_not_let_off_because_a_new_process_answers_them(start: Start):
    view = "    asked.append(1)\n    len(asked) < 3 or __import__('os')._exit(3)\n    return 'here'\n"
    app = start(f"{HEAD}asked = []\n\n@app.get('/')\ndef index():\n{view}")
    assert [page.text for page in app.ask_all(("GET", "/"), ("GET", "/"))] == ["here", "here"]
    with pytest.raises(Failure, match=r"2 requests in a row, of which the first was GET /: .* exit code 3") as caught:
        app.ask_all(("GET", "/"), ("GET", "/"))
    assert caught.value.cause == "exited"


def test_what_was_printed_before_and_while_an_app_ended_is_told_once(start: Start):
    app = start(COUNTER)
    app.get("/print?what=before")
    with pytest.raises(Failure):
        app.ask_all(("GET", "/print?what=among"), ("GET", "/die"))
    assert app.printed() == "printed before\nprinted among\nlast words\n"


def test_a_burst_to_the_solution_is_not_sent_behind_another_one():
    now, told = [0.0], Counting()
    app = shared(told, lambda: now[0])
    ask(app, "1", "2")
    ask(app, "1", "2")
    now[0] = 3.0
    told.done.clear()
    app.begin(1)
    app.ask_all(("GET", "/"), ("POST", "/"), ("PUT", "/"))
    assert told.done == ["sent"] * 2 + ["read"] * 2 + ["sent"] * 2 + ["read"] * 2


def test_an_observation_of_the_solution_does_not_take_the_answer_to_something_else():
    now, told = [0.0], Counting()
    app = shared(told, lambda: now[0])
    ask(app, "1", "2")
    ask(app, "1", "2")
    now[0] = 3.0
    told.done.clear()
    app.begin(1)
    app.observe("/", [{"header": "X"}])
    assert told.done == ["sent", "sent", "read", "read", "sent", "read"]


def test_no_more_is_on_its_way_than_fits_whatever_comes_back(start: Start):
    app = start(wsgi("start_response('200 OK', []); return [b'x' * 40_000]"))
    assert len(app.ask_all(*[("GET", "/")] * 300)) == 300


def test_a_slow_solution_is_asked_nothing_ahead():
    now, told = [0.0], Counting()
    app = shared(told, lambda: now[0])
    ask(app, "1", "2")
    ask(app, "1", "2")
    app._pace = 0.25 * LIMITS.request_seconds + 1
    now[0] = 3.0
    told.done.clear()
    app.begin(1)
    assert told.done == []
