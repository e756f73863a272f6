"""Compare what is installed where: a verdict must not depend on the machine that it was formed on."""

from __future__ import annotations

import platform
from collections import defaultdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from checkpoint.errors import GradingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PACKAGES = ("checkpoint", "flask", "werkzeug", "jinja2", "pytest", "distributed")
OF_SCHEDULER = {"python", "checkpoint", "distributed"}  # it hands tasks on and judges nothing
MISSING = "missing"
_NAMED = 3  # machines in a row of the table


@cache
def here() -> dict[str, str]:
    """Return the versions on this machine, by package; of Python's only what comes before the second dot."""
    return {"python": _minor(platform.python_version()), **{name: _version(name) for name in PACKAGES}}


def refuse_differing(expected: Mapping[str, str], elsewhere: Mapping[str, Mapping[str, str | None]]) -> None:
    """Raise GradingError with a table of who differs; `elsewhere` has each machine's versions as Dask tells them."""
    differing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for machine, found in elsewhere.items():
        for name, there in _differences(expected, found):
            differing[name, there].append(machine)
    if not differing:
        return
    table = [("", "here", "there", "where")]
    table += [(name, expected[name], there, _listed(who)) for (name, there), who in sorted(differing.items())]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    raise GradingError(
        "the cluster has other versions than this machine, and marks may depend on them",
        source="\n    ".join(rows),
        help=_remedy(expected, dict(differing)),
    )


def refuse_other(expected: Mapping[str, str], where: str) -> None:
    """Raise GradingError if something is installed here in another version than where a batch was started."""
    found = here()
    differing = {(name, there): [where] for name, there in _differences(expected, found)}
    if differing:
        told = ", ".join(f"{name} {there} instead of {expected[name]}" for name, there in differing)
        raise GradingError(
            f"this worker joined with other versions: {told}", where=where, help=_remedy(expected, differing)
        )


def _differences(expected: Mapping[str, str], found: Mapping[str, str | None]) -> Iterable[tuple[str, str]]:
    for name, wanted in expected.items():
        if name in found:
            there = found[name] or MISSING
            there = _minor(there) if name == "python" else there
            if there != wanted:
                yield name, there


def _remedy(expected: Mapping[str, str], differing: Mapping[tuple[str, str], list[str]]) -> str:
    names = sorted({name for name, _there in differing})
    steps = [f"run Python {expected['python']} on the cluster"] if "python" in names else []
    pins = " ".join(f"{name}=={expected[name]}" for name in names if name != "python")
    return "; ".join([*steps, f"install there: pip install {pins}"] if pins else steps)


def _listed(machines: list[str]) -> str:
    more = f" and {len(machines) - _NAMED} more" if len(machines) > _NAMED else ""
    return ", ".join(machines[:_NAMED]) + more


def _minor(python: str) -> str:
    return ".".join(python.split(".")[:2])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return MISSING
