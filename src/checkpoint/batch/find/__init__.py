"""Find the submissions of a batch, and read none of them: only names are held until each is taken.

`layout` tells whose a name is, with `platforms` for the downloads of Canvas, Moodle and Gradescope; `disk` and `packed`
are where names come from; `listed` is a list that the user has made; `found` gives each submission its id.
"""

from __future__ import annotations

import os
import shlex
import stat
from typing import TYPE_CHECKING

from checkpoint.batch.find import layout, listed
from checkpoint.batch.find.disk import Folder
from checkpoint.batch.find.found import Found, numbered
from checkpoint.batch.find.packed import opened
from checkpoint.errors import WrongUsage
from checkpoint.intake import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Found", "find"]


def find(path: Path, tell: Callable[[str], None] = lambda words: None) -> Iterator[Found]:
    """Yield the submissions in a folder or an archive, sorted by id, or those on a CSV list, in its order.

    In a folder or an archive each learner has a folder, a zip, tar or tar.gz, or a Python file, or what Canvas,
    Moodle and Gradescope make of that; `tell` hears where that lies, if further down. Raises WrongUsage, at once, for
    what holds no submissions or is one itself; whatever is wrong with one of them is told when that is taken.
    """
    shown = os.fspath(path)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        raise WrongUsage("no such file or folder", where=shown, help="check the path") from None
    except (OSError, ValueError) as error:
        raise WrongUsage(f"cannot be read: {folder.words(error)}", where=shown, help="check the path") from None
    if not is_folder and path.suffix.lower() in listed.ENDS:
        return numbered(listed.sources(path))
    if not is_folder and path.suffix == ".py":
        raise WrongUsage(
            "this is one submission, and not many", where=shown, help=f"checkpoint grade {shlex.quote(shown)}"
        )
    top = Folder(path) if is_folder else opened(path)
    place, found = layout.settle(top)
    if place.shown != top.shown:
        tell(f"{place.shown} is taken as the class, being all that there is: whoever is in it is a learner")
    return numbered(layout.sources(place, found))
