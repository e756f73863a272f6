"""Fit questions into small windows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from checkpoint.quiz.screen.editor import Editor
from checkpoint.quiz.screen.form import ASCII, UNICODE
from checkpoint.quiz.screen.keys import Key
from checkpoint.quiz.screen.layout import Look
from checkpoint.quiz.screen.view import Status, View, drawn
from checkpoint.quiz.sitting import Remaining
from checkpoint.quiz.words import GAP, Piece

TEXTS = st.text("ab \u65e5", max_size=80)


@settings(deadline=None)  # some imports come late
@given(
    st.lists(st.one_of(TEXTS.map(Piece), TEXTS.map(lambda text: Piece(text, "code")), st.just(GAP)), max_size=8),
    st.lists(st.sampled_from(["page up", "page down", "home", "end"]), max_size=4),
    st.tuples(st.integers(20, 60), st.integers(5, 20)),
    st.sampled_from(["", "Tick all that fit first: Space.", "A word " * 20]),
    st.booleans(),
    st.booleans(),
)
def test_whatever_there_is_fits(
    pieces: list[Piece], keys: list[str], size: tuple[int, int], message: str, typing: bool, unicode: bool
) -> None:
    editor = Editor("line\nline\n" * 4, several=True) if typing else None
    view = View(pieces, ["Enter: answer", "Space: tick"], editor=editor, message=message)
    for key in ["", *keys]:
        view.scroll(Key(key))
        status = Status(Remaining(9.5, "question"), little=True, very_little=True)
        signs = UNICODE if unicode else ASCII
        lines, clock, cursor = drawn(view, status, Look(size[0], color=True, unicode=unicode), size[1], signs)
        plain = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in [*lines[:-1], clock + lines[-1]]]
        assert len(plain) <= size[1]
        assert all(cell_len(line) <= size[0] for line in plain)
        assert plain[-1].startswith(" 0:10!!")
        assert cell_len(plain[-1]) < size[0]
        assert (cursor is not None) == typing
        assert cursor is None or cursor[0] < len(plain) - 1


@pytest.mark.parametrize(
    "width, whose, text",
    [
        (100, "quiz", " 4:59   Enter: answer  keys: do something  Ctrl-C: leave"),
        (100, "question", " 4:59   for this question  Enter: answer  keys: do something  Ctrl-C: leave"),
        (50, "question", " 4:59   this question  Enter: answer"),
        (30, "quiz", " 4:59   Enter: answer"),
        (20, "quiz", " 4:59   Enter"),
    ],
)
def test_the_last_line_says_what_there_is_room_for(width: int, whose: str, text: str) -> None:
    view = View([], ["Enter: answer", "keys: do something", "Ctrl-C: leave"])
    lines, clock, _ = drawn(view, Status(Remaining(299, whose)), Look(width, color=False, unicode=True), 24, UNICODE)
    assert clock + lines[-1] == text


def test_the_window_moves_no_more_than_it_has_to() -> None:
    pieces = [Piece(f"line {number}") for number in range(9)]
    view = View(pieces, focus=3, follows=True)
    assert view.window(Look(20, color=False, unicode=True), 5)[0][0] == "line 0"
    view.update(View(pieces, focus=6))
    assert view.window(Look(20, color=False, unicode=True), 5)[0] == [f"line {number}" for number in range(2, 7)]
