"""Write the submissions of a made-up class, no two of which have the same bytes or the same template.

    python benchmarks/classroom.py FOLDER [--count N] [--seed N]

Six in ten are like the solution, each written in another honest way; three in ten are the starter, touched here and
there; one in ten is broken as beginners break things. Nothing that was worked out for one of them (a compiled
template, an answer, a verdict) is of use for another.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Literal

ROOT = Path(__file__).parents[1]

Kind = Literal["solution", "starter", "broken"]
SHARES: dict[Kind, int] = {"solution": 60, "starter": 30, "broken": 10}  # percent

FIRST_NAMES, LAST_NAMES, WORDS = (
    text.split()
    for text in (
        "Ada Ben Chloe Dana Emre Finn Grace Hana Ivan Jana Kofi Lena Mina Noor Otto Pia Quinn Rosa Sam Tara",
        "Abara Berg Costa Dubois Eriksen Fox Gupta Hill Ito Jensen Kaya Lopez Moretti Novak Okafor Park",
        "bread window river yellow quiet paper garden music button letter winter cable kitchen shadow market violin "
        "cloud pocket summer bridge candle forest mirror orange planet rocket silver ticket valley wooden",
    )
)

LAYOUTS = ("decorated", "by_call", "factory", "blueprint", "subclass")
ON_G = ("text", "uuid", "dict", "two", "namespace")

FLAWS = (
    "no_return", "global_counter", "text_plus_one", "syntax", "import", "view_raises", "hard_coded", "no_cookie",
    "made_anew", "off_by_one",
)  # fmt: skip
ATTEMPTS = ("untouched", "reads_cookie", "prints", "comments_only", "header_only", "count_only", "page_only")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What one learner handed in: `path` is the app.py; `variant` names the way of writing or the mistake.

    Those of one variant are asked about as much by the checks.
    """

    id: str
    kind: Kind
    variant: str
    path: Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=500, help="submissions (default 500)")
    parser.add_argument("--seed", type=int, default=1, help="another class (default 1)")
    chosen = parser.parse_args()
    for one in make(chosen.folder, chosen.count, chosen.seed):
        print(f"{one.path}  {one.kind}: {one.variant}")
    return 0


def make(folder: Path, count: int, seed: int) -> list[HandedIn]:
    """Write `folder/<id>/app.py` for a class of `count`, the same for the same seed; return them in mixed order."""
    rng = random.Random(seed)
    kinds: list[Kind] = [kind for kind, percent in SHARES.items() for _ in range(round(count * percent / 100))]
    kinds = (kinds + ["solution"] * count)[:count]
    numbers = dict.fromkeys(SHARES, rng.randrange(1000))
    class_list = []
    for kind in kinds:
        numbers[kind] += 1
        who = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
        variant, text = _WRITERS[kind](rng, who, numbers[kind])
        id = f"{who.lower().replace(' ', '-')}-{len(class_list):04d}"
        class_list.append((HandedIn(id, kind, variant, folder / id / "app.py"), text))
    rng.shuffle(class_list)
    for one, text in class_list:
        one.path.parent.mkdir(parents=True, exist_ok=True)
        one.path.write_text(text, encoding="utf-8")
    return [one for one, _ in class_list]


def sample(handed_in: list[HandedIn], count: int) -> list[HandedIn]:
    """Return `count` of a class, mixed as the class is."""
    by_kind = {kind: [one for one in handed_in if one.kind == kind] for kind in SHARES}
    return [one for kind, percent in SHARES.items() for one in by_kind[kind][: round(count * percent / 100)]]


