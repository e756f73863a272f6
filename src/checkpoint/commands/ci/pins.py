"""Pin what a runner installs: checkpoint, and all that it needs, as they are installed here."""

from __future__ import annotations

import json
import os
import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from checkpoint.commands.ci import git
from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "checkpoint"
# Where the course's repository is checkpoint's own: as pip is told it, beside the folder that it is fetched to.
FROM_COURSE = "./course"
# All runners have Linux, whatever the author has.
RUNNER = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
# What builds checkpoint where it comes from git, and all that this needs; runners get no other.
BUILD = (
    "hatchling==1.33.0",
    "packaging==26.4",
    "pathspec==1.1.1",
    "pluggy==1.7.0",
    "tomlkit==0.15.2",
    "trove-classifiers==2026.9.21.13",
)
_GIT = ("git+https", "git+ssh")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_HASH = re.compile(r"sha256=[0-9a-f]{64}")
_SAY_HOW = (
    "say how a runner gets it: --install 'checkpoint @ git+https://HOST/PATH@COMMIT' with the whole commit id, "
    "or --install 'checkpoint @ https://HOST/FILE.whl#sha256=HASH'"
)


def installed() -> metadata.Distribution:
    """Return the distribution that is running; raises CheckpointError if it was never installed."""
    try:
        return metadata.distribution(NAME)
    except metadata.PackageNotFoundError:
        raise CheckpointError(
            "checkpoint is not installed here, so its needs are not known", help="install it with pip first"
        ) from None


def needs() -> list[str]:
    """Return what checkpoint itself says that it needs, extras aside.

    An editable install has the words of the day on which it was made; its pyproject.toml has today's.
    """
    direct = _direct_url()
    if direct.get("dir_info", {}).get("editable"):
        file = Path(url2pathname(urlsplit(direct["url"]).path)) / "pyproject.toml"
        if file.is_file():
            dependencies: list[str] = tomllib.loads(file.read_text("utf-8"))["project"]["dependencies"]
            return dependencies
    return [text for text in installed().requires or [] if not _for_extra(Requirement(text))]


def requirements() -> list[str]:
    """Return all that checkpoint needs on Linux, sorted, each pinned to the version that is installed here.

    What only Linux needs and this machine lacks keeps its own exact version. Raises CheckpointError where there is
    none.
    """
    pinned: dict[str, str] = {}
    waiting = [Requirement(text) for text in needs()]
    seen = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        key = (name, tuple(sorted(wanted.extras)))
        if key in seen or not _applies(wanted, ()):
            continue
        seen.add(key)
        try:
            found = metadata.distribution(wanted.name)
        except metadata.PackageNotFoundError:
            pinned[name] = f"{name}=={_exact(wanted)}"
            continue
        pinned[name] = f"{name}=={found.version}"
        waiting += _inner(found, wanted.extras)
    return [pinned[name] for name in sorted(pinned)]


def requirement(course: Path) -> tuple[str, tuple[str, ...]]:
    """Return how a runner gets this very checkpoint, as pip is told, and sentences on why that may be another.

    That is the commit or file that it was installed from; the course's own repository, if checkpoint is in it; or the
    commit of the clone that it was installed from. Raises CheckpointError if a runner has none of these.
    """
    direct = _direct_url()
    if "vcs_info" in direct:
        inside = f"#subdirectory={direct['subdirectory']}" if direct.get("subdirectory") else ""
        return _from_git(git.https(direct["url"], NAME, _SAY_HOW), direct["vcs_info"]["commit_id"]) + inside, ()
    if _is_ours(course / "pyproject.toml"):
        return FROM_COURSE, ()
    if "archive_info" in direct:
        address = f"{direct['url']}#sha256={direct['archive_info'].get('hashes', {}).get('sha256')}"
        if _fixed(address) and not _has_secret(address):
            return f"{NAME} @ {address}", ()
    if "dir_info" in direct:
        folder = Path(url2pathname(urlsplit(direct["url"]).path))
        if git.top(folder) == Path(os.path.realpath(folder)) and _is_ours(folder / "pyproject.toml"):
            return _from_clone(folder)
    if direct:
        raise CheckpointError(
            "checkpoint was installed here from a file or folder, which no runner has",
            where=direct["url"],
            help=_SAY_HOW,
        )
    raise CheckpointError(
        "checkpoint was installed here from an index, and on a public one its bare name could be anybody's package",
        help=_SAY_HOW,
    )


