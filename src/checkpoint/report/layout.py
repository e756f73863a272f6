"""Draw HTML pages that need nothing from outside: no script, no font, no picture, no network.

A page is a template of ours and its stylesheets, in one text. All that a template writes goes through `_safe`, for its
environment lets none by; the page's Content-Security-Policy, which allows the stylesheets by their hash and nothing
else, is a second lock behind it.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined

from checkpoint.report.prose import bounded
from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from jinja2 import Template

SHEET = Path(__file__).with_name("report.css")
TEXT_CHARACTERS = 2000  # shown of each text; the rest would make a page that nobody reads and no browser likes


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold what all pages of one kind share."""

    template: Template
    css: str
    css_hash: str

    def draw(self, **shown: Any) -> str:
        """Return the page that the template makes of these values."""
        page = self.template.render(css=self.css, css_hash=self.css_hash, **shown)
        return page.rstrip("\n") + "\n"


@cache
def layout(template: Path, *sheets: Path) -> Layout:
    """Return a layout; compiling its template takes ten times as long as filling it in."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_safe, trim_blocks=True, lstrip_blocks=True
    )
    css = "".join(sheet.read_text("utf-8") for sheet in sheets)
    digest = b64encode(sha256(css.encode()).digest()).decode()
    return Layout(environment.from_string(template.read_text("utf-8")), css, digest)


def _safe(value: object) -> object:
    """Return what the template is about to write, text of it made visible and bounded; autoescape comes after."""
    if isinstance(value, str) and not hasattr(value, "__html__"):  # what has it is the template's own markup
        return visible(bounded(value, TEXT_CHARACTERS))
    return value
