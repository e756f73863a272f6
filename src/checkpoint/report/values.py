"""Show an expected and an actual value in such a way that their difference can be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkpoint.report.visible import escaped

_MOST = 400  # characters shown of one value
_MOST_LINES = 10
_BEFORE = 40  # characters shown before the first difference
_LINES_BEFORE = 3
_QUOTED = re.compile(r"""(['"])(.*)\1""", re.DOTALL)
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_CONSTANTS = {"None": "nothing", "True": "a truth value", "False": "a truth value"}


@dataclass(frozen=True, slots=True)
class Value:
    """Show `text`, and behind it the quiet `remark` on what kind of value it is, or ""."""

    text: str
    remark: str = ""


def differing(expected: str, actual: str, *, space: str = "") -> tuple[Value, Value]:
    """Return both values as they should be shown.

    Quoted, with `space` for each space, when only white space tells them apart; with their kinds when
    only quotes do, as in 1 and '1'; else as they are.
    """
    if expected != actual and "".join(expected.split()) == "".join(actual.split()):
        remark = f"{space} is a space" if space and " " in expected + actual else ""
        return Value(_quoted(expected, space)), Value(_quoted(actual, space), remark)
    if _unquoted(expected) != expected and _unquoted(expected) == actual:
        return Value(expected, "text"), Value(actual, _kind(actual))
    if _unquoted(actual) != actual and _unquoted(actual) == expected:
        return Value(expected, _kind(expected)), Value(actual, "text")
    return alone(expected), alone(actual)


def alone(text: str) -> Value:
    """Return one value as it should be shown: as it is, unless there would be nothing to see."""
    if not text:
        return Value('""', "empty")
    return Value(text if text.strip() else _quoted(text, ""))


def windows(expected: str, actual: str, ellipsis: str) -> tuple[str, str]:
    """Return both texts cut down to where they begin to differ, when they are long."""
    pairs = enumerate(zip(expected, actual, strict=False))
    same = next((number for number, (one, other) in pairs if one != other), min(len(expected), len(actual)))
    start = max(same - _BEFORE, 0)
    before = expected[start:same].split("\n")  # which is the same in both
    start = same - len("\n".join(before[-_LINES_BEFORE - 1 :]))
    return _window(expected, start, ellipsis), _window(actual, start, ellipsis)


def _window(text: str, start: int, ellipsis: str) -> str:
    """Return a part of `text` that is short enough, from its beginning if it can be, else from `start`."""
    if len(text) <= _MOST and text.count("\n") < _MOST_LINES:
        return text
    if start < _MOST // 2 and text.count("\n", 0, start) < _MOST_LINES // 2:
        start = 0
    shown = "\n".join(text[start : start + _MOST].split("\n")[:_MOST_LINES])
    return (ellipsis if start else "") + shown + (ellipsis if start + len(shown) < len(text) else "")


def _quoted(text: str, space: str) -> str:
    """Return `text` in quotes with its white space made visible."""
    shown = "".join(_white(character, space) for character in text)
    shown = shown.replace(r"\n", "\\n\n").removesuffix("\n")  # goes on in a new line where the value does
    return f'"{shown}"'


def _white(character: str, space: str) -> str:
    """Return a character, a space as `space`, other white space as Python writes it."""
    if character == " ":
        return space or character
    return escaped(character) if character.isspace() else character


def _unquoted(text: str) -> str:
    """Return what is between the quotes, or `text` itself when it has none."""
    match = _QUOTED.fullmatch(text)
    return match[2] if match else text


def _kind(text: str) -> str:
    """Return what an unquoted value is, in a beginner's words."""
    if _NUMBER.fullmatch(text):
        return "a number"
    return _CONSTANTS.get(text, "not text")
