"""Serve requests to a learner's app: the far side of the wall.

Runs in a process of its own, forked from the zygote or started fresh, and does what the judge asks over
one socket, a frame at a time (see `wire`). It imports the standard library and Flask only. First it locks
itself down and says `locked {level, lacks, landlock_abi, own_user}`; no learner code runs before that. If this
machine's level is below the required one, it says `refused` with the same and `required`, and ends. Then:

- `facts {files, main}` + bytes: write the files to a folder of our own and parse the sources; run nothing.
  Reply `facts` (see `facts.read`). It comes before `load` or not at all: what is told then no app has touched.
- `load {files, main}` + bytes: write the files, none if they have come with `facts`, import `main`, find the Flask app
  in it. Reply `loaded {name, routes}` or `failed {error}`.
- `request {environ, probe, body_bytes}` + body: call the app once. Reply `response {status, headers, seen}`
  + body, or `raised {error, seen}`.

`files` is a list of [name, size]; the bytes follow each other in the body. An `error` is what `describe` returns, and
`seen` what `Probe.end` does, but for what is empty, None or False. Each order has an `id`, and its reply carries it
and a seal (see `wire`). Orders may follow each other before the first is answered. A worker that has no memory left to
reply with ends with the code `wire.NO_MEMORY`. Whatever is said here may be a lie once learner code has run: the judge
only believes what it can check.
"""

from __future__ import annotations

import faulthandler
import io
import os
import re
import signal
import socket
import sys
import tempfile
import traceback
import warnings
from difflib import get_close_matches
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any

from checkpoint.worker import facts, refusals, wire
from checkpoint.worker.discover import find_app
from checkpoint.worker.probe import Probe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

    from checkpoint.worker.lockdown import Lockdown

MESSAGE_CHARS = 2000
FRAMES = 30
ROUTES = 200
TOGETHER_BYTES = 64 * 1024
TOGETHER_SECONDS = 0.02
# An app of the usual kind. Run a few times, most code has got Python's faster instructions, which each worker would
# otherwise put in for itself.
WARM = b'''
from uuid import uuid4
from flask import Flask, g, make_response, render_template_string, request
from flask.views import MethodView

app = Flask(__name__)
PAGE = """<ul>{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>
<a href="{{ url_for('warm') }}">{{ text }}</a>"""

@app.before_request
def remember():
    """Keep an id."""
    g.warm_id = uuid4().hex

class Warm(MethodView):
    def get(self):
        text = str(int(request.cookies.get("warm", "0")) + 1)
        response = make_response(render_template_string(PAGE, items=["a", "b"], text=text))
        response.set_cookie("warm", text)
        return response

app.add_url_rule("/", view_func=Warm.as_view("warm"))

@app.after_request
def stamp(response):
    response.headers["X-Warm"] = g.warm_id
    return response

if __name__ == "__main__":
    app.run()
'''
WARM_TIMES = 4
ENCODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+")  # as PEP 263 has it


def main(request_descriptor: int, output_descriptor: int | None, order: dict[str, Any], locks: Lockdown) -> None:
    """Lock this process down, say so, and serve the socket until it closes.

    `output_descriptor` becomes standard output and error (None: they are right as they are); `order` is
    the one that this worker comes from (see `zygote`).
    """
    home = Path(locks.work) / order["name"]
    key = bytes.fromhex(order.pop("key"))
    _take_over(output_descriptor, home)
    with socket.socket(fileno=request_descriptor) as judge:
        told = {"id": 0, **locks.summary()}
        if not locks.suffices:
            judge.sendall(_packed(key, {"verb": "refused", "required": locks.required, **told}))
            return
        locks.lock(order["name"], order["id"], {request_descriptor}, order["limits"])
        refusals.explain()
        worker = _Worker(
            home
        )  # which makes a folder, and so finds out whether it can: if not, it is not the app's fault
        judge.sendall(_packed(key, {"verb": "locked", **told}))
        try:
            _serve(judge, key, worker)
        except MemoryError:  # of our own code: an app has taken all there is, and holds on to it
            os._exit(wire.NO_MEMORY)


def _serve(judge: socket.socket, key: bytes, worker: _Worker) -> None:
    """Obey one order after the other, until nobody gives any more.

    Answers to requests that have come together go back together, if that takes but a moment: each one alone would have
    the judge take turns with us. What was found in the sources never waits: it has to be gone before any app runs.
    """
    parser = wire.Parser()
    while data := judge.recv(1 << 16):
        parser.feed(data)
        answers, begun = bytearray(), monotonic()
        while (frame := parser.next()) is not None:
            header, body = worker.obey(frame)
            _flush()
            answers += _packed(key, {**header, "id": frame.header["id"]}, body)
            alone = frame.header["verb"] != "request"
            if alone or len(answers) > TOGETHER_BYTES or monotonic() - begun > TOGETHER_SECONDS:
                judge.sendall(answers)
                answers, begun = bytearray(), monotonic()
        if answers:
            judge.sendall(answers)


