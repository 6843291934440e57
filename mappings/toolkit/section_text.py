"""Plain text of a section <-> Narrative, a paragraph per line.

https://hl7.org/fhir/R4/narrative.html

Only what this module writes is read back: markup of others may say more than its words.
"""

import re
from html import escape, unescape
from typing import Final

from adapter.fhir.json import Json
from mappings.toolkit import reader
from mappings.toolkit.reader import Element, refuse

_OPEN: Final = '<div xmlns="http://www.w3.org/1999/xhtml">'
_DIV: Final = re.compile(rf"{re.escape(_OPEN)}((?:<p>[^<>]*</p>)+)</div>")


def section_text(text: str) -> Json:
    """The only place where these words stand, so `additional`."""
    lines = "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n"))
    return {"status": "additional", "div": f"{_OPEN}{lines}</div>"}


def read_section_text(narrative: Element) -> str:
    narrative.fixed("status", "additional")
    sent = narrative.take("div")
    found = _DIV.fullmatch(sent) if isinstance(sent, str) else None
    lines = "" if found is None else found[1].removeprefix("<p>").removesuffix("</p>")
    text = "\n".join(unescape(line) for line in lines.split("</p><p>"))
    if section_text(text)["div"] != sent:
        refuse(narrative.at("div"), "value", "Hier is plaats voor alinea's zonder opmaak.")
    return reader.parsed(text, reader.TEXT, narrative.at("div"))
