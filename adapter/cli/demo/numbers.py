"""The region around her in numbers: every other patient through the same doors, by her fate."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import anyio
from rich.table import Table

from adapter.cli.demo.narrator import Bar, DemoFailedError
from adapter.cli.demo.referral import decide
from adapter.cli.demo.replies import id_in, total
from adapter.cli.demo.tale import Tale
from adapter.fhir.json import Json
from adapter.synthetic import conversations
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import RIETKRAAG, member
from adapter.synthetic.people import Fate, Person
from adapter.synthetic.plans import short_plan
from adapter.synthetic.referrals import gp_of, referral
from mappings.toolkit.codes import STATUS_REASON, STEPPED_CARE, EndReason

_AT_ONCE: Final = 4
_OK: Final = 200
_TEXTS: Final = {
    Fate.NOT_REFERRED: "Niet verwezen",
    Fate.WEIGHING: "In weging",
    Fate.CONSULT: "Eenmalig consult",
    Fate.NOT_TAKEN_UP: "Niet in behandeling genomen",
    Fate.TRAJECTORY: "Traject loopt",
    Fate.NO_ACCESS: "Traject, geen akkoord met dossierinzage",
    Fate.WITHDRAWN: "Traject, delen ingetrokken",
    Fate.CLOSED: "Traject afgesloten",
    Fate.DECEASED: "Overleden",
}
_TAKEN_UP: Final = frozenset(
    {Fate.TRAJECTORY, Fate.NO_ACCESS, Fate.WITHDRAWN, Fate.CLOSED, Fate.DECEASED}
)
_ENDINGS: Final[dict[Fate, EndReason]] = {Fate.CLOSED: "END-1", Fate.DECEASED: "END-5"}


@dataclass(frozen=True, slots=True)
class _Result:
    """What the doors show of one dossier once everything was sent."""

    person: Person
    record: int  # status of the SO's consultation of the GP record
    partner: int  # tasks that community nursing sees


async def live(tale: Tale) -> None:
    """Every other referral of the region, several at a time, each checked against its fate."""
    others = tale.region.patients[1:]
    results: list[_Result] = []
    limiter = anyio.CapacityLimiter(_AT_ONCE)
    with tale.narrator.bar("Dossiers van de regio", len(others)) as bar:
        try:
            async with anyio.create_task_group() as group:
                for person in others:
                    group.start_soon(_one, tale, person, results, limiter, bar)
        except* DemoFailedError as failures:
            raise failures.exceptions[0] from None
    tale.names.referred += len(results)
    tale.names.taken_up += sum(result.person.fate in _TAKEN_UP for result in results)
    _show(tale, results)


async def _one(
    tale: Tale, person: Person, results: list[_Result], limiter: anyio.CapacityLimiter, bar: Bar
) -> None:
    async with limiter:
        if person.fate is not Fate.NOT_REFERRED:
            results.append(await _dossier(tale, person))
        bar.advance()


async def _dossier(tale: Tale, person: Person) -> _Result:
    require, cast = tale.narrator.require, tale.cast
    gp = cast[gp_of(person).key]
    sent = require(await gp.send("/records/referrals", referral(person, tale.now(), tale.rng)), 201)
    patient, task = id_in(sent, "Patient"), id_in(sent, "Task")
    await _decide(tale, person, task)
    if person.fate in _TAKEN_UP:
        episodes = require(await cast["roelvink"].about("EpisodeOfCare", patient), 200)
        dossier = Dossier(
            person=person,
            patient=patient,
            referral=id_in(sent, "ServiceRequest"),
            trajectory=episodes.resources[0]["id"],
        )
        await _treat(tale, dossier)
    if person.fate is Fate.TRAJECTORY and person.practice == 0:
        tale.names.open_patient = patient
    record = await cast["roelvink"].get(f"/records/gp-record/{patient}/Condition")
    partner = await cast["ait-ouali"].about("Task", patient)
    return _Result(person, record.status, total(partner))


async def _decide(tale: Tale, person: Person, task: str) -> None:
    so = tale.cast["roelvink"]
    match person.fate:
        case Fate.WEIGHING:
            return
        case Fate.CONSULT:
            reply = await decide(so, task, "consult")
        case Fate.NOT_TAKEN_UP:
            reply = await decide(so, task, "not-taken-up", reason=_lighter_help())
        case _:
            reply = await decide(so, task, "trajectory", why="Meerdere domeinen tegelijk")
    tale.narrator.require(reply, 200)


def _lighter_help() -> Json:
    """Not taken up, with the step that is advised instead (R-106)."""
    return {"coding": [STATUS_REASON.coding("lighter-help-suffices"), STEPPED_CARE.coding("SC-2")]}


async def _treat(tale: Tale, dossier: Dossier) -> None:
    require, cast = tale.narrator.require, tale.cast
    plan = short_plan(dossier, tale.now())
    require(await cast["roelvink"].send("/records/plans", plan), 201)
    given = conversations.consent(dossier, RIETKRAAG, "CON-5", tale.now())
    require(await cast["dussel"].send("/records/consents", given), 201)
    if dossier.person.fate is Fate.WITHDRAWN:
        end = conversations.withdrawal(given, tale.now())
        require(await cast["dussel"].send("/records/consents", end), 200, 201)
    reason = _ENDINGS.get(dossier.person.fate)
    if reason is not None:
        ending = conversations.closing(
            dossier,
            tale.now() + timedelta(seconds=1),
            reason,
            successor=member("oosterbaan") if reason == "END-1" else None,
        )
        require(await cast["roelvink"].send("/records/closings", ending), 200, 201)


def _show(tale: Tale, results: list[_Result]) -> None:
    say = tale.narrator
    fates = Counter(person.fate for person in tale.region.patients[1:])
    table = Table(box=None, padding=(0, 2), show_header=False)
    for fate, text in _TEXTS.items():
        if fates[fate]:
            table.add_row("    ", text, str(fates[fate]))
    say.table(table)
    say.note("Cellen onder de tien: zo'n tabel gaat niet naar buiten (R-58).")
    opened = {r.person.fate for r in results if r.record == _OK}
    expected_open = {Fate.TRAJECTORY, Fate.WITHDRAWN}
    say.fact(
        "Het huisartsdossier is alleen open waar een traject loopt en de patiënt het goed vond.",
        "R-1 R-5 R-7",
        holds=opened <= expected_open and _all(results, expected_open, record=True),
        seen=", ".join(sorted(opened - expected_open)),
    )
    shared = {r.person.fate for r in results if r.partner > 0}
    expected = {Fate.TRAJECTORY, Fate.NO_ACCESS}
    say.fact(
        "De Rietkraag ziet haar deel alleen waar de toestemming nu geldt; ingetrokken of afgesloten: niets.",
        "R-46 RI-3",
        holds=shared <= expected and _all(results, expected, record=False),
        seen=", ".join(sorted(shared - expected)),
    )


def _all(results: list[_Result], fates: set[Fate], *, record: bool) -> bool:
    """Whether every dossier of these fates shows what it should."""
    mine = [r for r in results if r.person.fate in fates]
    return all(r.record == _OK if record else r.partner == 1 for r in mine)
