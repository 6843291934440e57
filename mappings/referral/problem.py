"""A problem, in words and perhaps with a code <-> Condition.

https://hl7.org/fhir/R4/condition.html and the zib profile nl-core-Problem

nl-core binds `code` to Dutch lists, which words alone do not meet: the MESO profiles stand on the
base resource and claim nothing more.
"""

from typing import Final

from adapter.fhir.json import Json
from mappings.records.base import Coded, Identifier
from mappings.toolkit import reader
from mappings.toolkit.codes import PROBLEM_DOMAIN, ProblemDomain
from mappings.toolkit.identity import identifier, reference
from mappings.toolkit.reader import Element, build, read_code, take_fixed_code
from mappings.toolkit.writing import concept, present, resource

CLINICAL_STATUS: Final = "http://terminology.hl7.org/CodeSystem/condition-clinical"


def problem_to_fhir(
    *,
    id_: str,
    profile: str,
    number: Identifier,
    author: str,
    patient: str,
    domain: ProblemDomain,
    text: str,
    code: Coded | None,
    synthetic: bool,
    more_categories: tuple[Json, ...] = (),
    extensions: tuple[Json, ...] = (),
) -> Json:
    """Condition of this author (URA) about this patient (logical id)."""
    codings = [] if code is None else [present(code.model_dump())]
    return resource(
        "Condition",
        id_,
        profile,
        synthetic=synthetic,
        extension=list(extensions),
        identifier=[identifier(number.system, number.value, author)],
        clinicalStatus=concept(CLINICAL_STATUS, "active"),
        category=[PROBLEM_DOMAIN.concept(domain), *more_categories],
        code=present({"coding": codings, "text": text}),
        subject=reference("Patient", patient),
    )


def read_code_and_text(root: Element) -> tuple[Coded | None, str]:
    """What the problem is; also takes the clinical status, which is always active."""
    take_fixed_code(root.child("clinicalStatus"), CLINICAL_STATUS, "active")
    concept_ = root.child("code")
    return read_coded(concept_.only_or_none("coding")), concept_.value("text", reader.TEXT)


def read_coded(coding: Element | None) -> Coded | None:
    if coding is None:
        return None
    return build(
        Coded,
        coding.path,
        system=coding.value("system", reader.URI),
        code=coding.value("code", reader.CODE),
        display=coding.optional("display", reader.LINE),
    )


def read_domain(concept_: Element) -> ProblemDomain:
    return read_code(concept_, PROBLEM_DOMAIN)
