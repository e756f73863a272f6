"""Put into words how well workers were kept from this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.model import Isolation

if TYPE_CHECKING:
    from checkpoint.model import Level
    from checkpoint.worker.launch import Wall

DETAILS: dict[Level, str] = {
    "full": "Landlock, seccomp, private root",
    "strong": "no private root: a submission can learn that a file exists, not read it",
    "partial": "no Landlock: a submission can read and change files as the user it runs as, but start no program "
    "and use no network",
    "none": "app.py runs with your rights: it can read your files and use the network. Run only code you trust; such "
    "a result is not a mark.",
}


def describe(wall: Wall) -> Isolation:
    """Return what a report says of a wall."""
    private_root = all(part != "root" for part, _why, _remedy in wall.lacks)
    if wall.level == "partial" and private_root:
        return Isolation("partial", "no Landlock, but a private root: a submission can reach others graded beside it")
    return Isolation(wall.level, DETAILS[wall.level])
