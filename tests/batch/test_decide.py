"""A person decides what could not be judged: one check or a table of them, all or nothing, and can take it back."""

from __future__ import annotations

import csv
import errno
import getpass
import json
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint.batch import gradebook, outputs
from checkpoint.batch.gradebook import Gradebook, pages
from checkpoint.batch.tasks import Result

from ..report import reports
from .books import FAILED, OPEN, OURS, PASSED, STOPPED, files, filled, handed_in_again, kept, made

if TYPE_CHECKING:
    from pathlib import Path

    from ..conftest import Answer, Cli, Write

WHY = ("--reason", "The lock guards the id.", "--who", "Ada")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return filled(tmp_path / "out", joan=OPEN, grace=FAILED, mary=OURS, olga=STOPPED)


@pytest.fixture
def run(cli: Cli) -> Cli:
    """Return the command."""
    return lambda *argv: cli("batch", "decide", *argv)


def row(out: Path, id: str) -> dict[str, str]:
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["id"] == id)


def row_after_outputs(out: Path, id: str) -> dict[str, str]:
    with Gradebook.open(out) as book:
        outputs.write(book)
    return row(out, id)


def document(out: Path, id: str) -> Any:
    return json.loads((out / f"reports/{id}.json").read_text(encoding="utf-8"))


def decided(out: Path) -> list[tuple[str, str, str]]:
    with Gradebook.read(out) as book:
        return list(book.rows("SELECT id, check_id, verdict FROM decisions ORDER BY id"))


def refused(answer: Answer, *words: str) -> bool:
    """Say whether a command was refused in these words, with exit code 2 and nothing on standard output."""
    return (answer.code, answer.out) == (2, "") and all(word in answer.err for word in words)


def test_a_decision_counts_wherever_the_result_is_shown(run: Cli, out: Path):
    answer = run(out, "joan", "header_from_g", "passed", *WHY)
    assert answer == (0, "joan: 5 of 5 points. Passed.\n", "")
    assert (row(out, "joan")["points"], row(out, "joan")["header_from_g"]) == ("5", "passed (decided)")
    assert document(out, "joan")["passed"] is True
    decision = document(out, "joan")["checks"][1]["decision"]
    assert (decision["verdict"], decision["reason"], decision["who"]) == ("passed", "The lock guards the id.", "Ada")
    assert "Decided by Ada" in (out / "reports/joan.html").read_text(encoding="utf-8")


def test_a_check_that_could_not_be_run_can_be_decided(run: Cli, out: Path):
    assert run(out, "mary", "home_link", "failed", *WHY).code == 0
    assert (row(out, "mary")["points"], row(out, "mary")["home_link"]) == ("1", "failed (decided)")


def test_a_decision_can_be_changed_and_taken_back(run: Cli, out: Path):
    run(out, "joan", "header_from_g", "passed", *WHY)
    assert "1 check to go" in run(out, "joan", "header_from_g", "failed", *WHY).out
    assert decided(out) == [("joan", "header_from_g", "failed")]
    answer = run(out, "joan", "header_from_g", "--undo")
    assert answer.out == "joan: 1 of 5 points (20 %), not passed yet: 1 check undecided\n"
    assert decided(out) == []
    assert document(out, "joan")["checks"][1]["decision"] is None
    assert row(out, "joan")["needs_person"] == "header_from_g"
    assert refused(run(out, "joan", "header_from_g", "--undo"), "nothing was decided")


def test_who_decides_is_by_default_who_is_logged_in(run: Cli, out: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "grace\thopper")
    run(out, "joan", "header_from_g", "passed", "--reason", " two\n lines ")
    decision = document(out, "joan")["checks"][1]["decision"]
    assert (decision["who"], decision["reason"]) == ("grace hopper", "two lines")


def test_where_nobody_is_logged_in_the_name_is_asked_for(run: Cli, out: Path, monkeypatch: pytest.MonkeyPatch):
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4321")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert refused(run(out, "joan", "header_from_g", "passed", "--reason", "x"), "who you are", "--who")
    assert run(out, "joan", "header_from_g", "passed", *WHY).code == 0


