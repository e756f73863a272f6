"""Say what would give this machine a part of the lock-down that it lacks, as far as its settings tell.

Asked before the private root is entered: all that is known here is read from /proc and the like.
"""

from __future__ import annotations

import errno
from pathlib import Path

LINUX = "grade on Linux, for example in a container"
LIBSECCOMP = "install it: apt install libseccomp2, dnf install libseccomp, or apk add libseccomp"
# Docker's own profiles: seccomp lets unshare and mount through with SYS_ADMIN only, AppArmor's refuses every mount.
CONTAINER = "start the container with --cap-add SYS_ADMIN --security-opt apparmor=unconfined"
UNIT = "in the service's unit file: RestrictNamespaces=no, and SystemCallFilter= with @mount and @sandbox, or none"


def landlock(number: int | None) -> str:
    """Return what switches Landlock on, given the error number that the kernel answered with."""
    if number == errno.EOPNOTSUPP:
        return "it is switched off: add landlock to the lsm= list of the kernel's command line"
    if in_container():
        return (
            "it needs Linux 5.13, and a container engine whose seccomp profile knows its calls (Docker 23, Podman 4.2)"
        )
    return "it needs Linux 5.13 or newer, built with it"


def private_root() -> str:
    """Return what allows namespaces and mounts to a process like this one."""
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return "as root: sysctl -w kernel.unprivileged_userns_clone=1"
    if _setting("user/max_user_namespaces") == "0":
        return "as root: sysctl -w user.max_user_namespaces=10000"
    if in_container():
        return CONTAINER
    if in_service():
        return UNIT
    return "allow user namespaces and mounts to this process (something that it was started by forbids them)"


def in_container() -> bool:
    """Say whether Docker or Podman has started us."""
    return Path("/.dockerenv").exists() or Path("/run/.containerenv").exists()


def in_service() -> bool:
    """Say whether we are part of a systemd service (not of a login session)."""
    try:
        groups = Path("/proc/self/cgroup").read_text()
    except OSError:
        return False
    return ".service" in groups and "user@" not in groups and "session-" not in groups


def _setting(name: str) -> str | None:
    try:
        return Path(f"/proc/sys/{name}").read_text().strip()
    except OSError:
        return None
