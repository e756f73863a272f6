"""Tell whose each thing at the top of a batch is, from names and kinds alone."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NoReturn, Protocol

from checkpoint.batch.find import platforms
from checkpoint.batch.find.found import Source
from checkpoint.errors import RefusedSubmission, WrongUsage
from checkpoint.intake import archive, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checkpoint.batch.find.found import Read
    from checkpoint.model import Limits

Form = Literal["folder", "file", "files", "text"]

LOOKED_FOR = "a folder, a zip or tar archive, or a Python file for each learner"
NAME_WHAT = "name a folder or an archive of submissions, or a CSV file with the columns id and path"
_TEMPLATES = (".html", ".jinja", ".jinja2", ".j2")
_ENDS = re.compile(r"(\.tar)?\.[A-Za-z0-9]{1,8}\Z")
# Beside submissions, never one: hidden files, what systems add, locks of office programs, backups of editors.
_NEVER = re.compile(r"\.(?!\.\Z).*|~\$.*|.*~|__pycache__|Thumbs\.db|desktop\.ini", re.DOTALL | re.IGNORECASE)
# What instructors and platforms lay beside submissions.
_ABOUT = re.compile(
    r"(read[ _-]?me|license|index|instructions)\b.*|.*\.(csv|tsv|xlsx?|ods|ya?ml|json|md|log|toml|ini|cfg|lock|sh|bat)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(slots=True)
class Candidate:
    """Hold what may be one submission.

    `form` is "folder", "file", "files" (several that belong together, or one that a platform has renamed), or "text"
    (typed into the platform). `files` has the names at the top, each with what the learner called it.
    """

    id: str
    form: Form
    files: dict[str, str] = field(default_factory=dict)


def sources(place: Place, found: Iterable[Candidate]) -> Iterator[Source]:
    """Yield candidates as sources, the readers made one by one."""
    for candidate in found:
        name, *more = candidate.files or [candidate.id]
        shown = f"{place.shown}/{name}" + (f" and {len(more)} more" if more else "")
        warning = None
        if candidate.form == "files" and any(original.endswith(_TEMPLATES) for original in candidate.files.values()):
            warning = "its files came without their folders: its templates lie beside the app"
        read = _text(shown) if candidate.form == "text" else place.reader(candidate)
        yield Source(candidate.id, shown, shown, read, warning)


def _text(shown: str) -> Read:
    def refuse(_: Limits) -> NoReturn:
        raise RefusedSubmission(
            "it was handed in as a text or a link, not as a file", where=shown, help="ask for the app's file"
        )

    return refuse


class Place(Protocol):
    """A folder in which submissions may lie, on the disk or in an archive."""

    @property
    def shown(self) -> str:
        """Return how it is called towards the user."""

    def things(self) -> Iterable[tuple[str, str]]:
        """Yield what lies in it: names and kinds, as an Entry has them, in any order."""

    def below(self, name: str) -> Place:
        """Return a folder in it."""

    def reader(self, candidate: Candidate) -> Read:
        """Return what reads a candidate in it."""


def candidates(things: list[tuple[str, str]]) -> list[Candidate]:
    """Return what may be submissions among things, names and kinds, that lie in a place; sorted by ids.

    A plain file that can be none (`ada.pdf`) is one that will be refused, so that its learner is named, if submissions
    lie there as files, and if it is not of a kind that lies beside them (`grades.csv`). Links, pipes and devices are
    named too.
    """
    found: list[Candidate] = []
    owned: dict[str, Candidate] = {}
    others: list[str] = []
    canvas = platforms.is_canvas(name for name, kind in things if kind == "file")
    for name, kind in things:
        owner = platforms.owner_of_folder(name) if kind == "folder" else platforms.owner_of_file(name, canvas=canvas)
        if owner is None and kind != "folder":
            if kind == "file" and not is_submission(name):
                others.append(name)
            else:
                found.append(Candidate(_stem(name), "file", {name: name}))
        elif owner is None:
            found.append(Candidate(name or "/", "folder", {name: name}))
        elif owner.name is None:
            owned.setdefault(owner.id, Candidate(owner.id, "text")).files.setdefault(name, "")
        elif kind == "folder":
            found.append(Candidate(owner.id, "folder", {name: name}))
        else:
            theirs = owned.setdefault(owner.id, Candidate(owner.id, "files"))
            theirs.form = "files"
            theirs.files[name] = owner.name
    if any(candidate.form in ("file", "files") for candidate in (*found, *owned.values())):
        found += [Candidate(_stem(name), "file", {name: name}) for name in others if not _ABOUT.fullmatch(name)]
    folders = {candidate.id for candidate in found if candidate.form == "folder"}
    for candidate in owned.values():
        if candidate.form == "files":
            candidate.files = {name: original for name, original in sorted(candidate.files.items()) if original}
            if canvas:
                candidate.files = platforms.before_canvas(candidate.files)
            found.append(candidate)
        elif candidate.id not in folders:  # else what counts is in the folder beside
            found.append(candidate)
    return sorted(found, key=_order)


def _order(candidate: Candidate) -> tuple[str, str, bool, list[str]]:
    """Keep together what differs in letter case only, and folders before the archives of them."""
    return candidate.id.lower(), candidate.id, candidate.form != "folder", sorted(candidate.files)


def is_submission(name: str) -> bool:
    """Say whether a file of this name is to be somebody's submission."""
    return name.endswith(".py") or archive.is_named(name)


def _stem(name: str) -> str:
    return _ENDS.sub("", name) or name


def settle(place: Place) -> tuple[Place, list[Candidate]]:
    """Return where in a place the submissions lie, and what they are; a folder around all of them is stepped into.

    Raises WrongUsage if there is none, or if all of the place is one submission.
    """
    things = _kept(place.things())
    if (names.MAIN, "file") in things:
        raise WrongUsage(
            f"this is one submission, with its {names.MAIN} at the top, and not many",
            where=place.shown,
            help=f"grade it alone: checkpoint grade {shlex.quote(place.shown)}",
        )
    outermost = here = place, candidates(things)
    for _ in range(names.DEPTH):
        inner = _only_folder(here[1])
        if inner is None:
            break
        below = here[0].below(inner)
        things = _kept(below.things())
        found = candidates(things)
        if _is_app(things) or not found or (len(found) == 1 and found[0].form != "folder"):
            return outermost  # one learner, who has handed in one app, one file or nothing
        here = below, found
        if len(things) > 1:
            outermost = here
    if not here[1]:
        raise WrongUsage(
            f"there are no submissions in it; it should have {LOOKED_FOR}", where=place.shown, help=NAME_WHAT
        )
    return here


def _kept(things: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, kind) for name, kind in things if not _NEVER.fullmatch(name) and not names.left_out(name)]


def _is_app(things: list[tuple[str, str]]) -> bool:
    return any(name in names.MAINS and kind == "file" for name, kind in things)


def _only_folder(found: list[Candidate]) -> str | None:
    """Return the name of the one folder, if no platform says that it is a learner's."""
    if len(found) != 1 or found[0].form != "folder":
        return None
    name = next(iter(found[0].files))
    return None if platforms.owner_of_folder(name) else name
