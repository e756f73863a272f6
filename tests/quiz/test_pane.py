"""Draw on an emulated terminal: what is rewritten in part must look as if it were drawn whole."""

from __future__ import annotations

import io

import pyte
from hypothesis import given
from hypothesis import strategies as st

from checkpoint.quiz.screen.pane import Pane

COLUMNS, ROWS = 12, 6
TEXT = st.text("ab ", max_size=COLUMNS)
BLOCK = st.lists(TEXT, min_size=1, max_size=ROWS).map(lambda block: [*block[:-1], block[-1][: COLUMNS - 6]])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("draw"), BLOCK, st.sampled_from(["", " 4:59", " 4:58"]), st.booleans()),
        st.tuples(st.just("keep"), st.lists(TEXT, min_size=1, max_size=2 * ROWS)),
        st.tuples(st.just("renew"), st.lists(TEXT, max_size=ROWS - 1)),
    ),
    max_size=12,
)


@given(STEPS)
def test_the_terminal_shows_what_was_kept_and_what_was_drawn_last(steps: list[tuple]) -> None:
    out = io.StringIO()
    screen = pyte.HistoryScreen(COLUMNS, ROWS, history=1000)
    pane = Pane(out)
    pane.begin()
    kept: list[str] = []
    for what, lines, *how in steps:
        drawn: list[str] = []
        if what == "draw":
            clock, typing = how
            typing = typing and len(lines) > 1
            pane.draw(lines, clock, (len(lines) - 2, 3) if typing else None)
            drawn = [*lines[:-1], clock + lines[-1]]
        elif what == "keep":
            pane.keep(lines)
            kept += lines
        else:
            pane.renew(lines)
            kept = [*lines]
            screen.history.top.clear()
        pyte.Stream(screen).feed(out.getvalue())
        out.seek(0)
        out.truncate()
        assert shown(screen) == "\n".join(line.rstrip() for line in [*kept, *drawn]).rstrip("\n")
        if what == "draw":
            assert screen.cursor.hidden != typing
            assert not typing or (screen.display[screen.cursor.y].rstrip(), screen.cursor.x) == (drawn[-2].rstrip(), 3)


def shown(screen: pyte.HistoryScreen) -> str:
    """Return scrollback and screen, without blanks at the ends."""
    above = ["".join(line[x].data for x in range(COLUMNS)) for line in screen.history.top]
    return "\n".join(line.rstrip() for line in [*above, *screen.display]).rstrip("\n")


def test_only_what_changed_is_written() -> None:
    out = io.StringIO()
    pane = Pane(out)
    pane.draw(["a" * 40, "b" * 40, "c" * 40, "keys"], " 4:59")
    before = len(out.getvalue())
    pane.draw(["a" * 40, "x", "c" * 40, "keys"], " 4:59")
    assert len(out.getvalue()) - before < 20
    before = len(out.getvalue())
    pane.draw(["a" * 40, "x", "c" * 40, "keys"], " 4:59")
    assert len(out.getvalue()) == before


def test_a_clock_that_gets_shorter_takes_the_rest_of_its_line_along() -> None:
    out = io.StringIO()
    screen = pyte.Screen(COLUMNS, ROWS)
    pane = Pane(out)
    pane.draw(["keys"], "1:00:00")
    pane.draw(["keys"], "59:59")
    pyte.Stream(screen).feed(out.getvalue())
    assert screen.display[0].rstrip() == "59:59keys"
