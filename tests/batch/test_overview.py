"""The overview counts right, names those whom a person has to look at, and nothing that is written in it acts."""

from __future__ import annotations

import re
import subprocess
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from checkpoint.batch.gradebook import Gradebook
from checkpoint.batch.overview.alike import alike
from checkpoint.batch.overview.chart import bars, mark
from checkpoint.batch.overview.figures import Standing
from checkpoint.batch.overview.page import SLICE, render
from checkpoint.batch.overview.reading import read
from checkpoint.report.visible import visible

from . import books
from .overviews import FAILED, PASSED, Handed, gradebook

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from checkpoint.batch.overview.figures import Overview

VOID = {"meta", "br"}
UNDECIDED = Handed("chen", ("passed", "undecided", "passed"), (None, "Look at line 7.", None))
DECIDED = replace(UNDECIDED, id="dora", decided={"counts": ("passed", "It is only a log line.")})
REFUSED = Handed(
    "emil", ("failed", "blocked", "blocked"), ("in/emil.zip: a bomb.", None, None), "not_loadable", sha256=""
)
ERROR = Handed("fay", ("passed", "error", "passed"), (None, "The solution did not answer.", None))
STOPPED = Handed("gus", ("passed", "error", "error"), complete=False)
WAITING = Handed("hal", graded=False)
CRASHED = Handed("ivy", ("failed", "blocked", "blocked"), ("Its process ended.", None, None), "crashed")
EVERYBODY = (PASSED, FAILED, UNDECIDED, DECIDED, REFUSED, ERROR, STOPPED, WAITING, CRASHED)

CLASSES = {
    "everybody": EVERYBODY,
    "nobody": (),
    "one": (PASSED,),
    "all passed": tuple(replace(PASSED, id=f"p{number}") for number in range(30)),
    "none passed": tuple(replace(FAILED, id=f"f{number}") for number in range(30)),
    "all undecided": tuple(replace(UNDECIDED, id=f"u{number}") for number in range(60)),
    "all waiting": (WAITING,),
    "all stopped": (STOPPED,),
}
HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "two\nlines",
    "it's\t\\n",
    "\u202eabc",
    "שלום עולם",
    "javascript:alert(1)",
    "../../etc/passwd?x#y%2e",
    "-rf it's $(id) `id` \\",
    "x" * 300,
    "::error::x",
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
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in ("td", "th"):
            self.said.append(" ")

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.style += data
        elif not {"head", "svg"} & set(self.open):
            self.said.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.said))

    def attributes(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.tags for key, value in attributes.items() if key == name]

    @property
    def links(self) -> list[str]:
        return [link for link in self.attributes("href") if not link.startswith("#")]


def overview(*handed: Handed, **run: object) -> Overview:
    return read(gradebook(*handed, **run))


def page(*handed: Handed, **run: object) -> Page:
    return Page(render(overview(*handed, **run)))


def told(text: str) -> tuple[Handed, ...]:
    """Return a class in which everything that somebody outside has a hand in is `text`."""
    said = {"messages": (text, text, text), "warning": text}
    return (
        Handed(text, ("failed", "undecided", "error"), cause="crashed", file=text, **said),
        Handed(f"{text}2", ("passed", "undecided", "error"), decided={"counts": ("passed", text)}, **said),
        Handed(f"{text}3", ("failed", "blocked", "blocked"), sha256="", **said),
    )


# What is counted.


def test_each_learner_is_counted_once_and_where_they_belong():
    standing = overview(*EVERYBODY).standing
    assert standing == Standing(passed=2, failed=3, undecided=1, fault=1, stopped=1, waiting=1)
    assert (standing.submissions, standing.graded, standing.left) == (9, 6, 3)
    text = page(*EVERYBODY).text
    assert "2 of 9 submissions passed (22 %)." in text
    assert "2 passed 3 not passed 1 undecided 3 not graded" in text


