"""The page is whole, says what the terminal says, and holds nothing that acts, whoever wrote the words in it."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from checkpoint.model import CheckResult, Decision, Feedback, Frame, Location, Score, Stop
from checkpoint.report import Style, render
from checkpoint.report.prose import prose
from checkpoint.report.visible import visible
from checkpoint.report.words import caveats, isolation_line, score_line

from . import reports

if TYPE_CHECKING:
    from checkpoint.model import Report

VOID = {"meta", "br", "rect"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
OUTCOMES = reports.outcomes()
ATTACKS = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }}{% raw %}{# #}",
    "</style><style>*{display:none}",
    "--><svg onload=alert(1)>",
    "&lt;b&gt; &amp;amp; &#60;",
    "<base href=//evil.example> <meta http-equiv=refresh content=0>",
    "\u202eabc\u2066 \x1b[31m \x00 \ud800 \xa0 \u3164 e\u0301\u0301\u0301\u0301\u0301.",
    "::error::x ##[error]x ##vso[a]b",
]


class Page(HTMLParser):
    """Read a page strictly: what is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.style = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), attrs
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.said.append("\n")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.style += data
        elif self.open[-1:] != ["title"]:
            self.said.append(data)

    @property
    def text(self) -> str:
        return "".join(self.said)

    def attributes(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.tags for key, value in attributes.items() if key == name]


def page(report: Report, **style: object) -> Page:
    return Page(render("html", report, **style))


def told(text: str) -> Report:
    """Return a Report in which everything that a learner or an author has a hand in is `text`."""
    feedback = Feedback(
        f"It says {text}",
        text,
        f"{text}!",
        Location(text, 1, 2, ((1, text), (2, f"  {text}"))),
        tuple(Frame(text, number, text, text) for number in (1, 2)),
    )
    decision = Decision("failed", text, text, reports.DECIDED_AT)
    return reports.report(
        CheckResult(text, text, "failed", 1, feedback, (text, text), None, 1.0, text, decision=decision),
        CheckResult("b", text, "blocked", 1, blocked_by=(text,)),
        CheckResult("c", text, "undecided", 1, Feedback(text), decision=decision),
        checkpoint_title=text,
        submission_path=text,
        notes=(text,),
        output=text,
        versions={text: text},
        only=text,
        stopped=Stop("failed", text),
    )


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_outcome_is_a_well_formed_page_with_headings_in_order(name: str):
    read = page(OUTCOMES[name])
    levels = [HEADINGS.index(tag) + 1 for tag, _ in read.tags if tag in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [tag for tag, _ in read.tags].count("main") == 1
    ids = read.attributes("id")
    assert len(ids) == len(set(ids))
    assert {f"#{id}" for id in ids} >= set(read.attributes("href"))
    assert set(ids) >= set(read.attributes("aria-labelledby"))


@pytest.mark.parametrize("name", sorted(OUTCOMES.keys() - {"hostile"}))
def test_the_score_and_what_must_be_known_about_it_are_told(name: str):
    report = OUTCOMES[name]
    text = page(report).text
    for words in (score_line(report), *caveats(report), isolation_line(report), *report.notes):
        assert words in text
    assert report.submission_path in text
    assert report.submission_sha256[:12] in text
    assert "2026-03-04 05:06 UTC" in text


@pytest.mark.parametrize(
    "check", [reports.FAILED, reports.CRASHED, reports.UNDECIDED, reports.ERROR, reports.TIMED_OUT]
)
def test_a_check_says_all_that_the_terminal_says(check: CheckResult):
    report = reports.report(check)
    article = page(report).text.partition("What to look at")[2]
    wanted = re.findall(r"\w+", prose(check, report, Style(hints=True)).casefold())
    assert set(wanted) <= set(re.findall(r"\w+", article.casefold()))
    for hint in check.hints:
        assert hint in article
    assert check.output in "\n".join(line for line in article.split("\n") if line)


def test_each_status_is_told_by_text_and_symbol():
    text = re.sub(r"\s+", " ", page(reports.everything()).text)
    assert "✓ The page loads Passed 1/1 points" in text
    assert "✗ Each visit counts one more Not passed 0/4 points" in text
    assert "○ Two browsers do not share a count Waits for: Each visit counts one more Waiting 0/2 points" in text
    assert "? The header's value comes from g Undecided -/4 points" in text
    assert "! The page links to itself Not run -/1 points" in text


def test_points_are_not_scored_when_another_check_alone_is():
    text = re.sub(r"\s+", " ", page(OUTCOMES["only"]).text)
    assert "✓ The page loads Passed not scored ✗" in text


def test_the_blamed_lines_are_marked_for_eyes_and_ears():
    text = re.sub(r"\s+", " ", page(reports.report(reports.FAILED)).text)
    assert "37 visits =" in text
    assert "38, look here: if visits is not None:" in text
    assert "39, look here: visits = 1" in text
    assert render("html", reports.report(reports.FAILED)).count('<li class="blamed">') == 2


def test_hints_are_closed_until_they_are_asked_for():
    def details(report: Report, **style: object) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in page(report, **style).tags if tag == "details"]

    assert details(reports.report(reports.FAILED)) == [{}, {}, {}]
    assert details(reports.report(reports.FAILED), hints=True) == [{"open": None}] * 3
    text = page(reports.report(reports.FAILED, reports.CRASHED)).text
    assert [part for part in text.split("\n") if part.startswith("Hint")] == [
        "Hint 1 of 3",
        "Hint 2 of 3",
        "Hint 3 of 3",
        "Hint",
    ]


