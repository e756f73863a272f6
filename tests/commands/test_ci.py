"""`checkpoint ci init`: what is written grades as it should, is pinned, and gives learners nothing to get hold of."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement

from checkpoint import __version__
from checkpoint.commands.ci import gradescope, pins, wheel
from checkpoint.errors import CheckpointError, GradingError
from checkpoint.model import Limits
from checkpoint.worker import launch

if TYPE_CHECKING:
    from tests.conftest import Answer, Cli, Write

TOP = Path(__file__).parents[2]
URL = "https://git.example/school/course.git"
FILES = {
    "github": ".github/workflows/checkpoint.yml",
    "github-classroom": ".github/workflows/classroom.yml",
    "gitlab": ".gitlab-ci.yml",
}
PINNED = f"checkpoint @ git+https://git.example/checkpoint.git@{'a' * 40}"
INSTALL = ("--install", PINNED)
WRONG = """
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "bye"
"""


def git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", "-C", folder, *settings, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(course: Write) -> Path:
    """Return the folder of a tiny checkpoint that is committed, `week 1` in a course with a remote."""
    folder = course(name="course/week 1")
    git(folder.parent, "init", "--quiet")
    git(folder.parent, "remote", "add", "origin", URL)
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "--quiet", "--message", "a course")
    return folder


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the learner's folder, which is the working directory."""
    folder = tmp_path / "learner"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def jobs(platform: str) -> list[dict[str, Any]]:
    written = yaml.safe_load(Path(FILES[platform]).read_text("utf-8"))
    return [written["grade"]] if platform == "gitlab" else list(written["jobs"].values())


def scripts(platform: str) -> list[str]:
    """Return what a runner would give to a shell, step by step."""
    (job,) = jobs(platform)
    return ["\n".join(job["script"])] if platform == "gitlab" else [s["run"] for s in job["steps"] if "run" in s]


def init(cli: Cli, platform: str, checkpoint: Path, *more: str) -> Answer:
    answer = cli("ci", "init", platform, "--checkpoint", checkpoint, *INSTALL, *more)
    assert answer.code == 0, answer.err
    return answer


@pytest.mark.parametrize("platform", FILES)
def test_a_workflow_is_written_and_the_next_step_told(cli: Cli, repository: Path, learner: Path, platform: str) -> None:
    answer = init(cli, platform, repository)
    assert answer.out.startswith(f"wrote {FILES[platform]}\nnext: commit it to ")
    assert git(repository, "rev-parse", "HEAD") in Path(FILES[platform]).read_text("utf-8")


@pytest.mark.parametrize("platform", ["github", "github-classroom"])
def test_a_github_workflow_may_read_the_repository_and_nothing_else(
    cli: Cli, repository: Path, learner: Path, platform: str
) -> None:
    init(cli, platform, repository)
    text = Path(FILES[platform]).read_text("utf-8")
    written = yaml.safe_load(text)
    assert written["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in text
    assert "secrets" not in text
    (job,) = written["jobs"].values()
    assert "permissions" not in job
    (checkout,) = [step for step in job["steps"] if "actions/checkout@" in step.get("uses", "")]
    assert checkout["with"] == {"persist-credentials": False}


@pytest.mark.parametrize("platform", ["github", "github-classroom"])
def test_every_action_is_pinned_to_a_commit(cli: Cli, repository: Path, learner: Path, platform: str) -> None:
    init(cli, platform, repository)
    (job,) = jobs(platform)
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert len(used) == 3
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)


@pytest.mark.parametrize("platform", ["github", "github-classroom"])
def test_nothing_is_expanded_within_a_github_script(cli: Cli, repository: Path, learner: Path, platform: str) -> None:
    init(cli, platform, repository)
    assert not any("${{" in script for script in scripts(platform))
    assert not any("${{" in value for value in jobs(platform)[0]["env"].values())


@pytest.mark.parametrize("platform", FILES)
def test_a_job_ends_by_itself_later_than_grading_does(cli: Cli, repository: Path, learner: Path, platform: str) -> None:
    grader = repository / "grader.py"
    grader.write_text(grader.read_text().replace('"Hello")', '"Hello", limits=Limits(run_seconds=600))'))
    init(cli, platform, repository)
    (job,) = jobs(platform)
    if platform == "gitlab":
        assert "timeout --kill-after=10 14m" in scripts(platform)[0]
        assert job["timeout"] == "24 minutes"
        assert job["interruptible"] is True
    else:
        assert [step["timeout-minutes"] for step in job["steps"] if "timeout-minutes" in step] == [14]
        assert job["timeout-minutes"] == 24


def test_no_push_and_no_pull_request_counts_as_passed_without_being_graded(
    cli: Cli, repository: Path, learner: Path
) -> None:
    init(cli, "github", repository)
    text = Path(FILES["github"]).read_text("utf-8")
    assert {"push", "pull_request"} <= set(re.findall(r"^  (\w+):$", text, re.MULTILINE))
    assert "if" not in jobs("github")[0]  # a job that is skipped counts as one that passed


