"""Sit before `checkpoint grade --watch`, save, and press keys."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from ...conftest import APP, CHECK, GRADER
from ...terminal import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...conftest import Cli, Write

    Watch = Callable[..., Window]

PASSED, FAILED = r"2 of 2 points\. Passed(.*\n)+.*q quit", r"0 of 2 points(.*\n)+.*q quit"
WRONG = APP.replace('"world"', '"moon"')
HINTED = CHECK.replace("points=2", "points=2, hints=['Look at the word.', 'It is a place.', 'Write world.']")
HANGS = APP + "\nwhile True: pass\n"
CHECKPOINT = Path(sys.executable).with_name("checkpoint")
QUIZ = """
quiz: Small
questions:
  - ask: Which one?
    options: [( ) this, (x) that]
    why: It is that.
"""


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch, app: Path, course: Write) -> Watch:
    """Return a function that watches an app on a terminal."""
    monkeypatch.delenv("CI", raising=False)

    def watch(*argv: str, folder: Path | None = None, path: Path | None = app, shell: str = "", **how: Any) -> Window:
        argv = (*([] if path is None else [str(path)]), "--checkpoint", str(folder or course(HINTED)), *argv)
        command = [str(CHECKPOINT), "grade", "--watch", *argv]
        if shell:
            command = ["sh", "-m", "-c", shell, "sh", *command]
        return Window(command, **how)

    return watch


def replace(app: Path, text: str) -> None:
    """Save as editors do that put a new file in the old one's place."""
    new = app.with_name(".app.py.swp")
    new.write_text(text)
    new.replace(app)


def test_each_save_has_its_verdict_however_it_is_saved(watch: Watch, app: Path):
    with watch() as window:
        assert "graded; save the file" in window.see(PASSED)
        app.write_text(WRONG)
        assert "hello fails now" in window.see(FAILED)
        replace(app, APP)
        assert "hello passes now" in window.see(PASSED)
        app.unlink()
        assert "Passed" not in window.see(r"no\s+such file or folder(.*\n)+.*q quit")
        app.write_text(WRONG)
        window.see(FAILED)
        with app.open("w") as file:  # which empties it
            file.write(APP)
        window.see(PASSED)
        window.press("q")
        assert window.wait() == 0
        assert window.settings_now() == window.settings
    assert b"could not be loaded" not in window.written
    assert "q quit" not in window.text
    assert "Passed" in window.text


def test_what_comes_to_lie_beside_counts_too(watch: Watch, app: Path):
    with watch() as window:
        window.see(PASSED)
        app.write_text(APP.replace("import Flask", "import Flask\nimport words").replace('"world"', "words.WORD"))
        window.see(r"package `words` is not there(.*\n)+.*q quit")
        app.with_name("words.py").write_text("WORD = 'world'\n")
        window.see(PASSED)
        (app.parent / "static").mkdir()
        (app.parent / "static" / "x.css").write_text("a {}")
        window.see("no check changed")
        window.play("d", r"\+a {}")


def test_a_folder_is_watched_with_the_folders_in_it(watch: Watch, app: Path):
    (app.parent / "words" / "few").mkdir(parents=True)
    word = app.parent / "words" / "few" / "one.txt"
    word.write_text("moon")
    app.write_text(APP.replace('"world"', "open(__file__[:-6] + 'words/few/one.txt').read()"))
    with watch(path=app.parent) as window:
        window.see(FAILED)
        word.write_text("world")
        window.see(PASSED)


@pytest.mark.parametrize("how", ["polls", "no events"])
def test_saves_of_which_the_system_tells_nothing_are_seen_too(watch: Watch, app: Path, write: Write, how: str):
    path = write("nothing/watchfiles.py", "raise ImportError").parent
    env = {"WATCHFILES_FORCE_POLLING": "1"} if how == "polls" else {"PYTHONPATH": str(path)}
    with watch(**env) as window:
        window.see(PASSED)
        app.write_text(WRONG)
        window.see(FAILED)
        replace(app, APP)
        window.see(PASSED)


def test_a_checkpoint_that_is_edited_is_taken_anew(watch: Watch, course: Write, app: Path):
    folder = course(HINTED)
    check = folder / "checks" / "test_hello.py"
    with watch(folder=folder) as window:
        window.see(PASSED)
        check.write_text(HINTED.replace("points=2", "points=3"))
        window.see(r"3 of 3 points\. Passed")
        check.write_text(f"print('heard')\n{HINTED}(")
        window.see(r"SyntaxError(.*\n)+.*q quit")
        app.write_text(WRONG)
        check.write_text(f"print('heard')\n{HINTED}")
        assert "heard" in window.see(FAILED)
        (folder / "grader.py").write_text("nonsense")
        window.see(r"nonsense(.*\n)+.*q quit")
        app.write_text(APP)
        (folder / "grader.py").write_text(GRADER)
        window.see(PASSED)
    assert window.written.count(b"not graded") < 5  # told once for each change, and not again and again


