"""Turn plain text into what a platform shows as the same text, and a platform's HTML into plain text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from checkpoint.quiz.exchange.loss import Loss

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.quiz.question import Question, Quiz

# What is no character of XML 1.0 (2.2); a surrogate has no UTF-8 either.
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LINE_END = re.compile(r"\r\n?")
# Blanks that HTML would draw as one, or as none at the start and the end of a line.
_HIDDEN_BLANKS = re.compile(r"(?m)^ | (?= |$)")
# Quantifiers with a + at the end never give back what they took: no text makes this slow.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
_BLOCKS = frozenset(["p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "blockquote"])
_QUIET = _BLOCKS | frozenset(["br", "pre", "code", "span"])  # to drop these changes no word and no look that matters
_TAGS = _QUIET | frozenset(
    [
        "a",
        "b",
        "i",
        "u",
        "s",
        "em",
        "strong",
        "sub",
        "sup",
        "font",
        "small",
        "big",
        "img",
        "td",
        "th",
        "tbody",
        "thead",
        "tt",
        "kbd",
        "samp",
        "var",
        "hr",
    ]
)


def writable(quiz: Quiz, lost: list[Loss], *, trimmed: bool) -> Quiz:
    """Return a quiz of which every character can be written, and note where one had to be replaced.

    `trimmed` says that the target cuts blanks off the ends of every text; what would miss them is noted, too.
    """
    questions = []
    for question in quiz.questions:
        ended = _mapped(question, lambda text: _LINE_END.sub("\n", text))
        cleaned = _mapped(ended, _clean)
        if cleaned != ended:
            lost.append(Loss(question.number, "characters", f"what no file can hold became {REPLACEMENT}"))
        if trimmed:
            stripped = replace(_mapped(cleaned, str.strip), code=cleaned.code)
            if stripped != cleaned:
                lost.append(Loss(question.number, "blanks", "those at the ends of its texts are cut off there"))
            cleaned = stripped
        questions.append(cleaned)
    title = _clean(" ".join(quiz.title.split()))
    if title != quiz.title:
        lost.append(Loss(None, "title", f"it is written in one line, as {title!r}"))
    return replace(quiz, title=title, questions=tuple(questions))


def _clean(text: str) -> str:
    return _NO_CHARACTER.sub(REPLACEMENT, text)


def _mapped(question: Question, change: Callable[[str], str]) -> Question:
    """Return a question with each of its texts changed."""

    def perhaps(text: str | None) -> str | None:
        return None if text is None else change(text)

    return replace(
        question,
        ask=change(question.ask),
        why=change(question.why),
        code=perhaps(question.code),
        items=tuple(map(change, question.items)),
        answers=tuple(map(change, question.answers)),
        options=tuple(
            replace(option, text=change(option.text), why=perhaps(option.why)) for option in question.options
        ),
    )


def spaced(text: str) -> str:
    """Return a text whose blanks HTML does not swallow."""
    return _HIDDEN_BLANKS.sub("\N{NO-BREAK SPACE}", text.replace("\t", "    "))


def shown(text: str) -> str:
    """Return a text as a piece of HTML that looks like it."""
    # The entity, and not the character, so that `text_of` can tell these from the author's own.
    escaped = html.escape(text, quote=False).replace("\t", "&#9;")
    return _HIDDEN_BLANKS.sub("&nbsp;", escaped).replace("\n", "<br>")


def page(ask: str, code: str | None) -> str:
    """Return what is asked, and the code below it, as HTML."""
    asked = f"<p>{shown(ask)}</p>"
    return asked if code is None else f"{asked}<pre><code>{html.escape(code, quote=False)}</code></pre>"


@dataclass(frozen=True, slots=True)
class Text:
    """Hold the plain text of HTML; `code` is what its one <pre> had, `formatted` says whether a look was dropped."""

    text: str
    code: str | None = None
    formatted: bool = False


def text_of(source: str, *, lines: bool) -> Text:
    """Return the text of a piece of HTML; `lines` says that the ends of lines count, as they do in Moodle's own format.

    Only what is a well-known tag is one; `<name>` in a sentence about HTML stays.
    """
    parts: list[str] = []
    blocks: list[list[str]] = []  # the pieces of each <pre>
    at, inside, broken, formatted = 0, False, True, False
    for tag in (*_TAG.finditer(source), None):
        name = tag[2].lower() if tag else "p"
        if name not in _TAGS or (tag and inside and name not in ("pre", "code", "br", "span")):
            continue
        words = source[at : tag.start() if tag else None]
        breaks = name in _BLOCKS or name in ("pre", "br")
        if inside:
            blocks[-1].append(_unescaped(words))
        else:
            parts.append(_words(words, lines=lines, first=broken, last=breaks))
        at, broken = tag.end() if tag else at, breaks
        formatted |= name not in _QUIET
        if tag and name == "pre":
            inside = not tag[1]
            if inside:
                blocks.append([])
        if name == "br":
            (blocks[-1] if inside else parts).append("\n")
        elif breaks:
            parts.append("\0")
    paragraphs = [paragraph.strip() for paragraph in "".join(parts).split("\0")]
    codes = ["".join(pieces) for pieces in blocks]
    if len(codes) != 1:
        paragraphs += codes
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return Text(text, codes[0] if len(codes) == 1 else None, formatted)


def _words(source: str, *, lines: bool, first: bool, last: bool) -> str:
    """Return the text between two tags; `first` and `last` say that a line begins before it, or ends behind it."""
    words = source.replace("\0", "")
    if not lines:
        words = re.sub(r"[ \t\n\r\f]+", " ", words)
        words = words.removeprefix(" ") if first else words
        words = words.removesuffix(" ") if last else words
    return _unescaped(words.replace("&nbsp;", " "))


def _unescaped(source: str) -> str:
    """Return a text with its entities read."""
    try:
        return html.unescape(source)
    except ValueError:  # &# and thousands of digits, which Python makes no number of
        return source
