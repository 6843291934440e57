"""Logical ids: deterministic, opaque, never of two things at once."""

import pytest

from mappings.records.parties import Party, StaffKey
from mappings.toolkit import identity
from mappings.toolkit.identity import Ids


def test_an_id_is_a_letter_and_forty_hexadecimal_digits() -> None:
    found = Ids(b"k").of("Patient", "90000001", "urn:x:y", "1")
    assert len(found) == 41
    assert set(found[1:]) <= set("0123456789abcdef")
    assert found[0] == "m"


@pytest.mark.parametrize(
    "other",
    [
        ("Task", "90000001", "urn:x:y", "1"),
        ("Patient", "90000002", "urn:x:y", "1"),
        ("Patient", "90000001", "urn:x:z", "1"),
        ("Patient", "90000001", "urn:x:y", "2"),
    ],
)
def test_type_owner_system_and_value_each_make_another_id(other: tuple[str, ...]) -> None:
    ids = Ids(b"k")
    assert ids.of(*other) != ids.of("Patient", "90000001", "urn:x:y", "1")


def test_another_installation_has_other_ids() -> None:
    assert Ids(b"k").organisation("90000001") != Ids(b"l").organisation("90000001")


@pytest.mark.parametrize("names", [("a|b", "1", "s"), ("a", "1|2", "s"), ("a", "1", "s|t")])
def test_a_separator_before_the_value_is_refused(names: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="holds no"):
        Ids(b"k").of(*names, "v")


def test_a_person_has_one_id_per_organisation_and_one_of_her_own() -> None:
    ids = Ids(b"k")
    assert ids.staff("90000001", "900000011") != ids.staff("90000002", "900000011")
    assert ids.practitioner("900000011") == ids.of("Practitioner", "", identity.UZI, "900000011")


def test_a_reference_to_staff_tells_on_whose_behalf() -> None:
    found = identity.staff_reference(Ids(b"k"), StaffKey(ura="90000002", uzi="900000021"))
    assert found["type"] == "PractitionerRole"
    assert found["identifier"]["value"] == "900000021"
    assert found["identifier"]["assigner"]["identifier"]["value"] == "90000002"


@pytest.mark.parametrize(
    ("party", "party_type", "author_type"),
    [
        (Party(ura="90000002"), "Organization", "Organization"),
        (Party(ura="90000002", uzi="900000021"), "PractitionerRole", "Practitioner"),
    ],
)
def test_a_party_is_an_organisation_or_a_role(
    party: Party, party_type: str, author_type: str
) -> None:
    assert identity.party_reference(Ids(b"k"), party)["type"] == party_type
    assert identity.author_reference(Ids(b"k"), party)["type"] == author_type
