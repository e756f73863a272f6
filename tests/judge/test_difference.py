"""Two JSON values are told apart in words that name the key, both values, and their kinds where only these differ."""

from __future__ import annotations

import pytest

from checkpoint.judge.difference import SHOWN_CHARS, as_text, difference

BOOK = {"id": 2, "title": "Emma", "tags": ["old", "long"], "author": {"name": "Jane"}}


@pytest.mark.parametrize(
    ("wanted", "actual", "words"),
    [
        (1, 2, "it is 2, not 1"),
        (1, "1", 'it is the text "1", not the number 1'),
        ("", None, 'it is null, not the text ""'),
        (1, True, "it is true, not the number 1"),
        (0, False, "it is false, not the number 0"),
        (True, False, "it is false, not true"),
        (None, [], "it is a list, not null"),
        ({}, [], "it is a list, not an object"),
        ([], {}, "it is an object, not a list"),
        ([1, 2], [1], "it has 1 item, not 2"),
        ([1], [], "it has no items, not 1"),
        ([1], [1, 2], "it has 2 items, not 1"),
        ([1, [2]], [1, [3]], "`[1][0]` is 3, not 2"),
        (BOOK, BOOK | {"title": "Kim"}, '`title` is "Kim", not "Emma"'),
        (BOOK, BOOK | {"id": "2"}, '`id` is the text "2", not the number 2'),
        (BOOK, BOOK | {"tags": ["old", "short"]}, '`tags[1]` is "short", not "long"'),
        (BOOK, BOOK | {"author": {}}, "`author.name` is missing"),
        ({"title": "Emma"}, {"titel": "Emma"}, "`title` is missing (there is a `titel`)"),
        ({"title": "Emma", "year": 1815}, {"year": 1815}, "`title` is missing"),
        ([{"id": 1}], [{"id": None}], "`[0].id` is null, not the number 1"),
    ],
)
def test_what_differs_is_named(wanted: object, actual: object, words: str):
    assert difference(wanted, actual) == words


@pytest.mark.parametrize(
    ("wanted", "actual"),
    [(BOOK, dict(BOOK)), (BOOK, BOOK | {"links": []}), ({}, {"a": 1}), ([], []), (1, 1.0), (None, None), ("a", "a")],
)
def test_what_is_wanted_is_enough(wanted: object, actual: object):
    assert difference(wanted, actual) is None


@pytest.mark.parametrize(
    ("kind", "fits", "others"),
    [
        (str, ["", "a"], [1, None, [], {}, True]),
        (int, [0, -5], [1.5, True, "1", None]),
        (float, [0, 1.5], [False, "1.5", None]),
        (bool, [True, False], [0, 1, "true", None]),
        (list, [[], [1]], [{}, "[]", None]),
        (dict, [{}, {"a": 1}], [[], "{}", None]),
    ],
)
def test_a_type_stands_for_any_value_of_its_kind(kind: type, fits: list[object], others: list[object]):
    assert [difference({"a": kind}, {"a": value}) for value in fits] == [None] * len(fits)
    assert all(difference({"a": kind}, {"a": value}) for value in others)


def test_a_wrong_kind_is_told_in_words():
    assert difference({"error": str}, {"error": 404}) == "`error` is the number 404, not a text"
    assert difference([int], ["1"]) == '`[0]` is the text "1", not a whole number'
    assert difference(dict, []) == "it is a list, not an object"


def test_long_values_are_shortened():
    words = difference("a", "b" * 10_000)
    assert words
    assert len(words) < 2 * SHOWN_CHARS


def test_what_is_wanted_is_shown_as_json():
    assert as_text({"id": int, "title": "é", "year": None}) == '{"id": "<a whole number>", "title": "é", "year": null}'


@pytest.mark.parametrize("nonsense", [object(), {"a": complex}, {"a": {1, 2}}])
def test_an_author_who_wants_what_no_json_has_is_told(nonsense: object):
    with pytest.raises(TypeError, match="no value or kind of JSON"):
        as_text(nonsense)
