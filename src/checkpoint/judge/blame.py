"""Turn what went wrong into the learner's failure: what happened, at which of their lines.

Everything that a worker told is text to be shown and nothing else.
"""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from http import HTTPStatus
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from checkpoint.judge.api import Failure
from checkpoint.judge.explain import explain, explain_syntax
from checkpoint.judge.source import Place
from checkpoint.model import Frame

if TYPE_CHECKING:
    from checkpoint.judge.app import App
    from checkpoint.judge.page import Page
    from checkpoint.judge.source import Function, Source
    from checkpoint.model import Cause
    from checkpoint.worker.launch import WorkerEnded

TOLD_CHARS = 2000  # of an exception's words; a worker in order sends no more
TEXT_CHARS = 600
NAME_CHARS = 200
LINE_CHARS = 2000
# Packages that go by another name where they are installed from.
PACKAGES = {
    "dotenv": "python-dotenv", "PIL": "Pillow", "yaml": "PyYAML", "cv2": "opencv-python", "bs4": "beautifulsoup4",
    "sklearn": "scikit-learn", "jwt": "PyJWT",
}  # fmt: skip
NEAR = 0.85  # of 1, that two names of modules are alike if one is a slip of the pen
FRAMES = 30
FRAME_CHARS = 200
ROUTES = 10
ELSEWHERE = (
    "a blueprint's @bp.before_request is for the blueprint's own pages (@bp.before_app_request is for all), and a hook "
    "of another Flask(...) is for none of this one's."
)
LIBRARY_PATH = re.compile(r" \((?:/|[A-Za-z]:\\)[^()\n]*\.\w+\)")  # where an ImportError found the module


def load_failure(error: dict[str, Any], app: App) -> Failure:
    """Say why app.py could not be loaded."""
    kind, message = _words(error)
    source, name = app.source, app.submission.main
    if not app.submission.files[name].strip():
        return Failure(f"{name} is empty.", cause="not_loadable", at=Place(name, 1, 1))
    if kind == "NoApp":
        factory = next((source.named(word) for word in ("create_app", "make_app") if f"{word}()" in message), None)
        words = _brief(message, TEXT_CHARS)
        return Failure(words, cause="not_loadable", at=factory or source.where("Flask") or Place(name, 1, 1))
    if isinstance(error.get("syntax"), dict):
        return _syntax_failure(error["syntax"], message, source, name)
    at, frames = _frames(error, source)
    if kind == "SystemExit":
        return Failure(
            f"{name} ended itself while it was being loaded: it called exit() or sys.exit(). Take that out, or "
            'put it behind if __name__ == "__main__".',
            cause="exited", at=at, traceback=frames,
        )  # fmt: skip
    if kind == "MemoryError":
        return Failure(
            f"{name} asked for more memory than it may have while it was being loaded.",
            cause="out_of_memory", at=at, traceback=frames,
        )  # fmt: skip
    missing = error.get("missing")
    if kind == "ModuleNotFoundError" and isinstance(missing, str):
        return Failure(_missing(missing, app), cause="not_loadable", at=at, traceback=frames)
    if kind == "TypeError" and message.startswith("the endpoint of the route"):  # which we have found, in no frame
        at = source.where("add_url_rule") or source.where("route")
    return Failure(
        _sentence(f"{name} stopped while it was being loaded", error), cause="not_loadable", at=at, traceback=frames
    )


def worker_failure(ended: WorkerEnded, doing: str, app: App) -> Failure:
    """Say what happened to the process that ran the app while it was `doing` something."""
    advice: dict[Cause, str] = {
        "timed_out": "Look for a loop that never ends, a long sleep(), or something that waits for a network.",
        "too_much_output": "Look for a print() in a loop that never ends.",
        "exited": "Take out os._exit(), exit() and quit(): a web app ends only when its server does.",
        "out_of_memory": "Look for a list or text that grows without an end.",
        "crashed": "Look for what this app does that others do not: ctypes, signals, very deep recursion.",
    }
    at = next((Place(file, line, line) for file, line in ended.stuck_at), None)
    if ended.cause == "exited":
        at = app.source.where("_exit") or app.source.where("exit")
    return Failure(
        f"The app did not survive {doing}: {ended.detail}. {advice.get(ended.cause, '')}".rstrip(),
        cause=ended.cause,
        at=at,
    )


