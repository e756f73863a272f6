"""Serve as a worker in a Python of one's own, where there is no fork to come from.

Started by `launch.FreshProcesses`; the contract is that of `inside`. Output goes where the parent put it.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Any

from checkpoint.worker import inside, zygote


def main(descriptor: int, settings: str) -> None:
    """Serve descriptor, or (-1, Windows) the socket that standard input describes.

    `settings` is `home?name=value,...` with the limits.
    """
    home, _mark, text = settings.rpartition("?")
    limits = {name: int(value) for name, _equals, value in (item.partition("=") for item in text.split(","))}
    if descriptor == -1:
        fromshare: Any = getattr(socket, "fromshare")  # noqa: B009 - exists on Windows only
        descriptor = fromshare(sys.stdin.buffer.read()).detach()
    zygote.warm_up()
    inside.main(descriptor, None, Path(home), limits)