def test_classroom_finds_the_job_and_the_step_that_it_looks_for(cli: Cli, repository: Path, learner: Path) -> None:
    init(cli, "github-classroom", repository)
    written = yaml.safe_load(Path(FILES["github-classroom"]).read_text("utf-8"))
    assert list(written["jobs"]) == ["run-autograding-tests"]
    (step,) = [step for step in written["jobs"]["run-autograding-tests"]["steps"] if step.get("id") == "flask"]
    assert "checkpoint grade" in step["run"]


def test_gitlab_is_told_of_the_reports_that_checkpoint_writes(cli: Cli, repository: Path, learner: Path) -> None:
    init(cli, "gitlab", repository)
    (job,) = jobs("gitlab")
    assert job["artifacts"]["reports"] == {"junit": "junit.xml", "codequality": "gl-code-quality-report.json"}
    assert job["artifacts"]["when"] == "always"
    assert re.fullmatch(r"python:\d+\.\d+\.\d+-bookworm@sha256:[0-9a-f]{64}", job["image"])


def test_values_are_where_no_pipeline_variable_can_replace_them(cli: Cli, repository: Path, learner: Path) -> None:
    init(cli, "gitlab", repository)
    (job,) = jobs("gitlab")
    assert not {"COURSE_URL", "COURSE_COMMIT", "CHECKPOINT", "CHECKPOINT_FOLDER", "SUBMISSION"} & set(job["variables"])


def strong() -> None:
    """Skip the test where the machine does not give what the workflows ask for."""
    launcher = launch.start("strong")
    try:
        launcher.wall(Limits())
    except GradingError as error:
        pytest.skip(f"this machine cannot isolate that way: {error}")
    finally:
        launcher.wait()


