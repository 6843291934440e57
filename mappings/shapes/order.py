"""A referral of somebody else's as far as it is not quite where ours has it.

https://hl7.org/fhir/R4/workflow.html

Two Dutch shapes share these habits: the Task points at its ServiceRequest by `basedOn`, has no
number of its own, and alone says who is to do it; the ServiceRequest has further codes beside the
one that we know, and further information beside the consents.
"""

from collections.abc import Sequence

from adapter.fhir.json import Json
from mappings.records.referral import Referral
from mappings.referral import referral
from mappings.shapes.foreign import Resolve
from mappings.shapes.shape import dicts, of_type, unclaimed
from mappings.toolkit.codes import REQUESTED_SERVICE
from mappings.toolkit.identity import Ids


def write(record: Referral, ids: Ids) -> list[Json]:
    return unclaimed(referral.to_fhir(record, ids))


def as_ours(resources: Sequence[Json], resolve: Resolve) -> Sequence[Json]:
    """The resources with what one of them leaves to another, or says elsewhere."""
    requests, tasks = of_type(resources, "ServiceRequest"), of_type(resources, "Task")
    if len(requests) != 1 or len(tasks) != 1:
        return resources
    request, task = requests[0], tasks[0]
    return [
        _task(x, request, resolve)
        if x is task
        else _request(x, task, resolve)
        if x is request
        else x
        for x in resources
    ]


def _task(task: Json, request: Json, resolve: Resolve) -> Json:
    ordered = [x for x in dicts(task, "basedOn") if resolve(x) is request]
    missing = {
        "identifier": request.get("identifier"),
        "focus": ordered[0] if len(ordered) == 1 else None,
    }
    return {**{name: x for name, x in missing.items() if x is not None}, **task}


def _request(request: Json, task: Json, resolve: Resolve) -> Json:
    found = dict(request)
    if "performer" not in found and "owner" in task:
        found["performer"] = [task["owner"]]
    known = [
        x for x in dicts(request.get("code"), "coding") if x.get("system") == REQUESTED_SERVICE.url
    ]
    if len(known) == 1:
        rest = {name: value for name, value in request["code"].items() if name != "text"}
        found["code"] = {**rest, "coding": known}
    if "supportingInfo" in found:
        told = [x for x in _list(found["supportingInfo"]) if not _is_detail(x, resolve)]
        found["supportingInfo"] = told
    return found


def _is_detail(link: object, resolve: Resolve) -> bool:
    """Whether it points at something that is neither consent nor group: we have no place for it."""
    if not isinstance(link, dict) or not isinstance(link.get("reference"), str):
        return False
    there, literal = resolve(link), link["reference"]
    if there is not None:
        return there.get("resourceType") not in {"Consent", "CareTeam"}
    kind, _, id_ = literal.partition("/")
    return bool(id_) and kind.isalpha() and kind != "Consent"


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else [found]