def test_who_has_left_the_class_is_not_counted():
    db = gradebook(*EVERYBODY)
    db.execute("DELETE FROM roster WHERE id <> 'bruno'")
    seen = read(db)
    assert seen.standing.submissions == seen.checks[0].total == len(seen.learners) == 1
    assert not seen.crashes
    assert not seen.decisions
    assert not seen.undecided


def test_a_check_counts_what_became_of_it_and_what_was_decided_but_nobody_who_was_not_graded_to_the_end():
    loads, counts, header = overview(*EVERYBODY).checks
    assert (loads.passed, loads.failed, loads.total) == (5, 2, 7)
    assert (counts.passed, counts.failed, counts.blocked, counts.undecided, counts.error) == (2, 1, 2, 1, 1)
    assert [check.title for check in (loads, counts, header)] == ["It loads", "It counts", "It has a header"]
    said = "It counts 4 points 29 % ✓ 2 passed ✗ 1 not passed ○ 2 waiting ? 1 undecided ! 1 not run"
    assert said in page(*EVERYBODY).text


def test_none_and_all_are_never_told_of_nearly_none_and_nearly_all():
    many = [replace(PASSED, id=str(number)) for number in range(999)]
    assert "999 of 1000 submissions passed (99 %)." in page(*many, FAILED).text.replace(",", "")


def test_points_are_spread_over_shares_and_full_marks_stand_alone():
    seen = overview(PASSED, replace(PASSED, id="b"), FAILED, UNDECIDED, WAITING)
    counted = {bar.name: bar.count.graded for bar in bars(seen.scores) if bar.count.graded}
    assert counted == {"10 to under 15 %": 1, "60 to under 65 %": 1, "100 %": 2}
    assert (seen.scores.mean, seen.scores.median) == (67.5, 80)
    assert "pass mark 70 %" in page(PASSED).text


def test_the_pass_mark_stands_at_the_left_of_the_bars_that_reach_it():
    placed = bars(overview(PASSED).scores)
    for number, percent in ((0, 0), (14, 70), (20, 100)):
        edge = mark(percent, len(placed))
        assert edge < placed[number].left
        assert number == 0 or edge > placed[number - 1].left + placed[number - 1].width


def test_the_picture_of_points_has_its_numbers_as_words_too():
    html = render(overview(PASSED, FAILED))
    assert re.search(r"<title>10 to under 15 % of the points: 1 learner</title>", html)
    text = Page(html).text
    assert "As a table Share of the points Learners Passed Not passed Undecided 100 % 1 1 0 0 10 to" in text


def test_no_line_ends_between_a_number_and_its_unit():
    said = "".join(page(*EVERYBODY, replace(CRASHED, id="slow", duration_ms=2345)).said)
    assert re.findall(r"\d(?: |\n)(?:%|ms\b|s\b)", said) == []
    for whole in ("(20\xa0%)", "100\xa0ms", "2.3\xa0s", "pass mark 70\xa0%", "10 to under 15\xa0%"):
        assert whole in said


# What most of them get wrong.


def test_messages_that_differ_in_numbers_names_and_ids_are_one_failure():
    same = [
        replace(
            FAILED, id=f"f{number}", messages=(None, f"With visits={number}, `view{number}` says '{number}'.", None)
        )
        for number in range(8)
    ]
    other = replace(FAILED, id="z", messages=(None, "With no cookie, it answered 500 INTERNAL SERVER ERROR.", None))
    first, second = overview(other, *same, CRASHED).failures[:2]
    assert (first.count, first.varied, first.check_id) == (8, True, "counts")
    assert first.message == "With visits=0, `view0` says '0'."
    assert [who.id for who in first.learners] == ["f0", "f1", "f2", "f3", "f4"]
    assert (second.count, second.varied) == (1, False)
    assert "8 times It counts With visits=0, `view0` says '0'. f0, f1, f2, f3, f4 and 3 more" in page(*same).text


