"""A meeting that was held <-> Encounter, with the five outputs.

https://hl7.org/fhir/R4/encounter.html

`class` says how people met (AMB, VR), not that it was a meeting: that is the type. Goals and
agreements refer to the parts of the plan; what was shared, what has priority and what is to be
expected are texts in an extension; a report per audience is a document that it points at.

An Encounter has no patient among its participants, so whether she was there stands in an
extension. Only when she was is it a contact in the sense of nl-core-Encounter, which it then claims
too (https://simplifier.net/nictiz-r4-zib2020).
"""

from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.constants import SNOMED
from adapter.fhir.json import Json
from mappings.mdo.mdo_codes import REPEAT_REASON
from mappings.plan.plan_codes import MEETING_ROLE, MdoForm
from mappings.plan.plan_ids import part_id_of, part_number
from mappings.records.consent_scope import PartReference
from mappings.records.mdo import Attendee, Held, Mdo, Outputs, PlanKey, Report
from mappings.records.parties import StaffKey
from mappings.toolkit import reader
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, parsed, read_code, refuse, take_fixed_code
from mappings.toolkit.who import read_who, who_reference
from mappings.toolkit.writing import (
    NL_EXTENSION,
    concept,
    extension,
    extension_url,
    present,
    resource,
)

ACT_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
MEETING: Final = "384682003"

_CLASSES: Final[dict[MdoForm, str]] = {"physical": "AMB", "hybrid": "AMB", "digital": "VR"}
PATIENT_ATTENDED: Final = extension_url("mdo-patient-attended")
OUTPUTS: Final = extension_url("mdo-outputs")
_REPORT: Final = extension_url("mdo-report")
NL_CORE_ENCOUNTER: Final = f"{NL_EXTENSION}/nl-core-Encounter"
_DOCUMENT: Final = TypeAdapter[str](PartReference)


def encounter_to_fhir(mdo: Mdo, held: Held, id_: str, appointment: str, ids: Ids) -> Json:
    naaste = []
    if held.naaste_attended and mdo.naaste is not None:
        naaste = [{"individual": reference("RelatedPerson", mdo.naaste.related_person)}]
    found = resource(
        "Encounter",
        id_,
        "mdo-encounter",
        synthetic=mdo.synthetic,
        extension=[
            extension(PATIENT_ATTENDED, valueBoolean=held.patient_attended),
            *_outputs(mdo.agenda, held.outputs, ids),
            *(_report(report, mdo.patient, ids) for report in held.reports),
        ],
        identifier=[identifier(mdo.identifier.system, mdo.identifier.value, mdo.organiser)],
        status="finished",
        **{"class": {"system": ACT_CODE, "code": _CLASSES[mdo.form]}},
        type=[concept(SNOMED, MEETING, "Multidisciplinaire zorgbespreking")],
        subject=reference("Patient", mdo.patient),
        episodeOfCare=[reference("EpisodeOfCare", mdo.trajectory)],
        basedOn=[] if mdo.referral is None else [reference("ServiceRequest", mdo.referral)],
        participant=[*(_present(who, mdo.chair, ids) for who in held.attended), *naaste],
        appointment=[reference("Appointment", appointment)],
        period={"start": held.start.isoformat(), "end": held.end.isoformat()},
        reasonCode=_repeat(held),
        serviceProvider=organisation_reference(ids, mdo.organiser),
    )
    if held.patient_attended:
        found["meta"]["profile"].append(NL_CORE_ENCOUNTER)
    return found


def _repeat(held: Held) -> list[Json]:
    if held.repeat_reason is None:
        return []
    kind = {} if held.repeat_kind is None else REPEAT_REASON.concept(held.repeat_kind)
    return [{**kind, "text": held.repeat_reason}]


def _present(who: Attendee, chair: StaffKey, ids: Ids) -> Json:
    staff = who.staff()
    start = None if who.start is None else who.start.isoformat()
    end = None if who.end is None else who.end.isoformat()
    return present(
        {
            "type": [MEETING_ROLE.concept("VOORZ" if staff == chair else "EXPR")],
            "period": present({"start": start, "end": end}),
            "individual": staff_reference(ids, staff),
        }
    )


def _report(report: Report, patient: str, ids: Ids) -> Json:
    kind, _, id_ = report.document.partition("/")
    return extension(
        _REPORT,
        extension=[
            extension("audience", valueReference=who_reference(report.audience, patient, ids)),
            extension("document", valueReference=reference(kind, id_)),
        ],
    )


def _outputs(plan: PlanKey, outputs: Outputs, ids: Ids) -> list[Json]:
    def part(kind: str, key: str) -> Json:
        number = plan.identifier
        name = identifier(number.system, part_number(number.value, key), plan.ura)
        return reference(kind, part_id_of(kind, key, number, plan.ura, ids), name)

    parts = [
        *(extension("shared", valueString=text) for text in outputs.shared),
        *(extension("goal", valueReference=part("Goal", key)) for key in outputs.goals),
        *(extension("priority", valueString=text) for text in outputs.priorities),
        *(extension("agreement", valueReference=part("Task", key)) for key in outputs.agreements),
        *(extension("outlook", valueString=text) for text in outputs.outlook),
        *(
            extension("scenario", valueReference=part("RiskAssessment", key))
            for key in outputs.scenarios
        ),
        *(extension("wish", valueString=text) for text in outputs.wishes),
    ]
    return [extension(OUTPUTS, extension=parts)] if parts else []


