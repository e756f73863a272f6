"""Find out where the value of a response header comes from.

The probe swaps what lies on g just before the after_request functions run (`worker.exchange`), with two sets
of values, P and Q. A header that is a function of g repeats with P and differs with Q. The runs are ordered so that
what merely changes with time, or goes round in a circle, does not repeat as P and Q do (see ROUND). If g does not
explain the header, the session and the request are swapped in the same way, and a second request is let
through in the middle of one, so that the learner can be told where the value comes from instead.
The header itself is always read from the response; only the words rest on what the probe tells.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from checkpoint.judge.api import Failure, Undecided
from checkpoint.judge.page import Seen

if TYPE_CHECKING:
    import random

    from checkpoint.judge.answers import Answer
    from checkpoint.judge.app import App
    from checkpoint.judge.source import Place

Origin = Literal[
    "g", "missing", "hard-coded", "made anew", "a global", "the session", "the request", "set in the view",
    "g set too late", "replaced", "unknown",
]  # fmt: skip

# What lies on g in one round of requests: 0 and 1 are P and Q, None is what the app put there.
ROUND = (None, 0, 1, 1, 0, 0, 1, None)
ROUNDS = 3  # while what was seen could be chance
SEEDS = 4
# Numbers that tell how long ago a clock was read, once it is moved back: by two weeks or six, and an hour or two.
NEAR = 1.1  # times as much tells another request, somewhat later
FAR = 1.7  # times as much tells another move; what a request takes of its own accord differs by less, or not so evenly
OVERTAKES = 4
PART_CHARS = 4  # of a part of a value that is more than a label
NAMES = 8
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?")


class Trace(NamedTuple):
    """The origin of a header's value, in words, and the learner's line that sets it."""

    header: str
    origin: Origin
    words: str
    at: Place | None

    def expect(self, origin: Origin) -> None:
        """Fail unless the value comes from `origin`; leave it to a person if that cannot be known."""
        __tracebackhide__ = True
        if self.origin == origin:
            return
        if self.origin == "unknown":
            raise Undecided(self.words, at=self.at)
        raise Failure(self.words, expected=f"a value from {origin}", actual=self.origin, at=self.at)


class Run(NamedTuple):
    """One observed request: the header's value (None if there was none or an error), and what was seen inside."""

    value: str | None
    seen: Seen


def trace_header(app: App, header: str, rng: random.Random, path: str = "/") -> Trace:
    """Return where the value of `header` comes from on the page at `path`.

    Raises Failure if the app crashes or hangs meanwhile.
    """
    return _Tracer(app, header, rng, path).trace()


