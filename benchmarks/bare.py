"""Send to each app what the checks would, in a bare loop: no isolation, no pytest, and nobody who looks at the answers.

    python benchmarks/bare.py PLAN [--jobs N]

PLAN is a JSON file as `batch.py` writes it: `solution` (a path), `submissions` (pairs of path and variant) and `asked`
(what is asked of whom, by variant; see `Question`). Flask is imported once, each process loads the solution once and
takes an equal share. Most of the time goes to Jinja, which compiles a text anew whenever an app renders it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from flask.cli import find_best_app

if TYPE_CHECKING:
    from flask import Flask


class Question(NamedTuple):
    """One request: to which app ("learner" or "solution"), and what a browser would send."""

    role: str
    method: str
    mount: str
    path: str
    cookie: str | None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    chosen = parser.parse_args()
    plan = json.loads(chosen.plan.read_text(encoding="utf-8"))
    # Flask's run() returns at once under this variable, so an unguarded app.run() does no harm.
    os.environ["FLASK_RUN_FROM_CLI"] = "true"
    # Forked, where that exists, so that all of them share one import of Flask.
    way = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    context: Any = multiprocessing.get_context(way)
    shares = [plan["submissions"][start :: chosen.jobs] for start in range(chosen.jobs)]
    processes = [context.Process(target=work, args=(share, plan["solution"], plan["asked"])) for share in shares]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return int(any(process.exitcode for process in processes))


def work(share: list[tuple[str, str]], solution_path: str, asked: dict[str, list[list[Any]]]) -> None:
    """Ask each app of a share its questions; whatever it does is fine."""
    questions = {variant: [Question(*fields) for fields in found] for variant, found in asked.items()}
    solution = load(solution_path, "solution")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        for path, variant in share:
            apps = {"solution": solution}
            with contextlib.suppress(BaseException):
                apps["learner"] = load(path, "app")
            for question in questions[variant]:
                with contextlib.suppress(BaseException):
                    ask(apps[question.role], question)


def load(path: str, name: str) -> Flask:
    """Run the file as the module `name` and return the Flask app in it."""
    module = ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module  # where Flask and dataclasses look for it
    exec(compile(Path(path).read_bytes(), path, "exec"), vars(module))
    return find_best_app(module)


def ask(app: Flask, question: Question) -> bytes:
    """Send one request with Flask's test client; return the page."""
    headers = {"Cookie": question.cookie} if question.cookie else None
    # What the browser's own bookkeeping of cookies costs is none of the app's business.
    client = app.test_client(use_cookies=False)
    base = f"http://localhost{question.mount}"
    with client.open(question.path, method=question.method, base_url=base, headers=headers) as response:
        return response.get_data()


if __name__ == "__main__":
    raise SystemExit(main())
