"""Values are exchanged for others of their kind: P and Q, each the same again and again, and nothing is harmed."""

from __future__ import annotations

import collections
import copy
import dataclasses
import datetime as dt
import enum
import functools
import io
import itertools
import logging
import pathlib
import random
import re
import secrets
import sqlite3
import string
import sys
import threading
import time
import types
import uuid
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from flask import Blueprint, Flask
from hypothesis import assume, given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers, ImmutableMultiDict, MultiDict
from werkzeug.local import LocalProxy

from checkpoint.worker import likeness
from checkpoint.worker.exchange import DEPTH, NODES, Exchange

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.worker.exchange import Done

WEEK_SECONDS = 7 * 86_400


class Color(enum.Enum):
    RED = 1
    GREEN = "g"
    BLUE = 3


class Number(enum.IntEnum):
    ONE = 1
    TWO = 2


class Only(enum.Enum):
    ONE = 1


class Pair(NamedTuple):
    left: str
    right: int


@dataclasses.dataclass
class User:
    name: str
    visits: int
    tags: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Frozen:
    id: str
    deeper: Pair


class Plain:
    def __init__(self, token: str) -> None:
        self.token = token

    def header(self) -> str:
        return f"id-{self.token}"


class Slots:
    __slots__ = ("number", "token", "unset")

    def __init__(self, token: str, number: int) -> None:
        self.token = token
        self.number = number


class SlotsAndDict(Slots):
    def __init__(self, token: str, number: int) -> None:
        super().__init__(token, number)
        self.more = token


class Name(str):
    __slots__ = ()


def swap(value: Any, turn: int = 0, exchange: Exchange | None = None, seed: int = 1, **how: Any) -> tuple[Any, Done]:
    """Return what took the place of `value`, and what was told of it."""
    target = {"it": value}
    done = (exchange or Exchange()).swap(target, "g", seed, turn, **how)
    return target["it"], done


def token() -> str:
    return secrets.token_hex(8)


def version_7() -> uuid.UUID:
    return uuid.UUID(int=uuid.uuid4().int & ~(0xF000 << 64) | 0x7000 << 64)


def closure(value: str) -> Callable[[], str]:
    return lambda: value


def with_default(value: str) -> Callable[[], str]:
    return lambda it=value: it


def multi() -> MultiDict[str, str]:
    return MultiDict([("a", token()), ("a", token()), ("b", "x")])


def called(value: Callable[[], Any]) -> Any:
    return value()


def slots_of(value: Any) -> Any:
    return value.token, value.number


