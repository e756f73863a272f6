"""Mutants are programs with one mistake, each of its kind, and have names that last."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.verify.mutants import Mutant, diff, mutants

ROOT = Path(__file__).parents[3]
APPS = Path(__file__).parent / "apps"

# Written as nobody formats it.
BY_CALL = b"""
from flask import Flask, g, make_response, request, session

app = Flask(__name__)


def begin(): g.started = now().isoformat()  # on one line


def stamp(answer):
    answer.headers["X-Started"] = (
        g.started
    )
    if answer.status_code == 200: answer.set_cookie(key="seen", value="yes"); answer.status_code = 202
    return (answer)


def page():
    seen = "seen" in request.cookies
    session["pages"] = session.get("pages", 0) + 1
    return make_response((
        "seen" if seen else "new"
    ))


app.before_request(begin)
app.after_request(stamp)
app.add_url_rule("/", "page", page)
app.add_url_rule("/again", view_func=page, endpoint="again", methods=("GET",))
"""
UMLAUTS = '''"""Grüße: Text, in dem Zeichen mehr als ein Byte haben."""

from flask import Flask, g, render_template_string, request

app = Flask(__name__)
GRÜSSE = ["Grüß dich", "こんにちは", "🙂 hallo"]; ANZAHL = 2; WEG = "ü" + str(ANZAHL + 1)
SEITE = """<p>Schön, {{ größe }} mal 🙂</p>{% for gruß in grüße %}<b>{{ gruß }}</b>{% endfor %}"""


@app.before_request
def anfangen():
    g.größe = request.cookies.get("größe", "ü") or "🙂"; g.zeit = 1


@app.route("/grüße/<name>")
def grüßen(name):
    return render_template_string(SEITE, grüße=GRÜSSE, größe=f"ä{len(name) + 1}" + g.größe)
'''


def folder(path: Path) -> dict[str, bytes]:
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}


SOLUTIONS = {
    "solution": folder(ROOT / "solution"),
    "notes_api": folder(APPS / "notes_api"),
    "blog": folder(APPS / "blog"),
    "by_call": {"app.py": BY_CALL},
    "umlauts": {"app.py": UMLAUTS.encode()},
    "latin-1": {"app.py": b"# coding: latin-1\n" + BY_CALL.replace(b'"new"', b'"n\xfc"')},
    "windows": {"app.py": b"\xef\xbb\xbf" + BY_CALL.replace(b"\n", b"\r\n")},
}
every_solution = pytest.mark.parametrize("files", SOLUTIONS.values(), ids=SOLUTIONS)


def meaning(content: bytes) -> str:
    return ast.dump(ast.parse(content))


@every_solution
def test_each_mutant_is_another_program_than_the_solution_and_all_others(files: dict[str, bytes]) -> None:
    found = [meaning(mutant.content) for mutant in mutants(files) if mutant.file.endswith(".py")]
    found += [meaning(content) for file, content in files.items() if file.endswith(".py")]
    assert len(set(found)) == len(found) > 1


@every_solution
def test_each_mutant_has_a_name_a_mistake_and_a_place(files: dict[str, bytes]) -> None:
    found = mutants(files)
    assert len({mutant.id for mutant in found}) == len(found)
    for mutant in found:
        assert mutant.id.startswith(f"{mutant.operator}:")
        assert mutant.mistake
        # All before the line that it names is as it was.
        kept = files[mutant.file].splitlines()[: mutant.line - 1]
        assert mutant.content.splitlines()[: mutant.line - 1] == kept


@every_solution
def test_mutants_come_in_the_order_of_file_and_line_each_time(files: dict[str, bytes]) -> None:
    found = mutants(files)
    places = [(mutant.file != "app.py", mutant.file, mutant.line) for mutant in found]
    assert places == sorted(places)
    assert mutants(dict(reversed(files.items()))) == found


@every_solution
def test_all_but_a_few_lines_are_as_their_author_wrote_them(files: dict[str, bytes]) -> None:
    for mutant in mutants(files):
        before, after = files[mutant.file].splitlines(), mutant.content.splitlines()
        assert len(set(after) - set(before)) <= 4, mutant.id
        assert b"\r\n" not in files[mutant.file] or b"\n" not in mutant.content.replace(b"\r\n", b"")


def test_the_solution_has_as_many_as_can_be_judged_in_a_minute() -> None:
    assert 60 <= len(mutants(SOLUTIONS["solution"])) <= 150


@pytest.mark.parametrize("name", ["solution", "notes_api", "umlauts"])
@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_names_stay_when_lines_are_added_elsewhere(name: str, data: st.DataObject) -> None:
    text = SOLUTIONS[name]["app.py"].decode()
    tops = [min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
            for node in ast.parse(text).body]  # fmt: skip
    lines = text.splitlines(keepends=True)
    added = "\n\ndef added_here(ü):\n    if ü and 1 < 2:\n        return str(ü + 1)\n    added.here = {'a': 3}\n\n"
    line = data.draw(st.sampled_from(tops[1:])) - 1
    longer = "".join([*lines[:line], added, *lines[line:]])
    names = [mutant.id for mutant in mutants({"app.py": longer.encode()}) if "added_here" not in mutant.id]
    assert names == [mutant.id for mutant in mutants({"app.py": text.encode()})]


EXPRESSIONS = st.recursive(
    st.sampled_from(["1", "'ü🙂'", "größe", "g.ä", "True", "f'{ü}é'", "request.cookies.get('ö', '0')", '"{{ ä }}"']),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "and", "<", "not in"]), inner).map("({0[0]} {0[1]} {0[2]})".format),
        inner.map("not {}".format).map("({})".format),
        inner.map("int({})".format),
        st.tuples(inner, inner).map("hallo({0[0]},\n  {0[1]}, ü={0[0]})".format),
        inner.map("[ {} ]".format),
    ),
    max_leaves=8,
)


@given(st.lists(EXPRESSIONS, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=25, deadline=None)
def test_whatever_is_written_becomes_programs(values: list[str], newline: str) -> None:
    text = "@app.get('/ä')\ndef ä(): # ö\n" + "".join(f"  r.ü = {value}; ß = 'ü', {value}\n" for value in values)
    content = text.replace("\n", newline).encode()
    found = [meaning(mutant.content) for mutant in mutants({"app.py": content})]
    assert len({*found, meaning(content)}) == len(found) + 1


@pytest.mark.parametrize("content", [b"def f(:", b"\xff", b"# coding: nonsense\n", b"a\0b", b"", b"(" * 5000])
def test_what_is_no_program_has_no_mutants(content: bytes) -> None:
    assert mutants({"app.py": content}) == []


def test_tests_of_the_solution_are_left_alone() -> None:
    assert mutants({"test_app.py": b"n = 1", "tests/app.py": b"n = 1", "conftest.py": b"n = 1", "n.txt": b"1"}) == []


def test_files_beside_the_app_are_in_the_name() -> None:
    assert [mutant.id for mutant in mutants({"blog/views.py": b"n = True"})] == ["swap-boolean:blog/views.py:n"]


def test_a_diff_shows_what_has_changed_and_where() -> None:
    original = b"a = 1\nb = 'u'\nc = (3,\n     'x')\nd = 4\n"
    mutant = Mutant("x", "x", "x", "blog/app.py", 2, original.replace(b"'u'", b"'\xc3\xbc'"))
    assert diff(original, mutant) == (
        "--- blog/app.py\n+++ blog/app.py\n@@ -1,3 +1,3 @@\n a = 1\n-b = 'u'\n+b = 'ü'\n c = (3,\n"
    )
