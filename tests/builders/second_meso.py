"""A second MESO practice in the region, and its SO at the doors."""

import json
from collections.abc import Iterator
from typing import Any

import httpx

from adapter.fhir.constants import FHIR_JSON
from adapter.fhir.constants import JSON as PLAIN_JSON
from adapter.store import identity, parties
from adapter.store.engine import Connection
from adapter.synthetic.network import PRACTICES
from mappings.toolkit.codes import BUSINESS_STATUS
from tests.builders.region import SECOND
from tests.fixtures.service import Service

Json = dict[str, Any]
URA, UZI = "90000022", "900000299"


class SecondMeso:
    """Praktijk Rozendaal, with an SO who is authorised everywhere; its agreements are in force."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.ura, self.uzi = URA, UZI
        self.access = f"rozendaal-{id(self)}"
        self._numbers: Iterator[int] = iter(range(1_000_000))
        service.store.write(self._register)

    def _register(self, connection: Connection) -> None:
        ids, now = self.service.ids, self.service.time()
        since = now - 30 * 86_400 * SECOND
        parties.register_organisation(
            connection,
            parties.Organisation(
                ura=URA, name="Praktijk Rozendaal", kind="meso", resource_id=ids.organisation(URA)
            ),
        )
        parties.register_staff(
            connection,
            parties.StaffMember(
                id=ids.staff(URA, UZI),
                ura=URA,
                person=UZI,
                role="meso-so",
                initials="R.",
                secrecy_signed_at=since,
                conduct_signed_at=since,
                valid_from=since,
            ),
        )
        for practice in PRACTICES:
            parties.agree(
                connection,
                a=practice.ura,
                b=URA,
                kind="his-user",
                reference=f"gebruikersovereenkomst-{practice.key}-rozendaal",
                valid_from=since,
            )
            parties.authorise(
                connection,
                practice=practice.ura,
                staff_id=ids.staff(URA, UZI),
                valid_from=since,
            )

    def renew(self) -> None:
        """A token for the coming minutes."""
        self.access = f"rozendaal-{id(self)}-{next(self._numbers)}"
        now = self.service.time()
        who = identity.Staff(
            id=self.service.ids.staff(URA, UZI), person=UZI, role="meso-so", ura=URA
        )
        self.service.store.write(
            lambda connection: identity.insert_token(
                connection,
                access_token=self.access,
                client_id="rozendaal-epd",
                staff_member=who,
                purpose="TREAT",
                scope="system/*.crus",
                issued_at=now,
                expires_at=now + 300 * SECOND,
            )
        )

    def call(self, method: str, path: str, content: bytes = b"", **headers: str) -> httpx.Response:
        self.renew()
        headers = {"authorization": f"Bearer {self.access}", **headers}
        return self.service.doors.send(method, path, headers, content)

    def read(self, reference: str) -> httpx.Response:
        return self.call("GET", f"/fhir/{reference}")

    def search(self, query: str) -> list[Json]:
        answer = self.call("GET", f"/fhir/{query}")
        assert answer.status_code == 200, answer.text
        return [entry["resource"] for entry in answer.json().get("entry", [])]

    def post(self, path: str, body: Json) -> httpx.Response:
        headers = {"content-type": PLAIN_JSON}
        return self.call("POST", path, json.dumps(body).encode(), **headers)

    def decide(
        self, task: str, status: str, business: str, why: str | None = None
    ) -> httpx.Response:
        read = self.read(f"Task/{task}")
        if read.status_code != 200:
            return read
        changed = {
            **read.json(),
            "status": status,
            "businessStatus": BUSINESS_STATUS.concept(business),  # type: ignore[arg-type] # a code of the list
        }
        if why is not None:
            changed["statusReason"] = {"text": why}
        headers = {"content-type": FHIR_JSON, "if-match": read.headers["etag"]}
        return self.call("PUT", f"/fhir/Task/{task}", json.dumps(changed).encode(), **headers)
