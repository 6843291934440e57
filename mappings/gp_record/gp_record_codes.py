"""Code systems of what MESO has to do with the GP's record: medication that does not agree.

https://hl7.org/fhir/R4/terminologies.html
"""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"

Discrepancy = Literal["started", "stopped", "dose-changed"]
DISCREPANCY: Final[CodeSystem[Discrepancy]] = CodeSystem(
    url=f"{_OWN}/medication-discrepancy",
    title="Verschil in medicatie",
    texts={
        "started": "Gestart in het plan, geen voorschrift in het HIS",
        "stopped": "Gestopt in het plan, niet in het HIS",
        "dose-changed": "Dosering gewijzigd in het plan, niet in het HIS",
    },
)

DiscrepancySolution = Literal["prescribed", "plan-corrected", "not-carried-out"]
DISCREPANCY_SOLUTION: Final[CodeSystem[DiscrepancySolution]] = CodeSystem(
    url=f"{_OWN}/discrepancy-solution",
    title="Oplossing van het verschil",
    texts={
        "prescribed": "Alsnog in het HIS voorgeschreven",
        "plan-corrected": "Plan verbeterd",
        "not-carried-out": "Wijziging niet uitgevoerd",
    },
)
