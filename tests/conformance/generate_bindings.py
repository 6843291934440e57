"""Make `adapter/fhir/bindings.json` from the FHIR R4 4.0.1 definitions.

    python tests/conformance/generate_bindings.py

The definitions are those that HL7 published, as the Maven artifact of HAPI carries them:
`ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4`. The table holds the resource types that MESO
uses, every data type and nested element below them, and the codes of each required binding that
can be written out. A value set without an end (media types) is listed as undecided.

https://hl7.org/fhir/R4/downloads.html, https://hl7.org/fhir/R4/elementdefinition.html
"""

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VERSION = "8.8.0"
ARTIFACT = "hapi-fhir-validation-resources-r4"
TABLE = Path(__file__).parents[2] / "adapter" / "fhir" / "bindings.json"

# R4 4.0.1 and R4B 4.3.0 were compared element by element for these; see test_models.py.
_OFFERED = (
    "AllergyIntolerance Appointment AuditEvent Binary Bundle CapabilityStatement CarePlan CareTeam "
    "ClinicalImpression Communication CommunicationRequest Composition ConceptMap Condition "
    "Consent Contract DetectedIssue Device DocumentReference Encounter Endpoint EpisodeOfCare "
    "Flag Goal HealthcareService Location MeasureReport Medication MedicationRequest "
    "MedicationStatement NutritionOrder Observation OperationOutcome Organization "
    "OrganizationAffiliation Parameters Patient Practitioner PractitionerRole Procedure "
    "Provenance Questionnaire QuestionnaireResponse RelatedPerson RiskAssessment "
    "ServiceRequest StructureDefinition Subscription Task ValueSet"
)
OFFERED = _OFFERED.split()

_F = "{http://hl7.org/fhir}"
_DEFINITION = "http://hl7.org/fhir/StructureDefinition/"
_BASES = {"Resource", "DomainResource", "Element", "BackboneElement"}
_PROFILES = "org/hl7/fhir/r4/model/profile/"
_VALUES = "org/hl7/fhir/r4/model/valueset/"


def definitions_jar(work: Path) -> Path | None:
    """The artifact from the local Maven repository, else fetched by Maven; None without Maven."""
    name = f"{ARTIFACT}-{VERSION}.jar"
    local = Path.home() / ".m2/repository/ca/uhn/hapi/fhir" / ARTIFACT / VERSION / name
    if local.exists():
        return local
    maven = shutil.which("mvn")
    if maven is None:
        return None
    coordinates = f"ca.uhn.hapi.fhir:{ARTIFACT}:{VERSION}"
    subprocess.run(
        [
            maven,
            "-q",
            "-B",
            "dependency:copy",
            f"-Dartifact={coordinates}",
            f"-DoutputDirectory={work}",
        ],
        check=True,
    )
    return work / name


def generate(jar: Path) -> str:
    """Text of the table."""
    with zipfile.ZipFile(jar) as archive:
        definitions = _structures(archive)
        values = _Values.read(archive)
    types: dict[str, Any] = {}
    wanted = [*sorted(_BASES), *OFFERED]
    value_sets: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in types or name not in definitions or name[0].islower():
            continue
        for node, base, elements in _nodes(definitions[name], value_sets):
            types[node] = {"base": base, "elements": elements}
            for element in elements.values():
                wanted.extend(element.get("choice", [element.get("type")]))
    open_types = types["Extension"]["elements"]["value[x]"]["choice"]
    for entry in types.values():
        for element in entry["elements"].values():
            if element.get("choice") == open_types:
                element["choice"] = "*"
    expanded = {url: values.expand(url) for url in sorted(value_sets)}
    table = {
        "fhirVersion": "4.0.1",
        "offered": sorted(OFFERED),
        "resourceTypes": sorted(
            name for name, root in definitions.items() if _is_resource(name, root)
        ),
        "openTypes": open_types,
        "undecided": [url for url, codes in expanded.items() if codes is None],
        "codes": {url: codes for url, codes in expanded.items() if codes is not None},
        "types": {name: types[name] for name in sorted(types)},
    }
    return _layout(table)


