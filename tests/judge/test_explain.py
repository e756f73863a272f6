"""Each explanation is for words that Python and Flask really say: every entry here is provoked for real."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from checkpoint.judge.api import Failure
from checkpoint.judge.explain import EXPLANATIONS, SYNTAX, explain, explain_syntax
from checkpoint.model import Limits

from .apps import HEAD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .apps import Start

UNFILLED = re.compile(r"(?<!\{)\{\w+\}(?!\})")

# What a view does -> words of the one explanation that belongs to it.
VIEWS = {
    '"1" + 1': "adds a number to a text",
    '"1" + 1.5': "adds a number to a text",
    '1 + "1"': "adds a text to a number",
    'x = 1; x += "1"': "adds a text to a number",
    'request.cookies.get("visits") + 1': "The left side is None",
    'x = None; x += "1"': "The left side is None",
    'int(request.cookies.get("visits"))': "int(...) was given None",
    'int("1.5")': "given the text '1.5', which is not a whole number",
    'int("")': "given the text '', which is not a whole number",
    '{"titel": "Kim"}["title"]': "no key `title` in it",
    'render_template_string("x").set_cookie("a", "b")': "text has no .set_cookie",
    'render_template_string("x").headers["X"] = "1"': "text has no .headers",
    'render_template_string("x").status_code = 1': "text has no .status_code",
    'render_template_string("x").delete_cookie("a")': "text has no .delete_cookie",
    '("x", 200).set_cookie("a", "b")': "A tuple has no .set_cookie",
    '("x", 200).headers["X"] = "1"': "A tuple has no .headers",
    "g.request_id": "Nothing has put `request_id` on g",
    'request.cookies.get("visits").strip()': "value in front of .strip is None",
    "return None": "The view, or a decorator around it, has no `return` on this path",
    'request.cookies["visits"] = "1"': "What came with a request cannot be changed",
    'request.set_cookie("visits", "1")': "A cookie is set on the response that the view returns",
    'make_response("x")["X-Id"] = "1"': "Headers are set on the response's headers",
    'render_template_string("x", [1])': "Values for a template are given by name",
    "return 5": "Flask can send text, a dict, a list, a response",
    "return object()": "Flask can send text, a dict, a list, a response",
    "return Ordinary()": "`Ordinary` and got an object of that class",
    "recurse(2)": "argument to recurse() that its `def` line does not list",
    "Ordinary().get()": "argument to Ordinary.get() that its `def` line does not list",
    "stamp()": "stamp() expects `response`, and nobody hands it one",
    'request.form["a"]': "square brackets insist on one, so Flask answered 400",
    'request.args["a"]': "square brackets insist on one, so Flask answered 400",
    'render_template_string("{{ for t in x }}")': "Inside {{ }} there may only be a value",
    'render_template_string("{{ t t }}")': "Inside {{ }} there may only be a value",
    'render_template_string("{% for t in x %}{{ t }}")': "each {% for %} needs its {% endfor %}",
    'render_template_string("{% if x %}")': "each {% for %} needs its {% endfor %}",
    'render_template_string("{% foreach t in x %}")': "Jinja2 has no tag `foreach`",
    'render_template_string("{% for t in x %}{% endforr %}")': "Jinja2 has no tag `endforr`",
    'render_template_string("{% for t in x %}{% if t %}{{ t }}{% endfor %}")': "A {% if %} above is still open",
    'render_template("<p>{{ t }}</p>")': "To render a text, use render_template_string",
    'render_template("home.html")': "`templates` beside app.py, and home.html is not there",
    'render_template_string("{{ user.name }}")': "The template uses `user`, but nobody gave it one",
    'render_template_string("{{ urlfor() }}")': "There is no `urlfor`",
    'url_for("hom")': "No route has the endpoint 'hom'",
    'session["a"] = 1': "The session needs app.secret_key",
    "recurse()": "keeps calling itself",
    'bytearray(1 << 40)': "asked for more memory",
    "undefined_name": "Nothing called `undefined_name` exists",
    "Ordinary.as_view": "`Ordinary` is no view class. Let it inherit from MethodView",
    'make_response("x").set_cookie("a", 1)': "A number was given where a text is needed",
    "MethodView().dispatch_request()": "has no method for GET requests",
    "x += 1": "Because x is assigned somewhere in this function",
    'g["a"] = 1': "g takes attributes, not keys",
    'request.cookies("a")': "This is used like a dict",
    'request.headers("a")': "This is used like a dict",
    '"abc".upper()()': "A text is being called like a function",
    'import subprocess; subprocess.run(["git", "log"])': "What another program would do",
    'import os; os.system("clear")': "What another program would do",
    "import os; os.fork()": "Threads are allowed",
    "import multiprocessing; multiprocessing.Lock()": "Threads are allowed",
    'import socket; socket.gethostbyname("example.com")': "Nothing else answers there",
    'from urllib.request import urlopen; urlopen("http://example.com")': "Nothing else answers there",
    'open("/home/me/data.csv")': "`/home/me/data.csv` is no part of the submission",
    'open("../data.csv")': "`../data.csv` is no part of the submission",
    'open("data.csv")': "`data.csv` is not there; names count from the folder of app.py",
    'raise PermissionError(13, "Permission denied", "/tmp/a")': "`/tmp/a` lies elsewhere",
    'raise OSError(30, "Read-only file system", "/tmp/a")': "`/tmp/a` lies elsewhere",
    'raise PermissionError(1, "Operation not permitted")': "cannot open sockets, start processes",
    'raise OSError(28, "No space left on device")': "written more to files than it may",
    'raise OSError(27, "File too large")': "written more to files than it may",
    "import os; os.get_terminal_size()": "a web app has none",
    'raise RuntimeError("can\'t start new thread")': "started more threads than it may have",
    'import sqlite3; sqlite3.connect("data/visits.db")': "SQLite finds no folder",
    'import sqlite3; sqlite3.connect(":memory:").execute("select * from visits")': "no table `visits`",
    'import locale; locale.setlocale(locale.LC_ALL, "tlh_XX")': "does not have this language",
}  # fmt: skip

# What a whole app does while it is loaded -> the same.
APPS: dict[str, tuple[str | Mapping[str, str], str]] = {
    "a hook's parentheses": (
        HEAD + "@app.before_request()\ndef a(): pass\n",
        "Leave out the parentheses: @app.before_request",
    ),
    "as_view without a name": (
        HEAD + "class A(MethodView): pass\napp.add_url_rule('/', view_func=A.as_view())\n",
        "as_view needs the name of the endpoint",
    ),
    "a hook of old": (
        HEAD + "@app.before_first_request\ndef a(): pass\n",
        "took before_first_request out in version 2.3",
    ),
    "two endpoints": (
        HEAD + "@app.get('/a')\ndef home(): return ''\n@app.get('/b')\ndef home(): return ''\n",
        "Two routes have the same endpoint `home`",
    ),
    "two views of one name": (
        HEAD + "class A(MethodView): pass\nclass B(MethodView): pass\n"
        "app.add_url_rule('/a', view_func=A.as_view('x'))\napp.add_url_rule('/b', view_func=B.as_view('x'))\n",
        "Two routes have the same endpoint `x`",
    ),
    "view_func forgotten": (
        HEAD + "class A(MethodView): pass\napp.add_url_rule('/', A.as_view('a'))\n",
        "Write view_func= in front of the view",
    ),
    "outside of a request": (HEAD + "request.cookies\n", "only work while a request is being answered"),
    "outside of the app": (HEAD + "g.a = 1\n", "only work while a request is being answered"),
    "template outside": (HEAD + "render_template_string('x')\n", "only work while a request is being answered"),
    "input": (HEAD + "input('name? ')\n", "waits for somebody at the keyboard"),
    "circle": (
        {"app.py": "from other import x\n" + HEAD, "other.py": "from app import app\nx = 1\n"},
        "Two files import each other",
    ),
    "circle of two others": (
        {"app.py": "import a\n" + HEAD, "a.py": "from b import y\nx = 1\n", "b.py": "from a import x\ny = 1\n"},
        "Two files import each other",
    ),
}  # fmt: skip

# What an app does when its page is asked for -> the same.
PAGES = {
    "plain View": (
        HEAD + "class V(View):\n    def get(self): return ''\napp.add_url_rule('/', view_func=V.as_view('v'))\n",
        "has to define dispatch_request()",
    ),
    "async without its package": (
        "import sys\nsys.modules['asgiref'] = None\n" + HEAD + "@app.get('/')\nasync def v(): return ''\n",
        'pip install "flask[async]"',
    ),
    "hook without its parameter": (
        HEAD + "@app.get('/')\ndef v(): return ''\n@app.after_request\ndef stamp(): return 1\n",
        "argument to stamp() that its `def` line does not list",
    ),
    "hook with one too many": (
        HEAD + "@app.get('/')\ndef v(): return ''\n@app.before_request\ndef begin(response): return response\n",
        "begin() expects `response`, and nobody hands it one",
    ),
    "post in place of get": (
        HEAD + "class V(MethodView):\n    def post(self): return ''\napp.add_url_rule('/', view_func=V.as_view('v'))\n",
        "There is a route for that address, but not for this method",
    ),
    "method with one too many": (
        HEAD + "class V(MethodView):\n    def get(self, name): return ''\n"
        "app.add_url_rule('/', view_func=V.as_view('v'))\n",
        "Take `name` out, or put <name> into the route",
    ),
    "number kept on self": (
        HEAD + "class HomeView(MethodView):\n    def get(self):\n        self.count += 1\n        return ''\n"
        "app.add_url_rule('/', view_func=HomeView.as_view('v'))\n",
        "Nothing has set self.count in this request. Flask makes a new HomeView for each one",
    ),
    "method without self": (
        HEAD + "class V(MethodView):\n    def get(): return ''\napp.add_url_rule('/', view_func=V.as_view('v'))\n",
        "argument to V.get() that its `def` line does not list",
    ),
}

SOURCES: dict[str, tuple[str | bytes, str]] = {
    "no-break space": ("x\xa0= 1", "pasted from somewhere"),
    "open bracket": ("x = (1,\ny = 2\n", "Add the closing bracket"),
    "no colon": ("def f()\n    pass\n", "end with a colon"),
    "empty block": ("def f():\npass\n", "Indent the line below by four spaces"),
    "unindent": ("if 1:\n        x = 1\n    y = 1\n", "Line it up with the line above"),
    "indent": ("x = 1\n    y = 1\n", "Line it up with the line above"),
    "tabs": ("if 1:\n        x = 1\n\ty = 1\n", "Use four spaces everywhere"),
    "python 2": ("print 'x'\n", "In Python 3 print is a function"),
    "open string": ("x = 'abc\n", "closing quotation marks"),
    "open long string": ('x = """abc\n', "closing quotation marks"),
    "open f-string": ("x = f'abc\n", "closing quotation marks"),
    "latin-1": (b"x = '\xe9'\n", "Save the file as UTF-8"),
    "unknown encoding": (b"# coding: no-such\nx = 1\n", "Save the file as UTF-8"),
    "wrong encoding": (b"\xef\xbb\xbf# coding: latin-1\nx = 1\n", "Save the file as UTF-8"),
    "null bytes": (b"x = 1\0\n", "not plain text"),
    "assignment to a call": ("f() = 1\n", "two == compare"),
    "curly quotes": ("x = \u201cabc\u201d\n", "quotation marks of printed text"),
    "else if": ("if 1:\n    x = 1\nelse if 2:\n    x = 2\n", "it is elif"),
    "braces": ("def f() {\n    return 1\n}\n", "Python has no braces around blocks"),
    "no parentheses": ("def f:\n    return 1\n", "followed by parentheses"),
    "return outside": ("def f():\n    x = 1\nreturn x\n", "as deep as the other lines of its function"),
    "try alone": ("try:\n    x = 1\ny = 2\n", "Below a try: there is an except"),
    "order of arguments": ("f(a=1, 2)\n", "come after those without one"),
    "f-string's brace": ("x = f'{a'\n", "Each { in an f-string needs its }"),
    "plus plus": ("x = 1\nx++\n", "Python has no ++"),
    "minus minus": ("x = [1]\nx[0]-- # less\n", "Python has no ++"),
    "and": ("if x && y:\n    pass\n", "where other languages write &&"),
    "or": ("x = (y || z)\n", "where other languages write &&"),
    "not": ("if !x:\n    pass\n", "where other languages write &&"),
    "question mark": ("x = y ? 1 : 2\n", "one if condition else other"),
    "let": ("let x = 1\n", "nothing in front of its name"),
    "import from": ("import Flask from flask\n", "from module import name"),
    "elif alone": ("x = 1\nelif x:\n    pass\n", "no `if` directly above"),
    "assignment in a condition": ("if x = 1:\n    pass\n", "two == compare"),
}