# What is refused.


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("joan", "--undo"), "Give its CHECK"),
        (("joan", "--reason", "x"), "Give its CHECK"),
        (("jaon",), "did you mean 'joan'?"),
        (("JOAN", "header_from_g", "passed", *WHY), "did you mean 'joan'?"),
        (("joan", "HEADER_FROM_G", "passed", *WHY), "did you mean 'header_from_g'?"),
        (("olga", "home_link", "passed", *WHY), "was not graded to its end"),
        (("joan", "header_from_g"), "why with --reason"),
        (("joan", "header_from_g", "passed"), "why with --reason"),
        (("joan", "header_from_g", "passed", "--reason", " \n", "--who", "A"), "a decision needs a reason"),
        (("joan", "header_from_g", "passed", "--reason", "x" * 2001, "--who", "A"), "the reason is too long"),
        (("joan", "header_from_g", "passed", "--reason", "x", "--who", "x" * 201), "the name is too long"),
        (("joan", "header_from_g", "maybe", *WHY), "'maybe' is not one of 'passed', 'failed'"),
        (("joan", "header_from_g", "passed", "--undo"), "neither a new one"),
        (("--undo",), "Whose check"),
        (("--reason", "x"), "Whose check"),
        (("joan", "--csv", "f.csv"), "--csv says all"),
        (("jaon", "header_from_g", "passed", *WHY), "did you mean 'joan'?"),
        (("zzzzzz", "header_from_g", "passed", *WHY), "lists what is open"),
        (("joan", "header_form_g", "passed", *WHY), "did you mean 'header_from_g'?"),
        (("joan", "zzzzzz", "passed", *WHY), "the checks are page_loads, header_from_g"),
        (("joan", "page_loads", "failed", *WHY), "it is 'passed'"),
        (("grace", "visit_count", "passed", *WHY), "it is 'failed'"),
        (("grace", "visit_per_visitor", "passed", *WHY), "it is 'blocked'"),
    ],
)
def test_what_cannot_be_decided_is_refused(run: Cli, out: Path, argv: tuple[str, ...], words: str):
    assert refused(run(out, *argv), words)
    assert decided(out) == []


def test_a_folder_without_a_gradebook_gets_none(run: Cli, tmp_path: Path):
    for argv in ((), ("joan", "header_from_g", "passed", *WHY)):
        assert refused(run(tmp_path, *argv), "there is no gradebook in this folder", "`checkpoint batch` makes one")
    assert list(tmp_path.iterdir()) == []


def test_while_a_batch_is_running_nothing_can_be_decided_but_all_be_listed(run: Cli, out: Path):
    with Gradebook.open(out):
        assert refused(run(out, "joan", "header_from_g", "passed", *WHY), "somebody is writing to this folder")
        assert "joan  header_from_g" in run(out).out


# A table.


def test_a_table_of_decisions(run: Cli, out: Path, write: Write):
    table = write(
        "decisions.csv",
        """
        ID,Check,Decision,Reason,Who,ours
        joan,header_from_g,Passed,"The lock, which ""guards"",
        the id",,kept
        \n
        mary,home_link,failed,No link,Grace,
        """,
    )
    assert run(out, "--csv", table, "--who", "Ada") == (0, "2 decisions recorded.\n", "")
    assert decided(out) == [("joan", "header_from_g", "passed"), ("mary", "home_link", "failed")]
    decision = document(out, "joan")["checks"][1]["decision"]
    assert (decision["reason"], decision["who"]) == ('The lock, which "guards", the id', "Ada")
    assert document(out, "mary")["checks"][1]["decision"]["who"] == "Grace"
    assert row(out, "mary")["home_link"] == "failed (decided)"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_as_spreadsheets_write_it(run: Cli, out: Path, tmp_path: Path, separator: str):
    def quoted(cell: str) -> str:
        return f'"{cell}"' if separator in cell else cell

    table = tmp_path / "decisions.csv"
    cells = (
        ("id", "Notes, mine", "check", "decision", "reason"),
        ("joan", "", "header_from_g", "passed", "geprüft, gut"),
    )
    table.write_bytes(("\ufeff" + "".join(f"{separator.join(map(quoted, row))}\r\n" for row in cells)).encode())
    assert run(out, "--csv", table).code == 0
    assert document(out, "joan")["checks"][1]["decision"]["reason"] == "geprüft, gut"


