"""What a learner's app wrote can be seen, and cannot act."""

from __future__ import annotations

import sys

import pytest
from rich.cells import cell_len

from checkpoint.report.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\x00\x7f\x9b", r"\x00\x7f\x9b"),
        ("1\xa0000", r"1\xa0000"),
        ("a\u202eb", r"a\u202eb"),
        ("a\u200bb\ufeff", r"a\u200bb\ufeff"),
        ("\ud800", r"\ud800"),
        ("a\U000e0041", r"a\U000e0041"),
        ("\u2028", r"\u2028"),
        ("\u3164\u2800", r"\u3164\u2800"),
        ("[red]x[/red]", "[red]x[/red]"),
        ("Größe 日本 ❤️ é", "Größe 日本 ❤️ é"),
        ("नमस्ते ภาษาไทย", "नमस्ते ภาษาไทย"),
        ("1\ufe0f", r"1\ufe0f"),
        ("\u0301a", r"\u0301a"),
        ("", ""),
    ],
)
def test_examples(text: str, shown: str):
    assert visible(text) == shown


def test_ascii_only():
    assert visible("Größe ✓", unicode=False) == r"Gr\xf6\xdfe \u2713"


def test_a_tower_of_accents_is_levelled():
    shown = visible("e" + "\u0301" * 50)
    assert shown == "e" + "\u0301" * 3 + r"\u0301" * 47


def test_every_character_is_safe():
    """Look at each of them behind a letter: it can be printed, and what has no width sits on the letter."""
    for character in map(chr, (*range(0x20000), *range(0xE0000, 0xE0200), sys.maxunicode)):
        shown = visible(f"a{character}")
        assert shown.isprintable(), ascii(character)
        if shown[-1] == character and cell_len(character) == 0:
            assert visible(character) != character, ascii(character)
