"""Sources are read without being run, whatever is in them."""

from __future__ import annotations

import json
import subprocess
import sys
from textwrap import dedent
from typing import Any

import pytest

from checkpoint.worker import facts, prying
from checkpoint.worker.wire import pack

HEAD = "from flask import Flask, g, session, request, current_app\nimport flask\napp = Flask(__name__)\n"


def read(source: str | bytes, file: str = "app.py") -> dict[str, Any]:
    content = source if isinstance(source, bytes) else dedent(source).encode()
    return facts.read({file: content})


def function(source: str) -> dict[str, Any]:
    """Return what is known of the only function in a source."""
    (found,) = [entry for entry in read(source)["functions"] if "name" in entry]
    return found


# Functions and hooks.


@pytest.mark.parametrize(
    "decorator, hook",
    [
        ("@app.before_request", "before_request"),
        ("@app.after_request", "after_request"),
        ("@app.teardown_request", "teardown_request"),
        ("@bp.before_app_request", "before_request"),
        ("@bp.after_app_request", "after_request"),
        ("@bp.teardown_app_request", "teardown_request"),
        ("@current_app.after_request", "after_request"),
        ("@self.app.after_request", "after_request"),
        ("@after_this_request", "after_request"),
        ("@other\n@app.after_request\n@another(1)", "after_request"),
        ("@app.route('/')", None),
        ("@make().after", None),
        ("", None),
    ],
)
def test_hooks_are_known_by_their_decorators(decorator: str, hook: str | None) -> None:
    for definition in ("def f(r):", "async def f(r):"):
        assert function(f"{decorator}\n{definition}\n    return r\n")["hook"] == hook


def test_hooks_are_known_by_their_registration_too() -> None:
    found = read(
        "def f(r): return r\n\n\napp.after_request(f)\nbp.before_app_request(\n  f\n)\napp.after_request(lambda r: r)\n"
    )
    assert [entry for entry in found["functions"] if "registers" in entry] == [
        {"registers": "f", "hook": "after_request", "place": ["app.py", 4, 4]},
        {"registers": "f", "hook": "before_request", "place": ["app.py", 5, 7]},
    ]


def test_a_function_begins_with_its_decorators() -> None:
    found = function("\n@app.after_request\n@other\ndef stamp(response):\n    response.x = 1\n    return response\n")
    assert (found["name"], found["place"]) == ("stamp", ["app.py", 2, 6])
    assert function("\ndef plain(response):\n    return response\n")["place"] == ["app.py", 2, 3]


def test_returns_are_told_apart() -> None:
    found = function("""\
        def f(a):
            if a == 1:
                return
            if a == 2:
                return None
            if a == 3:
                return (
                    a
                )
            return a or None
    """)
    assert found["nothings"] == [[3, 3], [5, 5]]
    assert found["values"] == [[7, 9], [10, 10]]


def test_returns_of_inner_functions_are_their_own() -> None:
    outer, inner = read("def outer():\n    def inner():\n        return 1\n    return\n")["functions"]
    assert (outer["name"], outer["values"], outer["nothings"]) == ("outer", [], [[4, 4]])
    assert (inner["name"], inner["values"], inner["nothings"]) == ("inner", [[3, 3]], [])
    assert function("def outer():\n    class Inner:\n        return 1\n    return\n")["values"] == []


FALLS_OFF = {
    "pass": True,
    "return r": False,
    "raise ValueError": False,
    "r.x = 1": True,
    "if r: return r": True,
    "if r: return r\nelse: raise E": False,
    "if r: return r\nelif s: return s": True,
    "if r: return r\nelif s: return s\nelse: return t": False,
    "with a: return r": False,
    "with a: pass": True,
    "while True: pass": False,
    "while True:\n  if r: break": True,
    "while r: return r": True,
    "for x in r: return x": True,
    "try: return r\nexcept E: return s": False,
    "try: return r\nexcept E: pass": True,
    "try: r()\nexcept E: return s\nelse: return t": False,
    "try: r()\nexcept E: return s": True,
    "try: r()\nfinally: return s": False,
    "try: return r\nfinally: s()": False,
    "match r:\n  case 1: return r\n  case _: return s": False,
    "match r:\n  case 1: return r\n  case 2: return s": True,
    "match r:\n  case 1: pass\n  case _: return s": True,
    "match r:\n  case 1: return r\n  case _ if s: return s": True,
    "match r:\n  case 1: return r\n  case other: return other": False,
    "def g(): return 1": True,
    "return r\npass": False,
}


