"""Begin a new checkpoint: `checkpoint new`."""

from checkpoint.commands.new.command import new

__all__ = ["new"]
