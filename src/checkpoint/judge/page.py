"""Read a response as a check needs it; nonsense in it is the learner's failure, never an exception of ours."""

from __future__ import annotations

import json
import math
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from flask import Request, Response

from checkpoint.judge.api import Failure
from checkpoint.judge.blame import broken_answer, hook_returned_no_response, unexpected_answer
from checkpoint.judge.difference import as_text, difference
from checkpoint.judge.markup import Sight, read, read_again
from checkpoint.judge.source import Place
from checkpoint.worker.wire import too_deep

if TYPE_CHECKING:
    from checkpoint.judge.app import App
    from checkpoint.judge.source import Source

HTML_CHARS = 256 * 1024
KEPT_CHARS = 16 * 1024  # of a page that may be kept, because the next one may be like it
JSON_CHARS = 1024 * 1024  # Python needs up to 40 bytes for each
JSON_DEPTH = 64  # what is nested a few hundred deep cannot even be compared or shown
BODY_CHARS = 200  # that are shown of a body which is no JSON
VALUE_CHARS = 1000  # that are shown of JSON
PYTHON = re.compile(r"[\[({]\s*(?:'|\{\s*')")  # text in single quotes is none in JSON
INTEGER_DIGITS = 308  # of those that a float can still hold
SECOND = "the second time"
NAME_CHARS = 200
PATH_CHARS = 200
NUMBER = re.compile(
    # No number of use is longer; without a bound, a run of `1_,` would be read again from each of them.
    # 1.234 may be a fraction, 1.234.567 cannot.
    r"(?<![\w\-])(?<!\d[.,])[x\u00d7]?(?:\d{1,3}(?:\.\d{3}){2,5}|\d[\d,'_\u00a0\u202f]{0,60})"
    r"(?:st|nd|rd|th|x)?(?![\w]|[.,]\d)",
    re.IGNORECASE,
)
SPACED = re.compile(r"(?<![\w\-.,])(?<!\d )\d{1,3}(?: \d{3}){2,5}(?! ?\d|\w|[.,]\d)")


class Hook(NamedTuple):
    """One request hook that ran: `returned` is a type's name, None for None."""

    name: str
    file: str | None
    line: int | None
    returned: str | None
    is_response: bool

    @property
    def raised(self) -> bool:
        """Say whether it ended with an exception instead of returning."""
        return self.returned == "an exception"


class View(NamedTuple):
    """The view that the app's process says it called."""

    name: str
    endpoint: str
    is_class: bool
    is_method_view: bool


class Seen:
    """What the app's own process says about the inside of one request. It may say anything."""

    def __init__(self, told: dict[str, Any] | None) -> None:
        self._told = told if isinstance(told, dict) else {}

    def __bool__(self) -> bool:
        """Say whether anything was reported at all."""
        return bool(self._told)

    def hooks(self, kind: str) -> list[Hook]:
        """Return the hooks that ran, `kind` being "before" or "after", in order."""
        return [
            Hook(
                _text(entry.get("name")),
                entry.get("file") if isinstance(entry.get("file"), str) else None,
                _number(entry.get("line")),
                None if entry.get("returned") is None else _text(entry["returned"]),
                entry.get("response") is True,
            )
            for entry in self._list(kind)
            if isinstance(entry, dict)
        ]

    @property
    def view(self) -> View | None:
        """Return the view that was called, None if the request did not get so far."""
        told = self._told.get("view")
        if not isinstance(told, dict):
            return None
        return View(
            _text(told.get("name")),
            _text(told.get("endpoint")),
            told.get("class") is True,
            told.get("method_view") is True,
        )

    @property
    def error(self) -> dict[str, Any] | None:
        """Return the exception behind the response, as `worker.inside.describe` gives it."""
        told = self._told.get("error")
        return told if isinstance(told, dict) else None

    def names(self, key: str) -> list[str]:
        """Return a list of texts: "g_by_hooks", "g_at_view", "late", "exchanged", "fixed", "replaced" ..."""
        return [item for item in self._list(key) if isinstance(item, str)]

    def flag(self, key: str) -> bool:
        """Return a truth value: "clock", "reached_after"."""
        return self._told.get(key) is True

    def _list(self, key: str) -> list[Any]:
        value = self._told.get(key)
        return value[:200] if isinstance(value, list) else []


def in_words(environ: dict[str, Any]) -> str:
    """Return a WSGI request in words: `GET /`."""
    path = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '/')}"
    return f"{environ.get('REQUEST_METHOD', 'GET')} {' '.join(path[:PATH_CHARS].split())}"


