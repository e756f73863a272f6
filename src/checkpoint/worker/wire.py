"""Cut the byte stream between judge and worker into frames.

A frame is two big-endian 32-bit lengths (header, body), a JSON object in UTF-8, and raw bytes. JSON and bytes
only, never pickle: reading a frame can run nothing. Both sides use this module; it does no input or
output of its own, so that it can be tested and fuzzed as it is.
"""

from __future__ import annotations

import json
import math
import struct
from typing import Any, NamedTuple

LENGTHS = struct.Struct(">II")
HEADER_BYTES = 1024 * 1024
BODY_BYTES = 64 * 1024 * 1024
DEPTH = 24
INTEGER_CHARS = 40  # reading an integer takes the square of its length, and so does showing it


class WireError(ValueError):
    """The other side sent something that is not a frame."""


class Frame(NamedTuple):
    """One message: a JSON object and the bytes that go with it."""

    header: dict[str, Any]
    body: bytes


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """Return the bytes of one frame.

    Raises WireError if the header or body is over the bound of any frame.
    """
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    if len(text) > HEADER_BYTES or len(body) > BODY_BYTES:
        raise WireError(f"a frame of {len(text)} + {len(body)} bytes is too large")
    return LENGTHS.pack(len(text), len(body)) + text + body


class Parser:
    """Collect bytes as they come and give back whole frames.

    `body_bytes` bounds a frame's body; a header has at most HEADER_BYTES.
    """

    def __init__(self, body_bytes: int = BODY_BYTES) -> None:
        self._body_bytes = body_bytes
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the stream."""
        self._buffer += data

    def next(self) -> Frame | None:
        """Return the next whole frame, or None while it is incomplete.

        Raises WireError as soon as the bytes cannot be a valid frame; the stream is then of no more use.
        """
        if len(self._buffer) < LENGTHS.size:
            return None
        header_size, body_size = LENGTHS.unpack_from(self._buffer)
        if header_size > HEADER_BYTES or body_size > self._body_bytes:
            raise WireError(f"a frame of {header_size} + {body_size} bytes is too large")
        start = LENGTHS.size
        end = start + header_size + body_size
        if len(self._buffer) < end:
            return None
        header = _object(bytes(self._buffer[start : start + header_size]))
        body = bytes(self._buffer[start + header_size : end])
        del self._buffer[:end]
        return Frame(header, body)


def _object(text: bytes) -> dict[str, Any]:
    """Return the JSON object in `text`, bounded in depth and free of NaN and giant numbers."""
    try:
        value = json.loads(text.decode(), parse_constant=_refuse, parse_float=_finite, parse_int=_short)
    except (ValueError, RecursionError) as error:
        raise WireError(f"a header is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise WireError("a header is not a JSON object")
    if _too_deep(value, DEPTH):
        raise WireError(f"a header nests deeper than {DEPTH}")
    return value


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is not a number")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):  # 1e999 is well-formed JSON
        raise ValueError(f"{text:.20} is too large a number")
    return value


def _short(text: str) -> int:
    if len(text) > INTEGER_CHARS:
        raise ValueError(f"{text:.20} is too long a number")
    return int(text)


def _too_deep(value: object, most: int) -> bool:
    """Say whether a value nests deeper than `most`; looks at one level after the other, and at each value once."""
    level = [value]
    for _depth in range(most + 1):
        outer = [item for item in level if isinstance(item, dict | list)]
        if not outer:
            return False
        level = [inner for item in outer for inner in (item.values() if isinstance(item, dict) else item)]
    return True
