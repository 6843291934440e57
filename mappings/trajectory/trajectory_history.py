"""How a trajectory went <-> extensions of its EpisodeOfCare: phases of the work, steps of care.

https://hl7.org/fhir/R4/episodeofcare.html

FHIR keeps a history of statuses only, and its `type` says which step runs now. Earlier steps are
no episodes of MESO, so they stand here instead of in an EpisodeOfCare each.
"""

from datetime import datetime
from typing import Final

from adapter.fhir.json import Json
from mappings.records.trajectory import CareStep, PhasePeriod
from mappings.toolkit import reader
from mappings.toolkit.codes import STEPPED_CARE
from mappings.toolkit.identity import Ids, party_reference
from mappings.toolkit.message import Message
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, read_coding, refuse
from mappings.toolkit.writing import extension, extension_url, present
from mappings.trajectory.trajectory_codes import PHASE

_PHASE: Final = extension_url("trajectory-phase")
_STEP: Final = extension_url("stepped-care")


def span(start: datetime, end: datetime | None) -> Json:
    """Period between two instants."""
    return present({"start": start.isoformat(), "end": None if end is None else end.isoformat()})


def phase_to_fhir(phase: PhasePeriod) -> Json:
    return extension(
        _PHASE,
        extension=[
            extension("phase", valueCoding=PHASE.coding(phase.phase)),
            extension("period", valuePeriod=span(phase.start, phase.end)),
        ],
    )


def step_to_fhir(step: CareStep, ids: Ids) -> Json:
    parts = [
        extension("step", valueCoding=STEPPED_CARE.coding(step.step)),
        extension("period", valuePeriod=period_to_fhir(step.period)),
        extension("decidedBy", valueReference=party_reference(ids, step.decided_by)),
    ]
    if step.reason is not None:
        parts.append(extension("reason", valueString=step.reason))
    if step.previous is not None:
        parts.append(extension("previous", valueCoding=STEPPED_CARE.coding(step.previous)))
    return extension(_STEP, extension=parts)


def read_phases(episode: Element) -> tuple[PhasePeriod, ...]:
    return tuple(_read_phase(item) for item in episode.extensions(_PHASE))


def read_steps(episode: Element, message: Message) -> tuple[CareStep, ...]:
    return tuple(_read_step(item, message) for item in episode.extensions(_STEP))


def _read_phase(item: Element) -> PhasePeriod:
    phase, lasted = item.extension("phase"), item.extension("period")
    if phase is None or lasted is None:
        refuse(item.path, "required", "Een fase heeft een code en een periode.")
    period = lasted.child("valuePeriod")
    return build(
        PhasePeriod,
        item.path,
        phase=read_coding(phase.child("valueCoding"), PHASE),
        start=period.value("start", reader.INSTANT),
        end=period.optional("end", reader.INSTANT),
    )


def _read_step(item: Element, message: Message) -> CareStep:
    step, lasted, decided, reason, previous = (
        item.extension(name) for name in ("step", "period", "decidedBy", "reason", "previous")
    )
    if step is None or lasted is None or decided is None:
        refuse(item.path, "required", "Een trede heeft een code, een periode en wie haar koos.")
    return build(
        CareStep,
        item.path,
        step=read_coding(step.child("valueCoding"), STEPPED_CARE),
        period=read_period(lasted.child("valuePeriod")),
        decided_by=message.party(decided.child("valueReference")),
        reason=None if reason is None else reason.value("valueString", reader.TEXT),
        previous=(
            None if previous is None else read_coding(previous.child("valueCoding"), STEPPED_CARE)
        ),
    )
