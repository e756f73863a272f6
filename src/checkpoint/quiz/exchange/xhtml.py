"""Build the XML of QTI: elements of its namespace, and plain text as its XHTML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from checkpoint.quiz.exchange.markup import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
QTI = f"{{{NAMESPACE}}}"


def add(
    parent: ET.Element, tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None
) -> ET.Element:
    """Add an element of QTI and return it."""
    element = ET.SubElement(parent, f"{QTI}{tag}", dict(attributes or {}))
    element.text = text
    return element


def write(parent: ET.Element, text: str) -> None:
    """Write a text into an element that has none yet, with a <br/> where a line ends."""
    first, *rest = spaced(text).split("\n")
    parent.text = first
    for line in rest:
        add(parent, "br").tail = line


def document(root: ET.Element) -> bytes:
    """Return an element as the bytes of a file; its own namespace goes without a prefix, as simple readers want it."""
    namespace = root.tag.removeprefix("{").partition("}")[0]
    root.set("xmlns", namespace)
    if namespace != NAMESPACE:
        root.set("xmlns:qti", NAMESPACE)
    for element in root.iter():
        uri, _, name = element.tag.removeprefix("{").partition("}")
        element.tag = name if uri == namespace else f"qti:{name}"
    written: bytes = ET.tostring(root, "UTF-8", xml_declaration=True)
    return written + b"\n"
