"""Episode "Praktijk MESO" in the HIS <-> EpisodeOfCare (the episode) and Composition (the note).

https://hl7.org/fhir/R4/episodeofcare.html, https://hl7.org/fhir/R4/composition.html

The title stands in the name extension of nl-core, the words in a section each. No HIS is known to
take a FHIR episode: the same words go as text as well, which is not made here.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from mappings.gp_record.his_episode_codes import HIS_NOTE, HisNote
from mappings.records.base import Identifier, parse_record
from mappings.records.his_episode import TITLE, HisEpisode
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, read_coding, refuse
from mappings.toolkit.section_text import read_section_text, section_text
from mappings.toolkit.writing import NL_EXTENSION, extension, extension_url, resource
from mappings.trajectory.trajectory_history import span

_NAME: Final = f"{NL_EXTENSION}/ext-EpisodeOfCare.EpisodeOfCareName"
_TRAJECTORY: Final = extension_url("his-episode-trajectory")
_FUNCTION: Final = extension_url("author-function")
_SO: Final = "meso-so"
_RULES: Final = {"HisEpisode.title": "R-25", "HisEpisode.authorFunction": "R-24"}
_PARTS: Final[tuple[HisNote, ...]] = ("findings", "advice", "policy")
_SHORT: Final = 1000  # characters; what is short is a setting of the practice


def parse(sent: Json) -> HisEpisode:
    """The episode in this JSON; FhirError 422, with R-24 or R-25 where these are broken."""
    try:
        return parse_record(HisEpisode, sent)
    except FhirError as error:
        found = [replace(i, rule=_RULES.get(i.expression, i.rule)) for i in error.issues]
        raise FhirError(error.status, *found) from None


def warnings(episode: HisEpisode, *, longest: int = _SHORT) -> list[Issue]:
    """R-26: a part is missing, or is longer than `longest` characters."""
    found = []
    for part in _PARTS:
        text, at = getattr(episode, part), f"HisEpisode.{part}"
        if text is None:
            found.append(_warning(at, f"Het onderdeel {HIS_NOTE.texts[part]} ontbreekt."))
        elif len(text) > longest:
            found.append(_warning(at, f"{HIS_NOTE.texts[part]}: houd het kort."))
    return found


def to_fhir(episode: HisEpisode, ids: Ids) -> list[Json]:
    """EpisodeOfCare and Composition."""
    number, ura = episode.identifier, episode.author.ura
    id_ = ids.of("EpisodeOfCare", ura, number.system, number.value)
    return [_episode(episode, id_, ids), _note(episode, id_, ids)]


def from_fhir(resources: Sequence[Json], ids: Ids) -> HisEpisode:
    """The episode in these resources. FhirError 422 for everything that has no place in it."""
    message = Message(resources, ids)
    root, note = message.one("EpisodeOfCare"), message.one("Composition")
    author = message.staff(note.only("author"))
    number, _ = read_identifier(root.only("identifier"), author.ura)
    id_ = ids.of("EpisodeOfCare", author.ura, number.system, number.value)
    message.identify(root, id_)
    patient = message.id_of(root.child("patient"), "Patient")
    keeper = message.organisation(root.child("managingOrganization"))
    _check_title(root, note)
    _check_author(note)
    _check_note(note, message, number, id_, author.ura, patient, keeper)
    period = root.child("period")
    ended = period.optional("end", reader.INSTANT)
    root.fixed("status", "active" if ended is None else "finished")
    trajectory = root.extension(_TRAJECTORY)
    if trajectory is None:
        refuse(root.at("extension"), "required", "Het traject bij deze episode ontbreekt.")
    episode = build(
        HisEpisode,
        root.path,
        identifier=number,
        title=TITLE,
        patient=patient,
        trajectory=message.id_of(trajectory.child("valueReference"), "EpisodeOfCare"),
        keeper=keeper,
        author=author,
        author_function=_SO,
        started=period.value("start", reader.INSTANT),
        ended=ended,
        written_on=note.value("date", reader.INSTANT),
        **_read_sections(note),
    )
    return episode.model_copy(update={"synthetic": message.finish()})


# --- writing ----------------------------------------------------------------------------------


def _episode(episode: HisEpisode, id_: str, ids: Ids) -> Json:
    number = episode.identifier
    return resource(
        "EpisodeOfCare",
        id_,
        "his-episode",
        synthetic=episode.synthetic,
        extension=[
            extension(_NAME, valueString=episode.title),
            extension(_TRAJECTORY, valueReference=reference("EpisodeOfCare", episode.trajectory)),
        ],
        identifier=[identifier(number.system, number.value, episode.author.ura)],
        status="active" if episode.ended is None else "finished",
        patient=reference("Patient", episode.patient),
        managingOrganization=organisation_reference(ids, episode.keeper),
        period=span(episode.started, episode.ended),
    )


def _note(episode: HisEpisode, id_: str, ids: Ids) -> Json:
    number, ura = episode.identifier, episode.author.ura
    function = {**FUNCTION.coding(_SO), "code": episode.author_function}
    return resource(
        "Composition",
        ids.of("Composition", ura, number.system, number.value),
        "his-episode-note",
        synthetic=episode.synthetic,
        extension=[extension(_FUNCTION, valueCoding=function)],
        identifier=identifier(number.system, number.value, ura),
        status="final",
        type=HIS_NOTE.concept("episode-note"),
        subject=reference("Patient", episode.patient),
        date=episode.written_on.isoformat(),
        author=[staff_reference(ids, episode.author)],
        title=episode.title,
        custodian=organisation_reference(ids, episode.keeper),
        event=[{"detail": [reference("EpisodeOfCare", id_)]}],
        section=[
            {
                "title": HIS_NOTE.texts[part],
                "code": HIS_NOTE.concept(part),
                "text": section_text(text),
            }
            for part in _PARTS
            if (text := getattr(episode, part)) is not None
        ],
    )


# --- reading ----------------------------------------------------------------------------------


def _check_title(root: Element, note: Element) -> None:
    name = root.extension(_NAME)
    if name is None:
        refuse(root.at("extension"), "required", "De titel van de episode ontbreekt.", "R-25")
    for item, member in ((name, "valueString"), (note, "title")):
        if item.value(member, reader.LINE) != TITLE:
            refuse(item.at(member), "business-rule", f'De titel is precies "{TITLE}".', "R-25")


def _check_author(note: Element) -> None:
    function = note.extension(_FUNCTION)
    text = "Alleen de specialist ouderengeneeskunde maakt een episode aan."
    if function is None:
        refuse(note.at("extension"), "required", text, "R-24")
    coding = function.child("valueCoding")
    if read_coding(coding, FUNCTION) != _SO:
        refuse(coding.path, "business-rule", text, "R-24")


def _check_note(
    note: Element,
    message: Message,
    number: Identifier,
    episode: str,
    ura: str,
    patient: str,
    keeper: str,
) -> None:
    """Everything in which the note only repeats the episode."""
    message.identify(note, message.ids.of("Composition", ura, number.system, number.value))
    note.fixed("status", "final")
    if read_code(note.child("type"), HIS_NOTE) != "episode-note":
        refuse(note.at("type"), "code-invalid", "Dit is geen notitie bij een episode.")
    detail = note.only("event").only("detail")
    for name, same in {
        "identifier": read_identifier(note.child("identifier"), ura)[0] == number,
        "event": message.id_of(detail, "EpisodeOfCare") == episode,
        "subject": message.id_of(note.child("subject"), "Patient") == patient,
        "custodian": message.organisation(note.child("custodian")) == keeper,
    }.items():
        if not same:
            refuse(note.at(name), "business-rule", "Notitie en episode spreken elkaar tegen.")


def _read_sections(note: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in note.children("section"):
        part = read_code(item.child("code"), HIS_NOTE)
        if item.has("title"):
            item.fixed("title", HIS_NOTE.texts[part])
        if part not in _PARTS or part in found:
            refuse(item.path, "structure", "Bevindingen, advies en beleid, elk één keer.")
        found[part] = read_section_text(item.child("text"))
    return found


def _warning(at: str, text: str) -> Issue:
    return Issue(code="business-rule", expression=at, text=text, rule="R-26", severity="warning")
