"""Let a process call only what an app needs of the kernel: a seccomp allow-list.

Compiled once, in the zygote, by libseccomp (through pyseccomp, a thin and stable ctypes binding; the C
library is what systemd, Docker and Chromium's kin rely on), and loaded in each worker. What is not on the
list answers ENOSYS, as on a kernel that does not have it, so that libraries fall back to something older;
what means a new program, process or connection answers EPERM, which errors name better. Imported here only.
"""

from __future__ import annotations

import ctypes.util
import errno
import os
from typing import Any

ALLOWED = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek sendfile copy_file_range
    creat close close_range dup dup2 dup3 pipe pipe2 ftruncate fallocate fsync fdatasync
    sync_file_range fadvise64 flock umask
    stat lstat fstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat
    getdents getdents64 getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2
    symlink symlinkat
    brk mmap munmap mprotect mremap madvise msync mincore membarrier
    futex futex_waitv set_robust_list get_robust_list set_tid_address rseq sched_yield sched_getaffinity getcpu
    getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid
    uname sysinfo times getrusage getrlimit getrandom
    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time alarm getitimer setitimer
    timerfd_create timerfd_settime timerfd_gettime
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause
    restart_syscall exit exit_group
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
    eventfd eventfd2 recvfrom recvmsg sendmsg shutdown getsockopt getsockname getpeername
"""
REFUSED = """
    execve execveat fork vfork kill tkill tgkill pidfd_open pidfd_send_signal rt_sigqueueinfo rt_tgsigqueueinfo
    ptrace process_vm_readv process_vm_writev
    socket connect bind listen accept accept4
    unshare setns mount umount2 chroot pivot_root link linkat mknod mknodat
    setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset setpgid setsid
    setrlimit setpriority sched_setaffinity sched_setscheduler
"""
# Whose files these are and when they were touched means nothing in a private copy, and changing it elsewhere
# must not work (Landlock has no say in it): it is as if it were done.
PRETENDED = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat
"""
UNSUPPORTED = "setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr getxattr lgetxattr fgetxattr " + (
    "listxattr llistxattr flistxattr"
)

AF_UNIX, SOCK_STREAM, SOCK_KIND = 1, 1, 0xF
CLONE_THREAD = 0x00010000
# fcntl: duplicating, flags and locks; not F_SETOWN and F_SETSIG, which send signals to anybody.
FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)
IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS TIOCGWINSZ FIONREAD FIONBIO FIONCLEX FIOCLEX
PRCTL = (15, 16, 0x53564D41)  # PR_SET_NAME PR_GET_NAME PR_SET_VMA (malloc names its memory)
MADE_FAST = 2  # a search tree instead of a list


# Others name, number or pass some of these calls differently: 32-bit ones have two of many, s390x turns clone's around.
MACHINES = ("x86_64", "aarch64", "riscv64")


class NoSeccomp(Exception):
    """Tell why there is no seccomp to be had here."""


def program(*, truncate: bool) -> bytes:
    """Return the compiled filter; without `truncate`, all is refused that makes a file shorter by its path.

    Raises NoSeccomp if libseccomp is not there or this kind of processor is not known to us, OSError if it fails.
    """
    if os.uname().machine not in MACHINES:
        raise NoSeccomp(f"the list of system calls was not made for {os.uname().machine}")
    seccomp = _library()
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    rules.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.ERRNO(errno.ENOSYS))
    _optimize(rules, seccomp)
    for words, action in (
        (f"{ALLOWED} {'truncate' if truncate else ''}", seccomp.ALLOW),
        (f"{REFUSED} {'' if truncate else 'truncate'}", seccomp.ERRNO(errno.EPERM)),
        (PRETENDED, seccomp.ERRNO(0)),
        (UNSUPPORTED, seccomp.ERRNO(errno.ENOTSUP)),
    ):
        for call in words.split():
            _rule(rules, action, call)
    _conditions(rules, seccomp)
    _opening(rules, seccomp, truncate=truncate)
    with open(os.memfd_create("filter"), "w+b") as file:  # not on a disk, which may be full
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _library() -> Any:
    """Import pyseccomp; it looks for libseccomp with find_library, which needs ldconfig or a compiler for that."""
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: find(name) or (f"lib{name}.so.2" if name == "seccomp" else None)
    try:
        import pyseccomp  # type: ignore[import-untyped]
    except (ImportError, RuntimeError, OSError, AttributeError) as error:
        raise NoSeccomp(f"libseccomp cannot be used: {error}") from None
    finally:
        ctypes.util.find_library = find
    return pyseccomp


