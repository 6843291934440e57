from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapter.fhir.issues import FhirError
from adapter.fhir.json import MAX_DEPTH, _constant, _Fault, decode_own, decode_untrusted, encode


def refusal(data: bytes) -> FhirError:
    with pytest.raises(FhirError) as caught:
        decode_untrusted(data)
    return caught.value


def nested(levels: int) -> bytes:
    return b'{"a":' * (levels - 1) + b'{"a":1}' + b"}" * (levels - 1)


REFUSED = {
    "nothing": b"",
    "white space": b" \n",
    "half an object": b'{"a":',
    "two objects": b'{"a":1}{"a":1}',
    "a comment": b'{"a":1} // x',
    "a trailing comma": b'{"a":1,}',
    "an array": b"[1]",
    "a string": b'"a"',
    "null": b"null",
    "NaN": b'{"a":NaN}',
    "Infinity": b'{"a":-Infinity}',
    "byte order mark": b'\xef\xbb\xbf{"a":1}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "UTF-16 without mark": '{"a":1}'.encode("utf-16-le"),
    "Latin-1": '{"a":"é"}'.encode("latin-1"),
    "overlong UTF-8": b'{"a":"\xc0\xaf"}',
    "escaped lone surrogate": b'{"a":"\\ud800"}',
    "surrogate in UTF-8": b'{"a":"\xed\xa0\x80"}',
    "raw control character": b'{"a":"\x01"}',
    "integer of 5 000 digits": b'{"a":' + b"9" * 5_000 + b"}",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_json_object_in_utf8_is_refused(data: bytes) -> None:
    error = refusal(data)
    assert error.status == 400
    assert len(error.issues) == 1


FAULTS = {
    "duplicate name": (b'{"resourceType":"Task","a":{"b":1,"b":1}}', "structure", "Task.a"),
    "duplicate name at the top": (b'{"a":1,"a":1}', "structure", ""),
    "duplicate name in a list": (b'{"a":[{"b":1},{"b":1,"b":2}]}', "structure", "a[1]"),
    "exponent too high": (b'{"a":{"b":1e19}}', "value", "a.b"),
    "exponent far too high": (b'{"a":1e999}', "value", "a"),
    "exponent that no library holds": (b'{"a":1e99999999999999999999}', "value", "a"),
    "exponent too low": (b'{"a":1e-19}', "value", "a"),
    "19 digits": (b'{"a":1.234567890123456789}', "value", "a"),
    "integer of 65 bits": (b'{"a":9223372036854775808}', "value", "a"),
    "30-digit integer": (b'{"a":[1,123456789012345678901234567890]}', "value", "a[1]"),
    "NUL": (b'{"a":"x\\u0000"}', "value", "a"),
    "escaped control character": (b'{"a":["\\u001f"]}', "value", "a[0]"),
    "backspace": (b'{"a":"\\b"}', "value", "a"),
    "control character in a name": (b'{"a":{"\\u0000":1}}', "structure", "a"),
    "empty name": (b'{"a":{"":1}}', "structure", "a"),
    "null": (b'{"a":null}', "structure", "a"),
    "null in a list": (b'{"a":["x",null]}', "structure", "a[1]"),
    "null beside a shorter partner": (b'{"a":["x",null],"_a":[null]}', "structure", "a[1]"),
    "null on both sides": (b'{"a":["x",null],"_a":[{"id":"1"},null]}', "structure", "a[1]"),
    "null without values": (b'{"_a":[null,{"id":"1"}]}', "structure", "_a[0]"),
    "empty list": (b'{"a":[]}', "structure", "a"),
    "empty object": (b'{"a":[{}]}', "structure", "a[0]"),
    "empty object at the top": (b"{}", "structure", ""),
    "empty text": (b'{"a":{"b":""}}', "structure", "a.b"),
    "list in a list": (b'{"a":[[1]]}', "structure", "a[0]"),
}


@pytest.mark.parametrize(("data", "code", "path"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_the_tree_is_refused_with_its_path(data: bytes, code: str, path: str) -> None:
    (issue,) = refusal(data).issues
    assert (issue.code, issue.expression) == (code, path)


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 900, 100_000])
def test_nesting_beyond_the_limit_is_refused(levels: int) -> None:
    assert "64" in refusal(nested(levels)).issues[0].text


def test_a_list_counts_as_a_level() -> None:
    inner = b'{"a":[' * 32 + b"1" + b"]}" * 32
    assert decode_untrusted(inner)
    assert refusal(b'{"a":' + inner + b"}").issues[0].expression.count("a") == 33


def test_lists_nested_very_deep_do_not_overflow() -> None:
    assert refusal(b"[" * 100_000).status == 400


def test_the_standard_decoder_would_refuse_nan_as_well() -> None:
    assert isinstance(_constant("NaN"), _Fault)


def test_nesting_up_to_the_limit_is_accepted() -> None:
    assert decode_untrusted(nested(MAX_DEPTH))


ACCEPTED = {
    "tab, line feed, carriage return": b'{"a":"x\\t\\n\\r"}',
    "surrogate pair": b'{"a":"\\ud83d\\ude00"}',
    "null beside its partner": b'{"a":["x",null],"_a":[null,{"id":"1"}]}',
    "64-bit integers": b'{"a":[-9223372036854775808,9223372036854775807]}',
    "18 digits": b'{"a":0.123456789012345678}',
    "exponent at the limit": b'{"a":[1e18,1e-18]}',
    "white space around": b'\n {"a" : true } \r\n',
    "false and zero": b'{"a":[false,0]}',
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_the_allowed_neighbour_is_accepted(data: bytes) -> None:
    assert "a" in decode_untrusted(data)


@pytest.mark.parametrize(
    "data",
    [
        b'{"123456782":null}',
        b'{"resourceType":"999911120","b":null}',
        b'{"a":{"Jansen, 999911120":{"b":[]}}}',
        b'{"a":"999911120\\u0000"}',
        b'{"b999911120":[]}',
        b"999911120",
    ],
)
def test_a_refusal_never_repeats_what_was_sent(data: bytes) -> None:
    said = repr([(i.text, i.expression) for i in refusal(data).issues]) + str(refusal(data))
    assert "9999" not in said
    assert "1234" not in said
    assert "Jansen" not in said


def test_names_keep_their_order_and_numbers_their_text() -> None:
    data = b'{"z":1.00,"a":0.40,"m":0.001530,"k":-1.0,"i":7,"t":"\xc3\xa9"}'
    assert encode(decode_untrusted(data)) == data


def test_own_bytes_keep_decimals_too() -> None:
    assert decode_own(b'{"a":1.10}') == {"a": Decimal("1.10")}
    assert encode(decode_own(b'{"a":1.10}')) == b'{"a":1.10}'


def test_an_exponent_is_written_in_normal_form_that_stays() -> None:
    once = encode(decode_untrusted(b'{"a":[1e2,0.000000100]}'))
    assert once == b'{"a":[1E+2,1.00E-7]}'
    assert encode(decode_untrusted(once)) == once


decimals = st.builds(
    lambda digits, exponent, negative: Decimal(
        (int(negative), tuple(int(d) for d in str(digits)), exponent)
    ),
    st.integers(0, 10**18 - 1),
    st.integers(-18, 18),
    st.booleans(),
).filter(lambda number: str(number) != "-0")  # an integer, which reads as 0
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(c) for c in range(32)]),
    min_size=1,
)
trees = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | decimals | texts,
    lambda inner: (
        st.lists(inner.filter(lambda v: not isinstance(v, list)), min_size=1, max_size=4)
        | st.dictionaries(texts, inner, min_size=1, max_size=4)
    ),
    max_leaves=10,
)


