"""A response is read as a person would see it, and no nonsense in it gets further than a failure of the learner's."""

from __future__ import annotations

import contextlib
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint.judge.api import Failure
from checkpoint.judge.page import HTML_CHARS, VALUE_CHARS

from .apps import Told, app_that_tells, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.judge.page import Page

# Bounds for a busy machine; what they are to find takes minutes.
SECONDS = 8.0
KIB = 1024


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<h1>My  tasks</h1>\n<p>Visit <b>number</b>: 3</p>", ["My tasks", "Visit number: 3"]),
        ("one<br>two<hr/>three", ["one", "two", "three"]),
        ("<p>a<p>b", ["a", "b"]),
        ("<table><tr><td>a<td>b</table>", ["a", "b"]),
        ("plain text", ["plain text"]),
        ("<p>a<!-- not <p>this</p> -->b</p>", ["ab"]),
        ("<p>a</p><!-- <p>never closed</p>", ["a"]),
        ("<script>1</script><style>2</style><template>3</template>4", ["4"]),
        ("<p hidden>1</p>2", ["2"]),
        ('<div style="color: red; display : none">1<div>2</div>3</div>4', ["4"]),
        ('<span style="visibility:hidden">1</span>2<p hidden>3<p>4', ["2", "4"]),
        ('<input type="hidden" hidden>1<br hidden>2', ["1", "2"]),
        ("<div hidden>never closed<body>seen", []),
        ("<SCRIPT>if (a < b) '<p>1</p>'</SCRIPT>2", ["2"]),
        ("<script>never closed <p>1</p>", []),
        ("</script>1", ["1"]),
        ("<head><template>never closed<body>seen</body>", ["seen"]),
        ("&lt;p&gt; &amp; &eacute; &#65;&#x42; &nonsense; &copy", ["<p> & é AB &nonsense; ©"]),
        ("<p>a<![CDATA[never seen]]>b</p>", ["ab"]),
        ("<p>a&nbsp;b</p><p>&nbsp;</p>", ["a\xa0b"]),
        ("a < b and b > c", ["a < b and b > c"]),
        ("<p>a <b", ["a"]),  # a tag that does not end shows nothing
        ("<p>a <b <p>c</p>", ["a c"]),
        ("<>a</>", ["<>a"]),
        ("<p>a\0b</p>", ["a\0b"]),
        ("<?php echo 1 ?>2", ["2"]),
        ("<!DOCTYPE html>1", ["1"]),
        ("", []),
    ],
)
def test_lines_are_what_a_person_sees(html: str, lines: list[str]):
    assert page(html).lines == lines


def test_texts_are_the_pieces_between_tags():
    assert page("<p> Visit  <b>number</b>: <i></i> 3</p>").texts == ["Visit", "number", ":", "3"]


@pytest.mark.parametrize(
    ("html", "lists"),
    [
        ("<ul><li>a</li><li> b  <b>c</b>d</li></ul>", [["a", "b cd"]]),
        ("<ol><li>a<li>b</ol>", [["a", "b"]]),
        ("<ul><li>a<li>b", [["a", "b"]]),  # left open, and shown all the same
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", [["a", "c"], ["b"]]),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul><p>d", [["a", "c"], ["b"]]),
        ("<ul></ul><ul>text</ul>", [[], []]),
        ("<li>a</li>", []),
        ("</ul></li><ul><li>a</ul></ul>", [["a"]]),
        ("<script><ul><li>a</li></ul></script>", []),
        ("<ul><li>a<!-- b --></li><li><script>c</script></li></ul>", [["a", ""]]),
    ],
)
def test_lists_have_the_texts_of_their_items(html: str, lists: list[list[str]]):
    assert page(html).lists == lists


