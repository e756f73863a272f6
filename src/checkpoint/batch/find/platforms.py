r"""Know a platform's download by the names in it, and tell whose a name is and what the learner's file was called.

Canvas, "Download Submissions" (lib/content_zipper.rb in instructure/canvas-lms: `get_filename`,
`add_upload_submission`, `add_text_or_url`, `sanitize_file_name`): files side by side, called
`lovelaceada_12345_67890_app.py` or `lovelaceada_LATE_12345_67890_app.py`: the sortable name (or the group's) in small
letters and without what is no letter or digit, the id of the user, the id of the file, its name. With anonymous
grading `anon_X4fG2_67890_app.py`. A text or a link has no file's id: `lovelaceada_12345_text.html`, `..._link.html`. A
name that the learner has handed in before gets a number, or later a UUID (app/models/attachment.rb:
`make_unique_filename`): `app-1.py`, `work-2.tar.gz`.

Moodle, "Download all submissions" (mod/assign/classes/downloader.php: `get_student_prefix`,
`load_submissionplugin_filelist`; before 4.1 mod/assign/locallib.php): a folder for each learner and sort of submission,
`Ada Lovelace_12345_assignsubmission_file` (with one more `_` in versions before), or with "Download submissions in
folders" off files side by side, `Ada Lovelace_12345_assignsubmission_file_app.py`. Names have no `_` of their own.
With anonymous submissions it is `Participant_12345_...`, of teams `Group A_7_...`. What was typed into the platform is
`Ada Lovelace_12345_assignsubmission_onlinetext`.

Gradescope, "Export Submissions": `assignment_123_export/submission_456/` and a `submission_metadata.yml` beside the
folders, which has the names (as otter-grader's GradescopeParser reads it). Folders are what any other folder is.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LATE = r"(?:(?:^|_)LATE)?"
# Who is anonymous has no number of its own: what follows is the file's, and then the name that the learner gave it.
_ANON = "(?:LATE_)?anon_"
_CANVAS_WHO = rf"(?:(?:LATE_)?(?P<anon>anon_[A-Za-z0-9]+)|(?!{_ANON})(?P<who>\w*?){_LATE}_(?P<user>[1-9]\d*))"
_CANVAS_FILE = re.compile(rf"{_CANVAS_WHO}_(?P<file>[1-9]\d*)_(?P<name>.+)", re.DOTALL)
_CANVAS_TEXT = re.compile(rf"{_CANVAS_WHO}_(?:text|link)\.html", re.DOTALL)
_MOODLE = re.compile(r"(?P<who>.+?)_assignsubmission_(?P<sort>[a-z]+)(?:_(?P<name>.*))?", re.DOTALL)
_GRADESCOPE = re.compile(r"submission_\d+")

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_AGAIN = re.compile(
    rf"(?P<stem>.+)-(?P<number>[1-9]\d{{0,2}}|{_UUID})(?P<ends>(?:\.[A-Za-z][A-Za-z0-9]*)*\.[A-Za-z0-9]+)", re.DOTALL
)
_BEHIND_ALL_NUMBERS = 1000
# What handing it in again may have renamed: modules have no `-` in their names, and archives are no part of an app.
_SURELY_RENAMED = (".py", ".zip", ".tar", ".gz", ".tgz")


class Owner(NamedTuple):
    """Say whose a name in a download is; `name` is what the learner's file was called, None for a text."""

    id: str
    name: str | None


def is_canvas(names: Iterable[str]) -> bool:
    """Say whether files of these names come from Canvas.

    There each file has an id of its own, so names such as `hw_3_14_ada.py` and `hw_3_14_bob.py` come from elsewhere.
    """
    files: dict[str, Owner] = {}
    for name in names:
        if found := _CANVAS_FILE.fullmatch(name):
            owner = Owner(_canvas_id(found), found["name"])
            if files.setdefault(found["file"], owner) != owner:
                return False
    return bool(files)


def owner_of_file(name: str, *, canvas: bool) -> Owner | None:
    """Return whose a file of this name is, if a platform called it so; `canvas` says whether that may be Canvas."""
    if found := _MOODLE.fullmatch(name):
        return Owner(found["who"], found["name"] if found["sort"] == "file" else None)
    if canvas and (found := _CANVAS_FILE.fullmatch(name)):
        return Owner(_canvas_id(found), found["name"])
    if canvas and (found := _CANVAS_TEXT.fullmatch(name)):
        return Owner(_canvas_id(found), None)
    return None


def owner_of_folder(name: str) -> Owner | None:
    """Return whose a folder of this name is, if a platform called it so; its `name` is the folder's own."""
    if found := _MOODLE.fullmatch(name):
        return Owner(found["who"], name if found["sort"] == "file" and not found["name"] else None)
    return Owner(name, name) if _GRADESCOPE.fullmatch(name) else None


def _canvas_id(found: re.Match[str]) -> str:
    return found["anon"] or f"{found['who']}_{found['user']}"


def before_canvas(given: Mapping[str, str]) -> dict[str, str]:
    """Return what one learner's files were called before Canvas numbered them; `given` has their names without that.

    The keys are the names in the download, and those of files that are not the last of their name are left out. The
    numbers of other files than modules and archives (`step-1.html`) count as Canvas's only where a module or archive
    has one too, and where no two files would become one: else they are the learner's own.
    """
    parsed = {name: _AGAIN.fullmatch(original) for name, original in given.items()}
    before = {name: found["stem"] + found["ends"] if found else given[name] for name, found in parsed.items()}
    again = any(found and before[name].lower().endswith(_SURELY_RENAMED) for name, found in parsed.items())
    so_called = Counter(before.values())
    last: dict[str, tuple[int, str]] = {}
    kept: dict[str, str] = {}
    for name, found in parsed.items():
        original = before[name]
        if original.lower().endswith(_SURELY_RENAMED):
            last[original] = max(last.get(original, (-1, "")), (_number(found), name))
        else:
            kept[name] = original if again and so_called[original] == 1 else given[name]
    return dict(sorted((kept | {name: original for original, (_, name) in last.items()}).items()))


def _number(found: re.Match[str] | None) -> int:
    if found is None:
        return 0
    return int(found["number"]) if found["number"].isdigit() else _BEHIND_ALL_NUMBERS