def marked(expected: str | None, actual: str | None) -> list[str]:
    """Return what is marked as different in expected and actual, or the values whole where nothing is."""
    html = render(
        "html", reports.report(CheckResult("a", "A", "failed", 1, Feedback("Not the same.", expected, actual)))
    )
    values = re.findall(r'<span class="value">(.*?)</dd>', html)
    return [(re.findall("<mark>(.*?)</mark>", value) or [value.replace("</span>", "")])[0] for value in values]


def test_what_differs_is_marked():
    assert marked("the brown fox", "the red fox") == ["brown", "red"]
    assert marked("a b", "a  b") == ["&#34;a·b&#34;", "·"]
    assert marked("one\ntwo", "one\nthree") == ["two", "three"]
    assert marked("42", "1") == ["42", "1"]
    assert marked("1", "'1'") == [
        '1 <span class="quiet">(a number)',
        '&#39;1&#39; <span class="quiet">(text)',
    ]
    assert marked(None, "") == ['&#34;&#34; <span class="quiet">(empty)']
    assert marked("x", None) == ["x"]
    assert marked(None, None) == []


def test_the_same_words_are_told_once():
    again = replace(reports.FAILED, id="visit_again", title="Once more")
    html = render("html", reports.report(reports.FAILED, again))
    assert html.count("A cookie comes back as text") == 1
    assert "The same as for visit_count, above." in Page(html).text
    assert '<a href="#check-1">visit_count</a>' in html


def test_checks_that_were_not_reached_are_listed_and_not_explained():
    text = page(OUTCOMES["interrupted"]).text
    assert "Not run" in text
    assert "What to look at" not in text
    assert "It was interrupted." in text


def test_the_way_on_is_told_after_a_pass_only():
    assert "Next: User login with Flask-Login" in page(OUTCOMES["passed"]).text
    assert "User login" not in page(OUTCOMES["failed"]).text
    assert "User login" not in page(reports.report(reports.PASSED, only="page_loads")).text


def test_what_happened_to_the_app_and_what_it_printed_while_loading_is_told():
    text = page(OUTCOMES["crashed"]).text
    assert "The app crashed." in text
    assert re.search(r"While loading, the app printed:\s+starting up", text)
    assert "While loading" not in page(OUTCOMES["failed"]).text


def test_of_long_output_the_end_is_shown():
    check = replace(reports.FAILED, output="".join(f"line {number}\n" for number in range(100)))
    text = page(reports.report(check)).text
    assert "… 60 more above\nline 60\nline 61" in text
    assert "line 99" in text
    assert "line 59\n" not in text


def test_of_many_calls_the_beginning_and_the_end_are_shown():
    frames = tuple(Frame("app.py", number, f"call_{number}", "again()") for number in range(1, 101))
    check = replace(reports.CRASHED, feedback=Feedback("Too deep.", traceback=frames))
    text = page(reports.report(check)).text
    shown = [int(number) for number in re.findall(r"in call_(\d+)", text)]
    assert shown == [1, 2, *range(91, 101)]
    assert "… 88 more calls" in text


