"""What a platform reads is written without being asked for, told in a line, and left out with --no-auto."""

from __future__ import annotations

import base64
import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from checkpoint.commands import targets

from ..report import reports

if TYPE_CHECKING:
    from pathlib import Path

    from ..conftest import Answer, Cli, Write


@pytest.fixture
def grade(cli: Cli, course: Write, app: Path, no_worker: None, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Return a function that grades, where the judge has its report ready."""
    folder = course()
    report = reports.report(reports.PASSED, reports.FAILED)
    monkeypatch.setattr("checkpoint.judge.session.judge", lambda *_: report)

    def grade(*argv: object) -> Answer:
        return cli("grade", app, "--checkpoint", folder, *argv)

    return grade


@pytest.fixture
def github(grade, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    """Be in a step of a GitHub job; return the folder of its files."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        (tmp_path / name).write_text("before\n")
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


def test_without_a_platform_nothing_is_added(grade):  # type: ignore[no-untyped-def]
    answer = grade()
    assert answer.err == ""
    assert "::" not in answer.out


def test_on_github_there_are_annotations_a_summary_and_the_result_for_classroom(grade, github: Path):  # type: ignore[no-untyped-def]
    answer = grade()
    assert answer.code == 1
    assert "\n::error file=starter/app.py,line=38," in answer.out
    summary = (github / "GITHUB_STEP_SUMMARY").read_text()
    assert summary.startswith("before\n")
    assert "Each visit counts one more" in summary
    before, output = (github / "GITHUB_OUTPUT").read_text().split("\n", 1)
    name, _, value = output.partition("=")
    assert (before, name) == ("before", "result")
    result = json.loads(base64.b64decode(value.strip(), validate=True))
    assert (result["max_score"], len(result["tests"])) == (5, 2)
    assert answer.err == (
        "checkpoint: for GitHub: the step's summary in GITHUB_STEP_SUMMARY, Classroom's result in GITHUB_OUTPUT, "
        "annotations in the log (--no-auto leaves this out)\n"
    )


def test_on_github_what_people_read_is_no_place_for_commands(grade, github: Path):  # type: ignore[no-untyped-def]
    first, second = grade().out, grade().out
    token = re.match(r"::stop-commands::([0-9a-f]{32})\n", first)
    assert token
    told, end, commands = first.partition(f"\n::{token[1]}::\n")
    assert end
    assert "1 of 5 points" in told
    assert "::error" not in told
    assert commands.startswith("::error")
    assert token[1] not in second


def test_on_github_a_report_for_machines_stays_whole_and_the_runner_reads_the_other_stream(grade, github: Path):  # type: ignore[no-untyped-def]
    answer = grade("--report", "json")
    assert json.loads(answer.out)["score"]["earned"] == 1
    assert "::error file=starter/app.py" in answer.err


def test_on_github_the_format_asked_for_is_not_given_twice(grade, github: Path):  # type: ignore[no-untyped-def]
    answer = grade("--report", "github")
    assert answer.out.count("::error file=") == 1
    assert "::error" not in answer.err


@pytest.mark.parametrize("auto", [[], ["--no-auto"]])
def test_the_format_asked_for_brings_its_files_along_wherever_they_are_named(
    grade,
    github: Path,
    auto: list[str],
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
):
    monkeypatch.delenv("GITHUB_ACTIONS")
    answer = grade("--report", "github", *auto)
    assert answer.out.startswith("::error file=")
    assert answer.err == ""
    assert "Each visit counts one more" in (github / "GITHUB_STEP_SUMMARY").read_text()
    assert "result=" in (github / "GITHUB_OUTPUT").read_text()


def test_in_a_file_it_is_the_commands_alone(grade, github: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.delenv("GITHUB_ACTIONS")
    grade("--report", f"github={github / 'commands'}")
    assert (github / "commands").read_text().startswith("::error file=")
    assert (github / "GITHUB_OUTPUT").read_text() == "before\n"


def test_on_github_a_step_without_files_has_annotations_alone(grade, github: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.delenv("GITHUB_OUTPUT")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "")
    assert "annotations in the log (--no-auto" in grade().err


def test_a_summary_that_cannot_be_added_to_is_named(grade, github: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(github))
    answer = grade()
    assert answer.code == 2
    assert f"checkpoint: {github}: cannot add to it: is a directory\nhelp: --no-auto does without\n" in answer.err
    assert "result=" in (github / "GITHUB_OUTPUT").read_text()
    assert "::error file=" in answer.out


def test_on_gitlab_junit_and_code_quality_lie_in_the_projects_folder(
    grade,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
):
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    answer = grade()
    assert "<testsuites" in (tmp_path / "junit.xml").read_text()
    assert json.loads((tmp_path / "gl-code-quality-report.json").read_text())[0]["location"]["lines"]["begin"] == 38
    assert answer.err == (
        f"checkpoint: for GitLab: junit in {tmp_path}/junit.xml, gitlab in {tmp_path}/gl-code-quality-report.json "
        "(--no-auto leaves this out)\n"
    )
    assert "::" not in answer.out


@pytest.mark.parametrize("name", ["gl-code-quality-report.json", "results/results.json"])
def test_nor_does_one_in_place_of_any_other_file(grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    monkeypatch.setattr(targets, "AUTOGRADER", tmp_path)
    (tmp_path / "results").mkdir()
    precious = tmp_path / "checks.txt"
    precious.write_text("precious")
    (tmp_path / name).symlink_to(precious)
    assert grade().code == 1
    assert precious.read_text() == "precious"
    assert json.loads((tmp_path / name).read_text())


def test_the_same_format_elsewhere_does_not_stand_for_what_gitlab_reads(
    grade,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
):
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    grade("--report", f"junit={tmp_path / 'other.xml'}")
    assert (tmp_path / "other.xml").read_text() == (tmp_path / "junit.xml").read_text()


def test_what_could_not_be_written_is_not_told_as_written(grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    (tmp_path / "junit.xml").mkdir()
    (tmp_path / "gl-code-quality-report.json").mkdir()
    answer = grade("--report", f"json={tmp_path / 'r.json'}")
    assert answer.code == 2
    assert "for GitLab" not in answer.err
    assert answer.err.startswith(f"checkpoint: {tmp_path / 'junit.xml'}: ")  # the first that went wrong
    assert (tmp_path / "r.json").exists()


def test_an_output_without_a_line_end_is_not_run_into(grade, github: Path):  # type: ignore[no-untyped-def]
    (github / "GITHUB_OUTPUT").write_text("before=1")
    grade()
    assert (github / "GITHUB_OUTPUT").read_text().startswith("before=1\nresult=")


def test_a_format_that_breaks_keeps_no_other_back(grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def broken(*_: object) -> str:
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr("checkpoint.report.junit.render", broken)
    answer = grade("--report", f"junit={tmp_path / 'x.xml'}", "--report", f"json={tmp_path / 'r.json'}")
    assert answer.code == 3
    assert "RuntimeError: a slip of ours" in answer.err
    assert json.loads((tmp_path / "r.json").read_text())
    assert "1 of 5 points" in answer.out


def test_a_learners_link_in_the_projects_folder_leads_nowhere(grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    precious = tmp_path / "checks.py"
    precious.write_text("precious")
    (tmp_path / "junit.xml").symlink_to(precious)
    assert grade().code == 1
    assert precious.read_text() == "precious"
    assert not (tmp_path / "junit.xml").is_symlink()
    assert "<testsuites" in (tmp_path / "junit.xml").read_text()


def test_in_gradescopes_folder_its_results_are_written(grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(targets, "AUTOGRADER", tmp_path)
    assert grade().err == ""
    (tmp_path / "results").mkdir()
    results = tmp_path / "results" / "results.json"
    assert f"for Gradescope: gradescope in {results} (" in grade().err
    assert json.loads(results.read_text())["score"] == 1
    assert grade("--report", f"gradescope={os.path.relpath(results)}").err == ""  # asked for, so not told


@pytest.mark.parametrize("value", ["", "false", "1"])
def test_only_the_value_that_platforms_set_counts(grade, monkeypatch: pytest.MonkeyPatch, value: str):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    monkeypatch.setenv("GITLAB_CI", value)
    assert grade().err == ""


def test_no_auto_leaves_it_all_out(grade, github: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_PROJECT_DIR", str(github))
    monkeypatch.setattr(targets, "AUTOGRADER", github)
    (github / "results").mkdir()
    answer = grade("--no-auto")
    assert "::" not in answer.out + answer.err
    assert (github / "GITHUB_STEP_SUMMARY").read_text() == (github / "GITHUB_OUTPUT").read_text() == "before\n"
    assert not (github / "junit.xml").exists()
    assert list((github / "results").iterdir()) == []


def test_quiet_says_nothing_of_it(grade, github: Path):  # type: ignore[no-untyped-def]
    assert grade("-q").err == ""