def _opening(rules: Any, seccomp: Any, *, truncate: bool) -> None:
    """Allow to open files in the three ways that Landlock knows: to read, to write, for both.

    The fourth, access mode 3, asks Landlock for no right at all, and below its third version O_TRUNC asks for none that
    reading does not have: both together empty any file.
    """
    for call, place in (("open", 1), ("openat", 2)):
        for mode in (os.O_RDONLY, os.O_WRONLY, os.O_RDWR):
            mask = os.O_ACCMODE if truncate or mode else os.O_ACCMODE | os.O_TRUNC
            _rule(rules, seccomp.ALLOW, call, seccomp.Arg(place, seccomp.MASKED_EQ, mask, mode))


def _conditions(rules: Any, seccomp: Any) -> None:
    """Allow some calls with some arguments only."""
    arg, equal, masked = seccomp.Arg, seccomp.EQ, seccomp.MASKED_EQ
    # Threads, but no processes. clone3 hides its flags in memory; without it libc uses clone.
    _rule(rules, seccomp.ALLOW, "clone", arg(0, masked, CLONE_THREAD, CLONE_THREAD))
    _rule(rules, seccomp.ERRNO(errno.EPERM), "clone", arg(0, masked, CLONE_THREAD, 0))
    # asyncio wakes its loop through a pair. Not datagrams: those can be sent to any socket's address.
    pair = (arg(0, equal, AF_UNIX), arg(1, masked, SOCK_KIND, SOCK_STREAM))
    _rule(rules, seccomp.ALLOW, "socketpair", *pair)
    _rule(rules, seccomp.ALLOW, "sendto", arg(4, equal, 0))
    # Asking for limits, one's own, is fine; setting them is not.
    _rule(rules, seccomp.ALLOW, "prlimit64", arg(0, equal, 0), arg(2, equal, 0))
    _rule(rules, seccomp.ERRNO(errno.EPERM), "prlimit64", arg(2, seccomp.NE, 0))
    # Setting a time is as if it were done (see PRETENDED). Not so for "now": Path.touch() takes a success as "the file
    # is there" and makes none, but opens it, and thereby makes it, if it hears that this is refused.
    _rule(rules, seccomp.ERRNO(0), "utimensat", arg(2, seccomp.NE, 0))
    _rule(rules, seccomp.ERRNO(errno.EPERM), "utimensat", arg(2, equal, 0))
    for call, place, values in (("fcntl", 1, FCNTL), ("ioctl", 1, IOCTL), ("prctl", 0, PRCTL)):
        for value in values:
            _rule(rules, seccomp.ALLOW, call, arg(place, equal, value))


def _rule(rules: Any, action: int, call: str, *conditions: Any) -> None:
    try:
        rules.add_rule(action, call, *conditions)
    except OSError as error:
        # Not every architecture has every call, and an older library does not know the newest ones.
        if error.errno not in (errno.EFAULT, errno.EDOM, errno.EINVAL) or conditions:
            raise


def _optimize(rules: Any, seccomp: Any) -> None:
    try:
        rules.set_attr(seccomp.Attr.CTL_OPTIMIZE, MADE_FAST)
    except (OSError, AttributeError):
        return  # before libseccomp 2.5: slower, not weaker
