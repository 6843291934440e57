"""Code systems of a coordination request: who asks, and for which bed or care.

Our own: no national list names them all.
"""

from typing import Final, Literal

from adapter.fhir.constants import CANONICAL
from mappings.toolkit.codes import CodeSystem

_OWN: Final = f"{CANONICAL}/CodeSystem"

CoordinationRequester = Literal["gp", "gp-post", "emergency-department"]
COORDINATION_REQUESTER: Final[CodeSystem[CoordinationRequester]] = CodeSystem(
    url=f"{_OWN}/coordination-requester",
    title="Aanvrager bij het coördinatiepunt",
    texts={
        "gp": "Huisarts",
        "gp-post": "Huisartsenpost",
        "emergency-department": "Spoedeisende hulp",
    },
)

CoordinatedCare = Literal[
    "short-stay-low",
    "short-stay-high",
    "short-stay-palliative",
    "rehabilitation",
    "observation-bed",
    "crisis-bed",
    "respite",
    "home-care",
    "home-care-night",
]
COORDINATED_CARE: Final[CodeSystem[CoordinatedCare]] = CodeSystem(
    url=f"{_OWN}/coordinated-care",
    title="Gevraagd bed of gevraagde zorg",
    texts={
        "short-stay-low": "Eerstelijnsverblijf laag complex",
        "short-stay-high": "Eerstelijnsverblijf hoog complex",
        "short-stay-palliative": "Eerstelijnsverblijf palliatief",
        "rehabilitation": "Geriatrische revalidatie",
        "observation-bed": "Observatiebed",
        "crisis-bed": "Crisisbed",
        "respite": "Logeeropvang",
        "home-care": "Wijkverpleging",
        "home-care-night": "Wijkverpleging in de nacht",
    },
)
