"""Watch a Flask app from inside while it answers, and swap values when the judge asks.

The probe wraps five methods on the app *object* (so subclasses that override them keep working) and
leaves views, hooks and g's class alone. It reports which hooks ran and what they returned, what lay on g,
and the exception behind an error page. Just before the after_request functions it can swap what is on
g, in the session or in the request for other values (see `exchange`), put another value's owner in
its place, or let a second request overtake this one. What it reports can be forged by the app it
watches; the judge counts it together with what it sees for itself.
"""

from __future__ import annotations

import builtins
import functools
import io
import logging
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkpoint.worker.exchange import Exchange

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

WRAPPED = (
    "preprocess_request", "dispatch_request", "process_response", "ensure_sync", "handle_user_exception",
    "handle_exception", "do_teardown_request",
)  # fmt: skip
REQUEST_METHODS = (*WRAPPED, "full_dispatch_request", "finalize_request", "wsgi_app", "make_response")
BUILTIN, REAL_BUILTINS = builtins.__dict__.get, dict(builtins.__dict__)
NAMES = 50
HOOKS = ("before", "after")  # phases of a request in which each function that is called is a hook
FILES = 100
LAYERS = 100  # of decorators around a function


class _Flask:
    """Keep what of Flask is asked for at each request: it is imported after this module, and before any app."""

    def __init__(self) -> None:
        from flask import Request, g, request, session
        from flask.sessions import SessionMixin
        from flask.views import MethodView

        # What a proxy stands for now; RuntimeError while there is no request.
        self.g: Callable[[], Any] = _behind(g)
        self.request: Callable[[], Any] = _behind(request)
        self.session: Callable[[], Any] = _behind(session)
        self.method_view = MethodView
        self.kinds = {"request": Request, "session": SessionMixin}


def _behind(proxy: Any) -> Any:
    return proxy._get_current_object


_flask = functools.cache(_Flask)


