"""Test the made-up classes that the benchmark of `checkpoint batch` grades."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

    from ..conftest import Cli

ROOT = Path(__file__).parents[2]


@pytest.fixture
def classroom(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import classroom

    return classroom


def test_a_class_is_mixed_as_it_should_be(classroom: ModuleType, tmp_path: Path) -> None:
    handed_in = classroom.make(tmp_path, 500, 1)
    assert Counter(one.kind for one in handed_in) == {"solution": 300, "starter": 150, "broken": 50}
    assert {one.variant for one in handed_in if one.kind == "broken"} == set(classroom.FLAWS)
    assert len({one.path for one in handed_in}) == 500


def test_no_two_have_the_same_template(classroom: ModuleType, tmp_path: Path) -> None:
    texts = [one.path.read_text() for one in classroom.make(tmp_path, 500, 1)]
    templates = {found[0] for text in texts for found in [re.search(r'= """(.*?)"""', text, re.DOTALL)] if found}
    assert len(templates) == 500


def test_a_seed_makes_the_same_class_again(classroom: ModuleType, tmp_path: Path) -> None:
    first, again, other = (
        [(one.id, one.path.read_text()) for one in classroom.make(tmp_path / name, 20, seed)]
        for name, seed in (("first", 1), ("again", 1), ("other", 2))
    )
    assert first == again
    assert not {text for _, text in first} & {text for _, text in other}


def test_a_sample_is_mixed_like_its_class(classroom: ModuleType, tmp_path: Path) -> None:
    few = classroom.sample(classroom.make(tmp_path, 100, 1), 20)
    assert Counter(one.kind for one in few) == {"solution": 12, "starter": 6, "broken": 2}


@pytest.mark.parametrize("kind", ["solution", "starter", "broken"])
def test_they_are_what_they_are_said_to_be(classroom: ModuleType, cli: Cli, tmp_path: Path, kind: str) -> None:
    one = next(one for one in classroom.make(tmp_path, 20, 3) if one.kind == kind)
    answer = cli("grade", one.path, "--quiet", "--checkpoint", ROOT)
    assert answer.code == (0 if kind == "solution" else 1)
