"""Let a shell complete what is typed: `checkpoint completion SHELL`, and the ids and formats that it offers."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import click

from checkpoint.commands import output

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from pathlib import Path

VARIABLE = "_CHECKPOINT_COMPLETE"  # set by the script while it asks; click looks at it
EXIT_OK = 0


@click.command(
    epilog="""\b
Examples, each to be put into the file that the shell reads when it starts:
  eval "$(checkpoint completion bash)"  in ~/.bashrc (bash 4.4 or newer)
  eval "$(checkpoint completion zsh)"   in ~/.zshrc, below compinit
  checkpoint completion fish | source   in ~/.config/fish/config.fish"""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print what makes a shell complete commands, options, formats and the ids of checks.

    SHELL is bash, zsh or fish. In a new terminal, type `checkpoint gr` and press Tab.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click brings these three along
    output.write(f"{kind(ctx.find_root().command, {}, 'checkpoint', VARIABLE).source()}\n", drawn=False)
    return EXIT_OK


def complete_checks(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Return the ids of checks that begin so."""
    return [id for id, _ in _checks(ctx) if id.startswith(begun)]


def complete_hinted(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Return the ids that begin so of checks that may give hints."""
    return [id for id, hidden in _checks(ctx) if id.startswith(begun) and not hidden]


def complete_formats(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Return the report formats that begin so."""
    from checkpoint.report import FORMATS

    return [name for name in FORMATS if name.startswith(begun)]


def _checks(ctx: click.Context) -> list[tuple[str, bool]]:
    """Return the checks' ids, each with whether it is hidden; none where anything is wrong: nobody wants to know now.

    They are read from the source: to import the checks would take longer than anybody waits for Tab.
    """
    from checkpoint import course as courses

    nowhere = io.StringIO()
    try:
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            course = courses.choose(ctx.params.get("checkpoint"), None)
        return [found for file in sorted(course.checks.rglob("test_*.py")) for found in _in(file)]
    except Exception:
        return []


def _in(file: Path) -> Iterator[tuple[str, bool]]:
    import ast

    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func).split(".")[-1] == "check":
                    yield node.name.removeprefix("test_"), _is_hidden(mark)


def _is_hidden(mark: ast.Call) -> bool:
    import ast

    return any(keyword.arg == "visibility" and ast.unparse(keyword.value) != "'visible'" for keyword in mark.keywords)
