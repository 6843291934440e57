"""What must hold for every world: answers are those of the specification (access-control 4.2).

`doors` reads and searches the real thing (`tests/builders/dossier.py`); nothing of the product is
imported here. A check that fails raises AssertionError and names caller and resource.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from tests.oracle import search as plain
from tests.oracle import view
from tests.oracle.matrix import DIRECTORY, ROLES
from tests.oracle.rows import BSN, CANARY, LOCAL, NOW, ORGANISATIONS, Row, World, add_rule

Pairs = tuple[tuple[str, str], ...]
ABSENT = "mabsent"
PARTNERS = frozenset({"community-nurse", "social-worker"})
_PARAMETERS = {
    "status": ("active", "accepted", "requested", "booked"),
    "code": ("onderzoek", "plan-action", "vallen", "https://codes.example|vallen"),
    "owner": tuple(f"Organization/o{ura}" for ura in ORGANISATIONS),
}
_HAS = {
    "status": {"ServiceRequest", "Task", "CarePlan", "Consent", "Appointment", "CareTeam"},
    "code": {"ServiceRequest", "Task", "Condition"},
    "owner": {"Task"},
}


class Doors(Protocol):
    def fill(self, world: World) -> None: ...
    def read(self, token: bytes | None, type_: str, id_: str, *, now: int = NOW) -> Any: ...
    def search(
        self,
        token: bytes | None,
        type_: str,
        pairs: Sequence[tuple[str, str]],
        *,
        in_body: bool = False,
        now: int = NOW,
    ) -> Any: ...
    def consult(self, token: bytes | None, patient: str, part: str, *, now: int = NOW) -> Any: ...
    def sent(self, answer: Any) -> tuple[int, tuple[tuple[bytes, bytes], ...], bytes]: ...


@dataclass
class Share:
    """How much of what a caller asks about its own patients is visible: neither all nor nothing."""

    asked: int = 0
    seen: int = 0


def some_callers(world: World, chance: Random, k: int) -> list[Row]:
    return chance.sample(world.rows("token"), k=k)


# --- reading ----------------------------------------------------------------------------------


def check_reads(doors: Doors, world: World, token: Row, share: Share | None = None) -> None:
    """V and S for reads: every resource of the world, seen or not, and one that never was."""
    caller = view.caller_of(world, token["hash"], NOW)
    seen = {} if caller is None else view.visible(world, caller, NOW)
    for resource in world.rows("resource"):
        type_, id_ = resource["type"], resource["id"]
        where = f"{token['staff']} reads {type_}/{id_}"
        wanted = view.read(world, token["hash"], type_, id_, NOW)
        found = doors.read(token["hash"], type_, id_)
        assert found.answer.status == wanted.status, f"{where}: {found.answer.status} {wanted}"
        if wanted.status == 200:
            _check_shown(found.answer, resource, wanted.view, seen, where)
        else:
            absent = doors.read(token["hash"], type_, ABSENT)
            assert doors.sent(found.answer) == doors.sent(absent.answer), f"{where}: not opaque"
        _check_line(found.entries, token, caller, resource, wanted.status, where)
        if share is not None and _counts(world, caller, resource):
            share.asked += 1
            share.seen += wanted.status == 200


def _counts(world: World, caller: view.Caller | None, resource: Row) -> bool:
    """Only what the role could see, of patients that the organisation has to do with."""
    return (
        caller is not None
        and view.may_ask(caller, resource["type"])
        and (resource["category"], resource["type"]) in ROLES[caller.role].ways
        and any(
            (row["org"], row["patient"]) == (caller.ura, resource["patient"])
            for row in world.rows("relation")
        )
    )


def _check_shown(answer: Any, resource: Row, view_: str | None, seen: Any, where: str) -> None:
    body = json.loads(answer.body)
    if view_ == "full":
        assert body == resource["body"], f"{where}: a full view is the stored resource"
        assert answer.etag == f'W/"{resource["version"]}"'
        return
    assert CANARY not in answer.body.decode(), f"{where}: shows what {view_} hides"
    assert view_ != "person-without-bsn" or BSN not in answer.body.decode(), f"{where}: BSN"
    for row in (*body.get("participant", ()), *body.get("activity", ())):
        assert row.keys() & {"actor", "member", "reference"}, f"{where}: what is left of a row"
    assert answer.updated is None
    assert "versionId" not in body["meta"]
    assert "lastUpdated" not in body["meta"]
    named = set(_references(body))
    assert named <= seen.keys(), f"{where}: names {sorted(named - seen.keys())}"
    lost = set(_kept_references(resource["body"])) & seen.keys() - named
    assert not lost, f"{where}: lost {sorted(lost)}"


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _kept_references(body: Row) -> Iterator[str]:
    """What a part of a plan still names, when its target is seen."""
    for name in ("subject", "for", "patient", "goal", "addresses", "careTeam", "basedOn", "owner"):
        yield from _references(body.get(name, []))
    if body["resourceType"] == "CarePlan":
        yield from _references(body["activity"])


def _check_line(
    entries: Any, token: Row, caller: Any, resource: Row, status: int, where: str
) -> None:
    """AUD: exactly one line, with the four positions, and a rule for each refusal."""
    assert len(entries) == 1, f"{where}: {len(entries)} log lines"
    line = entries[0]
    assert (line.status, line.outcome) == (status, 0 if status == 200 else 8), where
    assert len(line.gates) == 4, where
    assert (line.rule is None) == (status == 200), f"{where}: a refusal names its rule"
    if caller is not None:
        assert (line.staff, line.ura) == (token["staff"], token["ura"]), where
    if status in {200, 404}:
        assert (line.resource_id, line.patient) == (resource["id"], resource["patient"]), where


# --- searching --------------------------------------------------------------------------------


# R4 has no search parameter `subject` for these.
_PATIENT_ONLY = {"Consent", "Appointment", "EpisodeOfCare", "RelatedPerson"}


def some_query(caller: view.Caller, chance: Random) -> tuple[str, Pairs] | None:
    """A search that this role may do; partners name their one patient."""
    types = sorted(ROLES[caller.role].asks - {"AuditEvent"})
    if not types or caller.purpose not in ROLES[caller.role].purposes:
        return None
    type_ = chance.choice(types)
    if type_ in DIRECTORY:
        return type_, ()
    patient = f"p{chance.choice((1, 2, 3))}"
    pairs: list[tuple[str, str]] = []
    if type_ == "Patient":
        number = f"{LOCAL}|local-{patient[1:]}"
        choices = [("_id", patient), ("identifier", number)]
        if caller.role not in PARTNERS:
            choices += [("family", "verz"), ("family", f"Verzonnen{patient[1:]}"), ("_count", "50")]
        pairs.append(chance.choice(choices))
    elif caller.role in PARTNERS or chance.random() < 0.6:
        name = "patient" if type_ in _PATIENT_ONLY else "subject"
        pairs.append((chance.choice((name, "patient")), f"Patient/{patient}"))
    for name, values in _PARAMETERS.items():
        if type_ in _HAS[name] and chance.random() < 0.3:
            pairs.append((name, ",".join(chance.sample(values, k=chance.choice((1, 2))))))
    return type_, tuple(pairs)


def check_search(doors: Doors, world: World, token: Row, chance: Random) -> None:
    """V for searches, with totals, pages, links and both ways to ask."""
    caller = view.caller_of(world, token["hash"], NOW)
    query = None if caller is None else some_query(caller, chance)
    if caller is None or query is None:
        return
    type_, pairs = query
    where = f"{token['staff']} asks {type_}?{pairs}"
    criteria = [(n, tuple(v.split(","))) for n, v in pairs if n != "_count"]
    wanted = plain.search(world, caller, type_, criteria, NOW)
    found = doors.search(token["hash"], type_, pairs)
    assert found.answer.status == 200, f"{where}: {found.answer.body!r}"
    bundle = json.loads(found.answer.body)
    assert _ids(bundle) == wanted, f"{where}: {_ids(bundle)} for {wanted}"
    assert bundle["total"] == len(wanted), f"{where}: total"
    _check_lines(found.entries, world, type_, wanted, where)
    posted = doors.search(token["hash"], type_, pairs, in_body=True)
    if type_ != "Patient" and "identifier" not in dict(pairs):
        assert posted.answer == found.answer, f"{where}: GET and POST differ"
    in_body = json.loads(posted.answer.body)
    assert (in_body["total"], in_body.get("entry")) == (bundle["total"], bundle.get("entry")), where
    if type_ == "Patient":
        named = {n for link in in_body["link"] for n, _ in parse_qsl(urlsplit(link["url"]).query)}
        assert named <= {"_id", "_count", "_page"}, f"{where}: a link names {named}"
    _check_pages(doors, token, type_, pairs, chance.choice((1, 2, 3)), wanted)
    count = doors.search(token["hash"], type_, (*pairs, ("_summary", "count")))
    counted = json.loads(count.answer.body)
    assert (counted["total"], "entry" in counted) == (len(wanted), False), where


def _ids(bundle: Row) -> list[str]:
    return [entry["resource"]["id"] for entry in bundle.get("entry", [])]


def _check_lines(entries: Any, world: World, type_: str, ids: list[str], where: str) -> None:
    """AUD: one line per patient in the answer; an empty answer has one without a patient."""
    patients = {
        row["patient"]
        for row in world.rows("resource")
        if row["type"] == type_ and row["id"] in ids
    }
    logged = [line.patient for line in entries]
    assert sorted(logged, key=str) == sorted(patients or {None}, key=str), f"{where}: {logged}"


def _check_pages(
    doors: Doors, token: Row, type_: str, pairs: Pairs, size: int, wanted: list[str]
) -> None:
    asked: Pairs = (*(p for p in pairs if p[0] != "_count"), ("_count", str(size)))
    ids: list[str] = []
    for _ in range(len(wanted) + 1):
        bundle = json.loads(doors.search(token["hash"], type_, asked).answer.body)
        assert bundle["total"] == len(wanted), f"{asked}: total of a page"
        assert len(_ids(bundle)) <= size
        ids += _ids(bundle)
        links = {link["relation"]: link["url"] for link in bundle["link"]}
        if "next" not in links:
            break
        asked = tuple(parse_qsl(urlsplit(links["next"]).query))
    assert ids == wanted, f"{token['staff']} {type_} {pairs}: pages {ids} for {wanted}"


# --- changing ---------------------------------------------------------------------------------


def transcript(doors: Doors, world: World, token: Row, names: Sequence[str]) -> list[Any]:
    """Every byte that this caller gets: of each read, and of one search and page per type."""
    caller = view.caller_of(world, token["hash"], NOW)
    sent = [doors.sent(doors.read(token["hash"], *name.split("/")).answer) for name in names]
    if caller is None:
        return sent
    for type_ in sorted(ROLES[caller.role].asks - {"AuditEvent"} - set(DIRECTORY)):
        name = "_id" if type_ == "Patient" else "patient"
        for n in (1, 2, 3):
            for more in ((), (("_count", "1"),), (("_summary", "count"),)):
                asked = ((name, f"p{n}"), *more)
                sent.append(doors.sent(doors.search(token["hash"], type_, asked).answer))
    return sent


def hidden_change(world: World, token: Row, chance: Random) -> World:
    """The same for this caller, and different for others: rows that it does not see come, go and
    move; what is hidden in those that it sees reduced is rewritten, with a new version and time.
    """
    caller = view.caller_of(world, token["hash"], NOW)
    seen = {} if caller is None else view.visible(world, caller, NOW)
    changed = World(tables={name: [dict(r) for r in found] for name, found in world.tables.items()})
    kept = []
    for resource in changed.rows("resource"):
        how = seen.get(f"{resource['type']}/{resource['id']}")
        if how is None and resource["patient"] != "-" and chance.random() < 0.3:
            continue
        if how is None and chance.random() < 0.6:
            body = {**resource["body"], "status": "active", "title": "iets anders"}
            resource.update(body=body, version=9, updated=NOW - chance.randrange(9_000_000))
        elif how not in {None, "full"}:
            told = {"text": {"status": "generated", "div": "<div>anders</div>"}, "title": "anders"}
            resource.update(
                body={**resource["body"], **told},
                version=resource["version"] + 1,
                updated=NOW - chance.randrange(9_000_000),
            )
        kept.append(resource)
    changed.tables["resource"] = kept
    return changed


def narrowed(world: World, token: Row, chance: Random) -> World:
    """MON-1: of this caller's facts one ends now, or a deny begins; nothing opens by that."""
    places = [
        (table, number)
        for table in ("relation", "consent_rule", "audience", "alignment", "agreement")
        for number, row in enumerate(world.rows(table))
        if token["ura"] in row.values() and row.get("effect") != "deny"
    ]
    if places and chance.random() < 0.7:
        return world.with_(*chance.choice(places), valid_to=NOW)
    changed = World(tables={name: list(found) for name, found in world.tables.items()})
    party = chance.choice((token["ura"], f"{token['ura']}|{token['role']}", token["staff"], "*"))
    add_rule(
        changed,
        chance.choice(("CON-1", "CON-3", "CON-5")),
        f"k{chance.choice((1, 2, 3))}",
        party,
        effect="deny",
        valid_from=NOW,
        valid_to=NOW + 1,
    )
    return changed


