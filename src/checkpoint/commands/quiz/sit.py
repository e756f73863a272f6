"""Ask the quiz: `checkpoint quiz`, on a terminal or line by line."""

from __future__ import annotations

import os
import platform
import random
import shlex
import shutil
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from checkpoint import course as courses
from checkpoint.attempts import Attempts, place
from checkpoint.commands import output
from checkpoint.commands.quiz import target as targets
from checkpoint.errors import CheckpointError
from checkpoint.quiz import bank, words
from checkpoint.quiz.clock import SystemClock
from checkpoint.quiz.paper import drawn
from checkpoint.quiz.record import document
from checkpoint.quiz.saved import resumed, saved
from checkpoint.quiz.sitting import WEAK, Left, Sitting, Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TextIO

    from checkpoint.attempts import Attempt
    from checkpoint.commands.quiz.target import Target
    from checkpoint.model import Checkpoint
    from checkpoint.quiz.question import Quiz
    from checkpoint.quiz.sitting import Result

EXIT_PASSED, EXIT_NOT_PASSED, EXIT_INPUT, EXIT_INTERRUPTED = 0, 1, 2, 130


@dataclass(frozen=True, slots=True)
class Wish:
    """Hold what the command line asks for; see `checkpoint quiz --help`."""

    exam: bool = False
    count: int | None = None
    missed: bool = False
    resume: bool = False
    seed: int | None = None
    time_scale: float | None = None
    untimed: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Sat:
    """Hold what came of a sitting: the exit code, and its record, None if there was nothing to ask."""

    code: int
    record: dict[str, Any] | None = None


def sit(file: Path, course: Checkpoint | None, wish: Wish, target: Target | None = None) -> Sat:
    """Ask the questions, keep what is answered, and say how it went."""
    targets.refuse_unwritable(target)
    quiz = bank.load(file).quiz
    out = sys.stderr if target is not None and target.file is None else sys.stdout
    desk = _Desk(out, file, plain=wish.plain)
    history = _history(desk)
    try:
        book = _resume(quiz, history) if wish.resume else _begin(quiz, history, wish, course)
        if book is None:
            desk.say("Nothing to ask again: what was wrong has been answered right since.")
            return Sat(EXIT_PASSED)
        code = 0
        try:
            desk.play(book.sitting, book.save)
        except Left as left:
            code = EXIT_INPUT if str(left) == "input ended" and not sys.stdin.isatty() else EXIT_INTERRUPTED
            book.leave()
        result = book.sitting.result()
        record = document(
            result,
            mode="exam" if result.terms.exam else "practice",
            checkpoint=course,
            started=book.started.isoformat(timespec="seconds"),
        )
        if result.complete:
            book.finish(record)
        if target is not None:
            targets.write(target, record)
        if result.complete:
            desk.close(result, book.kept)
        else:
            desk.say_left(result, kept=book.kept)
    finally:
        if history is not None:
            history.close()
    return Sat(code or (EXIT_PASSED if result.passed else EXIT_NOT_PASSED), record)


class _Book:
    """Keep one sitting in the history, as far as there is one: a full disk must not end a quiz."""

    def __init__(self, sitting: Sitting, history: Attempts | None, attempt: int | None, started: datetime) -> None:
        self.sitting = sitting
        self.started = started
        self._history = history
        self._attempt = attempt

    @property
    def kept(self) -> bool:
        """Say whether the sitting can be gone on with."""
        return self._history is not None and self._attempt is not None

    def save(self) -> None:
        """Keep what there is to remember."""
        self._try(lambda history, attempt: history.save(attempt, {**saved(self.sitting), "owner": _this_process()}))

    def leave(self) -> None:
        """Keep it for somebody else to go on with; the clock stands until then."""
        self._try(lambda history, attempt: history.save(attempt, {**saved(self.sitting), "owner": None}))

    def finish(self, record: dict[str, Any]) -> None:
        """Keep the result."""
        score = record["score"]
        self._try(
            lambda history, attempt: history.finish(
                attempt, record, passed=record["passed"], earned=score["earned"], possible=score["possible"]
            )
        )

    def _try(self, write: Callable[[Attempts, int], None]) -> None:
        if self._history is not None and self._attempt is not None:
            try:
                write(self._history, self._attempt)
            except CheckpointError:
                self._attempt = None  # told at the end, when nobody is in the middle of an answer


