"""Read exported files the way their targets do; nothing of the product's reading or writing is used here.

Written after the formats' documents and what Moodle's readers are known to do: placeholders for escaped signs, then
plain splitting; trimmed texts; HTML through the standard library's parser.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


@dataclass
class Seen:
    """Hold what a learner on the platform is asked and told, and what each answer gives."""

    kind: str
    ask: str
    why: str
    code: str | None = None
    options: list[tuple[str, str | None]] = field(default_factory=list)  # text, feedback
    shares: list[float] = field(default_factory=list)  # of the point, 0 to 1
    answers: list[str] = field(default_factory=list)
    within: Decimal = Decimal(0)
    cased: bool = False
    items: list[str] = field(default_factory=list)

    def score(self, chosen: tuple[int, ...]) -> float:
        """Return what choosing these options gives, never less than nothing."""
        return max(0.0, round(sum(self.shares[place] for place in chosen), 3))

    def accepts(self, typed: str) -> bool:
        """Say whether a short text is right, as Moodle compares it: a lone `*` is anything."""
        level = str if self.cased else str.casefold
        for answer in self.answers:
            parts = [re.escape(part.replace(r"\*", "*")) for part in re.split(r"(?<!\\)\*", level(answer))]
            if re.fullmatch(".*".join(parts), level(typed), re.S):
                return True
        return False


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.code: list[str] | None = None
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ("p", "br", "pre", "code"), f"<{tag}> is none of ours: a text was not escaped"
        if tag == "pre":
            assert self.code is None
            self.code, self.inside = [], True
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "p" and self.parts:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self.inside:
            assert self.code is not None
            self.code.append(data)
        else:
            # A browser draws a run of blanks as one, and none at the ends of a line.
            assert not re.search("  |^ | $|[\t\n]", data), f"a browser would not show the blanks of {data!r}"
            self.parts.append(data.replace("\u00a0", " "))


def page(source: str) -> tuple[str, str | None]:
    """Return what a browser shows of HTML: the text, and the code in its <pre>."""
    parser = _Page()
    parser.feed(source)
    parser.close()
    return "".join(parser.parts), None if parser.code is None else "".join(parser.code)


_PLACES = {f"\\{sign}": chr(0xE000 + place) for place, sign in enumerate(":#={}~n")}


def _hidden(text: str) -> str:
    text = text.replace("\\\\", "\ue100")
    for escape, place in _PLACES.items():
        text = text.replace(escape, place)
    return text.replace("\ue100", "\\")


def _visible(text: str) -> str:
    for escape, place in _PLACES.items():
        text = text.replace(place, "\n" if escape == "\\n" else escape[1])
    return text.strip(" \t\n\r\0\x0b")


def _formatted(text: str, form: str) -> tuple[str, str]:
    named = re.match(r"\[(plain|html|markdown|moodle)\]", text.strip())
    if named:
        return _visible(text.strip()[named.end() :]), named[1]
    return _visible(text), form


def _shown(text: str, form: str) -> str:
    text, form = _formatted(text, form)
    return page(text)[0] if form == "html" else text


def gift(text: str) -> tuple[str, list[Seen]]:
    """Return the category and the questions of a GIFT file."""
    first, *blocks = [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    assert first.startswith("$CATEGORY: ")
    return _hidden(first).removeprefix("$CATEGORY: ").strip().replace("//", "/"), [_question(block) for block in blocks]


def _question(block: str) -> Seen:
    block = "\n".join("" if line.strip().startswith("//") else line for line in block.split("\n"))
    block = _hidden(block.strip())
    assert not block.startswith("::")
    asked, _, inner = block.partition("{")
    inner, _, tail = inner.partition("}")
    assert not tail, "a question ends with its }"
    inner, gap, why = inner.rpartition("####")
    if not gap:
        inner, why = why, ""
    inner = inner.strip()
    asked, form = _formatted(asked, "moodle")
    ask, code = page(asked) if form == "html" else (asked, None)
    seen = Seen("", ask, _shown(why, form), code)
    if not inner:
        seen.kind = "essay"
    elif inner.startswith("#"):
        seen.kind = "number"
        number, _, within = inner[1:].partition(":")
        seen.answers, seen.within = [number.strip()], Decimal(within.strip() or 0)
    elif "~" in inner:
        seen.kind = "one" if "=" in inner else "many"
        for answer in filter(None, inner.replace("=", "~=").split("~")):
            answer = answer.strip()
            weight = re.match(r"%(-?[0-9]{1,2}[.]?[0-9]*)%", answer)
            share = 1.0 if answer.startswith("=") else float(weight[1]) / 100 if weight else 0.0
            rest = answer[1:] if answer.startswith("=") else answer[weight.end() if weight else 0 :]
            option, mark, feedback = rest.partition("#")
            seen.options.append((_shown(option, form), _shown(feedback, form) if mark else None))
            seen.shares.append(share)
    elif "=" in inner and "->" in inner:
        seen.kind = "order"
        pairs = [pair.partition("->") for pair in inner.split("=")[1:]]
        assert [place.strip() for _, _, place in pairs] == [str(place) for place in range(1, len(pairs) + 1)]
        seen.items = [_shown(item, form) for item, _, _ in pairs]
    elif inner.split("#")[0].strip() in ("T", "TRUE", "F", "FALSE"):
        seen.kind = "true-false"
        answer, *said = inner.split("#")
        wrong, right = [*(_shown(part, form) or None for part in said), None, None][:2]
        true = answer.strip() in ("T", "TRUE")
        seen.options = [("True", right if true else wrong), ("False", wrong if true else right)]
        seen.shares = [float(true), float(not true)]
    else:
        seen.kind = "text"
        for answer in inner.split("=")[1:]:
            assert "#" not in answer
            assert not answer.startswith("%"), "this would be a weight"
            seen.answers.append(_formatted(answer, form)[0])
    return seen


def moodle(data: bytes) -> tuple[str, list[Seen], list[ET.Element]]:
    """Return the category and the questions of a Moodle XML file, and their elements."""
    root = ET.fromstring(data)
    assert root.tag == "quiz"
    category, *questions = root
    assert category.get("type") == "category"
    return (category.findtext("category/text") or "").replace("//", "/"), [_moodle(one) for one in questions], questions


def _html(element: ET.Element | None) -> tuple[str, str | None]:
    assert element is not None
    assert element.get("format") == "html"
    text = element.findtext("text")
    assert text is not None
    assert text == text.strip(), "Moodle trims"
    return page(text)


def _moodle(question: ET.Element) -> Seen:
    assert question.findtext("name/text")
    assert question.findtext("penalty") == "0"
    ask, code = _html(question.find("questiontext"))
    why = question.find("generalfeedback")
    kind = question.get("type") or ""
    seen = Seen(kind, ask, "", code)
    if kind == "essay":
        seen.why = why.findtext("text") or "" if why is not None else ""
        seen.answers = [question.findtext("graderinfo/text") or ""]
        return seen
    seen.why = _html(why)[0]
    for answer in question.findall("answer"):
        share = float(answer.get("fraction") or "") / 100
        if kind in ("multichoice", "truefalse"):
            text = _html(answer)[0] if kind == "multichoice" else answer.findtext("text") or ""
            seen.options.append((text, _html(answer.find("feedback"))[0] or None))
            seen.shares.append(share)
        elif kind == "ordering":
            seen.items.append(_html(answer)[0])
        else:
            assert share == 1
            seen.answers.append((answer.findtext("text") or "").strip())
            seen.within = Decimal(answer.findtext("tolerance") or "0")
    if kind == "multichoice":
        seen.kind = {"true": "one", "false": "many"}[question.findtext("single") or ""]
    seen.cased = question.findtext("usecase") == "1"
    return seen


class Package:
    """Read a package of QTI 2.1, and mark answers as a delivery engine does."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.manifest = ET.fromstring(self.files["imsmanifest.xml"])
        resources = list(self.manifest.iter("{http://www.imsglobal.org/xsd/imscp_v1p1}resource"))
        listed = [one.get("href") for one in resources]
        assert sorted(map(str, listed)) == sorted(set(self.files) - {"imsmanifest.xml"})
        [test] = [one.get("href") or "" for one in resources if one.get("type") == "imsqti_test_xmlv2p1"]
        self.test = ET.fromstring(self.files[test])
        self.references = list(self.test.iter(f"{QTI}assessmentItemRef"))
        self.items = [ET.fromstring(self.files[reference.get("href") or ""]) for reference in self.references]


