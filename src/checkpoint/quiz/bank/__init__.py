"""Keep quizzes in files: read them here; `lint`, `writing` and `answers` do the rest, and are loaded when needed."""

from checkpoint.quiz.bank.reading import Read, content, load, read
from checkpoint.quiz.bank.source import BrokenQuiz

__all__ = ["BrokenQuiz", "Read", "content", "load", "read"]
