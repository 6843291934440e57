"""Resources of one dossier: small, valid enough, with a canary wherever a partner may not look.

Imports nothing of the product.
"""

from typing import Any

from tests.oracle.rows import (
    BSN,
    CANARY,
    GP,
    HTEST,
    LOCAL,
    MESO,
    NURSES,
    PROFILE,
    TEAM_ROLE,
    WELFARE,
    Row,
    World,
    add_resource,
)


def link(type_: str, id_: str, **more: Any) -> Row:
    return {"reference": f"{type_}/{id_}", "type": type_, **more}


def resource(type_: str, id_: str, profile: str, **members: Any) -> Row:
    """Header, a narrative that says too much, an extension that does too, then the members."""
    return {
        "resourceType": type_,
        "id": id_,
        "meta": {
            "versionId": "1",
            "lastUpdated": "2026-11-24T09:00:00.000Z",
            "profile": [PROFILE + profile],
            "security": [HTEST, {"system": "urn:x", "code": CANARY}],
        },
        "text": {"status": "generated", "div": f"<div>{CANARY}</div>"},
        "extension": [{"url": "https://x.example/e", "valueString": CANARY}],
        "identifier": [{"system": "https://meso.example/nummer", "value": id_}],
        **members,
    }


def patient_body(n: int) -> Row:
    return resource(
        "Patient",
        f"p{n}",
        "patient",
        identifier=[
            {"system": LOCAL, "value": f"local-{n}"},
            {"system": BSN, "value": f"99990000{n}"},
        ],
        name=[{"family": f"Verzonnen{n}", "given": ["Test"], "extension": [_said()]}],
        birthDate=f"193{n}-02-03",
        contact=[{"name": {"text": CANARY}}],
        generalPractitioner=[link("Organization", f"o{GP}")],
    )


def add_dossier(world: World, n: int, *, gp: str = GP, meso: str = MESO) -> dict[str, Row]:
    """Everything a trajectory brings, by a short name. No relation, consent or audience."""
    key, episode = f"k{n}", f"e{n}"
    world.add("patient", key=key, gp=gp, resource_id=f"p{n}", name_hash="-")
    who = link("Patient", f"p{n}")
    referral = {"patient": key, "category": "referral", "custodian": gp}
    plan = {"patient": key, "category": "plan", "custodian": meso, "trajectory": episode}

    def add(body: Row, place: Row, **changes: Any) -> Row:
        return add_resource(world, body, **{**place, **changes})

    return {
        "patient": add(patient_body(n), referral, category="person"),
        "request": add(_request(f"r{n}", who), referral),
        "referral-task": add(_task(f"rt{n}", who, MESO, "referral-task"), referral, owner=meso),
        "reported": add(_condition(f"rc{n}", who, "referral-problem"), referral),
        "consent": add(_consent(f"x{n}", who, "consent"), referral, category="consent"),
        "episode": add(_episode(episode, who), plan),
        "team": add(_team(f"t{n}", who), plan, category="contacts"),
        "plan": add(_plan(n, who), plan),
        "goal": add(_goal(f"g{n}", who, f"pc{n}"), plan),
        "other-goal": add(_goal(f"h{n}", who, f"pc{n}"), plan),
        "problem": add(_condition(f"pc{n}", who, "problem"), plan),
        "action": add(_task(f"a{n}", who, NURSES, "plan-action"), plan, owner=NURSES),
        "other-action": add(_task(f"b{n}", who, WELFARE, "plan-action"), plan, owner=WELFARE),
        "not": add(_request(f"nd{n}", who), plan),
        "scenario": add(_scenario(f"s{n}", who), plan),
        "voice": add(_observation(f"v{n}", who), plan),
        "wish": add(_consent(f"w{n}", who, "treatment-wish"), plan, category="acp"),
        "meeting": add(_appointment(f"m{n}", who), plan, category="mdo"),
        "held": add(_encounter(f"me{n}", who), plan, category="mdo"),
        "assessment": add(_plain("ClinicalImpression", f"ci{n}", who, "assessment"), plan),
        "visit": add(_encounter(f"vi{n}", who, "assessment-contact"), plan),
        "talk": add(_plain("Procedure", f"pr{n}", who, "acp-conversation"), plan, category="acp"),
        "limit-goal": add(_goal(f"ag{n}", who, f"pc{n}"), plan, category="acp"),
        "spoken": add(_plain("Communication", f"co{n}", who, "mdo-consultation"), plan, **_MDO),
        "daughter": add(_related_person(f"rp{n}", who), plan, **_NAASTE),
        "capacity": add(_observation(f"cp{n}", who, "capacity"), plan, **_NAASTE),
    }


# What the team records beside plan and meeting.
BESIDE = frozenset(
    {"assessment", "visit", "talk", "limit-goal", "spoken", "daughter", "capacity"},
)
_MDO = {"category": "mdo"}
_NAASTE = {"category": "naaste", "trajectory": None}


def _said() -> Row:
    return {"url": "https://x.example/e", "valueString": CANARY}


def _coded(code: str) -> Row:
    return {"coding": [{"system": "https://codes.example", "code": code}], "text": f"HTEST {code}"}


