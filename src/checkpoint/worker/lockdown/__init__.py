"""Lock a worker down, after the fork and before any of the learner's code.

`prepare` runs once, in the zygote: it finds out what this machine offers, enters the private root, compiles
what can be compiled. `Lockdown.lock` runs in each worker and does the rest. What the machine does not have is
left out, and the level says so; what it has and what then fails is an error, and no learner code runs.

The parts are a private root with namespaces (`root`), Landlock (`files`) and seccomp (`calls`).
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from checkpoint.worker import folder
from checkpoint.worker.lockdown import bounds, calls, files, kernel, places, remedies, root

LEVELS = ("none", "partial", "strong", "full")
PARTS = ("root", "landlock", "seccomp")
# Threads of one worker, where they can be counted apart from everybody else's.
THREADS = 256
# Users for workers, when we are root: far from those that a machine gives to people and services.
FIRST_USER, USERS = 1_500_000_000, 128
NOBODY = 65534
TRUNCATE_ABI = 3  # from here on Landlock has a say in truncate(2) by path, too


class Lack(NamedTuple):
    """What this machine does not give: which part, why, and what would help."""

    part: str
    why: str
    remedy: str


def level_of(parts: set[str]) -> str:
    """Return the level of isolation that parts in force add up to."""
    if "seccomp" not in parts:
        return "none"
    if "landlock" not in parts:
        return "partial"
    return "full" if "root" in parts else "strong"


@dataclass
class Lockdown:
    """Hold what `prepare` has found: the parts that will be in force, and what is lacking."""

    work: str
    required: str = "none"
    parts: set[str] = field(default_factory=set)
    lacks: list[Lack] = field(default_factory=list)
    landlock_abi: int = 0
    filter: bytes = b""
    own_users: bool = False  # a user namespace of our own
    first_user: int | None = None  # None: workers stay the user that we are
    _rules: dict[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """Return the level, one of LEVELS."""
        return level_of(self.parts)

    @property
    def suffices(self) -> bool:
        """Say whether the level is the required one or better."""
        return LEVELS.index(self.level) >= LEVELS.index(self.required)

    def summary(self) -> dict[str, Any]:
        """Return what the judge is told of all this, as JSON."""
        return {
            "level": self.level,
            "lacks": [lack._asdict() for lack in self.lacks],
            "landlock_abi": self.landlock_abi,
            "own_user": self.first_user not in (None, NOBODY),
        }

    def open(self, name: str, number: int) -> None:
        """Make the folder `name` that worker `number` may fill; runs in the zygote, before the fork."""
        home = Path(self.work) / name
        home.mkdir(mode=0o700)
        user = self._user(number)
        if "root" in self.parts:
            root.mount_copy(str(home), user)
        elif user is not None:
            os.chown(home, user, user)
        if "landlock" in self.parts:
            self._rules[name] = files.ruleset(str(home))

    def leave(self, name: str) -> None:
        """Close in the zygote what `open` made for a worker that has been forked."""
        rules = self._rules.pop(name, None)
        if rules is not None:
            rules.close()

    def remove(self, name: str) -> None:
        """Remove a worker's folder, after its end; runs in the zygote."""
        home = f"{self.work}/{name}"
        if "root" in self.parts:
            with contextlib.suppress(OSError):  # `open` may not have come so far
                kernel.unmount(home)
        folder.remove(home)

    def lock(self, name: str, number: int, keep: set[int], limits: dict[str, int]) -> None:
        """Lock this process, worker `number` with the folder `name`, for good.

        `keep` are the descriptors that stay open beside the standard streams. Raises OSError if a step
        fails; nothing of the learner's may run then.
        """
        parent = os.getppid()
        rules = self._rules.pop(name) if "landlock" in self.parts else None
        bounds.close_inherited(keep | ({rules.fileno()} if rules is not None else set()))
        bounds.limit(
            limits["memory_mib"] << 20, limits["cpu_seconds"], limits["file_bytes"],
            THREADS if self._alone() else None,
        )  # fmt: skip
        if sys.platform != "linux":
            return
        user = self._user(number)
        if user is not None:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.drop_capabilities()
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        end_with(parent)  # once more: the kernel forgets it when the user changes
        if rules is not None:
            files.restrict(rules)
        if "seccomp" in self.parts:
            kernel.load_filter(self.filter)

    def _user(self, number: int) -> int | None:
        """Return the user that worker `number` is to be; None if it stays who we are."""
        if self.first_user in (None, NOBODY):
            return self.first_user
        return self.first_user + number % USERS

    def _alone(self) -> bool:
        """Say whether a worker's threads are counted apart from those of others: not where several share a user."""
        return self.first_user not in (None, NOBODY)


