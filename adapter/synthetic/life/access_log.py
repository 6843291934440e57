"""Who opened what about an invented patient: lines of the access log, ordinary ones and rare ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from adapter.synthetic.life.plan import action_key, goal_key
from adapter.synthetic.life.scene import Scene
from adapter.synthetic.network import Member
from adapter.synthetic.themes import phrases
from adapter.synthetic.timeline import spread
from mappings.plan.plan_ids import part_id_of
from mappings.records.base import Record
from mappings.records.log_entry import Emergency, HisLine, LogEntry, LogUser, Responsible, Shown
from mappings.records.per_abuis_note import PerAbuisNote

_ALL: Final = "TTTF"
_UNASKED: Final = "TFFF"
_PRESSED: Final = "TFFT"
_OK, _FORBIDDEN, _NOT_FOUND = 200, 403, 404
_PERMIT: Final = "0"
_DENY: Final = "8"
_NOTED_AFTER: Final = timedelta(minutes=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Access:
    """What somebody did. `shown` is what was given, `rule` what refused it."""

    interaction: str
    shown: str | None = None
    target: str | None = None
    rule: str | None = None


_OF_SO: Final = (
    _Access(interaction="read", shown="ServiceRequest"),
    _Access(interaction="read", shown="CarePlan"),
    _Access(interaction="consult", shown="Patient"),
    _Access(interaction="record", shown="CarePlan"),
)
_OF_NURSE: Final = (
    _Access(interaction="read", shown="CarePlan"),
    _Access(interaction="search-type", shown="Task"),
    _Access(interaction="consult", target="Condition", rule="R-21"),
)
_OF_PARTNER: Final = (
    _Access(interaction="read", shown="Task"),
    _Access(interaction="search-type", shown="Task"),
    _Access(interaction="update", shown="Task"),
    _Access(interaction="read", target="CarePlan", rule="R-46"),
)
_OF_GP: Final = (
    _Access(interaction="read", shown="CarePlan"),
    _Access(interaction="search-type", shown="Goal"),
)


def log_lines(scene: Scene, rng: Random) -> Iterator[tuple[str, Record]]:
    """So many lines as the case says, between acceptance and horizon, and the notes on them."""
    case = scene.case
    first = case.timeline.decided + timedelta(minutes=5)
    last = min(case.horizon, case.timeline.ended) - timedelta(minutes=20)
    moments = list(spread(rng, first, max(last, first + timedelta(minutes=5)), case.log_lines))
    rare = {mark for mark in _RARE if scene.has(mark)}
    where = dict(zip(sorted(rare), rng.sample(range(len(moments)), len(rare)), strict=True))
    by_place = {place: mark for mark, place in where.items()}
    for n, at in enumerate(moments):
        seq = n + 1
        match by_place.get(n):
            case "per-abuis":
                line = _mistaken(scene, seq, at)
                yield "log-entry", line
                yield "per-abuis-note", _note(scene, line)
            case "unexplained":
                yield "log-entry", _from_his(scene, rng, seq, at, emergency=False)
            case "emergency":
                yield "log-entry", _from_his(scene, rng, seq, at, emergency=True)
            case _:
                yield "log-entry", _ordinary(scene, rng, seq, at)


_RARE: Final = ("per-abuis", "unexplained", "emergency")


def _ordinary(scene: Scene, rng: Random, seq: int, at: datetime) -> LogEntry:
    partners = [
        who
        for people in scene.cast.staff.values()
        for who in people
        if who.ura in {partner.ura for partner in scene.partners()}
    ]
    everybody: list[tuple[Member, tuple[_Access, ...]]] = [
        (scene.so, _OF_SO),
        (scene.nurse, _OF_NURSE),
        (scene.practice.gp, _OF_GP),
        *((who, _OF_PARTNER) for who in partners[:2]),
    ]
    who, able = rng.choice(everybody)
    access = rng.choice(able)
    if access.interaction == "consult" and scene.has("refusal"):
        access = _Access(interaction="consult", target="Condition", rule="R-8")
    return _line(scene, seq, at, who, access)


def _line(
    scene: Scene, seq: int, at: datetime, who: Member, access: _Access, *, controls: str = _ALL
) -> LogEntry:
    refused = access.rule is not None
    own = {scene.cast.meso.ura, scene.practice.house.ura}
    custodian = scene.practice.house if access.interaction == "consult" else scene.cast.meso
    return LogEntry.model_validate(
        {
            "stream": f"{scene.cast.region}-{scene.number.lower()}",
            "seq": seq,
            "at": at,
            "request": f"verzoek-{scene.number.lower()}-{seq}",
            "client": _client(scene, who),
            "server": f"https://{scene.cast.meso.key}.example/fhir",
            "interaction": access.interaction,
            "outcome": _DENY if refused else _PERMIT,
            "status": _OK if not refused else _FORBIDDEN if who.ura in own else _NOT_FOUND,
            "controls": _UNASKED if refused else controls,
            "rule": access.rule,
            "purpose": "TREAT",
            "user": _user(scene, who),
            "organisation": who.ura,
            "custodian": custodian.ura,
            "responsible": Responsible(uzi=scene.so.uzi, name=scene.so.name, code=_code(scene.so))
            if who.ura == scene.cast.meso.ura
            else None,
            "patient": scene.patient_id,
            "shown": None if access.shown is None else _shown(scene, access.shown, seq, at),
            "target": access.target,
            "synthetic": True,
        }
    )


def _shown(scene: Scene, type_: str, seq: int, at: datetime) -> Shown:
    """What exists by then: before there is a plan, the referral."""
    if type_ == "Patient":
        return Shown(type=type_, id=scene.patient_id, version=1)
    if type_ == "ServiceRequest" or at < scene.case.timeline.plan:
        return Shown(type="ServiceRequest", id=scene.referral_id, version=1)
    theme = scene.themes[seq % len(scene.themes)]
    parts = {"Task": action_key(theme, 1), "Goal": goal_key(theme, 1)}
    number = scene.meso_number("plan")
    if type_ in parts:
        id_ = part_id_of(type_, parts[type_], number, scene.so.ura, scene.ids)
    else:
        id_ = scene.ids.of(type_, scene.so.ura, number.system, number.value)
    return Shown(type=type_, id=id_, version=1 + seq % 3)


def _client(scene: Scene, who: Member) -> str:
    return next(p.client for p in scene.cast.organisations() if p.ura == who.ura)


def _user(scene: Scene, who: Member) -> LogUser:
    return LogUser(
        uzi=who.uzi,
        staff=scene.ids.staff(who.ura, who.uzi),
        function=who.role,
        name=who.name,
        code=_code(who),
    )


def _code(who: Member) -> str:
    return f"{who.given[0]}{who.family[0]}".upper()


# --- rare lines -------------------------------------------------------------------------------


def _mistaken(scene: Scene, seq: int, at: datetime) -> LogEntry:
    """A nurse of the team opens the wrong patient."""
    return _line(scene, seq, at, scene.nurse, _Access(interaction="read", shown="Patient"))


def _note(scene: Scene, line: LogEntry) -> PerAbuisNote:
    return PerAbuisNote(
        identifier=scene.meso_number("per-abuis"),
        patient=scene.patient_id,
        line=f"a{line.stream}-{line.seq}",
        by=scene.coordinator,
        initials=_code(scene.nurse),
        date=line.at.date(),
        noted_at=line.at + _NOTED_AFTER,
        synthetic=True,
    )


def _from_his(scene: Scene, rng: Random, seq: int, at: datetime, *, emergency: bool) -> LogEntry:
    """From the log of the HIS: a stand-in of another practice, with or without the button."""
    others = [p for p in scene.cast.practices if p != scene.practice]
    practice = rng.choice(others)
    who = practice.gp if emergency else practice.assistant
    house = scene.practice.house
    return LogEntry(
        stream=f"{scene.cast.region}-{scene.number.lower()}",
        seq=seq,
        at=at,
        request=f"regel-{scene.number.lower()}-{seq}",
        client="unknown",
        server=f"https://{house.key}.example/his",
        interaction="emergency-open" if emergency else "read",
        outcome=_PERMIT,
        controls=_PRESSED if emergency else None,
        emergency=Emergency(reason=rng.choice(phrases().emergencies)) if emergency else None,
        user=LogUser(uzi=who.uzi, name=who.name, code=_code(who)),
        organisation=practice.house.ura,
        responsible=Responsible(
            uzi=practice.gp.uzi, name=practice.gp.name, code=_code(practice.gp)
        ),
        patient=scene.patient_id,
        shown=Shown(type="Patient", id=scene.patient_id),
        his=HisLine(access="outside", channel="other-practice", action="ingezien", screen="W114"),
        synthetic=True,
    )