@pytest.mark.parametrize("body, falls_off", FALLS_OFF.items())
def test_the_end_is_known_to_be_reached_or_not(body: str, falls_off: bool) -> None:
    source = "def f(r):\n" + "".join(f"    {line}\n" for line in body.split("\n"))
    found = next(entry for entry in read(source)["functions"] if entry["name"] == "f")
    assert found["falls_off"] is falls_off


def test_classes_have_bases_and_methods() -> None:
    (found,) = read("""\
        class Home(views.MethodView,
                   Base):
            '''Doc.'''
            x = 1
            def get(self): pass
            async def post(self): pass
    """)["classes"]
    assert found["name"] == "Home"
    assert found["bases"] == ["views.MethodView", "Base"]
    assert found["methods"] == ["get", "post"]
    assert found["place"] == ["app.py", 1, 2]


# Mentions.


def test_words_are_found_where_they_stand() -> None:
    found = read("""\
        from flask import g

        HEADER = "X-Request-ID"

        def stamp(response):
            response.headers[HEADER] = (
                g.request_id
            )
            return response
    """)
    mentions = found["mentions"]
    assert mentions["X-Request-ID"] == [["app.py", 3, 3]]
    assert mentions["HEADER"] == [["app.py", 3, 3], ["app.py", 6, 8]]
    assert mentions["request_id"] == [["app.py", 6, 8]]
    assert mentions["stamp"] == [["app.py", 5, 5]]
    assert mentions["response"] == [["app.py", 6, 8], ["app.py", 9, 9]]
    assert "flask" not in mentions
    assert "g" in found["imports"]


def test_of_a_compound_statement_only_its_head_is_meant() -> None:
    mentions = read("if (a and\n    b):\n    c = 1\nelse:\n    d = 1\n")["mentions"]
    assert {word: places[0][1:] for word, places in mentions.items()} == {
        "a": [1, 2],
        "b": [1, 2],
        "c": [3, 3],
        "d": [5, 5],
    }


def test_files_are_told_apart_and_only_python_is_read() -> None:
    found = facts.read({"b.py": b"x", "a/c.py": b"\nx", "notes.txt": b"x", "x.html": b"<", "bad.pyc": b"\0"})
    assert found["mentions"] == {"x": [["a/c.py", 2, 2], ["b.py", 1, 1]]}
    assert found["broken"] == {}


def test_what_is_told_is_bounded() -> None:
    many = "\n".join(f"name_{i} = again" for i in range(prying.MENTIONS + 500))
    mentions = read(many)["mentions"]
    assert len(mentions) == prying.MENTIONS
    assert len(mentions["again"]) == facts.PLACES
    assert not read(f"x = {'a' * (prying.WORD_CHARS + 1)!r}\ny = 'two\\nlines'\nz = ''")["mentions"].keys() - {
        "x",
        "y",
        "z",
    }


def test_what_is_told_can_be_sent() -> None:
    source = "x = '\\ud800'\ny = b'\\xff'\nz = 1e999, 1j, ...\n" + HEAD
    assert pack({"facts": read(source)})


def test_modules_are_told_with_the_file_that_imports_them() -> None:
    found = facts.read(
        {"app.py": b"import a.b as c, d\nfrom e.f import g, h as i\nfrom . import j\n", "k.py": b"import l"}
    )
    assert found["uses"] == [["app.py", "a.b"], ["app.py", "d"], ["app.py", "e.f"], ["app.py", ""], ["k.py", "l"]]
    assert found["imports"] == ["g", "h", "j"]


def test_loops_are_found_by_their_keyword() -> None:
    assert read("x = 1\nwhile x:\n    pass\n")["mentions"]["while"] == [["app.py", 2, 2]]


# app.run().