def unexpected_answer(page: Page, app: App, wanted: int) -> Failure:
    """Say why a page has another status than the one wanted."""
    status = f"{page.status_code} {_phrase(page.status_code)}".strip()
    expected = f"{wanted} {_phrase(wanted)}".strip()
    unrouted = page.status_code == 404 and page.seen.view is None
    if unrouted and not (page.error and _frames(page.error, app.source)[0]):
        rules = [rule for rule, endpoint, _methods in app.routes if endpoint != "static"]
        routes = ", ".join(f"`{_brief(rule)}`" for rule in rules[:ROUTES])
        known = f"The app knows {routes}." if routes else "The app has no route of its own yet."
        if not routes and app.source.text("__main__") and app.source.text("add_url_rule"):
            known += ' One below `if __name__ == "__main__"` is there only when the file is run by itself.'
        return Failure(
            f"{page.asked} was answered with 404 Not Found: no route of the app fits that address. {known}",
            expected=expected, actual=status, at=app.source.where("add_url_rule") or app.source.where("route"),
        )  # fmt: skip
    if page.error is not None:
        return _raised(page, app, page.error, expected, status)
    if 300 <= page.status_code < 400:
        target = _brief(page.headers.get("Location", "?"))
        return Failure(
            f"{page.asked} was answered with a redirect to {target} instead of a page.",
            expected=expected, actual=status, at=app.source.where("redirect"),
        )  # fmt: skip
    return Failure(f"{page.asked} was answered with status {status}.", expected=expected, actual=status, at=page.place)


def _raised(page: Page, app: App, error: dict[str, Any], expected: str, status: str) -> Failure:
    """Say what exception lies behind an answer, and at which line of the learner's."""
    kind, message = _words(error)
    culprit = next((hook for hook in page.seen.hooks("after") if not hook.raised and not hook.is_response), None)
    if culprit is not None:
        return hook_returned_no_response(culprit, app, page.asked)
    at, frames = _frames(error, app.source)
    at = _template_place(error, app.source) or at or _place_by_words(kind, message, page, app.source)
    if kind == "SystemExit":
        return Failure(
            f"While it answered {page.asked}, the app called exit() or sys.exit(). That would end the whole server: "
            "return a response instead.",
            expected=expected, actual="no answer", at=at, cause="exited", traceback=frames,
        )  # fmt: skip
    template = error.get("template")
    text = template.get("text") if isinstance(template, dict) else None
    start = f"{page.asked} went wrong"
    if kind == "TemplateSyntaxError" and isinstance(text, str) and text.strip():
        start = f"The template could not be read, at `{text.strip()[:120]}`"
    words = _sentence(start, error)
    unquoted = re.match(r"'(\w+)' is undefined", message)
    if unquoted and app.source.text(f"url_for({unquoted.group(1)}"):
        at = app.source.text(f"url_for({unquoted.group(1)}")
        words = f"{start}: url_for({unquoted.group(1)}) lacks quotation marks. Write url_for('{unquoted.group(1)}')."
    idle = _idle_setter(kind, message, page, app.source)
    if idle is not None and idle.hook is None:
        words += f" `{idle.name}` would set it, but nothing makes it run: put @app.before_request above it."
    elif idle is not None:
        words += f" `{idle.name}` would set it, but did not run for this page: {ELSEWHERE}"
    return Failure(
        words, expected=expected, actual=status, at=idle.place if idle else at,
        cause="out_of_memory" if kind == "MemoryError" else None, traceback=frames,
    )  # fmt: skip


