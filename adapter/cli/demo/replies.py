"""Small questions about a reply, in the words of the story."""

from adapter.clients.caller import Reply
from adapter.fhir.json import Json


def ids_in(reply: Reply, type_: str) -> list[str]:
    """Ids of the resources of this type that a record door names, each once."""
    names: list[str] = reply.body.get("resources", [])
    prefix = f"{type_}/"
    return list(
        dict.fromkeys(name.removeprefix(prefix) for name in names if name.startswith(prefix))
    )


def id_in(reply: Reply, type_: str) -> str:
    """The first of them, or nothing."""
    return next(iter(ids_in(reply, type_)), "")


def total(reply: Reply) -> int:
    """`Bundle.total`, or -1 when there is none."""
    return int(reply.body.get("total", -1))


def without(document: Json, *names: str) -> Json:
    """The document without these members."""
    return {name: value for name, value in document.items() if name not in names}
