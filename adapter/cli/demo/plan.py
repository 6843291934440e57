"""Steps 5 to 7: the care plan, the conversation about sharing it, and the meeting about it."""

from collections.abc import Mapping
from typing import Final

from adapter.cli.demo.narrator import seen_in
from adapter.cli.demo.replies import ids_in, total
from adapter.cli.demo.tale import Tale
from adapter.fhir.json import Json
from adapter.synthetic import conversations
from adapter.synthetic.conversations import PartnerConsent
from adapter.synthetic.network import BUURTWERF, RIETKRAAG, member
from adapter.synthetic.plans import wolderink_plan

_MEANINGS: Final[Mapping[PartnerConsent, str]] = {
    "CON-3": "uitnodigen voor het MDO",
    "CON-5": "delen van het plan",
}


async def publish(tale: Tale) -> None:
    """5 Zorgbehandelplan: published whole; GP and MESO see all of it, nobody else anything yet."""
    say, names, cast = tale.narrator, tale.names, tale.cast
    plan = wolderink_plan(tale.dossier, tale.now())
    foreign = {**plan, "author": cast["haverkort"].key}
    refused = await cast["roelvink"].send("/records/plans", foreign)
    say.fact(
        "Een plan op naam van een ander wordt geweigerd.",
        "R-31",
        holds=refused.was(422) and "R-31" in refused.rules,
        seen=seen_in(refused),
    )
    published = await cast["roelvink"].send("/records/plans", plan)
    names.plan = next(iter(ids_in(published, "CarePlan")), "")
    say.fact(
        "Roelvink publiceert het zorgbehandelplan: zes acties, één 'juist niet', één scenario,"
        " twee behandelwensen en haar eigen woorden.",
        "R-50",
        holds=published.was(201)
        and len(ids_in(published, "Task")) == len(plan["actions"])
        and len(ids_in(published, "RiskAssessment")) == 1
        and len(ids_in(published, "Observation")) == 1,
        seen=seen_in(published),
    )
    again = await cast["roelvink"].send("/records/plans", plan)
    say.fact(
        "Nog eens gepubliceerd zonder wijziging: geen nieuwe versies.",
        "RI-21",
        holds=again.was(200) and again.body == published.body,
        seen=seen_in(again),
    )
    gp = await cast["haverkort"].about("Task", names.patient)
    mine = [task for task in gp.resources if _is_action(task)]
    names.actions = {_owner(task): task["id"] for task in mine}
    say.fact(
        f"Haverkort ziet alle {len(mine)} acties: het plan is het communicatiedocument.",
        "R-51",
        holds=len(mine) == len(plan["actions"]),
        seen=seen_in(gp),
    )
    nurse = await cast["ait-ouali"].about("CarePlan", names.patient)
    say.fact(
        "Ait Ouali (wijkverpleegkundige, De Rietkraag) ziet nog niets: er is geen toestemming.",
        "R-47 RI-5",
        holds=nurse.was(200) and total(nurse) == 0,
        seen=seen_in(nurse),
    )


async def talk(tale: Tale) -> None:
    """6 Toestemmingsgesprek: one conversation, an answer per party."""
    say, names, dussel = tale.narrator, tale.names, tale.cast["dussel"]
    for con_type, meaning in _MEANINGS.items():
        given = conversations.consent(tale.dossier, RIETKRAAG, con_type, tale.now())
        reply = await dussel.send("/records/consents", given)
        say.fact(
            f"Dussel legt vast: De Rietkraag ja, voor {meaning} ({con_type}).",
            "R-46 R-52" if con_type == "CON-3" else "R-46 RI-5",
            holds=reply.was(201),
            seen=seen_in(reply),
        )
    refused = conversations.consent(tale.dossier, BUURTWERF, "CON-5", tale.now(), refused=True)
    reply = await dussel.send("/records/consents", refused)
    say.fact(
        "De welzijnsorganisatie niet: een weigering is een regel die sluit, geen leeg vakje.",
        "RI-6",
        holds=reply.was(201),
        seen=seen_in(reply),
    )
    worker = await tale.cast["spaanders"].about("Task", names.patient)
    say.fact(
        "Spaanders (welzijn) heeft een actie in het plan en ziet toch niets.",
        "RI-6",
        holds=worker.was(200) and total(worker) == 0,
        seen=seen_in(worker),
    )
    kaya = await tale.cast["kaya"].send("/records/consents", refused)
    say.fact(
        "Kaya (in opleiding) legt geen toestemming vast.",
        "R-12",
        holds=kaya.was(403),
        seen=seen_in(kaya),
    )


async def meet(tale: Tale) -> None:
    """7 MDO: who is invited, what it brought, and no second one without a reason."""
    say, names, cast = tale.narrator, tale.names, tale.cast
    gp = conversations.gp_guest(tale.dossier)
    nurse = (
        member("ait-ouali"),
        conversations.consent_number(tale.dossier, RIETKRAAG, "CON-3"),
    )
    welfare = (member("spaanders"), None)
    start = tale.now()
    alone = conversations.mdo(tale.dossier, [nurse], start)
    reply = await cast["roelvink"].send("/records/mdos", alone)
    say.fact(
        "Een MDO zonder de huisarts op de lijst wordt geweigerd.",
        "R-89",
        holds=reply.was(422) and "R-89" in reply.rules,
        seen=seen_in(reply),
    )
    planned = conversations.mdo(tale.dossier, [gp, nurse, welfare], start)
    reply = await cast["roelvink"].send("/records/mdos", planned)
    left_out = [item["ura"] for item in reply.body.get("notInvited", [])]
    say.fact(
        "Uitgenodigd: Haverkort en Ait Ouali. Spaanders niet, want toestemming ontbreekt.",
        "R-52 R-89",
        holds=reply.was(201) and left_out == [BUURTWERF.ura],
        seen=seen_in(reply),
    )
    planning = await cast["mulderij"].about("Appointment", names.patient)
    say.fact(
        "Mulderij (secretaresse) ziet de afspraak om te plannen.",
        "R-23",
        holds=total(planning) == 1,
        seen=seen_in(planning),
    )
    meeting = conversations.held(
        conversations.mdo(tale.dossier, [gp, nurse], start),
        [cast["roelvink"].member, gp[0], nurse[0]],
        conversations.wolderink_outputs(),
    )
    reply = await cast["roelvink"].send("/records/mdos", meeting)
    say.fact(
        "Het MDO is gehouden en bracht zijn vijf opbrengsten; de afspraken zijn acties van het plan.",
        "R-91",
        holds=reply.was(201) and len(ids_in(reply, "Encounter")) == 1,
        seen=seen_in(reply),
    )
    await _second_meeting(tale, meeting)


async def _second_meeting(tale: Tale, first: Json) -> None:
    again = {**first, "identifier": {**first["identifier"], "value": "mdo-tweede"}}
    reply = await tale.cast["roelvink"].send("/records/mdos", again)
    tale.narrator.fact(
        "Een tweede MDO zonder reden wordt geweigerd.",
        "R-88",
        holds=reply.was(422) and "R-88" in reply.rules,
        seen=seen_in(reply),
    )


def _is_action(task: Json) -> bool:
    return any("plan-action" in profile for profile in task["meta"].get("profile", []))


def _owner(task: Json) -> str:
    """URA of the organisation, or of the person's organisation."""
    number: Json = task["owner"]["identifier"]
    holder: Json = number.get("assigner", {}).get("identifier", number)
    return str(holder["value"])
