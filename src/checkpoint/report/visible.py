r"""Make text that a learner's app wrote safe to show: nothing in it may act, hide or reorder.

What cannot be seen is written as Python would write it in a string: ESC as `\x1b`, a no-break space
as `\xa0`, a right-to-left override as `\u202e`. So is one character of whatever a CI service that reads
along would take for an order to itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
# Blank or without a glyph although Python calls them printable (Unicode's Default_Ignorable_Code_Point,
# and the empty Braille pattern): the same two words could differ in one of these unseen.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_VARIATION_16 = "\ufe0f"  # asks for the coloured form of the symbol before it
_JOINING = (("\u1160", "\u11ff"), ("\ud7b0", "\ud7fb"), ("\U0001f3fb", "\U0001f3ff"))
_MARKS_IN_A_ROW = 3  # what real scripts need; more would climb over the lines above

# What a service's log reader acts on, each as that reader finds it. GitLab's sections need an ESC besides, and
# Buildkite's groups the very beginning of a line, where no text of a learner's ever stands.
_ORDER = re.compile(
    r"#(?=#[\w-]*\[)"  # anywhere in a line: ##[error] (GitHub, Gitea), ##vso[...] (Azure), ##teamcity[...]
    r"|(?<![^ :]):(?=:)"  # behind white space, so wherever a line may begin: ::error:: (GitHub's ActionCommand.cs)
    r"|(?<=travis)_(?=fold:|time:)"
    r"|\[(?=\[ATTACHMENT\|)"  # a file to publish, in whatever tests print (GitLab, Jenkins' attachments plugin)
)
_ORDER_PARTS = ("::", "##", "travis_", "[[ATTACHMENT|")  # one of which each of these has: seldom, and soon found


def escaped(character: str) -> str:
    """Return a character the way Python writes it in a string."""
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str, *, unicode: bool = True, escape: Callable[[str], str] = escaped) -> str:
    """Return `text` in printable characters on one line; pure ASCII unless `unicode`.

    A `::` is left only in the middle of a word; whoever cuts words must not begin a line with it.
    """
    if not (text.isascii() and text.isprintable()):
        text = _printable(text, unicode, escape)
    if not any(part in text for part in _ORDER_PARTS):
        return text
    return _ORDER.sub(lambda found: escape(found[0]), text)


def _printable(text: str, unicode: bool, escape: Callable[[str], str]) -> str:
    """Return `text` with all that cannot be seen escaped."""
    shown: list[str] = []
    marks = _MARKS_IN_A_ROW  # at the start there is no character that a mark could sit on
    before = ""
    for character in text:
        marks = marks + 1 if _is_mark(character) else 0
        keep = (
            character.isprintable()
            and (unicode or character.isascii())
            and marks <= _MARKS_IN_A_ROW
            and not _is_blank(character, before)
        )
        shown.append(character if keep else escape(character))
        before = character
    return "".join(shown)


def _is_mark(character: str) -> bool:
    """Say whether a terminal draws this onto the character before it: accents, vowels, skin tones."""
    return unicodedata.category(character).startswith("M") or any(
        first <= character <= last for first, last in _JOINING
    )


def _is_blank(character: str, before: str) -> bool:
    """Say whether there is nothing to see of this printable character."""
    if character == _VARIATION_16:
        return not before or unicodedata.category(before) != "So"
    variation = "\ufe00" <= character < _VARIATION_16 or "\U000e0100" <= character <= "\U000e01ef"
    return variation or character in _BLANK
