"""Take values out of a mapping by their keys, and note what is unknown, missing or of another shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.nodes import UNSEEN, Scalar, Sequence
from checkpoint.quiz.bank.source import quoted, similar

if TYPE_CHECKING:
    from collections.abc import Collection

    from checkpoint.quiz.bank.nodes import Mapping, Node
    from checkpoint.quiz.bank.source import Mistakes, Place

LONGEST_CHARS = 4000  # of a text; more than any screen holds
LONGEST_SECONDS = 24 * 60 * 60
_TIME = re.compile(r"(?:(\d{1,5})h)?\s*(?:(\d{1,5})m)?\s*(?:(\d{1,5}(?:\.\d{1,12})?)s)?")
_UNITS = {"h": 3600, "m": 60, "s": 1}
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,12})?)\s*%")


@dataclass(frozen=True, slots=True)
class Fields:
    """Hold one mapping; `of` says what it is in messages, such as `question 1`."""

    node: Mapping
    of: str
    mistakes: Mistakes

    def __contains__(self, key: str) -> bool:
        return key in self.node.entries

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Note each key that is none."""
        for key, (place, _) in self.node.entries.items():
            if key not in known:
                self.mistakes.add(place, f"unknown key {quoted(key)} in {self.of}", similar(key, known))

    def require(self, key: str, help: str) -> None:
        """Note that a key is missing."""
        if key not in self and not self.node.broken:
            self.mistakes.add(self.node.place, f"{self.of} has no {key}", help)

    def value(self, key: str) -> Node:
        """Return what stands behind a key that is there."""
        return self.node.entries[key][1]

    def place(self, key: str) -> Place:
        """Return where a key that is there stands."""
        return self.node.entries[key][0]

    def text(self, key: str, *, code: bool = False) -> str | None:
        """Return a text; None if there is none, or if it is wrong."""
        if key not in self:
            return None
        node = self.value(key)
        if not isinstance(node, Scalar):
            self.mistakes.add(node.place, f"{key} of {self.of} must be one text, not {kind_of(node)}", QUOTE)
            return None
        return text(node, f"{key} of {self.of}", self.mistakes, code=code, at=self.place(key))

    def choice(self, key: str, choices: Collection[str]) -> str | None:
        """Return one of some words; None if there is none, or if it is none of them."""
        found = self.text(key)
        if found is None or found in choices:
            return found
        self.mistakes.add(
            self.value(key).place, f"{key} of {self.of} cannot be {quoted(found)}", similar(found, choices)
        )
        return None

    def seconds(self, key: str) -> float | None:
        """Return a time in seconds; None if there is none, or if it is wrong."""
        found = self.text(key)
        if found is None:
            return None
        match = _TIME.fullmatch(found)
        if not match or not any(match.groups()):
            message = f"{key} of {self.of} cannot be {quoted(found)}"
            self.mistakes.add(self.value(key).place, message, _meant_time(found))
            return None
        hours, minutes, seconds = match.groups(default="0")
        # A sum of several would not be exact, and a written-out time is to be read back as it was.
        total = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
        if not 1 <= total <= LONGEST_SECONDS:
            self.mistakes.add(self.value(key).place, f"{key} of {self.of} must be from 1s to 24h", None)
            return None
        return total

    def percent(self, key: str) -> float | None:
        """Return a percentage from 0 to 100; None if there is none, or if it is wrong."""
        found = self.text(key)
        if found is None:
            return None
        match = _PERCENT.fullmatch(found)
        if match and float(match[1]) <= 100:
            return float(match[1])
        bare = re.fullmatch(r"\d{1,3}(\.\d{1,12})?", found)
        help = "write a percentage from 0% to 100%"
        if bare and float(found) <= 100:
            help = f"did you mean '{_percent_of(found)}%'?"
        self.mistakes.add(self.value(key).place, f"{key} of {self.of} cannot be {quoted(found)}", help)
        return None


QUOTE = 'put quotes around a text with ": " in it, or that begins with [ or {'


def text(node: Scalar, what: str, mistakes: Mistakes, *, code: bool = False, at: Place | None = None) -> str | None:
    """Return a scalar's text, without blanks around it; None if it is wrong. `at` is where an empty one is shown.

    Code keeps the indentation of its first line and may have tabs.
    """
    if node.empty or not node.text.strip():
        help = f"to mean the text {node.text}, put quotes around it" if node.empty and node.text else None
        if node.empty and not node.text:
            help = "write it behind the colon, or leave the key out; put quotes around a text that begins with #"
        mistakes.add(at or node.place, f"{what} is empty", help)
        return None
    found = UNSEEN.search(node.text)
    if found or ("\t" in node.text and not code):
        character = "a tab" if found is None else f"the character U+{ord(found[0]):04X}"
        mistakes.add(node.place, f"{what} has {character} in it", "delete it, or write a blank in its place")
        return None
    if len(node.text) > LONGEST_CHARS:
        mistakes.add(node.place, f"{what} is longer than {LONGEST_CHARS:,} characters", "shorten it")
        return None
    return re.sub(r"^(?:[ \t]*\n)+", "", node.text).rstrip() if code else node.text.strip()


def kind_of(node: Node) -> str:
    """Name what a node is in a message."""
    if isinstance(node, Sequence):
        return "a list"
    return "a text" if isinstance(node, Scalar) else "keys with values"


def _meant_time(found: str) -> str:
    """Return the help for a time that is none."""
    if re.fullmatch(r"\d{1,5}", found):
        return f"did you mean '{found}s' or '{found}m'?"
    minutes = re.fullmatch(r"(\d{1,3}):(\d\d)", found)
    if minutes:
        return f"did you mean '{int(minutes[1])}m{int(minutes[2])}s'?"
    words = re.fullmatch(r"(\d{1,5}) ?([hms])[a-z]*\.?", found, re.I)
    if words:
        return f"did you mean '{words[1]}{words[2].lower()}'?"
    half = re.fullmatch(r"(\d{1,4}\.\d{1,4}) ?([hm])[a-z]*", found, re.I)
    if half:
        seconds = int(Decimal(half[1]) * _UNITS[half[2].lower()])
        return f"did you mean '{time(seconds)}'?"
    return "write 45s, 5m, 1m30s or 1h"


def time(seconds: float) -> str:
    """Return a time as it is written in a file."""
    if seconds != int(seconds):
        return f"{seconds!r}s"
    hours, rest = divmod(int(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    parts = ((hours, "h"), (minutes, "m"), (rest, "s"))
    return "".join(f"{count}{unit}" for count, unit in parts if count)


def _percent_of(found: str) -> str:
    """Return what was meant as a percentage by a bare number: 0.7 by a share, 70 by per cent."""
    number = Decimal(found)
    return f"{number * 100:f}".rstrip("0").rstrip(".") if 0 < number < 1 else found
