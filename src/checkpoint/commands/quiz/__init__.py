"""Ask the quiz, mark answers to it, check its file, or carry it elsewhere: `checkpoint quiz`."""

from checkpoint.commands.quiz.command import quiz

__all__ = ["quiz"]