class Probe:
    """Watch one app; `begin` and `end` enclose each request."""

    def __init__(self, app: Flask, root: Path) -> None:
        self._app = app
        self._root = root
        self._order: dict[str, Any] = {}
        self._seen: dict[str, Any] = {}
        self._errors: list[BaseException] = []
        self._phase = ""
        self._undo: Callable[[], None] | None = None
        self._inner = 0
        self._request: Any = None
        self._exchange = Exchange()
        self._flask = _flask()
        self._relative = functools.lru_cache(FILES)(self._find_relative)
        self._wrappers = {name: self._wrap(name) for name in WRAPPED}
        for name, wrapper in self._wrappers.items():
            setattr(app, name, wrapper)
        self._own = [(name, vars(app).get(name), getattr(type(app), name, None)) for name in REQUEST_METHODS]
        self._replaced: set[str] = set()
        logging.getLogger(app.name).addFilter(_not_from_flask)

    def begin(self, order: dict[str, Any] | None) -> None:
        """Start to watch a request. `order` says what to swap, see `_before_after_functions`."""
        self._order = order or {}
        self._errors = []
        self._phase = ""
        self._undo = None
        self._request = None
        self._seen = {
            "before": [], "after": [], "view": None, "g_by_hooks": [], "g_at_view": None, "g_at_after": None,
            "late": [], "exchanged": [], "fixed": [], "clock": False, "carried": [], "header_inner": None,
            "reached_after": False, "replaced": [],
        }  # fmt: skip

    def end(self, describe: Callable[[BaseException, Path], dict[str, Any]]) -> dict[str, Any]:
        """Return what was seen since `begin`, as JSON; `error` is the last exception raised, described."""
        seen, self._seen = self._seen, {}
        seen["error"] = describe(self._errors[-1], self._root) if self._errors else None
        own, kind = vars(self._app), type(self._app)
        for name, on_app, on_class in self._own:
            if own.get(name) is not on_app or getattr(kind, name, None) is not on_class:
                self._replaced.add(name)
        now = BUILTIN
        for name, value in REAL_BUILTINS.items():  # to which an app may add; this loop makes do without any of them
            if now(name) is not value:
                self._replaced.add(f"builtins.{name}")
        if self._replaced:
            seen["replaced"] = sorted(self._replaced)
            for name in self._replaced & self._wrappers.keys():  # so that the next request is watched again
                setattr(self._app, name, self._wrappers[name])
        return seen

    def _wrap(self, name: str) -> Callable[..., Any]:
        original = getattr(self._app, name)
        watch = getattr(self, f"_{name}")
        is_sync = name == "ensure_sync"  # which is asked for each view, too, where there is nothing to watch

        @functools.wraps(original)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if not self._seen or self._inner or (is_sync and self._phase not in HOOKS and self._request is not None):
                return original(*args, **kwargs)
            if not self._is_outermost():
                return original(*args, **kwargs)
            return watch(original, *args, **kwargs)

        return wrapper

    def _is_outermost(self) -> bool:
        """Say whether this is the judge's request, not one that the app makes of itself while it answers that."""
        try:
            current = self._flask.request()
        except RuntimeError:
            return True
        if self._request is None:
            self._request = current
        return current is self._request

    def _preprocess_request(self, original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        before = _state(self._flask.g(), deep=False)
        self._phase = "before"
        try:
            return original(*args, **kwargs)
        finally:
            self._phase = ""
            self._seen["g_by_hooks"] = _news(before, _state(self._flask.g(), deep=False))

    def _dispatch_request(self, original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._seen["g_at_view"] = _names(self._flask.g())
        self._seen["view"] = self._view(self._flask.request().endpoint)
        self._phase = "view"
        try:
            return original(*args, **kwargs)
        finally:
            self._phase = ""

    def _process_response(self, original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        response = args[-1] if args else kwargs.get("response")
        first = not self._seen["reached_after"]
        if first:
            self._seen["reached_after"] = True
            self._before_after_functions(response)
        deep = "header" in self._order
        before = _state(self._flask.g(), deep=deep)
        self._phase = "after"
        try:
            return original(*args, **kwargs)
        finally:
            self._phase = ""
            if first:
                self._seen["late"] = _news(before, _state(self._flask.g(), deep=deep))

    def _ensure_sync(self, original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        callee = original(function, *args, **kwargs)
        phase = self._phase
        if phase not in HOOKS:
            return callee

        def hook(*hook_args: Any, **hook_kwargs: Any) -> Any:
            self._phase = ""  # what a hook calls is not a hook
            record = self._place(function)
            record["returned"] = "an exception"
            if len(self._seen[phase]) < NAMES:
                self._seen[phase].append(record)
            try:
                value = callee(*hook_args, **hook_kwargs)
            finally:
                self._phase = phase
            record["returned"] = None if value is None else type(value).__name__[:80]
            record["response"] = _is_response(value)
            return value

        return hook

    def _handle_user_exception(self, original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        error = next((value for value in args if isinstance(value, BaseException)), None)
        if error is not None:
            self._errors.append(error)
        return original(*args, **kwargs)

    _handle_exception = _handle_user_exception

    def _do_teardown_request(self, original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._undo is not None:  # teardown closes what was opened: give it the real things
            self._undo()
            self._undo = None
        return original(*args, **kwargs)

    def _before_after_functions(self, response: Any) -> None:
        """Do what the judge ordered at the last moment before the after_request functions run.

        The order's keys: `header` (report its values now), `exchange` ("g", "session" or "request")
        with `seed`, `turn` (0 or 1: which of two sets of values), `only`, `shape` and `natural` (see
        `Exchange.swap`), `capture` (what to keep as set number `turn`), `overtake` (let a whole second
        request run now).
        """
        order, seen = self._order, self._seen
        g = self._flask.g()
        seen["g_at_after"] = _names(g)
        seen["holds"] = _held(g, self._flask.kinds)
        if order.get("header"):
            seen["carried"] = _carried(response)
        targets = {"g": self._on_g, "session": self._session, "request": self._request_values}
        what = order.get("exchange")
        if what:
            done = self._exchange.swap(
                targets[what](),
                what,
                order["seed"],
                order["turn"],
                only=order.get("only"),
                shape=order.get("shape", False),
                natural=order.get("natural", False),
            )
            seen.update(exchanged=done.exchanged[:NAMES], fixed=done.fixed[:NAMES], clock=done.clock)
            self._undo = done.undo
        what = order.get("capture")
        if what:
            self._exchange.capture(targets[what](), what, order["turn"])
        if order.get("overtake"):
            seen["header_inner"] = self._overtake(order["header"])

    def _on_g(self) -> Any:
        return _contents(self._flask.g())

    def _session(self) -> Any:
        value = self._flask.session()
        return value if isinstance(value, dict) else {}

    def _request_values(self) -> dict[str, Any]:
        """Return what a request carries, as one dict of dicts that `Exchange.swap` can work on."""
        value = self._flask.request()
        own = {k: v for k, v in vars(value).items() if k not in ("environ", "shallow", "url_rule", "view_args")}
        environ = {
            k: v for k, v in value.environ.items()
            if isinstance(v, str) and not k.startswith(("wsgi.", "werkzeug.", "SERVER_", "REQUEST_METHOD"))
        }  # fmt: skip
        return _Joined([(vars(value), own), (value.environ, environ)])

    def _overtake(self, header: str) -> list[str] | None:
        """Answer one more request like this one, from inside it; return its values of `header`."""
        from werkzeug.test import run_wsgi_app

        given = self._flask.request().environ
        environ = {key: value for key, value in given.items() if isinstance(value, str) or key == "wsgi.version"}
        self._inner += 1
        try:
            environ.update({"wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr})
            with self._app.app_context():  # or both requests would share one g
                _body, _status, headers = run_wsgi_app(self._app, environ, buffered=True)
            return headers.getlist(header)[:4]
        except Exception:
            return None
        finally:
            self._inner -= 1

    def _view(self, endpoint: str | None) -> dict[str, Any] | None:
        function = self._app.view_functions.get(endpoint) if endpoint else None
        if function is None:
            return None
        view_class = getattr(function, "view_class", None)
        told = self._place(view_class if isinstance(view_class, type) else function)
        told["endpoint"] = str(endpoint)[:200]
        told["class"] = isinstance(view_class, type)
        told["method_view"] = isinstance(view_class, type) and issubclass(view_class, self._flask.method_view)
        return told

    def _place(self, thing: Any) -> dict[str, Any]:
        """Return the name, file (relative, or None) and first line of a function, partial or object."""
        if type(thing) is types.FunctionType and not thing.__dict__:  # most are, and then there is nothing to ask
            name, own = thing.__qualname__[:120], thing.__code__
            return {"name": name, "file": self._relative(own.co_filename), "line": own.co_firstlineno}
        name = _attribute(thing, "__qualname__")
        name = (name if isinstance(name, str) else type(thing).__qualname__)[:120]
        for _layer in range(LAYERS):
            inner = thing.func if isinstance(thing, functools.partial) else _attribute(thing, "__wrapped__")
            if inner is None:
                break
            thing = inner
        if isinstance(thing, type):
            return {"name": name, "file": None, "line": None}
        code = _attribute(thing, "__code__")
        if not isinstance(code, types.CodeType):
            code = _attribute(_attribute(type(thing), "__call__"), "__code__")
        if not isinstance(code, types.CodeType):
            code = None
        file = self._relative(code.co_filename) if code else None
        return {"name": name, "file": file, "line": code.co_firstlineno if code else None}

    def _find_relative(self, file: str) -> str | None:
        try:
            return Path(file).relative_to(self._root).as_posix()
        except ValueError:
            return None


def _not_from_flask(record: logging.LogRecord) -> bool:
    """Say whether the app itself logs this; the tracebacks that Flask logs are told in another way."""
    return Path(record.pathname).parts[-2:] != ("flask", "app.py")


def _contents(g: Any) -> Any:
    """Return the dict behind g: the one place where every way of setting something ends up."""
    try:
        contents = object.__getattribute__(g, "__dict__")
    except AttributeError:
        return _Attributes(g)
    return contents if isinstance(contents, dict) else {}


class _Attributes(dict[str, Any]):
    """Show the slots of a g that has no dict as one; assignments and deletions reach them."""

    def __init__(self, g: Any) -> None:
        super().__init__()
        self._g = g
        for base in type(g).__mro__:
            for name, descriptor in vars(base).items():
                if isinstance(descriptor, types.MemberDescriptorType) and hasattr(g, name):
                    dict.__setitem__(self, name, object.__getattribute__(g, name))

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, value)
        object.__setattr__(self._g, name, value)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        object.__delattr__(self._g, name)


def _held(g: Any, kinds: dict[str, type]) -> list[str]:
    """Return which of "request" and "session" lie on g themselves."""
    values = list(_contents(g).values())
    return [name for name, kind in kinds.items() if any(isinstance(value, kind) for value in values)]


def _state(g: Any, *, deep: bool) -> dict[str, tuple[int, str]]:
    """Return what lies on g in a form to compare: identities, and texts too if `deep`."""
    return {str(name)[:80]: (id(value), _repr(value) if deep else "") for name, value in _contents(g).items()}


def _news(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> list[str]:
    """Return the names of what is new or another, in two states."""
    return [name for name, value in after.items() if before.get(name) != value][:NAMES]


def _repr(value: Any) -> str:
    try:
        return repr(value)[:2000]
    except Exception:
        return ""


def _carried(response: Any) -> list[str]:
    """Return the texts that a response carries in headers and attributes of its own."""
    headers = getattr(response, "headers", None)
    values = list(headers.values()) if headers is not None else []
    own = vars(response).values() if hasattr(response, "__dict__") else ()
    return [str(value)[:500] for value in (*values, *own) if isinstance(value, str)][:NAMES]


class _Joined(dict[str, Any]):
    """Show several dicts as one whose assignments reach the dict that a key came from."""

    def __init__(self, parts: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
        super().__init__()
        self._homes: dict[str, dict[str, Any]] = {}
        for home, values in parts:
            for name, value in values.items():
                dict.__setitem__(self, name, value)
                self._homes[name] = home

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, value)
        self._homes[name][name] = value


def _names(g: Any) -> list[str]:
    return [str(name)[:80] for name in _contents(g)][:NAMES]


def _attribute(thing: Any, name: str) -> Any:
    """Return an attribute, or None: an object may answer such a question with any exception."""
    try:
        return getattr(thing, name, None)
    except Exception:
        return None


def _is_response(value: Any) -> bool:
    return callable(value) and _attribute(value, "headers") is not None and _attribute(value, "status_code") is not None
