"""`checkpoint verify` as it is typed: what it says of a checkpoint that holds, and of one that was spoilt."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from checkpoint.commands import progress
from checkpoint.commands.verify.progress import showing
from checkpoint.verify.shown.json import schema
from tests.verify.conftest import CHECKS, GRADER, README, SOLUTION, STARTER, Here, holding

if TYPE_CHECKING:
    from tests.conftest import Answer, Cli, Write
    from tests.verify.conftest import Holding

__all__ = ["holding"]  # the fixture

here = pytest.mark.usefixtures("judges_here")
early = pytest.mark.usefixtures("no_worker")  # wrong usage, so nobody's app may run


@pytest.fixture
def judges_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have mutants judged in this process, which is all the same to what is found, and faster."""
    monkeypatch.setattr("checkpoint.batch.pool.LocalJudges", Here)


def verified(cli: Cli, root: Path, *options: object) -> tuple[Answer, dict[str, Any]]:
    """Return the answer on a checkpoint, and its proof."""
    answer = cli("verify", root, "--report", f"json={root.parent / 'proof.json'}", *options)
    proof: dict[str, Any] = json.loads((root.parent / "proof.json").read_text("utf-8"))
    Draft202012Validator(schema()).validate(proof)
    assert answer.code == (0 if proof["holds"] else 1)
    return answer, proof


def rules(proof: dict[str, Any]) -> list[str]:
    return [finding["rule"] for finding in proof["findings"]]


def test_a_checkpoint_that_holds(cli: Cli, holding: Holding, tmp_path: Path):
    root = holding()
    answer, proof = verified(cli, root, "--report", f"html={tmp_path / 'proof.html'}", "--keep", "--jobs", "2")
    assert answer.out.splitlines()[-1] == "Proved: its checks accept what is right and notice what is wrong."
    assert proof["findings"] == []
    assert {mutant["verdict"] for mutant in proof["mutants"]} == {"killed"}
    assert len(proof["runs"]) > 5
    assert {tuple(run["order"]) for run in proof["runs"]} == {("hello", "name"), ("name", "hello")}
    assert {tuple(run["solution"].values()) for run in proof["runs"]} == {("passed", "passed")}
    assert "Proved: " in (tmp_path / "proof.html").read_text("utf-8")
    kills = json.loads((root / "kills.json").read_text("utf-8"))["kills"]
    assert {id: len(names) for id, names in kills.items()} == {
        check["id"]: check["kills"] + 1
        for check in proof["checks"]  # for both fail for the starter, too
    }


@here
def test_a_check_that_asks_nothing_any_more_is_named(cli: Cli, holding: Holding):
    weak = CHECKS.replace(
        'page = learner.get(f"/?name={name}").ok()\n    expect(page.json == {"hello": name}', "expect(name"
    )
    answer, proof = verified(cli, holding(checks=weak))
    found = {finding["rule"]: finding for finding in proof["findings"]}
    assert set(found) == {"idle", "survivor"}
    assert "`name`" in found["idle"]["message"]
    assert found["idle"]["where"].endswith("checks/test_hello.py:11")
    assert "-    return" in found["survivor"]["diff"]
    assert answer.out.splitlines()[-1].startswith("Not proved: ")


@here
def test_what_does_not_hold_is_not_kept(cli: Cli, holding: Holding):
    root = holding(starter=SOLUTION)
    _, proof = verified(cli, root, "--keep")
    assert set(rules(proof)) == {"starter"}
    assert not (root / "kills.json").exists()


@here
def test_a_solution_that_does_not_pass_ends_it_there(cli: Cli, holding: Holding):
    answer, proof = verified(cli, holding(checks=CHECKS.replace('{"hello": name}', "name")))
    assert rules(proof) == ["solution"]
    assert proof["mutants"] == []
    assert "No mutant was tried." in answer.out


LEFTOVERS = """
from checkpoint import check, expect

seen = []


@check(hints=["It is a dict."])
def test_hello(learner, solution):
    '''It says hello.'''
    seen.append(1)
    page, wanted = learner.get("/?name=Ada").ok(), solution.get("/?name=Ada").ok()
    expect(page.json == wanted.json, "It should say hello.")


@check(hints=["Look."])
def test_name(learner):
    '''It says hello to the world.'''
    expect(seen and learner.get("/").ok().json == {"hello": "world"}, "It should say hello to the world.")
"""


@here
def test_a_check_that_lives_on_what_another_one_leaves_behind(cli: Cli, holding: Holding):
    _, proof = verified(cli, holding(checks=LEFTOVERS, readme="`hello` and `name`"))
    found = {finding["rule"]: finding["message"] for finding in proof["findings"]}
    assert "The solution does not pass `name`" in found["order"]
    assert "as the first one" in found["order"]
    assert "For the solution `name` is passed behind the other checks, and failed alone" in found["alone"]


@here
def test_checks_are_measured_by_variants_and_by_what_was_kept(cli: Cli, holding: Holding, write: Write, tmp_path: Path):
    write("variants/right.py", f"# expect: pass\n{SOLUTION}")
    write("variants/deep/app.py", f"# expect: fail name\n{STARTER}")
    write("variants/wrong.py", f"# expect: pass\n{STARTER}")
    write("variants/mute.py", SOLUTION)
    root = holding()
    (root / "kills.json").write_text('{"schema": "checkpoint.kills/1", "kills": {"name": ["no-default:hello"]}}')
    _, proof = verified(cli, root, "--variants", tmp_path / "variants")
    assert rules(proof) == ["weaker", "variant", "variant"]
    assert proof["findings"][0]["message"].startswith("`name` no longer notices no-default:hello: ")
    told = {Path(finding["where"]).name: finding["message"] for finding in proof["findings"]}
    assert told["wrong.py"].startswith("It says `expect: pass`, and `hello` is failed (and 1 more): It should say")
    assert told["mute.py"] == "Nothing in its first lines says what is expected."
    assert len(proof["variants"]) == 4


