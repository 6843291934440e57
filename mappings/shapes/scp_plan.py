"""Care plan and care team -> CarePlan and CareTeam as shared care planning has them.

https://github.com/SanteonNL/shared-care-planning

One category, one team, one author: a person's role or an organisation, as the network wants it.
Members are organisations by URA, since such networks know no persons: those that anyone involved may
call, and the recipient's own. The team is a resource of its own beside the plan. Activities are
Tasks; what is deliberately not done stays out, because whoever skips `doNotPerform` reads the
opposite.
"""

from collections.abc import Sequence
from typing import Any, Final, Literal

from adapter.fhir.constants import SNOMED, URA
from adapter.fhir.json import Json
from mappings.records.parties import Party
from mappings.shapes.partial_view import partial_note, view
from mappings.shapes.recipient import (
    Recipient,
    name_of,
    shown,
    shown_links,
    subject_of,
    ura_of,
)
from mappings.toolkit.codes import TEAM_ROLE
from mappings.toolkit.writing import concept, present

AuthorShape = Literal["PractitionerRole", "Organization"]

CONTACT_ROLES: Final = frozenset(
    {"regiehouder", "coordinator", "aanspreekpunt", "hoofdbehandelaar"}
)
_MULTIDISCIPLINARY: Final = "135411000146103"


def scp_plan(resources: Sequence[Json], recipient: Recipient, *, author: AuthorShape) -> list[Json]:
    """CarePlan and CareTeam per plan; none without a patient, an author and a team to name, which
    such a plan cannot do without.
    """
    if not recipient.gets_patient_data:
        return []
    teams = {name_of(team): team for team in recipient.among(resources, "CareTeam")}
    found: list[Json] = []
    for plan in recipient.among(resources, "CarePlan"):
        links = shown_links(plan.get("careTeam"), recipient, "CareTeam")
        named = [teams[link["reference"]] for link in links if link["reference"] in teams]
        subject = subject_of(plan.get("subject"), resources, recipient)
        by = _author(plan.get("author"), author, resources, recipient)
        if _is_multidisciplinary(plan) and named and subject is not None and by is not None:
            found.append(_plan(plan, name_of(named[0]), subject, by, recipient))
            found.append(_team(named[0], subject, resources, recipient))
    return found


def _plan(plan: Json, team: str, subject: Json, author: Json, recipient: Recipient) -> Json:
    tasks = shown_links(
        [row.get("reference", {}) for row in plan.get("activity", ())], recipient, "Task"
    )
    return view(
        "CarePlan",
        plan,
        profile="scp-plan",
        identifier=shown(plan.get("identifier"), recipient),
        status=plan["status"],
        intent="plan",
        category=[concept(SNOMED, _MULTIDISCIPLINARY)],
        subject=subject,
        period=shown(plan.get("period"), recipient),
        created=plan.get("created"),
        author=author,
        careTeam=[{"reference": team, "type": "CareTeam"}],
        addresses=shown_links(plan.get("addresses"), recipient, "Condition"),
        goal=shown_links(plan.get("goal"), recipient, "Goal"),
        activity=[{"reference": link} for link in tasks],
        note=partial_note(),
    )


def _team(team: Json, subject: Json, resources: Sequence[Json], recipient: Recipient) -> Json:
    """Without its number, which is made of the trajectory's id: partners do not see that."""
    return view(
        "CareTeam",
        team,
        profile="scp-team",
        status=team.get("status"),
        subject=subject,
        period=shown(team.get("period"), recipient),
        participant=_participants(team.get("participant", ()), resources, recipient),
        managingOrganization=shown_links(
            team.get("managingOrganization"), recipient, "Organization"
        ),
    )


def _participants(
    rows: Sequence[Json], resources: Sequence[Json], recipient: Recipient
) -> list[Json]:
    """Each organisation once per role and period, in the order of the team."""
    found: list[Json] = []
    for row in rows:
        member = _organisation(row.get("member"), resources, recipient)
        if member is None or not (_is_contact(row) or _is_own(member, recipient)):
            continue
        one = present(
            {
                "role": shown(row.get("role"), recipient),
                "member": member,
                "period": shown(row.get("period"), recipient),
            }
        )
        if one not in found:
            found.append(one)
    return found


def _author(
    link: Any, wanted: AuthorShape, resources: Sequence[Json], recipient: Recipient
) -> Json | None:
    if wanted == "Organization":
        return _organisation(link, resources, recipient)
    found = shown_links([link or {}], recipient, "PractitionerRole")
    return found[0] if found else None


def _organisation(link: Any, resources: Sequence[Json], recipient: Recipient) -> Json | None:
    """The organisation that a visible reference names or acts for: by URA, and literally when the
    recipient may see that Organization.
    """
    ura = ura_of(link)
    if ura is None or not shown_links([link], recipient, "Organization", "PractitionerRole"):
        return None
    number = {"system": URA, "value": ura}
    for organisation in recipient.among(resources, "Organization"):
        if ura in {ura_of({"identifier": one}) for one in organisation.get("identifier", ())}:
            return {
                "reference": name_of(organisation),
                "type": "Organization",
                "identifier": number,
            }
    return {"type": "Organization", "identifier": number}


def _is_multidisciplinary(plan: Json) -> bool:
    return any(
        (coding.get("system"), coding.get("code")) == (SNOMED, _MULTIDISCIPLINARY)
        for category in plan.get("category", ())
        for coding in category.get("coding", ())
    )


def _is_contact(row: Json) -> bool:
    return any(
        coding.get("system") == TEAM_ROLE.url and coding.get("code") in CONTACT_ROLES
        for role in row.get("role", ())
        for coding in role.get("coding", ())
    )


def _is_own(member: Json, recipient: Recipient) -> bool:
    return isinstance(recipient.party, Party) and ura_of(member) == recipient.party.ura