def _name(number: int) -> str:
    return f"/v{number}"


def _views() -> str:
    """Return an app with a page for each of VIEWS."""
    parts = [HEAD, "from flask import render_template, url_for", "app.config['PROPAGATE_EXCEPTIONS'] = False"]
    parts.append("class Ordinary:\n    def get(): return ''")
    parts.append("def recurse(): return recurse()\n\n\ndef stamp(response): return response\n")
    for number, body in enumerate(VIEWS):
        parts.append(f"\n\n@app.get({_name(number)!r})\ndef view{number}():\n    {body}\n    return ''\n")
    return "\n".join(parts)


def _explained(failure: Failure, words: str) -> None:
    """Assert that a failure says these words, once, and fills all that is to be filled."""
    assert words in failure.message
    assert failure.message.count(words) == 1
    assert not UNFILLED.search(failure.message)


def _entry(words: str) -> list[int]:
    """Return the entries of EXPLANATIONS that can say `words`: those groups may be anything."""
    found = []
    for number, explanation in enumerate(EXPLANATIONS):
        parts = re.split(r"\{\w+\}", explanation.words.replace("{{", "\x01").replace("}}", "\x02"))
        pattern = ".*".join(re.escape(part.replace("\x01", "{").replace("\x02", "}")) for part in parts)
        if re.search(pattern, words, re.DOTALL):
            found.append(number)
    return found


