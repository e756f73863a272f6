"""A list of submissions: what is on it is found in its order, and what is wrong with it is told with its line."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from checkpoint.batch.find import find, listed

from ..intake.archives import APP, LIMITS, unpack_to, zipped
from .test_find import WORK, ids, under, unusable, why

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """Return where a list is to be written, beside a few submissions."""
    files = under("subs/ada") | {"subs/bob.py": APP, "subs/cy.py": APP, "subs/dee.zip": zipped(WORK)}
    unpack_to(tmp_path, files | under("subs/eve", WORK | {"shop.py": b""}))
    return tmp_path / "list.csv"


def test_a_list_is_taken_in_its_order(listing: Path):
    listing.write_text("id,path\nzoe,subs/ada\nada,subs/dee.zip\nbob,subs/eve/app.py\n")
    found = list(find(listing))
    assert [each.id for each in found] == ["zoe", "ada", "bob"]
    assert [each.shown for each in found] == [
        str(listing.parent / f"subs/{name}") for name in ("ada", "dee.zip", "eve/app.py")
    ]
    assert [each.take(LIMITS).files for each in found] == [WORK, WORK, WORK | {"shop.py": b""}]
    assert found[2].take(LIMITS).path == str(listing.parent / "subs/eve/app.py")


def test_of_two_apps_in_one_folder_neither_is_the_others_module(listing: Path):
    listing.write_text("id,path\nbob,subs/bob.py\ncy,./subs/cy.py\n")
    assert [each.take(LIMITS).files for each in find(listing)] == [{"bob.py": APP}, {"cy.py": APP}]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lists_as_programs_write_them(listing: Path, separator: str, mark: bytes, end: str):
    rows = [
        ["Name", " ID ", "e, mail", "Path"],
        ["Zoé", "zoé", "x@y", "subs/ada"],
        ["", "", "", ""],
        ["", "bob", "", "subs/bob.py"],
    ]
    text = end.join(separator.join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)
    listing.write_bytes(mark + text.encode())
    assert ids(listing) == ["zoé", "bob"]


def test_a_list_of_tabs_may_be_called_so(listing: Path):
    listing.with_suffix(".TSV").write_text("path\tid\nsubs/ada\tada\n")
    assert ids(listing.with_suffix(".TSV")) == ["ada"]


def test_paths_may_be_absolute_and_hard_to_write(listing: Path, tmp_path: Path):
    odd = unpack_to(tmp_path / 'a "b", c', WORK)
    quoted = str(odd).replace('"', '""')
    listing.write_text(f'id,path\nada,"{quoted}"\nbob,{tmp_path}/subs/bob.py\ncy,../{tmp_path.name}/subs/cy.py\n')
    assert [each.take(LIMITS).main for each in find(listing)] == ["app.py", "bob.py", "cy.py"]


def test_what_is_missing_in_a_line_costs_that_line(listing: Path):
    listing.write_text('id,path\nada,subs/ada\n,subs/bob.py\n\n"c\ny",\ndee\n,,,\neve,nowhere\nflo,subs\nx,"a\0b"\n')
    found = {each.id: each for each in find(listing)}
    assert list(found) == ["ada", "line 3", r"c\ny", "dee", "eve", "flo", "x"]
    assert why(found["line 3"]) == "this line has no id"
    assert found["line 3"].shown == f"{listing}:3"
    assert why(found[r"c\ny"]) == "this line has no path"
    assert found[r"c\ny"].shown == f"{listing}:5"
    assert found["dee"].shown == f"{listing}:7"
    assert why(found["eve"]) == "no such file or folder"
    assert "there is no app.py" in why(found["flo"])
    assert why(found["x"]).startswith("cannot be read")
    assert found["ada"].take(LIMITS).files == WORK


def test_one_id_twice_is_told_with_both_lines(listing: Path):
    listing.write_text("id,path\nada,subs/ada\nbob,subs/bob.py\nADA,subs/cy.py\n")
    found = list(find(listing))
    assert [each.id for each in found] == ["ada", "bob", "ADA~2"]
    assert found[2].warning == "a second submission of the id `ADA` (line 4); the first is line 2"
    assert found[2].take(LIMITS).main == "cy.py"


def test_links_on_a_list_are_not_followed(listing: Path):
    (listing.parent / "link").symlink_to("subs/ada")
    listing.write_text("id,path\nada,link\n")
    assert why(next(iter(find(listing)))) == "this is a symbolic link, and links are not followed"


# What makes no sense as a whole.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,file\nada,x\n", "there is no column `path`; it begins with `id`, `file`"),
        ("Name;Datei\nada;x\n", "there is no column `id` and no column `path`; it begins with `name`, `datei`"),
        ("ada,subs/ada\n", "there is no column `id` and no column `path`; it begins with `ada`, `subs/ada`"),
        ("", "there is no column `id` and no column `path`; it begins with nothing"),
        ("\n\n", "there is no column `id` and no column `path`; it begins with nothing"),
        ("id\u2028,\x1b[31m\n", r"there is no column `path`; it begins with `id`, `\x1b[31m`"),
    ],
)
def test_a_list_without_the_columns(listing: Path, text: str, words: str):
    listing.write_text(text)
    error = unusable(listing)
    assert (error.where, error.message) == (f"{listing}:1", words)
    assert error.help == "its first line must name the columns id and path"


def test_a_list_of_nothing(listing: Path):
    listing.write_text("id,path\n\n,,\n")
    assert unusable(listing).message == "there are no submissions in it"


def test_what_is_no_text_is_told_with_its_line(listing: Path):
    listing.write_bytes("id,path\nada,subs/ada\nzoé,x\n".encode("latin-1"))
    error = unusable(listing)
    assert (error.where, error.message) == (f"{listing}:3", "byte 0xe9 is not UTF-8")
    listing.write_bytes("id\tpath\nada\tsubs/ada\n".encode("utf-16"))
    assert unusable(listing).message == "it is UTF-16"


def test_a_quote_that_never_ends_does_not_swallow_learners(listing: Path):
    listing.write_text('id,path\nada,subs/ada\n"bob,subs/bob.py\ncy,subs/cy.py\n')
    error = unusable(listing)
    assert (error.where, error.message) == (f"{listing}:3", "this is no CSV: unexpected end of data")


def test_a_giant_list_is_not_read(listing: Path, monkeypatch: pytest.MonkeyPatch):
    listing.write_text("id,path\nada,subs/ada\n")
    monkeypatch.setattr(listed, "MOST_BYTES", 10)
    assert unusable(listing).message.startswith("too large")


def test_all_is_read_when_it_is_found(listing: Path):
    listing.write_text("id,path\nada,subs/ada\n")
    found = find(listing)
    listing.unlink()
    assert [each.id for each in found] == ["ada"]


def test_a_lone_row_does_not_take_in_what_others_have_beside_it(tmp_path: Path) -> None:
    for name, text in {
        "mallory.py": "from bob import *\n",
        "bob.py": "app = 1\n",
        "list.csv": "id,path\nm,mallory.py\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    (found,) = find(tmp_path / "list.csv")
    assert list(found.take(LIMITS).files) == ["mallory.py"]


def test_a_file_is_another_submission_than_the_one_beside_it(tmp_path: Path) -> None:
    for name in ("v1.py", "v2.py"):
        (tmp_path / name).write_text(f"app = '{name}'\n", "utf-8")
    digests = set()
    for name in ("v1.py", "v2.py"):
        (tmp_path / "list.csv").write_text(f"id,path\nada,{name}\n", "utf-8")
        (found,) = find(tmp_path / "list.csv")
        digests.add(found.take(LIMITS).sha256)
    assert len(digests) == 2
