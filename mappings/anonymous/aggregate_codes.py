"""Code systems of anonymous figures: what is counted.

https://hl7.org/fhir/R4/terminologies.html
"""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

Indicator = Literal[
    "referrals", "consults", "trajectories", "not-taken-up", "mdos", "end-reasons", "goals-reached"
]
INDICATOR: Final[CodeSystem[Indicator]] = CodeSystem(
    url=f"{CANONICAL}/CodeSystem/indicator",
    title="Indicator",
    texts={
        "referrals": "Verwijzingen",
        "consults": "Eenmalige consulten",
        "trajectories": "MESO-trajecten",
        "not-taken-up": "Niet in behandeling genomen verwijzingen",
        "mdos": "Multidisciplinaire overleggen",
        "end-reasons": "Redenen van afsluiten",
        "goals-reached": "Bereikte doelen",
    },
)

MEASURE_POPULATION: Final = "http://terminology.hl7.org/CodeSystem/measure-population"
