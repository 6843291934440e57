"""Example letters, as the JSON that a sender writes. All of it is invented."""

from typing import Any

from tests.mappings.builders import DUSSEL, GP, MESO, NURSING, ROELVINK

Json = dict[str, Any]

HOSPITAL = "90000008"
_OWN = "https://singel.example"
_CONTACT = {"phone": "026-5550100", "email": "meso@singel.example"}
_GP = [{"ura": GP}]


def section(topic: str, text: str, **more: object) -> Json:
    return {"topic": topic, "text": text, **more}


def _letter(number: str, recipients: list[Json | str], **fields: object) -> Json:
    return {
        "identifier": {"system": f"{_OWN}/brief", "value": number},
        "patient": "p-1",
        "author": ROELVINK,
        "authorFunction": "meso-so",
        "writtenOn": "2026-06-02T16:10:00+02:00",
        "recipients": recipients,
        "contact": _CONTACT,
        "synthetic": True,
        **fields,
    }


def data_use_letter(**overrides: object) -> Json:
    return {
        "identifier": {"system": f"{_OWN}/brief", "value": "i-1"},
        "patient": "p-1",
        "trajectory": "t-1",
        "version": "2026-1",
        "signatory": ROELVINK,
        "handedOutBy": DUSSEL,
        "handedOutOn": "2026-05-20",
        "location": "Bij mevrouw thuis",
        "recipient": "patient",
        "explainedOrally": True,
        "contact": _CONTACT,
        "sections": [
            section("why-personal-data", "Wij vragen wie u bent, zodat wij u niet verwisselen."),
            section("which-health-data", "Wij lezen mee in het dossier van uw huisarts."),
            section("when-shared", "Alleen als u het goedvindt, delen wij gegevens met anderen."),
            section("how-stored", "Wij bewaren uw gegevens veilig.\nU mag ze altijd inzien."),
            section("contact", "Bel ons gerust."),
        ],
        "folder": {
            "title": "MESO: zorg voor ouderen thuis",
            "version": "3",
            "address": "https://singel.example/folder",
        },
        "synthetic": True,
        **overrides,
    }


def given_to_naaste() -> Json:
    return data_use_letter(
        recipient={"relatedPerson": "rp-1"},
        explainedOrally=False,
        folder={"title": "MESO: zorg voor ouderen thuis", "version": "3"},
    )


def patient_plan_letter(**overrides: object) -> Json:
    return _letter(
        "b-2",
        ["patient", {"relatedPerson": "rp-1"}],
        authorFunction="meso-nurse",
        author=DUSSEL,
        trajectory="t-1",
        plan="plan-1",
        title="Uw plan in het kort",
        language="nl",
        readingLevel="B1",
        volume="core",
        sections=[
            section(
                "what-matters", "U wilt thuis blijven wonen.", heading="Wat u belangrijk vindt"
            ),
            section(
                "who-does-what",
                "De wijkverpleegkundige komt elke ochtend.\nUw dochter doet de boodschappen.",
                heading="Wie helpt u",
            ),
        ],
        **overrides,
    )


def in_arabic() -> Json:
    parts = [section("what-matters", "تريدين البقاء في المنزل.", heading="ما هو مهم لك")]
    return {**patient_plan_letter(), "language": "ar", "title": "خطتك", "sections": parts}


def consult_report(**overrides: object) -> Json:
    return {
        **_letter(
            "c-3",
            _GP,
            referral="sr-1",
            suffices=True,
            sections=[
                section("question", "Waardoor valt mevrouw?"),
                section("findings", "Bloeddruk daalt bij opstaan."),
                section("advice", "Hydrochloorthiazide afbouwen, bloeddruk na twee weken."),
                section("policy", "Fysiotherapeut gevraagd voor valtraining."),
            ],
        ),
        **overrides,
    }


def not_enough() -> Json:
    """A consult of which a doctor in training made the draft, and that calls for a trajectory."""
    report = consult_report(suffices=False, status="preliminary")
    why = section(
        "why-not-enough", "Er speelt meer: geheugen, stemming en een overbelaste dochter."
    )
    return {**report, "sections": [*report["sections"], why]}


def mdo_report(**overrides: object) -> Json:
    return _letter(
        "m-4",
        [{"ura": NURSING}],
        trajectory="t-1",
        meeting="mdo-1",
        audience="community-nurse",
        sections=[
            section("shared-information", "Mevrouw wil thuis blijven en durft niet te douchen."),
            section("aligned-goals", "Veilig douchen, twee keer per week."),
            section("agreements", "Wijkverpleging oefent het douchen vanaf 8 juni."),
            section("outlook", "Bij een val: eerst bellen met de huisarts."),
        ],
        **overrides,
    )


def closing_summary(**overrides: object) -> Json:
    return {
        **_letter(
            "a-5",
            _GP,
            trajectory="t-1",
            period={"start": "2026-05-20", "end": "2026-11-12"},
            endReason="END-1",
            successor={"ura": NURSING, "uzi": "900000031"},
            sections=[
                section("course", "Vallen verminderd, medicatie vereenvoudigd."),
                section("what-is-left", "Controle van de nierfunctie in januari."),
                section("advice", "Geen nieuwe plaspillen zonder overleg."),
                section("tomorrow", "De wijkverpleging belt u bij kortademigheid."),
            ],
        ),
        **overrides,
    }


def without_successor() -> Json:
    return closing_summary(successor={"notNeededReason": "Mevrouw overleed."}, endReason="END-5")


def transfer_bundle(**overrides: object) -> Json:
    return _letter(
        "o-6",
        [{"ura": HOSPITAL}, {"ura": MESO}],
        trajectory="t-1",
        destination="hospital",
        sections=[
            section("reason", "Heupbreuk na een val.", asOf="2026-06-02T15:30:00+02:00"),
            section(
                "acp-wishes",
                "Niet reanimeren; opname om te opereren wel.",
                asOf="2026-05-28",
                entries=["Consent/wens-1"],
            ),
            section(
                "medication",
                "Furosemide 40 mg.",
                asOf="2026-06-01",
                entries=["MedicationRequest/med-1"],
            ),
            section(
                "plan-summary", "Thuis blijven wonen.", asOf="2026-05-29", entries=["CarePlan/p-1"]
            ),
            section("contacts", "Dochter: via de huisarts.", asOf="2026-05-20"),
        ],
        **overrides,
    )
