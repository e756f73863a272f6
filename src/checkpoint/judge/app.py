"""Show an app behind the wall to a check as if it were here: with Flask's own test client (see `client`).

`App` is what the `learner` and `solution` fixtures are.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from checkpoint.errors import GradingError
from checkpoint.judge import blame, carried, provenance
from checkpoint.judge.answers import Answer
from checkpoint.judge.api import Failure
from checkpoint.judge.client import Client, Remote, texts
from checkpoint.judge.page import Page, Seen, in_words
from checkpoint.judge.source import Source
from checkpoint.worker.launch import WorkerEnded

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from checkpoint.judge.answers import Answers, Due, Question
    from checkpoint.model import Limits, Submission
    from checkpoint.worker.launch import Launcher, Worker

# Sent before the first answer is read. More could fill what lies between us and the app's process, while that has an
# answer for us that does not fit in either.
AHEAD_CHARS = 32 * 1024
AHEAD_REQUESTS = 32  # each of which takes more room on its way than its characters
AHEAD_SHARE = 0.25  # of the time for one request, that the solution may take for what it is asked ahead
PACE_LEFT = 0.9  # of how slow it has been, after each answer that was faster
COOKIES_CHARS = 16 * 1024  # in one request; servers refuse more, most of them half as much


class SolutionBroke(GradingError):
    """The reference itself did not answer: a fault of the checkpoint's, not of the learner's."""


class _Sent(NamedTuple):
    """Hold a request that has been sent and not been answered yet; its answer is that to `due`, if that is kept."""

    plain: dict[str, str]
    probe: dict[str, Any] | None
    due: Due | None = None
    at: float = 0.0


class App:
    """An app in its worker. `role` is "learner" or "solution".

    Starting and loading begin at once and go on while the judge does other things; the first request waits
    for them. After a crash or time-out the next check gets a new worker. What is in `answers` need not be asked again.
    """

    def __init__(
        self, role: str, submission: Submission, launcher: Launcher, limits: Limits, answers: Answers | None = None
    ) -> None:
        self.role = role
        self.submission = submission
        self._launcher = launcher
        self._limits = limits
        self._answers = answers
        self._deadline = float("inf")
        self._worker: Worker | None = None
        self._facts: dict[str, Any] | None = None  # what the worker has read in the sources before it loaded them
        self._ordered = False  # whether the worker has been told to load them
        self._loaded: dict[str, Any] | None = None
        self.broken: Failure | None = None  # why the app cannot be loaded, once that is known
        self.replaced: set[str] = set()  # what the app has put its own in place of, so that no report can be relied on
        self._ahead: deque[_Sent] = deque()
        self._lost: tuple[WorkerEnded, str] | None = None  # how a worker ended among several requests, what it printed
        self._pace = 0.0  # seconds that it takes for an answer at its slowest, as far as that was lately
        self._printed: list[str] = []
        self.load_output = ""
        self.source = Source(submission, self._read_facts)
        self._begin(read=role == "learner")

    def begin(self, seconds: float) -> None:
        """Begin a run: the learner's app is loaded, and has so many seconds from now for all that it is asked in it."""
        if self.role == "learner":
            self._deadline = time.monotonic() + seconds
            self.load()
        if self._answers is not None:
            self._answers.begin()
            if self._loaded is not None and not self._ahead:  # else nobody waits for it, or that is still to come
                most = int(AHEAD_SHARE * self._limits.request_seconds / self._pace) if self._pace else 0
                self._send_due(self._answers.likely()[:most])

    def load(self) -> None:
        """Tell the worker to load the app, if it has not been told; it does so while we go on.

        The sources are with it already: a long answer to the order before would keep it from taking them now.
        """
        if self._worker is None or self._ordered:
            return
        self._ordered = True
        with contextlib.suppress(WorkerEnded):  # the next receive tells
            self._worker.send({"verb": "load", "main": self.submission.main, "files": []})

    def client(self, **options: Any) -> Client:
        """Return a new Flask test client with a cookie jar of its own: another browser."""
        __tracebackhide__ = True
        self._load()
        client = self._flask.test_client(**options)
        assert isinstance(client, Client)  # noqa: S101 - the class is set below
        return client

    @property
    def _visitor(self) -> Client:
        """Return a client that is a new visitor at each request: it keeps no cookies."""
        __tracebackhide__ = True
        self._load()
        return self._forgetful

    @cached_property
    def _forgetful(self) -> Client:
        return self.client(use_cookies=False)

    def get(self, path: str = "/", **options: Any) -> Page:
        """Ask once as a new visitor."""
        __tracebackhide__ = True
        browser = self.client() if options.get("follow_redirects") else self._visitor
        page = browser.get(path, **options)
        assert isinstance(page, Page)  # noqa: S101 - the class is set below
        return page

    def ask_all(self, *requests: tuple[str, str]) -> list[Page]:
        """Ask each of these, a method and a path, as another new visitor; return the pages in this order.

        None waits for the answer to the one before, so this takes less time than asking one by one.
        """
        __tracebackhide__ = True
        browser = self._visitor
        questions = [browser.plain(path, method=method) for method, path in requests]
        self._lost = None
        if self._answers is None:
            self._printed.append(self._load().output())  # and not by these requests
            self._send_ahead([_Sent(plain, None) for plain in questions])
        else:
            self._gather(self._answers)
            self._send_due(self._answers.missing(_question(plain) for plain in questions))
        try:
            pages = [browser.open(path, method=method) for method, path in requests]
        finally:
            self._catch_up()
        for number, (request, page) in enumerate(zip(requests, pages, strict=True)):
            page.again = requests[:number].count(request)
        if self._lost is not None:  # and asked one by one, none of them did it: that acquits nobody
            ended, printed = self._lost
            self._printed.append(printed)
            doing = f"{len(requests)} requests in a row, of which the first was {requests[0][0]} {requests[0][1]}"
            self.fail(blame.worker_failure(ended, doing, self))
        return pages

    def observe(self, path: str, orders: Sequence[dict[str, Any]]) -> list[Answer]:
        """Ask for one page once for each of these orders to the probe, as another new visitor each time.

        Answers to observed requests have no body.
        """
        plain = self._visitor.plain(path)
        if self._answers is not None:
            self._gather(self._answers)
        self._send_ahead([_Sent(plain, order) for order in orders])
        try:
            return [self._ask(plain, order, b"") for order in orders]
        finally:
            self._catch_up()

    def fresh(self) -> App:
        """Go on with a new worker, in which nothing has happened yet."""
        self._read_facts()  # which this worker alone tells
        self._discard()
        if self._answers is not None:
            self._answers.forget()
        self.broken = None
        self._begin()
        return self

    def trace_header(self, name: str, rng: random.Random, path: str = "/") -> provenance.Trace:
        """Find out where the value of a response header comes from (see `provenance`)."""
        return provenance.trace_header(self, name, rng, path)

    @property
    def routes(self) -> list[tuple[str, str, list[str]]]:
        """Return what the app's process says its routes are: (rule, endpoint, methods)."""
        self._load()
        found = []
        told = (self._loaded or {}).get("routes")
        for entry in told if isinstance(told, list) else ():
            match entry:
                case [str(rule), str(endpoint), [*methods]]:
                    found.append((rule, endpoint, [m for m in methods if isinstance(m, str)]))
        return found

    def printed(self) -> str:
        """Return what the app has printed since the last call; `load_output` has what it printed before."""
        if self._worker is not None and self._loaded is not None:
            self._printed.append(self._worker.output())
        text, self._printed = "".join(self._printed), []
        return text

    def unread(self, text: str) -> None:
        """Have the next call of `printed` return this, too, before what else comes."""
        self._printed.insert(0, text)

    def close(self) -> None:
        """End the worker."""
        self._discard()

    def request(self, environ: dict[str, Any], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Carry one WSGI request over the wall; put what else was told into `environ`.

        Raises Failure when the learner's app does not answer, SolutionBroke when the solution does not.
        """
        __tracebackhide__ = True
        plain = texts(environ)
        known = self._ask(plain, None, body) if self._answers is None else self._answered(self._answers, plain, body)
        environ["checkpoint.answer"].update(known.told)
        return known.code, known.headers, known.body

    def _answered(self, answers: Answers, plain: dict[str, str], body: bytes) -> Answer:
        """Return the answer to a request, which may be one that was given before."""
        __tracebackhide__ = True
        question = _question(plain, body)
        known = answers.recall(question)
        while known is None and self._ahead:
            self._take(answers)
            known = answers.last(question)
        if known is None:
            self._load()
            started = time.monotonic()
            known = self._ask(plain, None, body)
            self._pace = max(time.monotonic() - started, PACE_LEFT * self._pace)
            answers.keep(question, known)
        return known

    def _gather(self, answers: Answers) -> None:
        """Take all answers to what was asked ahead."""
        while self._ahead:
            self._take(answers)

    def _take(self, answers: Answers) -> None:
        """Take the next answer to what was asked ahead."""
        sent = self._ahead[0]
        answer = self._ask(sent.plain, sent.probe, b"")
        if sent.due is not None:
            answers.keep_due(sent.due, answer, sent.at)

    def _ask(self, plain: dict[str, str], probe: dict[str, Any] | None, body: bytes) -> Answer:
        """Carry one request over the wall."""
        __tracebackhide__ = True
        worker = self._load()
        asked = in_words(plain)
        if len(plain.get("HTTP_COOKIE", "")) > COOKIES_CHARS:
            self.fail(blame.too_many_cookies(asked, COOKIES_CHARS, self))
        if self._ahead and self._ahead[0][:2] != (plain, probe):
            self._catch_up()
        try:
            if not self._ahead:
                self._send(worker, plain, probe, body)
            requests = 2 if (probe or {}).get("overtake") else 1  # one inside the other
            frame = worker.receive(("response", "raised"), self._seconds(requests * self._limits.request_seconds))
        except WorkerEnded as ended:
            one_of_many = len(self._ahead) > 1 and probe is None and self.role == "learner"
            if one_of_many and time.monotonic() < self._deadline:
                # Nobody knows at which of them it ended: ask this one alone, and so each after it.
                self._lost = ended, worker.output()
                self._begin_again(worker)
                return self._ask(plain, None, body)
            self._begin_again(worker)
            self._lost = None  # for this is what it was
            self.fail(blame.worker_failure(ended, f"the request {asked}", self))
        if self._ahead:
            self._ahead.popleft()
        told = carried.told(frame.header)
        self.replaced.update(Seen(told["seen"]).names("replaced"))
        if told["verb"] == "raised":
            return Answer(500, [("Content-Type", "text/plain; charset=utf-8")], b"", told)
        try:
            code, headers, content = carried.response(frame.header, frame.body, self._limits.body_bytes)
        except carried.NoResponse as why:
            self.fail(blame.broken_answer(str(why), asked))
        # Of an observed request only the headers matter, and all answers are kept until they can be compared.
        return Answer(code, headers, b"" if probe else content, told)

    def _send(self, worker: Worker, plain: dict[str, str], probe: dict[str, Any] | None, body: bytes = b"") -> None:
        header = {"verb": "request", "environ": plain, "probe": probe, "body_bytes": self._limits.body_bytes}
        worker.send(header, body)

    def _send_ahead(self, requests: list[_Sent]) -> None:
        """Send the first of these requests, without bodies; `_ask`, asked the same in this order, reads the answers."""
        worker, room = self._load(), AHEAD_CHARS
        with contextlib.suppress(WorkerEnded):  # the next receive tells
            for request in requests:
                room -= sum(map(len, request.plain.values()))
                if room < 0 or len(self._ahead) >= AHEAD_REQUESTS:
                    break
                self._ahead.append(request)
                self._send(worker, request.plain, request.probe)

    def _send_due(self, due: list[Due]) -> None:
        """Send ahead what there is no answer to; `_answered` keeps what comes."""
        if due and self._answers is not None:
            now = self._answers.clock()
            self._send_ahead([_Sent(dict(one.question[0]), None, one, now) for one in due if not one.question[1]])

    def _catch_up(self) -> None:
        """Take the answers that nobody has asked for, after a failure in one before."""
        while self._ahead and self._worker is not None and self._answers is None:  # else they can still be of use
            self._ahead.popleft()
            try:
                self._worker.receive(("response", "raised"), self._seconds(self._limits.request_seconds))
            except WorkerEnded:
                self._begin_again(self._worker)

    def refuse(self, detail: str) -> NoReturn:
        """Fail because an answer could not be read."""
        __tracebackhide__ = True
        self.fail(blame.broken_answer(detail, "the request"))

    def _begin(self, *, read: bool = False) -> None:
        """Start a worker and tell it to load, or to `read` the sources before that; it does so while we go on."""
        self._loaded = None
        self._worker = self._launcher.worker(self._limits)
        self._ordered = not read
        header, body = self._packed()
        with contextlib.suppress(WorkerEnded):  # the next receive tells
            self._worker.send({"verb": "facts" if read else "load", "main": self.submission.main, **header}, body)

    def _begin_again(self, ended: Worker) -> None:
        """Go on with a new worker after one that has ended."""
        self._printed.append(ended.output())
        self._discard()
        self._begin()

    def _packed(self) -> tuple[dict[str, Any], bytes]:
        files = self.submission.files
        return {"files": [[name, len(content)] for name, content in files.items()]}, b"".join(files.values())

    def _load(self) -> Worker:
        """Return the worker, once it has loaded the app; raise what came of it if it has not."""
        __tracebackhide__ = True
        if self.broken is None and self.role == "learner" and time.monotonic() > self._deadline:
            words = f"All checks together have {self._limits.run_seconds:g} s, and these were used up before this one."
            self.broken = Failure(words, cause="timed_out")
        if self.broken is not None:
            raise self.broken
        if self._worker is None:
            self._begin()
        assert self._worker is not None  # noqa: S101 - for the type checker
        if self._loaded is not None:
            return self._worker
        self._read_facts()
        self.load()
        try:
            frame = self._worker.receive(("loaded", "failed"), self._seconds(self._limits.load_seconds))
        except WorkerEnded as ended:
            self.broken = blame.worker_failure(ended, "being loaded", self)
        else:
            if frame.header["verb"] == "loaded":
                self._loaded = frame.header
            else:
                error = frame.header.get("error")
                self.broken = blame.load_failure(error if isinstance(error, dict) else {}, self)
        printed = self._worker.output()
        self.load_output = self.load_output or printed
        if self.broken is not None:
            self._discard()
            self.fail(self.broken)
        return self._worker

    def fail(self, failure: Failure) -> NoReturn:
        """Raise a failure of this app's."""
        __tracebackhide__ = True
        raise self.failed(failure)

    def failed(self, failure: Failure) -> Failure | SolutionBroke:
        """Return whose a failure of this app's is: the learner's, or, if this is the solution, ours."""
        if self.role == "learner":
            return failure
        return SolutionBroke(f"the solution does not work: {failure.message}")

    def _seconds(self, limit: float) -> float:
        """Return how long the next answer may take; the learner's within what is left of the whole run."""
        if self.role != "learner":
            return limit
        return max(0.05, min(limit, self._deadline - time.monotonic()))

    def _discard(self) -> None:
        self._ahead.clear()
        if self._worker is not None:
            self._worker.discard(wait=False)
            self._worker = None

    def _read_facts(self) -> dict[str, Any]:
        """Return what the worker found in the sources before any of them was run; nothing, if it did not survive them.

        That comes before the app can say a word, and is numbered and sealed, so the app has no part in it.
        """
        if self._facts is not None:
            return self._facts
        self._facts = {
            "broken": {}, "functions": [], "classes": [], "mentions": {}, "imports": [], "uses": [],
            "reaches": [["sources that cannot be read", self.submission.main, 1]], "runs": [], "shares": [],
        }  # fmt: skip
        if self.role == "learner" and self._worker is not None:
            try:
                self._facts = self._worker.receive(("facts",), self._seconds(self._limits.load_seconds)).header["facts"]
            except WorkerEnded:
                self._discard()
                self._begin()
        return self._facts

    @cached_property
    def _flask(self) -> Remote:
        return Remote(self)


def _question(plain: dict[str, str], body: bytes = b"") -> Question:
    return tuple(plain.items()), body