@pytest.fixture(scope="module")
def said() -> set[int]:
    """Return which entries have been provoked so far."""
    return set()


def test_what_views_do_wrong_is_explained(start: Start, said: set[int]):
    other: dict[str, str] = {}
    app = start(_views(), limits=Limits(load_seconds=20, request_seconds=20, memory_mib=512))
    for number, (body, words) in enumerate(VIEWS.items()):
        with pytest.raises(Failure) as caught:
            app.get(_name(number)).ok()
        message = caught.value.message
        if words not in message:
            other[body] = message
        else:
            _explained(caught.value, words)
        assert caught.value.expected == "200 OK"
        said.update(_entry(message))
    assert other == {}


@pytest.mark.parametrize("kind", APPS)
def test_what_goes_wrong_while_loading_is_explained(start: Start, said: set[int], kind: str):
    files, words = APPS[kind]
    with pytest.raises(Failure) as caught:
        start(files).client()
    _explained(caught.value, words)
    said.update(_entry(caught.value.message))


@pytest.mark.parametrize("kind", PAGES)
def test_what_goes_wrong_with_a_page_is_explained(start: Start, said: set[int], kind: str):
    text, words = PAGES[kind]
    with pytest.raises(Failure) as caught:
        start(text).get("/").ok()
    _explained(caught.value, words)
    said.update(_entry(caught.value.message))


