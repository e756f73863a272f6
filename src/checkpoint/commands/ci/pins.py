"""Pin what a runner installs: checkpoint, and all that it needs, as they are installed here."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "checkpoint"
# Where the course's repository is checkpoint's own: as pip is told it, beside the folder that it is fetched to.
FROM_COURSE = "./course"
# All runners have Linux, whatever the author has.
RUNNER = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


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


def requirement(course: Path) -> str:
    """Return how a runner gets this very checkpoint, as pip is told.

    That is the commit that it was installed from; the course's own repository, if checkpoint is in it; or else this
    version. Raises CheckpointError if it came from a file or folder that no runner has.
    """
    direct = _direct_url()
    vcs = direct.get("vcs_info")
    if vcs:
        inside = f"#subdirectory={direct['subdirectory']}" if direct.get("subdirectory") else ""
        return f"{NAME} @ {vcs['vcs']}+{direct['url']}@{vcs['commit_id']}{inside}"
    if _is_ours(course / "pyproject.toml"):
        return FROM_COURSE
    if direct:
        raise CheckpointError(
            "checkpoint was installed here from a file or folder, which no runner has",
            where=str(direct["url"]),
            help="say how a runner gets it: --install 'checkpoint @ git+https://HOST/PATH@COMMIT'",
        )
    return f"{NAME}=={installed().version}"


def pinned(text: str) -> str:
    """Return a requirement that names one exact version; raises CheckpointError for any other."""
    try:
        wanted = Requirement(text)
    except InvalidRequirement as error:
        raise CheckpointError(
            f"--install takes what pip takes, not {text!r}: {str(error).splitlines()[0]}",
            help="for example: 'checkpoint @ git+https://HOST/PATH@COMMIT'",
        ) from None
    if wanted.url is None:
        fixed = _version(wanted) is not None
    else:
        commit = urlsplit(wanted.url).path.rpartition("@")[2]
        fixed = not wanted.url.startswith("git+") or _COMMIT.fullmatch(commit) is not None
    if not fixed:
        raise CheckpointError(
            f"--install {text!r} is not pinned, so that two runs could grade with two versions",
            help="name one version, checkpoint==1.2.3, or a whole commit id, checkpoint @ git+https://HOST/PATH@COMMIT",
        )
    return text


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
