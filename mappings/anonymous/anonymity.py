"""Does a text say who it is about? R-55, and whether a case was sent in time, R-56.

A net, no proof: it catches what can be told by form (numbers, dates, addresses of mail, names with
a title, an initial or a common first name). Whoever sends the case reads it once more.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from adapter.fhir.bsn import is_valid_bsn
from adapter.fhir.issues import Issue
from mappings.records.anonymous_case import AnonymousCase
from mappings.toolkit.moments import first

_WEEK: Final = timedelta(days=7)
_YOUNGEST: Final = 18  # a date this many years before the session may be a birth date
_WRITTEN: Final = frozenset({"MAILWRIT", "EMAILWRIT"})

_NUMBER: Final = re.compile(
    r"(?<![\d.,])(?:\d{9}|\d{4}[ .\-]\d\d[ .\-]\d{3}|\d{3}[ .\-]\d{3}[ .\-]\d{3})(?!\d|[.,]\d)"
)
_MAIL: Final = re.compile(r"[\w.+\-]+@[\w\-]+\.[\w.\-]+")
_PHONE: Final = re.compile(
    r"(?<![\d.,/])(?:(?:\+|00)31[ \-]?(?:\(0\))?|0)[1-9](?:[ \-)]{0,2}\d){8}(?!\d)"
)
_POSTCODE: Final = re.compile(r"(?<![\d.,])(?P<digits>[1-9]\d{3}) ?(?P<letters>[A-Z]{2})(?![\w\-])")
# Two capitals behind four digits that are a unit, or an illness or investigation behind a year.
_UNITS: Final = frozenset({"IE", "IU", "ML", "MG", "KG", "EH"})
_ILLNESSES: Final = frozenset(
    {"AF", "AP", "CT", "DM", "HF", "HT", "MI", "MR", "NI", "OA", "OK", "PE", "RA", "UI"}
)
_YEARS: Final = range(1940, 2040)

_MONTHS: Final = {
    name: n
    for n, names in enumerate(
        (
            ("januari", "jan"),
            ("februari", "feb"),
            ("maart", "mrt"),
            ("april", "apr"),
            ("mei",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("augustus", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "okt"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_DATE: Final = re.compile(
    r"(?<!\d)(?:(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>(?:19|20)\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)-(?P<m2>\d{2})-(?P<d2>\d{2})"
    rf"|(?P<d3>\d{{1,2}}) (?P<m3>{'|'.join(_MONTHS)})\.? (?P<y3>(?:19|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
_BORN: Final = re.compile(
    r"\b(?:geboren|geb\.?|geboortedatum|geboortejaar)(?!\w)[^.\n]{0,20}?"
    r"(?:(?:19|20)\d\d|\d{1,2}[-/]\d{1,2})",
    re.IGNORECASE,
)

_CAPITAL: Final = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ']+"
_PREFIX: Final = r"(?:(?:van|de|den|der|het|'t|te|ten|ter|el|al|ben) )*"
_TITLED: Final = re.compile(
    rf"\b(?:[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|[Mm]eneer|[Dd]e heer|[Dd]hr\.?)"
    rf" (?:(?:[A-Z]\.)+ ?)?{_PREFIX}{_CAPITAL}"
)
_INITIALS: Final = re.compile(
    rf"(?:(?P<before>\w+)[ .,]+)?\b(?P<initials>(?:[A-Z]\. ?)+){_PREFIX}(?P<family>{_CAPITAL})"
)
_NAMED: Final = re.compile(
    rf"\b(?:heet|genaamd|genoemd|achternaam|voornaam|naam:) ?:? ?{_PREFIX}{_CAPITAL}"
)
# "M. Parkinson" is an illness, and behind "vitamine D." a sentence begins.
_MORBUS: Final = "M."
_EPONYMS: Final = frozenset(
    {"Addison", "Alzheimer", "Bechterew", "Crohn", "Cushing", "Dupuytren", "Graves", "Horton"}
    | {"Huntington", "Kahler", "Menière", "Paget", "Parkinson", "Pick", "Raynaud", "Waldenström"}
)
_LETTERED: Final = frozenset(
    {"vitamine", "vit", "hepatitis", "influenza", "groep", "klasse", "stadium", "type", "categorie"}
)
# First names that many older people in the Netherlands bear, and that are no word of their own.
_FIRST_NAMES: Final = re.compile(
    r"(?<![\w\-])(?:Adriaan|Adriana|Agnes|Alida|Annie|Antonia|Antonius|Arie|Bertha|Catharina|Cornelia|"
    r"Cornelis|Corrie|Dirk|Elisabeth|Elly|Evert|Femke|Frederik|Geertruida|Geesje|Gerard|Gerda|"
    r"Gerrit|Greet|Grietje|Harmen|Hendrik|Hendrika|Henk|Henny|Herman|Ineke|Jacoba|Jacobus|Jan|"
    r"Janna|Jannie|Johan|Johanna|Johannes|Joke|Joop|Kees|Klaas|Lambertus|Leendert|Maarten|"
    r"Margaretha|Maria|Marie|Marinus|Martha|Mieke|Nel|Neeltje|Petronella|Piet|Pieter|Rie|Riet|"
    r"Sjaak|Sjaan|Theodora|Theo|Tiny|Toos|Trijntje|Truus|Wilhelmina|Willem|Willemina|Wim|"
    r"Wouter|Fatima|Mohammed|Ahmed|Hassan|Ali|Mehmet|Ayşe)(?![\w\-])"
)


def identifying(case: AnonymousCase) -> list[Issue]:
    """Faults of R-55, by field. What was found is never repeated in the issue."""
    return [
        Issue(code="business-rule", expression=at, text=said, rule="R-55")
        for at, text in _texts(case)
        for said in _findings(text, case.session)
    ]


def timeliness(case: AnonymousCase) -> list[Issue]:
    """Warnings of R-56: at least a week before the session, by mail."""
    warnings = []
    if case.sent_on is not None and first(case.sent_on) >= first(
        case.session - _WEEK + timedelta(days=1)
    ):
        warnings.append(("sentOn", "Een casus gaat minstens een week voor de bespreking uit."))
    if case.medium not in _WRITTEN:
        warnings.append(("medium", "Een casus wordt per mail gestuurd."))
    return [
        Issue(
            code="business-rule",
            severity="warning",
            expression=f"AnonymousCase.{name}",
            text=text,
            rule="R-56",
        )
        for name, text in warnings
    ]


def _texts(case: AnonymousCase) -> Iterator[tuple[str, str]]:
    yield "AnonymousCase.identifier.value", case.identifier.value
    yield "AnonymousCase.question", case.question
    for n, fact in enumerate(case.facts):
        yield f"AnonymousCase.facts[{n}].text", fact.text
    if case.advice is not None:
        yield "AnonymousCase.advice.text", case.advice.text


def _findings(text: str, session: date) -> Iterator[str]:
    if any(is_valid_bsn(re.sub(r"\D", "", found[0])) for found in _NUMBER.finditer(text)):
        yield "Hier staat een getal dat een burgerservicenummer kan zijn."
    if _MAIL.search(text):
        yield "Hier staat een e-mailadres."
    if _PHONE.search(text):
        yield "Hier staat een telefoonnummer."
    if any(_is_postcode(found) for found in _POSTCODE.finditer(text)):
        yield "Hier staat een postcode."
    if _BORN.search(text) or any(_is_birth_date(found, session) for found in _DATE.finditer(text)):
        yield "Hier staat een geboortedatum."
    if any(names.search(text) for names in (_TITLED, _NAMED, _FIRST_NAMES)) or any(
        _is_name(found) for found in _INITIALS.finditer(text)
    ):
        yield "Hier staat een naam."


def _is_postcode(found: re.Match[str]) -> bool:
    letters = found["letters"]
    return letters not in _UNITS and not (int(found["digits"]) in _YEARS and letters in _ILLNESSES)


def _is_name(found: re.Match[str]) -> bool:
    """Initials and a family name, unless the letter belongs to the word before it."""
    is_illness = found["initials"].strip() == _MORBUS and found["family"] in _EPONYMS
    return not is_illness and (found["before"] or "").lower() not in _LETTERED


def _is_birth_date(found: re.Match[str], session: date) -> bool:
    """A day so long ago that it is a birth date sooner than a moment in the illness."""
    year = int(found["y"] or found["y2"] or found["y3"])
    month = _MONTHS[found["m3"].lower()] if found["m3"] else int(found["m"] or found["m2"])
    day = int(found["d"] or found["d2"] or found["d3"])
    try:
        return date(year, month, day) <= session.replace(year=session.year - _YOUNGEST, day=1)
    except ValueError:
        return False
