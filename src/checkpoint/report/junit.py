"""Render a Report as JUnit XML in the shape of pytest's xunit2, which Jenkins, GitLab and most others read.

A test case's properties hold its points, as those of pytest's `record_property` do. Of the readers with a schema, one
knows them on a suite only: Jenkins' xunit plugin (junit-10.xsd); Jenkins' own `junit` step takes them. GitLab takes
30 MB a file, tells tests apart by class and name, and shows the text of an element, not its message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from junitparser import Error, Failure, Properties, Property, Skipped
from junitparser.xunit2 import JUnitXml, TestCase, TestSuite

from checkpoint.report.prose import bounded, headline, one_line, printed, prose
from checkpoint.report.rows import UNICODE
from checkpoint.report.words import caveats, decided, isolation_line, score_line

if TYPE_CHECKING:
    from junitparser.junitparser import FinalResult

    from checkpoint.model import CheckResult, Report, Stop
    from checkpoint.report import Style

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_MOST_OF_A_TEXT = 10_000  # characters
# Of all prose, and of all output: twice that, five bytes each (`&amp;`), leaves a third of the 30 MB for the rest.
_MOST_OF_ALL = 2_000_000
_MOST_NOTES = 100


def render(report: Report, style: Style) -> str:
    """Return the report as JUnit XML: one test suite, a test case for each check."""
    suites = JUnitXml(one_line(report.checkpoint_title))
    suites.append(suite(report, style))
    suites.update_statistics()
    for part in (suites, *suites):
        part.time = _seconds(report.duration_ms)  # the wall clock, of which the checks' times are a part only
    # Written anew, because junitparser writes with lxml wherever that happens to be installed.
    tree = ET.fromstring(suites.tostring())  # noqa: S314  # our own XML
    ET.indent(tree)
    return f"{_DECLARATION}{ET.tostring(tree, encoding='unicode')}\n"


def suite(report: Report, style: Style) -> TestSuite:
    """Return the test suite of one report."""
    made = TestSuite(one_line(report.checkpoint_id))
    made.hostname = "localhost"  # as the format has it where that is not known
    made.timestamp = report.started_at.isoformat(timespec="seconds")
    made.append(_properties(_facts(report)))
    share = min(_MOST_OF_A_TEXT, _MOST_OF_ALL // max(len(report.checks), 1))
    made.extend(_case(check, report, style, share) for check in report.checks)
    if report.stopped is not None:
        made.append(_cut_short(report.stopped, report))
    made.system_out = _told(report)
    return made


def classname(report: Report, part: str = "checks") -> str:
    """Return the class of a report's test cases: with a name it is what readers know a test by, from run to run."""
    return f"{one_line(report.checkpoint_id)}.{part}"


def _case(check: CheckResult, report: Report, style: Style, most: int) -> TestCase:
    """Return the test case of one check, its texts of at most so many characters."""
    case = TestCase(one_line(check.id), classname(report), _seconds(check.duration_ms))
    facts: dict[str, object] = {"title": check.title, "points": check.points, "max_points": check.max_points}
    facts |= {"cause": check.cause} if check.cause else {}
    facts |= {"decision": decided(check.decision)} if check.decision else {}
    case.append(_properties(facts))
    if check.outcome != "passed":
        result = _result(check, report)
        result.text = bounded(prose(check, report, style), most)
        case.append(result)
    if output := printed(check.output, most):
        case.system_out = output
    return case


def _result(check: CheckResult, report: Report) -> FinalResult:
    """Return how a check that did not pass counts: what nobody has judged is skipped, neither right nor wrong."""
    message = headline(check, report)
    if check.outcome == "failed":
        return Failure(message, check.outcome)
    if check.outcome == "error" and report.complete:
        return Error(message, check.outcome)
    return Skipped(message, "not_reached" if check.outcome == "error" else check.outcome)


def _cut_short(stop: Stop, report: Report) -> TestCase:
    """Return the test case that makes a run red that did not come to its end, however its checks came out."""
    case = TestCase("grading", classname(report, "run"), 0.0)
    error = Error(one_line(stop.message), stop.why)
    error.text = one_line(stop.message, _MOST_OF_A_TEXT)
    case.append(error)
    return case


def _facts(report: Report) -> dict[str, object]:
    """Return what is to be known about the run as a whole."""
    facts = {
        "title": report.checkpoint_title,
        "submission": report.submission_path,
        "sha256": report.submission_sha256,
        "seed": report.seed,
        "points": report.score.earned,
        "max_points": report.score.possible,
        "passed": str(report.passed).lower(),
        "complete": str(report.complete).lower(),
        "stopped": report.stopped and report.stopped.why,
        "only": report.only,
        "cause": report.cause,
        "isolation": isolation_line(report).removeprefix("isolation "),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _properties(facts: dict[str, object]) -> Properties:
    """Return names and values as the element that holds them."""
    properties = Properties()
    for name, value in facts.items():
        properties.append(Property(name, one_line(str(value))))
    return properties


def _told(report: Report) -> str:
    """Return the score, the notes, and what the app printed while it loaded, quoted so that it cannot pass for ours."""
    lines = [score_line(report), *caveats(report), *(f"note: {note}" for note in report.notes[:_MOST_NOTES])]
    shown = [one_line(line, _MOST_OF_A_TEXT) for line in lines]
    if output := printed(report.output, _MOST_OF_A_TEXT):
        shown += ["while loading, the app printed:", *(f"{UNICODE.gutter} {line}" for line in output.split("\n"))]
    return "\n".join(shown)


def _seconds(duration_ms: float) -> float:
    """Return milliseconds as seconds; with three places none is written with an exponent, which readers do not know."""
    return round(duration_ms / 1000, 3)
