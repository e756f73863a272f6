"""Test "A Dynamic Web App" as a teacher would with plain pytest and Flask's test client.

These are the twelve checks of this checkpoint without the rest of a grader: no isolation, no time
limits, no points, and no explanation beyond pytest's own. They are the baseline of the benchmarks,
and send about as many requests as a careful grader does. Run them with

    pytest benchmarks/plain --app solution/app.py

They know less about honest ways to write the app than `checks/` does: a header that depends on the
clock, or an app that refuses ids it has not made, is beyond `test_header_from_g`.
"""

from __future__ import annotations

import re
from copy import copy, deepcopy
from dataclasses import is_dataclass
from datetime import date, timedelta
from enum import Enum
from html.parser import HTMLParser
from string import ascii_lowercase, ascii_uppercase
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import g
from flask.views import MethodView
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

# What an app under test warns about is not a failure of this suite.
pytestmark = pytest.mark.filterwarnings("default")

COOKIE = "visits"
HEADER = "X-Request-ID"
PLACEHOLDER = "placeholder"


class Page(HTMLParser):
    """Read a page: its lists (the texts of their items), its links and its visible text."""

    def __init__(self, response: TestResponse) -> None:
        """Read the body of `response`."""
        super().__init__()
        self.lists: list[list[str]] = []
        self.links: list[str] = []
        self.text = ""
        self._open_lists: list[list[str]] = []
        self._hidden = 0
        self.feed(response.get_data(as_text=True))
        self.close()
        self.lists = [[" ".join(item.split()) for item in items] for items in self.lists]

    @property
    def numbers(self) -> list[str]:
        """Return the numbers that stand alone in the text."""
        return re.findall(r"\b\d+\b", self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, and where a list or an item begins."""
        if tag in ("ul", "ol"):
            self.lists.append([])
            self._open_lists.append(self.lists[-1])
        elif tag == "li" and self._open_lists:
            self._open_lists[-1].append("")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        elif tag in ("script", "style"):
            self._hidden += 1
        self.text += " "

    def handle_endtag(self, tag: str) -> None:
        """Note where a list ends."""
        if tag in ("ul", "ol") and self._open_lists:
            self._open_lists.pop()
        elif tag in ("script", "style") and self._hidden:
            self._hidden -= 1
        self.text += " "

    def handle_data(self, data: str) -> None:
        """Keep what a visitor would read."""
        if self._hidden:
            return
        self.text += data
        if self._open_lists and self._open_lists[-1]:
            self._open_lists[-1][-1] += data


def visits_cookie(client: FlaskClient) -> str | None:
    """Return the value of the cookie that the browser now holds."""
    cookie = client.get_cookie(COOKIE)
    return None if cookie is None else cookie.value


def same_visit(learner: FlaskClient, solution: FlaskClient) -> None:
    """Visit both pages once, and compare the learner's count with the solution's."""
    page = Page(learner.get("/"))
    solution.get("/")
    expected = visits_cookie(solution)
    assert visits_cookie(learner) == expected
    assert expected in page.numbers


def view_of(app: Flask) -> type[MethodView]:
    """Return the class that serves `/`."""
    endpoint, _ = app.url_map.bind("localhost").match("/", method="GET")
    view_class = getattr(app.view_functions[endpoint], "view_class", None)
    assert isinstance(view_class, type), "/ is served by a function"
    assert issubclass(view_class, MethodView)
    return view_class


def header_after(app: Flask, change: Callable[[dict[str, Any]], None]) -> str | None:
    """Ask for the page, with `change` done to g just before the after_request functions run."""
    process_response = app.process_response

    def change_first(response: Response) -> Any:
        change(g.__dict__)
        return process_response(response)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "process_response", change_first)
        # A new browser each time: what differs is g, and not the cookie.
        return app.test_client().get("/").headers.get(HEADER)


def exchanged(value: Any, rng: Random) -> Any:
    """Return another value of the same type and shape, or `value` where this cannot make one."""
    match value:
        case Enum():
            return rng.choice([member for member in type(value) if member is not value] or [value])
        case bool():
            return not value
        case int():
            return value + rng.randrange(1, 10**9)
        case float():
            return value + rng.uniform(1e6, 1e9)
        case str():
            return "".join(exchanged_character(character, rng) for character in value)
        case bytes():
            return bytes(byte ^ rng.randrange(1, 256) for byte in value)
        case UUID():
            return UUID(int=rng.getrandbits(128), version=value.version)
        case date():
            return value + timedelta(days=rng.randrange(1_000, 100_000))
        case dict():
            return {key: exchanged(item, rng) for key, item in value.items()}
        case list():
            return [exchanged(item, rng) for item in value]
        case tuple():
            items = [exchanged(item, rng) for item in value]
            # Named tuples take their items one by one.
            return value._make(items) if hasattr(value, "_make") else tuple(items)
    if isinstance(value, SimpleNamespace) or (is_dataclass(value) and hasattr(value, "__dict__")):
        twin = copy(value)
        vars(twin).update(exchanged(vars(value), rng))
        return twin
    return value


def exchanged_character(character: str, rng: Random) -> str:
    """Return another character of the same kind: numbers stay numbers, hexadecimal stays so."""
    for alphabet in ("0123456789", "abcdef", "ABCDEF", ascii_lowercase, ascii_uppercase):
        if character in alphabet:
            return rng.choice(alphabet.replace(character, ""))
    return character


def test_page_loads(learner: Flask, solution: Flask) -> None:
    """The page is there, and it is HTML."""
    response, expected = learner.test_client().get("/"), solution.test_client().get("/")
    assert response.status_code == expected.status_code
    assert response.mimetype == expected.mimetype


def test_task_list(learner: Flask, solution: Flask) -> None:
    """The page lists the tasks in their order."""
    page, expected = Page(learner.test_client().get("/")), Page(solution.test_client().get("/"))
    assert expected.lists[0] in page.lists


def test_home_link(learner: Flask, solution: Flask, rng: Random) -> None:
    """The page's link to itself is the one of url_for: it knows where the app is mounted."""
    mounted = {"SCRIPT_NAME": f"/course{rng.randrange(1_000, 10_000)}"}
    page, expected = (Page(app.test_client().get("/", environ_overrides=mounted)) for app in (learner, solution))
    # With _external=True url_for gives the host as well.
    assert urlsplit(expected.links[0]).path in [urlsplit(link).path for link in page.links]


def test_method_view(learner: Flask, solution: Flask) -> None:
    """A MethodView serves the page, so Flask refuses the methods that it does not have."""
    lacking = {"POST", "PUT", "PATCH", "DELETE"} - set(view_of(learner).methods or ())
    client, reference = learner.test_client(), solution.test_client()
    for method in sorted(lacking):
        expected = reference.open("/", method=method).status_code
        assert client.open("/", method=method).status_code == expected, method


def test_visit_first(learner: Flask, solution: Flask) -> None:
    """A browser without the cookie is on its first visit."""
    same_visit(learner.test_client(), solution.test_client())


def test_visit_count(learner: Flask, solution: Flask, rng: Random) -> None:
    """Each visit counts one more, from whatever number the cookie has."""
    for _ in range(3):
        start = str(rng.randrange(100, 10_000))
        client, reference = learner.test_client(), solution.test_client()
        client.set_cookie(COOKIE, start)
        reference.set_cookie(COOKIE, start)
        for _ in range(3):
            same_visit(client, reference)


def test_visit_per_visitor(learner: Flask, solution: Flask, rng: Random) -> None:
    """A new visitor and a returning one take turns, and each has a count of their own."""
    new = learner.test_client(), solution.test_client()
    returning = learner.test_client(), solution.test_client()
    start = str(rng.randrange(100, 10_000))
    for client in returning:
        client.set_cookie(COOKIE, start)
    for _ in range(3):
        same_visit(*new)
        same_visit(*returning)


def test_header_present(learner: Flask) -> None:
    """The response carries an id, and no longer the starter's placeholder."""
    value = learner.test_client().get("/").headers.get(HEADER, "")
    assert value.strip() not in ("", PLACEHOLDER)


def test_header_fresh(learner: Flask, solution: Flask) -> None:
    """Each request has an id of its own."""
    seen, expected = (
        [client.get("/").headers.get(HEADER) for _ in range(4)]
        for client in (learner.test_client(), solution.test_client())
    )
    assert len(set(seen)) == len(set(expected)), seen


def test_g_before_view(learner: Flask) -> None:
    """A before_request hook has put something on g when the view starts."""
    found: dict[str, Any] = {}
    dispatch_request = learner.dispatch_request

    def look_first() -> Any:
        found.update(g.__dict__)
        return dispatch_request()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learner, "dispatch_request", look_first)
        learner.test_client().get("/")
    assert found, "g is empty when the view starts"


