"""Say in an author's words what is wrong with a file that is not YAML at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.source import Place, quoted

if TYPE_CHECKING:
    import yaml

    from checkpoint.quiz.bank.source import Source

_BEGIN = "a text cannot begin with {} unless it is quoted"
_QUOTE = "put quotes around the text, or, if it is an option, write its mark in front: ( ) {}..."
_AT_PLACE, _AT_CONTEXT = "problem", "context"

_SQUARE = re.compile(r"(\s*-\s+)\[\s*(?:[xX]\s*)?\]\s*\S")  # a mark as Markdown has it
_TIGHT = re.compile(r"\s*(?:-\s+)?(\w{1,20}):(\S{1,20})")

# What PyYAML says (a regular expression), where it is mended (where PyYAML stopped, or where that began), what we
# say, and the next step; {} stands for the character there. The first that fits counts.
_WORDS = (
    (r"character '\\t'", _AT_PLACE, "a tab cannot stand here", "indent with blanks"),
    (r"that cannot start any token", _AT_PLACE, _BEGIN, _QUOTE),
    (r"scanning an (alias|anchor)", _AT_CONTEXT, _BEGIN, _QUOTE),
    (r"\btag\b", _AT_CONTEXT, _BEGIN, _QUOTE),
    (r"quoted scalar found unexpected", _AT_CONTEXT, "the quote that opens here is never closed", "close it with {}"),
    (r"escape", _AT_PLACE, "double quotes know no such escape", r"use single quotes, or write \\ for one \ "),
    (r"scanning a block scalar", _AT_PLACE, "this cannot stand in the same line as the | or > before it",
     "write the text in the next line, indented"),
    (r"directive|<document start>|YAML document", _AT_PLACE, "this is outside of the quiz",
     "begin with quiz: and leave out lines of %, --- and ..."),
    (r"expected ':'", _AT_CONTEXT, "this line has no colon, and does not belong to the text above either",
     "write key: value, or indent it further than the key above"),
    (r"parsing a flow|unclosed", _AT_CONTEXT, "the {} that opens here is not closed, or a comma is missing",
     "close it; put quotes around texts that begin with it, or that have , ? [ ] { } in them"),
    (r"sequence entries are not allowed", _AT_PLACE, "a list cannot begin in the middle of a line",
     "begin it in the next line, or put quotes around the text"),
    (r"node content|mapping keys are not allowed", _AT_PLACE, _BEGIN, _QUOTE),
    (r"<block end>, but found '<scalar>'", _AT_PLACE, "the text ended before this",
     "put quotes around the whole text, or close the quote in a line above; in single quotes, '' is one '"),
    (r"<block end>", _AT_PLACE, "this line is indented differently from those that it belongs to",
     "line it up with the ones above"),
)  # fmt: skip


def mistake(error: yaml.MarkedYAMLError, source: Source) -> tuple[Place, str, str]:
    """Return place, message and help for what PyYAML could not read."""
    said = f"{error.context or ''} {error.problem or ''}"
    stopped = error.problem_mark or error.context_mark
    began = error.context_mark or stopped
    if stopped is None or began is None:
        return Place(1, 1), f"this is not YAML: {quoted(said)}", "put quotes around texts"
    place = Place(stopped.line + 1, stopped.column + 1)
    square = _SQUARE.match(_line(source, place))
    if square:
        help = "write (x) in front of what is right, ( ) in front of what is not"
        return Place(place.line, len(square[1]) + 1), "a mark stands in round brackets", help
    begun = Place(began.line + 1, began.column + 1)
    tight = _TIGHT.match(_line(source, begun)) if "expected ':'" in said else None
    if tight:
        return begun, "this line has no blank behind its colon", f"write {tight[1]}: {tight[2]}"
    if "mapping values are not allowed" in said:
        return place, *_colon(_line(source, place)[: place.column - 1])
    for pattern, where, message, help in _WORDS:
        if re.search(pattern, said):
            if where == _AT_CONTEXT:
                place = begun
            line = _line(source, place)
            if line[: place.column].endswith("{%"):
                place = Place(place.line, place.column - 1)
            found = line[place.column - 1 : place.column]
            return place, message.replace("{}", found), help.replace("{}", found)
    return place, f"this is not YAML: {quoted(said.strip())}", "put quotes around the text"


def _colon(before: str) -> tuple[str, str]:
    """Say what a colon does where none may be: a second one in its line, or in a line that goes on with a text."""
    if ": " in before:
        return "a second colon stands in this line", 'put quotes around the text behind the first: "..."'
    return (
        "this line goes on with the text above, so it has no key",
        "line its key up with the others; in the line above, write a blank behind the colon",
    )


def _line(source: Source, place: Place) -> str:
    return source.lines[place.line - 1] if place.line <= len(source.lines) else ""
