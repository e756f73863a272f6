"""Each operator makes the mistakes that its name promises, and leaves all else as it was written."""

from __future__ import annotations

import difflib
from textwrap import dedent

import pytest

from checkpoint.verify.mutants import OPERATORS, mutants


def made(text: str, operator: str) -> list[str]:
    """Return what an operator makes of a file."""
    return [mutant.content.decode() for mutant in mutants({"app.py": text.encode()}) if mutant.operator == operator]


def changed(before: str, after: str) -> list[str]:
    """Return the lines that are new in a text, without their indentation."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line.removeprefix("+").strip() for line in lines if line.startswith("+")]


HOOKS = """
from flask import Flask, g, request, session
app = Flask(__name__)

@app.before_request
def begin():
    g.id = make()

@app.route("/")
def page():
    answer = make_response("text")
    return answer

@app.after_request
def stamp(response):
    response.headers["X-Id"] = g.id
    return response
"""

# Each row: the operator, a file, and the lines that are new in each file that it makes of it, or what is gone.
CHANGES = [
    ("drop-return", HOOKS, [["answer"], ["response"]]),
    ("swap-hook", HOOKS, [["@app.after_request"], ["@app.before_request"], ["@app.teardown_request"]]),
    ("swap-hook", "blog.before_app_request(begin)", [["blog.before_request(begin)"]]),
    ("hook-answers", HOOKS, [['return "ok"']]),
    ("early-return", HOOKS, [
        ["if response.status_code != 200: return"],
        ['if request.path != "/": return'],
    ]),
    ("early-return", "app.add_url_rule('/<a>', view_func=f)\napp.after_request(f)\ndef f(r): return r", []),
    ("early-return", "from flask import request\n@app.get('/<a>')\n@app.get('/b')\ndef a(): 1\n"
     "@app.after_request\ndef f(r):\n    'Pass it on.'\n    return r", [
        ["if r.status_code != 200: return"],
        ['if request.path != "/b": return'],
    ]),
    ("g-lost", HOOKS, [["pass"]]),
    ("g-in-view", HOOKS, [["g.id = make()"]]),
    ("g-in-view", HOOKS.replace("g.id =", "check()\n    g.id ="), [["g.id = make()"]]),
    ("g-in-view", HOOKS + "begin()\n", [["pass", "g.id = make()"]]),
    ("g-in-after-hook", HOOKS, [["pass", "g.id = make()"]]),
    ("g-typed", HOOKS, [['g.id = "abc123"']]),
    ("g-made-once", HOOKS, [["made_once = make()", "g.id = made_once"]]),
    ("g-of-few", HOOKS.replace("make()", "uuid4().hex"), [
        ["only_three = [uuid4().hex, uuid4().hex, uuid4().hex]", "only_three.append(only_three.pop(0))",
         "g.id = only_three[-1]"],
    ]),
    ("g-of-few", HOOKS, []),
    ("g-global", HOOKS, [["global id", "id = make()", 'response.headers["X-Id"] = id']]),
    (
        "g-elsewhere",
        HOOKS,
        [
            ["request.id = make()", 'response.headers["X-Id"] = request.id'],
            ['session["id"] = make()', 'response.headers["X-Id"] = session["id"]'],
        ],
    ),
    ("g-in-session", HOOKS.replace(", session", ""), [
        ["from flask import session", 'app.secret_key = "secret"', 'session["id"] = make()',
         'response.headers["X-Id"] = session["id"]'],
    ]),
    ("g-in-session", HOOKS, []),
    ("g-misspelt", HOOKS, [['response.headers["X-Id"] = g.ids']]),
    ("registration-lost", "app.register_blueprint(blog)", [["pass"]]),
    ("wrong-path", '@app.get("/books/<int:number>")\ndef one(number): 1', [
        ['@app.get("/boks/<int:number>")'],
        ['@app.get("/books/<number>")'],
    ]),
    ("wrong-path", 'app.add_url_rule(rule="/", view_func=page)', [['app.add_url_rule(rule="/home", view_func=page)']]),
    ("wrong-methods", '@app.route("/", methods=["GET", "POST"])\ndef page(): 1', [
        ['@app.route("/")'],
        ['@app.route("/", methods=["POST"])'],
        ['@app.route("/", methods=["GET"])'],
    ]),
    ("wrong-methods", '@app.route("/", methods=["POST"])\ndef page(): 1', [
        ['@app.route("/")'],
        ['@app.route("/", methods=["GET"])'],
    ]),
    ("wrong-verb", '@app.post("/")\ndef page(): 1', [['@app.get("/")']]),
    ("handler-lost", "class Page(MethodView):\n    async def get(self):\n        return 1", [["pass"]]),
    ("handler-renamed", "class Page(MethodView):\n    async def  get(self): 1", [["async def  post(self): 1"]]),
    ("handler-added", "class Page(MethodView):\n    def get(self):\n        return 1", [
        ["post = get"], ["put = get"], ["delete = get"],
    ]),
    ("handler-added", "from flask import request\nclass Page(MethodView):\n    def get(self): 1", [
        ["post = get"], ["put = get"], ["delete = get"], ['def post(self): return request.form["text"]'],
    ]),
    ("plain-class", "class Page(MethodView):\n    def get(self):\n        return 1", [
        ["from flask.views import View", "class Page(View):", "def dispatch_request(self):"],
    ]),
    ("plain-class", "class Page(MethodView):\n    def get(self): 1\n    def post(self): 1", []),
    ("plain-view", 'class P(MethodView):\n    def get(self): 1\napp.add_url_rule("/", view_func=P.as_view("p"))', [
        ['app.add_url_rule("/", endpoint="p", view_func=P().get)'],
    ]),
    ("wrong-endpoint", 'app.add_url_rule("/", view_func=Page.as_view("page"))', [
        ['app.add_url_rule("/", view_func=Page.as_view("pae"))'],
    ]),
    ("wrong-endpoint", 'app.add_url_rule("/", "page", page)', [['app.add_url_rule("/", "pae", page)']]),
    ("typed-address", 'redirect(url_for("page", id=1))', [['redirect("/")']]),
    ("wrong-error", "@app.errorhandler(HTTPException)\ndef lost(error): 1", [["@app.errorhandler(404)"]]),
    ("wrong-error", "@app.errorhandler(404)\ndef lost(error): 1", [["@app.errorhandler(500)"]]),
    ("header-lost", HOOKS, [[]]),
    ("header-lost", 'if 1: response.headers.set("X-Id", value)', [["if 1: pass"]]),
    ("header-name", HOOKS, [['response.headers["X-Ids"] = g.id']]),
    ("header-typed", HOOKS, [['response.headers["X-Id"] = "abc123"']]),
    ("header-typed", 'r.headers["X-Id"] = "typed"', []),
    ("header-empty", HOOKS, [['response.headers["X-Id"] = ""']]),
    ("header-empty", 'r.headers["X-Id"] = "typed"', []),
    ("header-twice", 'r.headers["X-Id"] = g.id', [['r.headers.add("X-Id", g.id)']]),
    ("header-twice", 'r.headers.set("X-Id", g.id)', [['r.headers.add("X-Id", g.id)']]),
    ("header-anew", "from uuid import uuid4\n" + HOOKS, [['response.headers["X-Id"] = uuid4().hex']]),
    ("header-anew", HOOKS, [['response.headers["X-Id"] = __import__("uuid").uuid4().hex']]),
    ("header-from-request", HOOKS, [['response.headers["X-Id"] = request.headers.get("X-Id", "none")']]),
    ("header-in-view", HOOKS, [['answer.headers["X-Id"] = g.id']]),
    ("cookie-lost", 'f(r)\nr.set_cookie("a", b)', [[]]),
    ("cookie-name", 'r.set_cookie("visits", str(n))', [['r.set_cookie("vists", str(n))']]),
    ("cookie-constant", 'r.set_cookie("visits", value=str(n))', [['r.set_cookie("visits", value="1")']]),
    ("wrong-status", '@app.get("/")\ndef page(): return "no", 404', [['def page(): return "no", 400']]),
    ("cookie-off-by-one", 'r.set_cookie("visits", str(n))', [['r.set_cookie("visits", str(n + 1))']]),
    ("wrong-status", "abort(403)", [["abort(401)"]]),
    ("wrong-status", "return_404(404)", []),
    ("status-lost", '@app.get("/")\ndef page():\n    return "made", 201', [['return "made"']]),
    ("cookie-path", 'r.set_cookie("visits", str(n))', [['r.set_cookie("visits", str(n), path="/elsewhere")']]),
    ("cookie-path", 'r.set_cookie("visits", value=n)', [['r.set_cookie("visits", value=n, path="/elsewhere")']]),
    ("cookie-path", 'r.set_cookie("visits", str(n), path="/shop")', []),
    ("plain-text", "r = make_response(page)", [['r = make_response(page, {"Content-Type": "text/plain"})']]),
    ("plain-text", "r = make_response(page, 404)", []),
    ("plain-text", 'def page():\n    return render_template("a.html")', [
        ['return render_template("a.html"), {"Content-Type": "text/plain"}'],
    ]),
    ("page-as-json", "r = make_response(page)", [["from flask import jsonify", "r = make_response(jsonify(page))"]]),
    ("page-as-json", 'from flask import jsonify\ndef page():\n    return render_template("a.html")', [
        ['return jsonify(render_template("a.html"))'],
    ]),
    ("page-as-json", "r = make_response(page, 404)", []),
    ("bare-text", 'make_response(render("a")).set_cookie(n)', [['render("a").set_cookie(n)']]),
    ("bare-text", "make_response(a + b).data", [["(a + b).data"]]),
    ("json-as-text", "jsonify(books)", [["str(books)"]]),
    ("json-as-text", "jsonify(a=1, b=2)", [["str(dict(a=1, b=2))"]]),
    ("json-as-text", '@app.get("/")\ndef page():\n    return {"a": {}}, 201', [['return str({"a": {}}), 201']]),
    ("not-rendered", "render_template_string(PAGE, a=1)", [["PAGE"]]),
    ("value-not-given", "render_template('a.html', a=1, b=2)", [
        ["render_template('a.html', b=2)"],
        ["render_template('a.html', a=1)"],
    ]),
    ("drop-conversion", "n = int(a or b) + 1", [["n = (a or b) + 1"]]),
    ("drop-conversion", "page = escape(name)", [["page = name"]]),
    ("drop-conversion", "n = int(text, 2) + int(*texts)", []),
    ("first-character", 'n = int(request.args.get("n", "0"))', [['n = int(request.args.get("n", "0")[0])']]),
    ("first-character", 'n = int(request.form["n"])', [['n = int(request.form["n"][0])']]),
    ("first-character", 'n = int(request.args.get("n", 0)) + int(request.args.get("n")) + int(size["n"])', []),
    ("no-default", 'request.args.get("a", "0")', [['request.args.get("a")']]),
    ("subscript-for-get", 'request.args.get("a")', [['request.args["a"]']]),
    ("subscript-for-get", 'client.get("/")', []),
    ("misspelt-key", 'request.cookies["visits"]', [['request.cookies["vists"]']]),
    ("misspelt-key", '"user" in session', [['"usr" in session']]),
    ("global-for-cookie", 'def page():\n    a = int(request.cookies.get("n", 0))\n    r.set_cookie("n", str(a + 1))', [
        ["remembered = {}", 'a = int(remembered.get("n", 0))', 'remembered["n"] = str(a + 1)'],
        [
            "remembered = {}",
            'a = int(request.cookies.get("n", remembered.get("n", 0)))',
            'remembered["n"] = str(a + 1)',
        ],
    ]),
    ("global-for-cookie", 'def page():\n    a = request.cookies["n"]\n    r.set_cookie("n", a)', [
        ["remembered = {}", 'a = remembered["n"]', 'remembered["n"] = a'],
    ]),
    ("wrong-place", 'request.form["a"]', [['request.args["a"]']]),
    ("wrong-place", 'request.get_json(force=True)["a"]', [['request.form["a"]']]),
    ("off-by-one", "n = 5", [["n = 6"], ["n = 4"]]),
    ("off-by-one", "n = '09'", [['n = "10"']]),
    ("off-by-one", "n = True", []),
    ("off-by-one", "r.set_cookie(a, b, max_age=60)", []),
    ("swap-arithmetic", "n = (a) + (b)", [["n = (a) - (b)"]]),
    ("swap-arithmetic", "n = a + 'text'", []),
    ("swap-augmented", "n += 1", [["n -= 1"], ["n = 1"]]),
    ("swap-comparison", "a < b not in c", [["a <= b not in c"], ["a < b in c"]]),
    ("swap-logic", "a and b", [["a or b"]]),
    ("drop-not", "a == (not b)", [["a == (b)"]]),
    ("fixed-condition", "if a: f()", [["if True: f()"], ["if False: f()"]]),
    ("swap-boolean", "n = True", [["n = False"]]),
    ("empty-text", "n = 'a'", [['n = ""']]),
    ("empty-text", "d['a'], f('a')", []),
    ("plain-text", "n = rf'a{b}'", [["n = r'a{b}'"], ['n = ""']]),
    ("typed-number", "n = int(a) + 1", [["n = 1"]]),
    ("value-lost", "def f():\n    n = g()", [["n = None"]]),
    ("used-up", "A = [1, 2]\ndef f():\n    for a in A: g(a)", [["A = iter([1, 2])"]]),
    ("used-up", "A: list = [b for b in c]\ndef f(): return render_template('a.html', a=A)", [
        ["A: list = iter([b for b in c])"],
    ]),
    ("used-up", "A = [1]\ndef f():\n    A.append(1)\n    return [a for a in A]", []),
    ("used-up", "A = [1]\nfor a in A: f(a)\ndef f(b):\n    c = [1]\n    return [d for d in c]", []),
    ("drop-keyword", "f(a, b=1, **c)", [["f(a, **c)"]]),
    ("swap-arguments", "f(a, b, c=d)", [["f(b, a, c=d)"]]),
    ("drop-call", "a.strip().lower()", [["a.strip()"], ["a.lower()"]]),
    ("drop-slice", "a[:8]", [["a"]]),
    ("drop-filter", "[a for a in b if a]", [["[a for a in b if True]"]]),
    ("drop-statement", "def f():\n    global n  # shared\n    n += 1\n    n = 2", [[], []]),
    ("drop-statement", "n = 1", []),
    ("drop-decorator", "@login_required\ndef f(): 1", [[]]),
    ("first-only", "for a in b, c: f()", [["for a in list((b, c))[:1]: f()"]]),
    ("wrong-exception", "try: f()\nexcept ValueError: g()", [["except KeyError: g()"]]),
    ("return-none", "def f():\n    return 1", [["return None"]]),
]  # fmt: skip


@pytest.mark.parametrize("operator, text, expected", CHANGES, ids=[f"{row[0]}-{n}" for n, row in enumerate(CHANGES)])
def test_an_operator_makes_its_mistakes_and_no_others(operator: str, text: str, expected: list[list[str]]) -> None:
    assert [changed(text, after) for after in made(text, operator)] == expected


def test_every_operator_is_tried() -> None:
    assert {row[0] for row in CHANGES} == {operator.id for operator in OPERATORS}


@pytest.mark.parametrize("how", ["view", "after hook"])
def test_what_is_set_on_g_too_late_is_set_where_it_is_read_else_at_the_beginning(how: str) -> None:
    (late,) = made(HOOKS, "g-in-view" if how == "view" else "g-in-after-hook")
    begin = "def page():" if how == "view" else "def stamp(response):"
    assert f"{begin}\n    g.id = make()\n" in late
    assert late.count("g.id = make()") == 1


def test_what_is_read_within_a_text_as_well_is_not_replaced_in_part() -> None:
    text = HOOKS.replace("= g.id", '= f"""\n{g.id}é"""')
    assert made(text, "g-global") == made(text, "g-elsewhere") == []
    text = 'n = f"é{request.cookies["n"]}"\nr.set_cookie("n", str(n))'.replace('["n"]', "['n']")
    assert made(text, "global-for-cookie") == []


def test_what_only_one_function_knows_is_not_worked_out_in_another() -> None:
    text = HOOKS.replace("g.id = make()", "name = make()\n    g.id = name")
    assert made(text, "g-in-view") == made(text, "g-in-after-hook") == made(text, "g-made-once") == []


@pytest.mark.parametrize(
    "text",
    [
        '"""Say 1."""',
        "import a.b as c",
        "def f(a: Literal[1] = x) -> Literal['b']: pass",
        "n: Literal[1] = x",
        'if __name__ == "__main__":\n    app.run(port=1 + 1)',
        "if TYPE_CHECKING:\n    n = 1",
        'app = Flask(__name__, static_folder="a")',
        'blog = Blueprint("blog", __name__)',
        'print("a", 1 + 1)',
        'app.logger.info("a %s", 1)',
        '__version__ = "1"',
    ],
)
def test_nothing_is_changed_that_nobody_would_see(text: str) -> None:
    assert mutants({"app.py": text.encode()}) == []


def test_a_secret_is_not_changed_but_can_be_lost() -> None:
    text = 'app.secret_key = "a"\napp.config["SECRET_KEY"] = key("b")\n'
    lost = [mutant.content.decode().count("\n") for mutant in mutants({"app.py": text.encode()})]
    assert 1 in lost
    assert all('"a"' in mutant.content.decode() for mutant in mutants({"app.py": text.encode()}) if lost == 2)


def test_a_line_that_holds_more_than_one_statement_loses_only_one() -> None:
    text = "def f(): a.b = 1; c()  # both\n"
    assert made(text, "drop-statement") == ["def f(): pass; c()  # both\n", "def f(): a.b = 1; pass  # both\n"]


def test_comments_and_formatting_stay() -> None:
    text = dedent("""
        def  f( a ,b ):   # odd
            # why
            return  [ a,
                b+1 ]   # what
    """)
    assert made(text, "swap-arithmetic") == [text.replace("b+1", "b-1")]
