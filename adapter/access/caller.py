"""Who asks: a person in a role, for an organisation, through a client, with a purpose.

Never a person alone: a nurse with two jobs is two callers (RI-12).
"""

from typing import NamedTuple

from adapter.access.oauth_scope import FULL


class Caller(NamedTuple):
    """Identity behind one access token.

    `ura` is the acting organisation, `staff` the logical id of the PractitionerRole, `person` the
    UZI number, `role` a role of the policy file, `purpose` a v3-PurposeOfUse code such as TREAT,
    `scope` the ceiling of the token (SMART v2 scopes).
    """

    client: str
    ura: str
    staff: str
    person: str
    role: str
    purpose: str
    scope: str = FULL