@here
def test_a_survivor_can_be_waived_with_a_reason(cli: Cli, holding: Holding):
    weak = CHECKS.replace("expect(page.json == wanted.json,", "expect(page.json,")
    _, proof = verified(cli, holding(checks=weak))
    survivors = [mutant["id"] for mutant in proof["mutants"] if mutant["verdict"] == "survived"]
    assert survivors
    waived = dict.fromkeys(survivors, "Nobody calls it without a name.")
    grader = GRADER.replace("waived={}", f"waived={waived!r}")
    answer, proof = verified(cli, holding(checks=weak, grader=grader), "-v")
    assert rules(proof) == []
    assert f"{len(survivors)} waived" in answer.out
    assert "Nobody calls it without a name." in answer.out


HANGING = CHECKS.replace(
    "    name = rng",
    "    import sys, time\n    print('NOW', file=sys.__stderr__, flush=True)\n    time.sleep(3600)\n    name = rng",
)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(
    ("number", "code", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_check_that_hangs_can_be_interrupted_and_is_named(
    holding: Holding, number: signal.Signals, code: int, word: str
):
    root = holding(checks=HANGING)
    command = [Path(sys.executable).with_name("checkpoint"), "verify", root.name, "--jobs", "1"]
    with subprocess.Popen(
        command, cwd=root.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "NOW\n"
        os.killpg(process.pid, number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (code, "")
    named, *_, last = err.splitlines()
    assert named == "checkpoint: course/checks/test_hello.py:11: `name` was running, for course/solution"
    assert last == f"checkpoint: {word}"
    assert "Traceback" not in err


@early
def test_what_was_kept_is_read_before_anything_takes_its_time(cli: Cli, holding: Holding):
    root = holding()
    (root / "kills.json").write_text("{}")
    answer = cli("verify", root)
    assert (answer.code, answer.out) == (2, "")
    assert "kills.json: this is not what checkpoint keeps there" in answer.err


@early
@pytest.mark.parametrize(
    ("waived", "words"),
    [
        ("waived={'off-by-one:f': ''}", "'off-by-one:f' is waived without a reason"),
        ("waived={'off-by-one:f': '  '}", "'off-by-one:f' is waived without a reason"),
        ("waived={'off-by-one:f': None}", "'off-by-one:f' is waived without a reason"),
        ("waived={3: 'why'}", "3 is waived without a reason"),
        ("waived=['off-by-one:f']", "waived must be a dict"),
    ],
)
def test_a_waiver_without_a_reason_is_refused_with_its_line(cli: Cli, holding: Holding, waived: str, words: str):
    root = holding(grader=GRADER.replace("waived={}", waived))
    answer = cli("verify", root)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert "grader.py" in answer.err
    if "dict" not in words:
        assert "grader.py:3: " in answer.err
        assert waived in answer.err


@early
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--report", "junit"], "the formats are terminal, json, html"),
        (["--report", "json="], "the file's name is missing"),
        (["--report", "json", "--report", "html"], "cannot both go to standard output"),
        (["--report", "json={root}/x", "--report", "html={root}/x"], "json and html cannot both go to"),
        (["--report", "json={root}/grader.py"], "this file, which is no proof"),
        (["--report", "json={root}/nowhere/x.json"], "there is no folder"),
        (["--variants", "{root}/nowhere"], "there is no such folder"),
        (["--variants", "{root}/empty"], "there is no variant below this folder"),
        (["--checkpoint", "{root}"], "leave one of them out"),
    ],
)
def test_wrong_usage(cli: Cli, holding: Holding, options: list[str], words: str):
    root = holding()
    (root / "empty").mkdir()
    answer = cli("verify", root, *(option.format(root=root) for option in options))
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err


@early
def test_a_folder_that_is_no_checkpoint(cli: Cli, tmp_path: Path):
    answer = cli("verify", tmp_path)
    assert answer.code == 2
    assert "there is no grader.py in it" in answer.err


@here
def test_promises_and_strays_are_looked_at_too_and_quiet_says_it_in_a_line_each(cli: Cli, holding: Holding):
    root = holding(readme=README.replace("**5**", "**6**"), checks=CHECKS.replace('hints=["request.args"]', "hints=[]"))
    (root / "solution/app.py.orig").write_text("")
    answer, proof = verified(cli, root, "-q")
    assert rules(proof) == ["hints", "docs", "stray"]
    assert len(answer.out.splitlines()) <= 6
    for finding in proof["findings"]:  # whole, for this is no terminal
        assert f"{finding['where']}: " in answer.out
        assert f"{finding['message']}\n" in answer.out
    assert (answer.err, answer.code) == ("", 1)


@pytest.mark.parametrize(("quiet", "said"), [(False, "checkpoint: mutants: 3 of 70\n"), (True, "")])
def test_in_a_log_it_is_said_now_and_then_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, quiet: bool, said: str
):
    monkeypatch.setattr(progress, "SAID_SECONDS", 0.0)
    with showing(quiet=quiet) as tell:
        tell("mutants", 3, 70)
    assert capsys.readouterr().err == said
