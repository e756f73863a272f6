"""Cut the byte stream between judge and worker into frames.

A frame is two big-endian 32-bit lengths (header, body), a JSON object in UTF-8, and raw bytes. JSON and bytes
only, never pickle: reading a frame can run nothing. What a worker says has a seal behind it, made with a key that the
judge gave to this worker alone: whoever finds the socket in an app, and writes to it, has no such key. Both sides use
this module; it does no input or output of its own, so that it can be tested and fuzzed as it is.
"""

from __future__ import annotations

import hmac
import math
import struct
from hashlib import blake2b
from importlib.util import find_spec, module_from_spec
from typing import Any, NamedTuple

LENGTHS = struct.Struct(">II")
HEADER_BYTES = 1024 * 1024
BODY_BYTES = 64 * 1024 * 1024
DEPTH = 24
SEAL_BYTES = 16
NO_MEMORY = 71  # the exit code of a worker that has not even the memory to say so
INTEGER_CHARS = 40  # reading an integer takes the square of its length, and so does showing it


class WireError(ValueError):
    """The other side sent something that is not a frame."""


class Frame(NamedTuple):
    """One message: a JSON object and the bytes that go with it."""

    header: dict[str, Any]
    body: bytes


def pack(header: dict[str, Any], body: bytes = b"", key: bytes = b"") -> bytes:
    """Return the bytes of one frame, sealed if there is a `key` (up to 64 bytes).

    Raises WireError if the header or body is over the bound of any frame, or the header is no JSON.
    """
    try:
        text: bytes = _encode(header).encode()
    except ValueError as error:
        raise WireError(f"a header cannot be JSON: {error}") from None
    if len(text) > HEADER_BYTES or len(body) > BODY_BYTES:
        raise WireError(f"a frame of {len(text)} + {len(body)} bytes is too large")
    frame = LENGTHS.pack(len(text), len(body)) + text + body
    return frame + _seal(frame, key)


def _seal(frame: bytes | bytearray, key: bytes) -> bytes:
    return blake2b(frame, digest_size=SEAL_BYTES, key=key).digest() if key else b""


def _own(name: str) -> Any:
    """Return a module of the standard library anew, for us alone: an app may put other functions into the usual one."""
    spec = find_spec(name)
    assert spec is not None  # noqa: S101 - a module of the standard library
    assert spec.loader is not None  # noqa: S101
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Parser:
    """Collect bytes as they come and give back whole frames.

    `body_bytes` bounds a frame's body; a header has at most HEADER_BYTES. With a `key` each frame has to be sealed.
    """

    def __init__(self, body_bytes: int = BODY_BYTES, key: bytes = b"") -> None:
        self._body_bytes = body_bytes
        self._key = key
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
        whole = end + (SEAL_BYTES if self._key else 0)
        if len(self._buffer) < whole:
            return None
        if not hmac.compare_digest(self._buffer[end:whole], _seal(self._buffer[:end], self._key)):
            raise WireError("a frame without the seal of the grader's own code")
        header = _object(bytes(self._buffer[start : start + header_size]))
        body = bytes(self._buffer[start + header_size : end])
        del self._buffer[:whole]
        return Frame(header, body)


def _object(text: bytes) -> dict[str, Any]:
    """Return the JSON object in `text`, bounded in depth and free of NaN and giant numbers."""
    try:
        value = _decode(text.decode())
    except (ValueError, RecursionError) as error:
        raise WireError(f"a header is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise WireError("a header is not a JSON object")
    if text.count(b"{") + text.count(b"[") > DEPTH and too_deep(value, DEPTH):
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


def too_deep(value: object, most: int) -> bool:
    """Say whether a value nests deeper than `most`; looks at one level after the other, and at each value once."""
    level = [value]
    for _depth in range(most + 1):
        outer = [item for item in level if isinstance(item, dict | list)]
        if not outer:
            return False
        level = [inner for item in outer for inner in (item.values() if isinstance(item, dict) else item)]
    return True


_encode = _own("json.encoder").JSONEncoder(separators=(",", ":"), allow_nan=False).encode
_decode = _own("json.decoder").JSONDecoder(parse_constant=_refuse, parse_float=_finite, parse_int=_short).decode
