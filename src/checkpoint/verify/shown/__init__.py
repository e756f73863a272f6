"""Turn a Proof into text: one module a format, each a pure function."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checkpoint.verify.proof import Proof

FORMATS = ("terminal", "json", "html")
# What each of these texts has, and hardly anything else.
_MARKS = r"^(Proved|Not proved): ", r'"schema": "checkpoint\.proof/', "content=\"default-src 'none'; style-src 'sha256-"


def render(format_name: str, proof: Proof, **style: Any) -> str:
    """Return the proof as text, in one of FORMATS; `style` has the fields of `report.Style`."""
    from checkpoint.report import Style

    text: str = import_module(f"{__name__}.{format_name}").render(proof, Style(**style))
    return text


def is_proof(text: str) -> bool:
    """Say whether a text looks like one of ours, in whichever format."""
    return any(re.search(mark, text, re.MULTILINE) for mark in _MARKS)