# What an app may keep on g, made anew as for each request: the values differ, kind and shape do not.
KINDS: dict[str, Callable[[], Any]] = {
    "uuid": uuid.uuid4,
    "uuid 1": uuid.uuid1,
    "uuid 7": version_7,
    "uuid nil": lambda: uuid.UUID(int=secrets.randbits(40)),
    "uuid text": lambda: str(uuid.uuid4()),
    "uuid 7 text": lambda: str(version_7()),
    "uuid text of no version": lambda: (
        re.sub(r"(.{8})(.{4}).(.{3}).", r"\1-\2-f\3-8", secrets.token_hex(12)) + "0" * 11
    ),
    "uuid hex": lambda: uuid.uuid4().hex,
    "upper hex": lambda: "A1" + secrets.token_hex(6).upper(),
    "url-safe token": lambda: secrets.token_urlsafe(12),
    "text": lambda: "".join(secrets.choice(string.ascii_letters) for _ in range(9)),
    "text and number": lambda: f"req-{secrets.randbelow(900) + 100}",
    "one digit": lambda: str(secrets.randbelow(9) + 1),
    "digits": lambda: str(secrets.randbelow(9000) + 1000),
    "one letter": lambda: secrets.choice(string.ascii_lowercase),
    "umlauts": lambda: "äöü" * 3,
    "punctuation": lambda: "---",
    "str subclass": lambda: Name(token()),
    "bytes": lambda: secrets.token_bytes(9) + b"x",
    "bytearray": lambda: bytearray(token().encode()),
    "memoryview": lambda: memoryview(token().encode()),
    "int": lambda: secrets.randbelow(9000) + 1000,
    "one-digit int": lambda: secrets.randbelow(10),
    "negative int": lambda: -secrets.randbelow(9000) - 1000,
    "id()": lambda: id(object()),
    "128 bits": lambda: uuid.uuid4().int,
    "2048 bits": lambda: secrets.randbits(2047) | 1 << 2047,
    "20000 bits": lambda: secrets.randbits(19_999) | 1 << 19_999,
    "bool": lambda: secrets.choice([True, False]),
    "float": lambda: secrets.randbelow(1000) + 1000.5,
    "negative float": lambda: -secrets.randbelow(1000) - 0.25,
    "zero": lambda: 0.0,
    "infinity": lambda: float("inf"),
    "nan": lambda: float("nan"),
    "tiny": lambda: sys.float_info.min / 4,
    "giant": lambda: sys.float_info.max,
    "complex": lambda: complex(secrets.randbelow(9), 1),
    "decimal": lambda: Decimal(secrets.randbelow(1000)) / 7,
    "fraction": lambda: Fraction(secrets.randbelow(1000), 7),
    "time.time": time.time,
    "time.time_ns": time.time_ns,
    "milliseconds": lambda: int(time.time() * 1000),
    "monotonic": time.monotonic,
    "perf_counter": time.perf_counter,
    "perf_counter_ns": time.perf_counter_ns,
    "datetime": dt.datetime.now,
    "aware datetime": lambda: dt.datetime.now(dt.UTC),
    "date": lambda: dt.date(2024, 1, secrets.randbelow(28) + 1),
    "time": lambda: dt.time(secrets.randbelow(24), 5),
    "timedelta": lambda: dt.timedelta(seconds=secrets.randbelow(100)),
    "struct_time": time.gmtime,
    "iso text": lambda: dt.datetime.now(dt.UTC).isoformat(),
    "date text": lambda: str(dt.date(2024, 1, secrets.randbelow(28) + 1)),
    "date text of long ago": lambda: "0001-01-01",
    "datetime text of long ago": lambda: "0001-01-01 10:00:00",
    "range": lambda: range(secrets.randbelow(5) + 1),
    "path": lambda: pathlib.PurePosixPath(f"/tmp/{token()}.txt"),
    "enum": lambda: secrets.choice(list(Color)),
    "IntEnum": lambda: secrets.choice(list(Number)),
    "list": lambda: [token(), 12, [token()]],
    "tuple": lambda: (token(), 12),
    "named tuple": lambda: Pair(token(), 12),
    "dict": lambda: {"id": token(), "more": {"n": secrets.randbelow(90) + 10}},
    "dict of other keys": lambda: {1: token(), ("a", 2): token(), None: 5},
    "defaultdict": lambda: collections.defaultdict(list, a=[token()]),
    "OrderedDict": lambda: collections.OrderedDict(b=token(), a=token()),
    "Counter": lambda: collections.Counter({"a": secrets.randbelow(9 * 10**11) + 10**11}),
    "ChainMap": lambda: collections.ChainMap({"a": token()}),
    "UserDict": lambda: collections.UserDict(a=token()),
    "deque": lambda: collections.deque([token()], maxlen=3),
    "set": lambda: {token(), token()},
    "frozenset": lambda: frozenset([token()]),
    "MultiDict": multi,
    "Headers": lambda: Headers([("X", token())]),
    "dataclass": lambda: User(token(), 3, [token()]),
    "frozen dataclass": lambda: Frozen(token(), Pair(token(), 1)),
    "object": lambda: Plain(token()),
    "slots": lambda: Slots(token(), 12),
    "slots and dict": lambda: SlotsAndDict(token(), 12),
    "SimpleNamespace": lambda: types.SimpleNamespace(id=token()),
    "partial": lambda: functools.partial("{}-{a}".format, token(), a=token()),
    "bound method": lambda: Plain(token()).header,
    "closure": lambda: closure(token()),
    "function with a default": lambda: with_default(token()),
}
# How to see what is in those that have no telling `==`.
SHOWN: dict[str, Callable[[Any], Any]] = {
    "object": vars,
    "slots": slots_of,
    "slots and dict": lambda value: (slots_of(value), value.more),
    "partial": called,
    "bound method": called,
    "closure": called,
    "function with a default": called,
    "memoryview": bytes,
    "MultiDict": lambda value: list(value.items(multi=True)),
    "OrderedDict": lambda value: list(value.items()),
    "Headers": list,
    "nan": lambda value: "nan" if value != value else value,
}


