"""Steps 1 to 4: the referral, the weighing, what opens when it is taken up, and what stays shut."""

from typing import Final

from adapter.cli.demo.narrator import seen_in
from adapter.cli.demo.people import Persona
from adapter.cli.demo.replies import id_in, total, without
from adapter.cli.demo.tale import Tale
from adapter.clients.caller import Reply
from adapter.fhir.constants import BSN
from adapter.fhir.json import Json
from adapter.synthetic import network
from adapter.synthetic.people import Fate
from adapter.synthetic.referrals import referral
from mappings.toolkit.codes import BUSINESS_STATUS, BusinessStatus

_UNKNOWN_BSN: Final = "999990019"
_HIS_PARTS: Final = ("Condition", "MedicationStatement", "AllergyIntolerance", "Observation")


async def refer(tale: Tale) -> None:
    """1 Verwijzing: the GP refers; the same message again; another practice refers her too."""
    say, who = tale.narrator, tale.wolderink
    haverkort, ottema = tale.cast["haverkort"], tale.cast["ottema"]
    sent = referral(who, tale.now(), tale.rng)
    first = await haverkort.send("/records/referrals", sent)
    say.fact(
        "Haverkort (huisarts, De Wilgenhof) verwijst mevrouw Wolderink (84). Haar akkoord staat erbij.",
        "R-2 R-3 R-9",
        holds=first.was(201),
        seen=seen_in(first),
    )
    tale.names.patient = id_in(first, "Patient")
    tale.names.referral = id_in(first, "ServiceRequest")
    tale.names.task = id_in(first, "Task")
    again = await haverkort.send("/records/referrals", sent)
    say.fact(
        "Nog eens gestuurd: hetzelfde antwoord, niets nieuws.",
        "RI-21",
        holds=again.was(200) and again.body == first.body,
        seen=seen_in(again),
    )
    nurse = await tale.cast["dussel"].send("/records/referrals", sent)
    say.fact(
        "Een verpleegkundige kan niet verwijzen.",
        "R-3",
        holds=nurse.was(403),
        seen=seen_in(nurse),
    )
    other = await ottema.send(
        "/records/referrals", referral(who, tale.now(), tale.rng, by=ottema.member)
    )
    say.fact(
        "Ottema (Praktijk Singelzicht) verwijst haar ook en krijgt een gewoon antwoord;"
        " dat elders een huisarts haar kent, leest zij er niet in.",
        "R-4 RI-13",
        holds=other.was(201) and other.body.keys() == first.body.keys(),
        seen=seen_in(other),
    )
    parked = await tale.cast["roelvink"].read(f"Task/{id_in(other, 'Task')}")
    say.fact(
        "Die tweede verwijzing opent niets: voor MESO bestaat zij niet, mensen kijken eerst.",
        "R-4",
        holds=parked.was(404),
        seen=seen_in(parked),
    )


async def weigh(tale: Tale) -> None:
    """2 Weging: the referral is seen, the GP record is not."""
    say, names = tale.narrator, tale.names
    roelvink = tale.cast["roelvink"]
    seen = await roelvink.read(f"ServiceRequest/{names.referral}")
    say.fact(
        "Roelvink (SO) leest de verwijzing, met de vraag en de problemen.",
        "R-2",
        holds=seen.was(200) and bool(seen.body.get("reasonCode")),
        seen=seen_in(seen),
    )
    record = await roelvink.get(f"/records/gp-record/{names.patient}/Condition")
    say.fact(
        "Het huisartsdossier blijft dicht zolang er gewogen wordt; ook die poging staat in het log.",
        "R-1 R-71",
        holds=record.was(404),
        seen=seen_in(record),
    )
    episode = await roelvink.about("EpisodeOfCare", names.patient)
    say.fact(
        "Een MESO-traject is er nog niet.",
        "R-104",
        holds=episode.was(200) and total(episode) == 0,
        seen=seen_in(episode),
    )


async def accept(tale: Tale) -> None:
    """3 Geaccepteerd: who gets what out of the GP record, and who does not."""
    say, names = tale.narrator, tale.names
    cast = tale.cast
    early = await decide(cast["kaya"], names.task, "trajectory", why="Meerdere domeinen")
    say.fact(
        "Kaya (SO in opleiding) kan niet over de verwijzing beslissen.",
        "R-104",
        holds=early.was(403),
        seen=seen_in(early),
    )
    silent = await decide(cast["roelvink"], names.task, "trajectory", why=None)
    say.fact(
        "Roelvink kiest voor een traject zonder te zeggen waarom een consult niet volstaat: geweigerd.",
        "R-104",
        holds=silent.was(422) and "R-104" in silent.rules,
        seen=seen_in(silent),
    )
    done = await decide(
        cast["roelvink"], names.task, "trajectory", why="Drie domeinen die elkaar beïnvloeden"
    )
    say.fact(
        "Met de reden erbij: geaccepteerd. De behandelrelatie gaat nu open.",
        "R-2 R-83",
        holds=done.was(200),
        seen=seen_in(done),
    )
    episodes = say.require(await cast["roelvink"].about("EpisodeOfCare", names.patient), 200)
    names.trajectory = episodes.resources[0]["id"] if episodes.resources else ""
    team = await cast["haverkort"].about("CareTeam", names.patient)
    say.fact(
        "Haverkort ziet het meteen: hij blijft hoofdbehandelaar, Roelvink houdt tijdelijk de regie.",
        "R-82 R-83",
        holds=bool(names.trajectory)
        and _roles(team) >= {("hoofdbehandelaar", "haverkort"), ("regiehouder", "roelvink")},
        seen=seen_in(team),
    )
    await _consult(tale)


