"""A folder of submissions: each learner is found once, by a name that can be shown, and is read in their turn."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint import intake
from checkpoint.batch.find import find
from checkpoint.errors import RefusedSubmission, WrongUsage

from ..intake.archives import APP, LIMITS, tarred, tgz, unpack_to, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checkpoint.batch.find import Found
    from checkpoint.model import Limits

SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
WORK = {"app.py": APP, "templates/page.html": b"<p>x</p>"}


def under(folder: str, files: Mapping[str, bytes] = WORK) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files.items()}


def ids(path: Path) -> list[str]:
    return [found.id for found in find(path)]


def one(path: Path, id: str) -> Found:
    return next(found for found in find(path) if found.id == id)


def why(found: Found, limits: Limits = LIMITS) -> str:
    """Return why one is refused."""
    with pytest.raises(RefusedSubmission) as caught:
        found.take(limits)
    assert caught.value.where
    assert caught.value.help
    return caught.value.message


def unusable(path: Path) -> WrongUsage:
    """Return why the whole batch makes no sense; it is told before anything is asked of it."""
    with pytest.raises(WrongUsage) as caught:
        find(path)
    assert (caught.value.where or "").startswith(str(path))
    assert caught.value.help
    return caught.value


# Folders and files.


def test_each_folder_archive_and_python_file_is_a_learner(tmp_path: Path):
    files = under("ada") | under("bob/hw 1") | {
        "cy.zip": zipped(WORK), "dee.tar.gz": tgz(WORK), "eve.tgz": tgz(under("hw")), "flo.tar": tarred(WORK),
        "gus.py": APP,
    }  # fmt: skip
    unpack_to(tmp_path, files)
    found = list(find(tmp_path))
    assert [one.id for one in found] == ["ada", "bob", "cy", "dee", "eve", "flo", "gus"]
    taken = [one.take(LIMITS) for one in found]
    assert [one.files for one in taken] == [WORK] * 6 + [{"gus.py": APP}]
    assert len({one.sha256 for one in taken[:6]}) == 1
    assert taken[0].sha256 == intake.take(tmp_path / "ada", LIMITS).sha256
    assert [one.path for one in taken] == [
        str(tmp_path / name) for name in ("ada", "bob/hw 1", "cy.zip", "dee.tar.gz", "eve.tgz", "flo.tar", "gus.py")
    ]
    assert all(one.warning is None for one in found)
    assert found[2].shown == str(tmp_path / "cy.zip")


def test_a_learners_python_file_brings_no_other_learners_file_along(tmp_path: Path):
    unpack_to(tmp_path, {"ada.py": APP, "bob.py": b"secret = 1\n", "static/x.css": b""})
    taken = one(tmp_path, "ada").take(LIMITS)
    assert (taken.main, taken.files) == ("ada.py", {"ada.py": APP})
    assert taken.shown("ada.py") == (tmp_path / "ada.py").as_posix()


def test_what_is_never_a_submission_is_left_out(tmp_path: Path):
    names = [
        ".DS_Store", ".git/config", "__MACOSX/x", "Thumbs.db", "desktop.ini", "__pycache__/x", "._ada", ".hid/app.py",
        "~$grades.xlsx", "grades.csv~", "grades.csv", "submission_metadata.yml", "README.txt", "index.html", "out.json",
        "venv/pyvenv.cfg", "node_modules/x.js",
    ]  # fmt: skip
    unpack_to(tmp_path, under("ada") | {"bob.py": APP} | dict.fromkeys(names, b"x"))
    assert ids(tmp_path) == ["ada", "bob"]


def test_a_learner_who_handed_in_nothing_is_named(tmp_path: Path):
    unpack_to(tmp_path, under("ada") | {"bob/": b"", "cy/.DS_Store": b"", "dee.zip": b""})
    assert ids(tmp_path) == ["ada", "bob", "cy", "dee"]
    assert why(one(tmp_path, "bob")) == "there is no app.py in this folder; it has no Python files"
    assert why(one(tmp_path, "cy")) == "there is no app.py in this folder; it has no Python files"
    assert why(one(tmp_path, "dee")) == "this is an empty file"


def test_the_wrong_kind_of_file_is_named_where_others_handed_in_files(tmp_path: Path):
    unpack_to(
        tmp_path, {"ada.py": APP, "bob.pdf": b"%PDF", "cy.py.txt": b"x", "dee.7z": b"7z\xbc\xaf\x27\x1c", "eve": b"x"}
    )
    assert ids(tmp_path) == ["ada", "bob", "cy.py", "dee", "eve"]
    assert why(one(tmp_path, "bob")) == "this is not a Python file"
    assert why(one(tmp_path, "dee")) == "this is a 7z archive, which cannot be taken in"
    unpack_to(tmp_path / "folders", under("ada") | {"plan.pdf": b"%PDF", "names.txt": b""})
    assert ids(tmp_path / "folders") == ["ada"]


@pytest.mark.parametrize("name", ["my homework.py", "final.zip"])
def test_the_one_file_in_a_learners_folder_is_what_was_handed_in(tmp_path: Path, name: str):
    content = zipped(under("hw")) if name.endswith("zip") else APP
    unpack_to(tmp_path, under("ada") | {f"bob/{name}": content, "bob/screenshot.png": b"x"})
    taken = one(tmp_path, "bob").take(LIMITS)
    if name.endswith("zip"):
        assert taken.files == WORK
        assert taken.path == str(tmp_path / "bob" / name)
    else:
        assert taken.main == name
        assert set(taken.files) == {name, "screenshot.png"}


def test_of_several_files_none_is_guessed(tmp_path: Path):
    unpack_to(tmp_path, under("ada") | {"bob/a.py": APP, "bob/b.py": APP, "cy/a.zip": zipped(WORK), "cy/b.zip": b""})
    assert "its Python files are a.py, b.py" in why(one(tmp_path, "bob"))
    assert "it has no Python files" in why(one(tmp_path, "cy"))


def test_archives_in_archives_in_archives_end_somewhere(tmp_path: Path):
    deep = zipped({"a.zip": zipped({"b.zip": zipped(WORK)})})
    unpack_to(tmp_path, {"ada.zip": deep, "bob/hw.zip": deep})
    assert "no app.py at the top of this archive" in why(one(tmp_path, "ada"))
    assert "no app.py at the top of this archive" in why(one(tmp_path, "bob"))


# A folder around all of them.


def test_a_folder_around_the_submissions_is_stepped_into(tmp_path: Path):
    inner = tmp_path / "course" / "export"
    unpack_to(inner, under("ada") | under("bob") | {"submission_metadata.yml": b""})
    unpack_to(tmp_path, {".DS_Store": b"", "course/notes.txt": b""})
    assert ids(tmp_path) == ["ada", "bob"]
    assert one(tmp_path, "ada").shown == str(inner / "ada")


@pytest.mark.parametrize(
    ("files", "id"),
    [
        (["ada/app.py"], "ada"), (["ada/hw/app.py"], "ada"), (["ada/hw/my app.py"], "ada"), (["ada/"], "ada"),
        (["ada/main.py", "ada/models.py"], "ada"), (["x_export/submission_7/app.py", "x_export/m.yml"], "submission_7"),
        (["x_export/submission_7/a.py", "x_export/submission_7/b.py"], "submission_7"),
        (["x/names.txt", "x/ada/hw/app.py"], "ada"), (["ada.zip"], "ada"),
    ],
)  # fmt: skip
def test_one_learner_alone_is_not_taken_apart(tmp_path: Path, files: list[str], id: str):
    unpack_to(tmp_path, dict.fromkeys(files, APP))
    assert ids(tmp_path) == [id]


# Platforms.


def test_a_canvas_download(tmp_path: Path):
    unpack_to(tmp_path, {
        "lovelaceada_12345_67890_app.py": APP,
        "babbagecharles_LATE_12346_67891_app-1.py": APP,
        "babbagecharles_LATE_12346_67892_page-1.html": b"<p>",
        "hopper_12347_67893_My work-2.zip": zipped(WORK),
        "hopper_12347_67894_screen shot.png": b"x",
        "anon_X4fG2_67895_app.py": APP,
        "LATE_anon_b2_67896_app.py": APP,
        "group7_12350_67897_solution.py": APP,
        "turingalan_12351_text.html": b"<p>see my repository",
        "östlundåke_12352_67898_app-3f2c8c1e-0b5e-4d4b-8f1d-2f1c5a7d9e10.py": APP,
    })  # fmt: skip
    found = {each.id: each for each in find(tmp_path)}
    assert list(found) == [
        "anon_b2", "anon_X4fG2", "babbagecharles_12346", "group7_12350", "hopper_12347", "lovelaceada_12345",
        "turingalan_12351", "östlundåke_12352",
    ]  # fmt: skip
    ada = found["lovelaceada_12345"].take(LIMITS)
    assert (ada.main, ada.files) == ("app.py", {"app.py": APP})
    assert ada.sha256 == intake.take(unpack_to(tmp_path / "sub", {"app.py": APP}), LIMITS).sha256
    assert ada.path == str(tmp_path / "lovelaceada_12345")
    charles = found["babbagecharles_12346"]
    assert charles.take(LIMITS).files == {"app.py": APP, "page.html": b"<p>"}
    assert charles.warning == "its files came without their folders: its templates lie beside the app"
    assert charles.shown == f"{tmp_path}/babbagecharles_LATE_12346_67891_app-1.py and 1 more"
    assert found["hopper_12347"].take(LIMITS).files == WORK
    assert found["group7_12350"].take(LIMITS).main == "solution.py"
    assert found["östlundåke_12352"].take(LIMITS).main == "app.py"
    assert "as a text or a link" in why(found["turingalan_12351"])


def test_of_what_was_handed_in_again_to_canvas_the_last_is_taken(tmp_path: Path):
    unpack_to(tmp_path, {
        "x_1_10_app.py": b"a", "x_1_11_app-2.py": b"c", "x_1_12_app-1.py": b"b",
        "x_1_13_app-10.py": b"d", "y_2_14_app-10.py": b"d", "y_2_15_app-3f2c8c1e-0b5e-4d4b-8f1d-2f1c5a7d9e10.py": b"e",
        "z_3_16_hw.tar.gz": b"", "z_3_17_hw-1.tar.gz": tgz(WORK),
    })  # fmt: skip
    assert one(tmp_path, "x_1").take(LIMITS).files == {"app.py": b"d"}
    assert one(tmp_path, "y_2").take(LIMITS).files == {"app.py": b"e"}
    assert one(tmp_path, "z_3").take(LIMITS).files == WORK


def test_numbers_that_are_the_learners_own_stay(tmp_path: Path):
    unpack_to(tmp_path, {
        "x_1_10_app.py": APP, "x_1_11_step-1.html": b"1",  # nothing was handed in again
        "y_2_12_app-1.py": APP, "y_2_13_step-1.html": b"1", "y_2_14_step-2.html": b"2",  # two would become one
        "z_3_15_app-1.py": APP, "z_3_16_step-1-1.html": b"1",
    })  # fmt: skip
    assert set(one(tmp_path, "x_1").take(LIMITS).files) == {"app.py", "step-1.html"}
    assert set(one(tmp_path, "y_2").take(LIMITS).files) == {"app.py", "step-1.html", "step-2.html"}
    assert set(one(tmp_path, "z_3").take(LIMITS).files) == {"app.py", "step-1.html"}


@pytest.mark.parametrize(
    "names",
    [
        ["hw_3_14_ada.py", "hw_3_14_bob.py"],
        ["hw_3_04_ada.py", "hw_3_05_bob.py"],
        ["2024_01_02_ada.py", "2024_01_03_bob.py"],
        ["hw_3_ada.py", "hw_3_bob.py"],
    ],
)
def test_names_with_numbers_that_are_not_canvas_part_learners(tmp_path: Path, names: list[str]):
    unpack_to(tmp_path, dict.fromkeys(names, APP))
    assert ids(tmp_path) == [name.removesuffix(".py") for name in names]


def test_a_moodle_download(tmp_path: Path):
    unpack_to(tmp_path, {
        **under("Ada Lovelace_12345_assignsubmission_file_"),
        "Ada Lovelace_12345_assignsubmission_onlinetext_/onlinetext.html": b"see the file",
        **under("Charles Babbage_12346_assignsubmission_file"),
        "Grace Hopper_12347_assignsubmission_file_/work.zip": zipped(under("hw")),
        "Alan Turing_12348_assignsubmission_onlinetext_/onlinetext.html": b"from flask import Flask",
        **under("Participant_12_assignsubmission_file_/sub"),
        **under("Group A_7_assignsubmission_file"),
        "Default group_assignsubmission_file/solution.py": APP,
    })  # fmt: skip
    found = {each.id: each for each in find(tmp_path)}
    assert list(found) == [
        "Ada Lovelace_12345", "Alan Turing_12348", "Charles Babbage_12346", "Default group", "Grace Hopper_12347",
        "Group A_7", "Participant_12",
    ]  # fmt: skip
    assert "as a text or a link" in why(found.pop("Alan Turing_12348"))
    assert found.pop("Default group").take(LIMITS).main == "solution.py"
    assert {id: each.take(LIMITS).files for id, each in found.items()} == dict.fromkeys(found, WORK)
    assert not any(each.warning for each in found.values())


def test_a_moodle_download_without_folders(tmp_path: Path):
    unpack_to(tmp_path, {
        "Ada Lovelace_12345_assignsubmission_file_app.py": APP,
        "Ada Lovelace_12345_assignsubmission_file_my_shop.py": b"x = 1\n",
        "Ada Lovelace_12345_assignsubmission_onlinetext_onlinetext.html": b"see the file",
        "Charles Babbage_12346_assignsubmission_file_hw-1.zip": zipped(WORK),
        "Alan Turing_12348_assignsubmission_onlinetext_onlinetext.html": b"x",
    })  # fmt: skip
    found = {each.id: each for each in find(tmp_path)}
    assert list(found) == ["Ada Lovelace_12345", "Alan Turing_12348", "Charles Babbage_12346"]
    assert found["Ada Lovelace_12345"].take(LIMITS).files == {"app.py": APP, "my_shop.py": b"x = 1\n"}
    assert found["Charles Babbage_12346"].take(LIMITS).files == WORK
    assert "as a text or a link" in why(found["Alan Turing_12348"])


def test_a_gradescope_export(tmp_path: Path):
    export = "assignment_123_export"
    files = under(f"{export}/submission_456") | under(f"{export}/submission_457/hw")
    unpack_to(tmp_path, files | {f"{export}/submission_metadata.yml": b"submission_456: {}\n"})
    assert ids(tmp_path) == ids(tmp_path / export) == ["submission_456", "submission_457"]
    assert one(tmp_path, "submission_457").take(LIMITS).files == WORK


# Ids.


def test_one_id_twice_is_told_with_both_places(tmp_path: Path):
    unpack_to(tmp_path, under("ada") | {"ada.zip": zipped(WORK), "ada.py": APP, "ada~2.py": APP})
    found = list(find(tmp_path))
    assert [each.id for each in found] == ["ada", "ada~2", "ada~3", "ada~2~2"]
    assert [each.warning for each in found[:2]] == [
        None, f"a second submission of the id `ada` ({tmp_path}/ada.py); the first is {tmp_path}/ada",
    ]  # fmt: skip
    assert [len(each.take(LIMITS).files) for each in found] == [2, 1, 2, 1]


@pytest.mark.parametrize(("first", "second"), [("Ada", "ada"), ("Zoé", "Zoe\u0301"), ("ÖSTLUND", "östlund")])
def test_ids_that_would_share_a_file_somewhere_are_one(tmp_path: Path, first: str, second: str):
    unpack_to(tmp_path, under(first) | under(second))
    found = sorted(find(tmp_path), key=lambda each: each.id.endswith("~2"))
    assert found[1].id.endswith("~2")
    assert found[0].warning is None
    assert "a second submission" in (found[1].warning or "")
    assert {each.shown for each in found} == {str(tmp_path / first), str(tmp_path / second)}
    assert all(unicodedata.is_normalized("NFC", each.id) for each in found)  # whoever looks for it types it so


def test_different_letters_are_different_learners(tmp_path: Path):
    unpack_to(tmp_path, under("strauß") | under("strauss") | under("ﬁona") | under("fiona"))
    assert not any(found.warning for found in find(tmp_path))


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("a\nb", r"a\nb"), ("a\x1b[31mb", r"a\x1b[31mb"), ("a\u202eb", r"a\u202eb"), ("caf\udce9", r"caf\udce9"),
        ("a\u2028b", r"a\u2028b"), ("日本 語", "日本 語"), ("-rf", "-rf"), ("$(x)", "$(x)"), ("...", None), (" ", " "),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_any_name_becomes_an_id_that_can_be_shown(tmp_path: Path, name: str, id: str | None, kind: str):
    files = under(name) if kind == "folder" else {f"{name}.zip": zipped(WORK)}
    unpack_to(tmp_path, files | under("zoe") | under("zack"))
    found = [each for each in find(tmp_path) if each.id not in ("zoe", "zack")]
    assert [each.id for each in found] == ([id] if id else [])
    assert all(each.take(LIMITS).files == WORK for each in found)


def test_a_long_name_is_cut(tmp_path: Path):
    unpack_to(tmp_path, under("x" * 250) | under("x" * 251) | under("y"))
    found = list(find(tmp_path))
    assert [each.id for each in found] == ["x" * 200, "x" * 200 + "~2", "y"]
    assert found[0].warning == "its id has 250 characters and is cut off behind 200"
    assert "its id has 251 characters" in (found[1].warning or "")
    assert found[1].take(LIMITS).path.endswith("x" * 251)


# What must neither be followed, nor hang, nor stop the others.


def test_links_pipes_and_devices_are_named(tmp_path: Path):
    unpack_to(tmp_path, under("ada") | {"real.py": APP})
    (tmp_path / "bob").symlink_to("/etc")
    (tmp_path / "cy.py").symlink_to("real.py")
    os.mkfifo(tmp_path / "dee.zip")
    os.mkfifo(tmp_path / "eve")
    (tmp_path / "flo").symlink_to("nowhere")
    found = {each.id: each for each in find(tmp_path)}
    assert list(found) == ["ada", "bob", "cy", "dee", "eve", "flo", "real"]
    for id in ("bob", "cy", "flo"):
        assert why(found[id]) == "this is a symbolic link, and links are not followed"
    for id in ("dee", "eve"):
        assert why(found[id]) == "this is neither a file nor a folder, but a pipe"


def test_a_link_or_pipe_in_a_platforms_download_is_named(tmp_path: Path):
    unpack_to(tmp_path, {"x_1_10_app.py": APP, "z_4_13_app.py": APP})
    (tmp_path / "y_2_11_app.py").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "w_3_12_app.py")
    assert "symbolic link" in why(one(tmp_path, "y_2"))
    assert "a pipe" in why(one(tmp_path, "w_3"))


def test_a_giant_is_refused_unread(tmp_path: Path):
    for name in ("ada.py", "bob.zip", "cy/app.py", "dee/hw.zip", "x_1_2_app.py"):
        unpack_to(tmp_path, {name: b""})
        os.truncate(tmp_path / name, 2**31)  # without a byte on the disk
    unpack_to(tmp_path, {"zoe.py": APP})
    found = list(find(tmp_path))
    assert len(found) == 6
    for each in found[:-1]:
        assert why(each).startswith("too large: it has 2048.0 MiB")
    assert found[-1].take(LIMITS).files


def test_what_changes_meanwhile_costs_nobody_else(tmp_path: Path):
    unpack_to(tmp_path, under("ada") | under("bob") | {"cy.py": APP, "dee.py": APP})
    found = {each.id: each for each in find(tmp_path)}
    (tmp_path / "ada" / "app.py").unlink()
    (tmp_path / "bob").rename(tmp_path / "elsewhere")
    (tmp_path / "cy.py").unlink()
    (tmp_path / "cy.py").mkdir()
    assert "there is no app.py" in why(found["ada"])
    assert "no such file or folder" in why(found["bob"])
    assert "there is no app.py" in why(found["cy"])
    assert found["dee"].take(LIMITS).files == {"dee.py": APP}


def test_nothing_is_read_before_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    unpack_to(tmp_path, under("ada") | {"bob.zip": zipped(WORK), "cy.py": APP})
    monkeypatch.setattr(os, "open", lambda *_, **__: pytest.fail("a file was opened"))
    assert ids(tmp_path) == ["ada", "bob", "cy"]


def test_a_folder_that_may_not_be_read_costs_one_learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    unpack_to(tmp_path, under("ada") | under("bob"))
    opened = os.open

    def refuse(path: str | Path, *rest: int, **more: int) -> int:
        if Path(path).name == "ada":
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    assert why(one(tmp_path, "ada")) == "cannot be read: permission denied"
    assert one(tmp_path, "bob").take(LIMITS).files == WORK


# What makes no sense as a whole.


def test_what_holds_no_submissions_is_wrong_usage(tmp_path: Path):
    for name, files in {"empty": {}, "stray": {"README.md": b"", "grades.csv": b"", ".git/config": b""}}.items():
        (tmp_path / name).mkdir()
        error = unusable(unpack_to(tmp_path / name, files))
        assert error.message.startswith("there are no submissions in it; it should have a folder, a zip or tar")


def test_one_submission_is_not_a_batch(tmp_path: Path):
    unpack_to(tmp_path / "my hw", WORK)
    error = unusable(tmp_path / "my hw")
    assert error.message == "this is one submission, with its app.py at the top, and not many"
    assert error.help == f"grade it alone: checkpoint grade '{tmp_path}/my hw'"
    assert unusable(tmp_path / "my hw" / "app.py").help == f"checkpoint grade '{tmp_path}/my hw/app.py'"


@pytest.mark.parametrize("path", ["nowhere", "x" * 300, "a\0b", "ada/app.py/x"])
def test_a_path_that_cannot_be(tmp_path: Path, path: str):
    unpack_to(tmp_path, under("ada"))
    unusable(tmp_path / path)


def test_what_is_neither_folder_nor_file(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    assert unusable(tmp_path / "pipe").message == "this is not a plain file"
    os.mkfifo(tmp_path / "pipe.csv")
    assert unusable(tmp_path / "pipe.csv").message == "this is not a plain file"
    (tmp_path / "notes.txt").write_text("x")
    assert unusable(tmp_path / "notes.txt").message == "this is no archive"


def test_the_batch_itself_may_be_a_link(tmp_path: Path):
    unpack_to(tmp_path / "real", under("ada") | {"bob.py": APP})
    (tmp_path / "link").symlink_to("real")
    assert [each.take(LIMITS).main for each in find(tmp_path / "link")] == ["app.py", "bob.py"]
    assert stat.S_ISLNK((tmp_path / "link").lstat().st_mode)


def test_an_anonymous_learners_own_numbers_are_nobodys_file(tmp_path: Path) -> None:
    for name in ("anon_AAA_100_app.py", "anon_MAL_500_1_a.py", "anon_EVE_501_1_b.py"):
        (tmp_path / name).write_text("app = 1", "utf-8")
    assert [found.id for found in find(tmp_path)] == ["anon_AAA", "anon_EVE", "anon_MAL"]


def test_a_page_called_text_is_its_learners_file(tmp_path: Path) -> None:
    for name in ("lovelaceada_123_456_app.py", "lovelaceada_123_457_text.html", "hoppergrace_124_text.html"):
        (tmp_path / name).write_text("app = 1", "utf-8")
    assert [found.id for found in find(tmp_path)] == ["hoppergrace_124", "lovelaceada_123"]


def test_a_folder_that_is_stepped_into_is_told(tmp_path: Path) -> None:
    for id in ("bob", "cy"):
        (tmp_path / "mallory" / id).mkdir(parents=True)
        (tmp_path / "mallory" / id / "app.py").write_text("app = 1", "utf-8")
    told: list[str] = []
    assert [found.id for found in find(tmp_path, told.append)] == ["bob", "cy"]
    assert len(told) == 1
    assert "mallory is taken as the class" in told[0]
    assert [found.id for found in find(tmp_path / "mallory", told.append)] == ["bob", "cy"]
    assert len(told) == 1
