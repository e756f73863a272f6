"""Frames come out as they went in, and nothing that is not a frame gets through."""

from __future__ import annotations

import itertools
import json
import sys
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checkpoint.worker import wire
from checkpoint.worker.wire import LENGTHS, Frame, Parser, WireError, pack

SOME = {"verb": "request", "names": ["a", "ü", "\ud800", "\0"], "number": 12, "none": None, "deep": {"a": [1.5, True]}}

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
headers = st.dictionaries(st.text(), values, max_size=5)


def framed(text: bytes, body: bytes = b"") -> bytes:
    """Return a frame whose header is whatever `text` is."""
    return LENGTHS.pack(len(text), len(body)) + text + body


def parsed(data: bytes, **options: int) -> list[Frame]:
    """Return all whole frames in `data`."""
    parser = Parser(**options)
    parser.feed(data)
    return list(itertools.islice(iter(parser.next, None), 9))


def depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def test_a_frame_comes_out_as_it_went_in() -> None:
    assert parsed(pack(SOME, b"\x00body\xff")) == [Frame(SOME, b"\x00body\xff")]


def test_frames_follow_each_other() -> None:
    assert parsed(pack({"n": 1}, b"one") + pack({}) + pack({"n": 3}, b"three")) == [
        Frame({"n": 1}, b"one"),
        Frame({}, b""),
        Frame({"n": 3}, b"three"),
    ]


def test_a_frame_may_come_byte_by_byte() -> None:
    data = pack(SOME, b"body") + pack({"n": 2})
    parser, got = Parser(), []
    for at in range(len(data)):
        parser.feed(data[at : at + 1])
        got.append(parser.next())
    assert [frame for frame in got if frame] == [Frame(SOME, b"body"), Frame({"n": 2}, b"")]
    assert got[len(pack(SOME, b"body")) - 1], "a frame is given back as soon as it is whole"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not json",
        b"{",
        b"[]",
        b'"text"',
        b"1",
        b"null",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": [-Infinity]}',
        b'{"a": 1e999}',
        b'{"a": [-1e999]}',
        b'{"a": "\xff"}',
        b'{"a": "\xed\xa0\x80"}',  # a surrogate, which UTF-8 does not have
        '{"a": 1}'.encode("utf-16"),
        '{"a": 1}'.encode("utf-32-le"),
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": 1} {"b": 2}',
        b"{'a': 1}",
        b'{"n": ' + b"9" * (wire.INTEGER_CHARS + 1) + b"}",
        b'{"n": ' + b"9" * 5000 + b"}",
        b'{"n": -' + b"9" * 500_000 + b"}",
        b'{"a": ' + b"[" * 30 + b"]" * 30 + b"}",
        b'{"a":' * 30 + b"1" + b"}" * 30,
        b'{"a": ' + b"[" * 500_000,
        b'{"a": ' + b"[" * 400_000 + b"]" * 400_000 + b"}",
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    ],
    ids=lambda text: f"{text[:16]!r}-{len(text)}",
)
def test_a_header_that_is_no_json_object_is_refused(text: bytes) -> None:
    with pytest.raises(WireError):
        parsed(framed(text))


def test_integers_are_bounded_by_us_and_not_by_a_setting_of_pythons() -> None:
    assert parsed(framed(b'{"n": -' + b"9" * (wire.INTEGER_CHARS - 1) + b"}"))[0].header["n"] < 0
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        with pytest.raises(WireError, match="too long a number"):
            parsed(framed(b'{"n": ' + b"9" * 1_000_000 + b"}"))
    finally:
        sys.set_int_max_str_digits(before)


def test_of_a_name_that_is_told_twice_the_last_counts() -> None:
    assert parsed(framed(b'{"verb": "a", "verb": "b"}'))[0].header == {"verb": "b"}