async def _consult(tale: Tale) -> None:
    say, names, cast = tale.narrator, tale.names, tale.cast
    base = f"/records/gp-record/{names.patient}"
    before = await cast["roelvink"].about("Condition", names.patient)
    parts = [await cast["roelvink"].get(f"{base}/{part}") for part in _HIS_PARTS]
    count = sum(len(part.resources) for part in parts)
    kept = await cast["roelvink"].about("Condition", names.patient)
    say.fact(
        f"Roelvink raadpleegt het huisartsdossier bij de bron: {count} gegevens; er blijft niets achter.",
        "R-5 R-8 R-21 R-70",
        holds=all(part.was(200) for part in parts) and count > 0 and total(kept) == total(before),
        seen=" / ".join(seen_in(part) for part in parts),
    )
    copy = await cast["dussel"].get(f"{base}/ouderenmodule")
    say.fact(
        "Dussel (verpleegkundige) krijgt de gedateerde kopie van de ouderenmodule.",
        "R-22 RI-15",
        holds=copy.was(200) and "timestamp" in copy.body,
        seen=seen_in(copy),
    )
    whole = await cast["dussel"].get(f"{base}/Observation")
    say.fact(
        "Het dossier zelf krijgt Dussel niet.",
        "R-22",
        holds=whole.was(404),
        seen=seen_in(whole),
    )
    recipe = await cast["kaya"].send(
        "/fhir/MedicationRequest", {"resourceType": "MedicationRequest"}
    )
    say.fact(
        "Kaya wil voorschrijven: die deur is er niet. Voorschrijven doet de SO, in het HIS.",
        "R-27 R-11",
        holds=recipe.was(403, 405),
        seen=seen_in(recipe),
    )
    await _secretary(tale)


async def _secretary(tale: Tale) -> None:
    say, names, mulderij = tale.narrator, tale.names, tale.cast["mulderij"]
    person = await mulderij.about("Appointment", names.patient)
    referral_ = await mulderij.read(f"ServiceRequest/{names.referral}")
    record = await mulderij.get(f"/records/gp-record/{names.patient}/Condition")
    say.fact(
        "Mulderij (secretaresse) kan bij de planning; verwijzing en huisartsdossier zijn niet van haar.",
        "R-23",
        holds=person.was(200) and referral_.was(403) and record.was(403, 404),
        seen=f"{seen_in(person)} / {seen_in(referral_)} / {seen_in(record)}",
    )


async def look_around(tale: Tale) -> None:
    """4 A patient of De Wilgenhof who was never referred does not exist for MESO."""
    say, roelvink = tale.narrator, tale.cast["roelvink"]
    neighbour = tale.region.with_fate(Fate.NOT_REFERRED)[0]
    hers = await roelvink.find("Patient", ("identifier", f"{BSN}|{neighbour.bsn}"))
    nobody = await roelvink.find("Patient", ("identifier", f"{BSN}|{_UNKNOWN_BSN}"))
    say.fact(
        "Roelvink zoekt een patiënt van De Wilgenhof die niet verwezen is: niets gevonden.",
        "R-1 RI-13",
        holds=hers.was(200) and total(hers) == 0,
        seen=seen_in(hers),
    )
    say.fact(
        "Dat antwoord is gelijk aan dat voor een nummer dat nooit is uitgegeven.",
        "RI-13",
        holds=without(hers.body, "link") == without(nobody.body, "link"),
        seen=seen_in(nobody),
    )
    own = await roelvink.find("Patient", ("identifier", f"{BSN}|{tale.wolderink.bsn}"))
    say.fact(
        "Mevrouw Wolderink vindt zij zo wel. Het BSN staat in geen adres, ook niet in dat van het antwoord.",
        "R-37",
        holds=total(own) == 1 and tale.wolderink.bsn not in str(own.body["link"]),
        seen=seen_in(own),
    )


async def decide(
    so: Persona,
    task_id: str,
    choice: BusinessStatus,
    *,
    why: str | None = None,
    reason: Json | None = None,
) -> Reply:
    """Read the referral's Task and send it back with a decision."""
    read = await so.read(f"Task/{task_id}")
    if not read.was(200):
        return read
    status = "rejected" if choice == "not-taken-up" else "accepted"
    said = {**(reason or {}), **({"text": why} if why else {})}
    changed = {**read.body, "status": status, "businessStatus": BUSINESS_STATUS.concept(choice)}
    return await so.update({**changed, **({"statusReason": said} if said else {})}, read.etag)


def _roles(team: Reply) -> set[tuple[str, str]]:
    """(role in the team, who) of the people of the region."""
    known = {found.uzi: found.key for found in network.MEMBERS}
    return {
        (coding["code"], known[uzi])
        for found in team.resources
        for participant in found.get("participant", [])
        for role in participant.get("role", [])
        for coding in role.get("coding", [])
        if (uzi := participant["member"].get("identifier", {}).get("value")) in known
    }
