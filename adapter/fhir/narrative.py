"""Narrative.div: only the formatting that FHIR allows (txt-1, txt-2).

https://hl7.org/fhir/R4/narrative.html

Refused are scripts, forms, frames, event attributes, and links that run something. This is a
check of what comes in, not a sanitiser: a page that shows a narrative cleans it at that moment.
"""

import re
from html.parser import HTMLParser
from typing import Final

_TAGS: Final = re.compile(
    "a|abbr|acronym|b|big|blockquote|br|caption|cite|code|col|colgroup|dd|dfn|div|dl|dt|em|h[1-6]|"
    "hr|i|img|li|ol|p|pre|q|samp|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|ul|"
    "var"
)
_ATTRIBUTES: Final = re.compile(
    "abbr|accesskey|align|alt|axis|bgcolor|border|cellhalign|cellpadding|cellspacing|cellvalign|"
    "char|charoff|charset|cite|class|colspan|compact|coords|dir|frame|headers|height|href|"
    "hreflang|hspace|id|lang|longdesc|name|nowrap|rel|rev|rowspan|rules|scope|shape|span|src|"
    "start|style|summary|tabindex|title|type|valign|value|vspace|width|xml:lang|xmlns"
)
_LINKS: Final = frozenset({"href", "src", "longdesc", "cite"})
_RUNNING: Final = ("javascript:", "vbscript:", "data:text", "data:application")

_NOT_DIV: Final = "Verwacht is één div met inhoud."
_FORBIDDEN: Final = "De tekst bevat opmaak die FHIR niet toestaat (txt-1)."


def narrative_fault(div: str) -> str | None:
    """What is wrong with the markup, or None."""
    if not div.lstrip().startswith("<div"):
        return _NOT_DIV
    reader = _Reader()
    reader.feed(div)
    reader.close()
    if reader.is_forbidden:
        return _FORBIDDEN
    return None if reader.has_content else _NOT_DIV


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.is_forbidden = False
        self.has_content = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_forbidden |= not _TAGS.fullmatch(tag) or any(
            not _ATTRIBUTES.fullmatch(name) or (name in _LINKS and _runs(value or ""))
            for name, value in attrs
        )
        self.has_content |= tag == "img"

    def handle_data(self, data: str) -> None:
        self.has_content |= bool(data.strip())

    def handle_decl(self, _: str) -> None:
        self.is_forbidden = True

    def unknown_decl(self, _: str) -> None:
        self.is_forbidden = True

    def handle_pi(self, _: str) -> None:
        self.is_forbidden = True


def _runs(link: str) -> bool:
    """Browsers skip white space inside a scheme."""
    return "".join(link.split()).lower().startswith(_RUNNING)
