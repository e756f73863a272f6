"""Grade at each save: `checkpoint grade --watch`."""

from checkpoint.commands.watch.watching import watch

__all__ = ["watch"]
