"""Steps 13 and 14: closing and handing over, and the check of the access log."""

from datetime import timedelta
from typing import Final

from adapter.cli.demo.narrator import seen_in
from adapter.cli.demo.partners import HER_ACTIONS
from adapter.cli.demo.replies import total
from adapter.cli.demo.tale import Tale
from adapter.fhir.json import Json
from adapter.synthetic import conversations
from adapter.synthetic.network import RIETKRAAG, member

_SHUT_BY: Final = {"R-1", "R-7"}  # why her GP record was not shown: not yet treated, not any more


async def close(tale: Tale) -> None:
    """13 Afsluiten: not without a successor; the door to the GP record shuts that second."""
    say, names, cast = tale.narrator, tale.names, tale.cast
    roelvink = cast["roelvink"]
    alone = conversations.closing(tale.dossier, tale.now(), "END-1")
    refused = await roelvink.send("/records/closings", alone)
    say.fact(
        "Afsluiten zonder opvolger voor de regie wordt geweigerd.",
        "R-84",
        holds=refused.was(422) and "R-84" in refused.rules,
        seen=seen_in(refused),
    )
    ending = conversations.closing(
        tale.dossier,
        tale.now(),
        "END-1",
        successor=member("oosterbaan"),
        going_on=[RIETKRAAG.ura],
    )
    too_early = await roelvink.send("/records/closings", ending)
    say.fact(
        "De Rietkraag kan pas verder met een toestemming die een einddatum heeft.",
        "R-46",
        holds=too_early.was(422) and "R-46" in too_early.rules,
        seen=seen_in(too_early),
    )
    renewed = conversations.consent(
        tale.dossier, RIETKRAAG, "CON-5", tale.now(), until=tale.now() + timedelta(days=180)
    )
    again = await cast["dussel"].send("/records/consents", renewed)
    say.fact(
        "Dussel vraagt het opnieuw: De Rietkraag mag verder, tot een datum.",
        "R-46 RI-5",
        holds=again.was(201),
        seen=seen_in(again),
    )
    before = await roelvink.get(f"/records/gp-record/{names.patient}/Condition")
    done = await roelvink.send("/records/closings", ending)
    say.fact(
        "Met Oosterbaan (POH-O, De Wilgenhof) als opvolger sluit Roelvink het traject af.",
        "R-84 R-85",
        holds=done.was(200, 201),
        seen=seen_in(done),
    )
    after = await roelvink.get(f"/records/gp-record/{names.patient}/Condition")
    say.fact(
        "De deur naar het huisartsdossier, net nog open, is op dat moment dicht.",
        "R-7",
        holds=before.was(200) and after.was(404),
        seen=f"{seen_in(before)} / {seen_in(after)}",
    )
    own = await roelvink.about("CarePlan", names.patient)
    say.fact(
        "Haar eigen MESO-dossier kan zij blijven lezen.",
        "R-36",
        holds=total(own) == 1,
        seen=seen_in(own),
    )
    nurse = await cast["ait-ouali"].about("Task", names.patient)
    say.fact(
        "Ait Ouali houdt haar twee acties, door de hernieuwde toestemming.",
        "R-46",
        holds=total(nurse) == HER_ACTIONS,
        seen=seen_in(nurse),
    )


async def review(tale: Tale) -> None:
    """14 Logcontrole: the practice's reviewer reads who did what with its patients."""
    say, cast = tale.narrator, tale.cast
    reviewer = cast["brouwhuis"]
    today = tale.region.today.isoformat()
    log = await reviewer.get(f"/fhir/AuditEvent?date=ge{today}")
    say.fact(
        f"Brouwhuis (logbeoordelaar, De Wilgenhof) heeft {total(log)} regels van vandaag om na te lopen.",
        "R-70 R-72",
        holds=log.was(200) and total(log) > 0,
        seen=seen_in(log),
    )
    hers = await reviewer.get(
        f"/fhir/AuditEvent?date=ge{today}&patient=Patient/{tale.names.patient}"
    )
    refusals = [event for event in hers.resources if event.get("outcome") == "8"]
    say.fact(
        f"Over mevrouw Wolderink {total(hers)}, waarvan {len(refusals)} weigeringen.",
        "R-71",
        holds=hers.was(200) and 0 < len(refusals) < total(hers),
        seen=seen_in(hers),
    )
    consults = [event for event in refusals if _is_consult(event)]
    attempt = {rule for rule in _SHUT_BY for event in consults if _names_rule(event, rule)}
    say.fact(
        "Ook de twee inzages die mislukten (tijdens de weging, na het afsluiten), elk met de regel die Roelvink niet te zien kreeg.",
        "R-71 R-81",
        holds=attempt == _SHUT_BY,
        seen=f"{len(attempt)} regels",
    )
    clinical = await reviewer.about("Condition", tale.names.patient)
    say.fact(
        "In het dossier zelf kan Brouwhuis niet: alleen in het log.",
        "R-12",
        holds=clinical.was(403),
        seen=seen_in(clinical),
    )
    elsewhere = await cast["wijnstra"].get(f"/fhir/AuditEvent?date=ge{today}")
    theirs = {event["id"] for event in elsewhere.resources}
    say.fact(
        "Wijnstra, van Praktijk Singelzicht, ziet andere regels: ieder zijn eigen patiënten.",
        "R-72",
        holds=bool(theirs) and not theirs & {event["id"] for event in log.resources},
        seen=seen_in(elsewhere),
    )


def _is_consult(event: Json) -> bool:
    return any(coding.get("code") == "consult" for coding in event.get("subtype", []))


def _names_rule(event: Json, rule: str) -> bool:
    return any(
        policy.endswith(f"#{rule}")
        for agent in event["agent"]
        for policy in agent.get("policy", [])
    )
