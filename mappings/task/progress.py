"""Progress of work <-> the elements of a Task that its owner may change.

https://hl7.org/fhir/R4/task.html
"""

from typing import Final

from adapter.fhir.json import Json
from mappings.records.progress import Note, Progress, Reason
from mappings.toolkit import reader
from mappings.toolkit.codes import BUSINESS_STATUS, STATUS_REASON, STEPPED_CARE
from mappings.toolkit.identity import Ids, author_reference
from mappings.toolkit.message import Message
from mappings.toolkit.periods import period_to_fhir, read_period
from mappings.toolkit.reader import Element, build, read_code, read_coding, refuse
from mappings.toolkit.writing import present

STATUSES: Final = (
    "requested",
    "draft",
    "received",
    "accepted",
    "rejected",
    "ready",
    "cancelled",
    "in-progress",
    "on-hold",
    "failed",
    "completed",
)


def progress_to_fhir(progress: Progress, ids: Ids) -> Json:
    """Members of a Task; those that hold nothing are left out."""
    business, period = progress.business_status, progress.execution_period
    return present(
        {
            "status": progress.status,
            "statusReason": reason_to_fhir(progress.status_reason),
            "businessStatus": None if business is None else BUSINESS_STATUS.concept(business),
            "executionPeriod": None if period is None else period_to_fhir(period),
            "note": [note_to_fhir(note, ids) for note in progress.notes],
        }
    )


def read_progress(root: Element, message: Message) -> Progress:
    business = root.child_or_none("businessStatus")
    return build(
        Progress,
        root.path,
        status=root.fixed("status", *STATUSES),
        status_reason=_read_reason(root.child_or_none("statusReason")),
        business_status=None if business is None else read_code(business, BUSINESS_STATUS),
        execution_period=read_period(root.child_or_none("executionPeriod")),
        notes=tuple(read_note(item, message) for item in root.children("note")),
    )


def reason_to_fhir(reason: Reason | None) -> Json | None:
    if reason is None:
        return None
    codings = [] if reason.code is None else [STATUS_REASON.coding(reason.code)]
    if reason.advised_step is not None:
        codings.append(STEPPED_CARE.coding(reason.advised_step))
    return present({"coding": codings, "text": reason.text})


def note_to_fhir(note: Note, ids: Ids) -> Json:
    author = None if note.author is None else author_reference(ids, note.author)
    time = None if note.time is None else note.time.isoformat()
    return present({"authorReference": author, "time": time, "text": note.text})


def _read_reason(concept: Element | None) -> Reason | None:
    if concept is None:
        return None
    code = advised = None
    for coding in concept.children("coding"):
        if coding.peek("system") == STEPPED_CARE.url and advised is None:
            advised = read_coding(coding, STEPPED_CARE)
        elif code is None:
            code = read_coding(coding, STATUS_REASON)
        else:
            refuse(coding.path, "structure", "Eén reden, en hoogstens één geadviseerde stap.")
    return build(
        Reason,
        concept.path,
        code=code,
        advised_step=advised,
        text=concept.optional("text", reader.TEXT),
    )


def read_note(item: Element, message: Message) -> Note:
    author = item.child_or_none("authorReference")
    return build(
        Note,
        item.path,
        text=item.value("text", reader.TEXT),
        author=None if author is None else message.party(author),
        time=item.optional("time", reader.INSTANT),
    )
