"""Ask git what is checked out here, and where a runner would get it from."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMIT = re.compile(r"[0-9a-f]{40}")
_LIKE_SSH = re.compile(r"(?:[^@/:]+@)?([^/:@]{2,}):(?!//|:)([^@:]+)")


def ask(folder: Path, *arguments: str) -> str | None:
    """Return what git says, None if it says no."""
    git = shutil.which("git")
    if git is None:
        raise CheckpointError("git is not installed, and the commit has to be known", help="install git")
    done = subprocess.run([git, "-C", str(folder), *arguments], capture_output=True, check=False)
    return os.fsdecode(done.stdout).rstrip("\n") if done.returncode == 0 else None


def top(folder: Path) -> Path | None:
    """Return the top folder of the repository that a folder is in, None if it is in none."""
    found = ask(folder, "rev-parse", "--show-toplevel")
    return None if found is None else Path(os.path.realpath(found))


def origin(folder: Path) -> str | None:
    """Return the address of the remote `origin`, None if there is none."""
    return ask(folder, "remote", "get-url", "origin")


def https(url: str, what: str, help: str) -> str:
    """Return an address that asks for no password, without any that is in it; raises CheckpointError for others.

    `what` is fetched from there, and `help` says how else to name it.
    """
    if like_ssh := _LIKE_SSH.fullmatch(url):
        url = f"https://{like_ssh[1]}/{like_ssh[2].lstrip('/')}"
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port and parts.scheme == "https" else ""
    except ValueError:
        raise CheckpointError(f"{what}'s address cannot be read", help=help) from None
    if parts.scheme not in ("https", "ssh") or not parts.hostname or not parts.path.strip("/"):
        raise CheckpointError(f"a runner can fetch {what} only by https", help=help)
    return f"https://{parts.hostname}{port}{parts.path}"


def commit(folder: Path, ref: str = "HEAD") -> str | None:
    """Return the whole id of the commit that a branch, a tag or HEAD is at now, None if there is none."""
    return ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")


def doubts(folder: Path, commit: str, what: str) -> Iterator[str]:
    """Yield why what a runner fetches may not be what is here; `what` is the folder's."""
    # Not what Python leaves where checks are looked at.
    if ask(folder, "status", "--porcelain", "--", ".", ":(exclude,glob)**/__pycache__/**"):
        yield f"{what} folder has changes that are not in commit {commit[:12]}; runners will not see them"
    if not ask(folder, "branch", "--remotes", "--contains", commit):
        yield f"{what} commit {commit[:12]} was not pushed yet, as far as is known here; runners cannot fetch it before"
