"""Name the submissions of a batch: each has an id that no other has, and that can be shown and written anywhere."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from checkpoint.model import Limits, Submission

    Read = Callable[[Limits], Submission]

ID_CHARS = 200  # real ones have fifty


@dataclass(frozen=True, slots=True)
class Found:
    """Hold one submission that has been found and not yet read.

    `id` is whose it is: unique in the batch, also for systems to which `Ada` and `ada` are one, printable, on one
    line, at most ID_CHARS and a number long; it may have a `/` in it. `shown` is where it comes from, as the user would
    name it, and may hold whatever a file's name can hold. `warning` says what is odd about it.
    """

    id: str
    shown: str
    warning: str | None
    read: Read = field(repr=False, compare=False)

    def take(self, limits: Limits) -> Submission:
        """Return the submission, read now and once; nothing of it is kept here.

        Raises RefusedSubmission, with its place, if this one cannot be taken in.
        """
        return self.read(limits)


class Source(NamedTuple):
    """Name a submission as it was found: `place` tells it from others towards the user, such as `line 7`."""

    id: str
    shown: str
    place: str
    read: Read
    warning: str | None = None


def printable(text: str) -> str:
    """Return an id in Unicode's composed form, what cannot be seen in it written as Python would in a string."""
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(
            character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
            for character in text
        )
    return text.replace(".", r"\x2e") if text in (".", "..") else text


def numbered(sources: Iterable[Source]) -> Iterator[Found]:
    """Give each source its id: the first of a name keeps it, the next ones get `~2`, `~3`, and a warning.

    Names that differ in letter case or in Unicode's form only are one name: a file that is called by the id would be
    one on macOS and Windows.
    """
    first: dict[str, str] = {}  # where each id was first met
    for source in sources:
        id = whole = printable(source.id)
        warnings = [source.warning] if source.warning else []
        if len(whole) > ID_CHARS:
            id = whole[:ID_CHARS]
            warnings.append(f"its id has {len(whole)} characters and is cut off behind {ID_CHARS}")
        before = first.get(_folded(id))
        if before is not None:
            again = f"a second submission of the id `{id}` ({source.place})" if id == whole else "so is another id"
            warnings.append(f"{again}; the first is {before}")
            id = _next(id, first)
        first[_folded(id)] = source.place
        yield Found(id, source.shown, "; ".join(warnings) or None, source.read)


def _next(id: str, taken: dict[str, str]) -> str:
    number = 2
    while _folded(f"{id}~{number}") in taken:
        number += 1
    return f"{id}~{number}"


def _folded(id: str) -> str:
    """Return what two ids have in common that would share a file; not `casefold`, for which `ß` is `ss`."""
    return unicodedata.normalize("NFC", id.lower())
