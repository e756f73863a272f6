"""Say in words what an app may not do here, before the kernel says it in numbers.

This is for the learner's error message, and lets os.system() fail aloud; it protects nobody, and applies
where nothing is locked down, too, so that an app gets the same answers everywhere.
"""

from __future__ import annotations

import errno
import sys

PROCESSES = {
    "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn",
    "os.startfile", "pty.spawn",
}  # fmt: skip
NETWORK = {
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.gethostbyaddr",
}  # fmt: skip


def explain() -> None:
    """Let this process refuse other programs and the network with a PermissionError that says so."""
    network = set() if sys.platform == "win32" else NETWORK  # asyncio makes its socket pair out of them there

    def refuse(event: str, _arguments: object) -> None:
        if event in PROCESSES:
            raise PermissionError(errno.EPERM, "an app that is being graded cannot start other programs")
        if event in network:
            raise PermissionError(errno.EPERM, "an app that is being graded cannot use the network")

    sys.addaudithook(refuse)
