"""How each interaction is told in an AuditEvent: action, roles of client and server, user's part.

https://profiles.ihe.net/ITI/BALP/content.html

In a read the data flows to the client; in a query the question flows to the server, although the
data flows back: so DICOM, and so the codes of client and server change places. The shapes are
BALP's; no conformance to it is claimed.
"""

from dataclasses import dataclass
from typing import Final

_APPLICATION, _DESTINATION, _SOURCE = "110150", "110152", "110153"  # DICOM role ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """`client`, `server`: DICOM role ids; `user`: ParticipationType."""

    action: str
    client: str
    server: str
    user: str = "IRCP"


_READ: Final = Pattern(action="R", client=_DESTINATION, server=_SOURCE)
_QUERY: Final = Pattern(action="E", client=_SOURCE, server=_DESTINATION)
_CREATE: Final = Pattern(action="C", client=_SOURCE, server=_DESTINATION, user="AUT")
_UPDATE: Final = Pattern(action="U", client=_SOURCE, server=_DESTINATION, user="AUT")
_HISTORY: Final = Pattern(action="R", client=_DESTINATION, server=_SOURCE)
_EXECUTE: Final = Pattern(action="E", client=_SOURCE, server=_DESTINATION, user="AUT")
_TOKEN: Final = Pattern(action="E", client=_APPLICATION, server="")

RESTFUL: Final = {
    "read": _READ,
    "vread": _READ,
    "history-instance": _HISTORY,
    "search": _QUERY,
    "search-type": _QUERY,
    "search-system": _QUERY,
    "create": _CREATE,
    "update": _UPDATE,
    "transaction": _EXECUTE,
    "batch": _EXECUTE,
    "operation": _EXECUTE,
}
_OWN_WORDS: Final = {  # words that FHIR does not know
    "consult": _HISTORY,
    "record": _EXECUTE,
    "push": _EXECUTE,
    "explain": _QUERY,
    "print": _HISTORY,
    "export": _HISTORY,
    "log-view": _QUERY,
    "token": _TOKEN,
    "token-introspect": _TOKEN,
    "token-revoke": _TOKEN,
}


def pattern_of(interaction: str) -> Pattern:
    """Pattern of an interaction; what we do not know is told as something executed."""
    return RESTFUL.get(interaction) or _OWN_WORDS.get(interaction, _EXECUTE)
