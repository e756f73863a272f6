"""Drive an app behind the wall with Flask's own test client.

The client belongs to a bare Flask object whose `wsgi_app` has each request carried over the wall, so cookie jar,
request building and response parsing are the judge's.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import run_wsgi_app

from checkpoint.errors import GradingError
from checkpoint.judge.api import Failure, Undecided
from checkpoint.judge.page import Headers, Page, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.judge.app import App

REDIRECTS = 20
MADE = 100  # requests that are kept


class Client(FlaskClient):
    """Flask's test client, over the wall."""

    def __init__(self, *args: Any, use_cookies: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, use_cookies=use_cookies, **kwargs)
        self._keeps_cookies = use_cookies

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request; whatever comes back that cannot be read is the learner's failure."""
        __tracebackhide__ = True
        app = self.application
        assert isinstance(app, Remote)  # noqa: S101 - for the type checker
        app.answered = False
        try:
            return super().open(*args, **kwargs)
        except (Failure, Undecided, GradingError):
            raise
        except Exception as error:
            if not app.answered:
                raise  # the check asked something impossible
            text = str(error)
            app.behind.refuse(f"{type(error).__name__}: {text}" if text else "one of its headers makes no sense")

    def plain(self, *args: Any, **kwargs: Any) -> dict[str, str]:
        """Return what goes over the wall of a request that `open` would make of these arguments."""
        return texts(self._request_from_builder_args(args, kwargs).environ)

    def _request_from_builder_args(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Return the request that Flask makes of these arguments; for one like an earlier one that is not done again.

        Checks ask the same few things many times, and making a request takes longer than asking. Should Flask some day
        not come by here, nothing is saved and nothing is lost.
        """
        plain = {key: value for key, value in kwargs.items() if key != "environ_overrides"}
        given = (*args, *plain.values())
        if self.preserve_context or not all(isinstance(value, str) for value in (*given, *self.environ_base.values())):
            return super()._request_from_builder_args(args, kwargs)
        like = (args, *plain.items(), *self.environ_base.items())
        made = self.application.made  # type: ignore[attr-defined]
        if like not in made:
            if len(made) >= MADE:
                made.clear()
            made[like] = super()._request_from_builder_args(args, plain)
        first = made[like]
        overrides = kwargs.get("environ_overrides") or {}
        return type(first)({**first.environ, "wsgi.input": io.BytesIO(), **overrides})

    def run_wsgi_app(self, environ: Any, buffered: bool = False) -> Any:
        """Give each request a place for what is told beside its response; werkzeug copies the environ itself."""
        environ["checkpoint.app"] = self.application.behind  # type: ignore[attr-defined]
        environ["checkpoint.answer"] = {}
        if self._keeps_cookies:
            body, status, headers = super().run_wsgi_app(environ, buffered)
        else:  # and so need not know whose they would be, which takes a tenth of the time of a request
            body, status, headers = run_wsgi_app(self.application, environ, buffered)
        told = Headers(headers)
        told.app, told.asked = self.application.behind, in_words(environ)  # type: ignore[attr-defined]
        return body, status, told

    def _update_cookies_from_response(self, server_name: str, path: str, headers: list[str]) -> None:
        """Keep what a browser keeps: no cookie that has expired when it comes (RFC 6265, 5.3), as werkzeug does."""
        super()._update_cookies_from_response(server_name, path, headers)
        for key, cookie in list((self._cookies or {}).items()):
            expired = cookie.expires is not None and cookie.expires <= datetime.now(UTC)
            if (cookie.max_age <= 0) if cookie.max_age is not None else expired:
                del self._cookies[key]  # type: ignore[union-attr]

    def resolve_redirect(self, response: Any, buffered: bool = False) -> Any:
        """Follow one redirect, but no more than a browser would."""
        __tracebackhide__ = True
        if len(response.history) >= REDIRECTS:
            self.application.behind.fail(  # type: ignore[attr-defined]
                Failure(f"The app redirects more than {REDIRECTS} times in a row, without end.")
            )
        return super().resolve_redirect(response, buffered)

    def cookie(self, name: str) -> str | None:
        """Return the value of a cookie that this browser would send back to `/`, None if it has none."""
        cookie = self.get_cookie(name)
        return None if cookie is None else cookie.value

    def session_transaction(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: the session is signed with the app's secret, which stays behind the wall."""
        raise RuntimeError(
            "session_transaction() cannot work here: the session is signed with the app's secret key, "
            "and that stays in the app's own process. Reach the same state through requests."
        )


class Remote(Flask):
    """A bare app of the judge's whose requests are answered behind the wall."""

    response_class = Page
    test_client_class = Client

    def __init__(self, behind: App) -> None:
        super().__init__("checkpoint", static_folder=None, template_folder=None)
        self.behind = behind
        self.answered = False
        self.made: dict[tuple[Any, ...], Any] = {}  # requests by what they were made of

    def wsgi_app(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Carry the request over the wall."""
        self.answered = False
        stream = environ["wsgi.input"]
        status, headers, body = self.behind.request(environ, stream.read())
        self.answered = True
        try:
            phrase = HTTPStatus(status).phrase
        except ValueError:
            phrase = "UNKNOWN"
        start_response(f"{status} {phrase}", headers)
        return [body]


def texts(environ: dict[str, Any]) -> dict[str, str]:
    """Return what of a WSGI request goes over the wall beside its body: all that is text."""
    return {key: value for key, value in environ.items() if isinstance(value, str)}