def pinned(text: str) -> str:
    """Return a requirement that names one address with fixed content; raises CheckpointError for any other."""
    try:
        wanted = Requirement(text)
    except InvalidRequirement as error:
        raise CheckpointError(
            f"--install takes what pip takes, not {text!r}: {str(error).splitlines()[0]}", help=_SAY_HOW
        ) from None
    if wanted.url is None:
        raise CheckpointError(
            f"--install {text!r} names no address, and a bare name could be anybody's package", help=_SAY_HOW
        )
    if _has_secret(wanted.url):
        raise CheckpointError(
            "--install has a name or a password in its address, and whoever can read the workflow can read that",
            help=_SAY_HOW,
        )
    if not _fixed(wanted.url):
        raise CheckpointError(
            f"--install {text!r} is not pinned, so that two runs could grade with two versions", help=_SAY_HOW
        )
    return text


def _from_git(url: str, commit: str) -> str:
    return f"{NAME} @ git+{url}@{commit}"


def _from_clone(folder: Path) -> tuple[str, tuple[str, ...]]:
    """Return what `requirement` does for checkpoint's own repository: the commit that is checked out there."""
    url, commit = git.origin(folder), git.commit(folder)
    if not url or not commit:
        lacking = "commit" if url else "remote `origin`"
        raise CheckpointError(
            f"checkpoint was installed here from a repository without a {lacking}, which no runner has",
            where=str(folder),
            help=_SAY_HOW,
        )
    return _from_git(git.https(url, NAME, _SAY_HOW), commit), tuple(git.doubts(folder, commit, "checkpoint's own"))


def _has_secret(address: str) -> bool:
    """Say whether an address tells who asks; of ssh's `git` everybody knows."""
    return urlsplit(address).netloc.rpartition("@")[0] not in ("", "git")


def _fixed(address: str) -> bool:
    """Say whether what is at an address can be one thing only: a commit, or a file with its hash."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return any(map(_HASH.fullmatch, parts.fragment.split("&")))
    return parts.scheme in _GIT and _COMMIT.fullmatch(parts.path.rpartition("@")[2]) is not None


def _direct_url() -> dict[str, Any]:
    """Return where pip says that checkpoint came from (PEP 610); empty for an index."""
    text = installed().read_text("direct_url.json")
    return json.loads(text) if text else {}


def _is_ours(pyproject: Path) -> bool:
    try:
        project = tomllib.loads(pyproject.read_text("utf-8")).get("project", {})
    except (OSError, ValueError):
        return False
    return isinstance(project, dict) and project.get("name") == NAME


def _inner(found: metadata.Distribution, extras: set[str]) -> Iterator[Requirement]:
    for text in found.requires or []:
        inner = Requirement(text)
        if _applies(inner, tuple(extras)):
            inner.marker = None  # it has been asked, with the extras that its parent was wanted with
            yield inner


def _applies(wanted: Requirement, extras: tuple[str, ...]) -> bool:
    return wanted.marker is None or any(wanted.marker.evaluate({**RUNNER, "extra": extra}) for extra in (*extras, ""))


def _for_extra(wanted: Requirement) -> bool:
    return wanted.marker is not None and "extra" in str(wanted.marker)


def _version(wanted: Requirement) -> str | None:
    """Return the one version that a requirement allows, None if there are more."""
    exact = [one.version for one in wanted.specifier if one.operator in ("==", "===") and "*" not in one.version]
    return exact[0] if exact else None


def _exact(wanted: Requirement) -> str:
    version = _version(wanted)
    if version is None:
        raise CheckpointError(
            f"{wanted.name} is not installed here, so its version is not known",
            help=f"pip install '{wanted.name}{wanted.specifier}'",
        )
    return version
