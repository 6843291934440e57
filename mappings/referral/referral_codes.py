"""Code systems around a referral and what it becomes, beside those of `codes.py`."""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"

Involvement = Literal["formal", "informal"]
INVOLVEMENT: Final[CodeSystem[Involvement]] = CodeSystem(
    url=f"{_OWN}/involvement",
    title="Betrokkenheid",
    texts={
        "formal": "Beroepsmatig betrokken",
        "informal": "Niet beroepsmatig betrokken",
    },
)

IntakeOutput = Literal["trajectory", "consult-report"]
INTAKE_OUTPUT: Final[CodeSystem[IntakeOutput]] = CodeSystem(
    url=f"{_OWN}/intake-output",
    title="Uitkomst van de verwijzing",
    texts={
        "trajectory": "Geopend MESO-traject",
        "consult-report": "Verslag van het consult",
    },
)
