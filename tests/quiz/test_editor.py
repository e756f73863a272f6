"""Type into the editor, and look at what of it fits on the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from checkpoint.quiz.screen.editor import Editor
from checkpoint.quiz.screen.keys import Key

MOVES = ["left", "right", "home", "end", "up", "down", "backspace", "delete", "cut before", "cut after", "cut word"]


def typed(*keys: str, several: bool = False) -> Editor:
    editor = Editor(several=several)
    for key in keys:
        if key in MOVES:
            editor.press(Key(key))
        elif key == "enter":
            editor.new_line()
        else:
            editor.press(Key("typed" if len(key) == 1 else "paste", key))
    return editor


@pytest.mark.parametrize(
    "keys, text",
    [
        (["abc", "left", "left", "x"], "axbc"),
        (["abc", "home", "delete", "end", "z"], "bcz"),
        (["one two three", "cut word", "cut word"], "one "),
        (["one two", "left", "cut before"], "o"),
        (["one two", "home", "right", "cut after"], "o"),
        (["backspace", "left", "right", "delete"], ""),
        (["a\tb\nc\r\nd"], "a b c d"),
        (["e\u0301"], "\u00e9"),
        (["\x1b[31m\x9b\u202e\u200b\ud800x"], "[31mx"),
        (["a" * 10_000], "a" * 4000),
    ],
)
def test_a_line_is_edited(keys: list[str], text: str) -> None:
    assert typed(*keys).text == text


@pytest.mark.parametrize(
    "keys, text",
    [
        (["ab", "enter", "cd", "up", "x", "down", "y"], "abx\ncdy"),
        (["abc", "enter", "d", "up", "end", "z"], "abcz\nd"),
        (["abc", "enter", "de", "cut before", "backspace", "!"], "abc!"),
        (["a\r\n\tb"], "a\n    b"),
    ],
)
def test_several_lines_are_edited(keys: list[str], text: str) -> None:
    assert typed(*keys, several=True).text == text


@given(
    st.lists(st.sampled_from([*MOVES, "enter", "a", "word ", "\u65e5\u672c", "e\u0301", "\n\n"])),
    st.integers(20, 40),
    st.integers(1, 6),
    st.booleans(),
)
def test_the_cursor_is_always_to_be_seen(keys: list[str], width: int, height: int, unicode: bool) -> None:
    rows, (row, cell) = typed(*keys, several=True).rows(width, height, unicode=unicode)
    assert 1 <= len(rows) <= height
    assert all(cell_len(line) <= width for line in rows)
    assert 0 <= row < len(rows)
    assert 2 <= cell < width
    assert cell <= cell_len(rows[row])