def _layout(table: dict[str, Any]) -> str:
    """One line per element, so that a difference reads well."""
    lines = ["{"]
    for key, value in table.items():
        end = "" if key == "types" else ","
        if key == "types":
            lines.append(' "types": {')
            last = list(value)[-1]
            for name, entry in value.items():
                lines.append(
                    f'  {json.dumps(name)}: {{"base": {json.dumps(entry["base"])}, "elements": {{'
                )
                rows = [
                    f"   {json.dumps(n)}: {json.dumps(e)}" for n, e in entry["elements"].items()
                ]
                lines.append(",\n".join(rows))
                lines.append("  }}" + ("" if name == last else ","))
            lines.append(" }")
        elif isinstance(value, dict):
            rows = [f"  {json.dumps(n)}: {json.dumps(v)}" for n, v in value.items()]
            lines.append(f" {json.dumps(key)}: {{\n" + ",\n".join(rows) + f"\n }}{end}")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value)}{end}")
    return "\n".join([*lines, "}", ""])


# --- structures -------------------------------------------------------------------------------


def _structures(archive: zipfile.ZipFile) -> dict[str, ET.Element]:
    found: dict[str, ET.Element] = {}
    for file in ("profiles-types.xml", "profiles-resources.xml"):
        for root in ET.fromstring(archive.read(_PROFILES + file)).iter(f"{_F}StructureDefinition"):
            if _text(root, "derivation") != "constraint":
                found[_text(root, "type")] = root
    return found


def _is_resource(name: str, root: ET.Element) -> bool:
    return _text(root, "kind") == "resource" and name not in _BASES


def _nodes(
    root: ET.Element, value_sets: set[str]
) -> Iterator[tuple[str, str | None, dict[str, Any]]]:
    """(path, base type, own elements) of a type and of every nested element in it."""
    name = _text(root, "type")
    base = _text(root, "baseDefinition").removeprefix(_DEFINITION) or None
    nodes: dict[str, tuple[str | None, dict[str, Any]]] = {name: (base, {})}
    snapshot = root.find(f"{_F}snapshot")
    assert snapshot is not None
    for item in snapshot.findall(f"{_F}element"):
        path = _text(item, "path")
        if "." not in path:
            continue
        parent, last = path.rsplit(".", 1)
        declared = _text(item, f"base/{_F}path").split(".")[0]
        if declared != name and declared in _BASES:
            if declared == "BackboneElement":
                nodes[parent] = ("BackboneElement", nodes[parent][1])
            continue
        element = _element(item, path, value_sets)
        if element["type"] in {"BackboneElement", "Element"}:
            nodes[path] = (element["type"], {})
            element["type"] = path
        nodes[parent][1][last] = element
    for path, (kind, elements) in nodes.items():
        yield path, kind, elements


def _element(item: ET.Element, path: str, value_sets: set[str]) -> dict[str, Any]:
    types = [_type_code(t) for t in item.findall(f"{_F}type")]
    reference = _text(item, "contentReference")
    element: dict[str, Any] = {"type": reference.removeprefix("#") if reference else types[0]}
    if path == "Resource.id":
        element["type"] = "id"  # 4.0.1 says string here and means the data type id
    if path.endswith("[x]"):
        element = {"type": "", "choice": types}
    if _text(item, "max") != "1":
        element["many"] = True
    if _text(item, "min") != "0":
        element["min"] = 1
    targets = sorted(
        {
            target.get("value", "").removeprefix(_DEFINITION)
            for t in item.findall(f"{_F}type")
            if _text(t, "code") == "Reference"
            for target in t.findall(f"{_F}targetProfile")
        }
    )
    if targets and targets != ["Resource"]:
        element["targets"] = targets
    binding = item.find(f"{_F}binding")
    if binding is not None and _text(binding, "strength") == "required":
        url = _text(binding, "valueSet").split("|")[0]
        element["codes"] = url
        value_sets.add(url)
    return element


