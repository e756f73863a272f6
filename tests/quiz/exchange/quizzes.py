"""Make quizzes with every text that another format could take for something of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from checkpoint.quiz.bank.nodes import UNSEEN
from checkpoint.quiz.question import Option, Question, Quiz

# A busy machine is no failure.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# What GIFT, HTML, XML or a zip would read something into.
NASTY = [
    "~", "=", "#", "####", "{", "}", "{}", "\\", "\\n", "\\\\", ":", "::", "//", "->", "-*>", "*", "\\*", "%", "%50%",
    "%-100%", "[", "]", "[html]", "[plain]", "$CATEGORY:", "T", "TRUE", "F#", "..", "1:2", "_____", "<b>", "</p>",
    "<pre>", "</code>", "<br>", "<!--", "]]>", "<?", "&", "&amp;", "&lt;", "&nbsp;", "&#10;", "&#", "'", '"', "{{ x }}",
    "{% for t in tasks %}", "/", "|", "é", "日本", "\U0001f600", "\u00a0", "word", "a", "0", " ", "  ", "\n",
    "\n\n", " \n", "\n ",
]  # fmt: skip
raw = st.lists(st.sampled_from(NASTY) | st.text(max_size=4), max_size=10).map("".join)
seen = raw.map(lambda text: UNSEEN.sub("", text.replace("\r", "").replace("\t", "")))
texts = seen.map(str.strip).filter(bool)
codes = seen.map(lambda text: re.sub(r"^(?:[ \t]*\n)+", "", text).rstrip()).filter(str.strip)
times = st.none() | st.integers(1, 86400).map(float)
numbers = st.decimals(-1000, 1000, places=3).map(str) | st.sampled_from(["404", "+4", ".5", "4.", "1e3", "007", "-0"])
withins = st.sampled_from([Decimal(0), Decimal("0.5"), Decimal("0.001"), Decimal("1E+1")])


def distinct(fewest: int) -> st.SearchStrategy[list[str]]:
    return st.lists(texts, min_size=fewest, max_size=5, unique_by=lambda text: " ".join(text.split()))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Return a question as a quiz's file may have it; its number comes later."""
    kind = draw(st.sampled_from(["one", "many", "true-false", "text", "number", "order", "prints", "recall"]))
    whys = st.none() | texts
    fields: dict[str, object] = {"code": draw(st.none() | codes)}
    if kind in ("one", "many"):
        options = draw(distinct(2))
        first = draw(st.integers(0, len(options) - 1))
        right = {first} if kind == "one" else {first, *draw(st.sets(st.integers(0, len(options) - 1)))}
        fields["options"] = tuple(Option(text, place in right, draw(whys)) for place, text in enumerate(options))
    elif kind == "true-false":
        right = draw(st.booleans())
        fields["options"] = (Option("True", right, draw(whys)), Option("False", not right, draw(whys)))
    elif kind == "text":
        fields["answers"] = tuple(draw(distinct(1)))
    elif kind == "number":
        fields |= {"answers": (draw(numbers),), "within": draw(withins)}
    elif kind == "order":
        fields["items"] = tuple(draw(distinct(2)))
    elif kind == "prints":
        fields |= {"code": draw(codes), "answers": tuple(draw(st.lists(codes, min_size=1, max_size=2, unique=True)))}
    else:
        fields["answers"] = (draw(texts),)
    timed = None if kind == "recall" else draw(times)
    return Question(0, kind, draw(texts), draw(texts), see=draw(whys), seconds=timed, **fields)  # type: ignore[arg-type]


@st.composite
def quizzes(draw: st.DrawFn) -> Quiz:
    asked = draw(
        st.lists(questions(), min_size=1, max_size=4, unique_by=lambda question: (question.ask, question.code))
    )
    return Quiz(
        draw(texts.map(lambda text: " ".join(text.split()))),
        tuple(replace(question, number=number) for number, question in enumerate(asked, 1)),
        draw(st.sampled_from(["0" * 64, "f" * 64])),
        draw(times),
        draw(st.integers(0, 100)),
        draw(st.sampled_from(["all", "questions", "options", "none"])),
    )


def plain(text: str | None) -> str | None:
    """Return a text as a person sees it: HTML needs other blanks to show the same."""
    return None if text is None else text.replace("\u00a0", " ")
