"""Send a report where it is wanted: files, standard output, and what the platform around us reads."""

from __future__ import annotations

import base64
import os
import secrets
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from checkpoint.commands import output
from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from checkpoint.commands.targets import Target
    from checkpoint.model import Report

SNAPSHOT_SECONDS = 1.0
NAMES = {
    "github": "annotations in the log",
    "markdown": "the step's summary in GITHUB_STEP_SUMMARY",
    "classroom": "Classroom's result in GITHUB_OUTPUT",
}


class Publisher:
    """Know the targets of one run, and how to draw for them: `style` has `hints` and `verbosity` of `report.Style`.

    `reveal` says that hidden checks are described.
    """

    def __init__(self, targets: Sequence[Target], style: dict[str, int], *, reveal: bool) -> None:
        self._files = [target for target in targets if target.file is not None]
        self._streams = [target for target in targets if target.file is None]
        self._style = style
        self.reveal = reveal
        self._next_snapshot = 0.0

    @property
    def people_only(self) -> bool:
        """Say whether nobody but a person at a terminal will read this."""
        return not self._files and [target.format for target in self._streams] == ["terminal"]

    def snapshot(self, so_far: Callable[[], Report]) -> None:
        """Write the files as far as things have come: a SIGKILL leaves time for nothing.

        At most once a second, and so that it takes no more than a tenth of the time, which is the learner's.
        """
        started = time.monotonic()
        files = [target for target in self._files if target.replaces]
        if not files or started < self._next_snapshot:
            return
        with suppress(Exception):  # at the end all of it is tried again, and what is wrong is told
            report = so_far()
            for target in files:
                self._replace(target, report, finished=False)
        now = time.monotonic()
        self._next_snapshot = now + max(SNAPSHOT_SECONDS, 10 * (now - started))

    def send(self, report: Report, *, to_people: bool = True) -> Exception | None:
        """Send the report, and return what went wrong first: it keeps none back that can be written.

        Files come first, so that they are there when the words appear. Without `to_people` the terminal report is left
        out: what there is to say comes as an error.
        """
        failed: Exception | None = None
        written: list[Target] = []
        for target in self._files:
            try:
                if target.replaces:
                    self._replace(target, report, finished=True)
                else:
                    self._append(target, report)
                written.append(target)
            except Exception as error:
                failed = failed or error
        drawn = any(target.format == "terminal" for target in self._streams)
        for target in self._streams:
            self._print(target, report, drawn=drawn, to_people=to_people)
        if self._style["verbosity"] >= 0:
            for line in _unasked([*written, *self._streams]):
                output.say(line)
        return failed

    def _replace(self, target: Target, report: Report, *, finished: bool) -> None:
        """Write one file; one that is not finished goes to plain files only, and need not outlast a power cut."""
        from checkpoint.report.files import is_special, write_atomically

        assert target.file is not None  # noqa: S101 - for the type checker
        if finished or not is_special(target.file):
            content = self._render(target, report, width=output.FILE_WIDTH)
            write_atomically(target.file, content, follow=target.how == "written", lasting=finished)

    def _append(self, target: Target, report: Report) -> None:
        """Add to one of GitHub's files, on a line of its own."""
        assert target.file is not None  # noqa: S101 - for the type checker
        content = self._render(target, report, width=output.FILE_WIDTH)
        if target.how == "output":
            content = f"result={base64.b64encode(content.encode()).decode()}\n"
        try:
            if target.file.is_file() and target.file.read_bytes()[-1:] not in (b"", b"\n"):
                content = f"\n{content}"
            with target.file.open("ab") as file:
                file.write(content.encode())
        except OSError as error:
            words = f"cannot add to it: {(error.strerror or str(error)).lower()}"
            raise CheckpointError(words, where=os.fspath(target.file), help="--no-auto does without") from None

    def _print(self, target: Target, report: Report, *, drawn: bool, to_people: bool) -> None:
        """Write one format to standard output; what GitHub is told besides goes there only if people read that."""
        people = target.format == "terminal"
        if people and not to_people:
            return
        drawing = {"width": output.width(), "color": output.color(), "unicode": output.unicode(sys.stdout)}
        text = self._render(target, report, **drawing)
        if target.platform and not drawn:
            click.echo(text, err=True, nl=False)  # the runner reads this stream, too
            return
        if people and any(stream.format == "github" for stream in self._streams):
            text = _uncommanded(text)
        output.write(text, drawn=people)

    def _render(self, target: Target, report: Report, **style: Any) -> str:
        from checkpoint.report import render

        return render(target.format, report, reveal=self.reveal, **self._style, **style)


def _uncommanded(text: str) -> str:
    """Return a text in which GitHub's runner looks for no commands: nobody can guess the word that ends this."""
    token = secrets.token_hex(16)
    return f"::stop-commands::{token}\n{text}::{token}::\n"


def _unasked(targets: Sequence[Target]) -> Iterator[str]:
    """Yield what was written without having been asked for, and where, a line for each platform."""
    for platform in dict.fromkeys(target.platform for target in targets if target.platform):
        mine = [target for target in targets if target.platform == platform]
        places = (NAMES.get(target.format) or f"{target.format} in {target.file}" for target in mine)
        yield f"for {platform}: {', '.join(places)} (--no-auto leaves this out)"