def test_keys_show_hints_and_what_was_changed(watch: Watch, course: Write, app: Path, script: Cli):
    folder = course(HINTED)
    with watch(folder=folder, size=(80, 40)) as window:
        window.see(PASSED)
        assert window.status == "r again  q quit"
        app.write_text(WRONG)
        window.see(FAILED)
        assert window.status == "h hint  r again  d diff  q quit"
        assert "hint 2 of 3: It is a place.\n\nh hint" in window.play("h", "hint 2 of 3")
        assert "hint 3 of 3: Write world." in script("hint", "--checkpoint", folder).out  # which counts the same
        window.play("H", "hint 3 of 3: Write world.\n\nThese are all the hints there are")
        window.play("d", r'-    return {"hello": "world"}\n\+    return {"hello": "moon"}')
        shown = window.play("r", r"no check changed(.*\n)+.*q quit")
        assert not re.search(r"[23] of 3|\+    return", shown)
        window.play("d", r"\+    return")  # what was graded again is no other attempt


def test_the_quiz_comes_when_the_exercise_passes(watch: Watch, course: Write, write: Write, app: Path):
    folder = course(HINTED, grader=GRADER.replace('title="Hello"', 'title="Hello", quiz="quiz.yaml"'))
    write("course/quiz.yaml", QUIZ)
    app.write_text(WRONG)
    with watch(folder=folder) as window:
        window.see(FAILED)
        window.play("z", "checkpoint quiz")
        app.write_text(APP)
        window.see(PASSED)
        window.play("z", r"Which one\?")
        window.press("\x03")
        assert window.wait() == 130


def test_keys_pressed_while_something_is_graded_are_ignored(watch: Watch, app: Path):
    with watch() as window:
        window.see(PASSED)
        app.write_text(f"import time; time.sleep(0.5)\n{WRONG}")
        window.play("", "grading")
        window.press("qq")
        window.see(FAILED)
        window.play("h", "hint 2 of 3")


@pytest.mark.parametrize("saved, code", [(APP, 0), (WRONG, 1)])
def test_ctrl_c_leaves_with_the_last_verdict(watch: Watch, app: Path, saved: str, code: int):
    app.write_text(saved)
    with watch("--load-seconds", "60") as window:
        window.see("q quit")
        app.write_text(HANGS)
        window.see("grading")
        window.press("\x03")
        assert window.wait() == code
        assert window.settings_now() == window.settings


def test_ctrl_c_before_any_verdict_is_an_interruption(watch: Watch, app: Path):
    app.write_text(HANGS)
    with watch("--load-seconds", "60") as window:
        window.see("grading")
        window.press("\x03")
        assert window.wait() == 130
        assert window.settings_now() == window.settings


def test_sigterm_gives_the_terminal_back(watch: Watch):
    with watch() as window:
        window.see(PASSED)
        assert window.settings_now() != window.settings
        os.kill(window.pid, signal.SIGTERM)
        assert window.wait() == 143
        assert window.settings_now() == window.settings


def test_ctrl_z_gives_the_terminal_back_until_fg(watch: Watch, app: Path):
    with watch(shell='"$@"; echo "stopped"; read line; fg; echo "shell: $?"') as window:
        window.see(PASSED)
        window.play("\x1a", "stopped")
        assert window.settings_now()[3] == window.settings[3]
        app.write_text(WRONG)
        window.play("\n", FAILED)
        window.play("q", "shell: 1")


def test_a_terminal_that_goes_away_ends_it(watch: Watch):
    with watch() as window:
        window.see(PASSED)
        window.hang_up()
        window.wait()


def test_a_verdict_on_what_is_there_no_more_is_not_shown(watch: Watch, app: Path):
    with watch() as window:
        window.see(PASSED)
        app.write_text(f"import time; time.sleep(1)\n{WRONG}")
        window.see("grading")
        app.write_text(f"{APP}\n# mended\n")
        window.see("no check changed")
    assert b"fails" not in window.written


