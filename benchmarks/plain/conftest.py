"""Load the learner's app and the solution for a suite in plain pytest.

Both are imported into this very process. That is what makes such a suite short, and why it must
only be run on code that one trusts: the app can reach the tests, the solution and all files.
"""

from __future__ import annotations

import random
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask.cli import find_best_app

if TYPE_CHECKING:
    from flask import Flask

SOLUTION = Path(__file__).parents[2] / "solution" / "app.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--app PATH`, and `--question-seed N` to repeat a run."""
    group = parser.getgroup("plain")
    group.addoption("--app", metavar="PATH", help="the app.py to test")
    group.addoption(
        "--question-seed",
        type=int,
        default=random.SystemRandom().randrange(2**32),
        metavar="N",
        help="ask the same random questions as an earlier run did",
    )


def load_app(path: Path, name: str) -> Flask:
    """Import the file at `path` as the module `name` and return the Flask app in it."""
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise pytest.UsageError(f"{path} is not a Python file")
    module = module_from_spec(spec)
    # Flask looks here for the file of the app, to find its templates folder.
    sys.modules[name] = module
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(path.parent)
        # Flask's run() returns at once under this variable, so an unguarded app.run() does no harm.
        patch.setenv("FLASK_RUN_FROM_CLI", "true")
        spec.loader.exec_module(module)
        app = find_best_app(module)
    # An exception in the app fails the test with its traceback, instead of becoming a page.
    app.testing = True
    return app


@pytest.fixture(scope="session")
def learner(pytestconfig: pytest.Config) -> Flask:
    """Return the app under test."""
    path = pytestconfig.getoption("app")
    if path is None:
        raise pytest.UsageError("say which app to test: --app PATH")
    # A relative path is meant from where pytest was started.
    return load_app(pytestconfig.invocation_params.dir / path, "learner_app")


@pytest.fixture(scope="session")
def solution() -> Flask:
    """Return the reference, which is asked the same questions."""
    return load_app(SOLUTION, "solution_app")


@pytest.fixture
def rng(pytestconfig: pytest.Config) -> random.Random:
    """Return the source of random questions; a failing test shows its seed."""
    seed = pytestconfig.getoption("question_seed")
    print(f"--question-seed {seed}")
    return random.Random(seed)
