"""The FHIR server of the demo: real where it can be had, else a stand-in, and it says which."""

import json
import urllib.request

import pytest

from adapter.cli.demo import peer
from adapter.cli.demo.peer import fhir_peer


def software(base: str) -> str:
    with urllib.request.urlopen(f"{base}/metadata", timeout=30) as reply:
        return str(json.load(reply).get("software", {}).get("name", "stand-in"))


def test_without_a_wish_for_the_real_server_it_is_a_stand_in() -> None:
    with fhir_peer(real=False) as coming:
        assert "nagebouwd" in coming.ready().software


def test_without_java_it_is_a_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer.shutil, "which", lambda _name: None)
    with fhir_peer(real=True) as coming:
        assert "nagebouwd" in coming.ready().software


def test_the_stand_in_answers_at_its_address() -> None:
    with fhir_peer(real=False) as coming:
        assert software(coming.ready().base)


@pytest.mark.hapi
def test_with_java_and_maven_it_is_hapi() -> None:
    with fhir_peer(real=True) as coming:
        found = coming.ready()
        assert "HAPI" in found.software
        assert "HAPI" in software(found.base)