def test_header_from_g(learner: Flask, rng: Random) -> None:
    """With other values on g the header is another; with the same ones it is the same."""
    values: dict[str, Any] = {}
    plain = header_after(learner, values.update)
    first, second = exchanged(values, rng), exchanged(values, rng)
    stuck = [name for name, value in values.items() if first[name] == value]
    for name in stuck:
        del first[name], second[name]

    def put(replacement: dict[str, Any]) -> str | None:
        # The app may change what it finds on g, so each request gets a copy.
        return header_after(learner, lambda on_g: on_g.update(deepcopy(replacement)))

    headers = [plain, put(first), put(first), put(second)]
    if stuck and len(set(headers)) == 1:
        pytest.skip(f"cannot make other values for {', '.join(stuck)} on g")
    assert headers[1] == headers[2], "the header is not the same for the same values on g"
    assert headers[0] != headers[1], "the header stays as it is, whatever is on g"
    # A flag has one other value only, so the first and the second exchange can be the same.
    assert headers[1] != headers[3] or first == second
    assert plain is not None


def test_after_request_returns(learner: Flask, rng: Random) -> None:
    """Every after_request hook hands a response on."""

    def watched(hook: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def watch(response: Any) -> Any:
            result = learner.ensure_sync(hook)(response)
            assert isinstance(result, Response), f"{hook} returned {result!r}"
            return result

        return watch

    with pytest.MonkeyPatch.context() as patch:
        for scope, hooks in learner.after_request_funcs.items():
            patch.setitem(learner.after_request_funcs, scope, [watched(hook) for hook in hooks])
        client = learner.test_client()
        for method, path in [("GET", "/"), ("HEAD", "/"), ("GET", f"/none{rng.random()}")]:
            assert client.open(path, method=method).status_code < 500
