"""What is in an invented region, counted from the records themselves: kinds, rare cases, shares.

`region.json` beside the records. It is a check on the generator: it knows nothing of the cases that
the records were made from.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from adapter.fhir.json import Json
from adapter.synthetic.regional import RegionName, book
from mappings.records.base import Record
from mappings.records.capacity import Capacity
from mappings.records.consent import ConsentRecord, Representative
from mappings.records.directory import StaffEntry
from mappings.records.intake_decision import IntakeDecision
from mappings.records.log_entry import LogEntry
from mappings.records.mdo import Mdo
from mappings.records.per_abuis_note import PerAbuisNote
from mappings.records.referral import Referral
from mappings.records.trajectory import Trajectory

RARE_CASES: Final = (
    "refusal", "withdrawal", "representative", "incapacity", "inviteeRefused", "naasteAtMdo",
    "repeatedMdo", "consultOnly", "notTakenUp", "death", "nursingHome", "moved", "parked",
    "dualRole", "underAge", "perAbuis", "unexplained", "emergency",
)  # fmt: skip
_GROWN_OLD: Final = 65
_PLACES: Final = 4
_AT_END: Final = {"END-5": "death", "END-3": "nursingHome", "END-9": "moved"}


class Tally:
    """Give it every record once; then ask for the report."""

    def __init__(self, region: RegionName) -> None:
        self._region = region
        self.kinds: Counter[str] = Counter()
        self.rare: Counter[str] = Counter(dict.fromkeys(RARE_CASES, 0))
        self._outcomes: Counter[str] = Counter()
        self._ends: Counter[str] = Counter()
        self._met: Counter[str] = Counter()
        self._invitees: Counter[int] = Counter()
        self._wlz = 0
        self._days: list[int] = []
        self._people: set[str] = set()
        self._jobs: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, kind: str, record: Record) -> None:
        self.kinds[kind] += 1
        match record:
            case Referral():
                self._add_referral(record)
            case IntakeDecision():
                self._add_decision(record)
            case ConsentRecord():
                self._add_consent(record)
            case Trajectory():
                self._add_trajectory(record)
            case Mdo():
                self._add_mdo(record)
            case LogEntry():
                self._add_line(record)
            case StaffEntry():
                self._jobs[record.uzi].add(record.ura)
                self.rare["dualRole"] = sum(len(jobs) > 1 for jobs in self._jobs.values())
            case Capacity():
                self.rare["incapacity"] += record.matter == "data-sharing" and not record.capable
            case PerAbuisNote():
                self.rare["perAbuis"] += 1
            case _:
                pass

    def _add_referral(self, record: Referral) -> None:
        """Who is referred again by another practice is parked, and counts once."""
        bsn = record.patient.bsn or ""
        if bsn in self._people:
            self.rare["parked"] += 1
            return
        self._people.add(bsn)
        on, born = record.authored_on.date(), record.patient.birth_date
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        self.rare["underAge"] += age < _GROWN_OLD
        self.rare["refusal"] += record.agreement is not None and not record.agreement.agreed
        self._wlz += record.patient.wlz_indication is True

    def _add_decision(self, record: IntakeDecision) -> None:
        outcome = record.progress.business_status
        if outcome in ("consult", "trajectory", "not-taken-up"):
            self._outcomes[outcome] += 1
        self.rare["consultOnly"] += outcome == "consult"
        self.rare["notTakenUp"] += outcome == "not-taken-up"

    def _add_consent(self, record: ConsentRecord) -> None:
        self.rare["withdrawal"] += record.withdrawal is not None
        self.rare["representative"] += isinstance(record.given_by, Representative)
        self.rare["inviteeRefused"] += record.type == "CON-3" and record.kind == "refused"

    def _add_trajectory(self, record: Trajectory) -> None:
        if record.end is not None:
            self._ends[record.end.reason] += 1
            self._days.append((record.end.on - record.started).days)
            if record.end.reason in _AT_END:
                self.rare[_AT_END[record.end.reason]] += 1

    def _add_mdo(self, record: Mdo) -> None:
        if record.held is None:
            return
        first = (record.sequence or 1) == 1
        self._met["held"] += first
        self._invitees[len(record.invitees)] += first
        self._met["naaste"] += first and record.held.naaste_attended
        self.rare["naasteAtMdo"] += record.held.naaste_attended
        self.rare["repeatedMdo"] += not first

    def _add_line(self, record: LogEntry) -> None:
        outside = record.his is not None and record.his.access == "outside"
        self.rare["emergency"] += record.emergency is not None
        self.rare["unexplained"] += outside and record.emergency is None

    # --- the report -----------------------------------------------------------------------------

    def report(self, *, years: int, seed: int) -> Json:
        data = book().regions[self._region]
        days = sorted(self._days)
        return {
            "region": self._region,
            "name": data.name,
            "years": years,
            "seed": seed,
            "records": self.kinds.total(),
            "kinds": dict(sorted(self.kinds.items())),
            "rareCases": {name: self.rare[name] for name in RARE_CASES},
            "shares": self.shares(),
            "endReasons": dict(sorted(self._ends.items())),
            "invitees": {str(n): count for n, count in sorted(self._invitees.items())},
            "daysInTrajectory": {
                "least": days[0] if days else None,
                "median": days[len(days) // 2] if days else None,
                "most": days[-1] if days else None,
            },
            "sources": book().sources,
            "assumptions": [*book().assumptions, *data.assumptions],
        }

    def shares(self) -> Mapping[str, Json]:
        """By name: what was wanted, what it became, and of how many."""
        shares, shared = book().shares, book()
        decided, people = self._outcomes.total(), len(self._people)
        begun, met = self._outcomes["trajectory"], self._met["held"]
        closed, lines = self._ends.total(), self.kinds["log-entry"]
        wanted = [
            ("consult", shares.consult, self._outcomes["consult"], decided),
            ("trajectory", shares.trajectory, begun, decided),
            ("notTakenUp", shares.not_taken_up, self._outcomes["not-taken-up"], decided),
            ("underAge", shares.under_age, self.rare["underAge"], people),
            ("wlz", book().regions[self._region].wlz, self._wlz, people),
            ("refusal", shares.refusal, self.rare["refusal"], begun),
            ("withdrawal", shares.withdrawal, self.rare["withdrawal"], begun),
            ("inviteeRefused", shares.invitee_refused, self.rare["inviteeRefused"], met),
            ("repeatedMdo", shares.repeated_mdo, self.rare["repeatedMdo"], met),
            ("naasteAtMdo", shares.naaste_at_mdo, self._met["naaste"], met),
            ("perAbuis", shared.log.per_abuis, self.rare["perAbuis"], lines),
            ("unexplained", shared.log.unexplained, self.rare["unexplained"], lines),
            ("emergency", shared.log.emergency, self.rare["emergency"], lines),
            *(
                (reason, share, self._ends[reason], closed)
                for reason, share in shared.end_reasons.items()
            ),
        ]
        return {
            name: {
                "wanted": share,
                "reached": round(count / of, _PLACES) if of else None,
                "of": of,
            }
            for name, share, count, of in wanted
        }
