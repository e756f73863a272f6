"""Swap values for others of the same type and shape.

To learn whether a header is a function of what lies on g, the judge has two different sets of values put
there, P and Q, and P once more. So the new values must depend on the seed, the set (`turn`) and the value's
place only, not on the value that was there, which an honest app makes anew for each request: what has
been made for a place once is kept and used again. P and Q differ in every place that has room for two.

Anything that looks like a clock's reading is moved back by weeks, so far that time passing between two
requests cannot explain what the header does.
"""

from __future__ import annotations

import collections
import copy
import datetime as dt
import decimal
import enum
import fractions
import functools
import logging
import math
import pathlib
import random
import string
import time
import types
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH = 6
NODES = 2000
CLOCK_SECONDS = 600  # how near to a clock's reading a number must lie to be taken for one
# Weeks, and half a minute more: elapsed times then have seconds that do not roll over between runs.
SHIFTS_SECONDS = (14 * 86_400 + 3_600 + 90, 45 * 86_400 + 7_200 + 150)

INERT = (
    type(None), type, types.ModuleType, types.BuiltinFunctionType, type(Ellipsis), type(NotImplemented),
)  # fmt: skip
FIXED = object()


@dataclass(slots=True)
class Done:
    """Tell what a swap did: names swapped, names that could not be, whether a clock was moved."""

    exchanged: list[str] = field(default_factory=list)
    fixed: list[str] = field(default_factory=list)
    clock: bool = False
    undo: Callable[[], None] = lambda: None


