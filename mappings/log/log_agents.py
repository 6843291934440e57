"""Who took part in an access <-> AuditEvent.agent.

https://hl7.org/fhir/R4/auditevent-definitions.html#AuditEvent.agent

Client and server first, then whoever there was: user, organisation on whose behalf, custodian of
the data, responsible physician. What the event says twice must agree.
"""

from typing import Final

from adapter.fhir import constants
from adapter.fhir.constants import ACT_REASON, CANONICAL, MESO_RULE, PARTICIPATION_TYPE, URA, UZI
from adapter.fhir.json import Json
from mappings.log.log_codes import BALP, CLIENT_SYSTEM, DICOM, TERMS, Pattern, pattern_of
from mappings.records.log_entry import LogEntry, LogUser, Responsible
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION
from mappings.toolkit.reader import Element, build, parsed, read_coding, refuse, take_fixed_code
from mappings.toolkit.writing import HL7_EXTENSION, concept, extension, present

_POLICY: Final = f"{CANONICAL}/policy/"
_ABSENT: Final = f"{HL7_EXTENSION}/data-absent-reason"
_ORGANISATION: Final = (f"{TERMS}/v3-RoleClass", "PROV")
_CUSTODIAN: Final = (f"{TERMS}/provenance-participant-type", "custodian")
_RESPONSIBLE: Final = (PARTICIPATION_TYPE, "RESP")
_TOKEN_SERVER: Final = (f"{BALP}/CodeSystem/UserAgentTypes", "AuthzOauthService")
_ROLE: Final = "PractitionerRole/"
_URI_NETWORK: Final = "5"


def agents_to_fhir(entry: LogEntry) -> list[Json]:
    pattern = pattern_of(entry.interaction)
    has_user = entry.user is not None
    nowhere = {"extension": [extension(_ABSENT, valueCode="unknown")]}
    agents = [
        _agent(
            (DICOM, pattern.client),
            _identified(CLIENT_SYSTEM, entry.client),
            requestor=not has_user,
            network=nowhere,
        ),
        _agent(
            _server_type(pattern),
            device(entry.server),
            requestor=False,
            network={"address": entry.server, "type": _URI_NETWORK},
        ),
    ]
    if entry.user is not None:
        agents.append(_user(entry, entry.user, pattern))
    if entry.organisation is not None:
        agents.append(_agent(_ORGANISATION, _identified(URA, entry.organisation), requestor=False))
    if entry.custodian is not None:
        agents.append(_agent(_CUSTODIAN, _identified(URA, entry.custodian), requestor=False))
    if entry.responsible is not None:
        agents.append(_responsible(entry.responsible))
    return agents


def read_agents(root: Element, *, interaction: str, rule: str | None, purpose: str | None) -> Json:
    """The fields of the record that agents hold, by name."""
    pattern = pattern_of(interaction)
    agents = root.children("agent")
    if len(agents) < 2:  # noqa: PLR2004 # client and server are always there
        refuse(root.at("agent"), "required", "Een logregel noemt de client en de server.")
    client, server, *others = agents
    found: Json = {
        "client": _read_number(client, CLIENT_SYSTEM, reader.LINE),
        "server": _read_server(server, pattern),
    }
    for agent in others:
        name, value = _read_other(agent, pattern, rule, purpose)
        if name in found:
            refuse(agent.path, "structure", "Deze deelnemer staat er twee keer.")
        found[name] = value
    _take_kind(client, (DICOM, pattern.client))
    network = client.child("network").extension(_ABSENT)
    if network is None:
        refuse(client.at("network"), "required", "Het adres van de client staat hier niet.")
    network.fixed("valueCode", "unknown")
    _take_requestor(client, is_requestor="user" not in found)
    return found


def device(address: str) -> Json:
    return {**_identified(constants.URI, address), "type": "Device"}


def take_device(who: Element, address: str) -> None:
    number = who.child("identifier")
    number.fixed("system", constants.URI)
    number.fixed("value", address)
    who.fixed("type", "Device")


def _read_server(agent: Element, pattern: Pattern) -> str:
    _take_kind(agent, _server_type(pattern))
    network = agent.child("network")
    address = network.value("address", reader.URI)
    network.fixed("type", _URI_NETWORK)
    take_device(agent.child("who"), address)
    _take_requestor(agent, is_requestor=False)
    return address


def _read_other(
    agent: Element, pattern: Pattern, rule: str | None, purpose: str | None
) -> tuple[str, object]:
    """Name of the field and its value."""
    if reader.is_coded(_peek_type(agent), *_RESPONSIBLE):
        return "responsible", _read_responsible(agent)
    if reader.is_coded(_peek_type(agent), *_ORGANISATION):
        _take_kind(agent, _ORGANISATION)
        _take_requestor(agent, is_requestor=False)
        return "organisation", _read_number(agent, URA, reader.URA)
    if reader.is_coded(_peek_type(agent), *_CUSTODIAN):
        _take_kind(agent, _CUSTODIAN)
        _take_requestor(agent, is_requestor=False)
        return "custodian", _read_number(agent, URA, reader.URA)
    return "user", _read_user(agent, pattern, rule, purpose)


