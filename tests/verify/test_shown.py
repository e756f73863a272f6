"""A proof in every format: nothing is lost, nothing acts, and the matrix can be read."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from checkpoint.verify.proof import Column, Comparison, Finding, Proof, Run, Trial
from checkpoint.verify.shown import is_proof, render
from checkpoint.verify.shown.json import schema

if TYPE_CHECKING:
    from checkpoint.verify.proof import Verdict

DIFF = "--- app.py\n+++ app.py\n@@ -1,3 +1,3 @@\n one\n-visits + 1\n+visits + 2\n"
FORMATS = ("terminal", "json", "html")


def trial(number: int, marks: str, verdict: Verdict = "killed", **more: Any) -> Trial:
    words: dict[str, Any] = {"x": "failed", ".": "passed", "-": "blocked", "?": "undecided", "!": "error"}
    return Trial(
        f"off-by-one:HomeView.get:{number}", "off-by-one", "One too many.", "app.py", number, f"app.py:{number}", DIFF,
        tuple(words[mark] for mark in marks), verdict, **more,
    )  # fmt: skip


def proof(*findings: Finding, checks: int = 3, **more: Any) -> Proof:
    marks = ("x.-?" * checks)[:checks]
    given = {
        "checkpoint_id": "hello",
        "checkpoint_title": "Hello",
        "fingerprint": "f" * 64,
        "root": "course",
        "seed": 7,
        "columns": tuple(
            Column(f"check_{number}", f"Check {number}", 1, f"checks/test_x.py:{number}", number, number // 2)
            for number in range(checks)
        ),
        "findings": findings,
        "runs": (
            Run(7, ("check_0",), False, ("passed",) * checks, ()),
            Run(8, ("check_0",), True, *2 * [("passed",) * checks]),
        ),
        "trials": (trial(1, marks), trial(42, "." * checks, "waived", reason="It makes no difference.")),
        "variants": (Comparison("broken/x.py", "fail check_0", ("failed",) * checks),),
        "duration_ms": 1234.5,
        "versions": {"checkpoint": "0.1.0"},
        "started_at": datetime(2026, 1, 2, tzinfo=UTC),
    }
    return Proof(**{**given, **more})  # type: ignore[arg-type]


SURVIVOR = Finding("survivor", "No check notices this.", "solution/app.py:3", "let a check ask for it", DIFF)
IDLE = Finding("idle", "Nothing makes `check_2` fail.", "checks/test_x.py:9", "look at it")


def terminal(shown: Proof, **style: Any) -> str:
    text = render("terminal", shown, **style)
    width = style.get("width", 80)
    assert max(map(cell_len, text.splitlines())) <= width
    return text


def test_what_does_not_hold_stands_first_and_last():
    lines = terminal(proof(SURVIVOR, IDLE)).splitlines()
    assert lines[2] == "✗ surviving mutant  solution/app.py:3"
    assert "│ +visits + 2" in "".join(lines[:10])
    assert lines[-1] == "Not proved: 2 findings."
    assert lines[-5].startswith("✗ solution/app.py:3: surviving mutant: No check notices this.")


def test_a_proof_that_holds_says_so_last():
    text = terminal(proof())
    assert text.splitlines()[-1] == "Proved: its checks accept what is right and notice what is wrong."
    said = "2 mutants: 1 noticed, 1 waived. 3 checks, 2 runs of solution and starter (1 in another order of checks)"
    assert said in " ".join(text.split())


def test_the_matrix_has_a_row_for_each_mutant_and_a_column_for_each_check():
    lines = terminal(proof()).splitlines()
    header = next(number for number, text in enumerate(lines) if text.split() == ["1", "2", "3"])
    assert lines[header + 1].split() == ["1", "off-by-one:HomeView.get:1", "x", ".", "-"]
    assert lines[header + 2].split() == ["~", "42", "off-by-one:HomeView.get:42", ".", ".", "."]
    assert lines[header].rindex("3") == lines[header + 1].rindex("-")


@pytest.mark.parametrize("width", [20, 40, 80, 120])
@pytest.mark.parametrize("checks", [1, 12, 30, 130])
def test_no_cell_of_the_matrix_is_lost_however_narrow_it_is(width: int, checks: int):
    text = terminal(proof(checks=checks), width=width, unicode=False)
    rows = [line for line in text.splitlines() if line.startswith("    1 off-")]
    cells = "".join(row[6:].partition(" ")[2] for row in rows).replace(" ", "")
    assert cells == ("x.-?" * checks)[:checks]


def test_colour_is_never_the_only_carrier_and_only_there_if_wanted():
    shown = proof(SURVIVOR)
    colored = render("terminal", shown, color=True)
    assert "\x1b[31m" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == terminal(shown)
    assert "\x1b" not in terminal(shown)


def test_without_unicode_it_is_ascii():
    assert terminal(proof(SURVIVOR, IDLE), unicode=False).isascii()


def test_quiet_has_the_findings_and_the_verdict_only():
    assert len(terminal(proof(SURVIVOR, IDLE), verbosity=-1).splitlines()) == 5


def test_verbose_has_what_is_waived_and_the_order_of_checks():
    text = terminal(proof(), verbosity=1)
    assert "waived  off-by-one:HomeView.get:42: It makes no difference." in text
    assert text.count("+visits + 2") == 1
    assert "off-by-one:HomeView.get:1 0 ms" in text


def test_a_proof_without_trials_says_that_none_was_tried():
    text = terminal(proof(SURVIVOR, trials=()))
    assert "No mutant was tried." in text
    assert "Which check" not in text


@pytest.mark.parametrize("shown", [proof(), proof(SURVIVOR, IDLE), proof(SURVIVOR, trials=(), variants=())])
def test_json_keeps_its_schema(shown: Proof):
    Draft202012Validator.check_schema(schema())
    document = json.loads(render("json", shown))
    Draft202012Validator(schema()).validate(document)
    assert document["holds"] == shown.holds
    assert [finding["rule"] for finding in document["findings"]] == [finding.rule for finding in shown.findings]


def test_json_has_the_whole_matrix():
    document = json.loads(render("json", proof()))
    assert document["mutants"][0]["statuses"] == {"check_0": "failed", "check_1": "passed", "check_2": "blocked"}
    assert document["mutants"][1]["waived"] == "It makes no difference."
    assert [check["kills_alone"] for check in document["checks"]] == [0, 0, 1]


class _Page(HTMLParser):
    """Read a page: its texts, its rows, and which tags are left open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())
        if "tr" in self.open and data.strip():
            self.rows[-1][-1] += data.strip()


