"""Run checks with pytest: the fixtures, what a check needs, and what its outcome means.

The same plugin serves `checkpoint grade`, where `session` binds a Run and collects results, and an author's own
`pytest checks/ --submission starter/app.py`, where pytest reports as it always does.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import time
from contextlib import ExitStack, contextmanager, nullcontext, redirect_stderr, redirect_stdout, suppress
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from checkpoint.judge.anew import CheckFiles
    from checkpoint.judge.api import Spec
    from checkpoint.judge.app import App
    from checkpoint.judge.run import Plan, Run

FIXTURES = "checkpoint_fixtures"
PLAN: pytest.StashKey[Plan] = pytest.StashKey()
RUN: pytest.StashKey[Run] = pytest.StashKey()
NAME: pytest.StashKey[str] = pytest.StashKey()  # of the check whose turn it is
GRADING: pytest.StashKey[bool] = pytest.StashKey()
RAISED: pytest.StashKey[tuple[str, BaseException] | None] = pytest.StashKey()
COMPARED: pytest.StashKey[tuple[object, object] | None] = pytest.StashKey()
BLOCKED_BY: pytest.StashKey[tuple[str, ...]] = pytest.StashKey()
PASSED: pytest.StashKey[dict[str, bool]] = pytest.StashKey()


class Binding:
    """Hand a Plan to the plugin: `pytest.main(..., plugins=[plugin, Binding(plan, started)])`.

    `started` is called once pytest is set up and has found the checks. They are then gone through for one run after
    the other, with all fixtures and all variables of their files made anew, and with the names that they have when
    there is only one.
    """

    def __init__(self, plan: Plan, started: Callable[[], None]) -> None:
        self._plan = plan
        self._started = started
        self._files: CheckFiles | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Remember the run before anybody asks for it."""
        config.stash[PLAN] = self._plan
        config.stash[GRADING] = True
        # What pytest itself would say about `assert a == b` nobody sees while grading, and its difflib takes hours
        # over pages made for that; where CI is set it shortens nothing.
        plugins = config.pluginmanager
        config.hook.pytest_assertrepr_compare = plugins.subset_hook_caller(  # type: ignore[attr-defined]
            "pytest_assertrepr_compare", [plugins.get_plugin("assertion")]
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Go through the checks for each run, in pytest's own way for one."""
        self._started()
        if session.testsfailed or session.config.option.collectonly or not session.items:
            return None  # pytest knows what to do
        while (run := self._next()) is not None:
            if session.config.stash.get(RUN, None) is not None and not self._renewed(session):
                break
            session.config.stash[RUN] = run
            following = [*session.items[1:], None]  # after the last check all fixtures end
            for item, nextitem in zip(session.items, following, strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
        return True

    def _renewed(self, session: pytest.Session) -> bool:
        """Make the check files new for the next run; False if that cannot be done."""
        from checkpoint.errors import CheckpointError
        from checkpoint.judge.anew import CheckFiles

        try:
            if self._files is None:
                self._files = CheckFiles(self._plan.course.checks, session.items)
            self._files.renew()
        except CheckpointError as error:
            self._plan.problem = error
        return self._plan.problem is None

    def _next(self) -> Run | None:
        try:
            return next(self._plan.runs, None)
        except Exception as error:  # which pytest would take for the checkpoint's
            self._plan.failed = error
            return None

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Take what ends pytest itself, such as sys.exit() in a check file, as the checkpoint's fault."""
        from checkpoint.judge import order

        self._plan.problem = self._plan.problem or order.broken_file(
            excinfo.value, self._plan.course.checks / "conftest.py"
        )
        return True

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Remember what has ended the run early."""
        self._plan.interrupt = excinfo.value


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the options for authors, and the fixtures: before any conftest.py is read, which may have its own."""
    pluginmanager.register(_fixtures(), FIXTURES)
    group = parser.getgroup("checkpoint")
    group.addoption("--submission", metavar="PATH", help="run the checks against this app.py or folder")
    group.addoption(
        "--checkpoint-seed", metavar="N", type=int, default=0, help="seed of everything random in the checks"
    )


def _is_active(config: pytest.Config) -> bool:
    """Say whether this pytest run is about checks: the plugin is loaded in every other one, too."""
    return PLAN in config.stash or config.getoption("--submission") is not None


def pytest_configure(config: pytest.Config) -> None:
    """Let the fixtures know the configuration."""
    vars(config.pluginmanager.get_plugin(FIXTURES))["config"] = config


def _fixtures() -> ModuleType:
    """Return what checks work with, in a module that is told the `config`.

    pytest's own `request` and `pytestconfig` know it too, but to have them made for each fixture of each check takes as
    long as much of a check's own work.
    """
    module = ModuleType(FIXTURES)  # pytest takes functions from a module, and methods only from a class

    @pytest.fixture(scope="session")
    def _run() -> Iterator[Run]:
        run = module.config.stash.get(RUN, None)
        if run is not None:
            yield run
            return
        from checkpoint.errors import CheckpointError
        from checkpoint.judge.session import author_run

        path = module.config.getoption("--submission")
        if path is None:
            words = "checks need an app to check: pytest checks/ --submission starter/app.py"
            pytest.exit(words, returncode=pytest.ExitCode.USAGE_ERROR)
        with ExitStack() as stack:
            try:
                author = author_run(module.config.args[0], path, module.config.getoption("--checkpoint-seed"))
                run = stack.enter_context(author)
            except CheckpointError as error:
                pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)
            yield run

    @pytest.fixture(scope="session")
    def learner(_run: Run) -> App:
        """Return the app that is graded."""
        return _run.learner

    @pytest.fixture(scope="session")
    def solution(_run: Run) -> App:
        """Return the reference, to be asked the same questions."""
        return _run.solution

    @pytest.fixture
    def rng(_run: Run) -> random.Random:
        """Randomness that depends on the run's seed and this check alone."""
        return random.Random(f"{_run.seed}:{module.config.stash[NAME]}")  # noqa: S311 - a seed is meant to be replayed

    vars(module).update(_run=_run, learner=learner, solution=solution, rng=rng)
    return module


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put checks behind those that they need; find out what is wrong with them as a whole."""
    if not _is_active(config):
        return
    from checkpoint.errors import CheckpointError
    from checkpoint.judge import order

    plan = config.stash.get(PLAN, None)
    try:
        specs = order.specs_of(items)
        if plan is not None:
            plan.discreet = any(spec.hidden for spec in specs.values())
        order.validate(specs, items, whole=plan is not None)
        order.arrange(items, specs)
        if plan is not None:
            order.select(items, specs, plan)
    except CheckpointError as error:
        if plan is None:
            raise pytest.UsageError(str(error)) from None
        plan.problem = plan.problem or error
        items.clear()


def pytest_exception_interact(node: Any, call: Any, report: Any) -> None:
    """Remember why a check file could not be read."""
    plan = node.config.stash.get(PLAN, None)
    if plan is not None and isinstance(report, pytest.CollectReport) and plan.problem is None:
        from checkpoint.judge import order

        plan.problem = order.broken_file(call.excinfo.value, node.path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Time a check, tell of its progress, and turn what it raised into its result."""
    run = item.config.stash.get(RUN, None)
    if run is None:
        return (yield)
    from checkpoint.judge import order

    spec, specs = order.spec_of(item), run.plan.specs
    item.stash[RAISED], item.stash[BLOCKED_BY] = None, ()  # not those of the run before
    run.progress(list(specs).index(spec.id) + 1, len(specs), spec.id if spec.hidden else spec.title)
    if run.hides and not spec.hidden:
        run.learner.fresh()  # one that has not seen what the hidden check asked, and so cannot tell it
        run.learner.replaced.clear()
    run.hides = spec.hidden
    run.learner.printed()
    item.config.stash[COMPARED] = None
    started = time.perf_counter()
    with _silence() if spec.hidden and not run.plan.reveal else nullcontext():
        answer = yield
        _judge(item, spec, run, started)
        if spec.hidden:
            _forget(item)
    return answer


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Remember what the app prints while something is made that several checks may look at."""
    __tracebackhide__ = True
    run = request.config.stash.get(RUN, None)
    if run is None or run.hides or fixturedef.scope == "function":
        return (yield)
    before = run.learner.printed()
    try:
        return (yield)
    finally:
        printed = run.learner.printed()
        run.learner.unread(before + printed)
        if printed:
            run.printed[fixturedef.argname] = request.config.stash[NAME], printed


def _forget(item: pytest.Item) -> None:
    """Let go of what a check leaves behind: it may have something to say when it goes."""
    item.stash[RAISED], item.config.stash[COMPARED] = None, None
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):  # which pytest sets for debuggers
        vars(sys).pop(name, None)
    gc.collect()


def _judge(item: pytest.Item, spec: Spec, run: Run, started: float) -> None:
    """Keep the result of a check, or of one case of it."""
    from checkpoint.judge import outcome

    raised = item.stash.get(RAISED, None)
    blocked_by = item.stash.get(BLOCKED_BY, ())
    if raised and raised[1] is run.learner.broken:
        # An app that cannot be loaded is one mistake: the first check tells it, the others wait for that.
        blocked_by = blocked_by or ((run.told,) if run.told else ())
        if not spec.hidden:
            run.told = run.told or spec.id
    names = getattr(item, "fixturenames", ())
    made = [text for name, (check, text) in run.printed.items() if name in names and check != item.name]
    result = outcome.result(
        spec,
        raised,
        run.learner,
        printed_before="".join(made),
        blocked_by=blocked_by,
        compared=item.config.stash[COMPARED],
        duration_ms=(time.perf_counter() - started) * 1000,
    )
    # A parametrised check is one check: it passes when all its cases do, fails when one does, and takes as long as all.
    earlier = run.results.get(spec.id)
    if earlier is not None:
        took = round(earlier.duration_ms + result.duration_ms, 2)
        worse = outcome.WORSE.index(result.status) > outcome.WORSE.index(earlier.status)
        result = replace(result if worse else earlier, duration_ms=took)
    run.results[spec.id] = result


@contextmanager
def _silence() -> Iterator[None]:
    """Let what a check prints, logs and warns of go nowhere, however it does so: learners read the log of a job."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, ExitStack() as stack:
        for descriptor in (1, 2):
            with suppress(OSError):  # it may be closed
                kept = os.dup(descriptor)
                stack.callback(os.close, kept)
                stack.callback(os.dup2, kept, descriptor)
                os.dup2(nowhere.fileno(), descriptor)
        stack.enter_context(redirect_stdout(nowhere))
        stack.enter_context(redirect_stderr(nowhere))
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Block a check whose needs are not met. In an author's run, needs that were deselected do not count."""
    if not _is_active(item.config):
        return
    from checkpoint.judge import order

    item.config.stash[NAME] = item.name
    spec = order.spec_of(item)
    run = item.config.stash.get(RUN, None)
    if run is None:
        passed = item.config.stash.setdefault(PASSED, {})
    else:
        passed = {id: result.status in ("passed", "undecided") for id, result in run.results.items()}
    unmet = tuple(need for need in spec.needs if passed.get(need) is False)
    if unmet:
        item.stash[BLOCKED_BY] = unmet
        pytest.skip(f"blocked by {', '.join(unmet)}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
    """Note what a check raised. While grading, skip pytest's own rendering of it, which nobody would see."""
    if not _is_active(item.config):
        return None
    if call.excinfo is not None and item.stash.get(RAISED, None) is None:
        item.stash[RAISED] = (call.when, call.excinfo.value)
    if not item.config.stash.get(GRADING, False):
        from checkpoint.judge import order
        from checkpoint.judge.api import Failure

        passed, id = item.config.stash.setdefault(PASSED, {}), order.spec_of(item).id
        passed[id] = passed.get(id, True) and call.excinfo is None
        if call.when != "setup" or call.excinfo is None or not isinstance(call.excinfo.value, Failure):
            return None
        # What an app does wrong while a fixture asks it is a failed check; pytest would call the fixture broken.
        report = pytest.TestReport.from_item_and_call(item, call)
        report.when = "call"
        return report
    outcome = "passed" if call.excinfo is None else "failed"
    return pytest.TestReport(
        item.nodeid, item.location, {}, outcome, None, call.when,  # type: ignore[arg-type]
        duration=call.duration, start=call.start, stop=call.stop,
    )  # fmt: skip


def pytest_assertrepr_compare(config: pytest.Config, op: str, left: object, right: object) -> None:
    """Keep both sides of a plain `assert a == b`, to show them as actual and expected."""
    if op == "==" and config.stash.get(GRADING, False):
        config.stash[COMPARED] = (left, right)