class _Worker:
    """Hold the learner's app between orders."""

    def __init__(self, home: Path) -> None:
        self._root = home / "submission"
        self._root.mkdir()
        self._app: Flask | None = None
        self._probe: Probe | None = None

    def obey(self, order: wire.Frame) -> tuple[dict[str, Any], bytes]:
        """Do what one frame asks; return the reply."""
        if order.header["verb"] == "facts":
            files = _files(order)
            _write(self._root, files)
            with warnings.catch_warnings(action="ignore"):  # what Python has to say, it says when the app is imported
                return {"verb": "facts", "facts": facts.read(files, order.header["main"])}, b""
        if order.header["verb"] == "load":
            return self._load(order), b""
        return self._request(order)

    def _load(self, order: wire.Frame) -> dict[str, Any]:
        _write(self._root, _files(order))
        os.chdir(self._root)
        try:
            module = _import(self._root / order.header["main"])
            name, self._app = find_app(module)
            self._probe = Probe(self._app, self._root)
            rules = [_told(rule) for rule in self._app.url_map.iter_rules()]
        except BaseException as error:  # SystemExit and MemoryError are outcomes too
            return {"verb": "failed", "error": describe(error, self._root)}
        return {"verb": "loaded", "name": name, "routes": rules[:ROUTES]}

    def _request(self, order: wire.Frame) -> tuple[dict[str, Any], bytes]:
        if self._app is None or self._probe is None:
            return {"verb": "raised", "error": None, "seen": None}, b""
        probe, header = self._probe, order.header
        probe.begin(header["probe"])
        try:
            status, headers, body = call(self._app, header["environ"], order.body, header["body_bytes"])
        except BaseException as error:
            seen = _in_short(probe.end(describe))
            return {"verb": "raised", "error": describe(error, self._root), "seen": seen}, b""
        return {"verb": "response", "status": status, "headers": headers, "seen": _in_short(probe.end(describe))}, body


def _told(rule: Any) -> list[Any]:
    """Return a route as JSON; raises TypeError for one whose endpoint no request could be led to."""
    if not isinstance(rule.endpoint, str):
        raise TypeError(f"the endpoint of the route '{rule.rule}' is a {type(rule.endpoint).__name__} and not a name")
    return [rule.rule, rule.endpoint, sorted(rule.methods or ())]


def _in_short(seen: dict[str, Any]) -> dict[str, Any]:
    """Return what was seen, shortened: what is empty, None or False is left out, but for one that is always told."""
    return {key: value for key, value in seen.items() if value or key == "reached_after"}


def call(app: Flask, given: dict[str, str], body: bytes, body_bytes: int) -> tuple[str, list[list[str]], bytes]:
    """Call a WSGI app once; return status, headers and at most `body_bytes` + 1 bytes of its body."""
    environ: dict[str, Any] = {
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **given,
        "wsgi.input": io.BytesIO(body),
    }
    started: list[Any] = []
    collected = bytearray()

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        started[:] = [status, headers]
        return collected.extend  # PEP 3333's write(), which a few old apps use

    result: Iterable[bytes] = app(environ, start_response)
    try:
        for chunk in result:
            collected += chunk
            if len(collected) > body_bytes:
                break
    finally:
        if hasattr(result, "close"):
            result.close()
    if not started:
        raise RuntimeError("the app answered without a status: start_response was never called")
    status, headers = started
    return str(status), [[str(name), str(value)] for name, value in headers], bytes(collected[: body_bytes + 1])


def describe(error: BaseException, root: Path) -> dict[str, Any]:
    """Return an exception as JSON: type, words, the frames in the learner's own files.

    Keys: `type`, `message`, `words` (Python's own last line, suggestions included), `frames` (each
    [file, line, function], outermost first), and, where they apply, `missing` (a module's name),
    `syntax` ({file, line, column, end_column, text}), `template` ({name, line}).
    """
    found: dict[str, Any] = {
        "type": type(error).__name__,
        "message": _without(root, _text(error))[:MESSAGE_CHARS],
        "words": _without(root, _last_line(error))[:MESSAGE_CHARS],
        "frames": _frames(error, root),
    }
    try:
        return found | _particulars(error, root)
    except Exception:  # an exception class of the app's own may do anything when it is asked
        return found