@pytest.mark.parametrize(
    ("html", "links", "paths"),
    [
        ("<a href='/'>Home</a>", ["/"], ["/"]),
        ('<A HREF="/a?q=1">x</A>', ["/a?q=1"], ["/a"]),
        ("<a href=/a&amp;b>", ["/a&b"], ["/a&b"]),
        ("<a href=' /a '>", [" /a "], ["/a"]),
        ("<a href='http://localhost/a'>", ["http://localhost/a"], ["/a"]),
        ("<a href='//localhost/a'>", ["//localhost/a"], ["/a"]),
        ("<a href='http://elsewhere/a'>", ["http://elsewhere/a"], []),
        ("<a href='a'>", ["a"], []),
        ("<a href='/a#b'>", ["/a#b"], ["/a"]),
        ("<a href='http://[::1/'>", ["http://[::1/"], []),
        ("<a href>1</a><a>2</a><a name=href>", [], []),
        ("<a href=''>", [""], []),
        ("<link href='/a'><area href='/b'>", [], []),
        ("<a href='/never closed", [], []),
        ("<script><a href='/a'></script><!-- <a href='/b'> -->", [], []),
    ],
)
def test_links_and_their_paths(html: str, links: list[str], paths: list[str]):
    read = page(html)
    assert (read.links, read.link_paths) == (links, paths)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Visit number: 3", [3]),
        ("your 1st, 2nd, 3RD and 11th", [1, 2, 3, 11]),
        ("1,234 and 1,234,567 and 5, 6", [1234, 1234567, 5, 6]),
        ("1'234 1_234 1\u202f234 1\u00a0234", [1234, 1234, 1234, 1234]),
        ("#5 No.5 (5) 5! 5. 5: 5% $5 visits=5 +5 5/5", [5] * 12),
        ("1.234.567 12.345.678.", [1234567, 12345678]),
        ("(1 234 567)", [1, 234, 567, 1234567]),
        ("12 345 and 1 2345 678 and 1 234 5678", [12, 345, 1, 2345, 678, 1, 234, 5678]),
        ("3.14 2.0 1,000.50 1.2.3 1.234 1.234.567.89 1234.567.890 127.0.0.1", []),
        ("-3", []),
        ("5-fold", [5]),
        ("two hundred", []),
        ("v2 2v a7b e5 1e5 0x5 visit5 5visits", []),
        ("007 0", [7, 0]),
        ("4" * 18, [int("4" * 18)]),
        ("4" * 40, []),
        ("4" * 5000, []),
        ("\u0663 \u0967 \xb2 \xbd", [3, 1]),  # digits of other scripts; no superscripts, no fractions
        ("1 <b>2</b>3 <p>4</p>5<br>6", [1, 23, 4, 5, 6]),
        ("<b>2</b>nd <i>1,</i>234", [2, 1234]),
        ("<!-- 1 --><script>2</script><p title='3'>&#52;</p>", [4]),
    ],
)
def test_numbers_are_the_whole_ones_that_stand_alone(text: str, numbers: list[int]):
    assert page(text).numbers == numbers


def test_the_title_is_read_too():
    assert page("<head><title>Visit 3</title></head><body>4").numbers == [3, 4]


def test_bytes_that_are_no_utf_8_are_replaced():
    read = page(b"<p>\xff 5 \xc3</p>")
    assert read.html == "<p>\ufffd 5 \ufffd</p>"
    assert read.numbers == [5]
    assert read.text == read.get_data(as_text=True) == read.html
    assert read.get_data() == read.data == b"<p>\xff 5 \xc3</p>"


@pytest.mark.parametrize("html", ["<![nonsense>", "&#" + "1" * 5000 + ";"])
def test_what_the_parser_refuses_is_a_failure(html: str):
    with pytest.raises(Failure, match="The page at GET / cannot be read as HTML"):
        _ = page(html).lines


# Each is repeated until it fills as much as is read; many make html.parser try again from each "<".
HARD = {
    "less-than signs": "<",
    "open tags": "<a ",
    "open tags in lines": "<a\n",
    "open tags with slashes": "<a/",
    "open attributes": "<a b='",
    "open values": "<a b=",
    "end tags": "</",
    "end tags of a": "</a ",
    "comments": "<!--",
    "declarations": "<!",
    "doctypes": "<!DOCTYPE ",
    "sections": "<![CDATA[",
    "instructions": "<?",
    "references": "&#",
    "names": "&amp",
    "quotes": "<a '",
    "deep tags": "<div>",
    "deep lists": "<ul><li>",
    "links": "<a href='/'>",
    "scripts": "<script></",
    "numbers": "1,",
    "grouped numbers": "1'",
    "numbers grouped by dots": ".123",
    "numbers grouped by spaces": " 123",
    "underscored numbers": "1_,",
    "digits": "9",
    "nulls": "\0",
}


