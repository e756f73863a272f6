"""Find the Flask app in a module, looking where Flask itself looks; say in a sentence why there is none."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    from flask import Flask


def find_app(module: ModuleType) -> tuple[str, Flask]:
    """Return the Flask app of a module and its name, looking where Flask itself looks.

    Raises NoApp with a sentence for the learner.
    """
    from flask import Flask
    from flask.cli import NoAppException, find_best_app

    apps = {name: value for name, value in vars(module).items() if isinstance(value, Flask)}
    try:
        app = find_best_app(module)
    except NoAppException:
        raise NoApp(_why_no_app(module, list(apps))) from None
    return next((name for name, value in apps.items() if value is app), "create_app()"), app


class NoApp(Exception):
    """The module has no Flask app, or more than one."""


def _why_no_app(module: ModuleType, names: list[str]) -> str:
    from flask import Flask

    file = Path(module.__file__ or "app.py").name
    if len(names) > 1:
        found = " and ".join(f"`{name}`" for name in names[:4])
        return (
            f"I found {len(names)} Flask apps in {file}, {found}, and cannot tell which one to run. "
            "Name the one that counts `app`."
        )
    if vars(module).get("app") is Flask or vars(module).get("application") is Flask:
        return f"`app` in {file} is the Flask class itself. Call it to make an app: app = Flask(__name__)"
    for name in ("app", "application"):
        value = vars(module).get(name)
        if value is not None:
            return (
                f"`{name}` in {file} is a {type(value).__name__}, not a Flask app. Make one with app = Flask(__name__)"
            )
    for name in ("create_app", "make_app"):
        factory = vars(module).get(name)
        if callable(factory):
            needs = _required(factory)
            if needs:
                return f"{name}() in {file} needs arguments: {needs}. Give them defaults, so that it can do without."
            return f"{name}() in {file} returned no Flask app. Let it return the app that it makes."
    return (
        f"I looked for a Flask app in {file}, `app`, `application` or create_app(), and found none. "
        "Make one with app = Flask(__name__)"
    )


def _required(factory: Any) -> str:
    """Return the names of the arguments that a factory cannot do without."""
    try:
        parameters = inspect.signature(factory).parameters.values()
    except (TypeError, ValueError):
        return ""
    optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return ", ".join(p.name for p in parameters if p.default is p.empty and p.kind not in optional)