def _user(entry: LogEntry, user: LogUser, pattern: Pattern) -> Json:
    who = _identified(UZI, user.uzi)
    if user.staff is not None:
        who = {"reference": f"{_ROLE}{user.staff}", **who}
    agent = _agent((PARTICIPATION_TYPE, pattern.user), who, requestor=True)
    role = None if user.function is None else _uncommented(user.function)
    return agent | present(
        {
            "role": [] if role is None else [role],
            "altId": user.code,
            "name": user.name,
            "policy": _policies(user.policy, entry.rule),
            "purposeOfUse": [] if entry.purpose is None else [concept(ACT_REASON, entry.purpose)],
        }
    )


def _read_user(agent: Element, pattern: Pattern, rule: str | None, purpose: str | None) -> LogUser:
    _take_kind(agent, (PARTICIPATION_TYPE, pattern.user))
    _take_requestor(agent, is_requestor=True)
    role = agent.only_or_none("role")
    who = agent.child("who")
    literal = who.optional("reference", reader.URI_OR_PATH)
    staff = None
    if literal is not None:
        if not literal.startswith(_ROLE):
            refuse(who.at("reference"), "value", "Hier hoort een PractitionerRole te staan.")
        staff = parsed(literal.removeprefix(_ROLE), reader.LOGICAL_ID, who.at("reference"))
    policy = _read_policy(agent, rule)
    _take_purpose(agent, purpose)
    number = who.child("identifier")
    number.fixed("system", UZI)
    return build(
        LogUser,
        agent.path,
        uzi=number.value("value", reader.UZI),
        staff=staff,
        function=None if role is None else read_coding(role.only("coding"), FUNCTION),
        name=agent.optional("name", reader.LINE),
        code=agent.optional("altId", reader.CODE),
        policy=policy,
    )


def _policies(version: str | None, rule: str | None) -> list[str]:
    found = [] if version is None else [f"{_POLICY}{version}"]
    return found if rule is None else [*found, f"{MESO_RULE}#{rule}"]


def _read_policy(agent: Element, rule: str | None) -> str | None:
    said = list(agent.values("policy", reader.URI))
    version = said[0].removeprefix(_POLICY) if said and said[0].startswith(_POLICY) else None
    if said != _policies(version, rule):
        refuse(agent.at("policy"), "value", "De regel is een andere dan die in de uitkomst staat.")
    return version


def _take_purpose(agent: Element, purpose: str | None) -> None:
    if purpose is None:
        return
    take_fixed_code(agent.only("purposeOfUse"), ACT_REASON, purpose)


def _responsible(found: Responsible) -> Json:
    who = {} if found.uzi is None else _identified(UZI, found.uzi)
    agent = {"type": concept(*_RESPONSIBLE), "who": who, "altId": found.code, "name": found.name}
    return present({**agent, "requestor": False})


def _read_responsible(agent: Element) -> Responsible:
    _take_kind(agent, _RESPONSIBLE)
    _take_requestor(agent, is_requestor=False)
    return build(
        Responsible,
        agent.path,
        uzi=_read_number(agent, UZI, reader.UZI) if agent.has("who") else None,
        code=agent.optional("altId", reader.CODE),
        name=agent.optional("name", reader.LINE),
    )


def _agent(
    kind: tuple[str, str], who: Json, *, requestor: bool, network: Json | None = None
) -> Json:
    agent: Json = {"type": concept(*kind), "who": who, "requestor": requestor}
    return agent if network is None else {**agent, "network": network}


def _peek_type(agent: Element) -> Element:
    """The type, looked at without taking it."""
    return Element(agent.peek("type"), agent.at("type"))


def _take_kind(agent: Element, kind: tuple[str, str]) -> None:
    take_fixed_code(agent.child("type"), *kind)


def _take_requestor(agent: Element, *, is_requestor: bool) -> None:
    if agent.value("requestor", reader.FLAG) is not is_requestor:
        refuse(agent.at("requestor"), "value", "Wie het vroeg is de gebruiker, anders de client.")


def _read_number(agent: Element, system: str, kind: reader.Scalar[str]) -> str:
    number = agent.child("who").child("identifier")
    number.fixed("system", system)
    return number.value("value", kind)


def _identified(system: str, value: str) -> Json:
    return {"identifier": {"system": system, "value": value}}


def _uncommented(function: str) -> Json:
    """The log holds codes, not texts."""
    return concept(FUNCTION.url, function)


def _server_type(pattern: Pattern) -> tuple[str, str]:
    return (DICOM, pattern.server) if pattern.server else _TOKEN_SERVER
