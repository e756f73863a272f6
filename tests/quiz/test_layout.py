"""Lay pieces out at any width: nothing is lost, nothing sticks out, nothing acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from checkpoint.quiz.screen.layout import Look, lines
from checkpoint.quiz.words import GAP, Piece

CODES = re.compile(r"\x1b\[[\d;]*m")


@settings(deadline=None)  # some imports come late
@given(
    st.text("ab \n\t\u65e5\u0301\x1b\u202e", max_size=200),
    st.sampled_from(["plain", "code", "right"]),
    st.integers(20, 60),
)
def test_no_line_is_too_wide_and_no_text_is_lost(text: str, role: str, width: int) -> None:
    laid = [CODES.sub("", line) for line in lines([Piece(text, role, "> a) ")], Look(width, True, True))]
    assert all(cell_len(line) <= width for line in laid)
    for character in "ab\u65e5":
        assert "".join(laid).removeprefix("> a)").count(character) >= text.count(character)
    assert "\x1b" not in "".join(laid)
    assert "\u202e" not in "".join(laid)


def test_what_goes_on_hangs_below_the_text() -> None:
    assert lines([Piece("one two three four", lead="  a) ")], Look(20, False, True)) == [
        "  a) one two three",
        "     four",
    ]


@pytest.mark.parametrize("color", [False, True])
def test_code_keeps_its_lines_and_shows_where_one_is_folded(color: bool) -> None:
    code = "if x:\n\n    return 'a long text'\n"
    laid = lines([Piece(code, "code")], Look(24, color, True))
    assert [CODES.sub("", line).rstrip() for line in laid] == [
        "    if x:",
        "",
        "        return 'a long",
        "  ↪ text'",
    ]


def test_code_of_one_line_is_folded_in_colour_too() -> None:
    laid = lines([Piece("x = 'a long text'", "code")], Look(20, True, True))
    assert [CODES.sub("", line).rstrip() for line in laid] == ["    x = 'a long", "  ↪ text'"]


@pytest.mark.parametrize("code, colored", [("return 1", "return"), ("<p>{% endif %}", "endif")])
def test_code_is_highlighted_in_its_language(code: str, colored: str) -> None:
    (line,) = lines([Piece(code, "code")], Look(80, True, True))
    assert f"\x1b[35m{colored}\x1b[0m" in line
    assert CODES.sub("", line).strip() == code


def test_of_several_gaps_one_is_left() -> None:
    assert lines([Piece("a"), GAP, GAP, Piece("b"), GAP], Look(80, False, True)) == ["a", "", "b", ""]


def test_without_unicode_all_is_ascii() -> None:
    (line,) = lines([Piece("na\u00efve")], Look(80, False, False))
    assert line == r"na\xefve"
