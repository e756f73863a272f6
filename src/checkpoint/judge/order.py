"""Bring checks into an order in which needs come first, and say what is wrong with them as a whole."""

from __future__ import annotations

import inspect
import linecache
import random
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pytest

from checkpoint.errors import BrokenCheckpoint, WrongUsage
from checkpoint.judge.api import SPEC, Spec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from checkpoint.judge.run import Plan

SPECS = f"{SPEC}s"


def spec_of(item: pytest.Item) -> Spec:
    """Return what the author said about a check; a test function without `@check` is one worth a point."""
    function = getattr(item, "function", None)
    spec = getattr(function, SPEC, None)
    if isinstance(spec, Spec):
        return spec
    name = getattr(item, "originalname", None) or item.name
    id = name.removeprefix("test_")
    docstring = (getattr(function, "__doc__", None) or "").strip().partition("\n")[0].rstrip(".")
    file, line, _ = item.reportinfo()
    return Spec(id, docstring or id.replace("_", " "), file=str(file), line=(line or 0) + 1)


def specs_of(items: Iterable[pytest.Item]) -> dict[str, Spec]:
    """Return the checks by id, in the order in which pytest found them.

    Raises BrokenCheckpoint if two checks have one id.
    """
    specs: dict[str, Spec] = {}
    for item in items:
        spec = spec_of(item)
        known = specs.setdefault(spec.id, spec)
        if (known.file, known.line) != (spec.file, spec.line):
            raise _twice(known, spec)
    return specs


def validate(specs: dict[str, Spec], items: Iterable[pytest.Item], *, whole: bool) -> None:
    """Refuse checks of one name in one file, needs that do not exist, and needs that go in a circle.

    Without `whole`, needs may be missing: an author runs one file, or one check. Raises BrokenCheckpoint with
    file, line and the next step.
    """
    for item in items:
        if inspect.iscoroutinefunction(getattr(item, "function", None)):
            raise _wrong(
                spec_of(item),
                f"the check `{spec_of(item).id}` is an `async def`, and checks are not awaited",
                "write it as a plain function; the app's own views may be async",
            )
    for module in {item.module for item in items if isinstance(item, pytest.Function)}:
        seen: dict[str, Spec] = {}
        for spec in vars(module).get(SPECS, ()):  # all that were marked, those too that a later one hides
            if seen.setdefault(spec.id, spec) is not spec:
                raise _twice(seen[spec.id], spec)
    for spec in specs.values():
        for need in spec.needs:
            if whole and need not in specs:
                close = get_close_matches(need, specs, 1)
                raise _wrong(
                    spec,
                    f"the check `{spec.id}` needs `{need}`, and there is no such check",
                    f"did you mean `{close[0]}`?" if close else f"the checks are {', '.join(specs)}",
                )
        circle = _circle(spec.id, specs)
        if circle:
            raise _wrong(
                spec,
                f"the check `{spec.id}` needs itself: {' -> '.join(circle)}",
                "take one of these needs out",
            )


def arrange(items: list[pytest.Item], specs: dict[str, Spec], order_seed: int | None = None) -> None:
    """Sort items so that each comes after those that it needs, hidden ones last, and else stays where it was.

    What an app sees of a hidden check it could tell in a later one, so as few as can be come later. An `order_seed`
    shuffles the checks before.
    """
    rank: dict[str, int] = {}

    def place(id: str) -> None:
        if id in rank:
            return
        for need in specs[id].needs if id in specs else ():
            place(need)
        rank[id] = len(rank)

    ids = list(specs)
    if order_seed is not None:
        random.Random(order_seed).shuffle(ids)  # noqa: S311 - a seed is meant to be replayed
    hidden = {id for id, spec in specs.items() if spec.hidden}
    for id in sorted(ids, key=lambda id: not hidden.isdisjoint(_needed(id, specs))):
        place(id)
    items.sort(key=lambda item: rank[spec_of(item).id])


def select(items: list[pytest.Item], specs: dict[str, Spec], plan: Plan) -> None:
    """Keep what `--only` asks for, with all that it needs, in the order that the plan asks for.

    Raises WrongUsage if there is no such check.
    """
    if plan.order_seed is not None:
        arrange(items, specs, plan.order_seed)
    wanted = set(specs)
    if plan.only is not None:
        if plan.only not in specs:
            close = get_close_matches(plan.only, specs, 1)
            raise WrongUsage(
                f"there is no check `{plan.only}`",
                help=f"did you mean `{close[0]}`?" if close else f"the checks are {', '.join(specs)}",
            )
        wanted = _needed(plan.only, specs)
    items[:] = [item for item in items if spec_of(item).id in wanted]
    plan.specs = {spec_of(item).id: spec_of(item) for item in items}


def broken_file(error: BaseException, path: Path) -> BrokenCheckpoint:
    """Return what is wrong with a check file that cannot be imported: file, line, caret."""
    cause = error.__cause__ or error.__context__ or error
    while isinstance(cause, pytest.Collector.CollectError) and cause.__cause__:
        cause = cause.__cause__
    if isinstance(cause, SyntaxError) and cause.lineno:
        return BrokenCheckpoint(
            f"{type(cause).__name__}: {cause.msg}",
            where=f"{cause.filename}:{cause.lineno}:{cause.offset or 1}",
            source=cause.text or "",
            column=cause.offset,
            help="mend this check file; no submission can be graded before",
        )
    file, line = str(path), 1
    step = cause.__traceback__
    while step is not None:
        if str(path.parent) in step.tb_frame.f_code.co_filename:
            file, line = step.tb_frame.f_code.co_filename, step.tb_lineno
        step = step.tb_next
    return BrokenCheckpoint(
        f"{type(cause).__name__}: {cause}",
        where=f"{file}:{line}",
        source=linecache.getline(file, line),
        help="mend this check file; no submission can be graded before",
    )


def _needed(id: str, specs: dict[str, Spec]) -> set[str]:
    found = {id}
    for need in specs[id].needs if id in specs else ():
        found |= _needed(need, specs)
    return found


def _circle(start: str, specs: dict[str, Spec]) -> list[str] | None:
    """Return a way from a check over its needs back to itself, if there is one."""

    def walk(id: str, way: list[str]) -> list[str] | None:
        for need in specs[id].needs if id in specs else ():
            if need == start:
                return [*way, need]
            if need not in way:
                found = walk(need, [*way, need])
                if found:
                    return found
        return None

    return walk(start, [start])


def _twice(first: Spec, second: Spec) -> BrokenCheckpoint:
    return _wrong(
        second,
        f"two checks have the id `{second.id}`; the other one is at {first.file}:{first.line}",
        "rename one of the two functions",
    )


def _wrong(spec: Spec, message: str, help: str) -> BrokenCheckpoint:
    source = linecache.getline(spec.file, spec.line)
    return BrokenCheckpoint(
        message, where=f"{spec.file}:{spec.line}", source=source, column=len(source) - len(source.lstrip()) + 1,
        help=help,
    )  # fmt: skip
