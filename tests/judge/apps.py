"""Make submissions, and stand-ins for the processes that run them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from checkpoint.judge.app import App
from checkpoint.model import Limits, Report, Submission
from checkpoint.worker import facts
from checkpoint.worker.wire import Frame, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checkpoint.judge.page import Page

ROOT = Path(__file__).parents[2]
SOLUTION = (ROOT / "solution" / "app.py").read_text("utf-8")
# Generous, for busy machines; a test about time sets its own.
LIMITS = Limits(load_seconds=20, request_seconds=10)

Files = str | bytes | Mapping[str, str | bytes]
Grade = Callable[..., Report]
Start = Callable[..., App]

HEAD = """
from flask import Flask, abort, g, make_response, redirect, render_template_string, request, session
from flask.views import MethodView, View

app = Flask(__name__)
"""


def submission(files: Files, path: str = "app.py") -> Submission:
    """Return a submission of one app.py, or of several files."""
    named = files if isinstance(files, Mapping) else {"app.py": files}
    content = {name: data if isinstance(data, bytes) else data.encode() for name, data in named.items()}
    digest = hashlib.sha256(repr(sorted(content.items())).encode()).hexdigest()
    return Submission(path, "app.py", content, digest)


class Edited(NamedTuple):
    """A changed text, and the line (1-based) where the first change begins."""

    text: str
    line: int


def edited(*changes: tuple[str, str], text: str = SOLUTION) -> Edited:
    """Return a text, by default the solution's, after changes each of which must apply at exactly one place."""
    line = 0
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        line = line or text[: text.index(old)].count("\n") + 1
        text = text.replace(old, new)
    return Edited(text, line)


def line_of(part: str, text: str) -> int:
    """Return the number of the one line that contains `part`."""
    found = [number for number, line in enumerate(text.split("\n"), 1) if part in line]
    assert len(found) == 1, found
    return found[0]


class Told:
    """Stand in for a launcher whose workers answer each request with what the test has set: they may lie.

    `header` and `body` are the answer's frame; what is left out of `header` is that of an empty page.
    """

    def __init__(self, body: bytes = b"", **header: Any) -> None:
        self.body = body
        self.header: dict[str, Any] = {"verb": "response", "status": "200 OK", "headers": [], "seen": {}, **header}
        self.loaded: dict[str, Any] = {"verb": "loaded", "name": "app", "routes": []}

    def worker(self, limits: Limits) -> Told:
        """Return what every worker is here."""
        return self

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        """Remember the sources, so that their facts can be told; refuse what no frame could carry."""
        pack({**header, "id": 1}, body)
        if header["verb"] == "facts":
            start, self.files = 0, {}
            for name, size in header["files"]:
                self.files[name] = body[start : start + size]
                start += size

    def receive(self, verbs: Sequence[str], seconds: float) -> Frame:
        """Return the answer to what was asked."""
        if "loaded" in verbs:
            return Frame(self.loaded, b"")
        if "facts" in verbs:
            return Frame({"verb": "facts", "facts": facts.read(self.files)}, b"")
        return Frame(self.header, self.body)

    def output(self) -> str:
        """Print nothing."""
        return ""

    def discard(self, *, wait: bool = True) -> None:
        """End nothing."""


def app_that_tells(told: Told, source: Files = "app = 1", role: str = "learner", limits: Limits = LIMITS) -> App:
    """Return an app whose workers answer what `told` says."""
    app = App(role, submission(source), told, limits)  # type: ignore[arg-type]
    app.begin(limits.run_seconds)
    return app


def page(body: str | bytes = b"", headers: Sequence[tuple[str, str]] = (), *, path: str = "/", **header: Any) -> Page:
    """Return the page that a check sees if an app answers with this."""
    content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    told = Told(content, headers=[list(pair) for pair in headers], **header)
    return app_that_tells(told).get(path)