def _request(id_: str, who: Row) -> Row:
    return resource(
        "ServiceRequest",
        id_,
        "referral",
        status="active",
        intent="order",
        code=_coded("onderzoek"),
        subject=who,
        note=[{"text": CANARY}],
        supportingInfo=[link("Condition", CANARY)],
    )


def _task(id_: str, who: Row, owner: str, profile: str) -> Row:
    number = id_.lstrip("abrt")
    return resource(
        "Task",
        id_,
        profile,
        status="requested" if id_.startswith("a") else "accepted",
        intent="order",
        code=_coded("plan-action"),
        description="Dagelijks steunkousen",
        basedOn=[link("CarePlan", f"c{number}", display="het plan")],
        focus=link("ServiceRequest", f"r{number}", display=CANARY),
        owner=link("Organization", f"o{owner}"),
        note=[{"text": CANARY}],
        restriction={"period": {"start": "2026-11-01"}, "extension": [_said()]},
        **{"for": who},
    )


def _condition(id_: str, who: Row, profile: str) -> Row:
    return resource(
        "Condition",
        id_,
        profile,
        clinicalStatus=_coded("active"),
        code=_coded("vallen"),
        subject=who,
        note=[{"text": CANARY}],
        recorder=link("Practitioner", CANARY, display=CANARY),
    )


def _consent(id_: str, who: Row, profile: str) -> Row:
    return resource(
        "Consent",
        id_,
        profile,
        status="active",
        scope=_coded("treatment"),
        category=[_coded("wens")],
        patient=who,
        performer=[{"display": CANARY}],
        provision={"type": "deny", "code": [_coded("reanimatie")], "extension": [_said()]},
    )


def _episode(id_: str, who: Row) -> Row:
    return resource("EpisodeOfCare", id_, "episode-of-care", status="active", patient=who)


def _team(id_: str, who: Row) -> Row:
    def member(role: str, ura: str) -> Row:
        return {
            "role": [{"coding": [{"system": TEAM_ROLE, "code": role}]}],
            "member": link("Organization", f"o{ura}"),
            "modifierExtension": [_said()],
        }

    return resource(
        "CareTeam",
        id_,
        "care-team",
        status="active",
        name=CANARY,
        subject=who,
        participant=[
            member("regiehouder", MESO),
            {**member(CANARY, WELFARE)},
            {"role": [_coded("naaste")], "member": link("RelatedPerson", CANARY)},
        ],
    )


def _plan(n: int, who: Row) -> Row:
    return resource(
        "CarePlan",
        f"c{n}",
        "care-plan",
        status="active",
        intent="plan",
        title=CANARY,
        description=CANARY,
        subject=who,
        addresses=[link("Condition", f"pc{n}", display="vallen")],
        goal=[
            link("Goal", f"g{n}", display="lopen"),
            link("Goal", f"h{n}", display="zingen"),
        ],
        careTeam=[link("CareTeam", f"t{n}")],
        supportingInfo=[link("RiskAssessment", f"s{n}", display=CANARY)],
        activity=[
            {"reference": link("Task", f"a{n}"), "progress": [{"text": CANARY}]},
            {"reference": link("Task", f"b{n}"), "progress": [{"text": CANARY}]},
            {"reference": link("ServiceRequest", f"nd{n}")},
            {"detail": {"status": "scheduled", "description": CANARY}},
        ],
        note=[{"text": CANARY}],
    )


def _goal(id_: str, who: Row, problem: str) -> Row:
    return resource(
        "Goal",
        id_,
        "goal",
        lifecycleStatus="active",
        description={"text": "Weer naar buiten"},
        subject=who,
        target=[{"dueDate": "2027-02-01", "detailString": CANARY}],
        addresses=[link("Condition", problem)],
        expressedBy=link("RelatedPerson", CANARY, display=CANARY),
        note=[{"text": CANARY}],
    )


def _scenario(id_: str, who: Row) -> Row:
    return resource(
        "RiskAssessment",
        id_,
        "scenario",
        status="final",
        subject=who,
        prediction=[{"outcome": _coded("val"), "rationale": CANARY}],
        mitigation="Bel de regiehouder",
        basis=[link("Observation", CANARY)],
    )


def _observation(id_: str, who: Row, profile: str = "voice") -> Row:
    return resource("Observation", id_, profile, status="final", code=_coded("stem"), subject=who)


def _appointment(id_: str, who: Row) -> Row:
    return resource(
        "Appointment",
        id_,
        "mdo-appointment",
        status="booked",
        start="2026-12-01T10:00:00+01:00",
        end="2026-12-01T11:00:00+01:00",
        comment=CANARY,
        supportingInformation=[link("CarePlan", "c" + id_[1:], display=CANARY)],
        participant=[
            {"actor": who, "status": "accepted", "extension": [_said()]},
            {"actor": link("RelatedPerson", CANARY), "status": "needs-action"},
        ],
    )


def _encounter(id_: str, who: Row, profile: str = "mdo-encounter") -> Row:
    return resource("Encounter", id_, profile, status="finished", subject=who)


def _plain(type_: str, id_: str, who: Row, profile: str) -> Row:
    return resource(type_, id_, profile, status="completed", subject=who, note=[{"text": CANARY}])


def _related_person(id_: str, who: Row) -> Row:
    return resource("RelatedPerson", id_, "related-person", patient=who, name=[{"text": CANARY}])