def test_an_id_may_be_copied_from_the_table_of_the_class(run: Cli, tmp_path: Path, write: Write):
    out = filled(tmp_path / "out", **{"=joan": OPEN})
    table = write("decisions.csv", "id,check,decision,reason,who\n'=joan,header_from_g,passed,Good,Ada\n")
    assert run(out, "--csv", table).code == 0
    assert decided(out) == [("=joan", "header_from_g", "passed")]


HEADER = "id,check,decision,reason,who\n"
GOOD = "joan,header_from_g,passed,Good,Ada\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "csv:1: there is no column `id`"),
        (HEADER, "no decision in this file"),
        ("id,check,reason\n", "csv:1: there is no column `decision`"),
        (HEADER + GOOD + "mary,home_link,maybe,x,Ada\n", "csv:3: a check is decided 'passed' or 'failed', not 'maybe'"),
        (HEADER + GOOD + "mary,home_link,,x,Ada\n", "csv:3: a check is decided"),
        (HEADER + GOOD + "\nmary,home_link,failed\n", "csv:4: a decision needs a reason"),
        (HEADER + GOOD + "mray,home_link,failed,x,Ada\n", "csv:3: nobody in this gradebook has the id 'mray'"),
        (HEADER + GOOD + "olga,home_link,passed,x,Ada\n", "csv:3: 'olga' was not graded to its end"),
        (HEADER + GOOD + "mary,page_loads,failed,x,Ada\n", "csv:3: 'page_loads' of 'mary' is not for a person"),
        (HEADER + GOOD + 'mary,home_link,failed,"x\ny\nz",Ada\n' + GOOD, "csv:6: 'header_from_g' of 'joan' is decided"),
        (HEADER + GOOD + 'mary,home_link,failed,"x,Ada\n', "csv:3: this is no CSV"),
    ],
)
def test_a_table_with_a_mistake_is_refused_by_its_line_and_nothing_is_recorded(
    run: Cli, out: Path, write: Write, text: str, words: str
):
    assert refused(run(out, "--csv", write("decisions.csv", text)), words)
    assert decided(out) == []


@pytest.mark.parametrize(("module", "name"), [(gradebook, "check_rows"), (pages, "write")])
def test_a_table_is_recorded_wholly_or_not_at_all(
    run: Cli, out: Path, write: Write, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
):
    table = write("decisions.csv", f"{HEADER}{GOOD}mary,home_link,failed,x,Ada\n")
    calls = count()

    def fail(*given: Any, **named: Any) -> Any:
        if next(calls) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*given, **named)

    real, before = getattr(module, name), files(out)
    monkeypatch.setattr(module, name, fail)
    answer = run(out, "--csv", table)
    assert (answer.code, answer.out) == (3, "")
    assert "no space left on device" in answer.err
    monkeypatch.undo()
    stored = module is pages  # what comes behind the commit
    assert len(decided(out)) == (2 if stored else 0)
    if not stored:
        assert files(out) == before
    with Gradebook.open(out) as book:
        assert files(out) == made(**kept(book))
        assert (files(out) == before) is not stored
    assert run(out, "--csv", table).code == 0
    assert row(out, "mary")["home_link"] == "failed (decided)"


def test_a_table_that_cannot_be_read_is_refused(run: Cli, out: Path, tmp_path: Path):
    assert refused(run(out, "--csv", tmp_path / "missing.csv"), "cannot read this file", "missing.csv")
    (tmp_path / "latin.csv").write_bytes(HEADER.encode() + "joan,header_from_g,passed,geprüft,Ada\n".encode("latin-1"))
    assert refused(run(out, "--csv", tmp_path / "latin.csv"), "not UTF-8")


# What is open.


