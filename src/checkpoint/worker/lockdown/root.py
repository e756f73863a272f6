"""Give the zygote, and all workers with it, a machine of their own that has next to nothing in it.

Namespaces are entered once, before the first fork: users, mounts, network, System V IPC, host name. The
root is put together from what `places` names, read-only, and an empty folder for the workers' copies.
"""

from __future__ import annotations

import os
from pathlib import Path

from checkpoint.worker.lockdown import kernel, places

NAMESPACES = kernel.CLONE_NEWNS | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS
COPY_MIB = 64
COPY_FILES = 20_000


class NoPrivateRoot(Exception):
    """Tell that the machine does not let us have one, and why; nothing has changed."""


def enter(work: str) -> bool:
    """Move this process into a private root in which `work` is an empty folder; say whether users are private too.

    Raises NoPrivateRoot if the machine refuses, with nothing changed for the files of this process.
    """
    own_users = not kernel.capabilities() >> kernel.CAP_SYS_ADMIN & 1
    _try(work, own_users=own_users)
    _enter(work, own_users=own_users)
    return own_users


def _enter(work: str, *, own_users: bool) -> None:
    os.umask(0o022)
    _enter_namespaces(own_users=own_users)
    kernel.make_private()
    _assemble(work)
    kernel.change_root(work)
    kernel.mount_memory(work, "size=1m,mode=0711")


def _try(work: str, *, own_users: bool) -> None:
    """Let a child go first: what is refused half-way cannot be undone."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            _enter(work, own_users=own_users)
            os.write(writing, b"ok")
        except OSError as error:
            os.write(writing, (error.strerror or str(error)).encode()[:1000])
        except BaseException as error:
            os.write(writing, repr(error).encode()[:1000])
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as told:
        answer = told.read().decode("utf-8", "replace")
    os.waitpid(child, 0)
    if answer != "ok":
        raise NoPrivateRoot(answer or "the process that tried it died")


def mount_copy(folder: str, user: int | None) -> None:
    """Mount a place of COPY_MIB for one worker, which belongs to `user` (None: to us)."""
    owner = "" if user is None else f",uid={user},gid={user}"
    kernel.mount_memory(folder, f"size={COPY_MIB}m,nr_inodes={COPY_FILES},mode=0700{owner}")


def _enter_namespaces(*, own_users: bool) -> None:
    user, group = os.getuid(), os.getgid()
    kernel.unshare(NAMESPACES | (kernel.CLONE_NEWUSER if own_users else 0))
    if own_users:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text)
    except OSError as error:  # one that comes of writing, not of opening, does not say of what
        raise OSError(error.errno, f"{path}: {error.strerror}") from None


def _assemble(work: str) -> None:
    """Mount the new root over `work`; the rest of the machine sees that folder empty all the time."""
    kernel.mount_memory(work, "size=1m,mode=0755")
    for path in (*places.readable(), *places.devices()):
        target = Path(work + path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if os.path.isdir(path):  # noqa: PTH112 - the text is needed as it is
            target.mkdir()
        else:
            target.touch()
        kernel.bind(path, str(target))
    Path(work + work).mkdir(parents=True)
    kernel.make_readonly(work)
