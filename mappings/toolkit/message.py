"""The resources of one message: who refers to whom, who is synthetic, what nobody read.

https://hl7.org/fhir/R4/bundle.html#references

A reference may be the `fullUrl` of an entry or `Type/id`. Parties are read from their national
numbers, which stand in the reference itself or in an Organization, PractitionerRole or
Practitioner that came along. Those three are matched, never taken over: what else they say belongs
to the register and is not read here.
"""

from collections.abc import Callable, Sequence
from typing import Final

from adapter.fhir.constants import (
    ACT_REASON,
    BSN,
    CANONICAL,
    HTEST_CODE,
    IDENTIFIER_ALIASES,
    URA,
    UZI,
)
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from mappings.records.base import Identifier
from mappings.records.parties import Party, StaffKey
from mappings.toolkit import reader
from mappings.toolkit.entries import Entries
from mappings.toolkit.identity import Ids, author_reference, party_reference
from mappings.toolkit.reader import Element, refuse

DIRECTORY: Final = frozenset({"Organization", "PractitionerRole", "Practitioner"})


class Message:
    """Resources that are read together, each at its path in what was sent."""

    def __init__(
        self,
        resources: Sequence[Json],
        ids: Ids,
        *,
        own_language: bool = False,
    ) -> None:
        """With `own_language` the record says in which language its resources are."""
        self.ids = ids
        self._own_language = own_language
        at, names = (
            (resources.paths, resources.names) if isinstance(resources, Entries) else ((), {})
        )
        self._types = [str(resource.get("resourceType")) for resource in resources]
        self._roots = [
            Element(resource, at[n] if at else kind)
            for n, (resource, kind) in enumerate(zip(resources, self._types, strict=True))
        ]
        self._names = {
            **{
                f"{k}/{r.get('id')}": n
                for n, (k, r) in enumerate(zip(self._types, resources, strict=True))
            },
            **names,
        }
        self._opened: dict[int, bool] = {}
        self._ids: dict[int, str] = {}

    def all(self, kind: str, test: Callable[[Element], bool] | None = None) -> list[Element]:
        """Resources of a type, in the order sent, each opened: its header is read."""
        return [
            self._open(n)
            for n, (root, type_) in enumerate(zip(self._roots, self._types, strict=True))
            if type_ == kind and (test is None or test(root))
        ]

    def one(self, kind: str, test: Callable[[Element], bool] | None = None) -> Element:
        found = self.all(kind, test)
        if len(found) != 1:
            refuse(
                kind if not found else found[1].path,
                "structure",
                f"Eén {kind} hoort in dit bericht.",
            )
        return found[0]

    def target(self, reference: Element, *kinds: str) -> Element:
        """The resource of this message that a reference points at."""
        _take_reference(reference)
        found = self._find(reference.value("reference", reader.URI_OR_PATH))
        if found is None or self._types[found] not in kinds:
            refuse(
                reference.at("reference"),
                "not-found",
                f"Deze verwijzing hoort naar een {' of '.join(kinds)} in dit bericht te wijzen.",
            )
        return self._open(found)

    def kind_of(self, root: Element) -> str:
        """Type of a resource of this message."""
        return str(root.peek("resourceType"))

    def identify(self, root: Element, id_: str) -> None:
        """Say which logical id a resource of this message has with us."""
        self._ids[id(root)] = id_

    def id_of(self, reference: Element, kind: str) -> str:
        """Logical id of what a reference points at: named in this message, or held already."""
        _take_reference(reference)
        literal = reference.value("reference", reader.URI_OR_PATH)
        found = self._find(literal)
        if found is not None and id(self._roots[found]) in self._ids:
            if self._types[found] != kind:
                refuse(reference.at("reference"), "value", f"Hier hoort een {kind} te staan.")
            return self._ids[id(self._roots[found])]
        return _literal_id(literal, kind, reference.at("reference"))

    def party(self, reference: Element) -> Party:
        """The organisation or staff member that a reference names by national number."""
        _take_reference(reference)
        ura, uzi = _numbers(reference.child_or_none("identifier"))
        literal = reference.optional("reference", reader.URI_OR_PATH)
        found = None if literal is None else self._find(literal)
        if found is not None:
            there = self._directory_numbers(found, reference)
            if (ura and there[0] and ura != there[0]) or (uzi and uzi != there[1]):
                refuse(reference.path, "value", "De verwijzing en het nummer spreken elkaar tegen.")
            ura, uzi = ura or there[0], uzi or there[1]
        if ura is None:
            refuse(reference.path, "required", "Hier hoort het URA-nummer van een organisatie bij.")
        party = Party(ura=ura, uzi=uzi)
        if literal is not None and found is None:
            own = (party_reference(self.ids, party), author_reference(self.ids, party))
            if literal not in {name["reference"] for name in own}:
                refuse(
                    reference.at("reference"),
                    "not-found",
                    "Deze verwijzing staat niet in het bericht en hoort niet bij het nummer.",
                )
        return party

    def staff(self, reference: Element) -> StaffKey:
        party = self.party(reference)
        if party.uzi is None:
            refuse(reference.path, "required", "Hier hoort het UZI-nummer van een persoon bij.")
        return StaffKey(ura=party.ura, uzi=party.uzi)

    def organisation(self, reference: Element) -> str:
        """URA of an organisation, not of somebody in it."""
        party = self.party(reference)
        if party.uzi is not None:
            refuse(reference.path, "value", "Hier hoort een organisatie te staan, geen persoon.")
        return party.ura

    def finish(self) -> bool:
        """Whether all of it is synthetic. FhirError 422 with every element that has no place."""
        issues: list[Issue] = []
        for n, root in enumerate(self._roots):
            if n in self._opened:
                issues += root.leftovers()
            elif self._types[n] not in DIRECTORY:
                issues.append(reader.no_place(root.path))
        if issues:
            raise FhirError(422, *issues)
        marks = set(self._opened.values())
        if len(marks) > 1:
            odd = next(n for n, mark in self._opened.items() if not mark)
            refuse(
                f"{self._roots[odd].path}.meta.security",
                "business-rule",
                "Verzonnen en echte gegevens gaan niet samen in één bericht.",
                "RI-8",
            )
        return marks == {True}

    def _find(self, literal: str) -> int | None:
        return self._names.get(literal)

    def _open(self, n: int) -> Element:
        if n not in self._opened:
            self._opened[n] = _read_header(self._roots[n], own_language=self._own_language)
        return self._roots[n]

    def _directory_numbers(self, n: int, reference: Element) -> tuple[str | None, str | None]:
        root, kind = self._roots[n], self._types[n]
        if kind not in DIRECTORY:
            refuse(reference.at("reference"), "value", "Hier hoort een partij te staan.")
        ura, uzi = _national_numbers(root)
        if kind == "PractitionerRole":
            for member in ("organization", "practitioner"):
                link = root.child_or_none(member)
                if link is not None:
                    more = self._linked_numbers(link)
                    ura, uzi = ura or more[0], uzi or more[1]
        return ura, uzi

    def _linked_numbers(self, link: Element) -> tuple[str | None, str | None]:
        literal = link.optional("reference", reader.URI_OR_PATH)
        found = None if literal is None else self._find(literal)
        if found is not None and self._types[found] in {"Organization", "Practitioner"}:
            return _national_numbers(self._roots[found])
        return _numbers(link.child_or_none("identifier"))


