"""Draw how scores went, on one line of characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCKS = "▁▂▃▄▅▆▇█"
ASCII = "_.,-=+*#"


def chart(shares: Iterable[float], *, unicode: bool = True) -> str:
    """Return one character for each share from 0 to 1; only the full one has the highest."""
    steps = BLOCKS if unicode else ASCII
    return "".join(steps[int(max(0.0, min(share, 1.0)) * (len(steps) - 1))] for share in shares)
