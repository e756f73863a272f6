"""Call the kernel where Python has no function for it; every failure is an OSError that names the call.

Linux only. Constants are those of the kernel's own headers (prctl.h, sched.h, mount.h, capability.h).
"""

from __future__ import annotations

import ctypes
import os
from functools import cache
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
SECCOMP_MODE_FILTER = 2

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
MNT_DETACH = 2
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID = 1, 2
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
SYS_MOUNT_SETATTR = 442  # the same number on every architecture, as for all calls since Linux 5.1

CAPABILITY_VERSION_3 = 0x20080522
CAP_CHOWN, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN = 0, 5, 6, 7, 21


class _Attributes(ctypes.Structure):
    """struct mount_attr."""

    _fields_ = [
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns", ctypes.c_uint64),
    ]


class _Filter(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


@cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def prctl(option: int, value: int = 0) -> None:
    """Set one thing about this process."""
    _checked(_libc().prctl(option, ctypes.c_ulong(value), 0, 0, 0), f"prctl({option})")


def unshare(flags: int) -> None:
    """Enter new namespaces, of the kinds in `flags`."""
    _checked(_libc().unshare(flags), "unshare")


def bind(source: str, target: str) -> None:
    """Show a file or folder, with what is mounted in it, at another place too."""
    _mount(source, target, "", MS_BIND | MS_REC, "")


def make_private() -> None:
    """Keep what we mount from the rest of the machine, and the other way round."""
    _mount("none", "/", "", MS_REC | MS_PRIVATE, "")


def mount_memory(target: str, options: str) -> None:
    """Mount a file system in memory (tmpfs) that runs no programs."""
    _mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options)


def make_readonly(target: str) -> None:
    """Let nobody write below `target` any more, in whatever is mounted there (Linux 5.12)."""
    attributes = _Attributes(set=MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID)
    result = _libc().syscall(
        SYS_MOUNT_SETATTR, AT_FDCWD, os.fsencode(target), AT_RECURSIVE,
        ctypes.byref(attributes), ctypes.c_size_t(ctypes.sizeof(attributes)),
    )  # fmt: skip
    _checked(result, "mount_setattr")


def unmount(target: str) -> None:
    """Take a mount away, at once for new users and for others when they are done."""
    _checked(_libc().umount2(os.fsencode(target), MNT_DETACH), f"umount {target}")


def change_root(folder: str) -> None:
    """Make `folder`, a mount, the root of all paths, and forget the old root (pivot_root(2), its last note)."""
    os.chdir(folder)
    _checked(_libc().pivot_root(b".", b"."), "pivot_root")
    unmount(".")
    os.chdir("/")


def drop_capabilities() -> None:
    """Give up every capability of this process, for good once it cannot gain any by execve."""
    _checked(_libc().prctl(PR_CAP_AMBIENT, ctypes.c_ulong(PR_CAP_AMBIENT_CLEAR_ALL), 0, 0, 0), "prctl(PR_CAP_AMBIENT)")
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _checked(_libc().capset(header, nothing), "capset")


def capabilities() -> int:
    """Return the bits of the capabilities in effect."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)()
    _checked(_libc().capget(header, data), "capget")
    return int(data[0]) | int(data[3]) << 32


def load_filter(program: bytes) -> None:
    """Put a seccomp filter, eight bytes an instruction, over this process and all that it starts."""
    buffer = ctypes.create_string_buffer(program, len(program))
    given = _Filter(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    _checked(_libc().prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(given), 0, 0), "prctl(PR_SET_SECCOMP)")


def _mount(source: str, target: str, kind: str, flags: int, options: str) -> None:
    done = _libc().mount(
        os.fsencode(source), os.fsencode(target), os.fsencode(kind) or None,
        ctypes.c_ulong(flags), os.fsencode(options) or None,
    )  # fmt: skip
    _checked(done, f"mount {target}")


def _checked(result: int, call: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