def test_what_is_open_is_listed_with_what_to_look_at(run: Cli, tmp_path: Path):
    placed = reports.report(reports.PASSED, reports.not_reached(reports.FIRST))
    out = filled(tmp_path / "out", joan=OPEN, grace=FAILED, mary=OURS, **{"Annie E.": placed})
    answer = run(out)
    assert (answer.code, answer.err) == (0, "")
    first, *_, last = answer.out.split("\n\n")
    assert first.split("\n") == [
        "joan  header_from_g  undecided",
        "  What is on g is a lock, which cannot be exchanged. Keep text or a number on g, and this can be checked.",
        f"  see {out}/reports/joan.html",
    ]
    assert "mary  home_link  error" in answer.out
    assert "grace" not in answer.out
    assert f"  see {out}/reports/Annie-E-" in answer.out
    assert last == f"Open: 3. Decide with: checkpoint batch decide {out} ID CHECK passed|failed --reason TEXT\n"


def test_what_was_decided_is_no_longer_open(run: Cli, out: Path):
    run(out, "joan", "header_from_g", "passed", *WHY)
    run(out, "mary", "home_link", "passed", *WHY)
    assert run(out) == (0, "Nothing is open: no check waits for a person.\nDecided already: 2.\n", "")


def test_what_was_not_graded_to_its_end_is_not_listed(run: Cli, out: Path):
    assert "olga" not in run(out).out
    assert row_after_outputs(out, "olga")["needs_person"] == ""


def test_one_learner_can_be_looked_at(run: Cli, tmp_path: Path):
    out = filled(tmp_path / "my out", **{"=joan d": OPEN, "mary": OURS})
    answer = run(out, "'=joan d")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("=joan d  header_from_g  undecided\n")
    assert "mary" not in answer.out
    assert answer.out.endswith(
        f"Open: 1. Decide with: checkpoint batch decide '{out}' '=joan d' CHECK passed|failed --reason TEXT\n"
    )
    run(out, "=joan d", "header_from_g", "passed", *WHY)
    assert run(out, "=joan d").out == "=joan d  header_from_g  decided: passed, by Ada: The lock guards the id.\n"
    assert "mary" in run(out).out
    assert f"checkpoint batch decide '{out}' ID CHECK passed|failed" in run(out).out
    assert run(out).out.endswith("Decided already: 1.\n")


def test_one_learner_of_whom_there_is_nothing_to_say(run: Cli, out: Path):
    assert run(out, "grace").out == "grace: nothing is open, and nothing was decided.\n"


def test_a_decision_about_an_earlier_submission_is_told_and_does_not_count(run: Cli, out: Path):
    run(out, "joan", "header_from_g", "passed", *WHY)
    with Gradebook.open(out) as book:
        book.store([Result("joan", handed_in_again(OPEN))])
    told = "  decided for an earlier submission: passed, by Ada: The lock guards the id.\n"
    assert told in run(out).out
    assert refused(run(out, "joan", "header_from_g", "--undo"), "nothing was decided")
    assert run(out, "joan", "header_from_g", "failed", *WHY).code == 0
    assert len(decided(out)) == 2


def test_nobodys_words_act_on_the_terminal(run: Cli, tmp_path: Path):
    out = filled(tmp_path / "out", **{"\x1b[2J": reports.report(*reports.hostile("::error::\x1b[2J").checks[3:4])})
    answer = run(out)
    assert answer.code == 0
    for line in answer.out.split("\n"):
        assert line.isprintable()
        assert not line.lstrip().startswith("::")
    told = run(out, "\x1b[2J", "nothing", "passed", *WHY)
    assert told.err.replace("\n", "").isprintable()


def test_the_class_keeps_its_other_marks(run: Cli, tmp_path: Path):
    out = filled(tmp_path / "out", joan=OPEN, ada=PASSED)
    run(out, "joan", "header_from_g", "failed", *WHY)
    with Gradebook.open(out) as book:
        assert book.report("ada") == PASSED
        assert (book.counts().passed, book.counts().failed, book.counts().undecided) == (1, 1, 0)
