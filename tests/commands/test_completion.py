"""`checkpoint completion`: commands, options, formats and the ids of checks, without anything heavy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..conftest import APP
from . import learner

if TYPE_CHECKING:
    from ..conftest import Answer, Cli, Write

NESTED = """
import checkpoint


class TestAll:
    @checkpoint.check(points=1)
    def test_inside(self, learner):
        '''Inside.'''

    def test_unmarked(self):
        '''Not a check.'''
"""


@pytest.fixture
def complete(script: Cli, course: Write, write: Write):
    """Return a function that completes a command line whose last word is begun; it gives what is offered."""
    folder = course(learner.CHECKS)
    write("course/checks/test_nested.py", NESTED)
    write("course/app.py", APP)

    def complete(line: str, cwd: Path = folder, **more: str) -> list[str]:
        words = line.split(" ")
        environ = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_CHECKPOINT_COMPLETE": "bash_complete"}
        answer: Answer = script(cwd=cwd, env={**os.environ, **environ, **more})
        assert (answer.code, answer.err) == (0, "")
        return answer.out.split()

    return complete


def test_commands_and_options(complete):
    assert complete("checkpoint hi") == ["plain,hint", "plain,history"]
    assert complete("checkpoint --ver") == ["plain,--version"]
    assert "plain,--isolation" in complete("checkpoint grade --")
    assert complete("checkpoint quiz ex") == ["plain,export"]
    assert complete("checkpoint quiz app") == ["file,app"]
    assert complete("checkpoint completion z") == ["plain,zsh"]


def test_ids_of_checks(complete, tmp_path: Path):
    assert complete("checkpoint grade --only ") == ["plain,hello", "plain,secret", "plain,plain", "plain,inside"]
    assert complete("checkpoint hint ") == ["plain,hello", "plain,plain", "plain,inside"]  # hidden ones give none
    assert complete("checkpoint hint h") == ["plain,hello"]
    assert complete("checkpoint hint --checkpoint course h", cwd=tmp_path) == ["plain,hello"]


def test_formats(complete):
    assert complete("checkpoint grade --report ju") == ["plain,junit"]


def test_where_something_is_wrong_nothing_is_offered_and_nothing_said(complete, tmp_path: Path, write: Write):
    assert complete("checkpoint hint ", cwd=tmp_path) == []
    write("course/grader.py", "print('noise')\nraise SystemExit('stop')\n")
    assert complete("checkpoint hint ") == []
    write("course/grader.py", learner.WITH_QUIZ.replace("from", "print('noise')\nfrom", 1))
    assert "plain,hello" in complete("checkpoint hint ")
    write("course/checks/test_hello.py", "def test_hello(:\n")
    assert complete("checkpoint hint ") == []


def test_it_is_light(course: Write):
    code = """
import sys
from checkpoint.cli import main
main([])
heavy = ("pytest", "_pytest", "flask", "werkzeug", "jinja2", "rich", "sqlite3", "yaml", "asyncio")
print("heavy:", *[name for name in heavy if name in sys.modules])
print("commands:", sum(name.startswith("checkpoint.commands.") for name in sys.modules))
"""
    for words in ("checkpoint h", "checkpoint hint h", "checkpoint grade --only h", "checkpoint grade --report h"):
        last = str(words.count(" "))
        environ = {"COMP_WORDS": words, "COMP_CWORD": last, "_CHECKPOINT_COMPLETE": "bash_complete"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=course(learner.CHECKS),
            env={**os.environ, **environ},
        )
        *_, heavy, commands = done.stdout.splitlines()
        assert heavy == "heavy:"
        assert words != "checkpoint h" or commands == "commands: 2"  # none of those that could be meant


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell(cli: Cli, shell: str):
    answer = cli("completion", shell)
    assert (answer.code, answer.err) == (0, "")
    assert f"_CHECKPOINT_COMPLETE={shell}_complete" in answer.out


def test_another_shell(cli: Cli):
    answer = cli("completion", "tcsh")
    assert answer.code == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in answer.err


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_takes_its_script_and_completes(course: Write):
    program = """
set -e
PATH="$1:$PATH"
eval "$(checkpoint completion bash)"
COMP_WORDS=(checkpoint hint he) COMP_CWORD=2
_checkpoint_completion checkpoint
echo "${COMPREPLY[@]}"
"""
    command = ["bash", "-c", program, "bash", str(Path(sys.executable).parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=course(learner.CHECKS))
    assert done.stdout == "hello\n"