def run(
    platform: str,
    repository: Path,
    learner: Path,
    scratch: Path,
    checkpoint: str | None = None,
    python: str = "",
    **environment: str,
) -> int:
    """Do what a runner would do, with the course's address led to the folder here; return the last exit code.

    The installing step finds a `python` that does nothing, and everything else is as it is, unless scripts for these
    are given.
    """
    programs = scratch / "programs"
    programs.mkdir(parents=True)
    for name, text in {"python": python, "sudo": "", "checkpoint": checkpoint}.items():
        if text is not None:
            (programs / name).write_text(f"#!/bin/sh\n{text}\n")
            (programs / name).chmod(0o755)
    variables = {
        "PATH": f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "CI": "true",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository.parent}.insteadOf",
        "GIT_CONFIG_VALUE_0": URL,
        **environment,
    }
    (job,) = jobs(platform)
    if platform == "gitlab":
        steps = [{"run": scripts(platform)[0]}]
        variables |= {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(learner)}
    else:
        steps = [step for step in job["steps"] if "run" in step]
        variables |= {"GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(scratch), **job["env"]}
    for step in steps:
        where = scratch if "working-directory" in step else learner
        assert step.get("working-directory") in (None, "${{ runner.temp }}")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=where, env=variables, check=False, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        if done.returncode != 0:
            break
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode


@pytest.mark.parametrize("platform", ["github", "gitlab"])
def test_the_written_commands_grade(cli: Cli, repository: Path, learner: Path, tmp_path: Path, platform: str) -> None:
    strong()
    init(cli, platform, repository)
    shutil.copy(repository / "solution/app.py", learner)
    reports = learner if platform == "gitlab" else tmp_path / "1/reports"
    assert run(platform, repository, learner, tmp_path / "1") == 0
    assert json.loads((reports / "report.json").read_text("utf-8"))["passed"] is True
    assert (reports / "report.html").is_file()
    (learner / "app.py").write_text(WRONG)
    assert run(platform, repository, learner, tmp_path / "2") == 1


@pytest.mark.parametrize("platform", FILES)
def test_what_builds_checkpoint_is_pinned_too(
    cli: Cli, repository: Path, learner: Path, tmp_path: Path, platform: str
) -> None:
    init(cli, platform, repository)
    note = """echo "$*" >>"$HOME/calls"
[ "$3" = install ] || cat "$PIP_CONSTRAINT" "$PIP_BUILD_CONSTRAINT" >"$HOME/build"
"""
    assert run(platform, repository, learner, tmp_path / "1", "exit 0", note) == 0
    assert (tmp_path / "1/build").read_text().splitlines() == [*pins.BUILD, *pins.BUILD]
    built, installed = (tmp_path / "1/calls").read_text().splitlines()
    assert built.startswith("-m pip wheel ")
    assert built.endswith(f" --no-deps --wheel-dir wheel {PINNED}")
    assert installed.endswith(" --constraint constraints.txt wheel/*.whl")


def test_the_pinned_builder_is_the_one_that_builds_checkpoint() -> None:
    pinned = dict(line.split("==") for line in pins.BUILD)
    (builder,) = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    assert Requirement(builder).specifier.contains(pinned[Requirement(builder).name])


def test_reports_that_a_learner_has_committed_are_not_taken_for_ours(
    cli: Cli, repository: Path, learner: Path, tmp_path: Path
) -> None:
    init(cli, "gitlab", repository)
    for name in ("junit.xml", "gl-code-quality-report.json", "report.json"):
        (learner / name).write_text("forged")
    (learner / "report.html").symlink_to(tmp_path / "elsewhere")
    assert run("gitlab", repository, learner, tmp_path / "1", checkpoint="exit 3") == 3
    assert not list(learner.glob("*.[xjh]*"))


def test_grading_on_gitlab_sees_no_variable_of_the_project(
    cli: Cli, repository: Path, learner: Path, tmp_path: Path
) -> None:
    check = repository / "checks/test_hello.py"
    seen = tmp_path / "seen.json"
    check.write_text(f"import json, os, pathlib\npathlib.Path({str(seen)!r}).write_text(json.dumps(dict(os.environ)))\n"
                     + check.read_text())  # fmt: skip
    git(repository, "commit", "--quiet", "--all", "--message", "look")
    strong()
    init(cli, "gitlab", repository)
    seen.unlink()  # the set-up has looked at the checks, too
    shutil.copy(repository / "solution/app.py", learner)
    assert run("gitlab", repository, learner, tmp_path / "1", CI_JOB_TOKEN="t0ken", DEPLOY="t0ken") == 0
    assert "t0ken" not in seen.read_text()


HOSTILE = ['it\'s "week" 1', "`touch x`; touch y", "a: b #c", "week %7B 1", "- & * ! | > {,}", "wöche 1"]


@pytest.mark.parametrize("platform", ["github", "gitlab"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_a_name_and_nothing_else(
    cli: Cli, repository: Path, learner: Path, tmp_path: Path, platform: str, name: str
) -> None:
    folder = repository.rename(repository.with_name(name))
    git(folder, "add", "--all", "..")
    git(folder, "commit", "--quiet", "--message", "rename")
    init(cli, platform, folder, "--submission", f"{name}.py")
    scratch = tmp_path / "1"
    assert run(platform, folder, learner, scratch, 'printf "%s\\n" "$@" >"$HOME/arguments"') == 0
    arguments = (scratch / "arguments").read_text().splitlines()
    assert arguments[2].endswith(f"/course/{name}")
    assert arguments[-2:] == ["--", f"{name}.py"]
    assert not list(tmp_path.rglob("[xy]"))


@pytest.mark.parametrize("platform", FILES)
@pytest.mark.parametrize("name", ["${{ github.token }}", "$HOME", "a\nb", "a\u202eb"])
def test_a_name_that_a_platform_would_expand_is_refused(
    cli: Cli, repository: Path, learner: Path, platform: str, name: str
) -> None:
    answer = cli("ci", "init", platform, "--checkpoint", repository, *INSTALL, "--submission", name)
    assert answer.code == 2
    assert "has a character that a workflow cannot hold" in answer.err
    folder = repository.rename(repository.with_name(name))
    git(folder, "add", "--all", "..")
    git(folder, "commit", "--quiet", "--message", "rename")
    answer = cli("ci", "init", platform, "--checkpoint", folder, *INSTALL)
    assert answer.code == 2
    assert "the checkpoint's folder" in answer.err
    assert not list(learner.rglob("*.yml"))


@pytest.mark.parametrize("path", ["../app.py", "/app.py", "a/../../app.py"])
def test_what_is_graded_lies_in_the_learners_repository(cli: Cli, repository: Path, learner: Path, path: str) -> None:
    answer = cli("ci", "init", "github", "--checkpoint", repository, *INSTALL, "--submission", path)
    assert answer.code == 2
    assert "is not inside the learner's repository" in answer.err


@pytest.mark.parametrize("platform", [*FILES, "gradescope"])
def test_what_is_there_is_written_over_only_with_force(
    cli: Cli, repository: Path, learner: Path, platform: str
) -> None:
    file = learner / FILES.get(platform, "autograder.zip")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("mine")
    install = () if platform == "gradescope" else INSTALL
    answer = cli("ci", "init", platform, "--checkpoint", repository, *install)
    assert answer.code == 2
    assert file.name in answer.err
    assert "--force" in answer.err
    assert file.read_text() == "mine"
    assert cli("ci", "init", platform, "--checkpoint", repository, *install, "--force").code == 0
    assert file.read_bytes() != b"mine"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "given, url",
    [
        ("git@github.com:school/course.git", "https://github.com/school/course.git"),
        ("ssh://git@git.example:2222/school/course", "https://git.example/school/course"),
        ("https://me:t0ken@git.example:8443/school/course.git", "https://git.example:8443/school/course.git"),
    ],
)
def test_the_courses_address_asks_for_no_password(
    cli: Cli, repository: Path, learner: Path, given: str, url: str
) -> None:
    git(repository, "remote", "set-url", "origin", given)
    init(cli, "github", repository)
    assert jobs("github")[0]["env"]["COURSE_URL"] == url
    assert "t0ken" not in Path(FILES["github"]).read_text()


@pytest.mark.parametrize(
    "url", ["/srv/course", "../course", "http://git.example/c", "file:///c", "https://x:y@/", "ext::sh"]
)
def test_an_address_that_no_runner_can_fetch_is_refused(cli: Cli, repository: Path, learner: Path, url: str) -> None:
    answer = cli("ci", "init", "github", "--checkpoint", repository, *INSTALL, "--course", url)
    assert answer.code == 2
    assert "--course https://" in answer.err


def test_without_a_remote_the_address_has_to_be_given(cli: Cli, repository: Path, learner: Path) -> None:
    git(repository, "remote", "remove", "origin")
    answer = cli("ci", "init", "github", "--checkpoint", repository, *INSTALL)
    assert answer.code == 2
    assert "--course https://HOST/PATH" in answer.err


def test_a_branch_becomes_the_commit_that_it_is_at(cli: Cli, repository: Path, learner: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "tag", "v1")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "more")
    init(cli, "github", repository, "--ref", "v1")
    assert jobs("github")[0]["env"]["COURSE_COMMIT"] == first


@pytest.mark.parametrize("ref", ["no-such-branch", "abcdef1", "--output=x", "f" * 39, "F" * 40])
def test_what_is_no_commit_is_refused(cli: Cli, repository: Path, learner: Path, ref: str) -> None:
    answer = cli("ci", "init", "github", "--checkpoint", repository, *INSTALL, f"--ref={ref}")
    assert answer.code == 2
    assert "is no commit of the course's repository" in answer.err


def test_a_commit_that_is_only_elsewhere_may_be_named_in_full(cli: Cli, repository: Path, learner: Path) -> None:
    init(cli, "github", repository, "--ref", "f" * 40)
    assert jobs("github")[0]["env"]["COURSE_COMMIT"] == "f" * 40


def test_a_commit_without_the_checkpoint_is_refused(cli: Cli, repository: Path, learner: Path) -> None:
    git(repository, "rm", "--quiet", "--cached", "solution/app.py")
    git(repository, "commit", "--quiet", "--message", "keep the solution to ourselves")
    answer = cli("ci", "init", "github", "--checkpoint", repository, *INSTALL)
    assert answer.code == 2
    assert "week 1/solution/app.py is not in commit" in answer.err


def test_a_checkpoint_in_no_repository_is_refused(cli: Cli, course: Write, learner: Path) -> None:
    answer = cli("ci", "init", "github", "--checkpoint", course(), *INSTALL, "--course", URL)
    assert answer.code == 2
    assert "in no git repository" in answer.err


def test_it_is_said_when_runners_will_see_something_else(cli: Cli, repository: Path, learner: Path) -> None:
    (repository / "grader.py").write_text((repository / "grader.py").read_text() + "\n")
    answer = init(cli, "github", repository)
    assert "changes that are not in commit" in answer.err
    assert "was not pushed yet" in answer.err


def test_what_python_leaves_in_a_course_is_no_change_of_it(
    cli: Cli, repository: Path, learner: Path, write: Write
) -> None:
    write("course/week 1/checks/__pycache__/a.pyc", "")
    assert "changes that are not in commit" not in init(cli, "github", repository).err


@pytest.mark.parametrize("platform", FILES)
def test_it_is_said_when_there_is_nothing_to_grade_yet(
    cli: Cli, repository: Path, learner: Path, write: Write, platform: str
) -> None:
    missing = "note: the repository has no web/app.py yet"
    assert missing in init(cli, platform, repository, "--submission", "web/app.py").err
    write("learner/web/app.py", "")
    assert missing not in init(cli, platform, repository, "--submission", "web/app.py", "--force").err


@pytest.mark.parametrize("platform", FILES)
@pytest.mark.parametrize("visibility, said", [("hidden", True), ("after_due", True), ("visible", False)])
def test_it_is_said_that_hidden_checks_lie_in_the_course(
    cli: Cli, repository: Path, learner: Path, platform: str, visibility: str, said: bool
) -> None:
    check = repository / "checks/test_hello.py"
    check.write_text(check.read_text().replace("points=2", f"points=2, visibility={visibility!r}"))
    answer = init(cli, platform, repository)
    assert ("can read its hidden checks and its solution" in answer.err) is said
    assert len(answer.out.splitlines()) == 2


def test_broken_checks_are_not_set_up(cli: Cli, repository: Path, learner: Path) -> None:
    (repository / "checks/test_hello.py").write_text("print('out')\nimport no_such_module\n")
    answer = cli("ci", "init", "github", "--checkpoint", repository, *INSTALL)
    assert (answer.code, answer.out) == (2, "")
    assert "no_such_module" in answer.err
    assert not list(learner.iterdir())


def test_it_is_said_when_the_file_lands_in_the_course(cli: Cli, repository: Path) -> None:
    answer = cli("ci", "init", "github", repository, "--checkpoint", repository, *INSTALL)
    assert answer.code == 0
    assert "this is the course's own repository" in answer.err


def distribution(monkeypatch: pytest.MonkeyPatch, direct_url: dict[str, Any] | None) -> None:
    """Let checkpoint be installed as pip would note it in direct_url.json."""
    real = pins.installed()

    class Installed:
        version = "4.5.6"
        requires = real.requires

        def read_text(self, name: str) -> str | None:
            return json.dumps(direct_url) if name == "direct_url.json" and direct_url else None

    monkeypatch.setattr(pins, "installed", Installed)


def test_a_bare_name_is_never_what_runners_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    distribution(monkeypatch, None)
    with pytest.raises(CheckpointError, match="could be anybody's package") as raised:
        pins.requirement(tmp_path)
    assert "--install 'checkpoint @ git+https://" in str(raised.value)


@pytest.mark.parametrize("url", ["https://git.example/checkpoint.git", "ssh://git@git.example/checkpoint.git"])
def test_runners_install_the_commit_that_is_installed_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    vcs = {"vcs": "git", "commit_id": "a" * 40, "requested_revision": "main"}
    distribution(monkeypatch, {"url": url, "vcs_info": vcs})
    assert pins.requirement(tmp_path) == (PINNED, ())
    assert pins.pinned(PINNED) == PINNED


def test_runners_install_the_file_that_is_installed_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = "https://files.example/checkpoint-1.0-py3-none-any.whl"
    distribution(monkeypatch, {"url": url, "archive_info": {"hashes": {"sha256": "b" * 64}}})
    asked, _ = pins.requirement(tmp_path)
    assert asked == f"checkpoint @ {url}#sha256={'b' * 64}"
    assert pins.pinned(asked) == asked


def test_runners_install_the_checkpoint_that_the_course_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    distribution(monkeypatch, {"url": TOP.as_uri(), "dir_info": {"editable": True}})
    assert pins.requirement(TOP) == ("./course", ())


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a repository of checkpoint's own, with an `origin` that nothing was pushed to."""
    folder = tmp_path / "own clone"
    folder.mkdir()
    shutil.copy(TOP / "pyproject.toml", folder)
    git(folder, "init", "--quiet")
    git(folder, "remote", "add", "origin", "git@git.example:checkpoint.git")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "checkpoint")
    return folder


