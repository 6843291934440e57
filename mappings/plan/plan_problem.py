"""Problems of a plan <-> Condition, with how they hang together.

https://hl7.org/fhir/R4/condition.html and the extensions of R4 `condition-dueTo`,
`condition-occurredFollowing` and `condition-related`

Whose it is stays the patient's record: a problem of a naaste names the naaste beside it.
"""

from collections.abc import Mapping
from typing import Final

from pydantic import TypeAdapter

from adapter.fhir.json import Json
from mappings.plan.plan_codes import PROBLEM_KIND
from mappings.plan.plan_frame import Frame, episode_link, version_of
from mappings.plan.plan_ids import part_id, part_identifier
from mappings.records.base import Identifier
from mappings.records.care_plan import CarePlan
from mappings.records.plan_parts import LinkKind, PlanProblem, ProblemLink, Rank
from mappings.referral.problem import problem_to_fhir, read_code_and_text
from mappings.toolkit.codes import PROBLEM_DOMAIN
from mappings.toolkit.identity import Ids, reference
from mappings.toolkit.reader import Element, build, is_coded, read_code, refuse
from mappings.toolkit.who import naaste_reference, read_naaste
from mappings.toolkit.writing import HL7_EXTENSION, extension, extension_url

RANK: Final = extension_url("problem-rank")
CONCERNS_NAASTE: Final = extension_url("concerns-naaste")
_RANK: Final = TypeAdapter[int](Rank)
LINKS: Final[dict[LinkKind, str]] = {
    "due-to": f"{HL7_EXTENSION}/condition-dueTo",
    "followed": f"{HL7_EXTENSION}/condition-occurredFollowing",
    "related": f"{HL7_EXTENSION}/condition-related",
}


def problem_part(
    plan: CarePlan, problem: PlanProblem, problems: Mapping[str, str], ids: Ids
) -> Json:
    """Condition; `problems` has the Condition ids by key."""
    number = part_identifier(plan, problem)
    ranks = [] if problem.rank is None else [extension(RANK, valuePositiveInt=problem.rank)]
    naasten = [] if problem.naaste is None else [naaste_reference(problem.naaste)]
    return problem_to_fhir(
        id_=part_id(plan, problem, ids),
        profile="problem",
        number=Identifier(system=number["system"], value=number["value"]),
        author=plan.author.ura,
        patient=plan.patient,
        domain=problem.domain,
        text=problem.text,
        code=problem.code,
        synthetic=plan.synthetic,
        more_categories=(PROBLEM_KIND.concept(problem.kind),),
        extensions=(
            episode_link(plan),
            *ranks,
            *(
                extension(
                    LINKS[link.kind], valueReference=reference("Condition", problems[link.problem])
                )
                for link in problem.links
            ),
            *(extension(CONCERNS_NAASTE, valueReference=naaste) for naaste in naasten),
        ),
    )


def read_problem(root: Element, frame: Frame) -> PlanProblem:
    code, text = read_code_and_text(root)
    categories = root.children("category")
    kinds = [item for item in categories if is_coded(item, PROBLEM_KIND.url)]
    domains = [item for item in categories if is_coded(item, PROBLEM_DOMAIN.url)]
    if len(kinds) != 1 or len(domains) != 1:
        refuse(root.at("category"), "required", "Eén domein en één reden om in het plan te staan.")
    rank, naaste = root.extension(RANK), root.extension(CONCERNS_NAASTE)
    return build(
        PlanProblem,
        root.path,
        key=frame.keys[root],
        version=version_of(root),
        domain=read_code(domains[0], PROBLEM_DOMAIN),
        kind=read_code(kinds[0], PROBLEM_KIND),
        text=text,
        code=code,
        rank=None if rank is None else rank.value("valuePositiveInt", _RANK),
        links=_read_links(root, frame),
        naaste=None
        if naaste is None
        else read_naaste(naaste.child("valueReference"), frame.message),
    )


def _place(item: Element) -> int:
    """The index that stands last in its path."""
    return int(item.path.rpartition("[")[2].removesuffix("]"))


def _read_links(root: Element, frame: Frame) -> tuple[ProblemLink, ...]:
    """Links in the order of the record, whatever their kind: that of the extensions."""
    kinds: dict[str, LinkKind] = {url: kind for kind, url in LINKS.items()}
    found = [item for url in kinds for item in root.extensions(url)]
    found.sort(key=_place)
    return tuple(
        ProblemLink(
            kind=kinds[str(item.peek("url"))],
            problem=frame.key_of(item.child("valueReference"), "Condition"),
        )
        for item in found
    )