class Exchange:
    """Make values and remember them, so that a place gets the same one again."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int, int, bool], dict[str, Any]] = {}
        self._captured: dict[tuple[str, int], dict[str, Any]] = {}

    def capture(self, target: dict[str, Any], what: str, turn: int) -> None:
        """Keep what a real request had in `what`, to be put in place of another's (`natural` in `swap`).

        What cannot be copied is taken away, so that this request cannot use it up.
        """
        kept = self._captured[what, turn] = {}
        for name, value in list(target.items()):
            if _is_machinery(value):
                continue
            try:
                kept[name] = copy.deepcopy(value)
            except Exception:
                kept[name] = value
                del target[name]

    def swap(
        self, target: Any, what: str, seed: int, turn: int, *,
        only: str | None = None, shape: bool = False, natural: bool = False,
    ) -> Done:  # fmt: skip
        """Replace the values of a dict in place; `Done.undo` puts back what still lies where we put it.

        `only` limits it to one name; `shape` changes sizes, dict keys and set members too; `natural` uses what
        was captured instead of making values.
        """
        done = Done()
        captured = self._captured.get((what, turn), {})
        memory = self._made.setdefault((what, seed, turn, shape), {})
        changes: list[tuple[str, Any, Any]] = []
        for name in list(target):
            if only is not None and name != only:
                continue
            value = target[name]
            maker = _Maker(memory, f"{what}:{seed}:{name}", turn, shape)
            if not natural:
                new = maker.make(value, str(name))
            elif name in captured:
                new, maker.changed, maker.clock = _copied(captured[name]), True, _is_clock(value)
            else:
                continue
            if maker.fixed:
                done.fixed.append(str(name)[:80])
            if not maker.changed:
                continue
            try:
                target[name] = new
            except Exception:
                done.fixed.append(str(name)[:80])
                continue
            changes.append((name, value, new))
            done.exchanged.append(str(name)[:80])
            done.clock = done.clock or maker.clock
        done.undo = functools.partial(_undo, target, changes)
        return done


def _copied(value: Any) -> Any:
    """Return a copy where there is one: using it must not change the next run."""
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def _undo(target: Any, changes: list[tuple[str, Any, Any]]) -> None:
    for name, old, new in changes:
        if target.get(name) is new:
            target[name] = old


def _is_machinery(value: Any) -> bool:
    """Say whether something is part of how Flask and Python work rather than a value."""
    if isinstance(value, INERT):
        return True
    if isinstance(value, logging.Logger | logging.Handler):
        return True
    package, _dot, rest = type(value).__module__.partition(".")
    return package in ("flask", "jinja2", "threading") or (
        package == "werkzeug" and not rest.startswith("datastructures")
    )


class _Maker:
    """Make the value for one name and all that hangs below it."""

    def __init__(self, memory: dict[str, Any], seed: str, turn: int, shape: bool) -> None:
        self._memory = memory
        self._rng = random.Random(seed)  # noqa: S311 - not for secrets
        self._turn = turn
        self._shape = shape
        self._seen: dict[int, Any] = {}
        self._nodes = 0
        self.changed = False
        self.fixed = False
        self.clock = False

    def make(self, value: Any, place: str, depth: int = 0) -> Any:
        """Return the other value for `value` at `place`; the same object where there is none."""
        self._nodes += 1
        if _is_machinery(value):
            return value
        if id(value) in self._seen:
            return self._seen[id(value)]
        if depth > DEPTH or self._nodes > NODES:
            self.fixed = True
            return value
        kept = self._memory.get(place)
        if kept is not None and kept[0] is type(value):
            # Clocks move together or not at all: noting it again tells the judge how to compare.
            self.changed, self.clock = True, self.clock or kept[2]
            return kept[1]
        new, is_leaf, clock = self._leaf(value)
        if is_leaf:
            if new is FIXED:
                self.fixed = True
                return value
            self.changed, self.clock = True, self.clock or clock
            self._memory[place] = (type(value), new, clock)
            return new
        return self._container(value, place, depth)

    def _leaf(self, value: Any) -> tuple[Any, bool, bool]:
        """Return (new value or FIXED, whether it is a leaf at all, whether it is a clock's reading)."""
        rng, turn = self._rng, self._turn
        pair = _pair(value, rng)
        if pair is None:
            return None, False, False
        if pair is FIXED:
            return FIXED, True, False
        if self._shape and type(value) in (str, bytes):
            return pair[turn] + pair[turn][:1] * (turn + 1), True, False
        return pair[turn], True, _is_clock(value)

    def _container(self, value: Any, place: str, depth: int) -> Any:
        step = depth + 1
        kind = type(value)
        if isinstance(value, dict):
            return self._dict(value, place, step)
        if isinstance(value, tuple):
            if hasattr(value, "_make"):
                return value._make(self._items(value, place, step))
            return kind(self._sized(self._items(value, place, step)))
        if isinstance(value, list | collections.deque | bytearray):
            if isinstance(value, bytearray):
                return kind(self.make(bytes(value), f"{place}.bytes", step))
            return self._refill(value, lambda new: new.extend(self._sized(self._items(value, place, step))))
        if isinstance(value, set | frozenset):
            # Sets have no order to go by: their members' places are their ranks.
            try:
                members = sorted(value, key=lambda item: (type(item).__name__, item))
            except TypeError:
                self.fixed = True
                return value
            return kind(self._sized(self._items(members, place, step)))
        if isinstance(value, functools.partial):
            arguments = tuple(self._items(value.args, f"{place}.args", step))
            keywords = self.make(dict(value.keywords), f"{place}.keywords", step)
            return kind(self.make(value.func, f"{place}.func", step), *arguments, **keywords)
        if isinstance(value, types.MethodType):
            return types.MethodType(value.__func__, self.make(value.__self__, f"{place}.self", step))
        if isinstance(value, types.FunctionType):
            return self._function(value, place, step)
        return self._object(value, place, step)

    def _items(self, items: Any, place: str, step: int) -> list[Any]:
        return [self.make(item, f"{place}.{i}", step) for i, item in enumerate(items)]

    def _sized(self, items: list[Any]) -> list[Any]:
        """Let a container grow, by one item or by two, when its shape is to change too."""
        if not self._shape:
            return items
        self.changed = True
        return [*items, *("more", "still more")[: self._turn + 1]]

    def _refill(self, value: Any, fill: Callable[[Any], object]) -> Any:
        try:
            new = copy.copy(value)
            new.clear()
        except Exception:
            self.fixed = True
            return value
        self._seen[id(value)] = new
        fill(new)
        return new

    def _dict(self, value: dict[Any, Any], place: str, step: int) -> Any:
        def fill(new: Any) -> None:
            # dict's own methods: subclasses such as MultiDict give their items another face.
            for rank, (key, item) in enumerate(dict.items(value)):
                if self._shape:
                    new_key = self.make(key, f"{place}.key{rank}", step)
                    dict.__setitem__(new, new_key, self.make(item, f"{place}.{rank}", step))
                else:
                    dict.__setitem__(new, key, self.make(item, f"{place}.{key!r:.80}", step))

        return self._refill(value, fill)

    def _function(self, value: types.FunctionType, place: str, step: int) -> Any:
        before = self.changed
        self.changed = False
        cells = []
        for i, cell in enumerate(value.__closure__ or ()):
            try:
                cells.append(types.CellType(self.make(cell.cell_contents, f"{place}.cell{i}", step)))
            except ValueError:  # an empty cell
                cells.append(cell)
        defaults = tuple(self._items(value.__defaults__ or (), f"{place}.default", step)) or None
        self.changed = self.changed or before
        kept = self._memory.get(place)
        if not value.__closure__ and not value.__defaults__ and kept is not None:
            return kept[1]
        # Even one that holds nothing gets a twin: whoever forgot to call it shows where it lies in memory.
        self.changed = True
        new = types.FunctionType(
            value.__code__, value.__globals__, value.__name__, defaults, tuple(cells) or None
        )
        new.__kwdefaults__ = value.__kwdefaults__
        new.__dict__.update(value.__dict__)
        self._memory[place] = (types.FunctionType, new, False)
        return new

    def _object(self, value: Any, place: str, step: int) -> Any:
        """Exchange what an object holds: its `__dict__` and its slots."""
        kind = type(value)
        slots = [
            name
            for base in kind.__mro__
            for name in ([base.__slots__] if isinstance(vars(base).get("__slots__"), str) else vars(base).get("__slots__", ()))
            if isinstance(vars(base).get(name), types.MemberDescriptorType)
        ]  # fmt: skip
        contents = getattr(value, "__dict__", None)
        if not isinstance(contents, dict) and not slots:
            self.fixed = True
            return value
        try:
            new = copy.copy(value)
        except Exception:
            new = value
        if new is value or type(new) is not kind:
            self.fixed = True
            return value
        self._seen[id(value)] = new
        before, self.changed = self.changed, False
        for name, item in (contents or {}).items():
            new.__dict__[name] = self.make(item, f"{place}.{name}", step)
        for name in slots:
            try:
                item = object.__getattribute__(value, name)
            except AttributeError:
                continue
            object.__setattr__(new, name, self.make(item, f"{place}.{name}", step))
        if not self.changed:  # its state, if it has any, is where we cannot see it
            self.fixed = True
            new = value
        self.changed = self.changed or before
        return new


def _pair(value: Any, rng: random.Random) -> Any:
    """Return two different values like `value`, FIXED if there is no other, None if it is no leaf."""
    if isinstance(value, enum.Enum):
        return _enum_pair(value, rng)
    if isinstance(value, bool):
        return rng.sample([False, True], 2)
    if isinstance(value, str | bytes):
        return _text_pair(value, rng)
    if isinstance(value, int):
        return _number_pair(value, rng)
    if isinstance(value, float):
        return _number_pair(value, rng)
    for kinds, make in _LEAVES:
        if isinstance(value, kinds):
            try:
                return make(value, rng)
            except Exception:
                return FIXED
    return None


def _enum_pair(value: enum.Enum, rng: random.Random) -> Any:
    members = list(type(value))
    if len(members) < 2:
        return FIXED
    return rng.sample(members, 2)


def _number_pair(value: Any, rng: random.Random) -> Any:
    unit = _clock_unit(value)
    kind = type(value)
    if unit:
        return [kind(value - shift * unit) for shift in SHIFTS_SECONDS]
    if isinstance(value, float):
        if not math.isfinite(value):
            return [kind(rng.random()), kind(rng.random() + 1)]
        scale = 10 ** math.floor(math.log10(abs(value))) if value else 1.0
        return [kind(math.copysign(n * scale, value)) for n in rng.sample([1.37, 2.81, 4.59, 6.23, 7.94], 2)]
    digits = len(str(abs(value))) if abs(value) < 10**4000 else 4000
    low, high = (0, 9) if digits == 1 else (10 ** (digits - 1), 10**digits - 1)
    sign = -1 if value < 0 else 1
    first = rng.randint(max(low, 1), high)
    second = first
    while second == first:
        second = rng.randint(max(low, 1), high)
    return [kind(sign * first), kind(sign * second)]


def _text_pair(value: Any, rng: random.Random) -> Any:
    if not value:  # nothing is the shape of nothing
        return [value, value]
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    first = _text_like(text, rng, 0)
    second = _text_like(text, rng, 1)
    for _attempt in range(50):
        if second != first:
            break
        second = _text_like(text, rng, 1)
    kind = type(value)
    try:
        if isinstance(value, bytes):
            return [kind(new.encode("latin-1")) for new in (first, second)]
        return [kind(first), kind(second)]
    except Exception:
        return FIXED


def _text_like(text: str, rng: random.Random, turn: int) -> str:
    """Return a text of the same kind: an id stays an id, a date a date, a number a number."""
    if len(text) == 36 and text.count("-") == 4:
        try:
            version = uuid.UUID(text).version
        except ValueError:
            pass
        else:
            new = str(uuid.UUID(int=rng.getrandbits(128), version=version or 4))
            return new.upper() if text.isupper() else new
    moved = _date_text(text, turn)
    if moved is not None:
        return moved
    for alphabet in ("0123456789abcdef", "0123456789ABCDEF"):
        if len(text) >= 6 and set(text) <= set(alphabet) and not text.isalpha() and not text.isdigit():
            return rng.choice(alphabet[1:]) + "".join(rng.choices(alphabet, k=len(text) - 1))
    new = "".join(_char_like(char, first=not i, rng=rng) for i, char in enumerate(text))
    if new == text:  # nothing but punctuation, or nothing at all
        return "".join(rng.choices(string.ascii_lowercase, k=len(text) or 6))
    return new


def _char_like(char: str, first: bool, rng: random.Random) -> str:
    for alphabet in (string.ascii_lowercase, string.ascii_uppercase):
        if char in alphabet:
            return rng.choice(alphabet)
    if char in string.digits:
        return rng.choice("123456789" if first else string.digits)
    return char


def _date_text(text: str, turn: int) -> str | None:
    if not (10 <= len(text) <= 40 and text[4:5] == "-" and text[7:8] == "-"):
        return None
    try:
        if len(text) == 10:
            return str(_moved(dt.date.fromisoformat(text), turn))
        moved = _moved(dt.datetime.fromisoformat(text), turn)
    except ValueError:
        return None
    return moved.isoformat(sep=text[10])


def _moved(value: Any, turn: int) -> Any:
    return value - dt.timedelta(seconds=SHIFTS_SECONDS[turn])


_UNITS = (1, 1_000, 1_000_000, 1_000_000_000)


def _clock_unit(value: float) -> int | None:
    """Return how many of its units make a second if `value` reads like a clock of this process, else None."""
    if not math.isfinite(value) or value <= 0:
        return None
    for clock in (time.time, time.monotonic, time.perf_counter, time.process_time, time.thread_time):
        now = clock()
        # A young clock reads like any small number: only the form that the time module gives counts then.
        units = _UNITS if now > CLOCK_SECONDS else (1,) if isinstance(value, float) else (_UNITS[-1],)
        for unit in units:
            if abs(value / unit - now) <= min(CLOCK_SECONDS, now / 2):
                return unit
    return None


def _is_clock(value: Any) -> bool:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return True
    return isinstance(value, int | float) and not isinstance(value, bool) and _clock_unit(value) is not None


def _two(make: Callable[[int], Any]) -> list[Any]:
    return [make(0), make(1)]


# Order matters: datetime is a date.
_LEAVES: tuple[tuple[Any, Callable[[Any, random.Random], Any]], ...] = (
    (uuid.UUID, lambda v, r: _two(lambda _: uuid.UUID(int=r.getrandbits(128), version=v.version or 4))),
    ((dt.datetime, dt.date), lambda v, _: _two(lambda turn: _moved(v, turn))),
    (dt.time, lambda v, _: _two(lambda turn: v.replace(hour=(v.hour + 5 + 6 * turn) % 24))),
    (dt.timedelta, lambda v, _: _two(lambda turn: v + dt.timedelta(seconds=SHIFTS_SECONDS[turn]))),
    (decimal.Decimal, lambda v, r: _two(lambda turn: v + r.randint(1, 500) + 1000 * turn)),
    (fractions.Fraction, lambda v, r: _two(lambda turn: v + r.randint(1, 500) + 1000 * turn)),
    (complex, lambda v, r: _two(lambda turn: v + r.randint(1, 500) + 1000 * turn)),
    (time.struct_time, lambda v, _: _two(lambda turn: type(v)((v[0] - 1 - turn, *v[1:])))),
    (range, lambda v, r: _two(lambda turn: range(v.start, v.stop + r.randint(1, 50) + 100 * turn, v.step))),
    (memoryview, lambda v, r: [memoryview(b) for b in _text_pair(bytes(v), r)]),
    (pathlib.PurePath, lambda v, r: [type(v)(t) for t in _text_pair(str(v), r)]),
)
