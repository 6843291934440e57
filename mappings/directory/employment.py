"""Which role a token of an employer stands for.

A nurse of a MESO practice may be on the payroll of a home-care organisation, whose token names
that organisation. The register says for whom she acts; what it does not say is refused.
"""

from collections.abc import Iterable

from mappings.records.directory import StaffEntry
from mappings.toolkit.moments import within


def acting_role(
    register: Iterable[StaffEntry], *, employer: str, uzi: str, moment: int
) -> StaffEntry | None:
    """The one role that this person of this employer acts in at a moment.

    None when there is none, and also when there are two: then the token must name the role.
    """
    found = [
        entry
        for entry in register
        if entry.uzi == uzi
        and entry.active
        and entry.employment is not None
        and entry.employment.employer == employer
        and within(entry.employment.period, moment)
        and within(entry.period, moment)
    ]
    return found[0] if len(found) == 1 else None
