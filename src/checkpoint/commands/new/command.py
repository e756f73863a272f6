"""Read the command line of `checkpoint new` and write a small checkpoint that is whole from the first minute."""

from __future__ import annotations

import json
import os
import re
import shlex
from contextlib import suppress
from importlib import resources
from pathlib import Path

import click

from checkpoint import course as courses
from checkpoint.errors import CheckpointError, WrongUsage

EXIT_OK = 0
# The files of the template, in the order in which an author reads them, and what each is.
PARTS = {
    "grader.py": "what this checkpoint is: its title, and what passes",
    "starter/README.md": "what the learner is to do",
    "starter/app.py": "what the learner gets; TODOs mark the work",
    "solution/app.py": "the reference: the checks ask it what is right",
    "checks/test_greeting.py": "the checks, plain pytest",
    "quiz.yaml": "the questions of the quiz",
    ".gitignore": "what Python and pytest leave behind",
}
UNDOTTED = {".gitignore": "gitignore"}  # git would heed it in our own repository
ALLOWED = {".git"}  # a repository that was begun for this
NAMES = 3  # of what is in the way
STEPS = {
    "checkpoint verify": "are the checks right? They are; keep it so",
    "checkpoint grade starter/app.py": "what a learner sees first",
    "checkpoint quiz": "the quiz, as a learner sits it",
}
_PLACEHOLDER = re.compile(r'("?)<<(id|title)>>\1')


@click.command(
    epilog="""\b
Examples:
  checkpoint new week1
  checkpoint new week1 --title "Week 1: Forms" --id forms

Exit codes: 0 written, 2 wrong usage, or there is something in the way."""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="What learners read at the top of a report; else made of DIR's name.")
@click.option("--id", metavar="ID", help="What machines call it, the same for ever; else made of DIR's name.")
def new(folder: Path, title: str | None, id: str | None) -> int:
    """Begin a new checkpoint in DIR: a small one that is whole, to change into your own.

    DIR must not be there yet, or be empty. docs/authors.md leads on from here.
    """
    _refuse_what_is_there(folder)
    words = re.findall(r"[^\W_]+", Path(os.path.normpath(courses.here() / folder)).name)
    names = {
        "id": _name("id", id or "-".join(words).lower()),
        "title": _name("title", title or " ".join(word[0].upper() + word[1:] for word in words)),
    }
    _write(folder, {part: _filled(part, names) for part in PARTS})
    click.echo("\n".join([*_made(folder), "", *_next(folder)]))
    return EXIT_OK


def _refuse_what_is_there(folder: Path) -> None:
    """Refuse a place where something would be written over or mixed up."""
    try:
        there = sorted({path.name for path in folder.iterdir()} - ALLOWED)
    except FileNotFoundError:
        return
    except OSError as error:
        raise WrongUsage(f"cannot be looked into: {_reason(error)}", where=str(folder), help="name a new one") from None
    if there:
        more = f" and {len(there) - NAMES} more" if len(there) > NAMES else ""
        raise WrongUsage(
            f"the folder is not empty: {', '.join(there[:NAMES])}{more}", where=str(folder), help="name a new one"
        )


def _name(what: str, text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise WrongUsage(f"{text!r} cannot be the checkpoint's {what}", help=f"name one: --{what} TEXT")
    return text


def _filled(part: str, names: dict[str, str]) -> str:
    """Return a file of the template, with the names put in; between quotes they are a string of Python's and YAML's."""
    template = resources.files("checkpoint.commands.new").joinpath("template", *UNDOTTED.get(part, part).split("/"))

    def put_in(found: re.Match[str]) -> str:
        quote, what = found.groups()
        return json.dumps(names[what], ensure_ascii=False) if quote else names[what]

    return _PLACEHOLDER.sub(put_in, template.read_text("utf-8"))


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write all files, or leave nothing behind."""
    made: list[Path] = []
    try:
        for name, text in files.items():
            path = folder / name
            for parent in reversed(path.parents):
                if not parent.exists():
                    parent.mkdir()
                    made.append(parent)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                made.append(path)
                file.write(text)
    except BaseException as error:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        if isinstance(error, OSError):
            raise CheckpointError(
                f"cannot be written: {_reason(error)}",
                where=str(error.filename or folder),
                help="nothing is left behind; name a place where you may write",
            ) from None
        raise


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _made(folder: Path) -> list[str]:
    width = max(map(len, PARTS))
    return [f"made {folder}", *(f"  {part:<{width}}  {what}" for part, what in PARTS.items())]


def _next(folder: Path) -> list[str]:
    width = max(map(len, STEPS))
    go = [] if folder == Path() else [f"  cd {shlex.quote(str(folder))}"]
    return ["next:", *go, *(f"  {step:<{width}}  {what}" for step, what in STEPS.items())]
