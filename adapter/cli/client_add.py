"""`meso client add`: register software with its public keys and the organisations it speaks for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from adapter.cli.opening import NotMigratedError, opened
from adapter.cli.output import fail, print_json, say
from adapter.fhir.issues import FhirError
from adapter.fhir.json import Json, decode_untrusted
from adapter.settings import Settings
from adapter.store import parties

_REFUSALS: Final = {
    "known": "Software met deze naam is al aangesloten.",
    "organisation": "Deze organisatie is hier niet bekend.",
}
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


def run(
    client_id: str,
    *,
    name: str,
    uras: Sequence[str],
    jwks: Path | None,
    jwks_uri: str | None,
    basis: str,
    as_json: bool,
) -> None:
    """Exit code 2 when the keys or an organisation are not right; then nothing is written."""
    if (jwks is None) == (jwks_uri is None):
        fail("Geef óf --jwks (een bestand) óf --jwks-uri (een https-adres).")
    if jwks_uri is not None and urlsplit(jwks_uri).scheme != "https":
        fail("De sleutels staan achter een https-adres.")
    keys = None if jwks is None else _public_keys(jwks)

    try:
        with opened(Settings()) as installation:
            wrong = installation.store.write(
                lambda connection: parties.connect_client(
                    connection,
                    client_id,
                    name=name,
                    uras=uras,
                    jwks=keys,
                    jwks_uri=jwks_uri,
                    basis=basis,
                )
            )
    except NotMigratedError:
        fail("Hier is nog geen installatie. Draai eerst `meso migrate`.")
    if wrong is not None:
        fail(_REFUSALS[wrong])
    if as_json:
        print_json({"client": client_id, "organisations": list(uras), "basis": basis})
    else:
        say(f"{client_id} is aangesloten voor {', '.join(uras)} ({basis}).")


def _public_keys(path: Path) -> Json:
    try:
        keys = decode_untrusted(path.read_bytes())
    except (OSError, FhirError):
        fail("Het sleutelbestand is niet te lezen als JSON.")
    listed = keys.get("keys")
    if not isinstance(listed, list) or not listed or not all(isinstance(k, dict) for k in listed):
        fail('Verwacht is een JWKS: {"keys": [...]}.')
    if any(_PRIVATE & key.keys() for key in listed):
        fail("Dit bestand bevat een privésleutel. Geef alleen de publieke sleutels.")
    return keys