class _Tracer:
    """Ask and conclude for one header."""

    def __init__(self, app: App, header: str, rng: random.Random, path: str) -> None:
        self._app, self._header, self._path = app, header, path
        self._rng = rng
        self._runs: list[Run] = []
        self._confirming: list[Run] = []  # a request, and two others that were given its g
        self._replaced: set[str] = set()

    def trace(self) -> Trace:
        """Follow the order of the module's docstring."""
        given: dict[str, Any] = {"exchange": "g", "natural": True}
        verdict = self._moves_with("g", {"capture": "g"}, given, given)  # all in one breath, for most apps are right
        if self._runs[0].value is None:
            return self._found("missing")
        if self._replaced:
            return self._found("replaced")
        if verdict == "yes":
            return self._confirmed()
        if not all(run.seen.flag("reached_after") for run in self._runs):
            return self._found("unknown", "the after_request functions were not reached in the usual way")
        verdict = self._try_harder(verdict)
        if verdict == "yes":
            return self._confirmed()
        other = self._other_origin(verdict)
        if other is not None:
            return self._found(other, "the request or the session itself lies on g")
        if verdict == "error":
            return self._found("unknown", "it works only with the very values that it put on g")
        if verdict == "fixed":
            return self._found("unknown", "what lies on g could not be exchanged for anything else")
        late = any(run.seen.names("late") for run in self._runs)
        return self._found("g set too late" if late else "made anew")

    def _confirmed(self) -> Trace:
        """Return that the value comes from g, unless it does so only while somebody exchanges what lies there.

        A request that is given another real request's g has to answer as that one did.
        """
        alike = _answers_alike(*(run.value for run in self._confirming))
        if not alike and not _has_clock(*self._runs, *self._confirming):
            return self._found("unknown", "it follows g when g is exchanged, and not otherwise")
        return self._found("g")

    def _try_harder(self, verdict: str) -> str:
        """Exchange in other ways until the header moves, or none is left; return the last word.

        Made-up values may all be the same to an app, or break it; then those of real requests, other
        seeds, other shapes, and one name at a time are tried.
        """
        names = self._names("exchanged")
        fixed = self._names("fixed")
        if not names and not fixed:
            return "no"
        timed = verdict == "unsteady" and _has_clock(*self._runs)
        for _attempt in range(SEEDS if timed else 0):  # one of the requests may have had to wait
            if self._moves_with("g") == "yes":
                return "yes"
        natural = self._moves_naturally("g")
        if natural == "yes":
            return "yes"
        if natural == "unsteady":  # though all of g was the same: it is no function of g, unless of what has no copy
            return "fixed" if fixed else "unsteady"
        for _attempt in range(SEEDS if verdict == "no" else 0):
            if self._moves_with("g") == "yes":
                return "yes"
        if self._moves_with("g", shape=True) == "yes":
            return "yes"
        for name in names[:NAMES] if len(names) > 1 else ():
            if self._moves_with("g", only=name) == "yes":
                return "yes"
        return "fixed" if fixed and verdict != "no" else verdict

    def _other_origin(self, verdict: str) -> Origin | None:
        """Return where the value comes from if not from g, as far as that shows."""
        [plain] = self._ask({})
        if plain.value in plain.seen.names("carried"):
            return "set in the view"
        for what, origin in _OTHERS.items():
            moves = self._moves_with(what)
            if moves == "yes" or (moves == "error" and self._moves_naturally(what) == "yes"):
                return "unknown" if what in self._names("holds") else origin
        values = {run.value for run in (*self._runs, plain) if run.value is not None}
        if len(values) == 1:
            return None if verdict in ("error", "fixed") else "hard-coded"
        seen: set[str] = set()
        while len(seen) < OVERTAKES:  # different values that are shared: a few could be equal by chance
            [outer] = self._ask({"overtake": True})
            if outer.value is None or outer.value in seen or outer.seen.names("header_inner") != [outer.value]:
                return None
            seen.add(outer.value)
        return "a global"

    def _moves_naturally(self, what: str) -> str:
        """Say the same of values that two other requests had."""
        verdict = "no"
        for _attempt in range(SEEDS):  # two requests may have had the same by chance
            self._ask(*({"capture": what, "turn": turn} for turn in (0, 1)))
            verdict = self._moves_with(what, natural=True)
            if verdict != "no":
                break
        return verdict

    def _moves_with(self, what: str, *behind: dict[str, Any], **how: Any) -> str:
        """Say whether the header is a function of what lies in `what`: yes, no, unsteady or error.

        "error" means that the app broke on other values, "unsteady" that it is no function of them. Orders that go
        `behind` the first round are for `_confirmed`.
        """
        order = {"exchange": what, "seed": self._rng.getrandbits(48), **how}
        orders = [{} if turn is None else {**order, "turn": turn} for turn in ROUND]
        runs: dict[int | None, list[Run]] = {None: [], 0: [], 1: []}
        verdict = "no"
        for number in range(ROUNDS):
            asked = self._ask(*orders, *(() if number else behind))
            for turn, run in zip(ROUND, asked, strict=False):
                runs[turn].append(run)
            self._confirming += asked[len(ROUND) :]
            plain, first, second = runs.values()
            verdict = _verdict(first, second, plain)
            if verdict != "yes" or _is_beyond_chance(first, second, plain):
                break
        self._runs += [run for part in runs.values() for run in part]
        return verdict

    def _names(self, key: str) -> list[str]:
        return list(dict.fromkeys(name for run in self._runs for name in run.seen.names(key)))

    def _ask(self, *orders: dict[str, Any]) -> list[Run]:
        """Send one request for each of these orders to the probe, each as a new visitor."""
        usual = {"header": self._header, "seed": 0, "turn": 0}
        return [self._run(answer) for answer in self._app.observe(self._path, [{**usual, **order} for order in orders])]

    def _run(self, answer: Answer) -> Run:
        seen = Seen(answer.told["seen"])
        self._replaced.update(seen.names("replaced"))
        values = [value for name, value in answer.headers if name.lower() == self._header.lower()]
        broke = answer.code >= 500 or not values
        return Run(None if broke else ", ".join(values), seen)

    def _found(self, origin: Origin, why: str = "") -> Trace:
        words = _WORDS[origin].format(header=self._header, why=why, names=", ".join(sorted(self._replaced)))
        source = self._app.source
        return Trace(self._header, origin, words, source.where(self._header))


def _has_clock(*runs: Run) -> bool:
    """Say whether a clock's reading was moved in any of these."""
    return any(run.seen.flag("clock") for run in runs)


