"""Code lists of the multidisciplinary meeting, with their Dutch texts.

https://hl7.org/fhir/R4/terminologies.html

Form and role at the meeting stand with the plan (`plan_codes.py`).
"""

from typing import Final, Literal

from adapter.fhir import constants
from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"

RepeatReason = Literal["moral-dilemma", "changed-situation", "unfinished", "other"]
REPEAT_REASON: Final[CodeSystem[RepeatReason]] = CodeSystem(
    url=constants.MESO_MDO_REPEAT_REASON,
    title="Reden om het MDO te herhalen",
    texts={
        "moral-dilemma": "Ethisch of moreel dilemma",
        "changed-situation": "Situatie wezenlijk veranderd",
        "unfinished": "Het vorige overleg kwam er niet uit",
        "other": "Anders",
    },
)

InviteeInvolvement = Literal["involved", "to-be-involved"]
INVITEE_INVOLVEMENT: Final[CodeSystem[InviteeInvolvement]] = CodeSystem(
    url=f"{_OWN}/invitee-involvement",
    title="Betrokkenheid van de genodigde",
    texts={"involved": "Al betrokken", "to-be-involved": "Te betrekken"},
)

ConsultedWhen = Literal["before", "after"]
CONSULTED_WHEN: Final[CodeSystem[ConsultedWhen]] = CodeSystem(
    url=f"{_OWN}/mdo-consultation",
    title="Gesproken met wie er niet bij was",
    texts={"before": "Voor het MDO", "after": "Na het MDO"},
)
