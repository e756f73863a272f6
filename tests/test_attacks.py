"""Hold the wall, and the judge behind it, against hostile submissions: a table of attacks and levels.

`attacks.py` says what a sample's head means. Here each one is graded at each level that this machine gives.
"""

from __future__ import annotations

import ctypes
import json
import re
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from checkpoint.report import FORMATS, render
from checkpoint.report.json import schema

from . import attacks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import Report

FULL_MARKS = 20
# An honest submission after each attack would take as long as all attacks.
EVERY = 5
VALIDATOR = Draft202012Validator(schema())
# What would act in a terminal, or hide or reorder what stands there.
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^(::[a-z]|##vso\[|##teamcity\[)", re.MULTILINE)
OURS = re.compile(r"Traceback \(most recent|checkpoint/(worker|judge)/|<string>, line 1, in <module>")


class Row:
    """Count the attacks on one ground, to know when the next submission has to show that it is unhurt."""

    def __init__(self, ground: attacks.Ground) -> None:
        self.ground = ground
        self.attacks = 0


@pytest.fixture(scope="module", params=attacks.SETUPS)
def row(request: pytest.FixtureRequest) -> Iterator[Row]:
    try:
        with attacks.ground(request.param) as ground:
            yield Row(ground)
    except attacks.NotHere as error:
        pytest.skip(f"this machine cannot isolate that way: {error}")


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in attacks.samples()])
def test_attack(row: Row, path: Path) -> None:
    ground = row.ground
    outcome = attacks.attack(path, ground)
    assert outcome.report.isolation.level == attacks.LEVELS[ground.setup]
    assert outcome.faults(ground.setup) == []
    VALIDATOR.validate(json.loads(render("json", outcome.report)))
    if ground.setup == "full":  # what is drawn, and how, depends on no level
        _expect_readable(outcome.report)
    row.attacks += 1
    if row.attacks % EVERY == 0:
        assert ground.honest_points() == FULL_MARKS


def test_the_solution_gets_full_marks_after_all_attacks(row: Row) -> None:
    assert row.ground.honest_points() == FULL_MARKS


def _expect_readable(report: Report) -> None:
    """Expect each format to be made without fault, and nothing that the app wrote to act in it."""
    for name in FORMATS:
        render(name, report, verbosity=1, hints=True).encode()
    shown = render("terminal", report, verbosity=1, hints=True)
    assert ACTING.search(shown.replace("\n", "")) is None
    assert COMMAND.search(shown) is None
    render("terminal", report, unicode=False).encode("ascii")
    told = [text for check in report.checks if check.feedback for text in (check.feedback.message,)]
    assert [text for text in (*told, *report.notes) if OURS.search(text)] == []


# What follows shows that the table can fail.


def test_an_attack_that_comes_through_is_seen(tmp_path: Path) -> None:
    """An app that achieves something, leaves something and earns more than its base has all three told of it."""
    base = (attacks.SAMPLES / "00_base" / "app.py").read_text()
    path = tmp_path / "app.py"
    path.write_text(
        base.replace('"placeholder"', "g.request_id")
        + "\nprint('PWNED')\nopen('__SIBLING__'.replace('app.py', 'mine.py'), 'w').close()\n"
    )
    try:
        with attacks.ground("partial") as ground:
            faults = " ".join(attacks.attack(path, ground).faults("partial"))
    except attacks.NotHere as error:
        pytest.skip(f"this machine cannot isolate that way: {error}")
    assert "PWNED" in faults
    assert "left behind: outside" in faults
    assert "12 points, where 00_base has 6" in faults


def test_a_head_that_promises_what_is_not_so_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "app.py"
    path.write_text(
        "# through: partial\n# check: page_loads failed\n# cause: exited\n# words: no such words\n"
        + (attacks.SAMPLES / "00_base" / "app.py").read_text()
    )
    try:
        with attacks.ground("partial") as ground:
            faults = attacks.attack(path, ground).faults("partial")
    except attacks.NotHere as error:
        pytest.skip(f"this machine cannot isolate that way: {error}")
    assert len(faults) == 4


def test_things_left_behind_are_seen() -> None:
    """A process, a file in shared memory, memory of System V, a socket and a descriptor that stay are each named."""
    libc = ctypes.CDLL(None)
    shared = Path("/dev/shm/pwned-by-a-test")
    with attacks.ground("partial") as ground:
        before = attacks.state(ground)
        with subprocess.Popen(["sleep", "60"]) as process, socket.socket(socket.AF_UNIX) as listening:
            memory = libc.shmget(attacks.MARK_KEY, 4096, 0o1600)
            try:
                shared.touch()
                listening.bind("\0pwned-by-a-test")
                left = attacks.left_behind(before, attacks.state(ground))
            finally:
                process.kill()
                shared.unlink()
                libc.shmctl(memory, 0, None)
    kinds = {thing.partition(":")[0] for thing in left}
    assert kinds == {"public", "process", "descriptor", "System V IPC", "socket"}


# What the documents say.


def test_docs_name_what_comes_through_and_nothing_else() -> None:
    page = (attacks.ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    section = page.partition("## What comes through at weaker levels")[2].partition("\n## ")[0]
    rows = [row.split("|")[-2] for row in section.splitlines() if row.startswith("|")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    heads = {path.name: attacks.read_head(path) for path in attacks.samples()}
    assert named == {name for name, head in heads.items() if head.through or head.maybe}