@pytest.mark.parametrize(
    "unit",
    [b"[],", b"{},", b'"",', b"0,", b"1e9,", b"-1.5,", b'"\\ud800",', b"null,", b'{"a":[0]},', b"9" * 40 + b","],
    ids=repr,
)
def test_a_header_full_of_anything_is_read(unit: bytes) -> None:
    text = b'{"a": [' + unit * ((wire.HEADER_BYTES - 20) // len(unit)) + b"1]}"
    assert isinstance(parsed(framed(text))[0].header["a"], list)


def test_a_recursion_error_is_the_other_sides_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(*_args: object, **_options: object) -> None:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr(wire, "_decode", too_deep)
    with pytest.raises(WireError, match="recursion"):
        parsed(framed(b"{}"))


@pytest.mark.parametrize("shape", ["list", "dict"])
def test_nesting_is_bounded_where_it_says(shape: str) -> None:
    def nested(levels: int) -> Any:
        value: Any = 1
        for _level in range(levels - 1):
            value = [value] if shape == "list" else {"a": value}
        return {"a": value}

    assert parsed(pack(nested(wire.DEPTH)))[0].header == nested(wire.DEPTH)
    with pytest.raises(WireError, match="deeper"):
        parsed(pack(nested(wire.DEPTH + 1)))


def test_sizes_are_refused_before_the_bytes_have_come() -> None:
    for header_bytes, body_bytes in ((wire.HEADER_BYTES + 1, 0), (2, 101), (2**32 - 1, 0), (2, 2**32 - 1)):
        with pytest.raises(WireError, match="too large"):
            parsed(LENGTHS.pack(header_bytes, body_bytes), body_bytes=100)


def test_sizes_up_to_the_bound_are_fine() -> None:
    padding = "x" * (wire.HEADER_BYTES - len('{"a":""}'))
    assert parsed(pack({"a": padding}))[0].header == {"a": padding}
    assert parsed(pack({}, b"x" * 100), body_bytes=100)[0].body == b"x" * 100


def test_what_no_parser_would_take_is_not_packed() -> None:
    with pytest.raises(WireError, match="too large"):
        pack({"a": "x" * wire.HEADER_BYTES})
    with pytest.raises(WireError, match="too large"):
        pack({}, bytes(wire.BODY_BYTES + 1))
    with pytest.raises(ValueError, match="JSON compliant"):
        pack({"a": float("nan")})


def test_frames_before_a_bad_one_still_count() -> None:
    parser = Parser()
    parser.feed(pack({"n": 1}) + framed(b"[]"))
    assert parser.next() == Frame({"n": 1}, b"")
    with pytest.raises(WireError):
        parser.next()


@given(headers.filter(lambda header: depth(header) <= wire.DEPTH), st.binary(max_size=300), st.data())
def test_any_header_and_body_round_trip_however_they_are_cut(header: dict[str, Any], body: bytes, data: Any) -> None:
    stream = pack(header, body) + pack({"end": 1})
    parser, got = Parser(), []
    start = 0
    while start < len(stream):
        end = data.draw(st.integers(start + 1, len(stream)))
        parser.feed(stream[start:end])
        got += list(iter(parser.next, None))
        start = end
    assert got == [Frame(header, body), Frame({"end": 1}, b"")]


@given(st.lists(st.binary(max_size=60), max_size=5))
@example([LENGTHS.pack(2, 0), b"{}"])
@example([framed(b'{"a": 1e999}')])
def test_no_bytes_raise_anything_but_a_wire_error(chunks: list[bytes]) -> None:
    check_bytes(chunks)


@given(
    st.binary(max_size=60) | headers.map(lambda header: json.dumps(header).encode()), st.binary(max_size=9), st.data()
)
def test_no_header_raises_anything_but_a_wire_error(text: bytes, body: bytes, data: Any) -> None:
    damaged = bytearray(framed(text, body))
    if len(damaged) > LENGTHS.size:
        damaged[data.draw(st.integers(LENGTHS.size, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    check_bytes([bytes(damaged)])


PIECES = [
    '"',
    "\\",
    "\\ud800",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "9" * 41,
    "-",
    "1e",
    "999",
    "NaN",
    "null",
    '"a"',
    " ",
    "\0",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from(["", '{"a":', '{"a":[', '{"a":"']))
def test_nothing_like_json_raises_anything_but_a_wire_error(text: str, start: str) -> None:
    check_bytes([framed((start + text).encode())])
    check_bytes([framed((start + text + {"": "", '{"a":': "}", '{"a":[': "]}", '{"a":"': '"}'}[start]).encode())])


def check_bytes(chunks: list[bytes]) -> None:
    parser = Parser(body_bytes=100)
    for chunk in chunks:
        parser.feed(chunk)
        try:
            for frame in iter(parser.next, None):
                assert isinstance(frame.header, dict)
                assert len(frame.body) <= 100
                pack(frame.header, frame.body)  # so there is neither NaN nor infinity in it
        except WireError:
            return


# The seal.

KEY = b"k" * wire.SEAL_BYTES


def sealed(data: bytes, key: bytes = KEY) -> wire.Frame | None:
    parser = Parser(key=key)
    parser.feed(data)
    return parser.next()


def test_a_sealed_frame_comes_out_as_it_went_in() -> None:
    frames = pack({"n": 1}, b"one", KEY) + pack({"n": 2}, b"", KEY)
    parser = Parser(key=KEY)
    for byte in frames[:-1]:
        parser.feed(bytes([byte]))
    assert parser.next() == ({"n": 1}, b"one")
    assert parser.next() is None, "the seal is not there yet"
    parser.feed(frames[-1:])
    assert parser.next() == ({"n": 2}, b"")


@pytest.mark.parametrize("place", [8, 12, -1, -wire.SEAL_BYTES, -wire.SEAL_BYTES - 1])
def test_a_frame_that_was_changed_on_its_way_is_refused(place: int) -> None:
    frame = bytearray(pack({"n": 1}, b"body", KEY))
    frame[place] ^= 1
    with pytest.raises(WireError, match="seal"):
        sealed(bytes(frame))


@pytest.mark.parametrize("seal", [b"\0" * wire.SEAL_BYTES, pack({"n": 1}, b"", b"other")[-wire.SEAL_BYTES :]])
def test_a_frame_sealed_by_somebody_else_is_refused(seal: bytes) -> None:
    with pytest.raises(WireError, match="seal"):
        sealed(pack({"n": 1}) + seal)


def test_a_frame_without_a_seal_does_not_come_out() -> None:
    assert sealed(pack({"n": 1})) is None
    with pytest.raises(WireError, match="seal"):
        sealed(pack({"n": 1}) + pack({"n": 2}, b"more than a seal has"))


def test_what_an_app_puts_into_the_json_module_changes_no_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    def forge(*_arguments: object, **_options: object) -> None:
        raise AssertionError("this was asked")

    for name in ("dumps", "loads", "JSONEncoder", "JSONDecoder"):
        monkeypatch.setattr(json, name, forge)
    for name in ("encode", "iterencode"):
        monkeypatch.setattr("json.encoder.JSONEncoder." + name, forge)
    monkeypatch.setattr("json.encoder.c_make_encoder", forge)
    monkeypatch.setattr("json.decoder.JSONDecoder.raw_decode", forge)
    assert sealed(pack({"n": [1, "x"]}, b"", KEY)) == ({"n": [1, "x"]}, b"")