def test_every_explanation_has_been_provoked(said: set[int]):
    """Needs the tests above: what none of them provoked is for words that nobody says any more."""
    if not said:
        pytest.skip("the tests above were left out")
    assert [EXPLANATIONS[number].pattern for number in range(len(EXPLANATIONS)) if number not in said] == []


@pytest.mark.parametrize("kind", SOURCES)
def test_what_is_no_python_is_explained(start: Start, kind: str):
    text, words = SOURCES[kind]
    with pytest.raises(Failure) as caught:
        start(text).client()
    _explained(caught.value, words)
    assert caught.value.message.startswith("app.py is not valid Python, so it cannot be loaded: ")
    assert "?." not in caught.value.message
    assert caught.value.cause == "not_loadable"


def test_every_syntax_entry_has_its_source():
    wanted = {advice.words for advice in SYNTAX}
    assert {words for words in wanted if not any(part in words for _text, part in SOURCES.values())} == set()


@pytest.mark.parametrize("explanation", EXPLANATIONS, ids=[e.words[:40] for e in EXPLANATIONS])
def test_every_brace_is_filled_by_a_group(explanation: tuple[str, str]):
    pattern, words = explanation
    groups = re.compile(pattern).groupindex
    filled = words.format(**{name: f"<{name}>" for name in groups})
    assert not UNFILLED.search(filled)
    assert all(f"<{name}>" in filled for name in groups if name not in ("module", "got"))


