"""The difference between two values can be seen, and only the difference is dressed up."""

from __future__ import annotations

import pytest

from checkpoint.report.values import alone, differing, windows


@pytest.mark.parametrize(
    ("expected", "actual", "shown"),
    [
        ("42", "1", (("42", ""), ("1", ""))),
        ("1 ", "2", (("1 ", ""), ("2", ""))),  # the space is not the difference
        ("1", "1 ", (('"1"', ""), ('"1·"', "· is a space"))),
        ("1", "1\n", (('"1"', ""), (r'"1\n"', ""))),
        ("a\tb", "a b", ((r'"a\tb"', ""), ('"a·b"', "· is a space"))),
        ("a b", "a\xa0b", (('"a·b"', ""), (r'"a\xa0b"', "· is a space"))),
        ("a\nb", "a\r\nb", (('"a\\n\nb"', ""), ('"a\\r\\n\nb"', ""))),
        ("42", "'42'", (("42", "a number"), ("'42'", "text"))),
        ('"42"', "42", (('"42"', "text"), ("42", "a number"))),
        ("None", "'None'", (("None", "nothing"), ("'None'", "text"))),
        ("1", "", (("1", ""), ('""', "empty"))),
        ("1", "  ", (("1", ""), ('"  "', ""))),
        ("same", "same", (("same", ""), ("same", ""))),
        ("'a'", "'b'", (("'a'", ""), ("'b'", ""))),
    ],
)
def test_examples(expected: str, actual: str, shown: tuple[tuple[str, str], ...]):
    values = differing(expected, actual, space="·")
    assert tuple((value.text, value.remark) for value in values) == shown


def test_without_a_sign_for_spaces_there_is_no_legend():
    assert [(value.text, value.remark) for value in differing("1", "1 ")] == [('"1"', ""), ('"1 "', "")]


def test_one_value_alone():
    assert alone("x ").text == "x "
    assert alone("").remark == "empty"
    assert alone("\n").text == r'"\n"'


def test_short_values_stay_whole():
    assert windows("a" * 400, "b", "…") == ("a" * 400, "b")


def test_long_values_are_cut_to_their_difference():
    same = "x" * 5000
    one, other = windows(f"{same}ONE{same}", f"{same}OTHER{same}", "…")
    assert "ONE" in one
    assert "OTHER" in other
    assert one.startswith("…x")
    assert one.endswith("x…")
    assert max(len(one), len(other)) < 500


def test_many_lines_are_cut_to_their_difference():
    same = "".join(f"line {number}\n" for number in range(100))
    one, other = windows(f"{same}ONE\n{same}", f"{same}OTHER\n{same}", "…")
    assert "ONE" in one
    assert "OTHER" in other
    assert max(one.count("\n"), other.count("\n")) < 10


def test_many_short_lines_before_it_do_not_push_the_difference_out():
    same = "x\n" * 30
    one, other = windows(f"{same}ONE", f"{same}OTHER", "…")
    assert (one, other) == ("…x\nx\nx\nONE", "…x\nx\nx\nOTHER")
