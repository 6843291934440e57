"""Code system of the note that MESO leaves in the GP's system."""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

HisNote = Literal["episode-note", "findings", "advice", "policy"]
HIS_NOTE: Final[CodeSystem[HisNote]] = CodeSystem(
    url=f"{CANONICAL}/CodeSystem/his-note",
    title="Notitie in het HIS",
    texts={
        "episode-note": "Notitie bij de episode Praktijk MESO",
        "findings": "Bevindingen",
        "advice": "Advies aan de huisarts",
        "policy": "Ingezet beleid",
    },
)
