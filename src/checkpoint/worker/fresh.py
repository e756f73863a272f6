"""Serve as a worker in a Python of one's own, where there is no fork to come from.

Started by `launch.FreshProcesses`; the contract is that of `inside`. Output goes where the parent put it.
"""

from __future__ import annotations

import json
import socket
import sys
from typing import Any

from checkpoint.worker import inside, zygote
from checkpoint.worker.lockdown import Lack, Lockdown, remedies


def main(descriptor: int, settings: str) -> None:
    """Serve descriptor, or (-1, Windows) the socket that standard input describes.

    `settings` is JSON: `work` and `required` as for the zygote, the rest as in an order to fork.
    """
    order = json.loads(settings)
    locks = Lockdown(
        order["work"], order["required"], lacks=[Lack("all of it", "processes cannot fork here", remedies.LINUX)]
    )
    locks.open(order["name"], order["id"])
    if descriptor == -1:
        fromshare: Any = getattr(socket, "fromshare")  # noqa: B009 - exists on Windows only
        descriptor = fromshare(sys.stdin.buffer.read()).detach()
    zygote.warm_up()
    zygote.forget_ourselves()
    inside.main(descriptor, None, order, locks)
