"""Fill a template in: a file beside this one, with names in double angle brackets."""

from __future__ import annotations

import json
import re
from importlib import resources
from textwrap import indent

from checkpoint.errors import CheckpointError

_NAME = re.compile(r"<<(\w+)>>")


def filled(template: str, **values: str) -> str:
    """Return the template of that name with each `<<name>>` replaced; values are put in as they are, once."""
    text = resources.files("checkpoint.commands.ci").joinpath("templates", template).read_text("utf-8")
    return _NAME.sub(lambda match: values[match[1]], text)


def script(template: str, by: int, **values: str) -> str:
    """Return a filled template as lines of a YAML block, indented by so many spaces."""
    return indent(filled(template, **values).rstrip("\n"), " " * by)


def yaml_string(value: str) -> str:
    """Return a printable value as a YAML string."""
    return json.dumps(value, ensure_ascii=False)


def harmless(value: str, what: str) -> str:
    """Return a value that no platform reads more in than its characters.

    Raises CheckpointError for others: GitHub expands `${{` wherever it stands, and GitLab `$`.
    """
    if "$" in value or not value.isprintable():
        raise CheckpointError(
            f"{what} {value!r} has a character that a workflow cannot hold",
            help="rename it: neither $ nor anything that cannot be printed",
        )
    return value