def _verdict(first: list[Run], second: list[Run], plain: list[Run]) -> str:
    runs = [*first, *second]
    if any(run.value is None for run in runs):
        return "error"
    if not any(run.seen.names("exchanged") for run in runs):
        return "no"
    values = [[run.value for run in part if run.value is not None] for part in (first, second, plain)]
    if follows(*values, clock=_has_clock(*runs)):
        return "yes"
    return "no" if len({*values[0], *values[1]}) == 1 else "unsteady"


def follows(first: list[str], second: list[str], untouched: list[str], *, clock: bool) -> bool:
    """Say whether values repeat with P (`first`) and with Q (`second`), and P's differ from Q's.

    Both sets may lie on one side of a threshold: then the untouched runs must lie on the other. With a `clock` moved
    by weeks, numbers that differ by what passes between two requests count as the same. A value of which a part
    follows g, and another part is made anew, follows g too.
    """
    if len({*first}) == len({*second}) == 1:
        return first[0] != second[0] or first[0] not in untouched
    timed = clock and all(_times_apart(part[0], value) <= NEAR for part in (first, second) for value in part[1:])
    # The untouched runs tell nothing here: whatever the exchange does takes time, too.
    return (timed and _times_apart(first[0], second[0]) >= FAR) or _part_follows(first, second)


def _answers_alike(real: str | None, one: str | None, other: str | None) -> bool:
    """Say whether what two requests answered with the g of a third agrees with what that one did, in whole or part.

    Where one of them broke, because not all that lies on g can be copied, nothing speaks against it.
    """
    if real is None or one is None or other is None or real == one:
        return True
    if one == other:
        return False
    columns = zip(*(_parts(value) for value in (real, one, other)), strict=False)
    return any(len({*column}) == 1 and len(column[0]) >= PART_CHARS for column in columns)


def _parts(value: str) -> list[str]:
    return re.split(r"[^0-9A-Za-z]+", value)


def _is_beyond_chance(first: list[Run], second: list[Run], plain: list[Run]) -> bool:
    """Say whether values repeat to the letter, and untouched ones are so various that they would not by chance."""
    untouched = [run.value for run in plain]
    varies = any(len({run.value for run in part}) > 1 for part in (first, second))
    timed = varies and _has_clock(*first, *second)
    return not timed and len({*untouched, first[0].value, second[0].value}) == len(untouched) + 2


def _part_follows(first: list[str], second: list[str]) -> bool:
    """Say whether a part of the value, found by its place among separators, follows g."""
    split = [_parts(value) for value in (*first, *second)]
    if len({len(parts) for parts in split}) != 1:
        return False
    for column in zip(*split, strict=True):
        p, q = column[: len(first)], column[len(first) :]
        if len(set(p)) == len(set(q)) == 1 and p[0] != q[0] and min(len(p[0]), len(q[0])) >= PART_CHARS:
            return True
    return False


def _times_apart(one: str, other: str) -> float:
    """Return by what factor the numbers in two texts differ most; infinity if more than numbers differs."""
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return math.inf
    pairs = [(float(a), float(b)) for a, b in zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)]
    return max((max(a, b) / min(a, b) if min(a, b) else math.inf for a, b in pairs if a != b), default=1)


_OTHERS: dict[str, Origin] = {"session": "the session", "request": "the request"}
_KEEP = "Keep the id on g in a before_request hook, and let the header take it from there."
_WORDS: dict[Origin, str] = {
    "g": "`{header}` comes from g.",
    "missing": "There is no `{header}` header on the response.",
    "hard-coded": "`{header}` has the same value on every request, whatever lies on g: it is hard-coded. "
    "Let the header take the value that your before_request hook put on g.",
    "made anew": "`{header}` does not follow what lies on g: its value is made anew for the header, or gets there by "
    "another way, so it is not the one that a hook put on g before. Let the header take that one.",
    "a global": "`{header}` comes from a variable that all requests share: when a second request came in between, "
    f"the first one got its id. {_KEEP}",
    "the session": f"`{{header}}` comes from the session, not from g. {_KEEP} (The session is for what a visitor "
    "keeps from one request to the next; g is for one request.)",
    "the request": f"`{{header}}` comes from the request, not from g. {_KEEP}",
    "set in the view": "`{header}` was on the response already when the view returned it, and no after_request hook "
    "took it from g. Set the header in the after_request hook, from g.",
    "g set too late": "The value of `{header}` is put on g only after the view, in the after_request hook itself. "
    "Put it on g in a before_request hook, and only read it here.",
    "replaced": "While it answers a request, the app replaces Flask's own methods on its app object ({names}). Then "
    "nobody can tell where `{header}` comes from. Take that out.",
    "unknown": "Whether `{header}` comes from g could not be found out: {why}. A person has to look. It can be checked "
    'when the header is simply a value from g, for example response.headers["{header}"] = g.request_id.',
}