# --- whole checks of one world ------------------------------------------------------------------


def check_answers(doors: Doors, world: World, chance: Random, share: Share | None = None) -> None:
    """Reads and searches of some callers of a world."""
    doors.fill(world)
    for token in some_callers(world, chance, 3):
        check_reads(doors, world, token, share)
        for _ in range(3):
            check_search(doors, world, token, chance)


def check_gp_record(doors: Doors, world: World) -> int:
    """Every caller and patient of a filled world; how often the record opens."""
    opened = 0
    for token in world.rows("token"):
        for n in (1, 2, 3):
            for part in ("his", "ouderenmodule"):
                wanted = view.opens_gp_record(world, token["hash"], f"p{n}", part, NOW)
                found = doors.consult(token["hash"], f"p{n}", part)
                where = f"{token['staff']} consults {part} of p{n}"
                assert found.answer.status == wanted, f"{where}: {found.answer.status} {wanted}"
                assert len(found.entries) == 1, where
                assert (found.entries[0].rule is None) == (wanted == 200), where
                opened += wanted == 200
    return opened


def check_hidden_change(doors: Doors, world: World, chance: Random) -> None:
    """N: what a caller does not see changes, and no byte that it gets does."""
    token = some_callers(world, chance, 1)[0]
    changed = hidden_change(world, token, chance)
    names = sorted({f"{row['type']}/{row['id']}" for row in world.rows("resource")})
    doors.fill(world)
    before = transcript(doors, world, token, names)
    doors.fill(changed)
    after = transcript(doors, changed, token, names)
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        what = names[number] if number < len(names) else "a search"
        assert one == other, f"{token['staff']}: {what} changed with what is hidden"


def check_narrowing(doors: Doors, world: World, chance: Random) -> bool:
    """MON-1; whether something closed."""
    token = some_callers(world, chance, 1)[0]
    names = sorted({f"{row['type']}/{row['id']}" for row in world.rows("resource")})
    seen = []
    for state in (world, narrowed(world, token, chance)):
        doors.fill(state)
        answers = {n: doors.read(token["hash"], *n.split("/")).answer.status for n in names}
        seen.append({name for name, status in answers.items() if status == 200})
    assert seen[1] <= seen[0], f"{token['staff']}: a restriction opened {seen[1] - seen[0]}"
    return seen[1] < seen[0]