def shown(kind: str, value: Any) -> Any:
    return SHOWN.get(kind, lambda value: value)(value)


@pytest.mark.parametrize("kind", KINDS)
def test_p_and_q_differ_and_are_of_the_same_kind(kind: str) -> None:
    original, exchange = KINDS[kind](), Exchange()
    p, done = swap(original, 0, exchange)
    q, _ = swap(original, 1, exchange)
    assert type(p) is type(q) is type(original)
    assert shown(kind, p) != shown(kind, q)
    assert shown(kind, p) != shown(kind, original) or kind in ("bool", "IntEnum", "one-digit int", "enum")
    assert done.exchanged == ["it"]
    assert done.fixed == []


@pytest.mark.parametrize("kind", KINDS)
def test_p_comes_again_whatever_was_there(kind: str) -> None:
    exchange = Exchange()
    first = [shown(kind, swap(KINDS[kind](), turn, exchange)[0]) for turn in (0, 1)]
    again = [shown(kind, swap(KINDS[kind](), turn, exchange)[0]) for turn in (0, 1)]
    assert first == again


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_there_is_not_changed_and_comes_back(kind: str) -> None:
    original = KINDS[kind]()
    before = copy.deepcopy(shown(kind, original))
    target = {"it": original}
    done = Exchange().swap(target, "g", 1, 0)
    assert shown(kind, original) == before
    done.undo()
    assert target["it"] is original


@pytest.mark.parametrize("kind", KINDS)
def test_other_seeds_give_other_values(kind: str) -> None:
    original, exchange = KINDS[kind](), Exchange()
    made = [shown(kind, swap(original, 0, exchange, seed)[0]) for seed in range(24)]
    few = kind in ("bool", "IntEnum", "enum", "one-digit int", "one digit", "one letter")
    # Some are moved by the same weeks each time.
    moved = swap(original)[1].clock or kind in ("timedelta", "struct_time", "iso text", "date text")
    if not moved:
        assert any(value != made[0] for value in made[1:])
    if not few and not moved and kind not in ("zero", "float", "negative float", "tiny", "giant"):
        assert made[0] != made[1]


@pytest.mark.parametrize(
    "kind", ["str subclass", "text", "digits", "uuid text", "url-safe token", "bytes", "text and number"]
)
def test_texts_keep_their_length(kind: str) -> None:
    original = KINDS[kind]()
    assert len(swap(original)[0]) == len(original)


