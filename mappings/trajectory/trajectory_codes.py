"""Code systems around a trajectory, beside those of `codes.py`."""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

Phase = Literal["diagnostic", "treatment", "closing"]
PHASE: Final[CodeSystem[Phase]] = CodeSystem(
    url=f"{CANONICAL}/CodeSystem/trajectory-phase",
    title="Fase van het traject",
    texts={
        "diagnostic": "Diagnostische fase",
        "treatment": "Behandelfase",
        "closing": "Afsluiting",
    },
)
