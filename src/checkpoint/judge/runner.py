"""Let pytest run the checks of a checkpoint, undisturbed by whatever else is set up for pytest around it."""

from __future__ import annotations

import io
import os
import runpy
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checkpoint.errors import BrokenCheckpoint
from checkpoint.judge.run import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from checkpoint.model import Course

# Of pytest's own plugins, those that grading has no use for; each costs its import.
UNUSED = (
    "terminal", "cacheprovider", "doctest", "junitxml", "pastebin", "debugging", "faulthandler", "logging",
    "stepwise", "setuponly", "setupplan", "unittest", "warnings", "recwarn", "legacypath", "threadexception",
    "unraisableexception", "capture", "terminalprogress", "pytester_assertions", "subtests", "reports",
)  # fmt: skip


def run_checks(plan: Plan) -> None:
    """Let pytest collect the checks once, and fill the results of each of `plan.runs`.

    Raises BrokenCheckpoint if the checks cannot be run, CheckpointError if there is no such check as is asked for,
    KeyboardInterrupt if somebody interrupted it, and whatever getting the next run raised.
    """
    _pytest(plan)


def collect(course: Course, only: str | None) -> Plan:
    """Return the checks that there are, without any app to check; raises as `run_checks` does."""
    plan = Plan(course, only)
    _pytest(plan, "--collect-only")
    return plan


def _pytest(plan: Plan, *options: str) -> None:
    import pytest

    from checkpoint.judge import order, plugin

    blocked = [argument for name in UNUSED for argument in ("-p", f"no:{name}")]
    checks = plan.course.checks
    arguments = [
        *blocked,
        *options,
        "-c", os.devnull,
        "--rootdir", str(plan.course.root),
        "--confcutdir", str(checks),
        "--import-mode=importlib",
        str(checks),
    ]  # fmt: skip
    with _own_surroundings(checks), _quiet_until_started(plan) as started:
        try:
            code = pytest.main(arguments, plugins=[plugin, plugin.Binding(plan, started)])
        except SystemExit as error:  # pytest lets a conftest.py do that
            raise order.broken_file(error, checks / "conftest.py") from None
    if plan.problem is not None:
        raise plan.problem
    if plan.failed is not None:
        raise plan.failed
    if isinstance(plan.interrupt, pytest.exit.Exception):
        raise BrokenCheckpoint(
            "a check ended the whole run with pytest.exit()", where=str(checks), help="let it fail instead: fail(...)"
        )
    if code == pytest.ExitCode.INTERRUPTED:
        raise plan.interrupt or KeyboardInterrupt
    if code in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
        raise _why_not(checks)
    if not plan.specs:
        raise BrokenCheckpoint(
            "there are no checks", where=str(checks), help="write test functions in files test_*.py there"
        )


def _why_not(checks: Path) -> BrokenCheckpoint:
    """Return why pytest could not even begin; what remains is a conftest.py that cannot be imported."""
    from checkpoint.judge import order

    if not {"[", "$"}.isdisjoint(str(checks)):
        return BrokenCheckpoint(
            "pytest takes no folder with `[` or `$` in its path", where=str(checks), help="give the folder another name"
        )
    conftest = checks / "conftest.py"
    if conftest.is_file():
        try:
            runpy.run_path(str(conftest))
        except (Exception, SystemExit) as error:
            return order.broken_file(error, conftest)
    return BrokenCheckpoint("pytest could not run the checks", where=str(checks), help="try: pytest checks/")


@contextmanager
def _quiet_until_started(plan: Plan) -> Iterator[Callable[[], None]]:
    """Keep what pytest and the checks' files say while they are set up from the screen; give what ends the silence.

    What was said meanwhile may quote the checks' sources, as warnings do; if one is hidden it stays unsaid.
    """
    real, kept = (sys.stdout, sys.stderr), io.StringIO()
    sys.stdout = sys.stderr = kept

    def speak() -> None:
        sys.stdout, sys.stderr = real
        if plan.reveal or not plan.discreet:
            sys.stderr.write(kept.getvalue())  # all is well: what is in there, the checks have printed

    try:
        yield speak
    finally:
        sys.stdout, sys.stderr = real


@contextmanager
def _own_surroundings(checks: Path) -> Iterator[None]:
    """Keep the caller's pytest settings and third-party plugins out, and the checks out of the next run's way.

    pytest names a check's module after its path below the checkpoint, so two checkpoints would share names.
    """
    settings = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "PYTEST_PLUGINS": ""}
    before = {name: os.environ.get(name) for name in settings}
    path = sys.path[:]
    os.environ.update(settings)
    try:
        yield
    finally:
        sys.path[:] = path
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(f"{checks}{os.sep}"):
                del sys.modules[name]
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
