# expect: pass
# fully annotated, TypedDict, Final, ResponseReturnValue, long docstrings
"""My tasks.

A page with four tasks, a visit counter and a request id.
"""
from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final, TypedDict

from flask import Flask, Response, g, make_response, render_template_string, request
from flask.views import MethodView

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


class Context(TypedDict):
    """What the template gets."""

    tasks: list[str]
    visits: int


app: Flask = Flask(__name__)
TASKS: list[str] = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
HEADER: Final = "X-Request-ID"
COOKIE: Final[str] = "visits"
PAGE: Final = """<!doctype html>
<html lang="en"><title>My tasks</title>
<ul>{% for task in tasks %}<li>{{ task }}</li>{% endfor %}</ul>
<p>Visit number: {{ visits }}</p>
<a href="{{ url_for('home') }}">Home</a></html>"""


@app.before_request
def assign_request_id() -> None:
    """Keep an id on g."""
    g.request_id: str = uuid.uuid4().hex


class HomeView(MethodView):
    """The page."""

    def get(self) -> ResponseReturnValue:
        """Answer GET /."""
        visits: int = int(request.cookies.get(COOKIE, "0")) + 1
        context: Context = {"tasks": TASKS, "visits": visits}
        response: Response = make_response(render_template_string(PAGE, **context))
        response.set_cookie(COOKIE, str(visits))
        return response


app.add_url_rule("/", view_func=HomeView.as_view("home"))


@app.after_request
def stamp_request_id(response: Response) -> Response:
    """Send the id."""
    response.headers[HEADER] = g.request_id
    return response