@pytest.mark.parametrize("info", [{}, {"editable": True}])
def test_runners_install_the_commit_of_the_clone_that_is_installed_here(
    cli: Cli, repository: Path, learner: Path, clone: Path, monkeypatch: pytest.MonkeyPatch, info: dict[str, bool]
) -> None:
    distribution(monkeypatch, {"url": clone.as_uri(), "dir_info": info})
    answer = cli("ci", "init", "github", "--checkpoint", repository)
    assert answer.code == 0, answer.err
    commit = git(clone, "rev-parse", "HEAD")
    assert jobs("github")[0]["env"]["CHECKPOINT"] == f"checkpoint @ git+https://git.example/checkpoint.git@{commit}"
    assert f"note: checkpoint's own commit {commit[:12]} was not pushed yet" in answer.err
    assert "checkpoint's own folder" not in answer.err
    git(clone, "update-ref", "refs/remotes/origin/main", commit)
    (clone / "more.py").write_text("")
    answer = cli("ci", "init", "github", "--checkpoint", repository, "--force")
    assert f"note: checkpoint's own folder has changes that are not in commit {commit[:12]}" in answer.err
    assert "checkpoint's own commit" not in answer.err


def test_a_clone_that_no_runner_can_reach_has_to_be_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clone: Path
) -> None:
    distribution(monkeypatch, {"url": clone.as_uri(), "dir_info": {"editable": True}})
    git(clone, "remote", "set-url", "origin", "/srv/git/checkpoint.git")
    with pytest.raises(CheckpointError, match="can fetch checkpoint only by https") as raised:
        pins.requirement(tmp_path)
    assert "--install" in str(raised.value)
    git(clone, "remote", "remove", "origin")
    with pytest.raises(CheckpointError, match="without a remote `origin`") as raised:
        pins.requirement(tmp_path)
    assert "--install" in str(raised.value)


