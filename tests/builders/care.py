"""One patient's way through the doors, step by step: referral, decision, plan, consent, closing."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from adapter.synthetic import conversations
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import MESO, Organisation, member
from adapter.synthetic.people import Person
from adapter.synthetic.plans import short_plan
from adapter.synthetic.referrals import gp_of, referral
from mappings.toolkit.codes import BUSINESS_STATUS, STATUS_REASON, STEPPED_CARE
from tests.builders.region import Doors, resources

Json = dict[str, Any]
SO, TRAINEE, NURSE, SECRETARY = "roelvink", "kaya", "dussel", "mulderij"


@dataclass(frozen=True)
class Referred:
    """A referral that was taken in: ids without their type."""

    person: Person
    sent: Json
    answer: httpx.Response

    def id_of(self, type_: str) -> str:
        return names(self.answer, type_)[0]

    @property
    def patient(self) -> str:
        return self.id_of("Patient")

    @property
    def task(self) -> str:
        return self.id_of("Task")

    @property
    def request(self) -> str:
        return self.id_of("ServiceRequest")


def names(answer: httpx.Response, type_: str) -> list[str]:
    """Ids of one type in the answer of a record door."""
    found = [name.partition("/") for name in answer.json()["resources"]]
    return [id_ for kind, _, id_ in found if kind == type_]


@dataclass
class Care:
    """Steps over `doors`; a new patient for every referral. `people` are De Wilgenhof's,
    `neighbours` those of Praktijk Singelzicht.
    """

    doors: Doors
    people: Iterator[Person]
    neighbours: Iterator[Person]

    def __post_init__(self) -> None:
        self.created = self.doors.now()  # of every plan, so that the same plan is the same plan

    def referral(self, person: Person | None = None, **changes: Any) -> Json:
        """A record; what is changed to None is left out."""
        person = person or next(self.people)
        found = {**referral(person, self.doors.now(), self.doors.rng), **changes}
        return {name: value for name, value in found.items() if value is not None}

    def by_other_practice(self, person: Person | None = None) -> Json:
        """A referral that Praktijk Singelzicht writes, of whoever it is."""
        person = person or next(self.neighbours)
        return referral(person, self.doors.now(), self.doors.rng, by=member("ottema"))

    def refer(self, person: Person | None = None, **changes: Any) -> Referred:
        person = person or next(self.people)
        return self.send(person, self.referral(person, **changes))

    def send(self, person: Person, record: Json) -> Referred:
        answer = self.doors.post(gp_of(person).key, "/records/referrals", record)
        assert answer.status_code == 201, answer.text
        return Referred(person, record, answer)

    def again(self, person: Person, n: int = 2, **changes: Any) -> Json:
        """Another referral of the same person, with numbers of its own."""
        record = deepcopy(self.referral(person, **changes))
        record["identifier"]["value"] += f"-{n}"
        for problem in record["problems"]:
            problem["identifier"]["value"] += f"-{n}"
        return record

    def decide(
        self,
        task: str,
        status: str,
        business: str | None,
        *,
        who: str = SO,
        why: str | None = None,
        reason: Json | None = None,
    ) -> httpx.Response:
        """Read the Task and send it back with another status."""
        read = self.doors.read(who, f"Task/{task}")
        if read.status_code != 200:
            return read
        said = {**(reason or {}), **({"text": why} if why else {})}
        changed = {**read.json(), "status": status}
        if business is not None:
            changed["businessStatus"] = BUSINESS_STATUS.concept(business)
        if said:
            changed["statusReason"] = said
        return self.doors.put(who, changed, read.headers["etag"])

    def accept(self, referred: Referred) -> Dossier:
        answer = self.decide(referred.task, "accepted", "trajectory", why="Meerdere domeinen")
        assert answer.status_code == 200, answer.text
        return self.dossier(referred)

    def dossier(self, referred: Referred) -> Dossier:
        episodes = resources(self.doors.about(SO, "EpisodeOfCare", referred.patient))
        return Dossier(
            person=referred.person,
            patient=referred.patient,
            referral=referred.request,
            trajectory=next(e["id"] for e in episodes if e["status"] == "active"),
        )

    def taken_up(self, person: Person | None = None, **changes: Any) -> Dossier:
        """Referred and accepted as a trajectory."""
        return self.accept(self.refer(person, **changes))

    def plan(self, dossier: Dossier, **changes: Any) -> Json:
        return {**short_plan(dossier, self.created), **changes}

    def publish(self, dossier: Dossier, **changes: Any) -> httpx.Response:
        return self.doors.post(SO, "/records/plans", self.plan(dossier, **changes))

    def consent(self, dossier: Dossier, party: Organisation, type_: Any, **how: Any) -> Json:
        return conversations.consent(dossier, party, type_, self.doors.now(), **how)

    def give(self, dossier: Dossier, party: Organisation, type_: Any, **how: Any) -> Json:
        """A consent that was recorded, as it was sent."""
        sent = self.consent(dossier, party, type_, **how)
        answer = self.doors.post(NURSE, "/records/consents", sent)
        assert answer.status_code == 201, answer.text
        return sent

    def mdo(self, dossier: Dossier, guests: Any = (), *, n: int = 1) -> Json:
        """A meeting with the GP and `guests`."""
        invited = [conversations.gp_guest(dossier), *guests]
        return conversations.mdo(dossier, invited, self.doors.now(), n=n)

    def held(self, dossier: Dossier, guests: Any = (), *, n: int = 1, **how: Any) -> Json:
        """The same, as it was held."""
        found = conversations.held(
            self.mdo(dossier, guests, n=n), [member(SO), gp_of(dossier.person)], {}
        )
        del found["held"]["outputs"]
        return {**found, "held": {**found["held"], **how}}

    def closing(self, dossier: Dossier, reason: Any = "END-1", **how: Any) -> Json:
        how = {"successor": member("oosterbaan")} | how if reason == "END-1" else how
        at = self.doors.now() + timedelta(seconds=1)
        return conversations.closing(dossier, at, reason, **how)

    def close(self, dossier: Dossier, reason: Any = "END-1", **how: Any) -> httpx.Response:
        return self.doors.post(SO, "/records/closings", self.closing(dossier, reason, **how))


def lighter_help() -> Json:
    """Why it is not taken up, with the step that is advised instead (R-106)."""
    return {"coding": [STATUS_REASON.coding("lighter-help-suffices"), STEPPED_CARE.coding("SC-2")]}


__all__ = [
    "MESO",
    "NURSE",
    "SECRETARY",
    "SO",
    "TRAINEE",
    "Care",
    "Referred",
    "lighter_help",
    "names",
]
