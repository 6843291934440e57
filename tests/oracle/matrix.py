"""Who may see what, as `docs/roles.md` and access-control 2.5 say it in words.

Written from the documents and for reading; imports nothing of the product.
"""

from dataclasses import dataclass

DIRECTORY = ("Organization", "Practitioner", "PractitionerRole")
PLAN = (
    *("CarePlan", "Goal", "Condition", "Task", "ServiceRequest"),
    *("RiskAssessment", "Observation", "EpisodeOfCare", "ClinicalImpression", "Encounter"),
)
# What is said about who is close to the patient, and what she can decide: for the GP and the team.
NAASTE = {"naaste": ("RelatedPerson", "Observation")}
# What came with a referral, and what was recorded of consent: for the practice that it is meant for.
REFERRAL = {"referral": ("ServiceRequest", "Task", "Condition"), "consent": ("Consent",)}
RECORD = {
    "plan": PLAN,
    "acp": (
        *("Consent", "Procedure", "Goal", "Observation"),
        *("Flag", "Task", "DocumentReference"),
    ),
    "mdo": ("Appointment", "Encounter", "Communication"),
    "contacts": ("CareTeam",),
}


@dataclass(frozen=True)
class Way:
    """One way in: which kind of relation opens it, on which consents, under which conditions."""

    relation: str
    consents: tuple[str, ...] = ()
    aligned: bool = False
    addressed: bool = False
    view: str = "full"


@dataclass(frozen=True)
class Role:
    """Ways by (category, type). `asks` are the types that it may ask for at all."""

    ways: dict[tuple[str, str], tuple[Way, ...]]
    purposes: frozenset[str] = frozenset({"TREAT"})

    @property
    def asks(self) -> frozenset[str]:
        return frozenset(type_ for _, type_ in self.ways if type_[0].isupper())


def _role(*parts: tuple[dict[str, tuple[str, ...]], tuple[Way, ...]], **more: object) -> Role:
    ways: dict[tuple[str, str], tuple[Way, ...]] = {}
    for categories, how in parts:
        for category, types in categories.items():
            for type_ in types:
                ways[category, type_] = ways.get((category, type_), ()) + how
    everybody = {("directory", type_): (Way(relation="-"),) for type_ in DIRECTORY}
    return Role(ways={**ways, **everybody}, **more)  # type: ignore[arg-type] # fields of Role


_PERSON = {"person": ("Patient",)}
_HIS = {"his": ("his",), "ouderenmodule": ("ouderenmodule",)}
_COPY = {"ouderenmodule": ("ouderenmodule",)}
_TO_GP_RECORD = (Way(relation="care", consents=("CON-1", "CON-2")),)

_OWN_PRACTICE = (Way(relation="source"),)
_GP_STAFF = _role(({**_PERSON, **REFERRAL, **RECORD, **_HIS}, _OWN_PRACTICE))
_GP = _role(({**_PERSON, **REFERRAL, **RECORD, **_HIS, **NAASTE}, _OWN_PRACTICE))


def _team(gp_record: dict[str, tuple[str, ...]]) -> Role:
    working = ("consult", "care", "own-record")
    always = ("weighing", *working)
    return _role(
        (_PERSON, tuple(Way(relation=kind) for kind in always)),
        (REFERRAL, tuple(Way(relation=kind, addressed=True) for kind in always)),
        ({**RECORD, **NAASTE}, tuple(Way(relation=kind) for kind in working)),
        (gp_record, _TO_GP_RECORD),
    )


def _at_work(view: str = "full") -> tuple[Way, ...]:
    return tuple(Way(relation=kind, view=view) for kind in ("consult", "care"))


_SECRETARY = _role(
    ({**_PERSON, "contacts": ("CareTeam",)}, _at_work()),
    ({"mdo": ("Appointment",)}, _at_work("planning")),
    purposes=frozenset({"TREAT", "HOPERAT"}),
)


def _partner(person: str) -> Role:
    def by_con_5(view: str, *, addressed: bool) -> Way:
        return Way("partner", ("CON-5",), aligned=True, addressed=addressed, view=view)

    parts = ("CarePlan", "Condition", "Goal", "Task", "ServiceRequest", "RiskAssessment")
    return _role(
        (_PERSON, (by_con_5(person, addressed=False),)),
        ({"plan": parts, "acp": ("Consent",)}, (by_con_5("part", addressed=True),)),
        (
            {"contacts": ("CareTeam",)},
            (Way("partner", ("CON-3",), view="contacts"), by_con_5("contacts", addressed=False)),
        ),
        (
            {"mdo": ("Appointment",)},
            (Way("partner", ("CON-3",), addressed=True, view="invitation"),),
        ),
    )


ROLES = {
    "gp": _GP,
    "gp-nurse-practitioner": _GP_STAFF,
    "poh": _GP_STAFF,
    "gp-assistant": _GP_STAFF,
    "meso-so": _team(_HIS),
    "meso-so-trainee": _team(_HIS),
    "meso-nurse": _team(_COPY),
    "meso-secretary": _SECRETARY,
    "community-nurse": _partner("part"),
    "social-worker": _partner("person-without-bsn"),
    "log-reviewer": Role(
        ways={("log", "AuditEvent"): (Way("-"),)}, purposes=frozenset({"HOPERAT"})
    ),
    "platform": Role(ways={}),
}
# Roles that may consult the GP record through the adapter.
READS_GP_RECORD = frozenset({"meso-so", "meso-so-trainee", "meso-nurse"})