def read_identifier(element: Element, assigner_ura: str | None = None) -> tuple[Identifier, str]:
    """An author's identifier and the URA of the organisation that gave it.

    With `assigner_ura` the author is known: an identifier without assigner is his.
    """
    element.ignore("use")
    system = element.value("system", reader.URI)
    found = Identifier(
        system=IDENTIFIER_ALIASES.get(system, system), value=element.value("value", reader.LINE)
    )
    if found.system == BSN:
        refuse(element.path, "business-rule", "Een BSN is geen nummer van de auteur.")
    assigner = element.child_or_none("assigner")
    if assigner is None:
        if assigner_ura is None:
            refuse(
                element.at("assigner"), "required", "De organisatie die het nummer gaf ontbreekt."
            )
        return found, assigner_ura
    assigner.ignore("display")
    ura, _ = _numbers(assigner.child("identifier"))
    if ura is None or (assigner_ura is not None and ura != assigner_ura):
        refuse(assigner.path, "value", "Het nummer hoort van de auteur zelf te zijn.")
    return found, ura


def read_subject(reference: Element, patient: Element, bsn: str | None, message: Message) -> None:
    """Check that a resource is about the patient of the message, by link or by citizen number."""
    _take_reference(reference)
    if reference.has("identifier"):
        number = reference.child("identifier")
        number.ignore("use")
        system = number.value("system", reader.URI)
        is_bsn = IDENTIFIER_ALIASES.get(system, system) == BSN
        if not is_bsn or number.value("value", reader.BSN) != bsn:
            refuse(number.path, "value", "Dit is niet het nummer van de patiënt in dit bericht.")
        if not reference.has("reference"):
            return
    if message.target(reference, "Patient") is not patient:
        refuse(reference.path, "business-rule", "Een verwijzing gaat over één patiënt.")


