"""The referee over files of anybody: a resource or a Bundle per JSON file.

    python -m tests.referee.judge FILE...

A JSON line per remark: file, severity, path, text, id, and for a warning that we know the reason.
A lone resource is judged in a Bundle of its own, so that what it names is not looked at. Exit code:
0 no errors, 1 errors, 2 a file that is no JSON object, 3 no referee here.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.referee.accepted import reason_of
from tests.referee.referee import Finding, Referee, RefereeUnavailableError, running_referee

Json = dict[str, Any]


def main(files: Sequence[str]) -> int:
    try:
        documents = {file: json.loads(Path(file).read_bytes()) for file in files}
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 2
    if not all(isinstance(document, dict) for document in documents.values()):
        sys.stderr.write("A FHIR document is a JSON object.\n")
        return 2
    try:
        with running_referee() as referee:
            found = [_judge(referee, file, one) for file, one in documents.items()]
    except RefereeUnavailableError as reason:
        sys.stderr.write(f"No referee here: {reason}\n")
        return 3
    return int(any(found))


def _judge(referee: Referee, file: str, document: Json) -> bool:
    """Whether there are errors."""
    is_bundle = document.get("resourceType") == "Bundle"
    lone = {"id": "x", **document}
    found = referee.judge_document(document) if is_bundle else _alone(referee, lone)
    for one in found:
        line = {
            "file": file,
            "severity": one.severity,
            "path": one.path,
            "text": one.text,
            "id": one.message_id,
            "reason": reason_of(one),
        }
        sys.stdout.write(f"{json.dumps(line, ensure_ascii=False)}\n")
    sys.stdout.flush()
    return any(one.is_error for one in found)


def _alone(referee: Referee, resource: Json) -> list[Finding]:
    if not isinstance(resource.get("resourceType"), str):
        return referee.judge_document(resource)
    return referee.judge([resource])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
