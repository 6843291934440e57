import pytest

from adapter.fhir.narrative import narrative_fault

ALLOWED = {
    "text": "<div xmlns='http://www.w3.org/1999/xhtml'>Verwijzing</div>",
    "table": "<div><table class='grid'><tr><td colspan='2'>a</td></tr></table></div>",
    "link": "<div><a href='https://example.test'>a</a><br/></div>",
    "image alone": "<div><img src='#p1' alt='foto'/></div>",
    "entities": "<div>a &amp; b &nbsp; c &lt;script&gt;</div>",
    "comment": "<div><!-- x -->a</div>",
}
REFUSED = {
    "no markup": "Verwijzing",
    "another element": "<p>a</p>",
    "empty": "<div> <b> </b></div>",
    "script": "<div>a<script>alert(1)</script></div>",
    "script in capitals": "<div>a<SCRIPT/></div>",
    "form": "<div><form><input/></form>a</div>",
    "iframe": "<div>a<iframe src='https://x'></iframe></div>",
    "object": "<div>a<object data='x'/></div>",
    "event": "<div onclick='x()'>a</div>",
    "event in an element": "<div><img src='x' onerror=alert(1)/></div>",
    "link that runs": "<div><a href='javascript:x()'>a</a></div>",
    "link that runs, disguised": "<div><a href=' Java\nScript:x()'>a</a></div>",
    "document in a link": "<div><a href='data:text/html,x'>a</a></div>",
    "document type": "<div>a<!DOCTYPE x></div>",
    "section": "<div>a<![CDATA[x]]></div>",
    "instruction": "<div>a<?php x ?></div>",
}


@pytest.mark.parametrize("div", ALLOWED.values(), ids=ALLOWED.keys())
def test_basic_formatting_is_allowed(div: str) -> None:
    assert narrative_fault(div) is None


@pytest.mark.parametrize("div", REFUSED.values(), ids=REFUSED.keys())
def test_what_fhir_does_not_allow_in_a_narrative_is_refused(div: str) -> None:
    assert narrative_fault(div)


def test_a_link_without_value_is_harmless() -> None:
    assert narrative_fault("<div><a href>a</a></div>") is None