def test_a_single_call_is_shown_where_it_is_blamed_alone():
    frame = reports.CRASHED.feedback.traceback[0]
    alone = Feedback("It stopped.", location=reports.CRASHED.feedback.location, traceback=(frame,))
    for feedback in (alone, replace(alone, location=None)):
        text = page(reports.report(replace(reports.CRASHED, feedback=feedback))).text
        assert text.count("starter/app.py:52") == 1


def test_the_meter_says_how_full_it_is():
    ((_, meter),) = [tag for tag in page(OUTCOMES["failed"]).tags if tag[1].get("role") == "meter"]
    assert meter["aria-label"]
    assert (meter["aria-valuenow"], meter["aria-valuemax"]) == ("1", "7")
    assert "meter" not in page(OUTCOMES["broken"]).attributes("role")


@pytest.mark.parametrize("name", ["hidden", "after_due"])
def test_hidden_checks_give_nothing_away(name: str):
    html = render("html", OUTCOMES[name], hints=True, verbosity=1)
    assert reports.SECRET not in html
    assert "4321" not in html
    assert "4.3 s" not in html
    text = re.sub(r"\s+", " ", Page(html).text)
    assert f"{OUTCOMES[name].checks[-1].id} Hidden: only its name is shown. Not passed 0/3 points" in text
    assert "What to look at" not in text


@pytest.mark.parametrize("report", [*map(told, ATTACKS), *OUTCOMES.values()])
def test_nothing_in_the_page_acts_or_comes_from_outside(report: Report):
    html = render("html", report, hints=True)
    read = Page(html)
    plain = page(told("plain"), hints=True)
    assert {tag for tag, _ in read.tags} <= {tag for tag, _ in plain.tags} | {"mark"}
    for _, attributes in read.tags:
        assert not {"src", "srcset", "style", "action"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    assert all(re.fullmatch(r"#check-\d+", href) for href in read.attributes("href"))
    assert "url(" not in read.style
    assert "@import" not in read.style
    assert read.style == plain.style
    policy = next(attributes["content"] for _, attributes in read.tags if "http-equiv" in attributes)
    hashed = b64encode(sha256(read.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_words_are_shown_as_the_words_that_they_are(attack: str):
    text = page(told(attack)).text
    shown = visible(attack)
    assert text.count(shown) >= 20
    left = text.replace(shown, "")
    assert not [piece for piece in ("alert", "evil.example", "49", "\\x1b", "vso") if piece in left]


@pytest.mark.parametrize("name", OUTCOMES)
def test_no_line_of_the_page_begins_with_words_that_are_not_ours(name: str):
    """Printed into a CI log, a line of somebody else's could be an order."""
    for line in render("html", OUTCOMES[name]).split("\n"):
        assert line.isprintable()
        assert not line.lstrip().startswith("::")


@pytest.mark.parametrize("unit", ["x", "\U000e0041", "'", "x\n", "\t", " x"], ids=ascii)
def test_ten_megabytes_in_every_field_make_a_page_of_some_hundred_kilobytes(unit: str):
    text = unit * (10_000_000 // len(unit))
    report = told("here")
    place = Location(text, 1, 2, tuple((number, text) for number in range(1, 60)))
    feedback = Feedback(text, text, f"{text}y", place, (Frame(text, 1, text, text),) * 40)
    decision = Decision("passed", text, text, reports.DECIDED_AT)
    check = replace(report.checks[0], feedback=feedback, output=text, decision=decision, hints=(text, text))
    report = replace(report, checks=(check,), notes=(text,), output=text, submission_path=text)
    html = render("html", report)
    assert len(html) < 600_000
    Page(html)


def test_many_notes_are_counted():
    text = page(reports.report(notes=tuple(f"note {number}" for number in range(80)))).text
    assert "note 49\n" in text
    assert "note 50\n" not in text
    assert "… 30 more" in text


def test_the_same_report_gives_the_same_bytes():
    assert render("html", reports.everything()) == render("html", reports.everything(), width=30, color=True)


def test_a_report_of_no_points_is_a_page_too():
    assert "0 of 0 points. Passed." in page(reports.report(score=Score(0, 0, 0.0, 100, True))).text
