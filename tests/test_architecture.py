"""Hold the arrows of the house: who may import whom, and which guest lives in which room."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(__file__).parents[1] / "src" / "checkpoint"
# What `checkpoint new` writes: an author's files, and no part of the house.
TEMPLATE = SOURCES / "commands" / "new" / "template"

# What each room may import of checkpoint's own, most special first. "checkpoint" alone is __version__.
ARROWS = {
    "checkpoint.errors": set(),
    "checkpoint.model": set(),
    "checkpoint.past": {"checkpoint.model"},
    "checkpoint.scoring": {"checkpoint.model"},
    "checkpoint.course": {"checkpoint.errors", "checkpoint.model"},
    "checkpoint.intake": {"checkpoint.errors", "checkpoint.model", "checkpoint.intake"},
    "checkpoint.report": {"checkpoint.errors", "checkpoint.model", "checkpoint.past", "checkpoint.report"},
    "checkpoint.judge": {
        "checkpoint", "checkpoint.errors", "checkpoint.model", "checkpoint.scoring", "checkpoint.course",
        "checkpoint.intake", "checkpoint.judge", "checkpoint.worker.launch", "checkpoint.worker.wire",
    },
    "checkpoint.worker.wire": set(),
    "checkpoint.worker.launch": {
        "checkpoint.errors", "checkpoint.model", "checkpoint.worker.wire", "checkpoint.worker.spawn",
        "checkpoint.worker.printed",
    },
    "checkpoint.worker.printed": set(),
    "checkpoint.worker.spawn": {"checkpoint.errors", "checkpoint.worker.wire", "checkpoint.worker.folder"},
    "checkpoint.worker.folder": set(),
    "checkpoint.worker": {"checkpoint.worker"},
    "checkpoint.attempts": {"checkpoint.errors"},
    "checkpoint.batch.overview": {"checkpoint.model", "checkpoint.report", "checkpoint.batch.overview"},
    "checkpoint.batch.find": {
        "checkpoint.errors", "checkpoint.model", "checkpoint.intake", "checkpoint.batch.find", "checkpoint.batch.sheet",
    },
    "checkpoint.batch.sheet": {"checkpoint.errors", "checkpoint.report.visible"},
    "checkpoint.batch": {
        "checkpoint.errors", "checkpoint.model", "checkpoint.scoring", "checkpoint.report", "checkpoint.course",
        "checkpoint.intake", "checkpoint.judge", "checkpoint.batch",
    },
    "checkpoint.verify": {
        "checkpoint.errors", "checkpoint.model", "checkpoint.course", "checkpoint.intake", "checkpoint.judge",
        "checkpoint.report", "checkpoint.quiz.bank", "checkpoint.batch.tasks", "checkpoint.worker.launch",
        "checkpoint.verify",
    },
    # Where judges are: nothing else of a batch starts workers.
    "checkpoint.batch.judging": {
        "checkpoint.errors", "checkpoint.model", "checkpoint.report", "checkpoint.course", "checkpoint.intake",
        "checkpoint.judge", "checkpoint.worker.launch", "checkpoint.batch.tasks",
    },
    # Alone in its house: what a right answer is, and how a sitting runs, knows nothing of files and terminals.
    "checkpoint.quiz.question": set(),
    "checkpoint.quiz.paper": {"checkpoint.quiz.question"},
    "checkpoint.quiz.clock": set(),
    "checkpoint.quiz.sitting": {
        "checkpoint.model", "checkpoint.quiz.question", "checkpoint.quiz.paper", "checkpoint.quiz.clock",
    },
    "checkpoint.quiz.bank": {"checkpoint.errors", "checkpoint.quiz.question", "checkpoint.quiz.bank"},
    "checkpoint.quiz.exchange": {
        "checkpoint.errors", "checkpoint.quiz.question", "checkpoint.quiz.exchange", "checkpoint.quiz.bank.source",
        "checkpoint.quiz.bank.nodes",
    },
    "checkpoint.quiz": {
        "checkpoint", "checkpoint.errors", "checkpoint.model", "checkpoint.quiz", "checkpoint.report.visible",
    },
    "checkpoint.commands": {
        "checkpoint.course", "checkpoint.intake", "checkpoint.judge", "checkpoint.report", "checkpoint.worker.launch",
        "checkpoint.model", "checkpoint.errors", "checkpoint.quiz", "checkpoint.attempts", "checkpoint.batch",
        "checkpoint.verify", "checkpoint.past", "checkpoint.commands",
    },
    "checkpoint.commands.ci.wheel": {"checkpoint", "checkpoint.commands"},
    "checkpoint.cli": {
        "checkpoint", "checkpoint.errors", "checkpoint.model", "checkpoint.commands", "checkpoint.report.visible",
    },
    "checkpoint.__main__": {"checkpoint.cli"},
    "checkpoint": {"checkpoint.cli", "checkpoint.judge.api", "checkpoint.model"},
}  # fmt: skip

# Each guest has its room; flask besides lives on both sides of the wall.
GUESTS = {
    "pytest": ("checkpoint.judge",),
    "_pytest": (),
    "click": ("checkpoint.cli", "checkpoint.commands"),
    "rich": (
        "checkpoint.report.terminal",
        "checkpoint.report.svg",
        "checkpoint.quiz.screen",
        "checkpoint.commands.batch.progress",
    ),
    "prompt_toolkit": ("checkpoint.quiz.screen.keys",),
    "sqlite3": ("checkpoint.attempts", "checkpoint.batch.gradebook"),
    "platformdirs": ("checkpoint.attempts",),
    "yaml": ("checkpoint.quiz.bank",),
    "flask": (
        "checkpoint.judge",
        "checkpoint.worker.discover",
        "checkpoint.worker.inside",
        "checkpoint.worker.probe",
        "checkpoint.worker.zygote",
    ),
    "werkzeug": ("checkpoint.worker.probe", "checkpoint.judge.client"),
    "jinja2": ("checkpoint.worker.templates", "checkpoint.report.layout"),
    "packaging": ("checkpoint.commands.ci.pins",),
    "watchfiles": ("checkpoint.commands.watch.events",),
    "junitparser": ("checkpoint.report.junit",),
    "distributed": ("checkpoint.batch.cluster",),
    "dask": ("checkpoint.batch.cluster",),
    "landlockpy": ("checkpoint.worker.lockdown.files",),
    "pyseccomp": ("checkpoint.worker.lockdown.calls",),
    "ctypes": ("checkpoint.worker.lockdown.kernel", "checkpoint.worker.lockdown.calls"),
}
FAR_SIDE = (
    "inside",
    "probe",
    "exchange",
    "likeness",
    "templates",
    "tree",
    "discover",
    "facts",
    "names",
    "prying",
    "reaches",
    "folder",
    "lockdown",
    "lockdown.bounds",
    "lockdown.calls",
    "lockdown.files",
    "lockdown.kernel",
    "lockdown.places",
    "lockdown.remedies",
    "lockdown.root",
    "refusals",
    "wire",
    "zygote",
    "fresh",
)


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(path for path in SOURCES.rglob("*.py") if not path.is_relative_to(TEMPLATE)):
        parts = ["checkpoint", *path.relative_to(SOURCES).with_suffix("").parts]
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, anywhere in it, those for type checking only aside."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and path.name != "__init__.py"
        for statement in node.body
        for inner in ast.walk(statement)
    }
    names = {name for name, _ in modules()}
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield full if full in names else module


def room(module: str) -> set[str]:
    return ARROWS[max((name for name in ARROWS if f"{module}.".startswith(f"{name}.")), key=len)]


@pytest.mark.parametrize("module, path", modules(), ids=[name for name, _ in modules()])
def test_modules_import_only_along_the_arrows(module: str, path: Path) -> None:
    allowed = room(module)
    for imported in imports(path):
        if imported.partition(".")[0] == "checkpoint":
            within = (name for name in allowed if name != "checkpoint" and f"{imported}.".startswith(f"{name}."))
            assert any(within) or imported in allowed, f"{module} must not import {imported}"


@pytest.mark.parametrize("module, path", modules(), ids=[name for name, _ in modules()])
def test_guests_stay_in_their_rooms(module: str, path: Path) -> None:
    for imported in imports(path):
        guest = imported.partition(".")[0]
        if guest in GUESTS:
            assert any(f"{module}.".startswith(f"{home}.") for home in GUESTS[guest]), f"{module} imports {imported}"


@pytest.mark.parametrize("name", FAR_SIDE)
def test_the_far_side_imports_the_standard_library_flask_and_the_locks_only(name: str) -> None:
    place = SOURCES / "worker" / name.replace(".", "/")
    for imported in imports(place / "__init__.py" if place.is_dir() else place.with_suffix(".py")):
        top = imported.partition(".")[0]
        ours = imported == "checkpoint.worker" or imported.removeprefix("checkpoint.worker.") in FAR_SIDE
        theirs = top in sys.stdlib_module_names or top in ("flask", "werkzeug", "jinja2", "landlockpy", "pyseccomp")
        assert ours or theirs, imported


def test_nobody_on_the_judges_side_imports_what_runs_on_the_other() -> None:
    far = {f"checkpoint.worker.{name}" for name in FAR_SIDE} - {"checkpoint.worker.wire", "checkpoint.worker.folder"}
    for module, path in modules():
        if module.removeprefix("checkpoint.worker.") not in FAR_SIDE:
            assert not far & set(imports(path)), module


@pytest.mark.parametrize("module, path", modules(), ids=[name for name, _ in modules()])
def test_modules_can_be_held_in_the_head(module: str, path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= 450, f"{module} has {len(lines)} lines"
    assert path.stem not in ("utils", "helpers", "common", "manager")
    assert ast.get_docstring(ast.parse("\n".join(lines))), f"{module} does not say what it is"
