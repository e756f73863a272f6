"""Find what gives a right answer away to somebody who does not know it, and what else a quiz's author would mend."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.anchors import LARGEST_BYTES, anchors
from checkpoint.quiz.bank.choices import Choices
from checkpoint.quiz.bank.fields import time
from checkpoint.quiz.bank.questions import MARK
from checkpoint.quiz.bank.source import quoted, similar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from checkpoint.quiz.bank.reading import Read
    from checkpoint.quiz.bank.source import Place, Source
    from checkpoint.quiz.question import Question

    Found = Iterator[tuple[Place, str, str | None]]

# How much longer the right option must be: about one more word in a short option, which is seen at a glance.
_LONGER_TIMES, _LONGER_CHARS = 1.3, 8
# How far above guessing a rule such as "pick the longest" must score, in standard deviations, and in how many
# questions: by chance that happens to less than one quiz in twenty.
_DEVIATIONS, _FEWEST = 2.0, 5
_SECONDS_EACH = 10  # to read a question and its options, and to choose
_SECONDS_ALONE = 5  # the same where one question has its own time, and may be a very short one
_FEWEST_WORDS = 3  # of an option that is prose: elsewhere capitals may be the point

_ABOVE = re.compile(
    r"\b(all|none|both|neither) of (the|these|those|them)( (above|below|others?|options|answers))?\W*$"
    r"|^(all|none|both|neither) (above|below)\W*$", re.I,
)  # fmt: skip
_ABSOLUTE = re.compile(r"\b(always|never|only|all)\b", re.I)
_ARTICLE = re.compile(r"\b(an?)\s*(?:(?:_+|\.\.\.|\u2026)\s*)?[:?.]?$", re.I)
_ANSWER = re.compile(r"answer: +([^\s#]{1,40})\s*(?:#|$)")  # without quotes: those are never nearly a number
_NEARLY = re.compile(r"[-+]?(?:\d[\d_]*(?:,\d+)*(?:\.\d+)?|0[xob][\da-f_]+|\.(?:inf|nan))", re.I)
_FILE = re.compile(r"(?![a-z][a-z0-9+.-]*:)([^\s#]+\.\w+)(?:#(\S+))?", re.I)
_MARKDOWN = (".md", ".markdown")
_CUT_OFF = re.compile(r"(?:\w+: +)?+(?![\"'|>\[{])[^\s#].*?\s(#[^\s#]\S*)")  # a text without quotes, and a comment
_TEXTS = ("ask", "why", "see", "answer")


@dataclass(frozen=True, slots=True)
class Tell:
    """Warn of something at a place; it reads like a mistake."""

    place: Place
    message: str
    source: Source
    help: str | None = None

    def __str__(self) -> str:
        """Return the warning with its line and a caret."""
        return str(self.source.tell(self.place, f"warning: {self.message}", self.help))


def lint(read: Read) -> list[Tell]:
    """Return what an author should look at, in the order of the file."""
    found: list[tuple[Place, str, str | None]] = []
    looks = (_lengths, _places, _options, _marks, _letters, _orders, _words, _articles, _numbers, _times, _comments)
    for look in (*looks, _further_reading):
        found += look(read)
    return [Tell(place, message, read.source, help) for place, message, help in sorted(found, key=lambda tell: tell[0])]


def _single(read: Read) -> list[Question]:
    """Return the questions whose one right option somebody may guess."""
    return [question for question in read.quiz.questions if question.kind == "one"]


def _lengths(read: Read) -> Found:
    """Find right options that can be told by their length, one by one and over the quiz."""
    asked = _single(read)
    for question in asked:
        lengths = [len(option.text) for option in question.options]
        right = question.right_options[0]
        others = max(length for place, length in enumerate(lengths) if place != right)
        if lengths[right] >= max(others * _LONGER_TIMES, others + _LONGER_CHARS):
            yield (
                read.places[question.number - 1].options[right],
                f"the right option is by far the longest: {lengths[right]} characters, the next one has {others}",
                "shorten it, or say more in another",
            )
    for word, best in (("longest", max), ("shortest", min)):
        score = _score(asked, lambda question, best=best: _extreme(question, best))  # type: ignore[misc]
        if score:
            yield read.top["questions"], f'"pick the {word}" {score}', "make right and wrong options of one length"


def _extreme(question: Question, best: Callable[[list[int]], int]) -> list[int]:
    lengths = [len(option.text) for option in question.options]
    return [place for place, length in enumerate(lengths) if length == best(lengths)]


def _score(asked: list[Question], pick: Callable[[Question], list[int]]) -> str | None:
    """Return how many questions a rule for picking an option gets right, if that is clearly more than by guessing.

    Of several options that the rule allows, one is picked at random.
    """
    hits = sum(
        1 / len(picked) for question in asked for picked in [pick(question)] if question.right_options[0] in picked
    )
    chances = [1 / len(question.options) for question in asked]
    expected = sum(chances)
    deviation = sqrt(sum(chance * (1 - chance) for chance in chances))
    if len(asked) < _FEWEST or hits < expected + _DEVIATIONS * deviation:
        return None
    return f"would score {hits:.2g} of {len(asked)}, and guessing {expected:.2g}"


def _places(read: Read) -> Found:
    """Find out whether the right options stand at one place too often."""
    asked = _single(read)
    if not asked:
        return
    place, count = Counter(question.right_options[0] for question in asked).most_common(1)[0]
    where = f"{chr(ord('a') + place)}"
    if read.quiz.shuffle in ("questions", "none"):
        score = _score(asked, lambda _: [place])
        if score:
            yield read.top["questions"], f'"pick {where}" {score}', "move some, or shuffle: all"
    elif count == len(asked) >= _FEWEST:
        message = (
            f"the right option is option {where} in all of the {count} questions, and a copy to fill in shows that"
        )
        yield read.top["questions"], message, "move some: a copy has the options in the order of this file"


def _options(read: Read) -> Found:
    """Find options that need no knowledge to be left out or taken."""
    for question, places in zip(read.quiz.questions, read.places, strict=True):
        if question.kind not in ("one", "many"):
            continue
        seen: dict[str, int] = {}
        for count, option in enumerate(question.options, 1):
            other = seen.setdefault(_look(option.text), count)
            if other != count:
                yield places.options[count - 1], f"options {other} and {count} look the same", "change one of them"
            if _ABOVE.search(option.text):
                message = f"{quoted(option.text)} leans on the other options, and they may be shuffled"
                yield places.options[count - 1], message, "use kind: many, or say it in full"
        if all(option.right for option in question.options):
            yield places.keys["options"], f"all options of question {question.number} are right", "add a wrong one"


def _marks(read: Read) -> Found:
    """Find options with a second mark; it may be meant, as in `( ) () => 1`."""
    for question, places in zip(read.quiz.questions, read.places, strict=True):
        for option, place in zip(question.options, places.options, strict=False):  # true and false stand nowhere
            if MARK.match(option.text):
                yield place, f"there is a second mark: the option is {quoted(option.text)}", "keep one of them"


def _letters(read: Read) -> Found:
    """Find options and items that are another one's letter, so that nobody can tell what such an answer means."""
    for question, places in zip(read.quiz.questions, read.places, strict=True):
        if question.kind not in ("one", "many", "order"):
            continue
        offered = Choices.of(question)
        for place, text in enumerate(question.items or [option.text for option in question.options]):
            letter = offered.by_sign(text) if text.isalpha() else None
            if letter is not None and letter not in offered.same[text]:
                message = f"{quoted(text)} is also the letter of another {offered.what}"
                yield places.options[place], message, "say more in it: the letter alone is refused as an answer"


