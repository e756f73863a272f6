"""Render a Proof as `checkpoint.proof/1`; its fields and their order are those of `proof.schema.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkpoint.report.json import dumps, moment

if TYPE_CHECKING:
    from checkpoint.report import Style
    from checkpoint.verify.proof import Comparison, Proof, Run, Trial

SCHEMA = "checkpoint.proof/1"


def render(proof: Proof, _style: Style) -> str:
    """Return the proof as JSON text."""
    return dumps(document(proof))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every proof keeps."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("proof.schema.json").read_text("utf-8"))
    return loaded


def document(proof: Proof) -> dict[str, Any]:
    """Return the proof as plain dicts, lists, strings and numbers."""
    checks = [column.id for column in proof.columns]
    return {
        "schema": SCHEMA,
        "holds": proof.holds,
        "checkpoint": {
            "id": proof.checkpoint_id,
            "title": proof.checkpoint_title,
            "fingerprint": proof.fingerprint,
            "root": proof.root,
        },
        "seed": proof.seed,
        "findings": [
            {
                "rule": finding.rule,
                "message": finding.message,
                "where": finding.where,
                "help": finding.help,
                "diff": finding.diff or None,
            }
            for finding in proof.findings
        ],
        "checks": [
            {
                "id": column.id,
                "title": column.title,
                "points": column.points,
                "where": column.place,
                "kills": column.kills,
                "kills_alone": column.alone,
                "fails_elsewhere": column.elsewhere,
            }
            for column in proof.columns
        ],
        "mutants": [_mutant(trial, checks) for trial in proof.trials],
        "variants": [_variant(one, checks) for one in proof.variants],
        "runs": [_run(run, checks) for run in proof.runs],
        "started_at": moment(proof.started_at),
        "duration_ms": proof.duration_ms,
        "versions": dict(sorted(proof.versions.items())),
    }


def _mutant(trial: Trial, checks: list[str]) -> dict[str, Any]:
    return {
        "id": trial.id,
        "operator": trial.operator,
        "mistake": trial.mistake,
        "where": trial.place,
        "verdict": trial.verdict,
        "waived": trial.reason,
        "cause": trial.cause,
        "statuses": dict(zip(checks, trial.statuses, strict=True)),
        "diff": trial.diff,
        "duration_ms": trial.duration_ms,
    }


def _variant(one: Comparison, checks: list[str]) -> dict[str, Any]:
    return {
        "path": one.path,
        "expected": one.expected,
        "differences": list(one.differences),
        "statuses": dict(zip(checks, one.statuses, strict=True)),
        "duration_ms": one.duration_ms,
    }


def _run(run: Run, checks: list[str]) -> dict[str, Any]:
    return {
        "seed": run.seed,
        "shuffled": run.shuffled,
        "order": list(run.order),
        "solution": dict(zip(checks, run.solution, strict=True)),
        "starter": dict(zip(checks, run.starter, strict=True)) if run.starter else None,
    }