@pytest.mark.parametrize(
    "one, other",
    [
        ("visits=37", "visits=1,052"),
        ("3.5 s", "12 s"),
        ("name 'a' is not defined", "name 'total' is not defined"),
        ("at 0x7f3a90", "at 0x55d0ff"),
        ("id 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "id a987fbc9-4bed-3078-cf07-9141ba07c9f3"),
        ("id deadbeef1", "id 0badcafe"),
    ],
)
def test_what_varies_makes_no_difference(one: str, other: str):
    assert alike(one) == alike(other)


@pytest.mark.parametrize(
    "one, other",
    [
        ("GET / answered 404 NOT FOUND", "GET / answered 500 INTERNAL SERVER ERROR"),
        ("it answered 404", "it answered 500"),
        ("'str' object is not callable", "'NoneType' object is not callable"),
        ('can only concatenate str (not "int")', 'can only concatenate str (not "list")'),
        ("The page doesn't count; it isn't there.", "The page doesn't load; it isn't there."),
        ("facade", "decade"),
    ],
)
def test_what_tells_mistakes_apart_does(one: str, other: str):
    assert alike(one) != alike(other)


def test_the_commonest_failures_come_first_and_the_others_are_counted():
    words = [f"It {letter * 3}." for letter in "ghijklmnopqrstuvw"]
    handed = [
        replace(FAILED, id=f"{word}{number}", messages=(None, word, None))
        for times, word in enumerate(words, start=1)
        for number in range(times)
    ]
    seen = overview(*handed)
    assert [failure.count for failure in seen.failures] == list(range(17, 2, -1))
    assert seen.failures_left == 2
    assert "2 rarer kinds of failure are not listed." in page(*handed).text


def test_apps_that_broke_down_are_counted_by_how():
    handed = [replace(CRASHED, id=f"c{number}") for number in range(7)]
    slow = replace(CRASHED, id="slow", cause="timed_out", duration_ms=2345)
    shown = page(*handed, slow)
    assert "7 Apps that crashed c0, c1, c2, c3, c4 and 2 more" in shown.text
    assert "1 App that took too long slow" in shown.text
    assert "Slowest 2.3 s slow took too long" in shown.text


# What a person has to do.


def test_whoever_decides_is_told_where_to_look_and_what_to_type():
    text = Page(render(read(gradebook(UNDECIDED, DECIDED), "marks/week 3"))).text
    assert "1 submission 4 points each counts" in text
    assert "chen: Look at line 7. checkpoint batch decide 'marks/week 3' chen counts passed --reason \"...\"" in text
    assert "batch decide 'marks/week 3' dora" not in text


def test_of_many_to_decide_the_first_are_listed_and_the_others_counted():
    shown = page(*CLASSES["all undecided"])
    assert "60 submissions" in shown.text
    assert shown.text.count("OUT u") == 25
    assert "… and 35 more. checkpoint batch decide OUT lists all that are open." in shown.text


@pytest.mark.parametrize("id", HOSTILE)
def test_a_command_that_is_copied_says_the_same_to_a_shell(id: str):
    db = gradebook(replace(UNDECIDED, id=id, file="x"))
    html = render(read(db, "a 'b'"))
    (command,) = (text for text in Page(html).said if text.startswith("checkpoint batch decide"))
    script = f"checkpoint() {{ printf '%s\\0' \"$@\"; }}; {command}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"})
    words = done.stdout.decode().split("\0")[:-1]
    options = ["--reason", "...", "--"] if id.startswith("-") else []
    wanted = ["batch", "decide", *options, "a 'b'", id, "counts", "passed"]
    assert words == (wanted if options else [*wanted, "--reason", "..."])


def test_faults_refusals_warnings_and_who_is_not_graded_are_listed_with_words():
    text = page(*EVERYBODY, replace(PASSED, id="jo", warning="Two have the id jo.")).text
    assert re.search(r"It counts \(could not be run\) ! 1 submission .* fay: The solution did not answer\.", text)
    assert "checkpoint batch decide OUT fay counts passed" in text
    assert re.search(r"Could not be taken in ✗ 1 submission .* emil: in/emil\.zip: a bomb\.", text)
    assert re.search(r"Not graded to the end ! 1 submission .* gus ", text)
    assert "batch decide OUT gus" not in text
    assert re.search(r"Not graded yet ○ 1 submission .* hal ", text)
    assert re.search(r"Warnings \? 1 submission .* jo: Two have the id jo\.", text)


