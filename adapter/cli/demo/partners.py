"""Steps 8 and 9: what community nursing sees and does, and what a platform does for it."""

from typing import Final

from adapter.cli.demo.narrator import seen_in
from adapter.cli.demo.people import Persona
from adapter.cli.demo.replies import total, without
from adapter.cli.demo.tale import Tale
from adapter.clients.caller import Reply, TokenRefusedError
from adapter.fhir.constants import URA
from adapter.fhir.json import Json, encode
from adapter.synthetic.network import LOPER, MESO, RIETKRAAG, SAMENSPEL

_NEVER: Final = "m" + "a" * 40  # an id that was never given out
HER_ACTIONS: Final = 2  # of the six in the plan
_WISHES: Final = 2


async def share(tale: Tale) -> None:
    """8 De wijkverpleging: her parts, nothing else, and her own progress."""
    say, names, nurse = tale.narrator, tale.names, tale.cast["ait-ouali"]
    tasks = await nurse.about("Task", names.patient)
    say.fact(
        "Ait Ouali leest twee van de zes acties; ook het aantal zegt twee.",
        "R-50",
        holds=total(tasks) == len(tasks.resources) == HER_ACTIONS,
        seen=seen_in(tasks),
    )
    frame = await nurse.about("CarePlan", names.patient)
    shown = frame.resources[0] if frame.resources else {}
    kinds = [item["reference"]["type"] for item in shown.get("activity", [])]
    say.fact(
        "Het plan toont haar alleen haar deel: haar acties en het 'juist niet' dat haar aangaat;"
        " geen titel, geen samenvatting, geen gaten waar de rest stond.",
        "R-49 R-50",
        holds=sorted(kinds) == ["ServiceRequest", "Task", "Task"]
        and not {"title", "description", "text"} & shown.keys(),
        seen=f"{seen_in(frame)}, {sorted(kinds)}",
    )
    wishes = await nurse.about("Consent", names.patient)
    say.fact(
        f"Zij ziet de {total(wishes)} behandelwensen; de toestemmingen zelf niet.",
        "R-49",
        holds=total(wishes) == _WISHES,
        seen=seen_in(wishes),
    )
    await _contacts(tale)
    physio = await nurse.read(f"Task/{names.actions[LOPER.ura]}")
    absent = await nurse.read(f"Task/{_NEVER}")
    say.fact(
        "De actie van de fysiotherapeut bestaat voor haar niet: zelfde antwoord als een nummer dat nooit bestond.",
        "RI-13",
        holds=physio.was(404) and absent.was(404) and _same(physio, absent),
        seen=seen_in(physio),
    )
    await _progress(tale, nurse)
    other = tale.cast["ait-ouali-kwartel"]
    job = await other.about("Task", names.patient)
    say.fact(
        "Dezelfde verpleegkundige in haar andere baan (De Kwartel): niets.",
        "RI-12",
        holds=job.was(200) and total(job) == 0,
        seen=seen_in(job),
    )


async def _contacts(tale: Tale) -> None:
    say, nurse = tale.narrator, tale.cast["ait-ouali"]
    team = await nurse.about("CareTeam", tale.names.patient)
    found = team.resources[0] if team.resources else {}
    regie = [
        participant
        for participant in found.get("participant", [])
        if any(
            coding.get("code") == "regiehouder"
            for role in participant.get("role", [])
            for coding in role.get("coding", [])
        )
    ]
    practice = await nurse.find("Organization", ("identifier", f"{URA}|{MESO.ura}"))
    phone = practice.resources[0].get("telecom", []) if practice.resources else []
    say.fact(
        "Wie de regie heeft en op welk nummer: dat ziet zij altijd.",
        "RI-22",
        holds=bool(regie) and bool(phone),
        seen=f"{seen_in(team)} / {seen_in(practice)}",
    )


async def _progress(tale: Tale, nurse: Persona) -> None:
    say = tale.narrator
    task = say.require(await nurse.read(f"Task/{tale.names.actions[RIETKRAAG.ura]}"), 200)
    note = {"text": "Gewicht twee dagen stabiel, inname uit de rol gaat goed."}
    changed = {**task.body, "status": "in-progress", "note": [note]}
    blind = await nurse.update(changed, None)
    say.fact(
        "Bijwerken zonder te zeggen welke versie zij zag: geweigerd.",
        holds=blind.was(428),
        seen=seen_in(blind),
    )
    done = await nurse.update(changed, task.etag)
    say.fact(
        "Zij meldt voortgang op haar eigen actie.",
        "RI-22",
        holds=done.was(200),
        seen=seen_in(done),
    )
    stale = await nurse.update({**changed, "status": "on-hold"}, task.etag)
    say.fact(
        "Een wijziging op de oude versie is een conflict (412); er wordt niets overschreven.",
        holds=stale.was(412),
        seen=seen_in(stale),
    )
    gp = await tale.cast["haverkort"].read(f"Task/{task.body['id']}")
    say.fact(
        "Haverkort leest haar opmerking meteen.",
        "R-51",
        holds=gp.was(200) and gp.body.get("status") == "in-progress" and bool(gp.body.get("note")),
        seen=seen_in(gp),
    )


async def deliver(tale: Tale) -> None:
    """9 Samenspel: a conduit, never a recipient."""
    say, names, cast = tale.narrator, tale.names, tale.cast
    itself = await cast["samenspel"].about("CarePlan", names.patient)
    say.fact(
        "Samenspel vraagt voor zichzelf: geweigerd, een platform is geen behandelaar.",
        "RI-7",
        holds=itself.was(403),
        seen=seen_in(itself),
    )
    try:
        await cast.through(SAMENSPEL.client, "roelvink").token()
        refused = "token gegeven"
    except TokenRefusedError as error:
        refused = error.error
    say.fact(
        "Namens MESO mag Samenspel niets vragen: er is geen verwerkersovereenkomst.",
        "RI-7 RI-12",
        holds=refused == "unauthorized_client",
        seen=refused,
    )
    through = cast.through(SAMENSPEL.client, "ait-ouali")
    delivered = await through.about("Task", names.patient)
    own = await cast["ait-ouali"].about("Task", names.patient)
    say.fact(
        "Namens De Rietkraag krijgt het precies wat Ait Ouali zelf zou zien.",
        "RI-7",
        holds=total(delivered) == HER_ACTIONS and _resources(delivered) == _resources(own),
        seen=seen_in(delivered),
    )
    await _old_base(tale, through)


async def _old_base(tale: Tale, through: Persona) -> None:
    say = tale.narrator
    task = say.require(await through.read(f"Task/{tale.names.actions[RIETKRAAG.ura]}"), 200)
    first = await through.update({**task.body, "status": "on-hold"}, task.etag)
    old = await through.update({**task.body, "status": "in-progress"}, task.etag)
    say.fact(
        "Een voorstel van het platform op een oude basis is een conflict; een mens kiest.",
        "RI-21",
        holds=first.was(200) and old.was(412),
        seen=f"{seen_in(first)} / {seen_in(old)}",
    )


def _resources(reply: Reply) -> list[bytes]:
    return sorted(encode(resource) for resource in reply.resources)


def _same(one: Reply, other: Reply) -> bool:
    """Equal but for the request's own number."""
    return _issues(one.body) == _issues(other.body)


def _issues(body: Json) -> list[Json]:
    return [without(issue, "diagnostics") for issue in body.get("issue", [])]