@pytest.mark.parametrize("name", ["other", "below"])
def test_a_repository_of_something_else_is_not_what_runners_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clone: Path, name: str
) -> None:
    folder = clone
    if name == "below":  # the commit is the outer repository's
        folder = clone / name
        folder.mkdir()
        shutil.copy(TOP / "pyproject.toml", folder)
    else:
        (clone / "pyproject.toml").write_text('[project]\nname = "other"\n')
    distribution(monkeypatch, {"url": folder.as_uri(), "dir_info": {}})
    with pytest.raises(CheckpointError, match="a file or folder, which no runner has") as raised:
        pins.requirement(tmp_path)
    assert "--install" in str(raised.value)


@pytest.mark.parametrize(
    "direct",
    [
        {"url": "file:///home/me/checkpoint", "dir_info": {}},
        {"url": "file:///home/me/checkpoint.whl", "archive_info": {"hashes": {"sha256": "b" * 64}}},
        {"url": "https://files.example/checkpoint.whl", "archive_info": {}},
        {"url": "file:///home/me/checkpoint", "vcs_info": {"vcs": "git", "commit_id": "a" * 40}},
    ],
)
def test_a_checkpoint_from_where_no_runner_gets_it_has_to_be_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, direct: dict[str, Any]
) -> None:
    distribution(monkeypatch, direct)
    with pytest.raises(CheckpointError, match="runner") as raised:
        pins.requirement(tmp_path)
    assert "--install" in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        f"checkpoint @ https://files.example/checkpoint-1.0.tar.gz#sha256={'b' * 64}",
        f"checkpoint @ git+ssh://git@git.example/checkpoint@{'a' * 40}#subdirectory=x",
    ],
)
def test_an_address_of_one_content_is_taken(cli: Cli, repository: Path, learner: Path, text: str) -> None:
    assert cli("ci", "init", "github", "--checkpoint", repository, "--install", text).code == 0
    assert jobs("github")[0]["env"]["CHECKPOINT"] == text


