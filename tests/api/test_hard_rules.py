"""Every hard rule that holds at a door: the case that it stops, and the neighbour that it lets through.

`RULES` is the list to read. A rule is shown at the outermost place where it can be broken: over HTTP
at the record doors and in FHIR, as a refused method where nobody may ever, and by the mapping for the
kinds that have no door yet (`his-episode`, `prescription-reference`, `anonymous-case`).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import httpx
import pytest
from sqlalchemy import select

from adapter.access.placing import custodian_of
from adapter.fhir.constants import CANONICAL
from adapter.fhir.issues import FhirError
from adapter.fhir.json import encode
from adapter.store.schema import resource
from adapter.synthetic import conversations
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.network import MESO, RIETKRAAG, SINGELZICHT, WILGENHOF, member
from mappings import anonymous_case, his_episode, prescription_reference, trajectory
from mappings.identity import Ids
from mappings.records.anonymous_case import AnonymousCase
from mappings.records.base import parse_record
from mappings.records.prescription_reference import PrescriptionReference
from mappings.records.trajectory import Trajectory
from tests.builders.care import NURSE, SO, Care, Referred, names
from tests.builders.region import rules
from tests.builders.team import (
    assessment,
    capacity,
    keep_capacity,
    keep_person,
    key_of,
    represents,
    warned,
)
from tests.fixtures.service import Service
from tests.mappings import gp_record_builders, intake_strategies, trajectory_strategies

pytestmark = pytest.mark.xdist_group("hard_rules")

Json = dict[str, Any]
GP, POH, SECRETARY, PARTNER = "haverkort", "oosterbaan", "mulderij", "ait-ouali"
NOBODY: Final = "m" + "a" * 40  # an id that nothing has
IDS: Final = Ids(b"k" * 32)
