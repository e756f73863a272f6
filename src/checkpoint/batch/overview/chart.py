"""Lay out the picture of how points are spread: numbers for an SVG whose sides are 100 percent each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkpoint.batch.overview.figures import Scores, Standing

TOP, BOTTOM = 17.0, 88.0  # of the bars; above them stand counts and the pass mark, below them the axis
_STATES = ("passed", "undecided", "failed")  # from the ground up


@dataclass(frozen=True, slots=True)
class Bar:
    """Place one bar: its pieces are (state, top, height); all but `name` and `count` is in percent of the picture."""

    name: str
    count: Standing
    left: float
    width: float
    top: float
    pieces: tuple[tuple[str, float, float], ...]

    @property
    def middle(self) -> float:
        """Return where a text below or above the bar is centred."""
        return round(self.left + self.width / 2, 3)


def bars(scores: Scores) -> list[Bar]:
    """Return a bar for each bin, the highest one as high as there is room."""
    most = max((count.graded for count in scores.bins), default=0) or 1
    slot = 100 / len(scores.bins)
    scale = (BOTTOM - TOP) / most
    placed = []
    for number, count in enumerate(scores.bins):
        top = BOTTOM
        pieces = []
        for state in _STATES:
            height = getattr(count, state) * scale
            top -= height
            if height:
                pieces.append((state, round(top, 3), round(height, 3)))
        left, width = round((number + 0.1) * slot, 3), round(0.8 * slot, 3)
        placed.append(Bar(_name(number, len(scores.bins)), count, left, width, round(top, 3), tuple(pieces)))
    return placed


def mark(pass_percent: float, bins: int) -> float:
    """Return where the pass mark stands, in percent from the left: at the left edge of what reaches it."""
    return round(pass_percent / 100 * (bins - 1) / bins * 100, 3)


def _name(number: int, bins: int) -> str:
    """Return what a bin holds: "70 to under 75 %"; the last one is for full marks alone."""
    step = 100 // (bins - 1)
    return "100 %" if number == bins - 1 else f"{number * step} to under {(number + 1) * step} %"