def _type_code(item: ET.Element) -> str:
    code = _text(item, "code")
    if code.startswith("http://hl7.org/fhirpath/System."):
        for extension in item.findall(f"{_F}extension"):
            if extension.get("url", "").endswith("structuredefinition-fhir-type"):
                return _text(extension, "valueUrl")
    return code


# --- value sets -------------------------------------------------------------------------------


@dataclass
class _Values:
    sets: dict[str, ET.Element] = field(default_factory=dict)
    systems: dict[str, ET.Element] = field(default_factory=dict)

    @classmethod
    def read(cls, archive: zipfile.ZipFile) -> "_Values":
        values = cls()
        for file in ("valuesets.xml", "v3-codesystems.xml", "v2-tables.xml"):
            root = ET.fromstring(archive.read(_VALUES + file))
            for item in root.iter(f"{_F}ValueSet"):
                values.sets[_text(item, "url")] = item
            for item in root.iter(f"{_F}CodeSystem"):
                values.systems[_text(item, "url")] = item
        return values

    def expand(self, url: str) -> dict[str, list[str]] | None:
        """system → codes, or None when the set cannot be written out from these files."""
        value_set = self.sets.get(url)
        compose = None if value_set is None else value_set.find(f"{_F}compose")
        if compose is None:
            return None
        found: dict[str, list[str]] = {}
        for include in compose.findall(f"{_F}include"):
            part = self._part(include)
            if part is None:
                return None
            for system, codes in part.items():
                known = found.setdefault(system, [])
                known.extend(code for code in codes if code not in known)
        for exclude in compose.findall(f"{_F}exclude"):
            for system, codes in (self._part(exclude) or {}).items():
                found[system] = [code for code in found.get(system, []) if code not in codes]
        return found

    def _part(self, include: ET.Element) -> dict[str, list[str]] | None:
        system = _text(include, "system")
        listed = [_text(concept, "code") for concept in include.findall(f"{_F}concept")]
        if listed:
            return {system: listed}
        if not system:
            merged: dict[str, list[str]] = {}
            for other in include.findall(f"{_F}valueSet"):
                part = self.expand(other.get("value", "").split("|")[0])
                if part is None:
                    return None
                merged.update(part)
            return merged
        code_system = self.systems.get(system)
        if code_system is None or _text(code_system, "content") != "complete":
            return None
        tree = _concepts(code_system)
        codes = list(tree)
        for condition in include.findall(f"{_F}filter"):
            if _text(condition, "property") != "concept" or _text(condition, "op") != "is-a":
                return None
            top = _text(condition, "value")
            codes = [code for code in codes if top == code or top in tree[code]]
        return {system: codes}


def _concepts(code_system: ET.Element) -> dict[str, set[str]]:
    """code → all codes above it, by nesting and by the property subsumedBy."""
    parents: dict[str, set[str]] = {}

    def visit(node: ET.Element, above: set[str]) -> None:
        for concept in node.findall(f"{_F}concept"):
            code = _text(concept, "code")
            named = {
                _text(p, "valueCode")
                for p in concept.findall(f"{_F}property")
                if _text(p, "code") == "subsumedBy"
            }
            parents[code] = above | named
            visit(concept, above | {code})

    visit(code_system, set())
    for _ in range(len(parents)):
        grown = {c: up.union(*(parents.get(u, set()) for u in up)) for c, up in parents.items()}
        if grown == parents:
            break
        parents = grown
    return parents


def _text(node: ET.Element, path: str) -> str:
    found = node.find(f"{_F}{path}")
    return "" if found is None else found.get("value", "")


if __name__ == "__main__":
    jar = definitions_jar(TABLE.parents[2] / ".build")
    if jar is None:
        raise SystemExit("Maven is needed to fetch the R4 definitions.")
    TABLE.write_text(generate(jar), encoding="utf-8")
