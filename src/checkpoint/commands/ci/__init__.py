"""Write what grades submissions on GitHub, GitLab and Gradescope: `checkpoint ci`."""

from checkpoint.commands.ci.command import ci

__all__ = ["ci"]
