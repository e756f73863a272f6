"""Find out where a runner gets the course from: its repository's address, and one commit of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checkpoint import course as courses
from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import Course

COMMIT = re.compile(r"[0-9a-f]{40}")
_LIKE_SSH = re.compile(r"(?:[^@/:]+@)?([^/:@]{2,}):(?!//|:)(.+)")


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
    top_line = _git(root, "rev-parse", "--show-toplevel")
    if top_line is None:
        raise CheckpointError(
            "this checkpoint is in no git repository, so no runner can fetch it",
            where=str(course.root),
            help="commit it, and push it to where runners can read it",
        )
    top = Path(os.path.realpath(top_line))
    url = _https(url or _git(root, "remote", "get-url", "origin"), course.root)
    commit = _commit(root, ref)
    folder = root.relative_to(top).as_posix()
    _refuse_missing(course, root, top, commit)
    return Source(url, commit, folder, top, tuple(_doubts(root, commit)))


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git says, None if it says no."""
    git = shutil.which("git")
    if git is None:
        raise CheckpointError("git is not installed, and the course's commit has to be known", help="install git")
    done = subprocess.run([git, "-C", str(folder), *arguments], capture_output=True, check=False)
    return os.fsdecode(done.stdout).rstrip("\n") if done.returncode == 0 else None


def _https(url: str | None, root: Path) -> str:
    """Return an address that asks for no password, without any that is in it; raises CheckpointError for others."""
    help = "name the repository's address: --course https://HOST/PATH"
    if not url:
        raise CheckpointError("the course's repository has no remote `origin`", where=str(root), help=help)
    if like_ssh := _LIKE_SSH.fullmatch(url):
        url = f"https://{like_ssh[1]}/{like_ssh[2].lstrip('/')}"
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port and parts.scheme == "https" else ""
    except ValueError:
        raise CheckpointError("the course's address cannot be read", help=help) from None
    if parts.scheme not in ("https", "ssh") or not parts.hostname or not parts.path.strip("/"):
        raise CheckpointError("a runner can fetch the course only by https", help=help)
    return f"https://{parts.hostname}{port}{parts.path}"


def _commit(root: Path, ref: str | None) -> str:
    """Return the whole id of a commit; a branch or tag becomes the commit that it is at now."""
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref or 'HEAD'}^{{commit}}")
    commit = found or ref or ""
    if COMMIT.fullmatch(commit):
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
    if _git(root, "cat-file", "-e", commit) is None:
        return
    for path in (root / courses.FILE, course.solution / courses.MAIN, course.checks):
        real = Path(os.path.realpath(path))
        name = real.relative_to(top).as_posix() if real.is_relative_to(top) else None
        if name is None or _git(top, "cat-file", "-e", f"{commit}:{name}") is None:
            raise CheckpointError(
                f"{name or 'this is outside the repository, and so'} is not in commit {commit[:12]}",
                where=str(path),
                help="commit it; runners fetch that commit and nothing else",
            )


def _doubts(root: Path, commit: str) -> Iterator[str]:
    """Yield why what a runner fetches may not be what is here."""
    if _git(root, "status", "--porcelain", "--", "."):
        yield f"the checkpoint's folder has changes that are not in commit {commit[:12]}; runners will not see them"
    if not _git(root, "branch", "--remotes", "--contains", commit):
        yield f"commit {commit[:12]} was not pushed yet, as far as is known here; runners cannot fetch it before"