def test_no_two_entries_say_the_same():
    assert len({explanation.words for explanation in EXPLANATIONS}) == len(EXPLANATIONS)


def test_what_is_not_known_has_python_s_own_words_only():
    assert explain("ZeroDivisionError", "division by zero") is None
    assert explain("AttributeError", "'str' object has no attribute 'nonsense'") is None
    assert explain("Custom", 'TypeError: can only concatenate str (not "int") to str') is None
    assert explain_syntax("invalid syntax") is None
    assert explain_syntax("invalid syntax", 'x = "what?" y["a": 1]') is None
    assert explain_syntax("invalid syntax", "x = a - -b c != d") is None


def test_braces_in_a_message_stay_as_they_are():
    assert "'{name}{0}'" in (explain("ValueError", "invalid literal for int() with base 10: '{name}{0}'") or "")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.12 has words of its own for f-strings")
def test_f_strings_have_words_of_their_own():
    assert explain_syntax("unterminated f-string literal (detected at line 1)")


def test_a_mistake_in_a_template_is_shown_in_the_file_that_has_it(start: Start):
    view = "@app.get('/')\ndef v(): return render_template('page.html')\n"
    files = {
        "app.py": f"from flask import render_template\n{HEAD}{view}",
        "templates/base.html": "<p>\n{% block body %}\n{% endblock %}\n",
        "templates/page.html": "{% extends 'base.html' %}\n{% block body %}\n{% for t in [1] %}\n{% endblock %}\n",
    }
    with pytest.raises(Failure) as caught:
        start(files).get("/").ok()
    assert "A {% for %} above is still open where {% endblock %} comes" in caught.value.message
    assert caught.value.at == ("templates/page.html", 4, 4)


def test_a_route_that_is_only_there_when_the_file_is_run_is_told_of(start: Start):
    route = "if __name__ == '__main__':\n    app.add_url_rule('/', view_func=A.as_view('a'))\n"
    with pytest.raises(Failure, match="is there only when the file is run by itself"):
        start(f"{HEAD}class A(MethodView): pass\n{route}").get("/").ok()


def test_a_slip_in_the_name_of_a_module_of_python_s_is_no_package_to_install(start: Start):
    with pytest.raises(Failure, match="There is no module `secret`") as caught:
        start(f"import secret\n{HEAD}").client()
    assert "Did you mean `secrets`" in caught.value.message
    assert "pip" not in caught.value.message