def written(element: ET.Element) -> str:
    """Return the text of an element, a <br/> as the end of a line; feedback in an option is none of its text."""
    parts = [element.text or ""]
    for child in element:
        name = child.tag.removeprefix(QTI)
        assert name in ("br", "feedbackInline", "p", "pre"), name
        if name == "br":
            parts.append("\n")
        parts.append(child.tail or "")
    return "".join(parts).replace("\u00a0", " ")


def outcomes(item: ET.Element, response: object) -> dict[str, object]:
    """Return an item's outcomes for an answer: an identifier, a tuple or set of them, a text, or None."""
    values: dict[str, object] = {}
    for declared in item.iter(f"{QTI}outcomeDeclaration"):
        values[declared.get("identifier") or ""] = declared.findtext(f"{QTI}defaultValue/{QTI}value")
    processing = item.find(f"{QTI}responseProcessing")
    if processing is None:
        return values
    declaration = item.find(f"{QTI}responseDeclaration")
    assert declaration is not None
    right = [value.text or "" for value in declaration.findall(f"{QTI}correctResponse/{QTI}value")]
    cardinality = declaration.get("cardinality")
    correct = {"single": right[0], "multiple": frozenset(right), "ordered": tuple(right)}[cardinality or ""]
    template = (processing.get("template") or "").rpartition("/")[2]
    if template == "match_correct":
        values["SCORE"] = "1" if response == correct else "0"
    elif template == "map_response":
        mapping = declaration.find(f"{QTI}mapping")
        assert mapping is not None
        values["SCORE"] = mapping.get("defaultValue")
        for entry in mapping:
            key = entry.get("mapKey") or ""
            level = str if entry.get("caseSensitive") == "true" else str.casefold
            if level(key) == level(str(response)):
                values["SCORE"] = entry.get("mappedValue")
                break
    else:
        assert not template
        for rule in processing:
            if rule.tag == f"{QTI}setOutcomeValue":
                assert rule[0].tag == f"{QTI}variable"
                values[rule.get("identifier") or ""] = response
                continue
            [first, second] = rule
            test = first[0]
            if test.tag == f"{QTI}equal":
                spread = (test.get("tolerance") or "0 0").split()
                low, high = (Decimal(number) for number in spread)
                holds = response is not None and -low <= Decimal(str(response)) - Decimal(right[0]) <= high
            else:
                assert test.tag == f"{QTI}match"
                holds = response == correct
            chosen = first[1] if holds else second[0]
            values[chosen.get("identifier") or ""] = chosen[0].text
    return values