def _template_place(error: dict[str, Any], source: Source) -> Place | None:
    """Return the line of a template that an error speaks of."""
    kind, message = _words(error)
    template = error.get("template")
    if isinstance(template, dict) and isinstance(template.get("text"), str):
        file, line = f"templates/{template.get('name')}", template.get("line")
        if file in source.files and isinstance(line, int) and line > 0:
            return Place(file, line, line)
        return source.text(template["text"])
    if kind == "UndefinedError":
        named = re.match(r"'(\w+)' is undefined", message)
        return source.jinja(named.group(1)) if named else None
    return source.jinja("url_for") if kind == "BuildError" else None


def _place_by_words(kind: str, message: str, page: Page, source: Source) -> Place | None:
    """Return the place that an error without a frame of the learner's names in its words."""
    called = re.match(r"([\w.]+)\(\) (?:takes|missing|got)", message)
    if called:
        return source.named(called.group(1))
    if kind == "MethodNotAllowed":
        return source.where("add_url_rule") or source.where("route")
    instance = re.search(r"but it was an? ([A-Z]\w*)\.", message)
    if instance:
        name = instance.group(1)
        return source.where("add_url_rule", name) or source.class_named(name)
    view = page.seen.view
    if view is None:
        return None
    if kind == "NotImplementedError":
        return source.class_named(view.name)
    method = f"{view.name}.{page.request.method.lower()}" if view.is_class else view.name
    return source.named(method) or source.class_named(view.name)


def _idle_setter(kind: str, message: str, page: Page, source: Source) -> Function | None:
    """Return the function that would put a missing name on g, if nothing registers it, or not with this app."""
    if kind != "AttributeError" or not message.isidentifier():
        return None
    function = source.function_around(source.where("g", message))
    if function is None:
        return None
    if function.hook == "before_request":
        ran = {hook.name.rpartition(".")[2] for hook in page.seen.hooks("before")}
        return function if function.name not in ran else None
    called = len(source.facts["mentions"].get(function.name, ())) > 1
    return function if function.hook is None and not called else None


def hook_returned_no_response(hook: Any, app: App, asked: str) -> Failure:
    """Name the after_request hook that did not return a response, and the line to mend."""
    function = app.source.function_at(hook.file, hook.line, hook.name)
    name = f"`{hook.name}`"
    if function is not None:
        name = f"`{function.name}` (line {function.place.line})"
    if hook.returned is None:
        words = (
            f"The after_request hook {name} returned nothing when the app answered {asked}. Whatever it returns is "
            "sent to the browser, so without a `return` there is no response left to send. (Flask says it as "
            "TypeError: 'NoneType' object is not callable.)"
        )
        at = None
        if function is not None and function.values and function.falls_off:
            words += " It has a `return`, but not on every way through."
        if function is not None:
            at = function.nothings[0] if function.nothings else function.place
        return Failure(words, expected="a response", actual="None", at=at)
    return Failure(
        f"The after_request hook {name} returned a value of type {hook.returned} when the app answered {asked}. It "
        "must return a response: the one it was given, or a new one.",
        expected="a response", actual=hook.returned, at=(function.values or (function.place,))[0] if function else None,
    )  # fmt: skip


def broken_answer(detail: str, asked: str) -> Failure:
    """Say that what came back is no HTTP response."""
    words = _brief(detail, TEXT_CHARS)
    return Failure(f"What the app answered to {asked} is not a response that a browser could read: {words}.")


def too_many_cookies(asked: str, bound: int, app: App) -> Failure:
    """Say that a browser could not carry what has been put into it."""
    return Failure(
        f"Before {asked} the app had set so many cookies that a browser would have to send back more than "
        f"{bound >> 10} KiB of them. Servers refuse such a request. Keep little in cookies, and in the same ones.",
        at=app.source.where("set_cookie"),
    )


