"""Word what a Report comes to, for every format that speaks to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkpoint.model import Cause, CheckResult, Decision, Report, Status

CAUSES: dict[Cause, str] = {
    "crashed": "crashed",
    "timed_out": "took too long",
    "out_of_memory": "ran out of memory",
    "too_much_output": "sent or printed too much",
    "exited": "ended its own process",
    "not_loadable": "could not be loaded",
}

# Said when a check brings no words of its own.
STATUSES: dict[Status, str] = {
    "passed": "This check passed.",
    "failed": "This check did not pass.",
    "blocked": "This check waits for another one.",
    "undecided": "This check could not be judged automatically.",
    "error": "This check could not be run.",
}


def counted(number: int, noun: str) -> str:
    """Return "1 check" or "3 checks"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def percent(value: float) -> str:
    """Return "70 %" or "66.67 %"."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + " %"


def seconds(duration_ms: float) -> str:
    """Return milliseconds as a person reads them: "12 ms", "1.2 s"."""
    return f"{duration_ms:.0f} ms" if duration_ms < 1000 else f"{duration_ms / 1000:.1f} s"


def score_line(report: Report) -> str:
    """Return the points and what they mean: "14 of 20 points (70 %), not passed yet: 3 checks to go"."""
    score = report.score
    points = f"{score.earned} of {counted(score.possible, 'point')}"
    if report.only is not None:
        return f"{points} for {report.only} alone."
    if score.earned < score.possible:
        points += f" ({percent(score.percent)})"
    if report.passed:
        return f"{points}. Passed."
    return f"{points}, not passed yet: {_what_is_missing(report)}"


def _what_is_missing(report: Report) -> str:
    """Return what stands between this report and a pass."""
    if not report.complete:
        return "grading was cut short"
    statuses = [check.outcome for check in report.checks]
    if to_go := statuses.count("failed") + statuses.count("blocked"):
        return f"{counted(to_go, 'check')} to go"
    if undecided := statuses.count("undecided"):
        return f"{counted(undecided, 'check')} undecided"
    if errors := statuses.count("error"):
        return f"{counted(errors, 'check')} could not be run"
    return f"{percent(report.score.pass_percent)} of the points are needed"


def caveats(report: Report) -> list[str]:
    """Return what a reader must know about this score, a sentence or two each."""
    said = []
    if report.only is not None:
        said.append(f"Partial: only {report.only} was scored, with the checks that it needs.")
    if report.stopped is not None:
        said.append(f"Grading was cut short, so this report is not complete. {report.stopped.message}".rstrip())
    if hidden := [check for check in report.checks if check.visibility != "visible"]:
        which = "1 check is hidden: it counts, but only its name is shown."
        several = f"{len(hidden)} checks are hidden: they count, but only their names are shown."
        said.append(which if len(hidden) == 1 else several)
    if undecided := [check for check in report.checks if check.outcome == "undecided"]:
        points = sum(check.max_points for check in undecided)
        which, whose = ("check", "its") if len(undecided) == 1 else ("checks", "their")
        said.append(
            f"A person decides the undecided {which}. Until then {whose} {counted(points, 'point')} "
            f"{'is' if points == 1 else 'are'} neither earned nor lost."
        )
    errors = [check for check in report.checks if check.outcome == "error"]
    if errors and report.complete:
        said.append(
            f"{counted(len(errors), 'check')} could not be run. That is our fault, not yours, and costs you no points."
        )
    return said


def explained(report: Report) -> list[tuple[CheckResult, CheckResult | None]]:
    """Return the checks that need words, each with an earlier one of which the same is told already, or None.

    What the learner can mend comes first, and last what a person let pass. There is nothing to say of checks that are
    kept back, nor of those that a run that was cut short has not reached.
    """
    statuses: tuple[Status, ...] = ("failed", "undecided", "error") if report.complete else ("failed", "undecided")
    known = [check for check in report.checks if not is_kept_back(check)]
    wordy = [check for status in statuses for check in known if check.outcome == status]
    wordy += [check for check in known if check.outcome == "passed" and check.decision]
    told: list[tuple[CheckResult, CheckResult | None]] = []
    for check in wordy:
        told.append((check, next((other for other, _ in told if says_the_same(other, check)), None)))
    return told


def says_the_same(one: CheckResult, other: CheckResult) -> bool:
    """Say whether there is something to tell of a check, and the same of another."""
    return one.feedback is not None and one.feedback == other.feedback and one.decision == other.decision


def decided(decision: Decision) -> str:
    """Return what a person decided about a check, in words: who, and why."""
    return f"Decided by {decision.who}: {decision.reason}"


def points(check: CheckResult, report: Report) -> str:
    """Return a check's points as they stand beside it: "1/2", or "-/2" for those that are neither earned nor lost."""
    if report.only not in (None, check.id):
        return "not scored"
    earned = "-" if check.outcome in ("undecided", "error") else str(check.points)
    return f"{earned}/{check.max_points}"


def is_kept_back(check: CheckResult) -> bool:
    """Say whether there is no more to see of a check than that it counts."""
    return check.visibility != "visible" and check.feedback is None


def waits_for(check: CheckResult, report: Report) -> str:
    """Return the titles of the checks that this one waits for, or "" when it waits for none."""
    titles = {other.id: other.title for other in report.checks}
    return ", ".join(titles.get(needed, needed) for needed in check.blocked_by)


def isolation_line(report: Report) -> str:
    """Return how well the app was kept from this machine."""
    return f"isolation {report.isolation.level}: {report.isolation.detail}".removesuffix(": ")