def test_what_could_not_be_taken_in_is_no_crash_and_no_failure_that_many_have():
    seen = overview(REFUSED)
    assert (seen.crashes, seen.failures) == ((), ())
    assert seen.refused.count == 1


def test_decisions_say_who_what_why_and_what_the_checks_said():
    text = page(DECIDED).text
    assert "dora · It counts: ✓ passed It is only a log line. m.keller, 2026-03-05 10:00 UTC." in text
    assert "The checks themselves said: undecided." in text


def test_a_decision_about_something_that_was_handed_in_before_counts_no_more():
    db = gradebook(DECIDED)
    db.execute("UPDATE results SET sha256 = 'new', open = 1, passed = 0")
    db.execute("UPDATE checks SET decision = NULL")
    seen = read(db)
    assert seen.undecided[0].remarks.count == 1
    assert seen.checks[1].undecided == 1
    assert "It is not about what counts now" in Page(render(seen)).text


# The table of all.


def test_everybody_has_a_row_with_points_checks_and_the_way_to_the_report():
    shown = page(*EVERYBODY)
    table = shown.text.partition("Learner Points Checks Result ")[2]
    for row in (
        "ana 10/10 ✓✓✓ Passed",
        "bruno 1/10 ✓✗○ Not passed",
        "chen 6/10 ✓?✓ Undecided",
        "dora 10/10 ✓✓✓ Passed",
        "fay 6/10 ✓!✓ To be graded again",
        "gus To be graded again",
        "hal Not graded yet",
        "ivy 0/10 ✗○○ Not passed, crashed",
    ):
        assert row in table
    assert "1 passed, 1 not passed, 1 waiting" in shown.attributes("aria-label")
    assert "reports/bruno.html" in shown.links
    assert "reports/hal.html" not in shown.links


def test_a_large_class_is_opened_in_slices_and_nobody_is_left_out():
    handed = [replace(PASSED, id=f"p{number:04}") for number in range(SLICE + 3)]
    shown = page(*handed)
    assert "1 to 500: p0000 … p0499" in shown.text
    assert "501 to 503: p0500 … p0502" in shown.text
    assert len({link for link in shown.links if link.startswith("reports/p")}) == SLICE + 3


def test_beyond_what_a_browser_takes_the_others_are_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("checkpoint.batch.overview.reading.LEARNERS", 2)
    shown = page(PASSED, FAILED, UNDECIDED)
    assert "1 more are not listed" in shown.text


# What must be known about the whole.


def test_a_partial_run_and_an_unfinished_one_are_told():
    assert "only counts was scored" in page(PASSED, only="counts").text
    assert "1 point, not scored" in page(PASSED, only="counts").text
    assert "has not come to its end" in page(PASSED, finished=None).text
    quiet = page(*EVERYBODY).text
    assert not re.search("Partial|come to its end|not scored", quiet)
    assert "3 submissions from handed-in, graded 2026-03-04 05:06 UTC" in page(PASSED, FAILED, CRASHED).text


def test_a_result_that_no_longer_counts_is_none():
    seen = overview(PASSED, *(replace(one, outdated=True) for one in EVERYBODY[1:]))
    assert seen.standing == Standing(passed=1, waiting=8)
    assert seen.checks[0].total == 1
    assert (seen.failures, seen.crashes, seen.undecided, seen.refused.count) == ((), (), (), 0)
    assert "reports/bruno.html" not in Page(render(seen)).links


