"""A meeting that was held -> the shape of Nictiz' draft: Encounter and a CarePlan of its outcome.

https://simplifier.net/nictiz-r4-zib2020 (branch on the zib MultidisciplinaryTeamMeeting)

The draft was never released and is not claimed. Two stored states of it differ in where the code of
the meeting stands; it is in `type` here, and in `class` too when asked, instead of how people met.
What came out of the meeting are references to the plan's own Tasks and goals. What was said in words
(what was shared, what has priority, what is to be expected, why there was a second meeting) has no
place in this shape: it is in the report for each audience.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

from adapter.fhir.constants import SNOMED
from adapter.fhir.json import Json
from mappings.mdo.mdo_held import MEETING, NL_CORE_ENCOUNTER, OUTPUTS, PATIENT_ATTENDED
from mappings.plan.plan_codes import MEETING_ROLE
from mappings.shapes.partial_view import partial_note, view
from mappings.shapes.recipient import Recipient, name_of, shown, shown_links, subject_of
from mappings.toolkit.writing import concept, present

CodePlace = Literal["type", "class"]

_NAME: Final = "Multidisciplinair overleg"
_OUTCOME: Final = "423134005"
_ENDED: Final = frozenset({"completed", "rejected", "cancelled", "failed", "entered-in-error"})


def nictiz_mdo(
    resources: Sequence[Json], recipient: Recipient, *, code_in: CodePlace = "type"
) -> list[Json]:
    """Encounter and CarePlan per meeting; none for a meeting that is only planned."""
    if not recipient.gets_patient_data:
        return []
    return [
        found
        for encounter in recipient.among(resources, "Encounter")
        if _is_meeting(encounter)
        for found in _meeting(encounter, resources, recipient, code_in)
    ]


def _meeting(
    encounter: Json, resources: Sequence[Json], recipient: Recipient, code_in: CodePlace
) -> Iterator[Json]:
    """Nothing when it may not be said whom it is about."""
    subject = subject_of(encounter.get("subject"), resources, recipient)
    if subject is not None:
        yield _encounter(encounter, subject, recipient, code_in)
        yield _outcome(encounter, subject, resources, recipient)


def _encounter(encounter: Json, subject: Json, recipient: Recipient, code_in: CodePlace) -> Json:
    met, meeting = encounter.get("class"), {"system": SNOMED, "code": MEETING}
    provider = encounter.get("serviceProvider")
    return view(
        "Encounter",
        encounter,
        *(
            [NL_CORE_ENCOUNTER]
            if _extension(encounter, PATIENT_ATTENDED).get("valueBoolean")
            else []
        ),
        profile="nictiz-mdo",
        identifier=shown(encounter.get("identifier"), recipient),
        status=encounter["status"],
        **{"class": shown(met, recipient) if code_in == "type" else meeting},
        type=[{**concept(SNOMED, MEETING), "text": _NAME}],
        subject=subject,
        episodeOfCare=shown_links(encounter.get("episodeOfCare"), recipient, "EpisodeOfCare"),
        basedOn=shown_links(encounter.get("basedOn"), recipient, "ServiceRequest"),
        participant=[
            row
            for item in encounter.get("participant", ())
            for row in _participant(item, recipient)
        ],
        appointment=shown_links(encounter.get("appointment"), recipient, "Appointment"),
        period=shown(encounter.get("period"), recipient),
        serviceProvider=shown(provider, recipient),
    )


def _participant(item: Json, recipient: Recipient) -> Iterator[Json]:
    """Who was there and as what; nothing of whom the recipient may not see."""
    links = [item["individual"]] if "individual" in item else []
    for link in shown_links(links, recipient, "PractitionerRole", "RelatedPerson"):
        roles = [role for role in item.get("type", ()) if _is_coded(role, MEETING_ROLE.url)]
        yield present({"type": shown(roles, recipient), "individual": link})


def _outcome(
    encounter: Json, subject: Json, resources: Sequence[Json], recipient: Recipient
) -> Json:
    """Made without any agreement too: it holds the line that this is a part."""
    agreements = shown_links(_output(encounter, "agreement"), recipient, "Task")
    return view(
        "CarePlan",
        encounter,
        profile="nictiz-mdo-plan",
        identifier=shown(encounter.get("identifier"), recipient),
        status=_status(agreements, resources, recipient),
        intent="plan",
        category=[concept(SNOMED, _OUTCOME)],
        subject=subject,
        encounter={"reference": name_of(encounter), "type": "Encounter"},
        goal=shown_links(_output(encounter, "goal"), recipient, "Goal"),
        activity=[{"reference": link} for link in agreements],
        note=partial_note(),
    )


def _status(agreements: Sequence[Json], resources: Sequence[Json], recipient: Recipient) -> str:
    """Of the visible agreements alone: completed when none of them is still to be done."""
    statuses = {name_of(task): task["status"] for task in recipient.among(resources, "Task")}
    known = [statuses.get(link["reference"]) for link in agreements]
    return "completed" if known and all(one in _ENDED for one in known) else "active"


def _output(encounter: Json, name: str) -> list[Any]:
    parts = _extension(encounter, OUTPUTS).get("extension", ())
    return [one["valueReference"] for one in parts if one.get("url") == name]


def _extension(resource: Json, url: str) -> Json:
    found = [one for one in resource.get("extension", ()) if one.get("url") == url]
    return found[0] if found else {}


def _is_meeting(encounter: Json) -> bool:
    return any(
        (coding.get("system"), coding.get("code")) == (SNOMED, MEETING)
        for type_ in encounter.get("type", ())
        for coding in type_.get("coding", ())
    )


def _is_coded(role: Json, system: str) -> bool:
    return any(coding.get("system") == system for coding in role.get("coding", ()))