def test_a_newer_save_is_not_kept_waiting(watch: Watch, course: Write, app: Path):
    checks = "".join(f"def test_{n}(learner, solution): assert learner.get('/').ok().json\n\n" for n in range(15))
    slow = APP.replace("def hello():", "def hello():\n    import time\n    time.sleep(60)")
    with watch("--request-seconds", "2", folder=course(checks)) as window:
        window.see("15 of 15")
        app.write_text(slow)
        window.see(r"grading \d/15")
        app.write_text(f"{APP}\n# mended\n")
        window.see("no check changed")  # which would take half a minute
    assert b"took too long" not in window.written


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks through /proc")
@pytest.mark.parametrize("which", ["zygote", "solution", "spare"])
def test_processes_may_die_while_nothing_is_graded(watch: Watch, app: Path, which: str):
    app.write_text(WRONG)
    with watch() as window:
        window.see(FAILED)
        window.play("h", "hint 2 of 3")  # so it waits, and all that the next one needs has been started
        (zygote,) = children(window.pid)
        solution, spare = sorted(children(zygote))
        os.kill({"zygote": zygote, "solution": solution, "spare": spare}[which], signal.SIGKILL)
        app.write_text(APP)
        window.see("hello passes now")
        app.write_text(WRONG)
        window.see("hello fails now")
    assert b"could not be run" not in window.written


def test_reports_in_files_are_written_anew(watch: Watch, app: Path, tmp_path: Path):
    file = tmp_path / "report.json"
    with watch("--report", f"json={file}") as window:
        window.see(PASSED)
        app.write_text(WRONG)
        window.see(FAILED)
        window.see(lambda: json.loads(file.read_text())["passed"] is False)


def test_each_save_is_asked_something_else_unless_a_seed_is_given(watch: Watch, app: Path, tmp_path: Path):
    """Or a learner could learn by heart what the report of the save before told."""
    file = tmp_path / "report.json"

    def seed_of(passed: bool) -> int | None:
        report = json.loads(file.read_text())
        return report["seed"] if report["passed"] is passed else None

    for options, number in (((), 2), (("--seed", "7"), 1)):
        seeds = set()
        app.write_text(APP)
        with watch("--report", f"json={file}", *options) as window:
            for text, passed in ((APP, True), (WRONG, False)):
                app.write_text(text)
                window.see(lambda passed=passed: file.exists() and seed_of(passed) is not None)
                seeds.add(seed_of(passed))
        assert len(seeds) == number
        file.unlink()


def test_it_is_drawn_anew_at_another_width_and_all_can_be_scrolled_back_to(watch: Watch):
    with watch(shell='echo ahead of it; "$@"') as window:
        window.see(PASSED)
        assert "ahead of it" not in window.text
        window.resize(40, 24)
        window.see(lambda: max(map(len, window.lines)) <= 40 and window.status == "r again  q quit")
        assert "ahead of it" in window.transcript


def test_on_a_dumb_terminal_nothing_is_drawn_over(watch: Watch, app: Path):
    with watch(TERM="dumb", NO_COLOR="1") as window:
        window.see(PASSED)
        app.write_text(WRONG)
        window.see(FAILED)
        window.play("q", "")
        assert window.wait() == 1
    assert b"\x1b" not in window.written
    assert window.written.count(b"grading") == 2
    assert "Passed" in window.transcript


def test_without_a_terminal_reports_follow_each_other(course: Write, app: Path):
    command = [CHECKPOINT, "grade", app, "--watch", "--checkpoint", course(HINTED)]
    env = {name: value for name, value in os.environ.items() if name not in ("CI", "FORCE_COLOR")}
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        assert "Passed" in next(line for line in process.stdout if "points" in line)
        app.write_text(WRONG)
        assert "not passed yet" in next(line for line in process.stdout if "points" in line)
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert process.wait(20) == 1
    assert "\x1b" not in rest
    assert "quit" not in rest


def test_without_a_path_it_is_the_starter(watch: Watch, course: Write, write: Write):
    folder = course(HINTED)
    starter = write("course/starter/app.py", WRONG)
    with watch(folder=folder, path=None) as window:
        window.see(FAILED)
        starter.write_text(APP)
        window.see(PASSED)


def test_a_file_that_is_not_there_is_told_at_once(cli: Cli, course: Write, tmp_path: Path, no_worker: None):
    answer = cli("grade", tmp_path / "no.py", "--watch", "--checkpoint", course())
    assert (answer.code, answer.out) == (2, "")
    assert "no such file or folder" in answer.err


def test_a_broken_checkpoint_is_told_at_once(cli: Cli, course: Write, app: Path):
    answer = cli("grade", app, "--watch", "--checkpoint", course(CHECK + "("))
    assert answer.code == 2
    assert "test_hello.py" in answer.err


def test_it_is_refused_in_ci(cli: Cli, course: Write, app: Path, no_worker: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CI", "true")
    answer = cli("grade", app, "--watch", "--checkpoint", course())
    assert (answer.code, "in CI nobody saves" in answer.err) == (2, True)


def test_another_format_needs_a_file(cli: Cli, course: Write, app: Path, no_worker: None):
    answer = cli("grade", app, "--watch", "--report", "json", "--checkpoint", course())
    assert answer.code == 2
    assert "Give json a file: --report json=FILE." in answer.err
