"""Write the workflow of a platform that runs jobs: GitHub, GitHub Classroom, GitLab."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from checkpoint.commands.ci import pins
from checkpoint.commands.ci.template import filled, harmless, script, yaml_string
from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.commands.ci.source import Source
    from checkpoint.model import Limits

# Whole commit ids: a tag can be moved, and then runs what somebody else likes, beside the marks.
ACTIONS = {
    "checkout": "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "setup_python": "actions/setup-python@ece7cb06caefa5fff74198d8649806c4678c61a1 # v6.3.0",
    "upload_artifact": "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1",
}
PYTHON = "3.12.12"
IMAGE = f"python:{PYTHON}-bookworm@sha256:c0abd0758831ad99b7a29e0c1a875da9c4abb9a2e3f21e2eeb585dbcadfb6cd0"
# What a job needs besides grading: a start, downloads, and reports to be kept.
START_MINUTES = 10

_GITHUB = {
    "about": "# Grades each push with checkpoint. Made by `checkpoint ci init github`; change it as you like.",
    "name": "Checkpoint",
    "events": "  push:\n  pull_request:\n  workflow_dispatch:",
    # No condition: a branch's pull request is graded twice, but a skipped job would count as one that passed.
    "job": "  grade:",
    "id": "",
}
_CLASSROOM = {
    # The reporter's action does no more than checkpoint does itself, and would be one more program to trust.
    "about": """\
# Grades each push for GitHub Classroom. Made by `checkpoint ci init github-classroom`; change it as you like.
#
# Classroom takes the points from two notices that checkpoint writes, so no other action has to report them. Should you
# add classroom-resources/autograding-grading-reporter: the output that it reads is `result` of the step `flask`.""",
    "name": "Autograding Tests",
    "events": "  push:\n  workflow_dispatch:",
    "job": "  run-autograding-tests:\n    if: github.actor != 'github-classroom[bot]'",
    "id": "\n        id: flask",
}


@dataclass(frozen=True, slots=True)
class Platform:
    """Name a platform's file and what to do with it, its template, and how that holds values and scripts.

    `words` is what the template says for this platform alone; scripts are indented `by` so many spaces.
    """

    file: str
    next: str
    template: str
    words: dict[str, str]
    quote: Callable[[str], str]
    by: int


PLATFORMS = {
    "github": Platform(
        ".github/workflows/checkpoint.yml",
        "commit it to the repository that learners start from",
        "github.yml", _GITHUB, yaml_string, 10,
    ),
    "github-classroom": Platform(
        ".github/workflows/classroom.yml",
        "commit it to the assignment's template repository",
        "github.yml", _CLASSROOM, yaml_string, 10,
    ),
    "gitlab": Platform(
        ".gitlab-ci.yml",
        "commit it to the project that learners fork, or to the course's; its first lines say how",
        "gitlab.yml", {}, shlex.quote, 6,
    ),
}  # fmt: skip


def workflow(name: str, source: Source, limits: Limits, submission: str, requirement: str) -> str:
    """Return the text of the workflow's file; raises CheckpointError for a value that it cannot hold."""
    platform = PLATFORMS[name]
    minutes = math.ceil(limits.run_seconds / 60) + 4
    given = {
        "url": harmless(source.url, "the course's address"),
        "commit": source.commit,
        "folder": harmless((PurePosixPath("course") / source.folder).as_posix(), "the checkpoint's folder"),
        "submission": harmless(_inside(submission), "--submission"),
        "requirement": harmless(requirement, "--install"),
    }
    return filled(
        platform.template,
        **platform.words,
        **ACTIONS,
        **{key: platform.quote(value) for key, value in given.items()},
        platform=name,
        python=PYTHON,
        image=IMAGE,
        fetch=script("fetch.sh", platform.by),
        install=script("install.sh", platform.by, pins="\n".join(pins.requirements()), build="\n".join(pins.BUILD)),
        grade_minutes=str(minutes),
        job_minutes=str(minutes + START_MINUTES),
    )


def _inside(submission: str) -> str:
    """Return a path below the learner's repository; raises CheckpointError if it is no such path."""
    path = PurePosixPath(submission)
    if path.is_absolute() or ".." in path.parts:
        raise CheckpointError(
            f"--submission {submission!r} is not inside the learner's repository",
            help="name the app's file or folder as it is found from the repository's top: app.py",
        )
    return path.as_posix()
