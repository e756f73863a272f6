"""Turn argv into a command and its outcome into an exit code: the one place where errors become codes.

0 passed; 1 graded, but not passed; 2 usage, or a broken checkpoint folder; 3 could not be graded, through no
fault of the learner's; 130 interrupted; 143 terminated.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkpoint import __version__
from checkpoint.commands.output import say, tell
from checkpoint.errors import CheckpointError, Terminated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

    from checkpoint.model import Checkpoint

EXIT_USAGE = 2
EXIT_OURS = 3
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143

# What writing to a full disk, to nobody, or to a terminal that was closed ends in.
_OUTPUT_IS_GONE = (errno.ENOSPC, errno.EPIPE, errno.EIO, errno.EBADF)

# name -> what `checkpoint --help` says; a command's module is imported when it is called.
COMMANDS = {
    "start": "Copy the starter to a folder of your own.",
    "run": "Go through all of it: grade, then the quiz.",
    "grade": "Grade a Flask app and explain what is wrong.",
    "quiz": "Ask the timed quiz, and explain the answers.",
    "hint": "Show the next hint for what failed.",
    "history": "Show your attempts, and how the points went.",
    "diff": "Show what you have changed since the last attempt.",
    "batch": "Grade many submissions: a class, or a download from an LMS.",
    "new": "Begin a new checkpoint: a small one that is whole.",
    "verify": "Prove that a checkpoint's checks are right: for its author.",
    "ci": "Set up grading on GitHub, GitLab or Gradescope.",
    "doctor": "Say how well this machine can keep an app to itself.",
    "completion": "Let your shell complete what you type.",
}


class _Commands(click.Group):
    """Know commands by name, and import one when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"checkpoint.commands.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; suggest one if there is none of that name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, 1)
            if close:
                raise click.UsageError(f"{error.message} Did you mean '{close[0]}'?", ctx) from None
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so without importing them, and the options."""
        from click.shell_completion import CompletionItem

        begun = [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]
        return begun + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: checkpoint grade starter/app.py",
    invoke_without_command=True,
)
@click.version_option(__version__, "-V", "--version", prog_name="checkpoint", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """Work through a course checkpoint: grade a small Flask app, see what to mend, and where.

    Without a command, it tells where you stand at the checkpoint around you, and what to do next.
    """
    if ctx.invoked_subcommand is not None:
        return None
    from checkpoint.commands.standing import tell as stand

    return stand(ctx.get_help)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code. Never lets an exception out."""
    _open_closed_streams()
    try:
        code: Any = cli.main(
            args=list(sys.argv[1:] if argv is None else argv), prog_name="checkpoint", standalone_mode=False
        )
    except CheckpointError as error:
        say(str(error))
        return error.exit_code
    except click.ClickException as error:
        _say_usage(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as stop:
        if isinstance(stop.__cause__ or stop, Terminated):  # click makes an Abort of it
            say("terminated")
            return EXIT_TERMINATED
        say("interrupted")
        return EXIT_INTERRUPTED
    except SystemExit:  # click ends like that, in silence, when whoever reads has gone away
        from checkpoint.commands.completion import VARIABLE

        return 0 if VARIABLE in os.environ else EXIT_OURS  # and when it has completed something
    except OSError as error:
        if error.filename is not None or error.errno not in _OUTPUT_IS_GONE:
            say(_unexpected(error))
            return EXIT_OURS
        _forget_output()
        say(f"cannot write to standard output: {(error.strerror or str(error)).lower()}")
        return EXIT_USAGE
    except Exception as error:
        say(_unexpected(error))
        return EXIT_OURS
    return code if isinstance(code, int) else 0


def main_for(checkpoint: Checkpoint, argv: Sequence[str] | None = None) -> int:
    """Run the command line for the checkpoint whose grader.py is being run; return the exit code.

    `python grader.py starter/app.py` grades with the checkpoint that grader.py lies in; so does
    `python grader.py grade ...`.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] in COMMANDS:
        command, *arguments = arguments
    else:
        command = "grade"
    grader = getattr(sys.modules.get("__main__"), "__file__", None) or "grader.py"
    return main([command, "--checkpoint", str(Path(grader).parent), *arguments])


def _open_closed_streams() -> None:
    """Let what is printed go nowhere if whoever started us has closed a stream (`>&-`): the verdict is still wanted."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the end


def _say_usage(error: click.ClickException) -> None:
    """Print what click has to say of a command line; what was typed stands in it, and may be a learner's name, too."""
    shown = io.StringIO()
    error.show(shown)
    tell(shown.getvalue().rstrip("\n"))


def _forget_output() -> None:
    """Let Python not try again at exit to write what could not be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unexpected(error: Exception) -> str:
    """Keep the traceback of a fault of ours in a file; return what to tell the user."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="checkpoint-error-", suffix=".log", delete=False, encoding="utf-8"
        ) as log:
            traceback.print_exception(error, file=log)
        where = f"\nhelp: this is a fault of checkpoint's; please report it with the details in {log.name}"
    except OSError:
        where = "\nhelp: this is a fault of checkpoint's; please report it"
    return f"{type(error).__name__}: {error}{where}"