def _begin(quiz: Quiz, history: Attempts | None, wish: Wish, course: Checkpoint | None) -> _Book | None:
    """Begin a sitting; None if nothing has been missed."""
    seed = random.SystemRandom().randrange(2**32) if wish.seed is None else wish.seed
    terms = Terms(seed, wish.exam, wish.untimed, wish.time_scale or 1.0, wish.count, wish.missed)
    paper = drawn(quiz, seed, count=wish.count, among=_missed(quiz, history) if wish.missed else None)
    if wish.exam:
        paper = tuple(slot for slot in paper if slot.question.scored)
    if not paper:
        if wish.missed:
            return None
        raise CheckpointError("an exam has scored questions only, and this quiz has none", help="leave --exam out")
    sitting = Sitting(quiz, paper, terms, SystemClock())
    attempt = None
    if history is not None:
        under_way = {**saved(sitting), "owner": _this_process()}
        attempt = history.begin("quiz", quiz.sha256, under_way, course.id if course else None)
    return _Book(sitting, history, attempt, datetime.now(UTC))


def _resume(quiz: Quiz, history: Attempts | None) -> _Book:
    """Go on with the latest sitting of this quiz that was broken off."""
    if history is None:
        raise CheckpointError("without a history there is no sitting to go on with", help="begin anew: checkpoint quiz")
    attempt = _left(quiz, history)
    if attempt is None:
        raise CheckpointError("there is no sitting of this quiz to go on with", help="begin one: checkpoint quiz")
    owner = attempt.record.get("owner")
    if owner is not None and _is_running(owner):
        raise CheckpointError(
            f"this sitting is running already, in process {owner[1]}",
            help="go on there, or begin anew without --resume",
        )
    away = _away(attempt)
    sitting = resumed(attempt.record, quiz, SystemClock(), unseen=away if owner is not None else 0.0)
    sitting.interrupted("resumed", away)
    return _Book(sitting, history, attempt.id, attempt.started)


def _away(attempt: Attempt) -> float:
    """Return the seconds since an attempt was last saved, by the wall clock."""
    try:
        then = datetime.fromisoformat(attempt.record["saved"])
        return max((datetime.now(UTC) - then).total_seconds(), 0.0)
    except (KeyError, TypeError, ValueError):  # never saved since it was begun
        return max((datetime.now(UTC) - attempt.started).total_seconds(), 0.0)


def _this_process() -> list[object]:
    """Return what tells this process from others, also of another machine with the same home."""
    return [platform.node(), os.getpid()]


def _is_running(owner: object) -> bool:
    """Say whether the process that plays a sitting is there; False where that cannot be told without harm."""
    node, pid = owner if isinstance(owner, list) and len(owner) == 2 else (None, None)
    if os.name != "posix" or node != platform.node() or type(pid) is not int or not 0 < pid < 2**31:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _left(quiz: Quiz, history: Attempts) -> Attempt | None:
    """Return the latest sitting that was left: of this quiz, else of an earlier state of it."""
    attempts = list(history.unfinished("quiz"))
    same = (attempt for attempt in attempts if attempt.subject == quiz.sha256)
    earlier = (attempt for attempt in attempts if attempt.record.get("title") == quiz.title)
    return next(same, None) or next(earlier, None)


def _missed(quiz: Quiz, history: Attempts | None) -> set[int]:
    """Return the numbers of the questions that were not right when they were last asked."""
    if history is None:
        raise CheckpointError("without a history nobody knows what was missed", help="begin anew: checkpoint quiz")
    latest: dict[str, str] = {}
    try:
        for attempt in history.finished("quiz"):
            for one in attempt.record["questions"]:
                if one["status"] != "not_reached":
                    latest.setdefault(one["id"], one["status"])
    except (KeyError, TypeError) as error:
        raise history.nonsense(error) from None
    if not any(question.id in latest for question in quiz.questions):
        raise CheckpointError("this quiz has not been gone through yet", help="begin with: checkpoint quiz")
    return {question.number for question in quiz.questions if latest.get(question.id) in WEAK}


