"""Compile a template once, however often it is rendered.

`render_template_string` hands its text to Jinja2's compiler at every call, which is most of a small
request's time. In a worker the same text is compiled once; rendering is untouched.
"""

from __future__ import annotations

import functools
from typing import Any

KEPT = 200


def compile_once() -> None:
    """Let jinja2.Environment.compile remember what it has compiled, for this process and its children."""
    from jinja2 import Environment

    original = Environment.compile
    kept: dict[tuple[Any, ...], Any] = {}

    @functools.wraps(original)
    def compile(self: Any, source: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: A001 - the name it stands in for
        if not isinstance(source, str) or args or kwargs:
            return original(self, source, *args, **kwargs)
        # Whatever the result depends on; an environment may be changed between two calls.
        key = (
            source, id(self), self.block_start_string, self.block_end_string, self.variable_start_string,
            self.variable_end_string, self.comment_start_string, self.comment_end_string, self.line_statement_prefix,
            self.line_comment_prefix, self.trim_blocks, self.lstrip_blocks, self.newline_sequence,
            self.keep_trailing_newline, self.optimized, id(self.autoescape), id(self.undefined), id(self.finalize),
            self.is_async, tuple(self.extensions), tuple(self.filters), tuple(self.tests), str(self.policies),
        )  # fmt: skip
        if key not in kept:
            if len(kept) >= KEPT:
                kept.clear()
            # The environment goes along, so that its id is not given to another one.
            kept[key] = (original(self, source), self)
        return kept[key][0]

    Environment.compile = compile  # type: ignore[method-assign]
