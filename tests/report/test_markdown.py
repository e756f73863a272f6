"""The Markdown says what the report says, and a learner's words are words in it: no markup, no links, no mentions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from checkpoint.model import Feedback
from checkpoint.report import render
from checkpoint.report.markdown import code, fenced, inline
from checkpoint.report.visible import visible

from . import reports
from .test_github import ORDERS, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable("table")
OUR_HTML = re.compile(r"<details><summary>(Hint|Hint \d of \d|What the app printed while loading)</summary>|</details>")
# What GitHub or GitLab would make something of, in text that is no code.
LIVE = re.compile(r"[@#<>&\\`*_\[\]|~$^{}]|://|www\.|:[\w+-]+:|[!%]\d|\b[0-9a-f]{7,40}\b", re.IGNORECASE)
MARKUP = (
    "<img src=x onerror=alert(1)> </details> <!-- &amp; &#64;x",
    "![a](http://evil.example) [b](javascript:x) <http://c.example> [d]: /e www.evil.example a@b.example",
    "@everyone @octocat #123 GH-12 !7 %5 $3 ~bug &9 owner/repo#1 octocat/x@0123456789abcdef :tada: :+1:",
    "**bold** _em_ ~~gone~~ `code` ``a`b`` ``` \\` $x$ {+ins+} [[page]] [^1]",
    "http://evil.example mailto:a irc://b.example WWW.c.example",
    "0123456789abcdef fixed in abcdef1.",
    "# heading",
    "> quote",
    "- list",
    "1. list",
    "/close",
    "===",
    ":-",
    "a | b \\| c \\\\| d",
    "```\n</details>\n~~~\n````````",
    "</script>]]>`",
    " ",
)


def tokens(text: str) -> list[Token]:
    return PARSER.parse(text)


def walked(text: str) -> Iterator[Token]:
    for token in tokens(text):
        yield token
        yield from token.children or ()


def count(text: str, kind: str) -> int:
    return sum(token.type == kind for token in walked(text))


def content(text: str, kind: str) -> list[str]:
    return [token.content for token in walked(text) if token.type == kind]


def assert_harmless(text: str) -> None:
    """Nothing is there but what we write ourselves."""
    kinds = {token.type for token in walked(text)}
    allowed = {"inline", "text", "code_inline", "fence", "html_block", "strong_open", "strong_close"}
    allowed |= {f"{block}_{side}" for block in ("paragraph", "heading") for side in ("open", "close")}
    allowed |= {
        f"{part}_{side}" for part in ("table", "thead", "tbody", "tr", "th", "td") for side in ("open", "close")
    }
    assert kinds <= allowed
    for html in content(text, "html_block"):
        assert OUR_HTML.fullmatch(html.strip())
    assert text.count("<details>") >= content(text, "html_block").count("</details>\n")
    for plain in content(text, "text"):
        assert not LIVE.search(plain), plain
    for paragraph in content(text, "inline"):
        assert not paragraph.startswith("/")  # GitLab's quick actions
    for line in text.split("\n"):
        assert line.isprintable()
        assert read(line) is None


@pytest.mark.parametrize("name", reports.outcomes())
def test_headings_and_rows_are_those_of_the_report(name: str):
    report = reports.outcomes()[name]
    text = render("markdown", report)
    told = [check for check in report.checks if check.visibility == "visible"]
    explained = ("failed", "undecided", "error") if report.complete else ("failed", "undecided")
    worded = [check for check in told if check.outcome in explained or check.decision]
    assert count(text, "heading_open") == 1 + len(worded)
    assert count(text, "tr_open") == 1 + len(report.checks)
    assert count(text, "td_open") == 3 * len(report.checks)
    assert content(text, "html_block").count("</details>\n") == text.count("<details><summary>")
    assert_harmless(text)


def test_a_row_has_the_status_the_title_and_the_points():
    rows = render("markdown", reports.everything()).split("\n")
    assert "| ✓ passed | A first visit is number 1 | 2/2 |" in rows
    assert "| ✗ failed | Each visit counts one more | 0/4 |" in rows
    waits = "(Waits for: Each visit counts one more)"
    assert f"| ○ blocked | Two browsers do not share a count {waits} | 0/2 |" in rows
    assert "| ? undecided | The header's value comes from g | -/4 |" in rows
    assert "| ! error | The page links to itself | -/1 |" in rows


def test_what_was_not_scored_says_so():
    assert "| ✓ passed | The page loads | not scored |" in render("markdown", reports.outcomes()["only"])


def test_it_begins_with_what_was_graded_and_the_score():
    lines = render("markdown", reports.outcomes()["crashed"]).split("\n")
    assert lines[0] == "## A Dynamic Web App: `starter/app.py`"
    assert lines[2] == "**✗** 1 of 2 points (50 %), not passed yet: 1 check to go"
    assert "The app crashed." in lines


def test_caveats_notes_and_the_way_on_are_told():
    assert "It was told to end." in render("markdown", reports.outcomes()["terminated"])
    assert "**Note:** The code reaches for `gc` (line 3)." in render("markdown", reports.outcomes()["undecided"])
    passed = render("markdown", reports.outcomes()["passed"])
    assert "**✓** 3 of 3 points. Passed." in passed
    assert "**Next:** User login with Flask-Login" in passed.replace("`", "")
    assert passed.endswith("isolation full: namespaces, Landlock, seccomp\n")
    assert "Next:" not in render("markdown", reports.outcomes()["failed"])


def test_a_failed_check_shows_values_lines_and_output_as_code():
    blocks = content(render("markdown", reports.report(reports.FAILED)), "fence")
    assert blocks == [
        "expected  42\nactual    1\n",
        "starter/app.py:38\n"
        "  36 │     def get(self):\n"
        '  37 │         visits = request.cookies.get("visits")\n'
        "> 38 │         if visits is not None:\n"
        "> 39 │             visits = 1\n"
        "  40 │         return make_response(render_template_string(PAGE, tasks=TASKS, visits=visits))\n",
        "while this ran, the app printed:\n  │ visits: 41\n  │ visits is not None\n",
    ]


def test_a_traceback_shows_the_way_there():
    blocks = content(render("markdown", reports.report(reports.CRASHED)), "fence")
    assert blocks[0].startswith("starter/app.py:52 in stamp_request_id\n")


def test_a_name_is_code_and_the_stop_behind_it_is_not():
    assert inline("Call visit_count, then `return response`.") == "Call `visit_count`, then `return response`."
    assert inline("x_y z_w") == "`x_y` `z_w`"
    assert inline('then r.set_cookie("a", str(b)), too') == 'then `r.set_cookie("a", str(b))`, too'
    assert inline("r.headers[X_ID] = g.id and so on") == "`r.headers[X_ID] = g.id` and so on"
    assert inline("x_y, (see z)") == "`x_y`, (see z)"


def test_hints_are_folded_one_after_another():
    text = render("markdown", reports.report(reports.FAILED))
    assert re.findall("<summary>(.*?)</summary>", text) == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3"]
    assert "open" not in "".join(content(text, "html_block"))
    assert "`int(request.cookies['visits']) + 1`" in text


def test_a_hint_of_several_lines_is_code():
    check = replace(reports.FAILED, feedback=Feedback("x"), hints=("def a():\n    return 1",), output="")
    assert content(render("markdown", reports.report(check)), "fence") == ["def a():\n    return 1\n"]


def test_the_same_feedback_is_told_once():
    text = render("markdown", reports.report(reports.FAILED, replace(reports.FAILED, id="other", title="Other")))
    assert text.count("The browser sent the cookie") == 1
    assert "The same as for Each visit counts one more, above." in text


def test_a_messages_further_lines_are_code():
    check = replace(reports.FAILED, feedback=Feedback("It says:\n# <b>\n"), hints=(), output="")
    text = render("markdown", reports.report(check))
    assert content(text, "fence") == ["│ # <b>\n"]
    assert count(text, "heading_open") == 2


@pytest.mark.parametrize("text", [*MARKUP, *ORDERS, "\n".join(MARKUP), "\n".join(ORDERS), reports.HOSTILE_TEXT])
def test_a_learners_words_are_no_markup(text: str):
    report = reports.hostile(text)
    shown = render("markdown", report)
    assert_harmless(shown)
    assert count(shown, "tr_open") == 1 + len(report.checks)
    assert count(shown, "td_open") == 3 * len(report.checks)
    assert count(shown, "fence") == shown.count("text\n") - sum("text\n" in block for block in content(shown, "fence"))


@pytest.mark.parametrize("text", MARKUP)
def test_what_a_learner_wrote_can_be_read(text: str):
    check = replace(reports.FAILED, feedback=Feedback("It is this.", expected=text, actual="1"), hints=(), output="")
    shown = "".join(content(render("markdown", reports.report(check)), "fence"))
    for line in text.strip().split("\n"):
        assert line in shown


MEAN = st.text(st.sampled_from("`*_[]()!<>#@|\\~-+=:&;$^/ \n.,ab19\u202e✗") | st.characters(), max_size=40)


@given(MEAN)
def test_inline_text_is_one_paragraph_of_words_and_code(text: str):
    shown = inline(text)
    assert [token.type for token in tokens(shown)] in (["paragraph_open", "inline", "paragraph_close"], [])
    assert {token.type for token in walked(shown)} <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "code_inline",
    }
    read_back = "".join(token.content for token in walked(shown) if token.type in ("text", "code_inline"))
    assert re.sub("[` ]", "", read_back) == re.sub("[` ]", "", visible(text.strip()))
    assert not any(LIVE.search(plain) for plain in content(shown, "text"))


@given(MEAN)
def test_a_cell_stays_one_cell(text: str):
    report = reports.report(replace(reports.PASSED, title=text))
    shown = render("markdown", report)
    assert count(shown, "td_open") == 3
    assert count(shown, "tr_open") == 2
    cells = [token for token in walked(shown) if token.type == "inline"]
    cell = cells[[cell.content for cell in cells].index("✓ passed") + 1]
    read_back = "".join(child.content for child in cell.children or () if child.type in ("text", "code_inline"))
    assert re.sub("[` ]", "", read_back) == re.sub("[` ]", "", visible(text.strip()))


@given(st.text(st.sampled_from("`a ~\\"), min_size=1, max_size=20))
def test_code_is_shown_as_it_is(text: str):
    assert [token.content.strip() for token in walked(code(text)) if token.type == "code_inline"] == [text.strip()]
    assert content(fenced(text), "fence") == [f"{text}\n"]


@pytest.mark.parametrize("text", ["x" * 2_000_000, "`" * 100_000, "日\u202e" * 20_000, "a|" * 20_000])
def test_it_is_small_enough_for_a_step_summary(text: str):
    shown = render("markdown", reports.hostile(text))
    assert len(shown.encode()) < 200_000
    assert_harmless(shown)


def test_what_is_too_much_is_left_out_with_a_word():
    check = replace(reports.hostile("日\u202e" * 5000).checks[1], blocked_by=())
    many = (replace(check, id=f"c{n}", feedback=replace(check.feedback, actual=str(n))) for n in range(1000))
    shown = render("markdown", reports.report(*many, notes=("日`" * 2000,) * 100))
    assert 200_000 < len(shown.encode()) < 1024 * 1024
    assert shown.count("The rest is left out: this report would be too long.") == 3
    assert_harmless(shown)
    assert shown.endswith("isolation full: namespaces, Landlock, seccomp\n")


def test_a_title_that_is_cut_says_so():
    text = render("markdown", reports.report(replace(reports.PASSED, title="x" * 201)))
    assert f"| {'x' * 199}… |" in text


def test_no_cell_has_a_backslash_before_an_escaped_bar():
    # GitHub's parser takes the first backslash of two for the second one's escape, and ends the cell at the bar.
    assert r"`a\ \|b`" in render("markdown", reports.report(replace(reports.PASSED, title=r"a\|b")))


def test_what_was_printed_while_loading_is_folded_in_where_something_is_wrong():
    assert "starting up\n" in content(render("markdown", reports.outcomes()["crashed"]), "fence")
    assert "hello" not in render("markdown", reports.report(reports.PASSED, output="hello"))


def test_hidden_checks_are_counted_and_not_told():
    for name in ("hidden", "after_due"):
        text = render("markdown", reports.outcomes()[name])
        assert reports.SECRET not in text
        assert "4321" not in text
    assert "| ✗ failed | `other_paths` (hidden) | 0/3 |" in render("markdown", reports.outcomes()["hidden"])


def test_the_same_report_gives_the_same_bytes():
    assert render("markdown", reports.everything()) == render("markdown", reports.everything())
