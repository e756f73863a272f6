"""Find what is the same in the messages that many learners get: all but numbers, names in quotes, ids."""

from __future__ import annotations

import builtins
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLE = "…"
_CHARACTERS = 1000  # looked at; messages that differ behind that only are the same mistake
_VARIES = re.compile(
    r"""
    (?P<status>\b[1-5]\d\d(?=\ [A-Z])|(?<=answered\ )\d{3}|(?<=status\ )\d{3})  # 404 and 500 are not the same mistake
    |(?P<quoted>"[^"]{1,200}"|`[^`]{1,200}`|(?<!\w)'[^']{1,200}'(?!\w))
    |\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b  # a UUID
    |\b(?:0x)?(?=[a-fA-F]*\d)[0-9a-fA-F]{6,}\b  # a hash, an address
    |\d+(?:[.,:]\d+)*
    """,
    re.VERBOSE,
)


def parts(message: str) -> Iterator[tuple[str, bool]]:
    """Yield a message in pieces, each with whether it may differ in another message of the same kind."""
    end = 0
    for found in _VARIES.finditer(message):
        if not _says_what(found):
            if found.start() > end:
                yield message[end : found.start()], False
            yield found[0], True
            end = found.end()
    if end < len(message):
        yield message[end:], False


@lru_cache(maxsize=4096)
def alike(message: str) -> str:
    """Return a message with a hole for each piece that may differ: the same for all messages of a kind."""
    return "".join(HOLE if varies else piece for piece, varies in parts(message[:_CHARACTERS]))


def _says_what(found: re.Match[str]) -> bool:
    """Say whether this tells one mistake from another: an HTTP status, or one of Python's own names, as in 'str'."""
    name = (found["quoted"] or "")[1:-1]
    return bool(found["status"]) or name == "NoneType" or hasattr(builtins, name)