@pytest.mark.parametrize(
    "source, runs",
    [
        ("app.run()", 1),
        ("app.run(debug=True,\n    port=1)", 1),
        ("mine.app.run()", 1),
        ("if debug:\n    app.run()", 1),
        ("try:\n    app.run()\nfinally: pass", 1),
        ("if __name__ == '__main__':\n    app.run()", 0),
        ("if '__main__' == __name__ and x:\n    if y:\n        app.run()", 0),
        ("if __name__ == '__main__':\n    pass\napp.run()", 1),
        ("def main():\n    app.run()", 0),
        ("async def main():\n    app.run()", 0),
        ("main = lambda: app.run()", 0),
        ("class A:\n    def main(self): app.run()", 0),
        ("run()", 0),
        ("app.runs()", 0),
        ("import asyncio\nasyncio.run(main())", 0),
        ("import subprocess as sp\nsp.run(['ls'])", 0),
        ("import mine\nmine.app.run()", 1),
    ],
)
def test_a_server_is_started_by_an_import_or_not(source: str, runs: int) -> None:
    found = read(source)["runs"]
    assert len(found) == runs
    if runs:
        line = next(number for number, text in enumerate(source.split("\n"), 1) if "app.run(" in text)
        assert found[0][:2] == ["app.py", line]


# What does not parse.


@pytest.mark.parametrize(
    "source, line",
    [
        ("def f(:\n    pass\n", 1),
        ("x = 1\nif x\n    y = 2\n", 2),
        ("x = (1,\n\n", 1),
        ("x = 'open\n", 1),
        ("x = '''open\n\n", 1),
        ("def f():\nreturn 1\n", 2),
        ("  x = 1\n", 1),
        ("if 1:\n    x\n  y\n", 3),
        ("if 1:\n\tx\n        y\n", 3),
        ("print 'x'\n", 1),
        ("f'{'\n", 1),
        ("f'{x!}'\n", 1),
        ("1 = x\n", 1),
        ("f() = x\n", 1),
        ("x = 0777\n", 1),
        ("x = 1_\n", 1),
        ("é² = 1\n", 1),
        ("x = \u201ctext\u201d\n", 1),
        ("<<<<<<< HEAD\n", 1),
        ("$x = 1\n", 1),
        ("else:\n", 1),
        ("import\n", 1),
        ("x = \\ \n1\n", 1),
        ("from x import *,\n", 1),
        ("x = '\\N{no such name}'\n", 1),
        ("x = 9" + "9" * 5000 + "\n", 1),
    ],
)
def test_a_syntax_error_has_its_line_and_text(source: str, line: int) -> None:
    broken = read(source.encode())["broken"]["app.py"]
    assert broken["line"] == line
    assert broken["message"]
    assert broken["column"] is None or isinstance(broken["column"], int)
    assert isinstance(broken["text"], str)


def test_a_syntax_error_says_what_and_where() -> None:
    broken = read("x = 1\nif x\n    y = 2\n")["broken"]["app.py"]
    assert broken.pop("end_column") in (5, 6)  # as the version of Python has it
    assert broken == {"message": "expected ':'", "line": 2, "column": 5, "text": "if x\n"}


def test_other_files_are_read_all_the_same() -> None:
    found = facts.read({"a.py": b"(", "b.py": b"x = exec(1)\n"})
    assert set(found["broken"]) == {"a.py"}
    assert "x" in found["mentions"]
    assert found["reaches"] == [["exec()", "b.py", 1]]


