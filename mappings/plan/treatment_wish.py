"""What is wanted of one treatment <-> Consent of scope treatment.

https://hl7.org/fhir/R4/consent.html and the zib profile nl-core-TreatmentDirective2

It says what is wanted, and nothing about who may see data. `other` has no provision type but a
modifier extension; the two exclude each other, which the profile's own invariant does not check.
"""

from dataclasses import dataclass
from typing import Final, Literal

from adapter.fhir.constants import SNOMED
from adapter.fhir.json import Json
from mappings.consent.consent import SCOPE
from mappings.plan.plan_codes import TREATMENT, Treatment
from mappings.toolkit import reader
from mappings.toolkit.identity import reference
from mappings.toolkit.reader import Element, read_code, refuse, take_fixed_code
from mappings.toolkit.writing import NL_EXTENSION, concept, extension, resource

SPECIFICATION_OTHER: Final = f"{NL_EXTENSION}/ext-TreatmentDirective2.SpecificationOther"
COMMENT: Final = f"{NL_EXTENSION}/ext-Comment"
NO_POLICY: Final = "https://wetten.overheid.nl/"  # R4 wants a policy; the profile suggests this one
_TREATMENT: Final = "treatment"
_DIRECTIVE: Final = "129125009"

Decision = Literal["do", "do-not", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """What is wanted: with `other` the text says it, else the text is a remark."""

    treatment: Treatment
    decision: Decision
    text: str | None


def directive_to_fhir(
    directive: Directive,
    *,
    id_: str,
    number: Json,
    patient: str,
    said_by: Json,
    on: str | None,
    synthetic: bool,
) -> Json:
    """Consent about this patient (logical id); `said_by` is a reference, `on` a dateTime."""
    is_other = directive.decision == "other"
    words = [] if directive.text is None else [directive.text]
    type_ = {"do": {"type": "permit"}, "do-not": {"type": "deny"}, "other": {}}
    return resource(
        "Consent",
        id_,
        "treatment-wish",
        synthetic=synthetic,
        extension=[] if is_other else [extension(COMMENT, valueString=text) for text in words],
        modifierExtension=(
            [extension(SPECIFICATION_OTHER, valueString=text) for text in words] if is_other else []
        ),
        identifier=[number],
        status="active",
        scope=concept(SCOPE, _TREATMENT),
        category=[concept(SNOMED, _DIRECTIVE)],
        patient=reference("Patient", patient),
        dateTime=on,
        performer=[said_by],
        policy=[{"uri": NO_POLICY}],
        provision={
            **type_[directive.decision],
            "code": [TREATMENT.concept(directive.treatment)],
        },
    )


def read_directive(root: Element) -> Directive:
    """What is wanted, and what is always the same; about whom, by whom and when is left."""
    root.fixed("status", "active")
    take_fixed_code(root.child("scope"), SCOPE, _TREATMENT)
    take_fixed_code(root.only("category"), SNOMED, _DIRECTIVE)
    root.only("policy").fixed("uri", NO_POLICY)
    provision = root.child("provision")
    other = root.extension(SPECIFICATION_OTHER, "modifierExtension")
    comment = root.extension(COMMENT)
    if provision.has("type") == (other is not None):
        refuse(
            provision.at("type"), "business-rule", "Wel of niet doen, óf iets anders in woorden."
        )
    decision: Decision = "other"
    if other is None:
        type_ = provision.fixed("type", "permit", "deny")
        decision = "do" if type_ == "permit" else "do-not"
    elif comment is not None:
        refuse(comment.path, "structure", "Bij een andere wens staat alles in één tekst.")
    words = other or comment
    return Directive(
        treatment=read_code(provision.only("code"), TREATMENT),
        decision=decision,
        text=None if words is None else words.value("valueString", reader.TEXT),
    )
