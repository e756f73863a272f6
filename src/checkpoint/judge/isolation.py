"""Put into words how well workers were kept from this machine, and decide how well they have to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.errors import CheckpointError
from checkpoint.model import Isolation

if TYPE_CHECKING:
    from checkpoint.model import Level
    from checkpoint.worker.launch import Wall

# From best to worst.
DETAILS: dict[Level, str] = {
    "full": "Landlock, seccomp, private root",
    "strong": "no user namespaces for a private root: a submission can learn that a file exists, not read it",
    "partial": "no Landlock: a submission can read and change files as the user it runs as, and "
    "through them all that this user can; itself it starts no program and uses no network",
    "none": "app.py runs with your rights: it can read your files and use the network. Run only code you trust; such "
    "a result is not a mark.",
}


def describe(wall: Wall) -> Isolation:
    """Return what a report says of a wall."""
    private_root = all(lack.part != "root" for lack in wall.lacks)
    detail = DETAILS[wall.level]
    if wall.level == "partial" and private_root:
        within = "with Python in it and no files of yours" if wall.own_user else "shared with others graded beside it"
        detail = f"no Landlock, but a private root {within}"
    return Isolation(wall.level, detail)


def required(isolation: str | None, *, allow_unisolated: bool, for_marks: bool) -> Level:
    """Return the level below which nothing may be graded.

    `isolation` is the option of that name: `require` or `require=LEVEL`. Where results are `for_marks` (in CI and
    in batch), some isolation is needed unless `allow_unisolated`. Raises CheckpointError if they make no sense.
    """
    if isolation is None:
        return "partial" if for_marks and not allow_unisolated else "none"
    verb, equals, text = isolation.partition("=")
    level = next((level for level in DETAILS if level == (text if equals else "full")), None)
    if verb != "require" or level is None:
        raise CheckpointError(
            f"--isolation takes require or require=LEVEL, not {isolation!r}",
            help=f"the levels, from best to worst, are {', '.join(DETAILS)}; require alone means full",
        )
    if allow_unisolated and level != "none":
        raise CheckpointError(
            f"--isolation {isolation} and --allow-unisolated contradict each other", help="leave one of them out"
        )
    return level


def at_least(level: Level) -> tuple[Level, ...]:
    """Return this level and those that are better."""
    levels = tuple(DETAILS)
    return levels[: levels.index(level) + 1]