@pytest.mark.parametrize(
    "original, pattern",
    [
        ("7", r"[1-9]"),
        ("42", r"[1-9]\d"),
        ("2024", r"[1-9]\d{3}"),
        ("a7", r"[a-z]\d"),
        ("Req-17/x", r"[A-Z][a-z]{2}-\d\d/[a-z]"),
        ("deadbeef0", r"[0-9a-f]{9}"),
        ("DEADBEEF0", r"[0-9A-F]{9}"),
        (
            "3f2c8b1e-9d4a-4c6b-8f7e-2a1b3c4d5e6f",
            r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        ),
        ("3F2C8B1E-9D4A-4C6B-8F7E-2A1B3C4D5E6F", r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"),
        (
            "018f2c8b-9d4a-7c6b-8f7e-2a1b3c4d5e6f",
            r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        ),
        ("2024-05-06", r"\d{4}-\d\d-\d\d"),
        ("2024-05-06T07:08:09", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"),
        ("2024-05-06 07:08:09.123456", r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.123456"),
    ],
)
def test_texts_stay_what_they_look_like(original: str, pattern: str) -> None:
    for seed in range(30):
        for turn in (0, 1):
            new, _ = swap(original, turn, seed=seed)
            assert re.fullmatch(pattern, new), new


def test_versions_of_uuids_stay() -> None:
    for original in (uuid.uuid1(), uuid.uuid4(), version_7(), uuid.uuid5(uuid.NAMESPACE_DNS, "x")):
        for turn in (0, 1):
            new, _ = swap(original, turn)
            assert (new.version, new.variant) == (original.version, original.variant)


@pytest.mark.parametrize("value", ["", b"", 0, [], {}, (), set(), frozenset()])
def test_nothing_stays_the_shape_of_nothing(value: Any) -> None:
    for turn in (0, 1):
        new, _ = swap(value, turn)
        assert type(new) is type(value)
        if value != 0:
            assert not new


@pytest.mark.parametrize("width", [1, 2, 5, 12])
def test_whole_numbers_keep_their_digits(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "CLOCK_SECONDS", 0)  # some hours after a start, its clock reads like one of these
    for original in (10**width - 1, -(10**width) + 1):
        new, _ = swap(original)
        assert len(str(abs(new))) == width
        assert (new < 0) == (original < 0)


# Clocks.


CLOCKS: dict[str, tuple[Callable[[], Any], float]] = {
    "time.time": (time.time, 1),
    "time.time_ns": (time.time_ns, 1e9),
    "milliseconds": (lambda: int(time.time() * 1000), 1e3),
    "seconds": (lambda: int(time.time()), 1),
    "monotonic": (time.monotonic, 1),
    "perf_counter": (time.perf_counter, 1),
    "perf_counter_ns": (time.perf_counter_ns, 1e9),
    "process_time": (time.process_time, 1),
    "datetime": (lambda: dt.datetime.now(dt.UTC), 0),
    "naive datetime": (dt.datetime.now, 0),
    "date": (dt.date.today, 0),
    "struct_time": (lambda: time.struct_time(time.gmtime()), 0),
}


@pytest.mark.parametrize("clock", CLOCKS)
def test_clocks_are_moved_by_weeks(clock: str) -> None:
    read, unit = CLOCKS[clock]
    original, exchange = read(), Exchange()
    moved = [swap(original, turn, exchange)[0] for turn in (0, 1)]
    if clock == "struct_time":
        assert {original[0] - value[0] for value in moved} == {1, 2}
        return
    seconds = [(original - new) / unit if unit else (original - new).total_seconds() for new in moved]
    assert all(value >= WEEK_SECONDS for value in seconds)
    assert abs(seconds[0] - seconds[1]) >= WEEK_SECONDS


@pytest.mark.parametrize("clock", [clock for clock in CLOCKS if clock != "struct_time"])
def test_it_is_told_when_a_clock_was_moved(clock: str) -> None:
    exchange = Exchange()
    for nested in (lambda value: value, lambda value: {"deep": [value]}):
        for _again in range(2):
            assert swap(nested(CLOCKS[clock][0]()), exchange=exchange)[1].clock


@pytest.mark.parametrize("value", ["abc", 12, 3, 10**6, True, -5.0, 10**300, 0, [7], {"a": "b"}, None, float("nan")])
def test_other_values_are_no_clocks(value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # Soon after a start, and after many tests, one of these reads like a value in milliseconds.
    for name in ("monotonic", "perf_counter", "process_time", "thread_time"):
        monkeypatch.setattr(time, name, lambda: 50_000.0)
    assert not swap(value)[1].clock


# What is left alone, and what cannot be had.


def machinery() -> dict[str, Any]:
    app = Flask("app")
    return {
        "app": app,
        "blueprint": Blueprint("b", "b"),
        "proxy": LocalProxy(lambda: "x"),
        "unbound proxy": LocalProxy(lambda: [][0]),
        "jinja environment": app.jinja_env,
        "template": app.jinja_env.from_string("x"),
        "url map": app.url_map,
        "module": re,
        "class": Plain,
        "enum class": Color,
        "none": None,
        "builtin": len,
        "bound builtin": "x".upper,
        "ellipsis": ...,
        "lock": threading.Lock(),
        "rlock": threading.RLock(),
        "event": threading.Event(),
        "thread": threading.current_thread(),
        "logger": logging.getLogger("x"),
        "handler": logging.NullHandler(),
    }


@pytest.mark.parametrize("name", machinery())
def test_machinery_is_left_alone(name: str) -> None:
    value = machinery()[name]
    new, done = swap(value)
    assert new is value
    assert (done.exchanged, done.fixed) == ([], [])


def test_machinery_among_values_is_left_alone_too() -> None:
    app, lock = Flask("app"), threading.Lock()
    new, done = swap({"app": app, "lock": lock, "id": "abc", "none": None})
    assert (new["app"], new["lock"], new["none"]) == (app, lock, None)
    assert new["id"] != "abc"
    assert (done.exchanged, done.fixed) == (["it"], [])


class Uncopied:
    def __init__(self) -> None:
        self.token = "abc"

    def __copy__(self) -> Any:
        raise RuntimeError("no copies")


class Itself(dict):  # type: ignore[type-arg]
    def __copy__(self) -> Itself:
        return self


class ItselfList(list):  # type: ignore[type-arg]
    def __copy__(self) -> ItselfList:
        return self


class Money(int):
    def __new__(cls, amount: int, currency: str) -> Money:
        return super().__new__(cls, amount)


class Ratio(float):
    def __new__(cls, one: float, other: float) -> Ratio:
        return super().__new__(cls, one / other)


class Point(tuple):  # type: ignore[type-arg]
    __slots__ = ()

    def __new__(cls, x: int, y: int) -> Point:
        return super().__new__(cls, (x, y))


class Bag(frozenset):  # type: ignore[type-arg]
    def __new__(cls, *items: str, name: str) -> Bag:
        return super().__new__(cls, items)


class Picky(str):
    def __new__(cls, text: str) -> Picky:
        if text != "picky":
            raise ValueError(text)
        return super().__new__(cls, text)


class Loud:
    """Raise whatever is asked of it."""

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":
            return Loud
        raise RuntimeError(f"no {name}")


def closed_file() -> io.StringIO:
    return io.StringIO("x")


HOPELESS: dict[str, Callable[[], Any]] = {
    "object": object,
    "generator": lambda: (x for x in "ab"),
    "iterator": lambda: iter([1]),
    "count": itertools.count,
    "exception": lambda: ValueError("abc"),
    "regular expression": lambda: re.compile("x"),
    "match": lambda: re.match("x", "x"),
    "mapping proxy": lambda: types.MappingProxyType({"a": 1}),
    "immutable multidict": lambda: ImmutableMultiDict([("a", "1")]),
    "file": closed_file,
    "thread-local": threading.local,
    "enum of one": lambda: Only.ONE,
    "unsortable set": lambda: {1j, 2j},
    "no copies": Uncopied,
    "copy is itself": lambda: Itself(a="b"),
    "list whose copy is itself": lambda: ItselfList(["b"]),
    "int of two arguments": lambda: Money(5, "EUR"),
    "float of two arguments": lambda: Ratio(5, 3),
    "tuple of two arguments": lambda: Point(5, 6),
    "frozenset with a name": lambda: Bag("a", name="x"),
    "text that refuses": lambda: Picky("picky"),
    "loud": Loud,
    "date at the beginning of time": lambda: dt.date.min,
    "released memory": lambda: (view := memoryview(b"abc"), view.release())[0],
}


@pytest.mark.parametrize("name", HOPELESS)
def test_what_cannot_be_exchanged_stays_and_is_told(name: str) -> None:
    value = HOPELESS[name]()
    before = dict(value) if isinstance(value, dict) else list(value) if isinstance(value, list) else None
    for how in ({}, {"shape": True}):
        new, done = swap(value, **how)
        assert new is value
        assert done.fixed == ["it"]
        assert done.exchanged == []
    assert before is None or value == type(value)(before), "a container must not be emptied"


def test_a_connection_stays_and_works() -> None:
    connection = sqlite3.connect(":memory:")
    try:
        new, done = swap(connection)
        assert new is connection
        assert done.fixed == ["it"]
        assert connection.execute("select 1").fetchone() == (1,)
    finally:
        connection.close()


def test_the_rest_is_exchanged_around_what_cannot_be() -> None:
    value = object()
    new, done = swap({"id": "abc", "fixed": value})
    assert new["fixed"] is value
    assert new["id"] != "abc"
    assert (done.exchanged, done.fixed) == (["it"], ["it"])


def test_a_name_that_cannot_be_assigned_is_told() -> None:
    class Stubborn(dict[str, Any]):
        def __setitem__(self, name: str, value: Any) -> None:
            if name == "a":
                raise AttributeError("read-only")
            super().__setitem__(name, value)

    target = Stubborn(a="one", b="two")
    done = Exchange().swap(target, "g", 1, 0)
    assert (done.exchanged, done.fixed) == (["b"], ["a"])
    assert target["a"] == "one"


# Cycles, depths, sizes.


def test_a_list_in_itself_stays_a_list_in_itself() -> None:
    original: list[Any] = ["abc"]
    original.append(original)
    new, _ = swap(original)
    assert new is not original
    assert new[1] is new
    assert new[0] != "abc"
    assert original[0] == "abc"
    assert original[1] is original


def test_a_dict_and_an_object_may_know_themselves() -> None:
    mapping: dict[str, Any] = {"id": "abc"}
    mapping["me"] = mapping
    new, _ = swap(mapping)
    assert new["me"] is new
    thing = Plain("abc")
    thing.me = thing  # type: ignore[attr-defined]
    new, _ = swap(thing)
    assert new.me is new
    assert thing.me is thing  # type: ignore[attr-defined]


def test_what_is_there_twice_is_still_one() -> None:
    inner = ["abc"]
    new, _ = swap({"a": inner, "b": inner})
    assert new["a"] is new["b"]


def test_things_that_lie_beside_each_other_are_not_mixed_up() -> None:
    new, _ = swap([functools.partial(dict, **{name: name * 5}) for name in "abcdef"])
    assert [list(part.keywords) for part in new] == [[name] for name in "abcdef"]


def test_depth_is_bounded() -> None:
    deep: Any = "abc"
    for _level in range(3000):
        deep = [deep, "abc"]
    new, done = swap(deep)
    assert done.fixed == ["it"]
    for _level in range(DEPTH):
        assert new[1] != "abc"
        new, deep = new[0], deep[0]
    assert new[0] is deep[0], "deeper down all is as it was"


def test_size_is_bounded() -> None:
    new, done = swap(["abc"] * (NODES * 50))
    assert len(new) == NODES * 50
    assert sum(item != "abc" for item in new) < NODES
    assert done.fixed == ["it"]


@pytest.mark.parametrize("value", ["x1 " * 300_000, b"x1 " * 300_000, bytearray(900_000), "7" * 900_000, "-" * 900_000])
def test_long_texts_are_not_made_character_by_character(value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    choices = itertools.count()

    class Counted(random.Random):
        def choice(self, *args: Any) -> Any:
            next(choices)
            return super().choice(*args)

    monkeypatch.setattr("checkpoint.worker.exchange.random.Random", Counted)
    exchange = Exchange()
    p, q = (swap(value, turn, exchange)[0] for turn in (0, 1))
    assert next(choices) < 20_000, "a request may take two seconds in all"
    assert len(p) == len(q) == len(value)
    assert p[:99] != q[:99]
    assert p[-99:] != q[-99:]


# The ways of asking.


def test_only_one_name_can_be_exchanged() -> None:
    target = {"a": "one", "b": "two"}
    done = Exchange().swap(target, "g", 1, 0, only="b")
    assert target["a"] == "one"
    assert target["b"] != "two"
    assert done.exchanged == ["b"]


@pytest.mark.parametrize("kind", ["text", "bytes", "list", "tuple", "deque", "set", "dict"])
def test_shapes_can_be_changed_too(kind: str) -> None:
    original, exchange = KINDS[kind](), Exchange()
    p, _ = swap(original, 0, exchange, shape=True)
    q, _ = swap(original, 1, exchange, shape=True)
    again, _ = swap(KINDS[kind](), 0, exchange, shape=True)
    assert type(p) is type(q) is type(original)
    if kind == "dict":
        assert len({*original, *p, *q}) == 3 * len(original), "all keys are other ones"
    else:
        assert len({len(original), len(p), len(q)}) == 3
    assert p == again


def test_without_shape_the_keys_stay() -> None:
    original = {"a": "x", 5: "y", ("b", 1): ["z"]}
    new, _ = swap(original)
    assert list(new) == list(original)


def test_undo_leaves_what_the_app_has_changed_since() -> None:
    target: dict[str, Any] = {"a": "one", "b": "two", "c": "three"}
    done = Exchange().swap(target, "g", 1, 0)
    target["b"] = "mine"
    del target["c"]
    done.undo()
    assert target == {"a": "one", "b": "mine"}


def test_values_of_real_requests_can_be_put_in_anothers_place() -> None:
    exchange = Exchange()
    for turn, value in enumerate(("first", "second")):
        exchange.capture({"id": value, "list": [value], "app": Flask("x")}, "g", turn)
    for turn, value in ((0, "first"), (1, "second"), (0, "first")):
        target: dict[str, Any] = {"id": "third", "list": ["third"], "other": "stays"}
        done = exchange.swap(target, "g", 1, turn, natural=True)
        assert target == {"id": value, "list": [value], "other": "stays"}
        assert done.exchanged == ["id", "list"]
        target["list"].append("changed by the app")
        done.undo()
        assert target["id"] == "third"


def test_what_has_no_copy_is_taken_from_the_request_that_is_captured() -> None:
    exchange, single = Exchange(), iter("ab")
    target: dict[str, Any] = {"it": (item for item in single), "id": "x"}
    kept = target["it"]
    exchange.capture(target, "g", 0)
    assert target == {"id": "x"}
    later: dict[str, Any] = {"it": iter("cd")}
    exchange.swap(later, "g", 1, 0, natural=True)
    assert later["it"] is kept


def test_a_lock_is_not_taken_from_the_request_that_is_captured() -> None:
    target = {"lock": threading.Lock(), "none": None}
    Exchange().capture(target, "g", 0)
    assert "lock" in target


def test_places_do_not_share_values() -> None:
    target = {"a": "same text", "b": "same text", "c": ["same text", "same text"]}
    Exchange().swap(target, "g", 1, 0)
    assert len({target["a"], target["b"], *target["c"]}) == 4


# Whatever there is.


leaves = st.text() | st.binary() | st.integers() | st.floats() | st.booleans() | st.none() | st.uuids() | st.decimals()
nested = st.recursive(
    leaves | st.dates() | st.datetimes() | st.times() | st.timedeltas() | st.fractions() | st.complex_numbers(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=4)
        | st.sets(st.text(), max_size=3)
        | st.builds(lambda value: types.SimpleNamespace(a=value), inner)
        | st.builds(lambda value: collections.OrderedDict(a=value, b=value), inner)
    ),
    max_leaves=8,
)


@given(st.text(min_size=1), st.integers(0, 2**48))
def test_any_text_has_others(text: str, seed: int) -> None:
    exchange = Exchange()
    p, q, again = (swap(text, turn, exchange, seed)[0] for turn in (0, 1, 0))
    assert p != q
    assert p == again
    assert len(p) == len(q) == len(text)


@given(st.integers(), st.integers(0, 2**48))
def test_any_int_has_others(number: int, seed: int) -> None:
    exchange = Exchange()
    p, q, again = (swap(number, turn, exchange, seed)[0] for turn in (0, 1, 0))
    assert type(p) is type(q) is int
    assert p != q
    assert p == again


@given(st.floats(), st.integers(0, 2**48))
def test_any_float_has_others(number: float, seed: int) -> None:
    exchange = Exchange()
    p, q, again = (swap(number, turn, exchange, seed)[0] for turn in (0, 1, 0))
    assert type(p) is type(q) is float
    assert p != q
    assert p == again


@given(nested, nested, st.integers(0, 2**48), st.booleans())
def test_nothing_raises_and_nothing_is_harmed(value: Any, other: Any, seed: int, shape: bool) -> None:
    exchange = Exchange()
    before = repr(value)
    for turn, it in ((0, value), (1, value), (0, other), (0, value)):
        new, _ = swap(it, turn, exchange, seed, shape=shape)
        assert type(new) is type(it)
        if not shape:
            assert outline(new) == outline(it)
    assert repr(value) == before


def outline(value: Any) -> Any:
    """Return a value's types and sizes."""
    if isinstance(value, dict):
        return type(value), [(key, outline(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [outline(item) for item in value]
    if isinstance(value, types.SimpleNamespace):
        return outline(vars(value))
    return type(value), bool(value) if isinstance(value, set) else None  # new members may be equal by chance


@given(nested, st.integers(0, 2**48))
def test_p_comes_again_for_anything(value: Any, seed: int) -> None:
    exchange = Exchange()
    first, done = swap(value, 0, exchange, seed)
    assume(done.exchanged)
    again, _ = swap(copy.deepcopy(value), 0, exchange, seed)
    assert repr(first) == repr(again)
