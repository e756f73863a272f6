"""Places in a learner's files are where Python and the learner's editor say that they are."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from checkpoint.judge.source import AROUND_LINES, EXCERPT_LINES, LINE_CHARS, Place, Source
from checkpoint.worker import facts

from .apps import submission

if TYPE_CHECKING:
    from .apps import Files

APP = dedent(
    '''\
    from flask import Flask, g, make_response, request as asked
    from uuid import uuid4

    app = Flask(__name__)
    PAGE = """
    <ul>{% for task in tasks %}
      <li>{{ task }}</li>
    </ul>
    """
    # set_cookie in a comment, and g too


    @app.before_request
    def start():
        g.id = uuid4().hex


    @app.get("/")
    def index():
        response = make_response(
            PAGE,
        )
        response.set_cookie(
            "visits",
            asked.cookies.get("visits"),
        )
        return response


    class Home:
        def get(self):
            if self:
                return 1
            return None


    @app.after_request
    def stamp(response):
        response.headers["X"] = g.id
        return response


    def late(error):
        return


    app.teardown_request(late)
    '''
)


def source_of(files: Files, path: str = "app.py") -> Source:
    taken = submission(files, path)
    return Source(taken, lambda: facts.read(taken.files))


def line(text: str, part: str, nth: int = 1) -> int:
    """Return the number of the nth line with `part`."""
    return [number for number, each in enumerate(text.split("\n"), 1) if part in each][nth - 1]


def test_where_is_the_statement_that_mentions_all_words():
    source = source_of(APP)
    cookie = line(APP, "response.set_cookie")
    assert source.where("set_cookie") == Place("app.py", cookie, cookie + 3)
    assert source.where("set_cookie", "cookies", "visits") == Place("app.py", cookie, cookie + 3)
    assert source.where("g", "X") == Place("app.py", line(APP, 'headers["X"]'), line(APP, 'headers["X"]'))
    assert source.where("g") == Place("app.py", line(APP, "g.id ="), line(APP, "g.id ="))
    assert source.where("make_response") == Place(
        "app.py", line(APP, "make_response("), line(APP, "make_response(") + 2
    )
    assert source.where("set_cookie", "uuid4") is None
    assert source.where("no_such_word") is None
    assert source.where() is None


def test_imports_and_comments_are_no_places():
    source = source_of("from flask import g, Flask\n# request\nimport session\n")
    assert source.where("g") is None
    assert source.where("request") is None
    assert source.mentions("g")
    assert source.mentions("Flask")
    assert not source.mentions("request")


def test_the_apps_own_file_comes_first():
    source = source_of({"app.py": "import a\n\n\nx = mark\n", "a.py": "y = mark\nz = other\n"})
    assert source.where("mark") == Place("app.py", 4, 4)
    assert source.where("other") == Place("a.py", 2, 2)


def test_text_is_the_first_line_with_it_and_no_comment():
    source = source_of({"app.py": "# mark\nx = 1  # mark\n", "templates/a.html": "<p>\n  other # mark\n"})
    assert source.text("mark") == Place("app.py", 2, 2)
    assert source.text("  other ") == Place("templates/a.html", 2, 2)
    assert source.text("nowhere") is None
    assert source.text("") is None
    assert source.text("  ") is None


def test_jinja_is_the_first_tag_that_mentions_a_word():
    source = source_of(APP)
    assert source.jinja("for") == Place("app.py", line(APP, "{% for"), line(APP, "{% for"))
    assert source.jinja("task") == Place("app.py", line(APP, "{% for"), line(APP, "{% for"))
    assert source.jinja("tas") is None
    assert source.jinja("li") is None  # not in a tag
    assert source.jinja("sk }") is None
    source = source_of({"app.py": "x = 1\n", "templates/a.html": "\n{{ visits }}\n", "static/b.html": "{{ other }}"})
    assert source.jinja("visits") == Place("templates/a.html", 2, 2)
    assert source.jinja("other") is None


def test_functions_and_their_hooks():
    functions = {function.name: function for function in source_of(APP).functions()}
    assert list(functions) == ["start", "index", "get", "stamp", "late"]
    hooks = {name: function.hook for name, function in functions.items()}
    assert hooks == {
        "start": "before_request", "index": None, "get": None, "stamp": "after_request", "late": "teardown_request"
    }  # fmt: skip
    assert functions["stamp"].place == Place("app.py", line(APP, "@app.after_request"), line(APP, "return response", 2))
    back = line(APP, "return response", 2)
    assert functions["stamp"].values == (Place("app.py", back, back),)
    assert [place.line for place in functions["get"].nothings] == [line(APP, "return None")]
    assert [name for name, function in functions.items() if function.falls_off] == ["start"]


def test_functions_of_one_kind():
    source = source_of(APP)
    assert [function.name for function in source.functions("after_request")] == ["stamp"]
    first = line(APP, "@app.before_request")
    assert source.hook("before_request") == Place("app.py", first, first + 2)
    assert source.hook("after_this_request") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("@app.before_request\ndef f(): pass", "before_request"),
        ("@app.before_request()\ndef f(): pass", "before_request"),
        ("@bp.before_app_request\ndef f(): pass", "before_request"),
        ("@app.after_request\nasync def f(r): return r", "after_request"),
        ("@bp.after_app_request\n@other\ndef f(r): return r", "after_request"),
        ("def f(r): return r\napp.after_request(f)", "after_request"),
        ("def outer():\n    @after_this_request\n    def f(r): return r", "after_request"),
        ("@app.teardown_request\ndef f(e): pass", "teardown_request"),
        ("@app.route('/before_request')\ndef f(): pass", None),
        ("def f(): return app.before_request", None),
    ],
)
def test_ways_to_register_a_hook(text: str, kind: str | None):
    function = next(each for each in source_of(text).functions() if each.name == "f")
    assert function.hook == kind


def test_a_function_is_found_by_its_line_or_else_by_its_name():
    source = source_of("def f(): pass\n\n\nclass A:\n    @staticmethod\n    def f(): pass\n")
    first, second = (function.place.line for function in source.functions())
    assert (first, second) == (1, 5)

    def found(file: str | None, line: int | None, name: str) -> int | None:
        function = source.function_at(file, line, name)
        return function.place.line if function else None

    assert found("app.py", 5, "A.f") == 5
    assert found("app.py", 1, "f") == 1
    assert found("app.py", None, "make.<locals>.f") == 1
    assert found("app.py", 99, "f") == 1
    assert found("other.py", 1, "f") is None
    assert found(None, 1, "f") is None
    assert found("app.py", 1, "g") is None


def test_what_goes_by_a_name():
    source = source_of(APP)
    get = line(APP, "def get(")
    assert source.named("Home.get") == Place("app.py", get, get + 3)
    assert source.named("index") == Place("app.py", line(APP, '@app.get("/")'), line(APP, "return response", 1))
    assert source.named("Home.index") is None
    assert source.named("nobody") is None
    assert source.class_named("Home") == Place("app.py", get - 1, get - 1)
    assert source.class_named("make.<locals>.Home") == Place("app.py", get - 1, get - 1)
    assert source.class_named("Nobody") is None


def test_the_function_around_a_place_is_the_innermost():
    source = source_of("def outer():\n    def inner():\n        x = mark\n    y = other\nz = third\n")
    around = {word: source.function_around(source.where(word)) for word in ("mark", "other", "third", "nothing")}
    assert {word: function and function.name for word, function in around.items()} == {
        "mark": "inner", "other": "outer", "third": None, "nothing": None
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("n = 0\ndef f():\n    global n\n    n += 1\n", 4),
        ("class A:\n    n = 0\n    def get(self):\n        A.n += 1\n", 4),
        ("seen = {}\ndef f():\n    seen['a'] = 1\n", 3),
        ("n = 0\ndef f():\n    n = 1\n    n += 1\n", None),
        ("n = 0\nn += 1\n", None),
    ],
)
def test_what_all_requests_share(text: str, line: int | None):
    place = source_of(text).shared
    assert (place.line if place else None) == line


CODINGS = {
    "utf-8": ("", "utf-8"),
    "byte order mark": ("\ufeff", "utf-8"),
    "latin-1 cookie": ("# -*- coding: latin-1 -*-\n", "latin-1"),
    "cookie in line 2": ("#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\n", "cp1252"),
    "windows lines": ("a = 1\r\nb = 2\r\n", "utf-8"),
    "old mac lines": ("a = 1\rb = 2\r", "utf-8"),
    "form feed": ("a = 1\n\x0c\nb = 2\n", "utf-8"),
    "separators that are no lines": ("a = '\x0b \x1c \x85 \u2028'\n", "utf-8"),
}


@pytest.mark.parametrize("kind", CODINGS)
def test_lines_are_pythons_own(kind: str):
    head, encoding = CODINGS[kind]
    content = f"{head}mark = 'é'\nlast = 1\n".encode(encoding)
    source = source_of(content)
    place = source.where("mark")
    assert place is not None
    assert source.lines("app.py")[place.line - 1] == "mark = 'é'"
    assert source.text("mark") == place
    location = source.locate(place)
    assert location is not None
    assert (location.line, dict(location.excerpt)[location.line]) == (place.line, "mark = 'é'")


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", [""]),
        (b"a\xff = 1", ["a\ufffd = 1"]),
        (b"# coding: no-such-codec\na", ["# coding: no-such-codec", "a"]),
        (b"# coding: latin-1\n\xe9", ["# coding: latin-1", "é"]),
        (b"\xef\xbb\xbf# coding: latin-1\na", ["# coding: latin-1", "a"]),
        ("a\n".encode("utf-16"), None),
        (b"# coding: base64\naGk=", None),
        (b"# coding: rot13\nnop", None),
        (b"# coding: idna\n\xff.\xff", None),
        (b"# coding: punycode\nabc-\xff", None),
        (b"# coding: punycode\n-" + b"a9" * 1_000_000, None),
        (b"# coding: unicode_escape\n\\N{x}\\x", None),
        (b"# coding: undefined\na", None),
        (b"\0\0", ["\0\0"]),
    ],
)
def test_lines_of_what_is_no_text(content: bytes, lines: list[str] | None):
    read = source_of(content).lines("app.py")
    assert all(isinstance(line, str) for line in read)
    if lines is not None:
        assert read == lines
    assert source_of("x").lines("no such file") == [""]


def test_an_excerpt_has_lines_around_and_names_the_file_as_the_user_did():
    text = "\n".join(f"line{n}" for n in range(1, 51))
    location = source_of(text, "work/here/app.py").locate(Place("app.py", 20, 21))
    assert location is not None
    assert location.file == "work/here/app.py"
    assert (location.line, location.end_line) == (20, 21)
    assert location.excerpt == tuple((n, f"line{n}") for n in range(20 - AROUND_LINES, 22 + AROUND_LINES))
    folder = source_of({"app.py": "x", "a/b.py": "y"}, "work/here").locate(Place("a/b.py", 1, 1))
    assert folder is not None
    assert folder.file == "work/here/a/b.py"


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        (Place("app.py", 1, 1), (1, 1, [1, 2, 3])),
        (Place("app.py", 50, 50), (50, 50, [48, 49, 50])),
        (Place("app.py", 99, 120), (50, 50, [48, 49, 50])),
        (Place("app.py", 0, 0), (1, 1, [1, 2, 3])),
        (Place("app.py", 5, 2), (5, 5, [3, 4, 5, 6, 7])),
        (Place("app.py", 10, 49), (10, 9 + EXCERPT_LINES, list(range(8, 12 + EXCERPT_LINES)))),
    ],
)
def test_an_excerpt_stays_within_the_file_and_within_bounds(place: Place, lines: tuple[int, int, list[int]]):
    location = source_of("\n".join("x" for _ in range(50))).locate(place)
    assert location is not None
    assert (location.line, location.end_line, [n for n, _ in location.excerpt]) == lines


def test_an_excerpt_has_no_giant_lines():
    location = source_of("x = '" + "y" * 100_000 + "'").locate(Place("app.py", 1, 1))
    assert location is not None
    assert [len(text) for _, text in location.excerpt] == [LINE_CHARS]


def test_places_elsewhere_are_nowhere():
    source = source_of("x")
    assert source.locate(None) is None
    assert source.locate(Place("/etc/passwd", 1, 1)) is None
    assert source.locate(Place("other.py", 1, 1)) is None


PRYING = "import ctypes\ndef f(): return mark\nclass C: pass\napp.run()\n"


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({"app.py": "x = 1", "other.py": PRYING}, False),
        ({"app.py": "import other", "other.py": PRYING}, True),
        ({"app.py": "def f():\n    from other import x", "other.py": PRYING}, True),
        ({"app.py": "import other.deep as d", "other/__init__.py": "", "other/deep.py": PRYING}, True),
        ({"app.py": "from package import a", "package/__init__.py": "", "package/a.py": PRYING}, True),
        ({"app.py": "import a", "a.py": "import b", "b.py": "import c", "c.py": PRYING}, True),
        ({"app.py": "import a", "a.py": "import b", "b.py": "import a", "c.py": PRYING}, False),
        ({"app.py": "import package", "package/__init__.py": "from .a import x", "package/a.py": PRYING}, True),
        ({"app.py": "x = 'import other'  # import other", "other.py": PRYING}, False),
        ({"app.py": "import os, others", "other.py": PRYING}, False),
        ({"app.py": "__import__('oth' + 'er')", "other.py": PRYING}, True),
        ({"app.py": "import importlib\nimportlib.import_module(name)", "other.py": PRYING}, True),
        ({"app.py": "exec(open('other.py').read())", "other.py": PRYING}, True),
        ({"app.py": "x = 1", "exercise2/app.py": PRYING, "exercise2/helpers.py": PRYING}, False),
        ({"app.py": "import helpers", "helpers.py": "", "exercise2/helpers.py": PRYING}, False),
        ({"app.py": "def", "other.py": PRYING}, False),
    ],
)  # fmt: skip
def test_only_files_that_the_app_imports_count(files: dict[str, str], counts: bool):
    source = source_of(files)
    found = {
        "tampering": any(words == "import ctypes" for words, _place in source.tampering),
        "mention": source.where("mark") is not None,
        "text": source.text("return mark") is not None,
        "function": any(function.place.file != "app.py" for function in source.functions() if function.name == "f"),
        "class": source.class_named("C") is not None,
        "run": any(place.file != "app.py" for place in source.unguarded_runs),
    }
    assert set(found.values()) == {counts}, found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("app.run()", [1]),
        ("if True:\n    app.run(debug=True)", [2]),
        ('if __name__ == "__main__":\n    app.run()', []),
        ("def main():\n    app.run()", []),
        ("import subprocess\nsubprocess.run(['x'])", []),
    ],
)
def test_unguarded_runs(text: str, lines: list[int]):
    assert [place.line for place in source_of(text).unguarded_runs] == lines


def test_the_facts_are_read_once_and_only_when_they_are_needed():
    asked: list[int] = []
    taken = submission("x = mark")

    def read() -> dict[str, object]:
        asked.append(1)
        return facts.read(taken.files)

    source = Source(taken, read)
    source.locate(Place("app.py", 1, 1))
    assert not asked
    source.where("mark")
    source.text("mark")
    source.jinja("mark")
    assert asked == [1]


def test_what_does_not_parse_is_known():
    source = source_of("x = 1\ndef f(:\n")
    assert source.broken["app.py"]["line"] == 2
    assert source.text("def f(") == Place("app.py", 2, 2)
    assert source.where("x") is None
