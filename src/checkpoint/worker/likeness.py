"""Make two values like a given one: same type, same shape, different from each other.

Anything that looks like a clock's reading is moved back by weeks, so far that time passing between two
requests cannot explain what a header does.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import fractions
import math
import pathlib
import string
import time
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

LONG_CHARS = 4096
CLOCK_SECONDS = 600  # how near to a clock's reading a number must lie to be taken for one
# Weeks, and half a minute and some tenths more: elapsed times then have seconds and fractions that do not roll
# over between runs. Days, hours, minutes and fractions of the second move are twice those of the first and more, by
# which the judge knows them.
SHIFTS_SECONDS = (14 * 86_400 + 3_600 + 90.4, 45 * 86_400 + 7_200 + 150.8)

FIXED = object()


def pair_like(value: Any, rng: random.Random) -> Any:
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
        shifts = [shift * unit for shift in SHIFTS_SECONDS]
        return [kind(value - (shift if isinstance(value, float) else int(shift))) for shift in shifts]
    if isinstance(value, float):
        if not math.isfinite(value):
            return [kind(rng.random()), kind(rng.random() + 1)]
        scale = 10.0 ** min(max(math.floor(math.log10(abs(value))), -300), 300) if value else 1.0
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
            new = str(_uuid_like(uuid.UUID(text), rng))
        except ValueError:
            pass
        else:
            return new.upper() if text.isupper() else new
    moved = _date_text(text, turn)
    if moved is not None:
        return moved
    for alphabet in ("0123456789abcdef", "0123456789ABCDEF"):
        if len(text) >= 6 and set(text) <= set(alphabet) and not text.isalpha() and not text.isdigit():
            return rng.choice(alphabet[1:]) + "".join(rng.choices(alphabet, k=len(text) - 1))
    for _attempt in range(50 if len(text) <= LONG_CHARS else 0):
        new = "".join(_char_like(char, first=not i, rng=rng) for i, char in enumerate(text))
        if new != text:
            return new
    new = _rotated(text, rng)
    if new != text:
        return new
    return "".join(rng.choices(string.ascii_lowercase, k=len(text)))  # nothing but punctuation


def _char_like(char: str, first: bool, rng: random.Random) -> str:
    for alphabet in (string.ascii_lowercase, string.ascii_uppercase):
        if char in alphabet:
            return rng.choice(alphabet)
    if char in string.digits:
        return rng.choice("123456789" if first else string.digits)
    return char


def _rotated(text: str, rng: random.Random) -> str:
    """Return a text with other letters and digits, made fast."""
    table: dict[int, int] = {}
    for alphabet in (string.ascii_lowercase, string.ascii_uppercase, string.digits):
        by = rng.randrange(1, len(alphabet))
        table |= str.maketrans(alphabet, alphabet[by:] + alphabet[:by])
    return text.translate(table)


def _uuid_like(value: uuid.UUID, rng: random.Random) -> uuid.UUID:
    """Return another UUID of the same version and variant."""
    kept = 0xF000 << 64 | 0xE000 << 48
    return uuid.UUID(int=rng.getrandbits(128) & ~kept | value.int & kept)


def _date_text(text: str, turn: int) -> str | None:
    if not (10 <= len(text) <= 40 and text[4:5] == "-" and text[7:8] == "-"):
        return None
    try:
        if len(text) == 10:
            return str(_moved(dt.date.fromisoformat(text), turn))
        moved: dt.datetime = _moved(dt.datetime.fromisoformat(text), turn)
    except (ValueError, OverflowError):
        return None
    return moved.isoformat(sep=text[10])


def _moved(value: Any, turn: int, *, fraction: bool = False) -> Any:
    """Return a date or time moved back; by whole seconds, where a fraction would change how it is written."""
    shift = SHIFTS_SECONDS[turn]
    return value - dt.timedelta(seconds=shift if fraction else int(shift))


_UNITS = (1, 1_000, 1_000_000, 1_000_000_000)


def _clock_unit(value: int | float) -> int | None:
    """Return how many of its units make a second if `value` reads like a clock of this process, else None."""
    if not 0 < value < 1e30:  # more than any clock's nanoseconds, and no NaN
        return None
    for clock in (time.time, time.monotonic, time.perf_counter, time.process_time, time.thread_time):
        now = clock()
        # A young clock reads like any small number: only the form that the time module gives counts then.
        units = _UNITS if now > CLOCK_SECONDS else (1,) if isinstance(value, float) else (_UNITS[-1],)
        for unit in units:
            if abs(value / unit - now) <= min(CLOCK_SECONDS, now / 2):
                return unit
    return None


def is_clock(value: Any) -> bool:
    """Say whether a value reads like a clock or a calendar."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return True
    return isinstance(value, int | float) and not isinstance(value, bool) and _clock_unit(value) is not None


def _two(make: Callable[[int], Any]) -> list[Any]:
    return [make(0), make(1)]


# Order matters: datetime is a date.
_LEAVES: tuple[tuple[Any, Callable[[Any, random.Random], Any]], ...] = (
    (uuid.UUID, lambda v, r: _two(lambda _: _uuid_like(v, r))),
    (
        (dt.datetime, dt.date),
        lambda v, _: _two(lambda turn: _moved(v, turn, fraction=getattr(v, "microsecond", 0) > 0)),
    ),
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
