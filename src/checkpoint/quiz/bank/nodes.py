"""Read YAML into a small tree whose nodes know their places, within bounds that no file can exceed.

The tree is built from PyYAML's events by hand: its own loaders drop duplicate keys in silence, turn `no` and 404 into
other types, follow aliases, and recurse. What a quiz has no use for (tags, anchors, merge keys) is refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from checkpoint.quiz.bank import syntax
from checkpoint.quiz.bank.source import Mistakes, Place, Source, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_BYTES = 256 * 1024
DEEPEST = 8  # mappings and lists in each other
MOST_NODES = 20_000

# Nothing of this can be seen, and some of it reorders or ends lines: control characters but tab and line ends,
# Unicode's line separators and its bidi controls, halves of characters, and what is no character at all.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
# Option marks with a tab behind them, which looks like a blank, and which YAML takes for a mistake.
_TABBED = re.compile(r"^ *- +(?:text: +)?[\"']?\( *(?:[xX] *)?\)[\t ]*\t", re.M)
_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))  # YAML 1.2, core schema


@dataclass(frozen=True, slots=True)
class Scalar:
    """Hold a text; `plain` ones stand without quotes."""

    place: Place
    text: str
    plain: bool

    @property
    def empty(self) -> bool:
        """Say whether YAML sees nothing here."""
        return self.plain and self.text in _EMPTY


@dataclass(frozen=True, slots=True)
class Sequence:
    """Hold a list."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Hold keys and values in the file's order; a `broken` one had keys that are none, and that has been said."""

    place: Place
    entries: dict[str, tuple[Place, Node]] = field(default_factory=dict)
    broken: bool = False


Node = Scalar | Sequence | Mapping


def tree(data: bytes, name: str, *, tabs: bool = False) -> tuple[Node, Mistakes]:
    """Return a file's tree, and what is wrong with it so far.

    With `tabs` a file of JSON may be indented with tabs, which YAML forbids. Raises BrokenQuiz if there is no tree.
    """
    if len(data) > LARGEST_BYTES:
        mistakes = Mistakes(Source.of(name, ""))
        mistakes.add(None, f"the file is larger than {LARGEST_BYTES // 1024} KiB", "cut it into several")
        mistakes.refuse()
    text, mistakes = _decoded(data, name)
    mistakes.refuse()
    if tabs and text.lstrip().startswith("{"):
        text = text.replace("\t", " ")  # a string of JSON holds none, unless written as \t
    text = _TABBED.sub(lambda found: found[0].replace("\t", " "), text)
    root = _built(text, mistakes)
    if root is None or (isinstance(root, Scalar) and root.empty):
        if not mistakes:
            mistakes.add(None, "the file is empty")
        mistakes.refuse()
    assert root is not None  # noqa: S101 - refused above
    return root, mistakes


def _decoded(data: bytes, name: str) -> tuple[str, Mistakes]:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        mistakes = Mistakes(Source.of(name, data.decode(errors="replace")))
        mistakes.add(_place_of(data[: error.start].decode()), "this is not UTF-8", "save the file as UTF-8")
        return "", mistakes
    mistakes = Mistakes(Source.of(name, text))
    found = UNSEEN.search(text)
    if found:
        message = f"the character U+{ord(found[0]):04X} cannot be seen and is not allowed"
        mistakes.add(_place_of(text[: found.start()]), message, "delete it, or save the file as UTF-8")
    return text, mistakes


def _place_of(before: str) -> Place:
    lines = Source.of("", before).lines
    return Place(len(lines), len(lines[-1]) + 1)


def _built(text: str, mistakes: Mistakes) -> Node | None:
    """Build the tree of a text; None if there is none, or if a mistake ended it."""
    root: Node | None = None
    stack: list[Node] = []
    keys: list[Scalar | None] = []  # of each open mapping: the key whose value comes next
    count = 0
    for event in _events(text, mistakes):
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            mistakes.add(_place(event), "a second document begins here", "keep to one: no line of --- in between")
            return None
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            keys.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        _refuse_properties(event, mistakes)
        node = _node(event)
        count += 1
        if count > MOST_NODES or len(stack) == DEEPEST:
            message = f"the file has more than {MOST_NODES:,} values" if count > MOST_NODES else "this lies too deep"
            mistakes.add(node.place, message, "a quiz needs far less" if count > MOST_NODES else _DEEP)
            return None
        if not stack:
            root = node
        else:
            keys[-1] = _put(stack[-1], keys[-1], node, mistakes)
        if not isinstance(node, Scalar):
            stack.append(node)
            keys.append(None)
    return None if stack else root


_NO_KEY = Scalar(Place(0, 0), "", plain=False)
_DEEP = 'if this is a text, put quotes around it: "[...]"'


def _put(parent: Node, key: Scalar | None, node: Node, mistakes: Mistakes) -> Scalar | None:
    """Put a node into its parent; return the key that waits for its value."""
    if isinstance(parent, Sequence):
        parent.items.append(node)
        return None
    assert isinstance(parent, Mapping)  # noqa: S101 - a scalar has no children
    if key is None:
        if isinstance(node, Scalar):
            return node
        mistakes.add(node.place, "this cannot be a key", 'if it is a text, put quotes around it: "{{ name }}"')
        parent.broken = True
        return _NO_KEY
    if key is _NO_KEY:
        return None
    if key.text == "<<" and key.plain:
        mistakes.add(key.place, "merge keys are not used here", "write the keys themselves")
    elif key.text in parent.entries:
        first = parent.entries[key.text][0].line
        mistakes.add(
            key.place, f"the key {quoted(key.text)} stands twice here", f"keep one; the first is in line {first}"
        )
    else:
        parent.entries[key.text] = (key.place, node)
    return None


def _events(text: str, mistakes: Mistakes) -> Iterator[yaml.Event]:
    """Yield PyYAML's events; a mistake in the YAML itself ends them and is noted."""
    loader = yaml.SafeLoader(text)  # the one in pure Python: the other crashes on deep nesting
    try:
        while loader.check_event():
            yield loader.get_event()  # type: ignore[no-untyped-call]  # the stubs leave it out
    except yaml.MarkedYAMLError as error:
        mistakes.add(*syntax.mistake(error, mistakes.source))
    except (yaml.YAMLError, ValueError, OverflowError):  # such as "\UFFFFFFFF", which no character has
        place = Place(loader.line + 1, loader.column + 1)
        mistakes.add(place, "double quotes know no such escape", "use single quotes")


def _refuse_properties(event: yaml.NodeEvent, mistakes: Mistakes) -> None:
    if isinstance(event, yaml.AliasEvent):
        mistakes.add(_place(event), "a text cannot begin with * unless it is quoted", f'write "*{event.anchor}"')
    elif event.anchor is not None:
        mistakes.add(_place(event), "a text cannot begin with & unless it is quoted", f'write "&{event.anchor}"')
    tag = getattr(event, "tag", None)
    if tag is not None:
        mistakes.add(_place(event), "a text cannot begin with ! unless it is quoted", "put quotes around it")


def _node(event: yaml.NodeEvent) -> Node:
    place = _place(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(place)
    if isinstance(event, yaml.MappingStartEvent):
        return Mapping(place)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(place, _whole(event.value), plain=event.style is None)
    return Scalar(place, f"*{event.anchor}", plain=False)


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    assert mark is not None  # noqa: S101 - the parser sets it
    return Place(mark.line + 1, mark.column + 1)


def _whole(text: str) -> str:
    r"""Join the halves of characters that JSON writes as two: `"\ud83d\ude00"`."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:  # a half alone, which UNSEEN finds
            return text
    return text