def written(node: Any) -> Any:
    """Decimals as text, since Decimal("1.0") equals Decimal("1.00")."""
    match node:
        case dict():
            return {name: written(value) for name, value in node.items()}
        case list():
            return [written(value) for value in node]
        case bool() | str():
            return node
        case _:
            return f"number {node}"


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(texts, trees, min_size=1, max_size=4))
@example({"a": Decimal("1.00"), "b": Decimal("-0.0"), "c": Decimal("0E-7")})
def test_a_round_trip_keeps_the_text_of_every_number(tree: dict[str, Any]) -> None:
    assert written(decode_untrusted(encode(tree))) == written(tree)
    assert written(decode_own(encode(tree))) == written(tree)


_FRAGMENTS = b'{ } [ ] , : "a" " 1 - e9 . null NaN true \\u0000 \\ud800 \xff \xef\xbb\xbf \x00'
fragments = st.sampled_from(_FRAGMENTS.split(b" "))


def status(data: bytes) -> int | None:
    try:
        decode_untrusted(data)
    except FhirError as error:
        return error.status
    return None


@settings(deadline=None, max_examples=400)
@given(st.binary(max_size=40) | st.lists(fragments, max_size=25).map(b"".join))
def test_decoding_raises_nothing_but_a_refusal(data: bytes) -> None:
    assert status(data) in {None, 400}


# --- what is no FHIR --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b'{"a":1,"b":[]}', {"a": 1}),
        (b'{"a":{"b":[],"c":1}}', {"a": {"c": 1}}),
        (b'{"a":{"b":{"c":[]}},"d":1}', {"d": 1}),
        (b'{"a":[{"b":[],"c":1}]}', {"a": [{"c": 1}]}),
    ],
)
def test_an_empty_list_in_a_record_is_left_out(sent: bytes, read: dict[str, Any]) -> None:
    assert decode_untrusted(sent, is_fhir=False) == read
    with pytest.raises(FhirError):
        decode_untrusted(sent)


@pytest.mark.parametrize(
    "sent",
    [
        *(b'{"a":[]}', b'{"a":{}}', b'{"a":[{}]}', b'{"a":[{"b":[]}]}', b'{"a":[[]]}'),
        *(b'{"a":[1,[]]}', b'{"a":""}', b'{"a":null}', b'{"a":[null]}', b'{"a":1,"a":[]}', b"[]"),
    ],
)
def test_nothing_else_that_is_empty_is_taken(sent: bytes) -> None:
    with pytest.raises(FhirError):
        decode_untrusted(sent, is_fhir=False)


def test_a_record_is_read_to_the_same_depth() -> None:
    deep = b'{"a":' * 5000 + b"[]" + b"}" * 5000
    with pytest.raises(FhirError):
        decode_untrusted(deep, is_fhir=False)