def prepare(work: str, required: str, without: set[str]) -> Lockdown:
    """Find out what this machine offers, and enter the private root if it gives one.

    `work` is the empty folder in which workers will have theirs; below the level `required` none is to run;
    `without` leaves parts out, for tests.
    """
    lockdown = Lockdown(work, required)
    if sys.platform != "linux":
        lockdown.lacks += [Lack(part, f"{sys.platform} does not have it", remedies.LINUX) for part in PARTS]
        return lockdown
    user = _first_user() if _may_change_user() else None  # asked of /proc, which the private root has not
    for part, begin in (("landlock", _begin_landlock), ("seccomp", _begin_seccomp), ("root", _begin_root)):
        lack = Lack(part, "left out by a test", "") if part in without else begin(lockdown)
        if lack is None:
            lockdown.parts.add(part)
        else:
            lockdown.lacks.append(lack)
    if lockdown.own_users:  # which has one user in it: we
        return lockdown
    # Python may lie where only root can look; then they stay root, without any of its powers.
    if user is not None and places.open_to_all(work, from_root="root" not in lockdown.parts):
        lockdown.first_user = user
        if "root" not in lockdown.parts:
            os.chmod(work, 0o711)  # noqa: PTH101, S103 - they have to find the way to their folders
    return lockdown


def end_with(parent: int) -> None:
    """Ask for SIGKILL when the process `parent`, which forked us, ends."""
    if sys.platform != "linux":
        return
    kernel.prctl(kernel.PR_SET_PDEATHSIG, 9)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def become_reaper() -> None:
    """Make orphans among our descendants our children, so that none outlives us (Linux only)."""
    if sys.platform == "linux":
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)


def _begin_landlock(lockdown: Lockdown) -> Lack | None:
    try:
        lockdown.landlock_abi = files.abi()
    except OSError as error:
        return Lack("landlock", f"the kernel says: {error.strerror or error}", remedies.landlock(error.errno))
    return None


def _begin_seccomp(lockdown: Lockdown) -> Lack | None:
    try:
        lockdown.filter = calls.program(truncate=lockdown.landlock_abi >= TRUNCATE_ABI)
    except calls.NoSeccomp as error:
        return Lack("seccomp", str(error), remedies.LIBSECCOMP)
    return None


def _begin_root(lockdown: Lockdown) -> Lack | None:
    if "seccomp" not in lockdown.parts:  # it would add nothing to the level, and hide /proc from the zygote
        return Lack("root", "it is of no use without seccomp", "")
    try:
        lockdown.own_users = root.enter(lockdown.work)
    except root.NoPrivateRoot as error:
        return Lack("root", str(error), remedies.private_root())
    return None


def _may_change_user() -> bool:
    needed = (kernel.CAP_SETUID, kernel.CAP_SETGID, kernel.CAP_KILL, kernel.CAP_CHOWN)
    return not os.getuid() and all(kernel.capabilities() >> capability & 1 for capability in needed)


def _first_user() -> int | None:
    """Return the first of USERS user ids for the workers of this zygote alone.

    NOBODY if a user namespace around us has too few to spare, None if it has not even that one.
    """
    first = FIRST_USER + os.getpid() % 2**22 * USERS
    maps = [
        [tuple(map(int, line.split())) for line in Path(f"/proc/self/{kind}_map").read_text().splitlines()]
        for kind in ("uid", "gid")
    ]
    for user, length in ((first, USERS), (NOBODY, 1)):
        if all(
            any(start <= user and user + length <= start + size for start, _outside, size in ranges) for ranges in maps
        ):
            return user
    return None