def read_held(root: Element, mdo: Mdo, message: Message) -> Held:
    """The meeting; what the Encounter repeats of the Appointment must agree with it."""
    number, _ = read_identifier(root.only("identifier"), mdo.organiser)
    root.fixed("status", "finished")
    kind = root.child("class")
    kind.ignore("display")
    kind.fixed("system", ACT_CODE)
    kind.fixed("code", _CLASSES[mdo.form])
    take_fixed_code(root.only("type"), SNOMED, MEETING)
    planned = message.ids.of(
        "Appointment", mdo.organiser, mdo.identifier.system, mdo.identifier.value
    )
    repeated = {
        "identifier": number == mdo.identifier,
        "subject": message.id_of(root.child("subject"), "Patient") == mdo.patient,
        "episodeOfCare": message.id_of(root.only("episodeOfCare"), "EpisodeOfCare")
        == mdo.trajectory,
        "appointment": message.id_of(root.only("appointment"), "Appointment") == planned,
        "serviceProvider": message.organisation(root.child("serviceProvider")) == mdo.organiser,
        "basedOn": _read_referral(root, message) == mdo.referral,
    }
    for name, agrees in repeated.items():
        if not agrees:
            refuse(root.at(name), "business-rule", "Overleg en afspraak spreken elkaar tegen.")
    attended, naaste = _read_present(root, mdo, message)
    period = root.child("period")
    patient = root.extension(PATIENT_ATTENDED)
    repeat = root.only_or_none("reasonCode")
    return build(
        Held,
        root.path,
        start=period.value("start", reader.INSTANT),
        end=period.value("end", reader.INSTANT),
        attended=attended,
        patient_attended=patient is not None and patient.value("valueBoolean", reader.FLAG),
        naaste_attended=naaste,
        repeat_kind=(
            None if repeat is None or not repeat.has("coding") else read_code(repeat, REPEAT_REASON)
        ),
        repeat_reason=None if repeat is None else repeat.value("text", reader.TEXT),
        outputs=_read_outputs(root.extension(OUTPUTS), mdo.agenda, message),
        reports=tuple(
            _read_report(item, mdo.patient, message) for item in root.extensions(_REPORT)
        ),
    )


def _read_referral(root: Element, message: Message) -> str | None:
    found = root.only_or_none("basedOn")
    return None if found is None else message.id_of(found, "ServiceRequest")


def _read_report(found: Element, patient: str, message: Message) -> Report:
    audience, document = found.extension("audience"), found.extension("document")
    if audience is None or document is None:
        refuse(found.at("extension"), "required", "Een verslag noemt zijn lezer en zijn document.")
    target = document.child("valueReference")
    target.ignore("type", "display")
    return build(
        Report,
        found.path,
        audience=read_who(audience.child("valueReference"), patient, message),
        document=target.value("reference", _DOCUMENT),
    )


def _read_present(root: Element, mdo: Mdo, message: Message) -> tuple[tuple[Attendee, ...], bool]:
    attended, naaste = [], False
    for item in root.children("participant"):
        who = item.child("individual")
        if str(who.peek("reference")).startswith("RelatedPerson/"):
            person = message.id_of(who, "RelatedPerson")
            if naaste or mdo.naaste is None or person != mdo.naaste.related_person:
                refuse(who.path, "business-rule", "Deze naaste is niet uitgenodigd.")
            naaste = True
            continue
        staff = message.staff(who)
        role = read_code(item.only("type"), MEETING_ROLE)
        if role != ("VOORZ" if staff == mdo.chair else "EXPR"):
            refuse(item.at("type"), "value", "De rol bij het overleg volgt uit de afspraak.")
        attended.append(_read_attendee(item, staff))
    return tuple(attended), naaste


def _read_attendee(item: Element, staff: StaffKey) -> Attendee:
    period = item.child_or_none("period")
    return build(
        Attendee,
        item.path,
        ura=staff.ura,
        uzi=staff.uzi,
        start=None if period is None else period.value("start", reader.INSTANT),
        end=None if period is None else period.optional("end", reader.INSTANT),
    )


def _read_outputs(found: Element | None, plan: PlanKey, message: Message) -> Outputs:
    if found is None:
        return Outputs()

    def texts(name: str) -> tuple[str, ...]:
        return tuple(item.value("valueString", reader.TEXT) for item in found.extensions(name))

    def keys(name: str, kind: str) -> tuple[str, ...]:
        links = [item.child("valueReference") for item in found.extensions(name)]
        return tuple(_read_key(link, kind, plan, message) for link in links)

    return build(
        Outputs,
        found.path,
        shared=texts("shared"),
        goals=keys("goal", "Goal"),
        priorities=texts("priority"),
        agreements=keys("agreement", "Task"),
        outlook=texts("outlook"),
        scenarios=keys("scenario", "RiskAssessment"),
        wishes=texts("wish"),
    )


def _read_key(link: Element, kind: str, plan: PlanKey, message: Message) -> str:
    found = message.id_of(link, kind)
    number, ura = read_identifier(link.child("identifier"))
    prefix = part_number(plan.identifier.value, "")
    key = parsed(number.value.removeprefix(prefix), reader.PART_KEY, link.at("identifier"))
    is_of_plan = (ura, number.system) == (plan.ura, plan.identifier.system)
    if not is_of_plan or found != part_id_of(kind, key, plan.identifier, ura, message.ids):
        refuse(link.path, "value", "Dit is geen deel van het plan op de agenda.")
    return key