def _particulars(error: BaseException, root: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(error, ModuleNotFoundError) and isinstance(error.name, str):
        found["missing"] = error.name
    if isinstance(error, SyntaxError):
        found["syntax"] = {
            "file": _inside(str(error.filename), root),
            "line": _number(error.lineno),
            "column": _number(error.offset),
            "end_column": _number(error.end_offset),
            "text": str(error.text or "")[:MESSAGE_CHARS],
        }
    lineno = getattr(error, "lineno", None)
    if type(error).__module__.startswith("jinja2.") and isinstance(lineno, int):
        source = getattr(error, "source", None)
        lines = source.splitlines() if isinstance(source, str) else []
        found["template"] = {
            "name": getattr(error, "name", None),
            "line": lineno,
            "text": lines[lineno - 1][:MESSAGE_CHARS] if 0 < lineno <= len(lines) else "",
        }
    return found


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and abs(value) < 1 << 31 else None


def warm_up() -> None:
    """Walk through what a worker does, often enough that Python has made its code fast, and once through an error."""
    module = ModuleType("warm")
    exec(compile(WARM, "warm.py", "exec"), vars(module))  # noqa: S102 - our own
    _name, app = find_app(module)
    probe = Probe(app, Path("/"))
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_COOKIE": "warm=1"}
    for _time in range(WARM_TIMES):
        facts.read({"warm.py": WARM}, "warm.py")
        probe.begin(None)
        call(app, environ, b"", len(WARM))
        probe.end(describe)
    try:
        raise ValueError("warm")
    except ValueError as error:
        describe(error, Path("/"))


def _without(root: Path, text: str) -> str:
    """Return a text without the folder that we put the files in: nobody knows it."""
    text = str.replace(text, f"{root}{os.sep}", "")  # a subclass of str may have another replace()
    return str.replace(text, f"{root.parent}{os.sep}", f"..{os.sep}") if root != root.parent else text


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:
        return "(its text could not be read)"


def _last_line(error: BaseException) -> str:
    try:
        lines = list(traceback.TracebackException.from_exception(error, limit=0).format_exception_only())
    except BaseException:
        return type(error).__name__
    last = lines[-1].strip() if lines else type(error).__name__
    return last if "Did you mean" in last else last + _suggestion(error)


def _suggestion(error: BaseException) -> str:
    """Return the suggestion that Python before 3.12 makes only when it prints a traceback itself."""
    name = getattr(error, "name", None)
    if not isinstance(name, str):
        return ""
    try:
        if isinstance(error, AttributeError) and getattr(error, "obj", None) is not None:
            candidates = dir(error.obj)
        elif isinstance(error, ImportError):
            imported = re.search(r"cannot import name '(\w+)'", str(error))
            name, candidates = (imported.group(1), dir(sys.modules[name])) if imported else ("", [])
        else:
            return ""
        public = [candidate for candidate in candidates if not candidate.startswith("_")]
        near = get_close_matches(name, public, 1)
    except BaseException:
        return ""
    return f". Did you mean: '{near[0]}'?" if near and near[0] != name else ""


def _frames(error: BaseException, root: Path) -> list[list[Any]]:
    frames: list[list[Any]] = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        file = _inside(code.co_filename, root)
        if file is not None:
            frames.append([file, step.tb_lineno, code.co_name])
        step = step.tb_next
    return frames if len(frames) <= FRAMES else [*frames[:3], *frames[-(FRAMES - 3) :]]


def _inside(file: str, root: Path) -> str | None:
    """Return `file` relative to the submission, or None if it lies elsewhere."""
    if not file.startswith(f"{root}{os.sep}"):  # most do
        return None
    try:
        return Path(file).relative_to(root).as_posix()
    except ValueError:
        return None


def _import(path: Path) -> ModuleType:
    """Import the learner's file by its path, with its folder first on sys.path, as Python would."""
    name = path.stem if path.stem.isidentifier() and path.stem not in sys.modules else "app"
    sys.path.insert(0, str(path.parent))
    _refuse_other_encodings(path)
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} cannot be imported")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _refuse_other_encodings(path: Path) -> None:
    """Refuse what `python app.py` refuses: an import lets bytes that are no UTF-8 pass in comments."""
    content = path.read_bytes()
    if any(ENCODING.match(line) for line in content.split(b"\n", 2)[:2]):
        return  # it declares another one, and Python knows what to do
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SyntaxError(f"(unicode error) {error}", (str(path), line, None, None)) from None


def _files(order: wire.Frame) -> dict[str, bytes]:
    files, start = {}, 0
    for name, size in order.header["files"]:
        files[name] = order.body[start : start + size]
        start += size
    return files


def _write(root: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _take_over(output_descriptor: int | None, home: Path) -> None:
    """Put standard streams, folders and module table in order for somebody else's code."""
    if output_descriptor is not None:
        os.dup2(output_descriptor, 1)
        os.dup2(output_descriptor, 2)
        os.close(output_descriptor)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Line by line, or the last words of an app that is killed would be lost.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    os.environ.update(HOME=str(home), TMPDIR=str(home), TEMP=str(home), TMP=str(home))
    tempfile.tempdir = None
    sys.dont_write_bytecode = True
    if hasattr(faulthandler, "register"):  # so that the judge can ask where an app hangs
        faulthandler.register(signal.SIGUSR1, file=2, all_threads=False)
    sys.argv = ["app.py"]


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: S112 - a closed or broken stream is the app's own business
            continue


def _packed(key: bytes, header: dict[str, Any], body: bytes = b"") -> bytes:
    try:
        return wire.pack(header, body, key)
    except wire.WireError:
        error = ValueError("what the app answered is larger than any browser would read, its headers most likely")
        told = {"verb": "raised", "error": describe(error, Path("/")), "seen": None, "id": header["id"]}
        return wire.pack(told, key=key)