def test_results_of_checks_that_were_moved_and_renamed_meanwhile_are_still_of_one_check():
    db = gradebook(FAILED, replace(FAILED, id="b"), UNDECIDED, replace(UNDECIDED, id="u"))
    db.execute("UPDATE checks SET number = number + 10, title = 'Once ' || title WHERE id IN ('bruno', 'chen')")
    seen = read(db)
    assert [(failure.count, [who.id for who in failure.learners]) for failure in seen.failures] == [(2, ["bruno", "b"])]
    assert [(one.remarks.count, len(one.remarks.first)) for one in seen.undecided] == [(2, 2)]
    assert [check.title for check in seen.checks] == ["It loads", "It counts", "It has a header"]


def test_what_a_real_gradebook_holds_is_shown(tmp_path: Path):
    results = {"ada": books.PASSED, "bob": books.FAILED, "cid": books.OPEN, "dan": books.OURS, "eve": None}
    with Gradebook.read(books.filled(tmp_path / "out", **results)) as book:
        seen = read(book.connection)
        counts = book.counts()
    assert seen.standing == Standing(passed=1, failed=1, undecided=1, fault=1, waiting=1)
    assert (counts.enrolled, counts.graded, counts.ours) == (5, seen.standing.graded, seen.standing.fault)
    shown = Page(render(seen))
    for link in shown.links:
        assert (tmp_path / "out" / link).is_file()
    assert len(set(shown.links)) == 4


def test_hidden_checks_are_marked_and_the_page_says_for_whom_it_is():
    text = page(PASSED, visibility="hidden").text
    assert "4 points, hidden from learners" in text
    assert "For whoever teaches this class" in text


def test_a_gradebook_without_a_run_is_a_page_too():
    assert "Nobody has handed anything in yet." in Page(render(overview(runs=False))).text


def test_reading_leaves_the_gradebook_as_it_was():
    db = gradebook(*EVERYBODY)

    def everything(db: sqlite3.Connection) -> list[str]:
        return [*db.iterdump(), *map(str, db.execute("SELECT * FROM sqlite_temp_master"))]

    before = everything(db)
    assert read(db) == read(db)
    assert everything(db) == before
    assert not db.in_transaction


# Whatever is written in it.


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_is_a_well_formed_page_with_headings_in_order(name: str):
    shown = page(*CLASSES[name])
    levels = [int(tag[1]) for tag, _ in shown.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = shown.attributes("id")
    assert len(ids) == len(set(ids))
    assert {f"#{id}" for id in ids} >= set(shown.attributes("href")) - set(shown.links)
    named = {id for ids in shown.attributes("aria-labelledby") for id in ids.split()}
    assert set(ids) >= named


@pytest.mark.parametrize("attack", HOSTILE)
def test_nothing_in_the_page_acts_or_comes_from_outside(attack: str):
    shown = page(*told(attack), title=attack)
    plain = page(*told("plain"), title="plain")
    assert [tag for tag, _ in shown.tags if tag != "span"] == [tag for tag, _ in plain.tags if tag != "span"]
    for _, attributes in shown.tags:
        assert not {"src", "srcset", "style", "action"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    for link in shown.links:
        assert re.fullmatch(r"reports/[\w.~%-]+\.html", link, re.ASCII)
        assert unquote(link) in {f"reports/{attack}{number}.html" for number in ("", 2, 3)}
    assert "url(" not in shown.style
    assert "@import" not in shown.style
    policy = next(attributes["content"] for _, attributes in shown.tags if "http-equiv" in attributes)
    hashed = b64encode(sha256(shown.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_words_are_shown_as_the_words_that_they_are(attack: str):
    text = "".join(page(*told(attack), title=attack).said)
    assert text.count(visible(attack)[:100]) >= 10
    assert "49" not in text


def test_megabytes_in_every_field_make_a_page_of_some_kilobytes():
    db = gradebook(*told("<x\n" * 50_000))
    db.execute("UPDATE results SET file = 'x'")  # a file's name is never that long
    html = render(read(db))
    assert len(html) < 300_000
    Page(html)


def test_the_same_gradebook_gives_the_same_bytes():
    assert render(overview(*EVERYBODY)) == render(overview(*EVERYBODY))
