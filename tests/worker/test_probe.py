"""The probe reports what happens inside a request, swaps what it is told to swap, and changes nothing else."""

from __future__ import annotations

import builtins
import functools
import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    after_this_request,
    current_app,
    g,
    make_response,
    redirect,
    request,
    session,
    stream_with_context,
)
from flask.views import MethodView, View

from checkpoint.worker import inside
from checkpoint.worker.probe import NAMES, Probe

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__)
FILE = HERE.name
HEADER = "X-Id"
P = {"exchange": "g", "seed": 3, "turn": 0, "header": HEADER}
Q = {**P, "turn": 1}


class Asked:
    """What came of one request: the answer, and what the probe saw."""

    def __init__(self, probe: Probe, app: Flask, path: str, order: dict[str, Any] | None, **environ: str) -> None:
        given = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", **environ}
        probe.begin(order)
        try:
            status, headers, body = inside.call(app, given, b"", 1 << 20)
            self.status, self.text = int(status[:3]), body.decode()
            self.headers = dict(headers)
        finally:
            self.seen = probe.end(inside.describe)
        json.dumps(self.seen, allow_nan=False)

    @property
    def id(self) -> str | None:
        return self.headers.get(HEADER)


class Watched:
    """An app with a probe on it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.probe = Probe(app, HERE.parent)

    def get(self, path: str = "/", order: dict[str, Any] | None = None, **environ: str) -> Asked:
        return Asked(self.probe, self.app, path, order, **environ)


def line(words: str) -> int:
    """Return the first line of this file that has these words."""
    return next(number for number, text in enumerate(HERE.read_text("utf-8").split("\n"), 1) if words in text)


def small(kind: type[Flask] = Flask) -> Flask:
    """Return an app whose header comes from g."""
    app = kind("small")
    app.secret_key = "secret"
    count = iter(range(10_000, 100_000))

    @app.before_request
    def remember() -> None:
        g.id = f"id-{next(count)}"

    @app.after_request
    def stamp(response: Response) -> Response:
        response.headers[HEADER] = g.id
        return response

    @app.get("/")
    def home() -> str:
        return "home"

    return app


# Hooks.


def as_decorator(app: Flask, before: Any, after: Any) -> None:
    app.before_request(before)
    app.after_request(after)


def on_blueprint(app: Flask, before: Any, after: Any) -> None:
    blueprint = Blueprint("b", __name__)
    blueprint.before_request(before)
    blueprint.after_request(after)
    blueprint.get("/b")(lambda: "b")
    app.register_blueprint(blueprint)


def on_blueprint_for_all(app: Flask, before: Any, after: Any) -> None:
    blueprint = Blueprint("b", __name__)
    blueprint.before_app_request(before)
    blueprint.after_app_request(after)
    app.register_blueprint(blueprint)


def plain_before() -> None:
    g.id = "x"


def plain_after(response: Response) -> Response:
    return response


@pytest.mark.parametrize("register", [as_decorator, on_blueprint, on_blueprint_for_all])
def test_hooks_are_seen_wherever_they_are_registered(register: Callable[..., None]) -> None:
    app = Flask("x")
    app.get("/")(lambda: "home")
    register(app, plain_before, plain_after)
    seen = Watched(app).get("/b" if register is on_blueprint else "/").seen
    assert seen["before"] == [
        {"name": "plain_before", "file": FILE, "line": line("def plain_before"), "returned": None, "response": False}
    ]
    assert seen["after"] == [
        {"name": "plain_after", "file": FILE, "line": line("def plain_after"), "returned": "Response", "response": True}
    ]


async def async_after(response: Response) -> Response:
    return response


async def async_before() -> None:
    g.id = "x"


def other_after(word: str, response: Response) -> Response:
    return response


class CallableAfter:
    def __call__(self, response: Response) -> Response:
        return response

    def method(self, response: Response) -> Response:
        return response


def logged(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapper(*args: Any) -> Any:
        return function(*args)

    return wrapper


@logged
@logged
def wrapped_after(response: Response) -> Response:
    return response


a_lambda = lambda response: response  # noqa: E731


@pytest.mark.parametrize(
    "hook, name, words",
    [
        (async_after, "async_after", "async def async_after"),
        (functools.partial(other_after, "word"), "partial", "def other_after"),
        (functools.partial(functools.partial(other_after), "word"), "partial", "def other_after"),
        (CallableAfter(), "CallableAfter", "def __call__"),
        (CallableAfter().method, "CallableAfter.method", "def method"),
        (wrapped_after, "wrapped_after", "@logged"),
        (a_lambda, "<lambda>", "a_lambda ="),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hooks_of_any_kind_are_found_in_the_source(hook: Any, name: str, words: str) -> None:
    app = Flask("x")
    app.get("/")(lambda: "home")
    app.after_request(hook)
    asked = Watched(app).get()
    assert asked.status == 200
    (found,) = asked.seen["after"]
    assert (found["name"], found["file"], found["line"]) == (name, FILE, line(words))
    assert (found["returned"], found["response"]) == ("Response", True)


class Anything:
    """Have every attribute there is."""

    def __getattr__(self, name: str) -> Any:
        return self

    def __call__(self, *args: Any) -> Any:
        return args[0] if args else None


class CodeOfItsOwn:
    __code__ = "not a code object"

    def __call__(self, response: Response) -> Response:
        return response


class Touchy:
    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("no") if name in ("__qualname__", "__wrapped__") else AttributeError(name)

    def __call__(self, response: Response) -> Response:
        return response


class CalledByAnything:
    __call__ = Anything()


def endless(response: Response) -> Response:
    return response


endless.__wrapped__ = endless  # type: ignore[attr-defined]


@pytest.mark.parametrize("make", [Anything, CodeOfItsOwn, Touchy, CalledByAnything, lambda: endless])
def test_strange_hooks_keep_working(make: Callable[[], Any]) -> None:
    hook = make()
    app = Flask("x")
    app.get("/")(lambda: "home")
    app.after_request(hook)
    asked = Watched(app).get()
    assert (asked.status, asked.text) == (200, "home")
    assert asked.seen["after"][0]["response"] is True


def test_async_before_hooks_are_seen() -> None:
    app = small()
    app.before_request(async_before)
    seen = Watched(app).get().seen
    assert [hook["name"] for hook in seen["before"]] == ["small.<locals>.remember", "async_before"]
    assert seen["before"][1]["line"] == line("async def async_before")
    assert seen["before"][1]["returned"] is None


def test_after_this_request_is_seen() -> None:
    app = Flask("x")

    @app.get("/")
    def home() -> str:
        after_this_request(plain_after)
        return "home"

    assert [hook["name"] for hook in Watched(app).get().seen["after"]] == ["plain_after"]


def test_hooks_are_told_in_the_order_in_which_they_ran() -> None:
    app = small()

    @app.after_request
    def last_registered_runs_first(response: Response) -> Response:
        return response

    names = [hook["name"].rpartition(".")[2] for hook in Watched(app).get().seen["after"]]
    assert names == ["last_registered_runs_first", "stamp"]


@pytest.mark.parametrize(
    "value, returned, response",
    [(None, None, False), ("text", "str", False), (Response("x"), "Response", True), (("x", 200), "tuple", False)],
)
def test_what_a_hook_returned_is_told(value: Any, returned: str | None, response: bool) -> None:
    app = Flask("x")
    app.get("/")(lambda: "home")
    app.after_request(lambda _response: value)
    asked = Watched(app)
    try:
        seen = asked.get().seen
    except Exception:  # Flask itself cannot go on
        asked = Watched(app)
        asked.probe.begin(None)
        with pytest.raises(Exception, match=r"\w"):
            inside.call(app, {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, b"", 99)
        seen = asked.probe.end(inside.describe)
    assert (seen["after"][0]["returned"], seen["after"][0]["response"]) == (returned, response)


def test_a_hook_that_raises_is_told() -> None:
    app = Flask("x")

    @app.before_request
    def raising() -> None:
        raise KeyError("x")

    asked = Watched(app).get()
    assert asked.status == 500
    assert asked.seen["before"][0]["returned"] == "an exception"
    assert asked.seen["error"]["type"] == "KeyError"


def test_what_a_hook_calls_is_no_hook() -> None:
    app = small()

    @app.before_request
    def calling() -> None:
        current_app.ensure_sync(plain_before)()

    names = [hook["name"].rpartition(".")[2] for hook in Watched(app).get().seen["before"]]
    assert names == ["remember", "calling"]


def test_more_hooks_than_anybody_needs_are_not_all_told() -> None:
    app = Flask("x")
    app.get("/")(lambda: "home")
    for _hook in range(NAMES + 30):
        app.before_request(plain_before)
    assert len(Watched(app).get().seen["before"]) == NAMES


def test_a_hook_from_elsewhere_has_no_file_of_the_learners() -> None:
    app = small()
    probe = Probe(app, HERE.parent / "elsewhere")
    (hook,) = Asked(probe, app, "/", None).seen["before"]
    assert (hook["file"], hook["line"]) == (None, line("def remember") - 1), "a decorator belongs to its function"


# g and the view.


def test_names_on_g_are_told_before_and_after_the_view() -> None:
    app = small()

    @app.get("/more")
    def more() -> str:
        g.more = 1
        return "more"

    seen = Watched(app).get("/more").seen
    assert seen["g_at_view"] == ["id"]
    assert seen["g_at_after"] == ["id", "more"]
    assert seen["late"] == []
    assert seen["reached_after"] is True


def test_what_after_request_itself_puts_on_g_is_late() -> None:
    app = small()

    @app.before_request
    def before() -> None:
        g.changed, g.same, g.list = "before", "same", [1]

    @app.after_request
    def after(response: Response) -> Response:
        g.new = "new"
        g.changed = "after"
        g.list.append(2)
        return response

    assert Watched(app).get().seen["late"] == ["changed", "new"]
    assert set(Watched(app).get("/", {"header": HEADER}).seen["late"]) == {"changed", "new", "list"}


def test_a_before_hook_that_answers_leaves_no_view() -> None:
    app = small()
    app.before_request(lambda: "shut")
    asked = Watched(app).get()
    assert (asked.text, asked.seen["view"], asked.seen["g_at_view"]) == ("shut", None, None)
    assert asked.seen["g_at_after"] == ["id"]
    assert [hook["returned"] for hook in asked.seen["before"]] == [None, "str"]


class Home(MethodView):
    def get(self) -> str:
        return "home"


class Old(View):
    def dispatch_request(self) -> str:
        return "old"


def function_view() -> str:
    return "function"


@pytest.mark.parametrize(
    "view, name, is_class, is_method_view",
    [
        (Home.as_view("home"), "Home", True, True),
        (Old.as_view("home"), "Old", True, False),
        (function_view, "function_view", False, False),
        (functools.partial(function_view), "partial", False, False),
        (logged(function_view), "function_view", False, False),
    ],
)
def test_the_view_is_told(view: Any, name: str, is_class: bool, is_method_view: bool) -> None:
    app = Flask("x")
    app.add_url_rule("/", "home", view)
    asked = Watched(app).get()
    told = asked.seen["view"]
    assert asked.status == 200
    assert (told["name"], told["endpoint"]) == (name, "home")
    assert (told["class"], told["method_view"]) == (is_class, is_method_view)
    assert (told["file"], told["line"]) == ((None, None) if is_class else (FILE, line("def function_view")))


def test_a_view_of_a_blueprint_has_its_endpoint() -> None:
    app, blueprint = Flask("x"), Blueprint("b", "b")
    blueprint.add_url_rule("/", "home", Home.as_view("home"))
    app.register_blueprint(blueprint, url_prefix="/b")
    assert Watched(app).get("/b/").seen["view"]["endpoint"] == "b.home"


def test_where_there_is_no_view_there_is_none() -> None:
    asked = Watched(small()).get("/nowhere")
    assert (asked.status, asked.seen["view"]) == (404, None)
    assert asked.seen["g_at_view"] == ["id"], "before_request hooks run all the same"


# Errors.


def test_an_error_is_described_with_its_place() -> None:
    app = Flask("x")

    @app.get("/")
    def home() -> str:
        return {}["lost"]  # type: ignore[no-any-return]

    asked = Watched(app).get()
    error = asked.seen["error"]
    assert asked.status == 500
    assert (error["type"], error["message"], error["words"]) == ("KeyError", "'lost'", "KeyError: 'lost'")
    assert error["frames"][-1] == [FILE, line('return {}["lost"]'), "home"]
    assert {frame[0] for frame in error["frames"]} == {FILE}, "no frames of Flask's"


def test_an_error_that_the_app_handles_is_described_too() -> None:
    app = Flask("x")

    @app.errorhandler(ZeroDivisionError)
    def handle(_error: Exception) -> tuple[str, int]:
        return "handled", 418

    app.get("/")(lambda: 1 // 0)
    asked = Watched(app).get()
    assert (asked.status, asked.text) == (418, "handled")
    assert asked.seen["error"]["type"] == "ZeroDivisionError"


def test_of_nested_errors_the_last_is_described() -> None:
    app = Flask("x")

    @app.errorhandler(ZeroDivisionError)
    def handle(error: Exception) -> str:
        raise LookupError("while handling") from error

    app.get("/")(lambda: 1 // 0)
    asked = Watched(app).get()
    assert asked.status == 500
    assert asked.seen["error"]["type"] == "LookupError"


def test_an_error_handler_for_500_keeps_working() -> None:
    app = Flask("x")
    app.get("/")(lambda: 1 // 0)
    app.errorhandler(500)(lambda error: (f"sorry: {error.original_exception}", 500))
    asked = Watched(app).get()
    assert asked.text == "sorry: integer division or modulo by zero"
    assert asked.seen["error"]["type"] == "ZeroDivisionError"


def test_an_error_after_the_view_is_described() -> None:
    app = Flask("x")
    app.get("/")(lambda: "home")
    app.after_request(lambda _response: None)
    watched = Watched(app)
    watched.probe.begin(None)
    with pytest.raises(TypeError) as caught:
        inside.call(app, {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, b"", 99)
    assert "NoneType" in str(caught.value)
    seen = watched.probe.end(inside.describe)
    assert seen["after"][0]["returned"] is None


def test_errors_that_propagate_are_described_too() -> None:
    app = Flask("x")
    app.testing = True
    app.get("/")(lambda: 1 // 0)
    watched = Watched(app)
    watched.probe.begin(None)
    with pytest.raises(ZeroDivisionError):
        inside.call(app, {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, b"", 99)
    assert watched.probe.end(inside.describe)["error"]["type"] == "ZeroDivisionError"


def test_aborting_and_redirecting_work_as_ever() -> None:
    app = small()
    app.get("/gone")(lambda: abort(410, "gone for good"))
    app.get("/away", endpoint="away")(lambda: redirect("/"))
    watched = Watched(app)
    gone = watched.get("/gone")
    assert (gone.status, "gone for good" in gone.text, gone.id is not None) == (410, True, True)
    assert gone.seen["error"]["type"] == "Gone"
    away = watched.get("/away")
    assert (away.status, away.headers["Location"], away.seen["error"]) == (302, "/", None)


def test_an_error_is_not_told_again_for_the_next_request() -> None:
    app = small()
    app.get("/bad", endpoint="bad")(lambda: 1 // 0)
    watched = Watched(app)
    assert watched.get("/bad").seen["error"]
    assert watched.get().seen["error"] is None


# Exchanging.


def test_a_header_from_g_moves_with_it() -> None:
    watched = Watched(small())
    first, plain, second, again = (watched.get("/", order) for order in (P, None, Q, P))
    assert first.id == again.id != second.id
    assert plain.id not in (first.id, second.id)
    assert all(re.fullmatch(r"[a-z]{2}-\d{5}", asked.id or "") for asked in (first, second))
    assert first.seen["exchanged"] == ["id"]
    assert plain.seen["exchanged"] == []


def test_views_see_the_real_values() -> None:
    app = small()
    app.get("/seen")(lambda: g.id)
    asked = Watched(app).get("/seen", P)
    assert asked.text.startswith("id-")
    assert asked.id != asked.text


def test_teardown_gets_the_real_values() -> None:
    app, torn = small(), []
    app.teardown_request(lambda _error: torn.append(dict(vars(g._get_current_object()))))  # type: ignore[attr-defined]
    app.teardown_appcontext(lambda _error: torn.append(g.id))

    @app.after_request
    def changing(response: Response) -> Response:
        g.since = "since"
        return response

    asked = Watched(app).get("/", P)
    assert asked.id is not None
    assert not asked.id.startswith("id-")
    assert torn[0]["id"].startswith("id-")
    assert torn[0]["since"] == "since"
    assert torn[1] == torn[0]["id"]


def test_teardown_keeps_what_the_app_has_changed_since() -> None:
    app, torn = small(), []
    app.teardown_request(lambda _error: torn.append(g.id))

    @app.after_request
    def changing(response: Response) -> Response:
        g.id = "mine"
        return response

    Watched(app).get("/", P)
    assert torn == ["mine"]


def test_values_are_exchanged_once_though_the_hooks_run_twice() -> None:
    """Flask runs the hooks again, for the error page, when one of them has failed."""
    app, torn, runs = small(), [], []

    @app.after_request
    def failing(response: Response) -> Response:
        runs.append(g.id)
        if len(runs) == 1:
            raise ValueError("the first time")
        return response

    app.teardown_request(lambda _error: torn.append(g.id))
    asked = Watched(app).get("/", P)
    assert (asked.status, len(runs)) == (500, 2)
    assert runs[0] == runs[1] == asked.id
    assert torn[0].startswith("id-")


class BareSlots:
    __slots__ = ("id", "unset")


def test_a_g_with_slots_is_exchanged_too() -> None:
    app, torn = small(), []
    app.app_ctx_globals_class = BareSlots  # type: ignore[assignment]
    app.teardown_request(lambda _error: torn.append(g.id))
    watched = Watched(app)
    first, second, again = (watched.get("/", order) for order in (P, Q, P))
    assert first.id == again.id != second.id
    assert first.seen["g_at_view"] == ["id"]
    assert torn[0].startswith("id-")


def test_a_session_is_exchanged() -> None:
    app = small()

    @app.get("/session")
    def keep() -> str:
        session["id"] = "abc-123"
        return "home"

    @app.after_request
    def stamp(response: Response) -> Response:
        response.headers["X-Session"] = session.get("id", "none")
        return response

    watched = Watched(app)
    order = {**P, "exchange": "session"}
    values = [watched.get("/session", {**order, "turn": turn}).headers["X-Session"] for turn in (0, 1, 0)]
    assert values[0] == values[2] != values[1]
    assert "abc-123" not in values
    assert watched.get("/session").headers["X-Session"] == "abc-123"


@pytest.mark.parametrize(
    "read",
    [
        lambda: request.headers["X-Given"],
        lambda: request.environ["HTTP_X_GIVEN"],
        lambda: request.remote_addr,
        lambda: request.given,  # type: ignore[attr-defined]
        lambda: request.path,
    ],
)
def test_what_a_request_carries_is_exchanged(read: Callable[[], str]) -> None:
    app = small()

    @app.before_request
    def before() -> None:
        request.given = "given 123"  # type: ignore[attr-defined]

    @app.after_request
    def stamp(response: Response) -> Response:
        response.headers["X-Given"] = read()
        return response

    app.get("/page/17")(lambda: "page")
    watched = Watched(app)
    given = {"HTTP_X_GIVEN": "header-17", "REMOTE_ADDR": "10.20.30.40"}
    order = {**P, "exchange": "request"}
    values = [watched.get("/page/17", {**order, "turn": turn}, **given).headers.get("X-Given") for turn in (0, 1, 0)]
    assert values[0] == values[2] != values[1]
    assert watched.get("/page/17", None, **given).headers["X-Given"] not in values


def test_clocks_and_fixed_values_are_told() -> None:
    app = small()

    @app.before_request
    def before() -> None:
        g.started = time.time()
        g.fixed = object()

    seen = Watched(app).get("/", P).seen
    assert seen["clock"] is True
    assert seen["fixed"] == ["fixed"]
    assert set(seen["exchanged"]) == {"id", "started"}


def test_one_name_alone_is_exchanged() -> None:
    app = small()
    app.before_request(lambda: setattr(g, "other", "other"))
    watched = Watched(app)
    assert watched.get("/", {**P, "only": "other"}).id.startswith("id-")  # type: ignore[union-attr]
    assert watched.get("/", {**P, "only": "other"}).seen["exchanged"] == ["other"]


def test_what_real_requests_had_is_put_in_anothers_place() -> None:
    watched = Watched(small())
    captured = [watched.get("/", {"capture": "g", "turn": turn, "header": HEADER}).id for turn in (0, 1)]
    natural = [watched.get("/", {**P, "turn": turn, "natural": True}).id for turn in (0, 1, 0)]
    assert natural == [*captured, captured[0]]


def test_what_a_response_carries_before_the_hooks_is_told() -> None:
    app = small()

    @app.get("/carrying")
    def carrying() -> Response:
        response = make_response("home")
        response.headers["X-Early"] = "early"
        response.remembered = "on it"  # type: ignore[attr-defined]
        return response

    carried = Watched(app).get("/carrying", {"header": HEADER}).seen["carried"]
    assert {"early", "on it"} <= set(carried)
    assert Watched(app).get("/carrying").seen["carried"] == []


# One request within another.


def test_a_request_that_overtakes_has_a_g_of_its_own() -> None:
    app, torn = small(), []
    app.teardown_request(lambda _error: torn.append(g.id))
    asked = Watched(app).get("/", {"header": HEADER, "overtake": True})
    assert asked.status == 200
    (inner,) = asked.seen["header_inner"]
    assert inner != asked.id
    assert torn == [inner, asked.id], "each is torn down once, with its own g"
    assert len(asked.seen["before"]) == len(asked.seen["after"]) == 1, "of the inner one nothing is told"


def test_a_request_that_overtakes_shows_what_requests_share() -> None:
    app, shared = small(), {"id": ""}
    count = iter(range(100))

    @app.before_request
    def before() -> None:
        shared["id"] = str(next(count))

    @app.after_request
    def stamp(response: Response) -> Response:
        response.headers["X-Shared"] = shared["id"]
        return response

    asked = Watched(app).get("/", {"header": "X-Shared", "overtake": True})
    assert asked.seen["header_inner"] == [asked.headers["X-Shared"]] == ["1"]


def test_a_request_that_overtakes_has_a_session_and_a_request_of_its_own() -> None:
    app, seen = small(), []
    app.get("/q")(lambda: session.setdefault("x", request.args["n"]))
    app.teardown_request(lambda _error: seen.append((session.get("x"), request.args.get("n"), id(request.environ))))
    Watched(app).get("/q", {"header": HEADER, "overtake": True}, QUERY_STRING="n=5")
    assert [entry[:2] for entry in seen] == [("5", "5"), ("5", "5")]
    assert seen[0][2] != seen[1][2]


def test_a_request_that_fails_to_overtake_does_no_harm() -> None:
    app, calls = small(), []

    @app.get("/once")
    def once() -> str:
        calls.append(1)
        if len(calls) > 1:
            raise SystemExit if len(calls) > 9 else ValueError("twice")
        return "once"

    app.testing = True  # so that the exception comes through
    asked = Watched(app).get("/once", {"header": HEADER, "overtake": True})
    assert (asked.status, asked.text, len(calls)) == (200, "once", 2)
    assert asked.seen["header_inner"] is None
    assert asked.id is not None


def test_a_request_that_an_app_makes_of_itself_is_not_taken_for_the_judges() -> None:
    app = small()
    app.get("/around", endpoint="around")(lambda: app.test_client().get("/").text)
    watched = Watched(app)
    first, second, again = (watched.get("/around", order) for order in (P, Q, P))
    assert first.text == "home"
    assert first.id == again.id != second.id
    assert first.seen["view"]["endpoint"] == "around"
    assert len(first.seen["before"]) == len(first.seen["after"]) == 1


# Apps that are not plain.


class Overriding(Flask):
    """Override everything that the probe watches."""

    def preprocess_request(self) -> Any:
        g.preprocessed = "yes"
        return super().preprocess_request()

    def dispatch_request(self) -> Any:
        response = make_response(super().dispatch_request())
        response.headers["X-Dispatched"] = type(self).__name__
        return response

    def process_response(self, response: Response) -> Response:
        response = super().process_response(response)
        response.headers["X-Processed"] = g.id
        return response

    def ensure_sync(self, func: Any) -> Any:
        return super().ensure_sync(func)

    def handle_user_exception(self, e: Exception) -> Any:
        if isinstance(e, LookupError):
            return "looked up in vain"
        return super().handle_user_exception(e)

    def handle_exception(self, e: Exception) -> Response:
        return Response("our own 500", 500)

    def do_teardown_request(self, *args: Any, **kwargs: Any) -> None:
        self.config.setdefault("TORN", []).append(g.id)
        super().do_teardown_request(*args, **kwargs)


def test_subclasses_that_override_keep_working() -> None:
    app = small(Overriding)
    app.get("/lookup")(lambda: {}["x"])
    app.get("/bad", endpoint="bad")(lambda: 1 // 0)
    watched = Watched(app)
    asked = watched.get()
    assert asked.headers["X-Dispatched"] == "Overriding"
    assert asked.headers["X-Processed"] == asked.id == app.config["TORN"][0]
    assert set(asked.seen["g_at_view"]) == {"preprocessed", "id"}
    assert len(asked.seen["before"]) == len(asked.seen["after"]) == 1
    assert watched.get("/lookup").text == "looked up in vain"
    assert watched.get("/lookup").seen["error"]["type"] == "KeyError"
    assert (watched.get("/bad").text, watched.get("/bad").seen["error"]["type"]) == ("our own 500", "ZeroDivisionError")
    assert watched.get().seen["replaced"] == []


def test_a_header_set_by_a_subclass_moves_with_g() -> None:
    watched = Watched(small(Overriding))
    values = [watched.get("/", order).headers["X-Processed"] for order in (P, Q, P)]
    assert values[0] == values[2] != values[1]
    assert all(not value.startswith("id-") for value in values)
    assert all(value.startswith("id-") for value in watched.app.config["TORN"])


def test_middleware_keeps_working_and_is_no_replacement() -> None:
    app = small()
    original = app.wsgi_app

    def middleware(environ: Any, start_response: Any) -> Any:
        def start(status: str, headers: Any, exc_info: Any = None) -> Any:
            return start_response(status, [*headers, ("X-Middle", "ware")], exc_info)

        return original(environ, start)

    app.wsgi_app = middleware  # type: ignore[method-assign]
    asked = Watched(app).get("/", P)
    assert (asked.headers["X-Middle"], asked.seen["replaced"]) == ("ware", [])
    assert asked.seen["exchanged"] == ["id"]


def test_streams_keep_working() -> None:
    app, torn = small(), []
    app.teardown_request(lambda _error: torn.append(g.id))

    @app.get("/stream")
    def stream() -> Response:
        def parts() -> Any:
            yield from ("a", "b", str(request.path))

        return Response(stream_with_context(parts()))

    asked = Watched(app).get("/stream", P)
    assert asked.text == "ab/stream"
    assert torn[-1].startswith("id-")


def test_async_views_keep_working() -> None:
    app = small()

    @app.get("/async")
    async def home_async() -> str:
        return str(g.id)

    asked = Watched(app).get("/async", P)
    assert asked.text.startswith("id-")
    assert asked.seen["view"]["name"].endswith("home_async")


def test_the_app_works_while_nobody_watches() -> None:
    app = small()
    Probe(app, HERE.parent)
    assert app.test_client().get("/").text == "home"


REPLACING: dict[str, Callable[[Flask], None]] = {
    "process_response": lambda app: setattr(app, "process_response", lambda response: response),
    "preprocess_request": lambda app: setattr(app, "preprocess_request", lambda: None),
    "wsgi_app": lambda app: setattr(app, "wsgi_app", app.wsgi_app),
    "full_dispatch_request": lambda app: setattr(app, "full_dispatch_request", lambda: "x"),
    "finalize_request": lambda app: setattr(app, "finalize_request", lambda *_: "x"),
    "make_response": lambda app: setattr(app, "make_response", lambda value: value),
    "ensure_sync": lambda app: delattr(app, "ensure_sync"),
}


@pytest.mark.parametrize("name", REPLACING)
def test_methods_replaced_during_a_request_are_told(name: str) -> None:
    app = small()

    @app.teardown_request
    def replace(_error: Any) -> None:
        if request.args.get("replace"):
            REPLACING[name](app)

    watched = Watched(app)
    assert watched.get().seen["replaced"] == []
    assert watched.get("/", None, QUERY_STRING="replace=1").seen["replaced"] == [name]


def test_a_method_replaced_on_the_class_is_told() -> None:
    class Mine(Flask):
        pass

    app = small(Mine)

    @app.get("/replace")
    def replace() -> str:
        Mine.process_response = lambda self, response: response  # type: ignore[method-assign]
        return "done"

    watched = Watched(app)
    assert watched.get("/replace").seen["replaced"] == ["process_response"]


def test_after_a_replacement_the_next_request_is_watched_again_and_it_is_not_forgotten() -> None:
    app = small()

    @app.get("/replace")
    def replace() -> str:
        app.process_response = lambda response: response  # type: ignore[method-assign]
        return "done"

    watched = Watched(app)
    watched.get("/replace")
    asked = watched.get("/", P)
    assert asked.seen["exchanged"] == ["id"]
    assert asked.seen["replaced"] == ["process_response"]


def test_what_flask_logs_of_an_error_is_left_out_and_what_the_app_logs_is_not(caplog: pytest.LogCaptureFixture) -> None:
    app = Flask("logging")

    @app.get("/")
    def home() -> str:
        app.logger.error("of the app's own")
        return str(1 // 0)

    assert Watched(app).get().status == 500
    assert [record.getMessage() for record in caplog.records] == ["of the app's own"]


def test_builtins_that_an_app_replaced_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(small())
    assert watched.get().seen["replaced"] == []
    real = builtins.issubclass
    monkeypatch.setattr(builtins, "issubclass", lambda one, other: real(one, other))
    monkeypatch.setattr(builtins, "something_new", 1, raising=False)
    assert watched.get().seen["replaced"] == ["builtins.issubclass"]


def test_it_does_not_look_at_what_an_app_gives_the_names_of_flask(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(small())
    for name in ("g", "request", "session", "has_request_context"):
        monkeypatch.setattr(f"flask.{name}", None)
    first, second, again = (watched.get("/", order) for order in (P, Q, P))
    assert first.id == again.id != second.id
    assert first.seen["g_at_view"] == ["id"]


def test_functions_are_placed_in_their_own_files_though_many_were_seen() -> None:
    app, root = small(), Path("/srv/app")
    probe = Probe(app, root)
    names: dict[str, str | None] = {f"/srv/app/part{number}.py": f"part{number}.py" for number in range(300)}
    names |= {
        "/srv/app/sub//deep.py": "sub/deep.py",
        "/srv/app.py": None,
        "/usr/lib/flask/app.py": None,
        "<string>": None,
    }
    for _time in range(2):
        for file, inside_root in names.items():
            scope: dict[str, Any] = {}
            exec(compile("\ndef hook(): pass", file, "exec"), scope)
            assert probe._place(scope["hook"]) == {"name": "hook", "file": inside_root, "line": 2}
