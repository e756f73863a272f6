"""What a header's values tell of where they come from: those of requests with one g, with another, and untouched."""

from __future__ import annotations

import pytest

from checkpoint.judge.provenance import follows

# What a request itself takes; the exchange of what lies on g takes time, too.
TAKES = (["0.000312", "0.000308", "0.000315"], ["0.000305", "0.000309", "0.000311"], ["0.000121", "0.000118"])
# How long ago a clock was read that was moved back by two weeks, and by six.
AGES = (["1213290.41", "1213290.43", "1213290.52"], ["3895350.81", "3895350.88", "3895350.90"], ["0.0002", "0.0001"])


@pytest.mark.parametrize(
    ("first", "second", "untouched", "clock", "wanted"),
    [
        (["a1"] * 3, ["b2"] * 3, ["c3", "d4"], False, True),
        (["a1"] * 3, ["a1"] * 3, ["a1", "a1"], False, False),
        (["old"] * 3, ["old"] * 3, ["new", "new"], True, True),  # a threshold
        (["a1", "b2", "c3"], ["d4", "e5", "f6"], ["g7", "h8"], False, False),
        (["id-a1b2-1", "id-a1b2-2"], ["id-c3d4-3", "id-c3d4-4"], ["id-e5f6-5"], False, True),
        (*AGES, True, True),
        (*TAKES, False, False),
        (*TAKES, True, False),
        # Some work of its own that depends on how much lies on g differs by less than the moves do.
        (["0.30", "0.31"], ["0.45", "0.44"], ["0.12", "0.11"], True, False),
        (["14 days, 1:01:30.41"] * 2 + ["14 days, 1:01:30.52"], ["45 days, 2:02:30.8"] * 3, ["0:00:00.1"], True, True),
        (["01:01:30.41", "01:01:30.52"], ["02:02:30.81", "02:02:30.94"], ["00:00:00.1"], True, True),
        (["400312us", "431005us"], ["800299us", "800301us"], ["103us", "211us"], True, True),
        (["1 month and 0.1 s", "1 month and 0.104 s"], ["2 months and 0.1 s"] * 2, ["0 months and 0.1 s"], True, True),
        (["31000001/0.30", "31000001/0.31"], ["42000002/0.30", "42000002/0.29"], ["57000003/0.1"], True, True),
        (["0 s", "1 s"], ["2 s", "0 s"], ["1 s"], True, False),
        (["9" * 400, "8" * 400], ["7" * 400, "6" * 400], ["1"], True, False),
    ],
)
def test_what_follows_g(first: list[str], second: list[str], untouched: list[str], clock: bool, wanted: bool):
    assert follows(first, second, untouched, clock=clock) is wanted