@pytest.mark.parametrize("text", ["checkpoint", "checkpoint>=1", "checkpoint==1.2.3", "checkpoint===1.2.3"])
def test_a_bare_name_is_refused(cli: Cli, repository: Path, learner: Path, text: str) -> None:
    answer = cli("ci", "init", "github", "--checkpoint", repository, f"--install={text}")
    assert answer.code == 2
    assert "a bare name could be anybody's package" in answer.err
    assert "--install 'checkpoint @ git+https://" in answer.err
    assert not list(learner.rglob("*.yml"))


@pytest.mark.parametrize(
    "text",
    [
        "checkpoint @ git+https://git.example/c@main",
        f"checkpoint @ git+file:///c@{'a' * 40}",
        "checkpoint @ https://files.example/checkpoint-1.0.tar.gz",
        "checkpoint @ https://files.example/checkpoint-1.0.tar.gz#sha256=b",
        f"checkpoint @ http://files.example/checkpoint-1.0.tar.gz#sha256={'b' * 64}",
        "./x",
        "-r x",
    ],
)
def test_a_requirement_that_is_not_pinned_is_refused(cli: Cli, repository: Path, learner: Path, text: str) -> None:
    answer = cli("ci", "init", "github", "--checkpoint", repository, f"--install={text}")
    assert answer.code == 2
    assert "--install" in answer.err
    assert not list(learner.rglob("*.yml"))


def test_all_that_checkpoint_needs_is_pinned_to_what_is_installed_here() -> None:
    found = dict(line.split("==") for line in pins.requirements())
    assert {"flask", "werkzeug", "jinja2", "pytest", "pluggy", "landlockpy", "pyseccomp"} <= set(found)
    assert "hypothesis" not in found  # it is for developers
    assert all(metadata.version(name) == version for name, version in found.items())


