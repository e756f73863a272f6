"""Say what stopped us: the few errors that become an exit code and a message.

A learner's mistakes are never one of these; they are values in a Report.
"""

from __future__ import annotations


class CheckpointError(Exception):
    """Tell the user what is wrong, where, and what to do next.

    `message` is one sentence; `where` names the place (`path` or `path:line:column`); `source` is the
    line of code in question and `column` (1-based) where its caret goes; `help` is the next step.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        where: str | None = None,
        source: str | None = None,
        column: int | None = None,
        help: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.source = source
        self.column = column
        self.help = help

    def __reduce__(self) -> tuple[object, ...]:
        """Tell how to make it again in another process, whatever its own kind is made of."""
        return _made_again, (type(self), self.args, vars(self))

    def __str__(self) -> str:
        """Return the whole text, as it is printed behind `checkpoint: `."""
        first = f"{self.where}: {self.message}" if self.where else self.message
        lines = [first.replace("\n", r"\n")]  # a file's name must not make a line of its own
        if self.source is not None:
            # A tab is as wide as the terminal likes; the caret below must not depend on that.
            source = self.source.rstrip().replace("\t", " ")
            lines.append(f"    {source}")
            if self.column is not None:
                lines.append("    " + " " * (self.column - 1) + "^")
        if self.help:
            lines.append(f"help: {self.help}".replace("\n", r"\n"))
        return "\n".join(lines)


class WrongUsage(CheckpointError):
    """The command line asks for what there is not, or must not be."""


class BrokenCheckpoint(CheckpointError):
    """The checkpoint folder is not there, or its author has something to mend."""


class RefusedSubmission(CheckpointError):
    """The submission cannot be taken in at all (no such file, a link, too large)."""


class GradingError(CheckpointError):
    """Grading failed through no fault of the learner's: ours, or this machine's."""

    exit_code = 3


class Terminated(KeyboardInterrupt):
    """Somebody told this process to end (SIGTERM), as a CI service does when a job's time is up."""


def _made_again(kind: type[CheckpointError], args: tuple[object, ...], held: dict[str, object]) -> CheckpointError:
    error = kind.__new__(kind, *args)
    vars(error).update(held)
    return error
