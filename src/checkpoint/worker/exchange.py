"""Swap values for others of the same type and shape.

To learn whether a header is a function of what lies on g, the judge has two different sets of values put
there, P and Q, and P once more. So the new values must depend on the seed, the set (`turn`) and the value's
place only, not on the value that was there, which an honest app makes anew for each request: what has
been made for a place once is kept and used again. P and Q differ in every place that has room for two.
"""

from __future__ import annotations

import collections
import copy
import functools
import logging
import random
import threading
import types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checkpoint.worker.likeness import FIXED, is_clock, pair_like

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH = 6
NODES = 2000

INERT = (
    type(None), type, types.ModuleType, types.BuiltinFunctionType, type(Ellipsis), type(NotImplemented),
    type(threading.Lock()), type(threading.RLock()),
)  # fmt: skip


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
                new, maker.changed, maker.clock = _copied(captured[name]), True, is_clock(value)
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
    kind = type(value)  # not isinstance(): a proxy's __class__ is the affair of what it stands for
    if issubclass(kind, (*INERT, logging.Logger, logging.Handler)):
        return True
    package, _dot, rest = str(kind.__module__).partition(".")
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
        self._seen: dict[int, tuple[Any, Any]] = {}  # both are kept: the id of what is gone is given away again
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
            return self._seen[id(value)][1]
        if depth > DEPTH or self._nodes > NODES:
            self.fixed = True
            return value
        kept = self._memory.get(place)
        if kept is not None and kept[0] is type(value):
            # Clocks move together or not at all: noting it again tells the judge how to compare.
            self.changed, self.clock = True, self.clock or kept[2]
            return kept[1]
        before = self.changed
        try:
            new, is_leaf, clock = self._leaf(value)
            if not is_leaf:
                return self._container(value, place, depth)
        except Exception:  # its own methods may do anything
            self.changed, self._seen[id(value)] = before, (value, value)
            new = FIXED
        if new is FIXED:
            self.fixed = True
            return value
        self.changed, self.clock = True, self.clock or clock
        self._memory[place] = (type(value), new, clock)
        return new

    def _leaf(self, value: Any) -> tuple[Any, bool, bool]:
        """Return (new value or FIXED, whether it is a leaf at all, whether it is a clock's reading)."""
        rng, turn = self._rng, self._turn
        pair = pair_like(value, rng)
        if pair is None:
            return None, False, False
        if pair is FIXED:
            return FIXED, True, False
        if self._shape and type(value) in (str, bytes):
            return pair[turn] + pair[turn][:1] * (turn + 1), True, False
        return pair[turn], True, is_clock(value)

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
            if new is value:
                raise TypeError("its copy is itself")
            new.clear()
        except Exception:
            self.fixed = True
            return value
        self._seen[id(value)] = (value, new)
        fill(new)
        return new

    def _dict(self, value: dict[Any, Any], place: str, step: int) -> Any:
        def fill(new: Any) -> None:
            # dict's own methods: subclasses such as MultiDict give their items another face. (An OrderedDict's
            # order is kept by its own.)
            put = type(new).__setitem__ if isinstance(new, collections.OrderedDict) else dict.__setitem__
            for rank, (key, item) in enumerate(dict.items(value)):
                if self._shape:
                    new_key = self.make(key, f"{place}.key{rank}", step)
                    put(new, new_key, self.make(item, f"{place}.{rank}", step))
                else:
                    put(new, key, self.make(item, f"{place}.{key!r:.80}", step))

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
        new = types.FunctionType(value.__code__, value.__globals__, value.__name__, defaults, tuple(cells) or None)
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
            for name, descriptor in vars(base).items()
            if isinstance(descriptor, types.MemberDescriptorType) and not name.startswith("__")
        ]
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
        self._seen[id(value)] = (value, new)
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
