"""Hold the option that most commands have: which checkpoint is meant."""

from __future__ import annotations

from pathlib import Path

import click

of_checkpoint = click.option(
    "--checkpoint",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The checkpoint's folder; else CHECKPOINT_DIR, else the nearest folder upwards with a grader.py.",
)