def _literal_id(literal: str, kind: str, at: str) -> str:
    type_, _, id_ = literal.partition("/")
    if type_ != kind:
        refuse(at, "value", f"Deze verwijzing hoort naar een {kind} te wijzen.")
    return reader.parsed(id_, reader.LOGICAL_ID, at)


def _take_reference(reference: Element) -> None:
    reference.ignore("display", "type")


def _numbers(identifier: Element | None) -> tuple[str | None, str | None]:
    """URA and UZI in one identifier; of an UZI the assigner tells the URA."""
    if identifier is None:
        return None, None
    identifier.ignore("use")
    system = identifier.value("system", reader.URI)
    system = IDENTIFIER_ALIASES.get(system, system)
    if system == URA:
        return identifier.value("value", reader.URA), None
    if system != UZI:
        refuse(identifier.at("system"), "value", "Hier hoort een URA- of UZI-nummer te staan.")
    uzi = identifier.value("value", reader.UZI)
    assigner = identifier.child_or_none("assigner")
    if assigner is None:
        return None, uzi
    assigner.ignore("display")
    return _numbers(assigner.child("identifier"))[0], uzi


def _national_numbers(root: Element) -> tuple[str | None, str | None]:
    """URA and UZI among the identifiers of a directory resource; other numbers are its own."""
    ura = uzi = None
    for item in root.children("identifier"):
        system = item.peek("system")
        if IDENTIFIER_ALIASES.get(str(system), system) in (URA, UZI):
            found = _numbers(item)
            ura, uzi = ura or found[0], uzi or found[1]
    return ura, uzi


def _read_header(root: Element, *, own_language: bool) -> bool:
    """Take what every resource has; whether the label of invented data is on it."""
    root.ignore("resourceType", "id")
    if root.has("language") and not own_language:
        root.fixed("language", "nl-NL", "nl")
    text = root.peek("text")
    if isinstance(text, dict) and text.get("status") == "generated":
        root.ignore("text")  # repeats the elements; any other narrative may say more
    meta = root.child_or_none("meta")
    if meta is None:
        return False
    meta.ignore("versionId", "lastUpdated", "source", "profile")  # the server's, and a mere claim
    for tag in meta.children("tag"):
        if str(tag.peek("system")).startswith(CANONICAL):  # ours, such as the run of a test
            tag.ignore_all()
    labels = meta.children("security")
    for label in labels:
        label.ignore("display")
        label.fixed("system", ACT_REASON)
        label.fixed("code", HTEST_CODE)
    return bool(labels)