def test_html_is_well_formed_and_has_findings_and_matrix():
    page = _Page(render("html", proof(SURVIVOR, IDLE)))
    assert page.open == []
    assert "No check notices this." in page.texts
    assert "+visits + 2" in page.texts
    assert page.rows == [
        ["Line", "Mutant", "1", "2", "3", "Result"],
        ["1", "off-by-one:HomeView.get:1", "x", ".", "-", "noticed"],
        ["42", "off-by-one:HomeView.get:42", ".", ".", ".", "waived"],
    ]
    assert "script" not in page.tags


HOSTILE = "</style><script>alert(1)</script>\x1b[31m\u202e::error::x"


@pytest.mark.parametrize("format_name", FORMATS)
def test_nothing_in_it_acts(format_name: str):
    finding = Finding("error", HOSTILE, HOSTILE, HOSTILE, f"--- a\n+++ b\n+{HOSTILE}\n")
    column = Column(HOSTILE, HOSTILE, 1, HOSTILE)
    shown = proof(
        finding, checks=1, checkpoint_title=HOSTILE, columns=(column,), trials=(replace(trial(1, "x"), id=HOSTILE),)
    )
    text = render(format_name, shown)
    assert "\x1b" not in text
    assert "\u202e" not in text
    if format_name == "html":
        assert "<script" not in text
    if format_name == "terminal":
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_proof_is_known_by_its_looks(format_name: str):
    assert is_proof(render(format_name, proof(SURVIVOR)))
    assert is_proof(render(format_name, proof()))
    assert not is_proof("print('hello')\n")
