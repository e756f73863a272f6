"""Report files are called after their learners, whatever those are called, and no two alike on any disk."""

from __future__ import annotations

import pytest

from checkpoint.batch.files import name_for

ODD = [
    "", ".", "..", "../../etc/passwd", "a/b", "a\\b", "a\nb", "a\0b", "x" * 300, "日本" * 100, "CON", "con", "nul.txt",
    "com1", "Ada", "ADA", "ada.", "-ada", "ada ", " ada", "ada:x", "é", "e\u0301", "\u202eada", "~", "$HOME", "%00",
    "*", "-" * 9, ".ada", name_for("ada "), name_for("ADA").upper(),
]  # fmt: skip


@pytest.mark.parametrize("id", ["ada", "a", "7", "ada.lovelace", "ada-lovelace_1", "x" * 64])
def test_a_plain_id_is_its_own_name(id: str):
    assert name_for(id) == id


@pytest.mark.parametrize("id", ODD, ids=range(len(ODD)))
def test_any_other_becomes_a_name_that_every_disk_takes(id: str):
    name = name_for(id)
    assert name != id
    assert len(f"{name}.html".encode()) < 128
    assert not set(name) & set('\\/:*?"<>|\0\n %$~')
    assert name.isprintable()
    assert name[0] not in ".-"
    assert name[-1] not in ". "
    assert name.split(".")[0].lower() not in ("con", "nul", "com1")
    assert name_for(id) == name


def test_no_two_have_one_name_not_even_where_capitals_are_small_letters():
    ids = ["ada", "a-b", "e", "x" * 64, *ODD]
    assert len({name_for(id).casefold() for id in ids}) == len(ids)


def test_what_can_be_read_of_an_id_stays():
    assert name_for("Ada Lovelace").startswith("Ada-Lovelace-")
    assert name_for("group 7/日本").startswith("group-7-日本-")