def _history(desk: _Desk) -> Attempts | None:
    """Open the history; a quiz can do without, and in CI it has none: nobody goes on there."""
    if courses.in_ci():
        return None
    try:
        return Attempts(place())
    except CheckpointError as error:
        desk.say(f"Note: {error.message} ({error.where}). This sitting is not kept; {error.help}.")
        return None


class _Desk:
    """Be where the learner sits: a terminal that can be drawn on, or lines."""

    def __init__(self, out: TextIO, file: Path, *, plain: bool) -> None:
        if sys.stdin is None:
            raise CheckpointError("there is no standard input to read answers from", help="--answers FILE marks a file")
        self._out = out
        self._file = file
        reconfigure = getattr(out, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
        self._plain = plain or not _drawable(out)
        self._width = shutil.get_terminal_size().columns if out.isatty() else None

    def play(self, sitting: Sitting, save: Callable[[], None]) -> None:
        """Play until the sitting is over; raises Left if the learner leaves."""
        if self._plain:
            from checkpoint.quiz.lines import Lines
            from checkpoint.quiz.plain import Plain

            with _left_by_signal():
                Plain(sitting, Lines(sys.stdin), self._out, SystemClock(), save, self._width).play()
        else:
            from checkpoint.quiz.screen import play as screen

            screen.play(sitting, save, out=self._out, color=output.color(self._out), unicode=output.unicode(self._out))

    def close(self, result: Result, kept: bool) -> None:
        """Show the closing page."""
        pieces = [*words.closing(result), words.GAP]
        if kept and any(one.status in WEAK for one in result.answered):
            pieces.append(words.Piece(self._command("--missed"), lead="Once more what went wrong: "))
        if not kept:
            pieces.append(words.Piece(_unkept("This sitting")))
        self._show(pieces)

    def say_left(self, result: Result, *, kept: bool) -> None:
        """Say where the sitting stands, and how to go on with it."""
        scored = [one for one in result.answered if one.slot.question.scored] or result.answered
        done = len([one for one in scored if one.status != "not_reached"])
        how = f"Go on with: {self._command('--resume')}" if kept else _unkept("It")
        # Where ^C stands behind the prompt, a new line comes first.
        gap = [words.GAP] if self._plain else []
        self._show([*gap, words.Piece(f"Left after {done} of {len(scored)}. {how}")])

    def say(self, text: str) -> None:
        """Say a sentence."""
        self._show([words.Piece(text)])

    def _command(self, option: str) -> str:
        file = str(self._file)
        return shlex.join(["checkpoint", "quiz", f"./{file}" if file.startswith("-") else file, option])

    def _show(self, pieces: list[words.Piece]) -> None:
        """Show something; if nobody is there to see it any more, what was answered counts all the same."""
        try:
            if self._plain:
                from checkpoint.quiz.plain import show

                show(pieces, self._out, self._width)
            else:
                from checkpoint.quiz.screen import play as screen

                screen.show(pieces, out=self._out, color=output.color(self._out), unicode=output.unicode(self._out))
        except OSError:
            output.forget(self._out)


def _unkept(what: str) -> str:
    return "In CI no sitting is kept." if courses.in_ci() else f"{what} could not be kept in the history."


def _drawable(out: TextIO) -> bool:
    """Say whether keys can be read and lines rewritten, and nobody has asked for plain lines."""
    accessible = os.environ.get("ACCESSIBLE", "").lower() not in ("", "0", "false")
    dumb = os.environ.get("TERM", "" if os.name == "posix" else "windows") in ("", "dumb")
    return sys.stdin.isatty() and out.isatty() and not accessible and not dumb


@contextmanager
def _left_by_signal() -> Iterator[None]:
    """Let a closed terminal and `kill` do what Ctrl-C does: keep the sitting, and say how to go on."""

    def leave(*_: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = [(name, signal.signal(getattr(signal, name), leave)) for name in names]
    try:
        yield
    finally:
        for name, handler in before:
            signal.signal(getattr(signal, name), handler)
