"""Who is who on the wire: logical ids, identifiers of authors, references to parties.

https://hl7.org/fhir/R4/references.html and https://hl7.org/fhir/R4/datatypes.html#Identifier

A logical id is computed from the author's identifier with the key of the installation: the same
message gives the same ids, and nobody without the key can try out a citizen number. This module
does not know which parties exist; that is the register's business.
"""

from hashlib import blake2b
from typing import Final

from adapter.fhir.constants import CANONICAL, URA, UZI
from adapter.fhir.json import Json
from mappings.records.parties import Party, StaffKey

TRAJECTORY_SYSTEM: Final = f"{CANONICAL}/NamingSystem/trajectory"
TEAM_SYSTEM: Final = f"{CANONICAL}/NamingSystem/care-team"

_LETTER: Final = "m"  # some servers read an id that starts with a digit as their own number
_BYTES: Final = 20  # 160 bits; with the letter 41 characters, below the 64 of R4


class Ids:
    """Logical ids of one installation."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, type: str, owner_ura: str, system: str, value: str) -> str:  # noqa: A002 # FHIR calls it type
        """Id of the resource that this owner knows by this identifier; "" for national numbers.

        ValueError when a part before the value holds the separator: two names could collide.
        """
        if "|" in type or "|" in owner_ura or "|" in system:
            raise ValueError("a type, owner or identifier system holds no '|'")
        name = f"{type}|{owner_ura}|{system}|{value}".encode()
        return _LETTER + blake2b(name, key=self._key, digest_size=_BYTES).hexdigest()

    def organisation(self, ura: str) -> str:
        return self.of("Organization", ura, URA, ura)

    def staff(self, ura: str, uzi: str) -> str:
        """PractitionerRole: this person, acting for this organisation."""
        return self.of("PractitionerRole", ura, UZI, uzi)

    def practitioner(self, uzi: str) -> str:
        """The person behind the roles; the number is national, so no organisation owns it."""
        return self.of("Practitioner", "", UZI, uzi)

    def team(self, ura: str, trajectory: str) -> str:
        """CareTeam of a trajectory, known to whoever knows the EpisodeOfCare's id."""
        return self.of("CareTeam", ura, TEAM_SYSTEM, trajectory)


def identifier(system: str, value: str, assigner_ura: str) -> Json:
    """Identifier given by an organisation, which it names as assigner by its URA."""
    return {
        "system": system,
        "value": value,
        "assigner": {"identifier": {"system": URA, "value": assigner_ura}},
    }


def reference(type: str, id: str, identifier: Json | None = None) -> Json:  # noqa: A002 # FHIR's names
    """Literal reference with its type, as Dutch partners expect it."""
    found: Json = {"reference": f"{type}/{id}", "type": type}
    return found if identifier is None else {**found, "identifier": identifier}


def organisation_reference(ids: Ids, ura: str) -> Json:
    return reference("Organization", ids.organisation(ura), {"system": URA, "value": ura})


def staff_reference(ids: Ids, staff: StaffKey) -> Json:
    """Reference to the PractitionerRole. An UZI card is issued to a subscriber, whose URA is the
    assigner: so the reference alone tells on whose behalf the person acts."""
    return reference(
        "PractitionerRole",
        ids.staff(staff.ura, staff.uzi),
        identifier(UZI, staff.uzi, staff.ura),
    )


def party_reference(ids: Ids, party: Party) -> Json:
    if party.uzi is None:
        return organisation_reference(ids, party.ura)
    return staff_reference(ids, StaffKey(ura=party.ura, uzi=party.uzi))


def author_reference(ids: Ids, party: Party) -> Json:
    """Author of an Annotation, which R4 lets be a Practitioner or Organization but no role; the
    URA behind the number still tells on whose behalf."""
    if party.uzi is None:
        return organisation_reference(ids, party.ura)
    return reference(
        "Practitioner", ids.practitioner(party.uzi), identifier(UZI, party.uzi, party.ura)
    )
