"""Read HTML for what a person would see of it."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

BLOCKS = frozenset(
    "address article aside blockquote body br button caption dd details div dl dt fieldset figcaption figure "  # noqa: SIM905
    "footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main nav ol option p pre section select "
    "summary table tbody td tfoot th thead title tr ul".split()
)
UNSEEN = frozenset(["script", "style", "template", "noscript"])
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class Sight(NamedTuple):
    """Hold what there is to see: `lines` by block, `texts` between tags, `links`, and `lists`, each by its items."""

    lines: list[str]
    texts: list[str]
    links: list[str]
    lists: list[list[str]]


def read(text: str) -> Sight:
    """Return what a person would see of a page; may raise whatever HTMLParser does."""
    reader = Reader()
    reader.feed(text)
    # A tag without an end shows nothing. close() would try again from each "<" in it, which takes minutes.
    if not reader.rawdata.startswith("<"):
        reader.close()
    reader.end()
    return Sight(reader.lines, reader.texts, reader.links, reader.lists)


read_again = lru_cache(100)(read)


class Reader(HTMLParser):
    """Collect what a person would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.texts: list[str] = []
        self.lists: list[list[str]] = []
        self.links: list[str] = []
        self._line: list[str] = []
        self._unseen = 0
        self._hidden: tuple[str, int] | None = (
            None  # the element that hides all in it, and how many of its kind are open
        )
        self._open: list[list[str]] = []
        self._item: list[str] | None = None

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines, which takes time: nobody asks where in the page something stands."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, lists and the ends of lines."""
        if tag in BLOCKS:
            self._end_line()
            if self._item is not None:
                self._item.append(" ")
        if tag in UNSEEN:
            self._unseen += 1
        if tag == "a":
            self.links.extend(value for name, value in attrs if name == "href" and value is not None)
        if tag in ("ul", "ol"):
            self._end_item()
            self.lists.append([])
            self._open.append(self.lists[-1])
        if tag == "li":
            self._end_item()
            self._item = []
        if tag == "body":  # an unclosed <head> ends here
            self._unseen = 0
        self._hide(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Note the ends of lists and lines."""
        if tag in BLOCKS:
            self._end_line()
        if tag in UNSEEN and self._unseen:
            self._unseen -= 1
        if tag == "li":
            self._end_item()
        if tag in ("ul", "ol") and self._open:
            self._end_item()
            self._open.pop()
        if self._hidden is not None and self._hidden[0] == tag:
            self._hidden = (tag, self._hidden[1] - 1) if self._hidden[1] > 1 else None

    def handle_data(self, data: str) -> None:
        """Note text, unless nobody sees it."""
        text = " ".join(data.split())
        if self._unseen or self._hidden:
            return
        if data:
            self._line.append(data)
        if text:
            self.texts.append(text)
            if self._item is not None:
                self._item.append(data)

    def _hide(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is hidden by itself, or one within such an element."""
        if self._hidden is not None:
            hiding, number = self._hidden
            if hiding == "p" and tag in BLOCKS:  # which ends a paragraph, </p> or not
                self._hidden = None
            elif tag == hiding:
                self._hidden = (tag, number + 1)
        if self._hidden is None and tag not in VOID:
            given = dict(attrs)
            if "hidden" in given or HIDING.search(given.get("style") or ""):
                self._hidden = (tag, 1)

    def end(self) -> None:
        """Close what the page left open."""
        self._end_line()
        self._end_item()

    def _end_line(self) -> None:
        """Put what stands in the current block into `lines`."""
        if not self._line:
            return
        # Only what HTML folds: a no-break space may hold the digits of a number together.
        line = re.sub(r"[ \t\n\r\f]+", " ", "".join(self._line)).strip()
        self._line = []
        if line:
            self.lines.append(line)

    def _end_item(self) -> None:
        if self._item is not None and self._open:
            self._open[-1].append(" ".join("".join(self._item).split()))
        self._item = None
