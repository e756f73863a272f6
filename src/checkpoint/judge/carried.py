"""Take what the app's process says it has answered, as far as HTTP and a report could carry it."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

HEADER_CHARS = 64 * 1024  # as HTTP/2 counts them, with 32 for each header (RFC 9113, 6.5.2)
HEADER_COST = 32
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f]")
COOKIE_CHARS = 4096  # browsers drop a longer one (RFC 6265, 6.1)
TOLD_CHARS = 64 * 1024  # kept of what is told beside a response, of which a check may keep hundreds
TOLD_COST = 32  # of each value, however short
TOLD_SMALL = TOLD_CHARS // TOLD_COST  # characters, two of which at least make a value: nothing is left out of these
TEXT_CHARS = 4096  # of each text; one may go back to the probe with the next request


class NoResponse(ValueError):
    """An answer is none that a browser could read; the text says why."""


def response(header: dict[str, Any], body: bytes, body_bytes: int) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return the status, headers and body of an answer; raises NoResponse if HTTP could not carry it."""
    status, told = header.get("status"), header.get("headers")
    code = status.split(" ")[0] if isinstance(status, str) else ""
    if not (code.isascii() and code.isdigit() and len(code) == 3 and code >= "100"):
        raise NoResponse(f"its status is {status!r:.80}")
    if len(body) > body_bytes:
        raise NoResponse(f"it is larger than {body_bytes >> 20} MiB")
    headers, size = [], 0
    for entry in told if isinstance(told, list) else ():
        match entry:
            case [str(name), str(value)]:
                size += len(name) + len(value) + HEADER_COST
                plain = name.isascii() and name.isprintable() and value.isascii() and value.isprintable()
                if not plain and (CONTROL.search(name) or CONTROL.search(value)):
                    raise NoResponse(f"the header {name!r:.80} has a line end in it")
                if name.lower() == "set-cookie" and len(value) > COOKIE_CHARS:
                    raise NoResponse(
                        f"it sets a cookie of {len(value)} characters; browsers drop one above {COOKIE_CHARS}"
                    )
                headers.append((name, value) if plain else (_latin(name), _latin(value)))
    if size > HEADER_CHARS:
        raise NoResponse(f"its headers have more than {HEADER_CHARS >> 10} KiB")
    return int(code), headers, body


def told(header: dict[str, Any]) -> dict[str, Any]:
    """Return what is told beside a response, cut to what may be kept."""
    found = {key: header.get(key) for key in ("verb", "seen", "error")}
    if len(repr(found)) > TOLD_SMALL:
        found = {key: _kept(value, [TOLD_CHARS]) for key, value in found.items()}
    return found


def _latin(text: str) -> str:
    """Return a text as WSGI has it: in the characters that stand for one byte each (PEP 3333)."""
    return text.encode("latin-1", "replace").decode("latin-1")


def _kept(value: Any, room: list[int]) -> Any:
    """Return as much of a JSON value as there is `room` for, which is one number and shrinks."""
    if isinstance(value, str):
        value = value[:TEXT_CHARS]
        room[0] -= len(value)
    room[0] -= TOLD_COST
    if isinstance(value, dict):
        pairs = takewhile(lambda _pair: room[0] > 0, value.items())
        return {_kept(key, room): _kept(item, room) for key, item in pairs}
    if isinstance(value, list):
        return [_kept(item, room) for item in takewhile(lambda _item: room[0] > 0, value)]
    return value