def _orders(read: Read) -> Found:
    """Find orders of two, which are solved by turning them round: what is right is never shown."""
    for question, places in zip(read.quiz.questions, read.places, strict=True):
        if len(question.items) == 2:
            message = f"question {question.number} has two items, and never shows them in the right order"
            yield places.keys["order"], message, "add a third one"


def _look(text: str) -> str:
    """Return a text as somebody sees it who reads fast: but for its end and, in prose, its capitals."""
    look = " ".join(text.split()).rstrip(".!;,")
    prose = len(look.split()) >= _FEWEST_WORDS and re.fullmatch(r"[\w\s,'-]+", look) and "_" not in look
    return look.casefold() if prose else look


def _words(read: Read) -> Found:
    """Find questions in which each wrong option, and no right one, claims something without exception."""
    for question in _single(read):
        absolute = [_ABSOLUTE.search(option.text) for option in question.options]
        wrong = [found for found, option in zip(absolute, question.options, strict=True) if not option.right]
        if len(wrong) > 1 and all(wrong) and not absolute[question.right_options[0]]:
            words = ", ".join(sorted({found[0].lower() for found in wrong if found}))
            message = (
                f"each wrong option of question {question.number} has an absolute word ({words}), the right one none"
            )
            yield read.places[question.number - 1].ask, message, "such options are mostly wrong, and learners know"


