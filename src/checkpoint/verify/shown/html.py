"""Render a Proof as one HTML page that needs nothing from outside; see `report.layout`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint.report.layout import SHEET, layout
from checkpoint.report.rows import UNICODE
from checkpoint.report.words import counted, seconds
from checkpoint.verify.shown.words import CELLS, MEANS, RULES, VERDICTS, around, notices, tried, verdict

if TYPE_CHECKING:
    from checkpoint.report import Style
    from checkpoint.verify.proof import Proof

_LAYOUT = Path(__file__).with_name("proof.html.jinja")
_MORE = Path(__file__).with_name("proof.css")


def render(proof: Proof, _style: Style) -> str:
    """Return the page."""
    return layout(_LAYOUT, SHEET, _MORE).draw(
        proof=proof,
        marks=UNICODE.marks,
        cells=CELLS,
        means=MEANS,
        rules=RULES,
        verdicts=VERDICTS,
        verdict=verdict(proof),
        tried=tried(proof),
        around=around(proof),
        notices=notices,
        changed=lambda diff: diff.splitlines()[2:],  # which file that is stands above
        counted=counted,
        seconds=seconds,
    )
