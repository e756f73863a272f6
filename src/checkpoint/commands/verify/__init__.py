"""Prove a checkpoint: `checkpoint verify`."""

from checkpoint.commands.verify.command import verify

__all__ = ["verify"]
