"""Say in words what an app may not do here, before the kernel says it in numbers.

This is for the learner's error message, and lets os.system() fail aloud; it protects nobody, and applies
where nothing is locked down, too, so that an app gets the same answers everywhere. The kinds of error are those
that an app meets on a computer where a program is not installed or the network is down: one that is written for
that (`except FileNotFoundError: version = "unknown"`) goes on.
"""

from __future__ import annotations

import errno
import socket
import sys

PROGRAMS = {
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn",
}  # fmt: skip
PROCESSES = {"os.fork", "os.forkpty"}
# What multiprocessing imports when it is used, and not before. Its locks are files that all processes of a machine
# share, and some of its ways to start a process tell nobody of it.
MULTIPROCESSING = {
    "multiprocessing.synchronize", "multiprocessing.sharedctypes", "multiprocessing.popen_fork",
    "multiprocessing.popen_forkserver", "multiprocessing.popen_spawn_posix", "multiprocessing.popen_spawn_win32",
}  # fmt: skip
NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
NETWORK = {"socket.connect", "socket.bind", "socket.sendto"}

NO_PROGRAMS = "an app that is being graded cannot start other programs"
NO_PROCESSES = "an app that is being graded cannot start other processes"
NO_MULTIPROCESSING = "multiprocessing does not work in an app that is being graded"
NO_NETWORK = "an app that is being graded cannot use the network"


def explain() -> None:
    """Let this process refuse other programs, other processes and the network with an OSError that says so."""
    names, network = NAMES, NETWORK
    if sys.platform == "win32":  # asyncio makes its socket pair out of them there
        names = network = set()
    known = PROGRAMS | PROCESSES | names | network | {"import"}

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event not in known:  # most, and there are hundreds a request
            return
        if event in PROGRAMS:
            raise FileNotFoundError(errno.ENOENT, NO_PROGRAMS)
        if event in PROCESSES:
            raise PermissionError(errno.EPERM, NO_PROCESSES)
        if event == "import" and arguments[0] in MULTIPROCESSING:
            raise PermissionError(errno.EPERM, NO_MULTIPROCESSING)
        if event in names:
            raise socket.gaierror(socket.EAI_AGAIN, NO_NETWORK)
        if event in network:
            raise PermissionError(errno.EPERM, NO_NETWORK)

    sys.addaudithook(refuse)