def _syntax_failure(syntax: dict[str, Any], message: str, source: Source, main: str) -> Failure:
    told = syntax.get("file")
    file = told if isinstance(told, str) and told in source.files else main
    known = source.broken.get(file) or {}
    line = known.get("line") or syntax.get("line")
    column, end = known.get("column") or syntax.get("column"), known.get("end_column") or syntax.get("end_column")
    text = _brief(str(known.get("message") or message), TEXT_CHARS)
    line = line if isinstance(line, int) and line > 0 else 1
    stop = "" if text.endswith("?") else "."
    words = [f"{file} is not valid Python, so it cannot be loaded: {text.rstrip('.')}{stop}"]
    place = Place(file, line, line)
    lines = source.lines(place.file)
    advice = explain_syntax(text, lines[line - 1][:LINE_CHARS] if line <= len(lines) else "")
    if advice:
        words.append(advice)
    actual = None
    if isinstance(column, int) and 0 < column <= LINE_CHARS and line <= len(lines):
        shown = lines[line - 1][:LINE_CHARS]
        stripped = shown.lstrip()
        width = end - column if isinstance(end, int) and end > column else 1
        start = max(0, column - 1 - (len(shown) - len(stripped)))
        width = max(1, min(width, len(stripped) - start))
        actual = f"{stripped}\n{' ' * start}{'^' * width}"
    return Failure(" ".join(words), actual=actual, cause="not_loadable", at=place)


def _missing(told: str, app: App) -> str:
    name = _brief(told)
    top = name.partition(".")[0]
    if f"{top}.py" in app.submission.files or any(file.startswith(f"{top}/") for file in app.submission.files):
        return f"`import {name}` found no such module, although there is a {top}. Check the spelling of what follows."
    if top.lower() != top and _is_installed(top.lower()):
        return f"There is no module `{name}`: Python's names tell capitals from small letters. Write `{name.lower()}`."
    if _is_installed(top):
        return f"The package `{top}` is there, but it has no module `{name.partition('.')[2]}`. Check its spelling."
    near = get_close_matches(top, sys.stdlib_module_names, 1, NEAR)
    if near:
        return f"There is no module `{name}`. Did you mean `{near[0]}`, which comes with Python?"
    return (
        f"The package `{top}` is not there where the grader runs. If you meant another name, mend the import. If it is "
        "a folder of your own, grade the folder that app.py lies in. If the course needs it, install it beside "
        f"checkpoint: python -m pip install {PACKAGES.get(top, top)}"
    )


def _is_installed(name: str) -> bool:
    """Say whether a module of this name could be imported here; the name is a learner's."""
    try:
        return name.isidentifier() and find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _sentence(start: str, error: dict[str, Any]) -> str:
    kind, message = _words(error)
    words = error.get("words")
    text = words[:TOLD_CHARS] if isinstance(words, str) and words else f"{kind}: {message}"
    explanation = explain(kind, message)
    # A suggestion ("Did you mean ...?") stands in Python's own last line only.
    first = f"{start}: {_brief(LIBRARY_PATH.sub('', text), TEXT_CHARS)}"
    if not first.endswith((".", "?", "!")):
        first += "."
    return f"{first} {explanation}" if explanation else first


def _words(error: dict[str, Any]) -> tuple[str, str]:
    kind, message = error.get("type"), error.get("message")
    return (
        _brief(kind) if isinstance(kind, str) else "Exception",
        message[:TOLD_CHARS] if isinstance(message, str) else "",
    )


def _brief(text: str, most: int = NAME_CHARS) -> str:
    """Return somebody else's words as a part of a sentence of ours: on one line, and not too long."""
    words = " ".join(text[: 4 * most].split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _frames(error: dict[str, Any], source: Source) -> tuple[Place | None, tuple[Frame, ...]]:
    """Return the innermost place in the learner's files, and all their frames with their lines."""
    frames = []
    at = None
    told = error.get("frames")
    read: dict[str, list[str]] = {}  # a file may be large, and all frames be in it
    for entry in told[:FRAMES] if isinstance(told, list) else ():
        match entry:
            case [str(file), int(line), str(function)] if line > 0 and file in source.files:
                if file not in read:
                    read[file] = source.lines(file)
                lines = read[file]
                if line <= len(lines):
                    at = Place(file, line, line)
                    text = lines[line - 1].strip()[:FRAME_CHARS]
                    frames.append(Frame(source.shown(file), line, function[:FRAME_CHARS], text))
    return at, tuple(frames)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
