"""Code systems of agreements and evidence: what a Contract of ours is.

https://hl7.org/fhir/R4/terminologies.html
"""

from typing import Final, Literal, TypeAlias

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

AgreementType = Literal["user-agreement", "staff-authorisation", "treatment-relation"]
AGREEMENT_TYPE: Final[CodeSystem[AgreementType]] = CodeSystem(
    url=f"{CANONICAL}/CodeSystem/agreement-type",
    title="Soort afspraak of bewijs",
    texts={
        "user-agreement": "Gebruikersovereenkomst voor het huisartsinformatiesysteem",
        "staff-authorisation": "Machtiging van een medewerker",
        "treatment-relation": "Bewijs van behandelrelatie",
    },
)

# What a GP can authorise somebody of MESO to do in the HIS; codes of the list of consent actions.
HisOperation: TypeAlias = Literal["consult", "copy", "create-episode", "prescribe", "aggregate"]
