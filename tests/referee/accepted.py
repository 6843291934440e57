"""What the referee says of valid output and may go on saying, each with its reason.

Errors are never accepted. Whatever is not on these lists fails the tests.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tests.referee.referee import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A remark with this message id, on an element that matches, whose text holds `words`."""

    message_id: str
    element: str = ""
    words: str = ""
    reason: str

    def covers(self, finding: Finding) -> bool:
        return (
            self.message_id in finding.message_id
            and re.search(self.element, finding.element) is not None
            and self.words in finding.text
        )


WARNINGS: Final = (
    Accepted(
        message_id="DomainResource#dom-6",
        reason="No narrative: texts are made where somebody reads, so that no second truth is stored "
        "and nothing has to be taken out of it for a partner.",
    ),
    Accepted(
        message_id="Reference_REF_MultipleMatches",
        reason="nl-core lets a reference go to a resource of nl-core or of R4; ours is both.",
    ),
    Accepted(
        message_id="Terminology_PassThrough_TX_Message",
        words="http://loinc.org",
        reason="LOINC is in no package that can be had offline.",
    ),
    Accepted(
        message_id="Terminology_PassThrough_TX_Message",
        element=r"Encounter\.participant\.type|Appointment\.participant\.type",
        words="2.16.840.1.113883.2.4.3.11.60.40.4.26.1",
        reason="The list of roles in a meeting is a draft of Nictiz' and in no package.",
    ),
    Accepted(
        message_id="Terminology_TX_NoValid_2_CC",
        element=r"(Appointment|Encounter)\.participant\.type",
        reason="R4's list (extensible) has no roles in a multidisciplinary meeting.",
    ),
    Accepted(
        message_id="Terminology_TX_NoValid_13",
        element=r"Encounter\.class",
        words="384682003",
        reason="One state of Nictiz' draft has the meeting's code where R4's list (extensible) tells "
        "how people met; given to who asks for it.",
    ),
    Accepted(
        message_id="Terminology_TX_NoValid_13",
        element=r"Consent(\.provision)+\.class",
        words="consent-content-class",
        reason="R4's list (extensible) is of document types; ours are the classes that rights go by.",
    ),
    Accepted(
        message_id="BUNDLE_BUNDLE_POSSIBLE_MATCH",
        words="/_history/",
        reason="An agenda, a log line and a Provenance name one version; a Bundle holds a resource "
        "under its own name.",
    ),
    Accepted(
        message_id="Terminology_",
        element=r"AuditEvent\.(agent\.type|entity\.type|subtype)",
        words="https://profiles.ihe.net/ITI/BALP/CodeSystem/",
        reason="Codes of IHE's audit patterns (BALP), which no package here has; R4's lists "
        "(extensible) have none for them.",
    ),
    Accepted(
        message_id="Terminology_TX_NoValid_2_CC",
        element=r"AuditEvent\.agent\.type",
        words="participation-role-type",
        reason="R4's list (extensible) is not where BALP and NEN 7513 take the custodian and the "
        "responsible party from.",
    ),
    Accepted(
        message_id="Terminology_TX_NoValid_13",
        element=r"AuditEvent\.subtype",
        words="CodeSystem/audit-subtype",
        reason="What our doors do beside REST (token, consulting a GP record) has no code in R4.",
    ),
    Accepted(
        message_id="Terminology_TX_NoValid_2_CC",
        element=r"Consent\.category",
        words="consent-category",
        reason="R4's list (extensible) has no code for a treatment directive; nl-core fixes this one.",
    ),
    Accepted(
        message_id="Terminology_TX_NoValid_2_CC",
        element=r"Condition\.category",
        words="condition-category",
        reason="R4's list (extensible) tells a problem list from a diagnosis; ours tells the domain.",
    ),
    Accepted(
        message_id="Terminology_TX_NoValid_2_CC",
        element=r"Provenance\.activity",
        words="consent-action#copy",
        reason="What was done is one of the actions that a consent names (CON-2), by the same code.",
    ),
    Accepted(
        message_id="All_observations_should_have",
        reason="A part of an assessment that was left out has no day and nobody who did it; "
        "measurements in the copy of a GP's module are as the GP's system gave them.",
    ),
    Accepted(
        message_id="Measure_MR_M_NotFound",
        reason="What is counted stands in the measure's name; no Measure resource is published.",
    ),
    Accepted(
        message_id="TYPE_SPECIFIC_CHECKS_DT_ATT_NO_CONTENT",
        element=r"DocumentReference\.content\.attachment|Contract\.legallyBinding",
        reason="Names a document that stays with whoever keeps it (a notary, a practice).",
    ),
    Accepted(
        message_id="TYPE_SPECIFIC_CHECKS_DT_ATT_NO_CONTENT",
        element=r"Consent\.source",
        reason="Says how the agreement was given; what was signed stays with whoever asked for it.",
    ),
)

# Whose codes nobody here can look up: the system is checked, the code is not.
UNDECIDED: Final = {
    "urn:oid:1.0.639.1": "ISO 639-1: nl-core holds the name of the list only",
}

# An item in a list with slices that belongs to none of them, and is meant so.
OUTSIDE_SLICES: Final = {
    "Patient.identifier": "the practice's own number, beside the BSN",
    "Encounter.participant": "a naaste at a meeting: nl-core's slice is of care professionals",
    "Encounter.reasonCode": "why a meeting was held again: nl-core's slices are care",
    "Consent.source": "a document by reference: nl-core's slice is of an attachment",
    "Organization.identifier": "a network has a number of its own and no URA (RI-7)",
    "Organization.type": "a network is none of nl-core's kinds of care provider",
    "CareTeam.participant.role": "a national code beside our team role",
}


def unexplained(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, and remarks that no list explains."""
    return [finding for finding in findings if not _is_explained(finding)]


def reason_of(finding: Finding) -> str | None:
    """Why a warning is accepted."""
    system = finding.undecided_system
    if system is not None:
        return UNDECIDED.get(system)
    return next((one.reason for one in WARNINGS if one.covers(finding)), None)


def _is_explained(finding: Finding) -> bool:
    if finding.is_error:
        return False
    if finding.is_unknown_slice:
        return finding.element in OUTSIDE_SLICES
    if finding.severity == "warning" or finding.undecided_system is not None:
        return reason_of(finding) is not None
    return True  # information: the validator explains what it did