def _solution(rng: random.Random, who: str, number: int) -> tuple[str, str]:
    writer = _Writer(rng, who, LAYOUTS[number % len(LAYOUTS)], ON_G[number // len(LAYOUTS) % len(ON_G)])
    return f"{writer.layout} {writer.on_g}", writer.app()


def _broken(rng: random.Random, who: str, number: int) -> tuple[str, str]:
    flaw = FLAWS[number % len(FLAWS)]
    return flaw, _Writer(rng, who, "decorated", "text", flaw).app()


def _starter(rng: random.Random, who: str, number: int) -> tuple[str, str]:
    """Return the starter as it looks after some minutes of work, or of none."""
    attempt = ATTEMPTS[number % len(ATTEMPTS)]
    text = (ROOT / "starter" / "app.py").read_text(encoding="utf-8")
    words = _phrase(rng)
    text = _swapped(text, "<h1>My tasks</h1>", f"<h1>{rng.choice(['My', 'Our', 'The'])} {words} tasks</h1>")
    text = _swapped(text, "    </ul>\n", f"    </ul>\n    <!-- {who}: {_phrase(rng)} -->\n")
    text = _swapped(text, "\n\nfrom uuid", f"\n\n# {who}, {_phrase(rng)}\nfrom uuid")
    unknown, header = '        visits = "not counted yet"\n', '"placeholder"'
    match attempt:
        case "reads_cookie":
            name = rng.choice(WORDS)
            text = _swapped(text, unknown, f'{unknown}        {name} = request.cookies.get("visits")\n')
        case "prints":
            text = _swapped(text, unknown, f'{unknown}        print("{words}", request.cookies)\n')
            text = _swapped(text, "    return response\n", f'    print("{_phrase(rng)}")\n    return response\n')
        case "comments_only":
            text = _swapped(text, unknown, f"{unknown}        # visits = int({rng.choice(WORDS)}) + 1 ???\n")
        case "header_only":
            text = _swapped(text, header, "g.request_id")
        case "count_only":
            counted = '        visits = int(request.cookies.get("visits", 0)) + 1\n'
            text = _swapped(text, unknown, f"        # {words}\n{counted}")
        case "page_only":
            text = _swapped(text, "Visit number:", f"{words.capitalize()} visit:")
            text = _swapped(text, "<body>", f'<body class="{rng.choice(WORDS)}">')
    return attempt, text


_WRITERS = {"solution": _solution, "starter": _starter, "broken": _broken}


class _Writer:
    """Write one app, in a way of its own: its `layout`, what lies `on_g`, perhaps a `flaw`, and names and words."""

    def __init__(self, rng: random.Random, who: str, layout: str, on_g: str, flaw: str | None = None) -> None:
        self.layout, self.on_g, self.flaw = layout, on_g, flaw
        self._rng, self._who = rng, who
        pick = rng.choice
        self._before = pick(["before", "assign_request_id", "start", "make_id", "tag", "prepare", "give_id"])
        self._after = pick(["after", "stamp_request_id", "finish", "send_id", "mark", "add_header", "show_id"])
        self._view = pick(["HomeView", "Home", "Index", "TaskView", "MainPage", "TodoList", "RootView", "MyView"])
        self._on_g = pick(["request_id", "rid", "ident", "uid", "token", "current_id", "number", "tag"])
        self._count = pick(["visits", "count", "n", "number", "times", "besuche", "seen_before"])
        self._response = pick(["response", "resp", "r", "answer", "res", "page_response"])
        self._page = pick(["PAGE", "TEMPLATE", "HTML", "page_template", "LAYOUT"])
        self._typed = rng.random() < 0.3
        self._documented = rng.random() < 0.6
        self._helper = rng.random() < 0.3
        self._chatty = rng.random() < 0.2

    def app(self) -> str:
        """Return the whole file."""
        head = [self._comment(), f'"""{_phrase(self._rng).capitalize()}: my tasks."""', self._imports()]
        constants = [self._tasks(), self._template(), *([self._counting()] if self._helper else [])]
        blocks = [*head, *constants, *getattr(self, f"_as_{self.layout}")()]
        text = "\n\n".join(blocks) + "\n"
        if self._rng.random() < 0.4:
            text += self._main()
        if self.flaw == "syntax":
            text = _swapped(text, f"class {self._view}(MethodView):", f"class {self._view}(MethodView)")
        unit = self._rng.choice(["    ", "    ", "    ", "  ", "\t"])
        return "\n".join(_reindented(line, unit) for line in text.split("\n"))

    def _comment(self) -> str:
        return f"# {self._who}, {_phrase(self._rng)}"

    def _imports(self) -> str:
        names = ["Blueprint", "Flask", "g", "make_response", "render_template_string", "request"]
        if self.layout != "blueprint":
            names.remove("Blueprint")
        if self.flaw == "import":
            names.append(self._rng.choice(["cookies", "after_request", "MethodView"]))
        self._rng.shuffle(names)
        several = "(\n    " + ",\n    ".join(names) + ",\n)"
        lines = [
            f"from flask import {self._rng.choice([', '.join(names), several])}",
            "from flask.views import MethodView",
            "from types import SimpleNamespace",
            *self._rng.choice([["import secrets", "import uuid"], ["import secrets, uuid"]]),
        ]
        self._rng.shuffle(lines)
        return "\n".join(lines)

    def _tasks(self) -> str:
        tasks = ["Sketch the page", "Write the template", "Count the visits", "Stamp the header"]
        quoted = [f'"{task}"' for task in tasks]
        kept = "COUNTER = 0\n" if self.flaw == "global_counter" else ""
        return kept + self._rng.choice(
            [f"TASKS = [{', '.join(quoted)}]", "TASKS = [\n" + "".join(f"    {task},\n" for task in quoted) + "]"]
        )

    def _template(self) -> str:
        """Return the template's constant; no other app has the same words in it."""
        pick, count = self._rng.choice, self._count
        # Always in a list: the plain tests that these are compared with know no other way.
        home = "site.home" if self.layout == "blueprint" else "home"
        start, item, end = pick(
            [
                ("<ul>", "  <li>{{ task }}</li>", "</ul>"),
                ("<ol class='tasks'>", "  <li><b>{{ task }}</b></li>", "</ol>"),
                ("<section><ul>", "  <li class='task'>{{ task|e }}</li>", "</ul></section>"),
                ("<nav>\n<ul>", "  <li><span>{{ task }}</span>\n  </li>", "</ul>\n</nav>"),
            ]
        )
        shown = pick(
            [
                f"<p>Visit number: {{{{ {count} }}}}</p>",
                f"<p>You have been here <b>{{{{ {count} }}}}</b> times, {self._who}.</p>",
                f"<footer>visits so far: {{{{{count}}}}}</footer>",
                f"<h2>Welcome! Visit {{{{ {count} }}}} of many.</h2>",
            ]
        )
        minus = pick(["", "-"])
        parts = [
            f"<p>{_phrase(self._rng).capitalize()}.</p>",
            "\n".join([start, f"{{%{minus} for task in tasks %}}", item, f"{{%{minus} endfor %}}", end]),
            shown,
            f"<a href=\"{{{{ url_for('{home}') }}}}\">{pick(['Home', 'again', 'Start page', 'Reload'])}</a>",
        ]
        self._rng.shuffle(parts)
        title = f"{self._who}'s {self._rng.choice(WORDS)} tasks"
        head = pick([f"<!doctype html>\n<title>{title}</title>\n<h1>{title}</h1>", f"<html><body><h1>{title}</h1>"])
        tail = "\n</body></html>" if "<body>" in head else ""
        return f'{self._page} = """{head}\n' + "\n".join(parts) + f'{tail}\n"""'

    def _counting(self) -> str:
        hint = " -> int" if self._typed else ""
        return f"def visits_until_now(){hint}:\n" + indent(f"return {self._earlier()}", "    ")

    def _earlier(self) -> str:
        """Return an expression for the number of earlier visits."""
        if self.flaw == "text_plus_one":
            return 'request.cookies.get("visits", "0")'
        return self._rng.choice(
            [
                'int(request.cookies.get("visits", "0"))',
                'int(request.cookies.get("visits") or 0)',
                'request.cookies.get("visits", default=0, type=int)',
                'int(request.cookies["visits"]) if "visits" in request.cookies else 0',
            ]
        )

    def _view_class(self) -> str:
        count, response = self._count, self._response
        hint = " -> object" if self._typed else ""
        lines = []
        if self.flaw == "global_counter":
            lines += ["global COUNTER", "COUNTER += 1", f"{count} = COUNTER"]
        else:
            lines += [f"{count} = {'visits_until_now()' if self._helper else self._earlier()}"]
            lines += {"off_by_one": [], "text_plus_one": [f'{count} = {count} + "1"']}.get(
                self.flaw or "",
                [self._rng.choice([f"{count} += 1", f"{count} = {count} + 1", f"{count} = 1 + {count}"])],
            )
        if self.flaw == "view_raises":
            lines += [f"{count} = {count} + tasks_done"]
        if self._chatty:
            lines += [f'print("{_phrase(self._rng)}", {count})']
        rendered = f"render_template_string({self._page}, tasks=TASKS, {count}={count})"
        lines += self._rng.choice(
            [
                [f"{response} = make_response({rendered})"],
                [f"html = {rendered}", f"{response} = make_response(html)"],
                [f"context = dict(tasks=TASKS, {count}={count})",
                 f"{response} = make_response(render_template_string({self._page}, **context), 200)"],
            ]
        )  # fmt: skip
        if self.flaw != "no_cookie":
            text = self._rng.choice([f"str({count})", f'f"{{{count}}}"'])
            more = self._rng.choice(["", "", ", max_age=60 * 60 * 24", ', samesite="Lax"', ", httponly=True"])
            lines += [f'{response}.set_cookie("visits", {text}{more})']
        lines += [f"return {response}"]
        doc = f'    """Shows the {_phrase(self._rng)}."""\n\n' if self._documented else ""
        return f"class {self._view}(MethodView):\n{doc}    def get(self){hint}:\n" + indent("\n".join(lines), " " * 8)

    def _hook_before(self) -> str:
        made = self._rng.choice(["uuid.uuid4().hex", "secrets.token_hex(16)", 'f"req-{uuid.uuid4()}"'])
        name = self._on_g
        lines = {
            "text": [f"g.{name} = {made}"],
            "uuid": [f"g.{name} = uuid.uuid4()"],
            "dict": [f'g.{name} = {{"id": {made}, "path": request.path}}'],
            "two": [f"g.{name} = {made}", f'g.prefix = "{self._rng.choice(WORDS)}"'],
            "namespace": [f"g.{name} = SimpleNamespace(id={made}, method=request.method)"],
        }[self.on_g]
        return self._function(self._before, "", "None", lines)

    def _hook_after(self) -> str:
        name, response = self._on_g, self._response
        value = {
            "text": [f"g.{name}", f'g.get("{name}")'],
            "uuid": [f"str(g.{name})", f"g.{name}.hex"],
            "dict": [f'g.{name}["id"]'],
            "two": [f'f"{{g.prefix}}-{{g.{name}}}"', f'g.prefix + "/" + g.{name}'],
            "namespace": [f"g.{name}.id", f'"{{0.id}}".format(g.{name})'],
        }[self.on_g]
        if self.flaw == "hard_coded":
            value = [f'"{self._rng.choice(WORDS)}-{self._rng.randrange(10**6)}"']
        if self.flaw == "made_anew":
            value = ["uuid.uuid4().hex"]
        lines = [f'{response}.headers["X-Request-ID"] = {self._rng.choice(value)}']
        if self._chatty:
            lines += [f'print("{_phrase(self._rng)}", {response}.status_code)']
        if self.flaw != "no_return":
            lines += [f"return {response}"]
        return self._function(self._after, response, "object", lines)

    def _function(self, name: str, parameter: str, returns: str, lines: list[str]) -> str:
        hint = f" -> {returns}" if self._typed else ""
        doc = [f'"""Works on the {_phrase(self._rng)}."""'] if self._documented else []
        return f"def {name}({parameter}){hint}:\n" + indent("\n".join([*doc, *lines]), "    ")

    def _rule(self, target: str) -> str:
        return f'{target}.add_url_rule("/", view_func={self._view}.as_view("home"))'

    def _as_decorated(self) -> list[str]:
        blocks = [
            f"@app.before_request\n{self._hook_before()}",
            f"{self._view_class()}\n\n\n{self._rule('app')}",
            f"@app.after_request\n{self._hook_after()}",
        ]
        if self._rng.random() < 0.4:
            self._rng.shuffle(blocks)
        return ["app = Flask(__name__)", *blocks, *self._more_pages("app")]

    def _as_by_call(self) -> list[str]:
        calls = [f"app.before_request({self._before})", f"app.after_request({self._after})", self._rule("app")]
        self._rng.shuffle(calls)
        functions = [self._hook_before(), self._view_class(), self._hook_after()]
        self._rng.shuffle(functions)
        return [*functions, "app = Flask(__name__)\n" + "\n".join(calls), *self._more_pages("app")]

    def _as_factory(self) -> list[str]:
        inside = [
            "app = Flask(__name__)",
            f"@app.before_request\n{self._hook_before()}",
            f"@app.after_request\n{self._hook_after()}",
            *self._more_pages("app"),
            f"{self._rule('app')}\nreturn app",
        ]
        name = self._rng.choice(["create_app", "create_app", "make_app"])
        made = self._rng.choice(["app = create_app()", ""]) if name == "create_app" else ""
        return [self._view_class(), f"def {name}():\n" + indent("\n\n".join(inside), "    "), *([made] if made else [])]

    def _as_blueprint(self) -> list[str]:
        name = self._rng.choice(["bp", "site", "pages", "main"])
        app = self._rng.choice(["", "_app"])  # the blueprint's own requests, or all of them
        return [
            f'{name} = Blueprint("site", __name__)',
            f"@{name}.before{app}_request\n{self._hook_before()}",
            f"{self._view_class()}\n\n\n{self._rule(name)}",
            f"@{name}.after{app}_request\n{self._hook_after()}",
            *self._more_pages(name),
            f"app = Flask(__name__)\napp.register_blueprint({name})",
        ]

    def _as_subclass(self) -> list[str]:
        name = self._rng.choice(["TaskApp", "Site", "MyFlask"])
        body = f"""\
            class {name}(Flask):
                def __init__(self, *args, **kwargs):
                    super().__init__(*args, **kwargs)
                    self.before_request({self._before})
                    self.after_request({self._after})
                    {self._rule("self")}"""
        return [self._hook_before(), self._hook_after(), self._view_class(), dedent(body), f"app = {name}(__name__)"]

    def _more_pages(self, target: str) -> list[str]:
        pages = [
            f'@{target}.route("/about")\ndef about():\n    return "{_phrase(self._rng)}"',
            f'@{target}.get("/health")\ndef health():\n    return {{"ok": True, "about": "{_phrase(self._rng)}"}}',
            f'@{target}.route("/tasks/<int:n>")\ndef one_task(n):\n    return TASKS[n % len(TASKS)]',
        ]
        return self._rng.sample(pages, self._rng.choice([0, 0, 1, 2]))

    def _main(self) -> str:
        app = "create_app()" if self.layout == "factory" else "app"
        ways = [f"{app}.run(debug=True)", f'print({app}.test_client().get("/").get_data(as_text=True))']
        return f'\n\nif __name__ == "__main__":\n    {self._rng.choice(ways)}\n'


def _phrase(rng: random.Random) -> str:
    """Return some words that hardly anybody else has used."""
    return " ".join(rng.choice(WORDS) for _ in range(rng.randrange(3, 7)))


def _reindented(line: str, unit: str) -> str:
    code = line.lstrip(" ")
    levels, rest = divmod(len(line) - len(code), 4)
    return f"{unit * levels}{' ' * rest}{code}"


def _swapped(text: str, old: str, new: str) -> str:
    """Return a text with its one `old` in place of which there is `new`; ValueError if there is another number."""
    if text.count(old) != 1:
        raise ValueError(f"there are {text.count(old)} of {old!r} in what is to be changed")
    return text.replace(old, new)


if __name__ == "__main__":
    raise SystemExit(main())
