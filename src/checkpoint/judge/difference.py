"""Say in words where one JSON value differs from another: `year` is the text "1815", not the number 1815."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Any

SHOWN_CHARS = 80  # of a value; both are shown in full beside these words
KEYS = 50  # among which a misspelt one is looked for
# What stands for any value of its kind, and how it is called; 1 is a float, too, and true is no number.
KINDS = {
    str: "a text", bool: "true or false", int: "a whole number", float: "a number", list: "a list", dict: "an object",
}  # fmt: skip


def difference(wanted: Any, actual: Any, name: str = "") -> str | None:
    """Return where `actual` lacks something of `wanted`, as a part of a sentence; None if it lacks nothing.

    Objects may have more keys than those wanted, lists may not have more items; a type stands for any value of its
    kind (see KINDS).
    """
    if isinstance(wanted, type):
        return None if _is_a(wanted, actual) else f"{_named(name)} is {_in_words(actual)}, not {KINDS[wanted]}"
    if _kind(wanted) != _kind(actual):
        return f"{_named(name)} is {_in_words(actual)}, not {_in_words(wanted)}"
    if isinstance(wanted, dict):
        missing = next((key for key in wanted if key not in actual), None)
        if missing is not None:
            return f"{_named(_key(name, missing))} is missing{_slip(missing, actual.keys() - wanted.keys())}"
        return _first((_key(name, key), value, actual[key]) for key, value in wanted.items())
    if isinstance(wanted, list):
        if len(wanted) != len(actual):
            return f"{_named(name)} has {_items(len(actual))}, not {len(wanted)}"
        pairs = zip(wanted, actual, strict=True)
        return _first((f"{name}[{place}]", one, other) for place, (one, other) in enumerate(pairs))
    return None if wanted == actual else f"{_named(name)} is {_shown(actual)}, not {_shown(wanted)}"


def as_text(wanted: Any) -> str:
    """Return a value as JSON, its types in words; raises TypeError for what JSON does not have."""
    return json.dumps(wanted, ensure_ascii=False, default=_kind_in_words)


def _kind_in_words(kind: object) -> str:
    if not isinstance(kind, type) or kind not in KINDS:
        raise TypeError(f"{kind!r} is no value or kind of JSON")
    return f"<{KINDS[kind]}>"


def _first(pairs: Any) -> str | None:
    found = (difference(wanted, actual, name) for name, wanted, actual in pairs)
    return next((words for words in found if words), None)


def _is_a(kind: type, value: Any) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _kind(value: Any) -> type:
    return next((kind for kind in (bool, float, str, list, dict) if _is_a(kind, value)), type(None))


def _named(name: str) -> str:
    return f"`{name}`" if name else "it"


def _key(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def _slip(missing: str, others: set[str]) -> str:
    """Return a guess at which other key was meant to be the missing one."""
    close = get_close_matches(missing, sorted(others)[:KEYS], 1)
    return f" (there is a `{close[0]}`)" if close else ""


def _in_words(value: Any) -> str:
    """Return a value together with its kind."""
    kind = _kind(value)
    if kind in (list, dict):
        return KINDS[kind]
    return f"{KINDS[kind].replace('a ', 'the ', 1)} {_shown(value)}" if kind in (str, float) else _shown(value)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN_CHARS else f"{text[: SHOWN_CHARS - 1]}…"


def _items(number: int) -> str:
    return "no items" if number == 0 else f"{number} item{'' if number == 1 else 's'}"