def test_what_only_linux_needs_is_pinned_on_other_systems_too(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.distribution

    def distribution(name: str) -> metadata.Distribution:
        if name == "landlockpy":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    mac = {**default_environment(), "sys_platform": "darwin", "platform_system": "Darwin"}
    monkeypatch.setattr("packaging.markers.default_environment", lambda: mac)
    monkeypatch.setattr(metadata, "distribution", distribution)
    assert "landlockpy==0.2.0" in pins.requirements()


def test_the_same_autograder_has_the_same_bytes(course: Write, cli: Cli, learner: Path) -> None:
    for name in ("1.zip", "2.zip"):
        assert cli("ci", "init", "gradescope", name, "--checkpoint", course()).code == 0
    assert Path("1.zip").read_bytes() == Path("2.zip").read_bytes()
    with zipfile.ZipFile("1.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_wheel_has_what_is_running_and_nothing_else() -> None:
    name, content = wheel.build()
    assert name == f"checkpoint-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    assert {"checkpoint/cli.py", "checkpoint/report/report.schema.json", "checkpoint/py.typed"} <= set(names)
    assert not [name for name in names if name.endswith(".pyc")]


def test_an_autograder_takes_what_grading_needs_and_leaves_the_rest(
    course: Write, write: Write, cli: Cli, learner: Path
) -> None:
    folder = course()
    for name in (
        "checks/__pycache__/x.pyc", "checks/.venv/pyvenv.cfg", "checks/env/pyvenv.cfg", "checks/test_hello.py~",
        "checks/.test_hello.py.swp", "solution/.git/config", "solution/.DS_Store", "starter/app.py", ".env", "a.md",
    ):  # fmt: skip
        write(f"course/{name}", "x = 1\n")
    write("course/shared.py", "x = 1\n")
    write("course/solution/templates/a.html", "a")
    write("course/requirements.txt", "flask-login==0.6.3\n")
    assert cli("ci", "init", "gradescope", "--checkpoint", folder).code == 0
    with zipfile.ZipFile("autograder.zip") as archive:
        names = {name for name in archive.namelist() if not name.endswith(".whl")}
    assert names == {
        "setup.sh", "run_autograder", "requirements.txt", "checkpoint/grader.py", "checkpoint/shared.py",
        "checkpoint/requirements.txt", "checkpoint/checks/test_hello.py", "checkpoint/solution/app.py",
        "checkpoint/solution/templates/a.html",
    }  # fmt: skip


def test_a_solution_elsewhere_is_refused(course: Write, write: Write, cli: Cli, learner: Path) -> None:
    folder = course(
        grader='from checkpoint import Checkpoint\nc = Checkpoint(id="a", title="A", solution="../solution")\n'
    )
    write("solution/app.py", "")
    answer = cli("ci", "init", "gradescope", "--checkpoint", folder)
    assert answer.code == 2
    assert "the solution folder is outside the checkpoint's" in answer.err
    assert not list(learner.iterdir())


def test_a_link_in_checks_is_refused(course: Write, write: Write, cli: Cli, learner: Path) -> None:
    folder = course()
    (folder / "checks/test_more.py").symlink_to(write("more.py", ""))
    answer = cli("ci", "init", "gradescope", "--checkpoint", folder)
    assert answer.code == 2
    assert "test_more.py: this is a link" in answer.err


def test_a_grader_that_needs_more_than_is_taken_along_is_refused(
    course: Write, write: Write, cli: Cli, learner: Path
) -> None:
    write("course/data/title.txt", "Hello")
    grader = """
    from pathlib import Path
    from checkpoint import Checkpoint
    c = Checkpoint(id="a", title=(Path(__file__).parent / "data/title.txt").read_text())
    """
    answer = cli("ci", "init", "gradescope", "--checkpoint", course(grader=grader))
    assert answer.code == 2
    assert "title.txt" in answer.err
    assert not list(learner.iterdir())


def test_a_folder_is_written_too_and_only_an_autograder_is_replaced(course: Write, cli: Cli, learner: Path) -> None:
    arguments = ("ci", "init", "gradescope", "auto", "--checkpoint", course())
    assert cli(*arguments).code == 0
    assert stat.S_IMODE((learner / "auto/setup.sh").stat().st_mode) == 0o755
    (learner / "auto/checkpoint/checks/test_old.py").write_text("")
    assert cli(*arguments).code == 2
    assert cli(*arguments, "--force").code == 0
    assert not (learner / "auto/checkpoint/checks/test_old.py").exists()
    (learner / "auto/thesis.txt").write_text("precious")
    answer = cli(*arguments, "--force")
    assert answer.code == 2
    assert "not an autograder's folder" in answer.err
    assert [path.name for path in learner.iterdir()] == ["auto"]
    assert (learner / "auto/thesis.txt").exists()


@pytest.mark.parametrize("option", ["--course", "--ref", "--submission", "--install"])
def test_what_an_autograder_takes_along_cannot_be_named(cli: Cli, option: str) -> None:
    answer = cli("ci", "init", "gradescope", option, "x")
    assert answer.code == 2
    assert f"{option} is not for gradescope" in answer.err


def test_alone_it_shows_how_it_is_used(cli: Cli) -> None:
    answer = cli("ci")
    assert answer.code == 2
    assert "checkpoint ci init gradescope week1.zip" in answer.out + answer.err


@pytest.mark.parametrize("command", [["ci"], ["ci", "init"]])
def test_help_fits_a_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    usage, *lines = cli(*command, "--help").out.splitlines()
    assert max(map(len, [usage, *lines])) <= 80
    assert not [line for line in lines if "..." in line or "…" in line]


def python_with_what_is_needed(folder: Path) -> Path:
    """Return a folder with a `python3.12` whose new environments have all that is pinned: setup.sh needs no network."""
    packages = folder / "packages"
    for line in pins.requirements():
        for file in metadata.distribution(line.split("==")[0]).files or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                copy = packages / file
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(str(file.locate()), copy)
    program = folder / "bin/python3.12"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\n"
        "import glob, shutil, subprocess, sys\n"
        f"code = subprocess.call([{sys.executable!r}, *sys.argv[1:]])\n"
        "if sys.argv[1:3] == ['-m', 'venv'] and code == 0:\n"
        "    (place,) = glob.glob(sys.argv[3] + '/lib/python*/site-packages')\n"
        f"    shutil.copytree({str(packages)!r}, place, dirs_exist_ok=True)\n"
        "sys.exit(code)\n"
    )
    program.chmod(0o755)
    return program.parent


def unzip(archive: Path, folder: Path) -> None:
    """Unpack a zip with its permissions, which Python alone leaves out."""
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            Path(opened.extract(entry, folder)).chmod(entry.external_attr >> 16)


def results_of(root: Path) -> dict[str, Any]:
    """Return results.json as Gradescope would read it: a number for the score, and one for each test."""
    results: dict[str, Any] = json.loads((root / "results/results.json").read_text("utf-8"))
    assert isinstance(results["score"], int | float)
    for test in results.get("tests", []):
        assert 0 <= test["score"] <= test["max_score"]
    return results


def test_gradescope_builds_the_autograder_and_runs_it(cli: Cli, learner: Path, tmp_path: Path) -> None:
    strong()
    assert cli("ci", "init", "gradescope", "--checkpoint", TOP).code == 0
    root = tmp_path / "auto grader"
    unzip(Path("autograder.zip"), root / "source")
    shutil.copy(root / "source/run_autograder", root)
    for name in ("submission", "results"):
        (root / name).mkdir()
    environment = {
        "PATH": f"{python_with_what_is_needed(tmp_path)}:{os.environ['PATH']}", "HOME": str(tmp_path),
        "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull,
    }  # fmt: skip

    def command(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(argument) for argument in arguments],
            cwd=root, env={**environment, **more}, check=False, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    built = command("bash", root / "source/setup.sh")
    assert built.returncode == 0, built.stdout + built.stderr
    assert "20 of 20 points" in built.stdout
    kept = [path for path in [root / "source", *(root / "source").rglob("*")] if "__pycache__" not in path.parts]
    assert len(kept) > 10
    assert not any(stat.S_IMODE(path.stat().st_mode) & 0o077 for path in kept)

    def graded(app: Path | None, name: str = "app.py", beside: str | None = None) -> dict[str, Any]:
        (root / "results/results.json").unlink(missing_ok=True)
        shutil.rmtree(root / "submission")
        (root / "submission" / name).parent.mkdir(parents=True)
        if app is not None:
            shutil.copy(app, root / "submission" / name)
        if beside is not None:
            (root / "submission" / beside).parent.mkdir()
            (root / "submission" / beside).write_bytes(b"\0")
        done = command(root / "run_autograder")
        assert done.returncode == 0
        assert "Traceback" not in done.stdout + done.stderr
        return results_of(root)

    assert graded(TOP / "solution/app.py")["score"] == 20
    assert graded(TOP / "solution/app.py", "hw/app.py", beside="__MACOSX/._x")["score"] == 20
    started = graded(TOP / "starter/app.py")
    assert 0 < started["score"] < 20
    assert sum(test["max_score"] for test in started["tests"]) == 20
    assert graded(None)["score"] == 0

    real = root / "venv/bin/checkpoint"
    for broken in ("kill -9 $$", "printf '{' >results/results.json; exit 3", "exit 70"):
        real.write_text(f"#!/bin/sh\n{broken}\n")
        assert "did not finish" in graded(TOP / "solution/app.py")["output"]


def test_a_run_that_hangs_is_ended_before_gradescope_ends_it(course: Write, tmp_path: Path) -> None:
    from checkpoint import course as courses

    root = tmp_path / "autograder"
    script = gradescope.autograder(courses.load(course()))["run_autograder"].decode()
    assert "\nSECONDS_AT_MOST=540\n" in script
    program = root / "venv/bin/checkpoint"
    program.parent.mkdir(parents=True)
    (root / "source").mkdir()
    program.write_text("#!/bin/sh\n[ $1 = doctor ] || { cp results/results.json meanwhile.json; exec sleep 60; }\n")
    program.chmod(0o755)
    (program.parent / "python").symlink_to(sys.executable)
    (root / "run_autograder").write_text(script.replace("SECONDS_AT_MOST=540", "SECONDS_AT_MOST=0.2"))
    done = subprocess.run(["bash", root / "run_autograder"], check=False, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0
    assert "exit code 124" in done.stdout
    assert "did not finish" in results_of(root)["output"]
    # Should all of it be killed, there is something to read.
    assert (root / "meanwhile.json").read_bytes() == (root / "results/results.json").read_bytes()


@pytest.mark.parametrize("platform", FILES)
def test_scripts_are_bash(cli: Cli, repository: Path, learner: Path, platform: str) -> None:
    init(cli, platform, repository)
    for script in scripts(platform):
        subprocess.run(["bash", "-n"], input=script, check=True, text=True)


@pytest.mark.parametrize("user", ["token", "name:SECRET", ":SECRET", "x@y"])
def test_no_name_or_password_gets_into_what_learners_can_read(
    cli: Cli, repository: Path, learner: Path, user: str
) -> None:
    for address in (
        f"git+https://{user}@git.example/c@{'a' * 40}",
        f"https://{user}@git.example/c.whl#sha256={'a' * 64}",
    ):
        answer = cli("ci", "init", "github", "--checkpoint", repository, "--install", f"checkpoint @ {address}")
        assert (answer.code, answer.out) == (2, "")
        assert "SECRET" not in answer.err
    assert not list(learner.iterdir())


def test_an_address_like_sshs_with_a_password_is_no_address(cli: Cli, repository: Path, learner: Path) -> None:
    answer = cli("ci", "init", "gitlab", "--checkpoint", repository, "--course", "oauth2:SECRET@host:a/b.git", *INSTALL)
    assert (answer.code, answer.out) == (2, "")
    assert "SECRET" not in answer.err
    assert not list(learner.iterdir())
