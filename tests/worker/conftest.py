"""Settle for all of this folder how hypothesis goes to work."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "wall",
    max_examples=60,
    deadline=None,  # a busy machine is no defect
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("wall")
