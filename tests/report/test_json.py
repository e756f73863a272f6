"""The JSON report keeps its published schema, whatever the learner's app wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checkpoint.errors import CheckpointError
from checkpoint.model import Stop
from checkpoint.report import render
from checkpoint.report.json import read, schema

from . import reports

CASES = {
    "everything": reports.everything(),
    "no checks": reports.report(cause="not_loadable"),
    "partial": reports.report(reports.FIRST, reports.FAILED, only="visit_count", up_next=None),
    "cut short": reports.report(reports.PASSED, stopped=Stop("terminated", "It was told to end."), cause="timed_out"),
    "not taken in": reports.report(submission_sha256=""),
    "hostile": reports.hostile(),
}


def document(name: str = "everything") -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render("json", CASES[name]))
    return loaded


def errors(document: object) -> list[str]:
    return [error.message for error in Draft202012Validator(schema()).iter_errors(document)]


def objects(node: Any) -> list[dict[str, Any]]:
    """Return every part of a schema that describes an object's properties."""
    found = [node] if isinstance(node, dict) and "additionalProperties" in node else []
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    return found + [each for child in children for each in objects(child)]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(schema())


def test_the_schema_is_strict_and_describes_each_field():
    parts = [part for part in objects(schema()) if "properties" in part]
    assert len(parts) == 11
    for part in parts:
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
        assert all(field.get("description") for field in part["properties"].values())


@pytest.mark.parametrize("name", CASES)
def test_a_report_keeps_the_schema(name: str):
    assert errors(document(name)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["extra"], 1),
        (["schema"], "checkpoint.report/2"),
        (["seed"], "7"),
        (["cause"], "exploded"),
        (["submission", "sha256"], "abc"),
        (["score", "percent"], 101),
        (["score", "earned"], -1),
        (["isolation", "level"], "great"),
        (["checks", 0, "status"], "skipped"),
        (["checks", 0, "visibility"], "secret"),
        (["checks", 2, "points"], 4),  # failed checks earn nothing
        (["checks", 2, "decision"], "passed"),
        (["checks", 2, "location", "line"], 0),
        (["checks", 2, "location", "excerpt", 0, "text"], None),
        (["checks", 4, "traceback", 0, "locals"], {}),
    ],
)
def test_the_schema_refuses_what_is_wrong(path: list[Any], value: object):
    changed = document()
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert errors(changed)


@pytest.mark.parametrize("name", ["everything", "hostile"])
def test_no_field_may_be_missing(name: str):
    for key in document(name):
        changed = document(name)
        del changed[key]
        assert errors(changed), key


def test_the_fields_are_those_of_the_report():
    read = document()
    failed = read["checks"][2]
    assert list(read)[:4] == ["schema", "complete", "stopped", "only"]
    assert read["score"] == {"earned": 3, "possible": 15, "percent": 20.0, "pass_percent": 100}
    assert failed["location"]["excerpt"][0] == {"line": 36, "text": "    def get(self):"}
    assert (failed["location"]["line"], failed["location"]["end_line"]) == (38, 39)
    assert read["checks"][3]["blocked_by"] == ["visit_count"]
    assert read["checks"][4]["traceback"][1] == {
        "file": "starter/app.py",
        "line": 12,
        "function": "make",
        "text": "    raise KeyError(ID)",
    }
    assert read["checks"][0]["message"] is None
    assert read["checks"][0]["location"] is None
    assert (read["only"], read["up_next"]) == (None, "User login with Flask-Login")
    assert list(read["versions"]) == ["checkpoint", "flask", "python"]


def test_what_a_person_decided_stands_beside_the_machines_status():
    check = json.loads(render("json", reports.outcomes()["decided"]))["checks"][1]
    assert (check["status"], check["points"]) == ("undecided", 4)
    assert check["decision"] == {
        "verdict": "passed",
        "reason": "The lock guards the id, which does come from g.",
        "who": "Ada",
        "at": "2026-03-05T09:30:00Z",
    }


@pytest.mark.parametrize("verdict", ["passed", "failed"])
def test_the_schema_knows_that_points_count_the_decision(verdict: str):
    read = json.loads(render("json", reports.report(reports.LET_PASS)))
    read["checks"][0]["decision"]["verdict"] = verdict
    read["checks"][0]["points"] = 4
    assert bool(errors(read)) == (verdict == "failed")


@pytest.mark.parametrize("name", sorted(reports.outcomes().keys() - {"hostile"}))
def test_a_report_can_be_read_back(name: str):
    report = reports.outcomes()[name]
    assert read(render("json", report, reveal=True)) == report


def test_a_report_can_be_read_back_whatever_the_app_wrote():
    text = render("json", reports.hostile())
    assert render("json", read(text)) == text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '"checkpoint.report/1"', '{"schema": 1}', '{"schema": "x/1"}', "[" * 100_000]
)
def test_what_is_no_report_is_refused(text: str):
    with pytest.raises(CheckpointError, match=r"no JSON report|cannot be read"):
        read(text)


def test_a_report_of_a_newer_schema_is_refused():
    text = render("json", CASES["everything"]).replace("checkpoint.report/1", "checkpoint.report/2")
    with pytest.raises(CheckpointError, match="newer") as caught:
        read(text)
    assert caught.value.help == "update checkpoint"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["seed"], True),
        (["seed"], "7"),
        (["cause"], "exploded"),
        (["started_at"], "yesterday"),
        (["versions", "flask"], 3),
        (["notes", 0], None),
        (["stopped"], "interrupted"),
        (["score"], None),
        (["checks", 0], "passed"),
        (["checks", 0, "status"], "skipped"),
        (["checks", 0, "decision"], "see ticket 4"),
        (["checks", 2, "location", "line"], "1"),
    ],
)
def test_a_report_that_was_tampered_with_is_refused(path: list[Any], value: object):
    changed = document()
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(CheckpointError, match=f"cannot be read: .*{path[0] if len(path) == 1 else ''}"):
        read(json.dumps(changed))


@pytest.mark.parametrize("key", ["seed", "checks", "up_next", "score"])
def test_a_report_that_lacks_a_field_is_refused(key: str):
    changed = document()
    del changed[key]
    with pytest.raises(CheckpointError, match=f"{key} is missing"):
        read(json.dumps(changed))


def test_the_text_is_readable_and_ends_in_a_newline():
    text = render("json", reports.report(checkpoint_title="Größe 日本"))
    assert '"title": "Größe 日本"' in text
    assert text.startswith('{\n  "schema": "checkpoint.report/1",\n')
    assert text.endswith("}\n")
    assert text == render("json", reports.report(checkpoint_title="Größe 日本"))


def test_lone_surrogates_become_the_replacement_character():
    report = reports.report(output="a\ud800b\udc80", versions={"\udfff": "\ud83d\ude00"})
    text = render("json", report)
    text.encode("utf-8")
    assert json.loads(text)["output"] == "a\ufffdb\ufffd"


def test_a_number_that_json_does_not_know_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        render("json", reports.report(duration_ms=float("nan")))
