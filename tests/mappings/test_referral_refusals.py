"""A referral in FHIR that does not fit: each fault with its code and path."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.referral import referral as mapping
from tests.mappings import builders, supplier
from tests.mappings.builders import IDS, MESO
from tests.mappings.supplier import person, resource_of, urn

Json = dict[str, Any]


def refused(bundle: Json) -> FhirError:
    with pytest.raises(FhirError) as caught:
        mapping.from_bundle(bundle, IDS)
    assert caught.value.status == 422
    return caught.value


def _set(name: str, /, **members: object) -> Callable[[Json], None]:
    return lambda bundle: resource_of(bundle, name).update(members)


def _drop(name: str, member: str) -> Callable[[Json], None]:
    return lambda bundle: resource_of(bundle, name).pop(member)


def _entry(n: int, **members: object) -> Callable[[Json], None]:
    return lambda bundle: bundle["entry"][n].update(members)


def _number(system: str, value: str) -> Json:
    return {"identifier": {"system": system, "value": value}}


def _second_patient(bundle: Json) -> None:
    bundle["entry"].append(supplier.entry("other", {"resourceType": "Patient"}))
    resource_of(bundle, "problem-2")["subject"] = {"reference": urn("other")}


OWN_NAME = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/humanname-own-name",
            "valueString": "Wolderink",
        }
    ]
}
STREET = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-streetName",
            "valueString": "Achterpad",
        }
    ]
}
META = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "R"}]}
REQUEST = {"method": "POST", "url": "Task"}
OTHER_BSN = [{"system": builders.BSN, "value": "999900018"}]
REFUSED: dict[str, tuple[Callable[[Json], None], str, str]] = {
    "an unknown element": (
        _set("request", patientInstruction="los"),
        "structure",
        "Bundle.entry[8].resource.patientInstruction",
    ),
    "an unknown member of an entry": (
        _entry(8, search={"mode": "match"}),
        "structure",
        "Bundle.entry[8].search",
    ),
    "an entry without a resource": (
        _entry(8, resource=None),
        "required",
        "Bundle.entry[8].resource",
    ),
    "two entries with one name": (
        _entry(8, fullUrl=urn("task")),
        "duplicate",
        "Bundle.entry[9].fullUrl",
    ),
    "an entry that deletes": (
        _entry(9, request={"method": "DELETE", "url": "Task/1"}),
        "code-invalid",
        "Bundle.entry[9].request.method",
    ),
    "an address of another type": (
        _entry(8, request=REQUEST),
        "value",
        "Bundle.entry[8].request.url",
    ),
    "a Bundle of another type": (
        lambda bundle: bundle.update(type="batch"),
        "code-invalid",
        "Bundle.type",
    ),
    "a resource that nobody refers to": (
        lambda bundle: bundle["entry"].append(
            supplier.entry("loose", {"resourceType": "Condition"})
        ),
        "structure",
        "Bundle.entry[10].resource",
    ),
    "a second ServiceRequest": (
        lambda bundle: bundle["entry"].append(
            supplier.entry("more", {"resourceType": "ServiceRequest"})
        ),
        "structure",
        "Bundle.entry[10].resource",
    ),
    "no Task": (lambda bundle: bundle["entry"].pop(9), "structure", "Task"),
    "a reference to nowhere": (
        _set("request", subject={"reference": "Patient/elsewhere"}),
        "not-found",
        "Bundle.entry[8].resource.subject.reference",
    ),
    "a foreign link beside a number": (
        _set("request", performer=[{"reference": "Organization/7", **_number(builders.URA, MESO)}]),
        "not-found",
        "Bundle.entry[8].resource.performer[0].reference",
    ),
    "a party without a known number": (
        _set("request", performer=[_number("https://x.example/y", "1")]),
        "value",
        "Bundle.entry[8].resource.performer[0].identifier.system",
    ),
    "a party with nothing but a name": (
        _set("request", performer=[{"display": "MESO"}]),
        "required",
        "Bundle.entry[8].resource.performer[0]",
    ),
    "a person where an organisation belongs": (
        _set("request", performer=[{"reference": urn("role")}]),
        "value",
        "Bundle.entry[8].resource.performer[0]",
    ),
    "an organisation where a person belongs": (
        _set("request", requester={"reference": urn("practice")}),
        "required",
        "Bundle.entry[8].resource.requester",
    ),
    "a party that is no party": (
        _set("request", requester={"reference": urn("patient")}),
        "value",
        "Bundle.entry[8].resource.requester.reference",
    ),
    "a link and a number of two parties": (
        _set("request", requester={"reference": urn("role"), **_number(builders.URA, MESO)}),
        "value",
        "Bundle.entry[8].resource.requester",
    ),
    "a number of another organisation": (
        _set("request", identifier=[supplier.own_number("https://x.example/y", "1", MESO)]),
        "value",
        "Bundle.entry[8].resource.identifier[0].assigner",
    ),
    "a citizen number as number of the referral": (
        _set("request", identifier=OTHER_BSN),
        "business-rule",
        "Bundle.entry[8].resource.identifier[0]",
    ),
    "no stepped-care step": (
        _set("request", category=[supplier.snomed("3457005")]),
        "required",
        "Bundle.entry[8].resource.category",
    ),
    "two stepped-care steps": (
        _set("request", category=[supplier.list_code("stepped-care-step", "SC-4")] * 2),
        "structure",
        "Bundle.entry[8].resource.category[1]",
    ),
    "no home visit": (
        _set("request", orderDetail=[supplier.list_code("complexity-type", "interfering")]),
        "required",
        "Bundle.entry[8].resource.orderDetail",
    ),
    "complexity twice": (
        _set("request", orderDetail=[supplier.list_code("complexity-type", "interfering")] * 2),
        "structure",
        "Bundle.entry[8].resource.orderDetail[1]",
    ),
    "an unknown code": (
        _set("request", code=supplier.list_code("requested-service", "miracle")),
        "code-invalid",
        "Bundle.entry[8].resource.code.coding[0].code",
    ),
    "a code of another list": (
        _set("request", code=supplier.list_code("home-visit", "trajectory")),
        "code-invalid",
        "Bundle.entry[8].resource.code.coding[0].system",
    ),
    "one consent of the two": (
        _set("request", supportingInfo=[{"reference": urn("con-1")}]),
        "business-rule",
        "Bundle.entry[8].resource.supportingInfo",
    ),
    "a consent that says more than the agreement": (
        _set("con-2", dateTime="2026-05-09"),
        "business-rule",
        "Bundle.entry[8].resource.supportingInfo",
    ),
    "a task that was taken up already": (
        _set("task", status="accepted"),
        "code-invalid",
        "Bundle.entry[9].resource.status",
    ),
    "a task of another requester": (
        _set("task", requester=person("900000012")),
        "business-rule",
        "Bundle.entry[9].resource.requester",
    ),
    "a task for another receiver": (
        _set("task", owner={"reference": urn("practice")}),
        "business-rule",
        "Bundle.entry[9].resource.owner",
    ),
    "a task of another moment": (
        _set("task", authoredOn="2026-05-12T09:20:00+02:00"),
        "business-rule",
        "Bundle.entry[9].resource.authoredOn",
    ),
    "a task without the code": (
        _set("task", code=supplier.snomed("3457005")),
        "required",
        "Bundle.entry[9].resource.code",
    ),
    "a task for another patient": (
        _set("task", **{"for": _number(builders.BSN, "999900018")}),
        "value",
        "Bundle.entry[9].resource.for.identifier",
    ),
    "two patients": (
        _second_patient,
        "business-rule",
        "Bundle.entry[5].resource.subject",
    ),
    "a patient of another practice": (
        _set("patient", managingOrganization=_number(builders.URA, MESO)),
        "value",
        "Bundle.entry[3].resource.managingOrganization",
    ),
    "a patient without a number of the practice": (
        _set("patient", identifier=[{"system": builders.BSN, "value": "999900006"}]),
        "required",
        "Bundle.entry[3].resource.identifier",
    ),
    "two citizen numbers": (
        _set("patient", identifier=[{"system": builders.BSN, "value": "999900006"}, *OTHER_BSN]),
        "structure",
        "Bundle.entry[3].resource.identifier[1]",
    ),
    "two numbers of the practice": (
        _set("patient", identifier=[supplier.own_number("https://x.example/y", v) for v in "12"]),
        "structure",
        "Bundle.entry[3].resource.identifier[1]",
    ),
    "a citizen number that fails the test": (
        _set("patient", identifier=[{"system": builders.BSN, "value": "123456789"}]),
        "value",
        "Bundle.entry[3].resource.identifier[0].value",
    ),
    "an inactive patient": (
        _set("patient", active=False),
        "value",
        "Bundle.entry[3].resource.active",
    ),
    "an address in one line": (
        _set("patient", address=[{"line": ["Achterpad 12 b"], "city": "V", "postalCode": "1"}]),
        "required",
        "Bundle.entry[3].resource.address[0].line.extension",
    ),
    "a call name among the official ones": (
        _set(
            "patient",
            name=[
                {
                    "family": "W",
                    "given": ["G."],
                    "_given": [
                        {
                            "extension": [
                                {
                                    "url": "http://hl7.org/fhir/StructureDefinition/"
                                    "iso21090-EN-qualifier",
                                    "valueCode": "CL",
                                }
                            ]
                        }
                    ],
                }
            ],
        ),
        "code-invalid",
        "Bundle.entry[3].resource.name[0].given[0].extension[0].valueCode",
    ),
    "a name that its text contradicts": (
        _set("patient", name=[{"family": "W", "given": ["G"], "text": "Mevrouw W"}]),
        "structure",
        "Bundle.entry[3].resource.name[0].text",
    ),
    "narrative that says more": (
        _set("patient", text={"status": "additional", "div": "<div/>"}),
        "structure",
        "Bundle.entry[3].resource.text",
    ),
    "a label that is not HTEST": (
        _set("patient", meta=META),
        "code-invalid",
        "Bundle.entry[3].resource.meta.security[0].code",
    ),
    "one resource without the label": (
        _drop("problem-1", "meta"),
        "business-rule",
        "Bundle.entry[4].resource.meta.security",
    ),
    "an extension nobody knows": (
        _set("patient", extension=[{"url": "https://x.example/e", "valueCode": "a"}]),
        "structure",
        "Bundle.entry[3].resource.extension[0]",
    ),
    "something beside a primitive": (
        _set("patient", _birthDate={"extension": [{"url": "https://x.example/e"}]}),
        "structure",
        "Bundle.entry[3].resource.birthDate.extension",
    ),
    "the wrong kind of thing": (
        _set("con-1", patient={"reference": urn("request")}),
        "value",
        "Bundle.entry[6].resource.patient.reference",
    ),
    "a link to another type that is not here": (
        _set("con-1", patient={"reference": "Group/1"}),
        "value",
        "Bundle.entry[6].resource.patient.reference",
    ),
    "a number without its organisation": (
        _set("request", performer=[{"identifier": {"system": builders.UZI, "value": "900000021"}}]),
        "required",
        "Bundle.entry[8].resource.performer[0]",
    ),
    "an extension without a partner": (
        _set("patient", name=[{"family": "W", "given": ["G"], "_given": [None, {"id": "x"}]}]),
        "structure",
        "Bundle.entry[3].resource.name[0].given[1]",
    ),
    "parts of a name that make another name": (
        _set("patient", name=[{"family": "W", "_family": OWN_NAME, "given": ["G"]}]),
        "value",
        "Bundle.entry[3].resource.name[0].family",
    ),
    "parts of a line that make another line": (
        _set("patient", address=[{"line": ["A 1"], "_line": [STREET], "city": "V"}]),
        "value",
        "Bundle.entry[3].resource.address[0].line[0]",
    ),
    "a missing element": (
        _drop("patient", "birthDate"),
        "required",
        "Bundle.entry[3].resource.birthDate",
    ),
    "a list where one belongs": (
        _set("patient", birthDate=["1942-03-04"]),
        "value",
        "Bundle.entry[3].resource.birthDate",
    ),
    "one where a list belongs": (
        _set("patient", name={"family": "W"}),
        "structure",
        "Bundle.entry[3].resource.name",
    ),
    "a text where an element belongs": (
        _set("request", subject=urn("patient")),
        "structure",
        "Bundle.entry[8].resource.subject",
    ),
    "two of what may be there once": (
        _set("patient", telecom=[{"system": "phone", "value": "1"}] * 2),
        "structure",
        "Bundle.entry[3].resource.telecom[1]",
    ),
}


@pytest.mark.parametrize(("change", "code", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_fit_is_refused_with_its_path(
    change: Callable[[Json], None], code: str, path: str
) -> None:
    bundle = supplier.supplier_bundle()
    change(bundle)
    found = [(issue.code, issue.expression) for issue in refused(bundle).issues]
    assert found == [(code, path)]