@pytest.mark.parametrize("unit", HARD.values(), ids=HARD)
@pytest.mark.parametrize("end", ["", "'>", "1a"], ids=["open", "closed", "with a word"])
def test_reading_takes_no_longer_than_the_page_is_long(unit: str, end: str):
    for size in (16 * KIB, HTML_CHARS - 2):  # the first tells soon enough
        text = unit * (size // len(unit)) + end
        for start in ("", "<a b='") if size < HTML_CHARS / 2 else ("",):
            started = time.perf_counter()
            _everything(page(start + text))
            assert time.perf_counter() - started < (SECONDS if size > HTML_CHARS / 2 else SECONDS / 8)


@pytest.mark.parametrize("html", ["<" * 1024 * KIB, "<a " * 100_000, "<script>" + "</" * 512 * KIB])
def test_giant_pages_take_no_longer(html: str):
    started = time.perf_counter()
    _everything(page(html))
    assert time.perf_counter() - started < SECONDS


def test_a_giant_attribute_hides_nothing_before_it():
    html = f"<p>5</p><a href='{'x' * 300 * KIB}'>6</a>"
    assert (page(html).numbers, page(html).links) == ([5], [])
    assert len(page(f"<a href='{'x' * 100 * KIB}'>6</a>").links[0]) == 100 * KIB


def test_no_more_is_read_than_a_page_has_room_for():
    assert page("<p>1</p>" + " " * HTML_CHARS + "<p>2</p>").numbers == [1]


@pytest.mark.parametrize(
    ("headers", "value"),
    [
        (["visits=1"], "1"),
        (["visits=1; Path=/; HttpOnly"], "1"),
        (['visits="1"'], "1"),
        (['visits="a b\\073c\\"d"'], 'a b;c"d'),
        (['visits="\\303\\251"'], "é"),
        (["other=1", "visits=2; Max-Age=5", "more=3"], "2"),
        (["visits=1", "visits=2"], "2"),
        (["other=1; visits=2"], None),  # an attribute, to a browser
        (["visits=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0"], ""),
        (["visits=a=b"], "a=b"),
        (["Visits=1"], None),
        (["visits2=1", "a.visits=1"], None),
        ([], None),
    ],
)
def test_cookie_is_what_this_response_sets(headers: list[str], value: str | None):
    assert page(headers=[("Set-Cookie", header) for header in headers]).cookie("visits") == value


@pytest.mark.parametrize(
    "header", ["", "visits", "=1", ";", "visits;", '"', " = ", "\u20ac=1", "\xff=\xff", "my visits=1", "a" * 4000]
)
def test_a_cookie_that_is_none_is_none(header: str):
    told = Told(headers=[["Set-Cookie", header]])
    read = app_that_tells(told).client(use_cookies=False).get("/")
    assert read.cookie("visits") is None


@pytest.mark.parametrize("unit", ["=", " ", "\t", "a=", "\\", '\\"', "\\1", '"', ",", ";"])
@pytest.mark.parametrize("start", ["visits=", 'visits="', ""])
def test_cookies_are_read_in_no_time(start: str, unit: str):
    header = (start + unit * 4096)[:4095] + '"'
    told = Told(headers=[["Set-Cookie", header]])
    started = time.perf_counter()
    app_that_tells(told).client(use_cookies=False).get("/").cookie("visits")
    with contextlib.suppress(Failure):  # the jar takes less than a page does
        app_that_tells(told).client().get("/")
    assert time.perf_counter() - started < SECONDS / 4


@pytest.mark.parametrize(
    ("body", "value"),
    [('{"a": [1, null]}', {"a": [1, None]}), ('"é"', "é"), (" 5 ", 5), ("[]", [])],
)
def test_json_is_read_whatever_its_type(body: str, value: object):
    assert page(body).json == value
    assert page(body).get_json(force=True) == value
    assert page(body).get_json() is None  # as Flask has it: the response does not say that it is JSON
    assert page(body, [("Content-Type", "application/json")]).get_json() == value


@pytest.mark.parametrize("body", ["", "<p>", "{", "{'a': 1}", b"\xff", "[" * 100_000, "1" * 5000, "\ufeff1"])
def test_json_that_is_none_is_a_failure(body: str | bytes):
    with pytest.raises(Failure, match="GET /a should answer with JSON, but its body is none") as caught:
        _ = page(body, path="/a").json
    assert len(caught.value.actual or "") <= 200
    with pytest.raises(Failure):
        page(body).get_json(force=True)
    assert page(body).get_json(force=True, silent=True) is None


IS_JSON = [("Content-Type", "application/json")]


def test_expected_json_is_returned():
    assert page('{"id": 4, "title": "Kim"}', IS_JSON).expect_json({"title": str}) == {"id": 4, "title": "Kim"}
    assert page("[1]", [("Content-Type", "application/problem+json; charset=utf-8")]).expect_json([1]) == [1]


@pytest.mark.parametrize(
    ("body", "headers", "words"),
    [
        ('{"title": 4}', IS_JSON, 'GET /a should answer with other JSON: `title` is the number 4, not the text "Kim".'),
        ("<p>", IS_JSON, "GET /a should answer with JSON, but its body is none."),
        ("{'title': 'Kim'}", IS_JSON, "It is how Python shows a value"),
        ("[{'title': 'Kim'}]", IS_JSON, "It is how Python shows a value"),
        ('{"title": "Kim"}', [("Content-Type", "text/html")], "answers with JSON, but calls it text/html"),
        ('{"title": "Kim"}', [], "answers with JSON, but calls it nothing"),
    ],
)
def test_other_json_than_expected_is_told_in_words(body: str, headers: list[tuple[str, str]], words: str):
    with pytest.raises(Failure) as caught:
        page(body, headers, path="/a").expect_json({"title": "Kim"})
    assert words in caught.value.message
    assert caught.value.expected in ('{"title": "Kim"}', "application/json")


def test_what_is_wrong_with_json_is_shown_in_part():
    for body in ("x" * 100_000, json.dumps(["x" * 100_000])):
        with pytest.raises(Failure) as caught:
            page(body, IS_JSON).expect_json({})
        assert len(caught.value.actual or "") <= VALUE_CHARS


VIEWS = """
from flask.views import MethodView
def show(): ...
class Books(MethodView):
    def get(self): ...
"""


@pytest.mark.parametrize(
    ("view", "lines"),
    [
        ({"name": "show"}, (3, 3)),
        ({"name": "Books", "class": True}, (5, 5)),
        ({"name": "other"}, None),
        (None, None),
    ],
)
def test_the_view_that_answered_is_the_place_to_blame(view: dict[str, Any] | None, lines: tuple[int, int] | None):
    read = app_that_tells(Told(b"1", seen={"view": view}), VIEWS).get("/")
    assert (read.place and read.place[1:]) == lines
    with pytest.raises(Failure) as caught:
        read.expect_json(1)
    assert caught.value.at == read.place


def test_a_view_class_without_the_method_is_the_place_to_blame():
    told = Told(seen={"view": {"name": "Books", "class": True}})
    place = app_that_tells(told, VIEWS).client().post("/").place
    assert place is not None
    assert place.line == 4


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/books/4", "/books/4"),
        ("4", "/books/4"),  # from /books/new
        ("../a", "/a"),
        ("http://localhost/books/4?a=1#b", "/books/4"),
        ("//localhost/x", "/x"),
        ("http://elsewhere/books/4", None),
        ("//elsewhere/books/4", None),
        ("mailto:ann@localhost", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_a_location_leads_into_the_app_or_nowhere(location: str, path: str | None):
    assert page(headers=[("Location", location)], path="/books/new").location_path == path


def test_without_a_location_there_is_no_path():
    assert page().location_path is None


NONSENSE: list[Any] = [
    None, 1, "x", [], [1], [[]], {}, {"before": 1, "view": [], "error": "x"}, {"before": [None, 1, {}], "after": [{}]},
    {"before": [{"name": 1, "file": 2, "line": "x", "returned": 3, "response": "yes"}], "view": {"name": None}},
    {"after": [{"name": "a", "file": "../../etc/passwd", "line": -1, "returned": "x", "response": 1}] * 300},
    {"error": {}}, {"error": {"frames": 5}},
    {"error": {"type": 1, "message": [], "frames": [1, [], ["app.py", 10**9, "f"], ["x", "1", 2]]}},
    {"error": {"type": "E", "message": "m", "words": 5, "template": {"text": 1}, "syntax": 1, "missing": 2}},
    {"error": {"type": "TemplateSyntaxError", "message": "m", "template": {"text": "", "line": "x"}}},
    {"error": {"type": "TypeError", "message": "get() takes 1", "template": []}, "view": {"name": "V", "class": True}},
]  # fmt: skip


@pytest.mark.parametrize("seen", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("status", ["200 OK", "500 X", "404 X", "302 X", "999 X"])
def test_whatever_the_inside_tells_is_text_to_be_shown(seen: object, status: str):
    read = page("<p>1</p>", status=status, seen=seen)
    _everything(read)
    assert all(isinstance(hook.name, str) for hook in read.seen.hooks("before") + read.seen.hooks("after"))
    assert len(read.seen.hooks("after")) <= 200


@pytest.mark.parametrize("error", [{}, {"type": "E"}, {"type": "E", "message": "m", "frames": [["app.py", 1, "f"]]}])
def test_an_answer_that_never_came_is_explained(error: dict[str, Any]):
    read = page(verb="raised", error=error)
    assert read.status_code == 500
    with pytest.raises(Failure, match="GET / went wrong"):
        read.ok()
    with pytest.raises(Failure):
        read.after_hooks_ok()


def test_ok_takes_the_status_that_was_asked_for():
    assert page(status="201 Created").ok(201).status_code == 201
    with pytest.raises(Failure) as caught:
        page(status="201 Created", path="/a").ok()
    assert (caught.value.expected, caught.value.actual) == ("200 OK", "201 Created")
    assert "GET /a was answered with status 201 Created" in caught.value.message


def test_an_unknown_status_has_no_phrase():
    with pytest.raises(Failure) as caught:
        page(status="299 Whatever I like").ok()
    assert caught.value.actual == "299"


def test_a_page_knows_what_was_asked():
    told = app_that_tells(Told(b"<a href='/pre/a'>"))
    read = told.client().post("/a", base_url="http://localhost/pre")
    assert read.asked == "POST /pre/a"
    assert read.link_paths == ["/pre/a"]


def _everything(read: Page) -> None:
    """Ask for all there is; nothing but a failure may come of it."""
    asked: list[Callable[[], object]] = [
        lambda: read.lines, lambda: read.texts, lambda: read.lists, lambda: read.links, lambda: read.link_paths,
        lambda: read.numbers, lambda: read.cookie("visits"), lambda: read.json, lambda: read.get_json(force=True),
        lambda: read.text, lambda: read.seen.view, lambda: read.seen.hooks("before"), lambda: read.seen.names("late"),
        lambda: read.seen.flag("clock"), lambda: read.error, read.ok, lambda: read.ok(302), read.after_hooks_ok,
        lambda: read.mimetype, lambda: read.headers.get("X"), lambda: read.status, lambda: read.place,
        lambda: read.location_path, lambda: read.expect_json({"a": [int]}),
    ]  # fmt: skip
    for ask in asked:
        try:
            ask()
        except Failure as failure:
            assert failure.message  # noqa: PT017 - most of them do not raise


USUAL = settings(
    max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
PIECES = ["<", ">", "</", "a", " ", "=", "'", '"', "/", "!", "--", "[", "]", "&#", "x1", ";", "ul", "li", "0"]
HTMLISH = st.lists(st.sampled_from(PIECES)).map("".join)


@USUAL
@given(st.one_of(st.binary(max_size=2000), HTMLISH.map(str.encode), st.text().map(lambda t: t.encode("utf-16"))))
def test_any_body_is_read_or_is_a_failure(body: bytes):
    _everything(page(body))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(["Set-Cookie", "Location", "Content-Type", "Content-Length", "Date", "X-Request-ID", "Vary"])


@USUAL
@given(
    headers=st.lists(st.tuples(NAMES | st.text(max_size=8), st.text(max_size=60)), max_size=5),
    status=st.sampled_from(["200 OK", "302 Found", "500 X"]) | st.text(max_size=8),
    seen=JSON,
)
def test_any_headers_and_any_report_are_read_or_are_a_failure(headers: list[Any], status: str, seen: object):
    told = Told(b"1", status=status, headers=[list(pair) for pair in headers], seen=seen)
    for follow in (False, True):
        try:
            read = app_that_tells(told).client().get("/", follow_redirects=follow)
        except Failure:
            continue
        _everything(read)


@USUAL
@given(header=JSON)
def test_any_frame_is_read_or_is_a_failure(header: object):
    told = Told(b"{}")
    for key in ("status", "headers", "seen", "error"):
        told.header[key] = header
        try:
            _everything(app_that_tells(told).get("/"))
        except Failure:
            continue
    json.dumps(header)  # what a frame can carry
