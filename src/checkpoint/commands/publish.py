"""Send a report where it is wanted: files, standard output, and what the platform around us reads."""

from __future__ import annotations

import base64
import os
import secrets
import shutil
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

FILE_WIDTH = 80
SNAPSHOT_SECONDS = 1.0
NAMES = {
    "github": "annotations in the log",
    "markdown": "the step's summary in GITHUB_STEP_SUMMARY",
    "classroom": "Classroom's result in GITHUB_OUTPUT",
}


class Publisher:
    """Know the targets of one run; `style` has the fields of `report.Style`, and `reveal`."""

    def __init__(self, targets: Sequence[Target], style: dict[str, Any], *, quiet: bool) -> None:
        self._files = [target for target in targets if target.file is not None]
        self._streams = [target for target in targets if target.file is None]
        self._style = style
        self._quiet = quiet
        self._next_snapshot = 0.0

    @property
    def people_only(self) -> bool:
        """Say whether nobody but a person at a terminal will read this."""
        return not self._files and [target.format for target in self._streams] == ["terminal"]

    def snapshot(self, so_far: Callable[[], Report]) -> None:
        """Write the files as far as things have come, at most once a second: a SIGKILL leaves time for nothing."""
        files = [target for target in self._files if target.how in ("written", "placed")]
        if not files or time.monotonic() < self._next_snapshot:
            return
        with suppress(Exception):  # at the end all of it is tried again, and what is wrong is told
            report = so_far()
            for target in files:
                self._write(target, report)
        self._next_snapshot = time.monotonic() + SNAPSHOT_SECONDS

    def send(self, report: Report, *, to_people: bool = True) -> None:
        """Send the report: to files first, so that they are there when the words appear.

        A file that cannot be written keeps no other report back; its CheckpointError is raised at the end. Without
        `to_people` the terminal report is left out: what there is to say comes as an error.
        """
        failed: CheckpointError | None = None
        written = []
        for target in self._files:
            try:
                self._write(target, report)
                written.append(target)
            except CheckpointError as error:
                failed = failed or error
        drawn = any(target.format == "terminal" for target in self._streams)
        for target in self._streams:
            self._print(target, report, drawn=drawn, to_people=to_people)
        if not self._quiet:
            for line in _unasked([*written, *self._streams]):
                click.echo(f"checkpoint: {line}", err=True)
        if failed is not None:
            raise failed

    def _write(self, target: Target, report: Report) -> None:
        """Write one file."""
        from checkpoint.report import render
        from checkpoint.report.files import write_atomically

        assert target.file is not None  # noqa: S101 - for the type checker
        content = render(target.format, report, width=FILE_WIDTH, **self._style)
        if target.how in ("written", "placed"):
            write_atomically(target.file, content, follow=target.how == "written")
            return
        if target.how == "output":
            content = f"result={base64.b64encode(content.encode()).decode()}\n"
        try:
            with target.file.open("a", encoding="utf-8") as file:
                file.write(content)
        except OSError as error:
            words = f"cannot add to it: {(error.strerror or str(error)).lower()}"
            raise CheckpointError(words, where=os.fspath(target.file), help="--no-auto does without") from None

    def _print(self, target: Target, report: Report, *, drawn: bool, to_people: bool) -> None:
        """Write one format to standard output; what GitHub is told besides goes there only if people read that."""
        from checkpoint.report import render

        people = target.format == "terminal"
        if people and not to_people:
            return
        text = render(
            target.format,
            report,
            width=shutil.get_terminal_size((FILE_WIDTH, 24)).columns,
            color=output.color(),
            unicode=output.unicode(sys.stdout),
            **self._style,
        )
        if target.platform and not drawn:
            click.echo(text, err=True, nl=False)  # the runner reads this stream, too
            return
        if people and any(stream.format == "github" for stream in self._streams):
            text = _uncommanded(text)
        output.write(text, drawn=people)


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
