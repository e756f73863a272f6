"""Read a JSON report back into a Report: the inverse of `checkpoint.report.json`.

A file may have been cut off or edited, so that every field's type is looked at; what can be worked out from others
(points, passed) is not read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from checkpoint.errors import CheckpointError
from checkpoint.model import (
    Cause,
    CheckResult,
    Decision,
    Feedback,
    Frame,
    Isolation,
    Level,
    Location,
    Report,
    Score,
    Status,
    Stop,
    Verdict,
    Visibility,
    Why,
)
from checkpoint.report.json import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_NAME = SCHEMA.partition("/")[0]


@dataclass(frozen=True, slots=True)
class _Part:
    """Hand out the fields of one JSON object; each method raises ValueError that names what is not as it must be."""

    fields: dict[str, Any]

    def text(self, name: str) -> str:
        text: str = self._of(name, str)
        return text

    def text_or_none(self, name: str) -> str | None:
        return None if self._of(name, str, type(None)) is None else self.text(name)

    def whole(self, name: str) -> int:
        number: int = self._of(name, int)
        return number

    def number(self, name: str) -> float:
        number: float = self._of(name, int, float)
        return number

    def truth(self, name: str) -> bool:
        truth: bool = self._of(name, bool)
        return truth

    def moment(self, name: str) -> datetime:
        try:
            return datetime.fromisoformat(self.text(name)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValueError(f"{name}: {error}") from None

    def one_of(self, name: str, kinds: Any) -> Any:
        value = self.text(name)
        if value not in get_args(kinds):
            raise ValueError(f"{name}: {value!r}")
        return value

    def one_of_or_none(self, name: str, kinds: Any) -> Any:
        return None if self._of(name, str, type(None)) is None else self.one_of(name, kinds)

    def part(self, name: str) -> _Part:
        return _Part(self._of(name, dict))

    def part_or_none(self, name: str, make: Callable[[_Part], T]) -> T | None:
        return None if self._of(name, dict, type(None)) is None else make(self.part(name))

    def parts(self, name: str, make: Callable[[_Part], T]) -> tuple[T, ...]:
        return tuple(make(_Part(_typed(name, value, dict))) for value in self._of(name, list))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(_typed(name, value, str) for value in self._of(name, list))

    def _of(self, name: str, *kinds: type) -> Any:
        if name not in self.fields:
            raise ValueError(f"{name} is missing")
        return _typed(name, self.fields[name], *kinds)


def _typed(name: str, value: Any, *kinds: type) -> Any:
    if type(value) not in kinds:  # not isinstance, for True is an int
        raise ValueError(f"{name}: {type(value).__name__}")
    return value


def report(text: str) -> Report:
    """Return the report that a JSON text holds; raises CheckpointError when it holds none that can be read."""
    try:
        fields = json.loads(text)
        known = fields.get("schema") if isinstance(fields, dict) else None
        if known == SCHEMA:
            return _report(_Part(fields))
    except (ValueError, RecursionError) as error:  # a JSONDecodeError is a ValueError
        raise CheckpointError(f"this report cannot be read: {error}", help="grade the submission anew") from None
    if isinstance(known, str) and known.startswith(f"{_NAME}/"):
        raise CheckpointError(f"this report has the schema {known!r}, which is newer", help="update checkpoint")
    raise CheckpointError("this is no JSON report of checkpoint's", help=f"one begins with the schema {SCHEMA!r}")


def _report(part: _Part) -> Report:
    checkpoint, submission, score, isolation = map(part.part, ("checkpoint", "submission", "score", "isolation"))
    return Report(
        checkpoint_id=checkpoint.text("id"),
        checkpoint_title=checkpoint.text("title"),
        fingerprint=checkpoint.text("fingerprint"),
        submission_path=submission.text("path"),
        submission_sha256=submission.text("sha256"),
        seed=part.whole("seed"),
        score=Score(
            earned=score.whole("earned"),
            possible=score.whole("possible"),
            percent=score.number("percent"),
            pass_percent=score.number("pass_percent"),
            passed=part.truth("passed"),
        ),
        checks=part.parts("checks", _check),
        cause=part.one_of_or_none("cause", Cause),
        output=part.text("output"),
        notes=part.texts("notes"),
        isolation=Isolation(isolation.one_of("level", Level), isolation.text("detail")),
        duration_ms=part.number("duration_ms"),
        versions={name: _typed(name, value, str) for name, value in part.part("versions").fields.items()},
        started_at=part.moment("started_at"),
        stopped=part.part_or_none("stopped", lambda stop: Stop(stop.one_of("why", Why), stop.text("message"))),
        only=part.text_or_none("only"),
        up_next=part.text_or_none("up_next"),
    )


def _check(part: _Part) -> CheckResult:
    return CheckResult(
        id=part.text("id"),
        title=part.text("title"),
        status=part.one_of("status", Status),
        max_points=part.whole("max_points"),
        feedback=_feedback(part) if part.text_or_none("message") is not None else None,
        hints=part.texts("hints"),
        cause=part.one_of_or_none("cause", Cause),
        duration_ms=part.number("duration_ms"),
        output=part.text("output"),
        blocked_by=part.texts("blocked_by"),
        visibility=part.one_of("visibility", Visibility),
        decision=part.part_or_none("decision", _decision),
    )


def _decision(part: _Part) -> Decision:
    return Decision(part.one_of("verdict", Verdict), part.text("reason"), part.text("who"), part.moment("at"))


def _feedback(part: _Part) -> Feedback:
    return Feedback(
        message=part.text("message"),
        expected=part.text_or_none("expected"),
        actual=part.text_or_none("actual"),
        location=part.part_or_none("location", _location),
        traceback=part.parts("traceback", _frame),
    )


def _location(part: _Part) -> Location:
    excerpt = part.parts("excerpt", lambda line: (line.whole("line"), line.text("text")))
    return Location(part.text("file"), part.whole("line"), part.whole("end_line"), excerpt)


def _frame(part: _Part) -> Frame:
    return Frame(part.text("file"), part.whole("line"), part.text("function"), part.text("text"))
