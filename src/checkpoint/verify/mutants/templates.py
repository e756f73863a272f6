"""Mistakes in Jinja templates, in files and in Python's own texts. Only what Jinja reads and links are changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from checkpoint.verify.mutants.changes import change, misspelt
from checkpoint.verify.mutants.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.verify.mutants.changes import Change

SUFFIXES = (".html", ".jinja", ".jinja2", ".j2")
TAG = re.compile(r"\{\{-?(?P<value>.*?)-?\}\}|\{%[-+]?(?P<block>.*?)[-+]?%\}|\{#.*?#\}", re.DOTALL)
FOR = re.compile(r"\s*for\s+(?P<names>.+?)\s+in\s+(?P<items>.+?)(?:\s+(?:if\s.*|recursive))?\s*", re.DOTALL)
IF = re.compile(r"\s*(?:el)?if\s+(?P<condition>.+?)\s*", re.DOTALL)
# Within a text of Python's, its quotes may have backslashes before them.
URL_FOR = re.compile(r"""url_for\(\s*\\?(?P<quote>["'])(?P<endpoint>[^"'\\]+)\\?(?P=quote)""")
# A filter and what it is given; `||` is no operator of Jinja's, so each bar begins one.
FILTER = re.compile(r"\s*\|\s*\w+(\([^()]*\))?")
ADDED = re.compile(r"\s*[+-]\s*\d+\b")
LINK = re.compile(r"""\shref=(?P<quote>["'])(?P<address>[^"'{}]+)(?P=quote)""")


class Tag(NamedTuple):
    """What stands between Jinja's braces, and where: all of it, and what is inside of them."""

    kind: str  # "value", "comment", or a block's first word
    start: int
    end: int
    inner: str
    inner_start: int


class Loop(NamedTuple):
    """A for loop: the tags that begin and end it, the names that it sets, and what it walks through."""

    begin: Tag
    end: Tag
    names: str
    items: str
    items_start: int


def is_file(name: str) -> bool:
    """Say whether a file is a template, as far as its name tells."""
    *folders, file = name.split("/")
    return "templates" in folders or ("static" not in folders and file.endswith(SUFFIXES))


def is_template(text: str) -> bool:
    """Say whether a text is meant for Jinja."""
    return bool(_tags(text, 0))


def changes(text: str, start: int = 0) -> Iterator[tuple[str, Change]]:
    """Yield what can be mistaken in a template, each with its operator's id; the text begins at `start` in its file."""
    tags = _tags(text, start)
    loops = list(_loops(tags))
    for tag in tags:
        if tag.kind == "value":
            yield from _values(tag, loops)
        elif tag.kind in ("if", "elif"):
            yield from _conditions(tag)
        elif tag.kind in ("extends", "include"):
            yield from _named("template-part-lost", f"There is no {{% {tag.kind} %}}.", _without(tag))
    for loop in loops:
        yield from _mistaken_loops(loop)
        again = Edit(loop.end.end, loop.end.end, text[loop.begin.start - start : loop.end.end - start])
        yield from _named("loop-twice", f"The loop `for {loop.names} in {loop.items}` is there twice.", again)
    for link in LINK.finditer(text):
        place = Edit(start + link.start("address"), start + link.end("address"), "#")
        yield from _named("link-lost", f"The link does not lead to {link['address']}.", place)


def _mistaken_loops(loop: Loop) -> Iterator[tuple[str, Change]]:
    """Lose a loop, or let it walk through something else."""
    items = Edit(loop.items_start, loop.items_start + len(loop.items), "")
    all_items = loop.items if loop.items.isidentifier() else f"({loop.items}|list)"
    what = f"for {loop.names} in {loop.items}"
    yield from _named(
        "loop-lost",
        f"The loop `{what}` is missing: what is in it is there once.",
        _without(loop.begin),
        _without(loop.end),
    )
    yield from _named(
        "loop-gone", f"The loop `{what}` is missing, and all that is in it.", Edit(loop.begin.start, loop.end.end, "")
    )
    yield from _named("loop-in-braces", f"`{what}` stands in {{{{ }}}}, not in {{% %}}.", _in_braces(loop.begin))
    yield from _named("endfor-lost", f"The loop `{what}` has no endfor.", _without(loop.end))
    yield from _named(
        "first-item-only", f"The loop ends after the first of {loop.items}.", items._replace(text=f"{all_items}[:1]")
    )
    yield from _named(
        "first-item-lost", f"The loop leaves out the first of {loop.items}.", items._replace(text=f"{all_items}[1:]")
    )
    yield from _named(
        "loop-reversed", f"The loop goes backwards through {loop.items}.", items._replace(text=f"{all_items}|reverse")
    )


def _values(tag: Tag, loops: list[Loop]) -> Iterator[tuple[str, Change]]:
    """Lose a value, or show something else in its place."""
    value = tag.inner.strip()
    if found := URL_FOR.search(tag.inner):
        place = tag.inner_start + found.start("endpoint")
        name = found["endpoint"]
        yield from _named(
            "typed-address", 'The address is typed by hand, "/", not made by url_for.', _without(tag, "/")
        )
        yield from _named(
            "wrong-endpoint",
            f"url_for asks for {misspelt(name)} instead of {name}.",
            Edit(place, place + len(name), misspelt(name)),
        )
        return
    yield from _named("template-value-lost", f"The template does not show {value}.", _without(tag))
    yield from _named("template-value-typed", f"The template has 1 typed in instead of {value}.", _without(tag, "1"))
    for found in FILTER.finditer(tag.inner):
        yield from _named("template-filter-lost", f"{value} is shown without {found[0].strip()}.", _within(tag, found))
    for found in ADDED.finditer(tag.inner):
        yield from _named("template-sum-lost", f"{value} is shown without {found[0].strip()}.", _within(tag, found))
    name = re.split(r"\W", value)[0]
    around = [loop for loop in loops if loop.begin.end <= tag.start < loop.end.start]  # the innermost one first
    for loop in around:
        if name in re.split(r"\W+", loop.names):
            whole = Edit(tag.start, tag.end, f"{{{{ {loop.items} }}}}")
            yield from _named("whole-list", f"Each {name} is shown as all of {loop.items}.", whole)
            return
    if value.isidentifier():
        more = _without(tag, f"{{{{ {value} + 1 }}}}")
        yield from _named("template-off-by-one", f"The template shows one more than {value}.", more)


def _conditions(tag: Tag) -> Iterator[tuple[str, Change]]:
    """Turn a condition round, or take it for granted."""
    if found := IF.fullmatch(tag.inner):
        start = tag.inner_start + found.start("condition")
        place = Edit(start, tag.inner_start + found.end("condition"), "true")
        condition = found["condition"]
        yield from _named("template-if-true", f"The template takes {condition} for true.", place)
        yield from _named(
            "template-if-negated",
            f"The template asks for the contrary of {condition}.",
            place._replace(text=f"not ({condition})"),
        )


def _tags(text: str, start: int) -> list[Tag]:
    """Return the tags of a template, those between raw and endraw left out."""
    tags: list[Tag] = []
    raw = False
    for found in TAG.finditer(text):
        name = found.lastgroup or "comment"
        inner = found[name] if found.lastgroup else ""
        kind = (inner.split() or [""])[0] if name == "block" else name
        raw = kind == "raw" or (raw and kind != "endraw")
        if not raw:
            place = found.start(name) if found.lastgroup else found.start()
            tags.append(Tag(kind, start + found.start(), start + found.end(), inner, start + place))
    return tags


def _loops(tags: list[Tag]) -> Iterator[Loop]:
    """Yield the loops of a template; one that never ends is none."""
    begun: list[Tag] = []
    for tag in tags:
        if tag.kind == "for":
            begun.append(tag)
        elif tag.kind == "endfor" and begun:
            begin = begun.pop()
            if found := FOR.fullmatch(begin.inner):
                yield Loop(begin, tag, found["names"], found["items"], begin.inner_start + found.start("items"))


def _named(operator: str, mistake: str, *edits: Edit) -> Iterator[tuple[str, Change]]:
    return ((operator, found) for found in change(mistake, *edits))


def _without(tag: Tag, text: str = "") -> Edit:
    return Edit(tag.start, tag.end, text)


def _in_braces(tag: Tag) -> Edit:
    return Edit(tag.start, tag.end, f"{{{{{tag.inner}}}}}")


def _within(tag: Tag, found: re.Match[str]) -> Edit:
    return Edit(tag.inner_start + found.start(), tag.inner_start + found.end(), "")
