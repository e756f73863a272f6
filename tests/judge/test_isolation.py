"""How well an app has to be kept from this machine, and what a report says of it."""

from __future__ import annotations

import pytest

from checkpoint.errors import CheckpointError
from checkpoint.judge import isolation
from checkpoint.worker.launch import Lack, Wall


@pytest.mark.parametrize(
    "option, for_marks, level",
    [
        (None, False, "none"),
        (None, True, "partial"),
        ("require", False, "full"),
        ("require=strong", False, "strong"),
        ("require=partial", True, "partial"),
        ("require=none", True, "none"),
    ],
)
def test_the_level_that_is_required(option: str | None, for_marks: bool, level: str) -> None:
    assert isolation.required(option, allow_unisolated=False, for_marks=for_marks) == level


def test_code_that_is_trusted_may_be_graded_at_any_level() -> None:
    assert isolation.required(None, allow_unisolated=True, for_marks=True) == "none"
    assert isolation.required("require=none", allow_unisolated=True, for_marks=True) == "none"


@pytest.mark.parametrize("option", ["", "full", "require=", "require=best", "require=full,strong", "REQUIRE", "=full"])
def test_any_other_word_is_refused_with_those_that_there_are(option: str) -> None:
    with pytest.raises(CheckpointError, match="require=LEVEL") as caught:
        isolation.required(option, allow_unisolated=False, for_marks=False)
    assert "full, strong, partial, none" in str(caught.value)


def test_two_options_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(CheckpointError, match="contradict"):
        isolation.required("require=partial", allow_unisolated=True, for_marks=False)


LACKS = {part: Lack(part, "why", "remedy") for part in ("root", "landlock", "seccomp")}


@pytest.mark.parametrize(
    "level, lacks, own_user, words",
    [
        ("full", (), True, "Landlock, seccomp, private root"),
        ("strong", ("root",), True, "can learn that a file exists, not read it"),
        ("partial", ("root", "landlock"), True, "can read and change files as the user it runs as"),
        ("partial", ("landlock",), True, "no Landlock, but a private root with Python in it and no files of yours"),
        ("partial", ("landlock",), False, "no Landlock, but a private root shared with others graded beside it"),
        ("none", ("root", "seccomp"), True, "app.py runs with your rights"),
    ],
)
def test_a_report_says_what_a_level_does_not_stop(
    level: str, lacks: tuple[str, ...], own_user: bool, words: str
) -> None:
    wall = Wall(level, tuple(LACKS[part] for part in lacks), 0, own_user)  # type: ignore[arg-type]
    described = isolation.describe(wall)
    assert described.level == level
    assert words in described.detail
