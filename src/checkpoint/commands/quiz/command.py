"""Read the command line of `checkpoint quiz` and choose the journey."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkpoint import course as courses
from checkpoint.commands.options import of_checkpoint
from checkpoint.commands.quiz import target as targets

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from checkpoint.model import Checkpoint

# name -> what `checkpoint quiz --help` says; all are in `exchange`, which is imported when one is called.
OTHERS = {
    "export": "Write the questions in another system's format.",
    "import": "Make a quiz.yaml of questions in Moodle's GIFT format.",
    "schema": "Write the JSON Schema of quiz.yaml, for editors.",
}
# What a sitting that is gone on with has been given already.
_FIXED = ("exam", "count", "missed", "seed", "time_scale", "untimed")


class _Quiz(click.Command):
    """Ask the quiz, unless the first argument is the name of a subcommand."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Make the context of this command, or of the subcommand that is named."""
        if args and args[0] in OTHERS:
            from checkpoint.commands.quiz.exchange import SUBCOMMANDS

            command: click.Command = SUBCOMMANDS[args[0]]
            return command.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, and the subcommands below."""
        super().format_options(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl(list(OTHERS.items()))


def _complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the subcommands that begin so, else what makes the shell complete files."""
    from click.shell_completion import CompletionItem

    names = [CompletionItem(name, help=text) for name, text in OTHERS.items() if name.startswith(begun)]
    return names or [CompletionItem(begun, type="file")]


@click.command(
    cls=_Quiz,
    epilog="""\b
Examples:
  checkpoint quiz                      the quiz of the checkpoint around you
  checkpoint quiz --missed             once more what went wrong last time
  checkpoint quiz --resume             go on where you left off
  checkpoint quiz --check              for authors: is it right, and fair?
  checkpoint quiz --strip > copy.yaml  the questions alone, to be filled in
  checkpoint quiz --answers copy.yaml --report json=marks.json
  checkpoint quiz export --to gift > questions.gift

Exit codes: 0 passed, 1 not passed, 2 a bad file or input, 130 interrupted.""",
)
@click.argument("file", required=False, type=click.Path(path_type=Path), shell_complete=_complete)
@click.option("--exam", is_flag=True, help="Explain nothing before the end; leave recall cards out.")
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="Ask N of the questions, drawn at random.")
@click.option("--missed", is_flag=True, help="Ask again what went wrong the last time it was asked.")
@click.option("--resume", is_flag=True, help="Go on with the sitting that was left before its end.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Ask in the order of an earlier sitting.")
@click.option("--time-scale", type=click.FloatRange(0.1, 20), metavar="X", help="Give X times the time: 1.5.")
@click.option("--untimed", is_flag=True, help="Give all the time there is.")
@click.option("--plain", is_flag=True, help="Ask line by line, as on a pipe; ACCESSIBLE=1 does so always.")
@click.option(
    "--answers", type=click.Path(path_type=Path), metavar="FILE",
    help="Mark a file of answers (YAML or JSON) instead of asking.",
)  # fmt: skip
@click.option("--report", metavar="json[=FILE]", help="Write the result as JSON, to a file or else to standard output.")
@click.option("--check", is_flag=True, help="Check the file, and whether its options give the answer away.")
@click.option("--strip", is_flag=True, help="Write a learner's copy, without marks and explanations.")
@of_checkpoint
def quiz(
    file: Path | None,
    answers: Path | None,
    report: str | None,
    check: bool,
    strip: bool,
    checkpoint: Path | None,
    **sitting: Any,
) -> int:
    """Ask a timed quiz, one question at a time, and explain the answers.

    FILE is a quiz.yaml; without it, the quiz of the checkpoint around you is asked.
    """
    _refuse_contradictions({"--check": check, "--strip": strip, "--answers": answers}, report, sitting)
    target = targets.parse(report)
    course: Checkpoint | None = None
    if file is None:
        course, found = courses.with_quiz(checkpoint)
        file = Path(os.path.relpath(found))
    if check:
        from checkpoint.commands.quiz.author import lint

        return lint(file)
    if strip:
        from checkpoint.commands.quiz.author import learners_copy

        return learners_copy(file)
    if answers is not None:
        from checkpoint.commands.quiz.mark import mark

        return mark(file, course, answers, target)
    from checkpoint.commands.quiz.sit import Wish, sit

    return sit(file, course, Wish(**sitting), target).code


def _refuse_contradictions(instead: dict[str, object], report: str | None, sitting: dict[str, Any]) -> None:
    """Refuse options that say two things; raises click.UsageError, naming them."""
    modes = [name for name, value in instead.items() if value]
    given = [f"--{name.replace('_', '-')}" for name, value in sitting.items() if value not in (None, False)]
    clash = modes if len(modes) > 1 else []
    if modes and given:
        clash = [modes[0], given[0]]
    elif report is not None and modes and modes != ["--answers"]:
        clash = [modes[0], "--report"]
    elif sitting["resume"]:
        clash = ["--resume", *(name for name in given if name.removeprefix("--").replace("-", "_") in _FIXED)]
        clash = clash if len(clash) > 1 else []
    elif sitting["time_scale"] != sitting["time_scale"]:
        raise click.UsageError("--time-scale must be a number.")  # click lets nan through
    elif sitting["untimed"] and sitting["time_scale"]:
        clash = ["--untimed", "--time-scale"]
    if clash:
        raise click.UsageError(f"{clash[0]} and {clash[1]} do not go together.")
