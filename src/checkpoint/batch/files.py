"""Name the report files of a batch after whose they are, though an id may hold anything."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

REPORTS = "reports"  # the folder of them

_HASH_DIGITS = 12
_SLUG_BYTES = 80
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_.-]{0,62}[a-z0-9]|[a-z0-9]")  # small letters: many a disk knows no others
_HASHED = re.compile(rf"-[0-9a-f]{{{_HASH_DIGITS}}}$")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")  # of Windows, where these are no files


def name_for(id: str) -> str:
    """Return the name, without its suffix, of the report files of an id: always the same, and no other id's.

    An id that is safe on every disk is its own name. Of any other the letters and digits are kept, with a hash of the
    whole behind them.
    """
    if _PLAIN.fullmatch(id) and not _HASHED.search(id) and not _DEVICE.match(id):
        return id
    slug = re.sub(r"\W+", "-", unicodedata.normalize("NFC", id)).encode()[:_SLUG_BYTES].decode(errors="ignore")
    return f"{slug.strip('-_') or 'id'}-{sha256(id.encode()).hexdigest()[:_HASH_DIGITS]}"
