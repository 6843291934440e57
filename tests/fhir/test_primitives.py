from decimal import Decimal

import pytest

from adapter.fhir.primitives import primitive_fault

RIGHT: list[tuple[str, object]] = [
    ("boolean", False),
    ("integer", -(2**31)),
    ("integer", 2**31 - 1),
    ("unsignedInt", 0),
    ("positiveInt", 1),
    ("decimal", Decimal("1.00")),
    ("decimal", 5),
    ("string", " x\n"),
    ("markdown", "# x"),
    ("code", "in-progress"),
    ("code", "two words"),
    ("id", "A-z.0" * 12),
    ("uri", "urn:x:1"),
    ("url", "https://example.test/a b".replace(" ", "%20")),
    ("canonical", "https://example.test/x|1.0"),
    ("oid", "urn:oid:2.16.840"),
    ("uuid", "urn:uuid:00000000-0000-4000-8000-00000000000a"),
    ("base64Binary", "QUJD"),
    ("base64Binary", "QUI=\nQUI="[:4] + "\n"),
    ("date", "1938"),
    ("dateTime", "2026-03-02"),
    ("dateTime", "2026-03-02T10:00:00.5+01:00"),
    ("instant", "2026-03-02T10:00:00Z"),
    ("time", "10:00:00"),
    ("xhtml", "<div xmlns='http://www.w3.org/1999/xhtml'>x</div>"),
]

WRONG: list[tuple[str, object, str]] = [
    ("boolean", "true", "structure"),
    ("boolean", 1, "structure"),
    ("integer", "3", "structure"),
    ("integer", True, "structure"),
    ("integer", Decimal("3.0"), "structure"),
    ("integer", 2**31, "value"),
    ("integer", -(2**31) - 1, "value"),
    ("unsignedInt", -1, "value"),
    ("positiveInt", 0, "value"),
    ("decimal", "1.0", "structure"),
    ("decimal", False, "structure"),
    ("decimal", 1.5, "structure"),
    ("string", "", "value"),
    ("string", 5, "structure"),
    ("markdown", None, "structure"),
    ("code", " x", "value"),
    ("code", "x  y", "value"),
    ("id", "x" * 65, "value"),
    ("id", "a_b", "value"),
    ("id", "a\n", "value"),
    ("uri", "a b", "value"),
    ("url", {"a": 1}, "structure"),
    ("oid", "2.16.840", "value"),
    ("uuid", "urn:uuid:00000000-0000-4000-8000-00000000000A", "value"),
    ("base64Binary", "QUJ", "value"),
    ("base64Binary", "QU!=", "value"),
    ("base64Binary", "  ", "value"),
    ("date", "2026-03-02T10:00:00Z", "value"),
    ("dateTime", "2026-03-02T10:00:00", "value"),
    ("dateTime", 2026, "structure"),
    ("instant", "2026-03-02", "value"),
    ("time", "24:00:00", "value"),
    ("xhtml", 1, "structure"),
    ("xhtml", "<div><script>x</script></div>", "invariant"),
]


@pytest.mark.parametrize(("kind", "value"), RIGHT)
def test_a_value_of_its_kind_has_no_fault(kind: str, value: object) -> None:
    assert primitive_fault(kind, value) is None


@pytest.mark.parametrize(("kind", "value", "code"), WRONG)
def test_another_value_has_the_code_of_its_fault(kind: str, value: object, code: str) -> None:
    fault = primitive_fault(kind, value)
    assert fault is not None
    assert fault[0] == code


@pytest.mark.parametrize("kind", ["id", "date", "decimal", "uri", "xhtml"])
def test_a_fault_never_repeats_the_value(kind: str) -> None:
    fault = primitive_fault(kind, "999911120 Jansen")
    assert fault is not None
    assert "9999" not in fault[1]
    assert "Jansen" not in fault[1]