def _articles(read: Read) -> Found:
    """Find questions whose last word, a or an, does not go with some wrong option."""
    for question in _single(read):
        article = _ARTICLE.search(question.ask)
        if not article:
            continue
        fits = [(option.text[0].lower() in "aeiou") == (article[1].lower() == "an") for option in question.options]
        if fits[question.right_options[0]] and not all(fits):
            message = f'the "{article[1]}" at the end of question {question.number} does not go with each option'
            yield read.places[question.number - 1].ask, message, "move the article into the options"


def _numbers(read: Read) -> Found:
    """Find texts without quotes that were probably meant as numbers."""
    for question, places in zip(read.quiz.questions, read.places, strict=True):
        if question.kind == "text" and "kind" not in places.keys and "answer" in places.keys:
            place = places.keys["answer"]
            written = _ANSWER.match(read.source.lines[place.line - 1], place.column - 1)
            if written and _NEARLY.fullmatch(written[1]):
                message = f"{quoted(written[1])} is taken as a text"
                yield place, message, "put quotes around it if that is meant, or write a plain number such as 1000"


def _times(read: Read) -> Found:
    """Find times in which nobody can read what is asked."""
    quiz = read.quiz
    scored = sum(question.scored for question in quiz.questions)
    if quiz.seconds is not None and quiz.seconds < scored * _SECONDS_EACH:
        asked = f"{scored} question{'' if scored == 1 else 's'}"
        message = f"{asked} in {time(quiz.seconds)}: that is {quiz.seconds / scored:.2g} seconds for each"
        yield read.top["time"], message, f"give at least {time(scored * _SECONDS_EACH)}"
    for question, places in zip(quiz.questions, read.places, strict=True):
        if question.seconds is not None and question.seconds < _SECONDS_ALONE:
            message = f"{time(question.seconds)} is too short to read question {question.number}"
            yield places.keys["time"], message, f"give at least {_SECONDS_ALONE}s"


def _comments(read: Read) -> Found:
    """Find texts that YAML cuts off where a word begins with #, such as `What is #1?`."""
    for places in read.places:
        for place in (*(places.keys[key] for key in _TEXTS if key in places.keys), *places.options):
            cut = _CUT_OFF.match(read.source.lines[place.line - 1], place.column - 1)
            if cut:
                message = f"the text ends before {quoted(cut[1])}, because # behind a blank begins a comment"
                help = "put quotes around the text, or write a blank behind the #"
                yield replace(place, column=cut.start(1) + 1), message, help


def _further_reading(read: Read) -> Found:
    """Find files and headings to read again that are not there; what is no file's name is left alone."""
    known: dict[Path, set[str] | None] = {}
    for question, places in zip(read.quiz.questions, read.places, strict=True):
        named = _FILE.fullmatch(question.see or "")
        if named is None or read.folder is None:
            continue
        path = read.folder / named[1]
        if not os.path.isfile(path):  # noqa: PTH113 - whatever the name is, this does not raise
            yield places.keys["see"], f"there is no file {quoted(named[1])} beside the quiz", "mend the path"
        elif named[2] and path.suffix.lower() in _MARKDOWN:
            if path not in known:
                known[path] = _anchors(path)
            headings = known[path]
            if headings is not None and named[2] not in headings:
                message = f"{named[1]} has no heading for #{named[2]}"
                yield places.keys["see"], message, similar(named[2], sorted(headings))()


def _anchors(path: Path) -> set[str] | None:
    """Return the anchors of a file; None if they cannot be known."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError:
        return None
    return anchors(content.decode("utf-8", "replace")) if len(content) <= LARGEST_BYTES else None
