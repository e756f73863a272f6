"""Grade a class, and decide what could not be judged: `checkpoint batch`."""

from checkpoint.commands.batch.command import batch

__all__ = ["batch"]
