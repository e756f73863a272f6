"""Find the headings of a Markdown file that a link may end at, as GitHub names them."""

from __future__ import annotations

import re
from collections import Counter

LARGEST_BYTES = 1024 * 1024
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_NAMED = re.compile(r"<[a-z][^>]*\b(?:id|name)=[\"']?([^\"'\s>]+)", re.I)


def anchors(markdown: str) -> set[str]:
    """Return what may stand behind the # of a link to this text.

    GitHub makes it from a heading's text: in lower case, without punctuation, with - for blanks, and -1, -2 behind
    it when it was there before. Names that HTML in the text gives count, too.
    """
    counts: Counter[str] = Counter()
    found = set(_NAMED.findall(markdown))
    for heading in _headings(markdown.splitlines()):
        slug = _slug(heading)
        found.add(f"{slug}-{counts[slug]}" if counts[slug] else slug)
        counts[slug] += 1
    return found


def _headings(lines: list[str]) -> list[str]:
    found, fence, above = [], "", ""
    for line in lines:
        opened = _FENCE.match(line)
        if fence:
            if opened and opened[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            continue
        heading = _HEADING.match(line)
        if opened:
            fence = opened[1]
        elif heading:
            found.append(heading[1])
        elif above and _UNDERLINE.match(line):
            found.append(above)
        above = "" if opened or heading or _UNDERLINE.match(line) else line.strip()
    return found


def _slug(heading: str) -> str:
    shown = re.sub(r"[`*]", "", _LINK.sub(r"\1", heading)).strip().lower()
    return re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")
