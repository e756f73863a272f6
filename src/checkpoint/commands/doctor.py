"""Say how well this machine can keep a submission to itself: `checkpoint doctor`."""

from __future__ import annotations

import os
import platform
import sys
from typing import TYPE_CHECKING

import click

from checkpoint.judge import isolation
from checkpoint.model import Limits
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.worker.launch import Wall

EXIT_OK = 0
# What gives `full` where people grade, beyond what the machine itself says of its settings.
ELSEWHERE = {
    "Docker, Podman": "docker run --cap-add SYS_ADMIN --security-opt apparmor=unconfined IMAGE",
    "GitHub's hosted runners": "a step before: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    "a container job on GitHub": "container: {image: ..., options: --cap-add SYS_ADMIN "
    "--security-opt apparmor=unconfined}",
    "your own GitLab runner": 'in [runners.docker]: cap_add = ["SYS_ADMIN"], security_opt = ["apparmor=unconfined"]',
    "a systemd service": "RestrictNamespaces=no, and SystemCallFilter= with @mount and @sandbox, or none",
    "macOS, Windows": "grade in Docker or a virtual machine with Linux",
}


@click.command(
    epilog="""\b
Examples:
  checkpoint doctor
  checkpoint grade app.py --isolation require=strong   then refuses to grade below that level

Exit codes: 0 it could be told, 3 nothing can be graded here."""
)
def doctor() -> int:
    """Say what this machine offers to keep an app from it, and how to get more.

    Starts a process as grading does, lets it lock itself down, and tells what came of it.
    """
    launcher = launch.start()
    try:
        wall = launcher.wall(Limits())
    finally:
        launcher.wait()
    click.echo("\n".join([*_offers(wall), "", *_level(wall), *_advice(wall)]))
    return EXIT_OK


def _offers(wall: Wall) -> Iterator[str]:
    """Yield what is there and what is not, a line each, and what would bring it."""
    lacks = {lack.part: lack for lack in wall.lacks}
    everything = lacks.get("all of it")
    found = {
        "landlock": f"ABI {wall.landlock_abi}",
        "seccomp": "yes, through libseccomp",
        "root": "yes, as root" if hasattr(os, "getuid") and os.getuid() == 0 else "yes, by user namespaces",
    }
    yield f"Python        {platform.python_version()} ({sys.executable})"
    yield f"kernel        {platform.system()} {platform.release()}, {platform.machine()}"
    yield f"fork          {'yes' if hasattr(os, 'fork') else 'no: each app costs a new Python'}"
    for part, name in (("landlock", "Landlock"), ("seccomp", "seccomp"), ("root", "private root")):
        lack = everything or lacks.get(part)
        yield f"{name:<13} {f'no: {lack.why}' if lack else found[part]}"
        if lack and lack.remedy:
            yield f"              to get it: {lack.remedy}"
    yield f"users         {_users(wall)}"


def _users(wall: Wall) -> str:
    if wall.own_user:
        return "each app runs as a user that nobody else is"
    return "apps run as the user that you are"


def _level(wall: Wall) -> Iterator[str]:
    described = isolation.describe(wall)
    yield f"isolation {described.level}: {described.detail}"
    if described.level == "none":
        yield "In CI and in batch nothing is graded at this level unless you say --allow-unisolated."


def _advice(wall: Wall) -> Iterator[str]:
    if wall.level == "full":
        return
    yield ""
    yield "How to get `full` elsewhere:"
    for place, how in ELSEWHERE.items():
        yield f"  {place}: {how}"
    yield "More in docs/security.md."
