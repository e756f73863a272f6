"""Find out where a runner gets the course from: its repository's address, and one commit of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint import course as courses
from checkpoint.commands.ci import git
from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from checkpoint.model import Course

_NAME_IT = "name the repository's address: --course https://HOST/PATH"


@dataclass(frozen=True, slots=True)
class Source:
    """Say where a checkpoint is: an https address, a whole commit id, and its folder below the repository's top.

    `top` is the repository's folder here; `doubts` are sentences on why a runner may see something else.
    """

    url: str
    commit: str
    folder: str
    top: Path
    doubts: tuple[str, ...]


def locate(course: Course, url: str | None, ref: str | None) -> Source:
    """Return where a runner gets this checkpoint; raises CheckpointError if that cannot be told, or would not do.

    Without `url` it is the address of the remote `origin`; without `ref`, the commit that is checked out.
    """
    root = Path(os.path.realpath(course.root))
    top = git.top(root)
    if top is None:
        raise CheckpointError(
            "this checkpoint is in no git repository, so no runner can fetch it",
            where=str(course.root),
            help="commit it, and push it to where runners can read it",
        )
    url = url or git.origin(root)
    if not url:
        raise CheckpointError("the course's repository has no remote `origin`", where=str(course.root), help=_NAME_IT)
    url = git.https(url, "the course", _NAME_IT)
    commit = _commit(root, ref)
    _refuse_missing(course, root, top, commit)
    return Source(
        url, commit, root.relative_to(top).as_posix(), top, tuple(git.doubts(root, commit, "the checkpoint's"))
    )


def _commit(root: Path, ref: str | None) -> str:
    """Return the whole id of a commit; a branch or tag becomes the commit that it is at now."""
    commit = git.commit(root, ref or "HEAD") or ref or ""
    if git.COMMIT.fullmatch(commit):
        return commit
    if ref is None:
        raise CheckpointError("the course's repository has no commit yet", where=str(root), help="commit the course")
    raise CheckpointError(
        f"--ref {ref!r} is no commit of the course's repository",
        where=str(root),
        help="name one of its commits, by its 40 hexadecimal digits if it is not here",
    )


def _refuse_missing(course: Course, root: Path, top: Path, commit: str) -> None:
    """Refuse a commit in which a part of the checkpoint is missing; one that is not here cannot be looked into."""
    if git.ask(root, "cat-file", "-e", commit) is None:
        return
    for path in (root / courses.FILE, course.solution / courses.MAIN, course.checks):
        real = Path(os.path.realpath(path))
        name = real.relative_to(top).as_posix() if real.is_relative_to(top) else None
        if name is None or git.ask(top, "cat-file", "-e", f"{commit}:{name}") is None:
            raise CheckpointError(
                f"{name or 'this is outside the repository, and so'} is not in commit {commit[:12]}",
                where=str(path),
                help="commit it; runners fetch that commit and nothing else",
            )
