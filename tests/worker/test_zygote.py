"""Orders reach the zygote whole or not at all."""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from checkpoint.worker import zygote
from checkpoint.worker.wire import LENGTHS, pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

pytestmark = pytest.mark.skipif(not hasattr(socket, "recv_fds"), reason="descriptors cannot be sent here")
ORDER = {"verb": "fork", "id": 1, "limits": {"memory_mib": 5}}


@pytest.fixture(autouse=True)
def _no_test_hangs() -> Iterator[None]:
    def hung(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError("this test hangs")

    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_orders_come_with_their_own_descriptors() -> None:
    near, far = socket.socketpair()
    with near, far, open(sys.executable, "rb") as one, open(os.devnull, "rb") as other:
        socket.send_fds(near, [pack(ORDER)], [one.fileno(), other.fileno()])
        near.sendall(pack({"verb": "end", "id": 1}))
        near.close()
        header, descriptors = zygote._receive(far) or ({}, [])
        assert header == ORDER
        assert [os.fstat(fd).st_ino for fd in descriptors] == [os.fstat(f.fileno()).st_ino for f in (one, other)]
        for descriptor in descriptors:
            os.close(descriptor)
        assert zygote._receive(far) == ({"verb": "end", "id": 1}, [])
        assert zygote._receive(far) is None


@pytest.mark.parametrize("length", [0, LENGTHS.size, LENGTHS.size + 5])
def test_an_order_that_breaks_off_is_the_end(length: int) -> None:
    near, far = socket.socketpair()
    with near, far:
        near.sendall(pack(ORDER)[:length])
        near.close()
        assert zygote._receive(far) is None