class Headers(type(Response().headers)):  # type: ignore[misc]  # Werkzeug's own, by way of Flask
    """Response headers of which a missing one, asked for with `[]`, is the learner's failure."""

    app: App | None = None  # that of a page's own headers; copies have none
    asked = ""

    def __getitem__(self, key: Any) -> Any:
        """Return a header's value, or whatever else Werkzeug's class gives."""
        __tracebackhide__ = True
        try:
            return super().__getitem__(key)
        except KeyError:
            if self.app is None:
                raise
            self.app.fail(Failure(f"{self.asked} was answered without the header `{key}`.", expected=f"{key}"))


class Page(Response):
    """A response with accessors that never raise anything but the learner's failure.

    What Werkzeug's own raise becomes one too, when the check's outcome is made (see `unreadable`).
    """

    request: Any  # set by werkzeug's test client

    @property
    def seen(self) -> Seen:
        """Return what the app's process says about this request."""
        return Seen(self._answer.get("seen"))

    @property
    def error(self) -> dict[str, Any] | None:
        """Return the exception behind this response, if there was one."""
        error = self._answer.get("error")
        return error if isinstance(error, dict) else self.seen.error

    again = 0  # how often the same was asked for before, when several were asked for together

    @property
    def asked(self) -> str:
        """Return the request in words: `GET /`, `GET / (the second time)`."""
        words = in_words(self.request.environ)
        return words if not self.again else f"{words} ({SECOND if self.again == 1 else f'time {self.again + 1}'})"

    def ok(self, status: int = 200) -> Page:
        """Return this page if the app's view answered with `status`; else fail and say why it did not."""
        __tracebackhide__ = True
        answering = (hook for hook in self.seen.hooks("before") if hook.returned is not None and not hook.raised)
        early = next(answering, None)
        if early is not None and self.seen.view is None:
            function = self._app.source.function_at(early.file, early.line, early.name)
            at = Place(early.file, early.line, early.line) if early.file and early.line else None
            if function is not None:
                at = function.values[0] if len(function.values) == 1 else function.place
            words = (
                f"The before_request hook `{early.name}` returned a value ({early.returned}), so Flask took that as "
                "the answer and never called your view. Let the hook return nothing."
            )
            self._app.fail(Failure(words, at=at))
        if self.status_code != status:
            self._app.fail(unexpected_answer(self, self._app, status))
        return self

    def after_hooks_ok(self, status: int = 200) -> Page:
        """Return this page if each after_request hook that ran returned a response; else fail.

        `status` is the one that the page would have had without them.
        """
        __tracebackhide__ = True
        for hook in self.seen.hooks("after"):
            if not hook.is_response and not hook.raised:
                self._app.fail(hook_returned_no_response(hook, self._app, self.asked))
            if not hook.is_response:
                self._app.fail(unexpected_answer(self, self._app, status))
        if self._answer.get("verb") == "raised":
            self._app.fail(unexpected_answer(self, self._app, status))
        return self

    @property
    def source(self) -> Source:
        """Return the sources of the app that answered, to find places in."""
        return self._app.source

    @property
    def place(self) -> Place | None:
        """Return where the view that answered is, to be given as `at=`; None if that cannot be told."""
        view = self.seen.view
        if view is None:
            return None
        method = self.source.named(f"{view.name}.{self.request.method.lower()}") if view.is_class else None
        return method or self.source.class_named(view.name) or self.source.named(view.name)

    @property
    def location_path(self) -> str | None:
        """Return the path that the Location header leads to, as a browser reads it; None if not into this app."""
        location = self.headers.get("Location", "").strip()
        try:
            parts = urlsplit(urljoin(self.request.url, location))
        except ValueError:
            return None
        return parts.path if location and parts.netloc == self.request.host else None

    @cached_property
    def html(self) -> str:
        """Return the body as text; bytes that are no UTF-8 are replaced."""
        return super().get_data().decode("utf-8", "replace")

    def get_data(self, as_text: bool = False) -> Any:
        """Return the body, as text without ever raising."""
        return self.html if as_text else super().get_data()

    @property
    def json(self) -> Any:
        """Return the JSON of the body; fail the check if it is none."""
        __tracebackhide__ = True
        return self._value(None, self.place)

    def get_json(self, force: bool = False, silent: bool = False) -> Any:
        """Return the JSON of the body as Flask's responses do; fail the check if it is none."""
        __tracebackhide__ = True
        if not (force or self.is_json):
            return None
        try:
            return self.json
        except Failure:
            if silent:
                return None
            raise

    def expect_json(self, wanted: Any, *, at: Place | None = None) -> Any:
        """Return the JSON of the body; fail, and say where they differ, if it lacks something of `wanted`.

        Objects may have more keys than those wanted, lists may not have more items, and a type stands for any value of
        its kind: {"error": str}. The response has to say that it is JSON. `at` is the place to blame; without it, the
        view.
        """
        __tracebackhide__ = True
        at, shown = at or self.place, as_text(wanted)
        value = self._value(shown, at)
        if not self.is_json:
            words = (
                f"{self.asked} answers with JSON, but calls it {self.mimetype or 'nothing'}. Return the dict or list "
                "itself, and Flask says in the Content-Type header what it is."
            )
            self._app.fail(Failure(words, expected="application/json", actual=self.mimetype, at=at))
        differs = difference(wanted, value)
        if differs:
            words = f"{self.asked} should answer with other JSON: {differs}."
            self._app.fail(Failure(words, expected=shown, actual=as_text(value)[:VALUE_CHARS], at=at))
        return value

    @property
    def lines(self) -> list[str]:
        """Return the visible text, a line for each block, white space folded."""
        return self._read.lines

    @property
    def texts(self) -> list[str]:
        """Return the visible pieces of text between tags, white space folded."""
        return self._read.texts

    @property
    def lists(self) -> list[list[str]]:
        """Return the texts of the items of each `<ul>` and `<ol>`."""
        return self._read.lists

    @property
    def links(self) -> list[str]:
        """Return the href of each `<a>`."""
        return self._read.links

    @property
    def link_paths(self) -> list[str]:
        """Return the paths of the links that lead into this app: absolute paths, or URLs of this host."""
        host = self.request.host
        paths = []
        for link in self.links:
            try:
                parts = urlsplit(link.strip())
            except ValueError:
                continue
            if parts.path.startswith("/") and parts.netloc in ("", host):
                paths.append(parts.path)
        return paths

    @cached_property
    def numbers(self) -> list[int]:
        """Return the whole numbers that stand alone in the visible text; 1,234 and 1.234.567 and 3rd count too.

        1 234 567 may be one number or three, so all four of them are returned.
        """
        found = []
        text = "\n".join(self.lines)
        for match in (*NUMBER.finditer(text), *SPACED.finditer(text)):
            digits = re.sub(r"\D", "", match.group())
            if len(digits) <= 18:
                found.append(int(digits))
        return found

    def cookie(self, name: str) -> str | None:
        """Return the value that this response sets a cookie to, None if it does not."""
        value = None
        for header in self.headers.getlist("Set-Cookie"):
            pair = header.partition(";")[0]
            if "=" in pair:
                # As Flask would read it when it comes back; http.cookies takes minutes over some long headers.
                value = Request({"HTTP_COOKIE": pair}).cookies.get(name, value)
        return value

    def unreadable(self, error: Exception) -> Exception:
        """Return whose fault it is that something in this response could not be read: a Failure if the learner's."""
        return self._app.failed(broken_answer(f"{type(error).__name__}: {error}", self.asked))

    def _value(self, wanted: str | None, at: Place | None) -> Any:
        """Return the JSON of the body; fail if it is none."""
        __tracebackhide__ = True
        try:
            return _json(self.html)
        except (ValueError, RecursionError):
            words = f"{self.asked} should answer with JSON, but its body is none."
            if PYTHON.match(self.html):
                words += " It is how Python shows a value: return the dict or list itself, and Flask makes JSON of it."
            self._app.fail(Failure(words, expected=wanted, actual=self.html[:BODY_CHARS], at=at))

    @property
    def _answer(self) -> dict[str, Any]:
        answer = self.request.environ.get("checkpoint.answer")
        return answer if isinstance(answer, dict) else {}

    @property
    def _app(self) -> App:
        app: App = self.request.environ["checkpoint.app"]
        return app

    @cached_property
    def _read(self) -> Sight:
        text = self.html[:HTML_CHARS]
        try:
            seen = (read_again if len(text) < KEPT_CHARS else read)(text)
        except Exception as error:
            self._app.fail(Failure(f"The page at {self.asked} cannot be read as HTML ({type(error).__name__})."))
        # Pages that are alike are read once, and a check may do with its lists what it likes.
        lists = [list(items) for items in seen.lists]
        return Sight(list(seen.lines), list(seen.texts), list(seen.links), lists)


def _json(text: str) -> Any:
    """Return the value of a JSON text that is small, flat and plain enough to work with (RFC 8259, 9).

    Raises ValueError or RecursionError for any other.
    """
    if len(text) > JSON_CHARS:
        raise ValueError("too long")
    value = json.loads(text, parse_constant=_number_in_json, parse_float=_number_in_json, parse_int=_integer_in_json)
    if too_deep(value, JSON_DEPTH):
        raise ValueError("nested too deep")
    return value


def _number_in_json(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):  # nor are NaN and Infinity numbers in JSON
        raise ValueError("no number")
    return number


def _integer_in_json(text: str) -> int:
    if len(text) > INTEGER_DIGITS:
        raise ValueError("too long a number")
    return int(text)


def _text(value: Any) -> str:
    return " ".join(value[:NAME_CHARS].split()) if isinstance(value, str) else "?"


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**7 else None