GOOD = {
    "utf-8": "größe = 'größe'\n".encode(),
    "byte order mark": b"\xef\xbb\xbf" + "größe = 'größe'\n".encode(),
    "latin-1": "# -*- coding: latin-1 -*-\ngröße = 'größe'\n".encode("latin-1"),
    "cookie in line 2": "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\ngröße = 'größe'\n".encode("cp1252"),
    "carriage returns": "x = 1\r\ngröße = 'größe'\r\n".encode(),
    "old mac": "x = 1\rgröße = 'größe'\r".encode(),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_sources_are_decoded_as_python_does(content: bytes) -> None:
    found = read(content)
    assert found["broken"] == {}
    assert "größe" in found["mentions"]


@pytest.mark.parametrize("content", [b"", b"\n", b"# only words", b"\xef\xbb\xbf", b"\\\n\n", b"\x0c\n", b"   \n\t\n"])
def test_nothing_is_nothing(content: bytes) -> None:
    found = read(content)
    assert not any(found.values())


BAD = {
    "latin-1 without cookie": "größe = 'größe'\n".encode("latin-1"),
    "utf-16": "x = 1\n".encode("utf-16"),
    "mark and cookie disagree": b"\xef\xbb\xbf# coding: latin-1\nx = 1\n",
    "unknown encoding": b"# coding: klingon\nx = 1\n",
    "no text encoding": b"# coding: rot13\nx = 1\n",
    "hostile encoding": b"# coding: undefined\nx = 1\n",
    "compressed": b"# coding: zlib\nx = 1\n",
    "cookie says utf-16": b"# coding: utf-16\nx = 1\n",
    "giant cookie": b"# coding: " + b"a" * 20_000 + b"\nx = 1\n",
    "null byte": b"x = 1\0\n",
    "binary": bytes(range(256)),
    "an image": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_cannot_be_decoded_is_broken_and_no_more(content: bytes) -> None:
    found = read(content)
    assert found["broken"]["app.py"]["message"]
    assert found["reaches"] == []
    assert pack({"facts": found})


# Sources made to hurt whoever reads them. They are read in a process of their own: they may crash one.

BOMBS = {
    "parentheses": b"(" * 20_000,
    "brackets": b"[" * 20_000 + b"]" * 20_000,
    "minus": b"-" * 20_000 + b"1",
    "not": b"not " * 20_000 + b"1",
    "lambda": b"lambda:" * 50_000 + b"1",
    "sum": b"1" + b"+1" * 20_000,
    "long sum": b"x = y" + b"+y" * 2_500,
    "attributes": b"a" + b".b" * 20_000,
    "long attribute": b"a" + b".b" * 3_000,
    "calls": b"f" + b"()" * 20_000,
    "subscripts": b"f" + b"[0]" * 20_000,
    "ternary": b"1 if 1 else " * 5_000 + b"1",
    "elif": b"if 1: pass\n" + b"elif 1: pass\n" * 2_000,
    "indents": b"".join(b" " * i + b"if 1:\n" for i in range(200)) + b" " * 200 + b"x",
    "functions": b"".join(b" " * i + b"def f():\n" for i in range(99)) + b" " * 99 + b"x",
    "huge int": b"x = " + b"1" * 50_000,
    "huge hex": b"x = 0x" + b"f" * 50_000,
    "huge power": b"x = 10 ** 10 ** 10",
    "huge text": b"x = 'a' * 10 ** 12",
    "huge float": b"x = 1e999999",
    "f-strings": b"f'{" * 5_000,
    "stars": b"*" * 50_000,
    "dicts": b"{1:" * 20_000,
    "texts": b'"a"' * 20_000,
    "comparisons": b"1<" * 20_000 + b"1",
    "tuple": b"x = " + b"1," * 20_000,
    "statements": b"x;" * 20_000,
    "many functions": b"def f(): pass\n" * 20_000,
    "decorators": b"@a\n" * 20_000 + b"def f(): pass",
    "comprehension": b"[x " + b"for x in y " * 5_000 + b"]",
    "patterns": b"match x:\n case " + b"[" * 150 + b"]" * 150 + b": pass",
    "continued": b"\\\n" * 20_000,
    "too large": b"#" * (facts.SOURCE_BYTES + 1),
}
HONEST_BUT_LONG = ("long sum", "elif", "huge hex", "huge power", "comparisons", "tuple", "statements", "many functions")
_READ = """
import json, sys
from checkpoint.worker import facts, prying
for line in sys.stdin:
    name, content = json.loads(line)
    found = facts.read({"app.py": content.encode(), "honest.py": b"honest = 1"})
    print(json.dumps([name, found["broken"].get("app.py"), found["reaches"], "honest" in found["mentions"]]))
"""


@pytest.fixture(scope="module")
def bombs() -> dict[str, Any]:
    """Return what came of each bomb: [what is broken, reaches, whether the file after it was read]."""
    lines = "".join(json.dumps([name, content.decode()]) + "\n" for name, content in BOMBS.items())
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _READ],
        input=lines,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {name: rest for name, *rest in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", BOMBS)
def test_a_parser_bomb_does_not_raise(name: str, bombs: dict[str, Any]) -> None:
    broken, reaches, after = bombs[name]
    assert after, "the files after it are read"
    assert not (name in HONEST_BUT_LONG and (broken or reaches)), "Python can run this, so we can read it"
    if broken:
        assert broken["message"]


def test_a_file_that_nobody_could_read_may_hide_something(bombs: dict[str, Any]) -> None:
    for name in ("sum", "too large"):
        assert bombs[name][0]
        assert bombs[name][1] == [["a source too large or too deep to be read", "app.py", 1]]


def test_reading_leaves_the_interpreter_as_it_was() -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1234)
    try:
        read("x = 1")
        read("(")
        assert sys.getrecursionlimit() == 1234
    finally:
        sys.setrecursionlimit(before)
