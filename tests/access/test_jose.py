"""Client assertions: each forged, replayable, stale or ambiguous one is refused, its neighbour not."""

import hmac
import json
from base64 import urlsafe_b64encode
from decimal import Decimal
from hashlib import sha384

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from adapter.access.assertion import Acting, Assertion, AssertionFault
from adapter.access.jose import (
    MAX_BYTES,
    knows_key,
    new_private_jwk,
    peek_client,
    public_jwks,
    sign_assertion,
    verify_assertion,
)
from adapter.fhir.json import decode_own, encode
from tests.builders.identity import (
    AUDIENCE,
    CLIENT,
    NOW,
    PERSON,
    SECOND,
    URA,
    acting,
    assertion,
    claims,
    jwks,
    private_jwk,
)

STEADY = settings(deadline=None)  # the machine may be busy

NOW_S = NOW // SECOND
RSA = RSAKey.generate_key(2048, {"kid": "rsa-1"}).as_dict(private=True)


def verify(text, keys=None, *, now=NOW, needs_user=True):
    return verify_assertion(
        text,
        jwks() if keys is None else keys,
        client_id=CLIENT,
        audience=AUDIENCE,
        now_us=now,
        needs_user=needs_user,
    )


def code(found):
    return found.code if isinstance(found, AssertionFault) else "accepted"


def b64(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(header, payload=None, key=None, algorithms=("ES384",)):
    """Assertion with a header of the test's own, properly signed."""
    key = ECKey.import_key(dict(private_jwk())) if key is None else key
    head = {"alg": "ES384", "kid": "key-1", "typ": "JWT", **header}
    head = {name: value for name, value in head.items() if value is not None}
    data = encode(claims() if payload is None else payload)
    first = f"{b64(head)}.{b64(data)}"
    algorithm = jws.default_registry.algorithms[algorithms[0]]
    return f"{first}.{b64(algorithm.sign(first.encode(), key))}"


# --- accepted ---------------------------------------------------------------------------------


def test_a_good_assertion_names_client_person_role_organisation_and_purpose():
    assert verify(assertion()) == Assertion(
        client=CLIENT,
        jti="jti-1",
        until=(NOW_S + 60 + 30) * SECOND,
        acting=Acting(person=PERSON, role="meso-so", ura=URA, purpose="TREAT"),
    )


def test_an_rs384_key_is_accepted_for_rs384():
    text = signed(
        {"alg": "RS384", "kid": "rsa-1"}, key=RSAKey.import_key(RSA), algorithms=("RS384",)
    )
    assert (
        code(verify(text, {"keys": [{"kty": "RSA", "kid": "rsa-1", "n": RSA["n"], "e": RSA["e"]}]}))
        == "accepted"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": [AUDIENCE]},
        {"iat": None},
        {"nbf": NOW_S},
        {"exp": NOW_S + 300},
        {"exp": NOW_S - 29, "iat": NOW_S - 60},
        {"iat": NOW_S + 30, "exp": NOW_S + 330},
        {"exp": Decimal("1795500060.25")},
        {"extra": "unknown claims are the client's own business"},
    ],
    ids=str,
)
def test_neighbours_of_the_refused_claims_are_accepted(changes):
    assert code(verify(assertion(**changes))) == "accepted"


@pytest.mark.parametrize("header", [{"typ": None}, {"typ": "jwt"}, {"x-own": "ignored"}], ids=str)
def test_neighbours_of_the_refused_headers_are_accepted(header):
    assert code(verify(signed(header))) == "accepted"


@pytest.mark.parametrize(
    "organisation",
    [
        f"http://fhir.nl/fhir/NamingSystem/ura|{URA}",
        f"urn:oid:2.16.528.1.1007.3.3|{URA}",
        f"urn:oid:2.16.528.1.1007.3.3.{URA}",
    ],
)
def test_the_organisation_may_be_written_as_identifier_or_as_urn(organisation):
    found = verify(assertion(extensions={"hl7-b2b": acting(organization_id=organisation)}))
    assert found.acting.ura == URA


def test_a_user_number_with_its_system_is_the_same_number():
    subject = f"http://fhir.nl/fhir/NamingSystem/uzi|{PERSON}"
    found = verify(assertion(extensions={"hl7-b2b": acting(subject_id=subject)}))
    assert found.acting.person == PERSON


def test_without_need_of_a_user_the_extension_may_be_absent():
    assert verify(assertion(extensions=None), needs_user=False).acting is None


# --- keys and algorithms ----------------------------------------------------------------------


def test_alg_none_is_refused():
    text = f"{b64({'alg': 'none', 'kid': 'key-1'})}.{b64(encode(claims()))}."
    assert code(verify(text)) == "malformed"
    assert code(verify(text + b64(b"x"))) == "algorithm"


def test_an_hmac_with_the_public_key_as_secret_is_refused():
    secret = json.dumps(jwks()["keys"][0]).encode()
    for algorithm in ("HS256", "HS384"):
        first = f"{b64({'alg': algorithm, 'kid': 'key-1'})}.{b64(encode(claims()))}"
        mac = hmac.new(secret, first.encode(), sha384).digest()
        assert code(verify(f"{first}.{b64(mac)}")) == "algorithm"


def test_a_symmetric_key_in_the_set_is_never_used():
    keys = {"keys": [{"kty": "oct", "kid": "key-1", "k": b64(b"k" * 48)}]}
    OctKey.import_key(keys["keys"][0])
    assert code(verify(assertion(), keys)) == "key"


@pytest.mark.parametrize(
    "algorithm", ["RS256", "ES256", "PS384", "ES512", "es384", "", 384, ["ES384"]]
)
def test_any_other_algorithm_is_refused(algorithm):
    header = {"alg": algorithm, "kid": "key-1"}
    assert code(verify(f"{b64(header)}.{b64(encode(claims()))}.{b64(b'x')}")) in {
        "algorithm",
        "malformed",
    }


@pytest.mark.parametrize(
    "kid", ["key-2", "KEY-1", "key-1 ", "../../dev/null", "' OR 1=1 --", "key-1%00"]
)
def test_a_kid_that_is_not_exactly_in_the_set_is_refused(kid):
    assert code(verify(signed({"kid": kid}))) == "unknown-key"


@pytest.mark.parametrize("kid", [None, 1, ["key-1"]], ids=str)
def test_a_kid_that_is_no_text_is_refused(kid):
    assert code(verify(signed({"kid": kid}))) == "header"


def test_another_clients_key_does_not_sign_for_this_client():
    text = sign_assertion(new_private_jwk("key-1"), claims())
    assert code(verify(text)) == "signature"


@pytest.mark.parametrize("name", ["jku", "x5u"])
def test_a_key_address_in_the_header_is_not_followed(name):
    stranger = ECKey.import_key(dict(new_private_jwk("key-1")))
    text = signed({name: "https://attacker.example/keys"}, key=stranger)
    assert code(verify(text)) == "signature"


def test_a_key_in_the_header_is_not_used():
    stranger = new_private_jwk("key-1")
    public = public_jwks(stranger)["keys"][0]
    text = signed({"jwk": public, "x5c": ["AAAA"]}, key=ECKey.import_key(dict(stranger)))
    assert code(verify(text)) == "signature"


def test_a_good_signature_with_a_key_address_beside_it_is_accepted():
    assert code(verify(signed({"jku": "not even an address", "x5u": "x"}))) == "accepted"


@pytest.mark.parametrize(
    "header", [{"crit": ["b64"], "b64": False}, {"crit": ["x"], "x": 1}, {"b64": True}]
)
def test_a_critical_extension_is_refused(header):
    assert code(verify(signed(header))) == "header"


@pytest.mark.parametrize("kind", ["at+jwt", "dpop+jwt", "JOSE", 1], ids=str)
def test_a_token_of_another_type_is_refused(kind):
    assert code(verify(signed({"typ": kind}))) == "header"


@pytest.mark.parametrize(
    "changes",
    [
        {"use": "enc"},
        {"alg": "RS384"},
        {"kty": "RSA"},
        {"crv": "P-256"},
        {"crv": "P-384", "x": "AA"},
        {"x": 1},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
    ],
    ids=str,
)
def test_a_key_that_is_not_meant_for_this_is_refused(changes):
    keys = {"keys": [{**jwks()["keys"][0], **changes}]}
    assert code(verify(assertion(), keys)) == "key"


def test_a_key_of_another_curve_is_refused_by_its_name():
    key = ECKey.generate_key("P-256", {"kid": "key-1"})
    assert code(verify(assertion(), {"keys": [key.as_dict(private=False)]})) == "key"


def test_two_keys_with_one_kid_are_refused():
    keys = {"keys": [*jwks()["keys"], *public_jwks(new_private_jwk("key-1"))["keys"]]}
    assert code(verify(assertion(), keys)) == "key"


@pytest.mark.parametrize("padding", [0, 128])
def test_a_short_rsa_key_is_refused_also_when_padded(padding):
    number = bytes(padding) + (1 << 1023 | 1).to_bytes(128)
    keys = {"keys": [{"kty": "RSA", "kid": "rsa-1", "n": b64(number), "e": "AQAB"}]}
    text = signed(
        {"alg": "RS384", "kid": "rsa-1"}, key=RSAKey.import_key(RSA), algorithms=("RS384",)
    )
    assert code(verify(text, keys)) == "key"


@pytest.mark.parametrize("keys", [{}, {"keys": []}, {"keys": "x"}, {"keys": [1, None]}], ids=str)
def test_a_broken_key_set_holds_no_key(keys):
    assert code(verify(assertion(), keys)) == "unknown-key"


def test_private_members_of_a_registered_set_do_no_harm():
    assert code(verify(assertion(), {"keys": [private_jwk()]})) == "accepted"


# --- claims -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"iss": "other"}, "client"),
        ({"sub": "other"}, "client"),
        ({"iss": None}, "client"),
        ({"sub": None}, "client"),
        ({"sub": [CLIENT]}, "client"),
        ({"aud": None}, "audience"),
        ({"aud": "http://127.0.0.1:8000/oauth"}, "audience"),
        ({"aud": AUDIENCE + "/"}, "audience"),
        ({"aud": [AUDIENCE, "https://other.example"]}, "audience"),
        ({"aud": [AUDIENCE, AUDIENCE]}, "audience"),
        ({"exp": None}, "lifetime"),
        ({"exp": "2026-11-24"}, "lifetime"),
        ({"exp": True}, "lifetime"),
        ({"exp": -1}, "lifetime"),
        ({"exp": Decimal("1e18")}, "lifetime"),
        ({"exp": 1_795_500_060_000}, "lifetime"),  # milliseconds
        ({"exp": NOW_S - 30, "iat": NOW_S - 60}, "expired"),
        ({"exp": NOW_S + 331, "iat": None}, "lifetime"),
        ({"exp": NOW_S + 301}, "lifetime"),
        ({"exp": NOW_S + 60, "iat": NOW_S - 241}, "lifetime"),
        ({"iat": NOW_S + 31}, "not-yet-valid"),
        ({"nbf": NOW_S + 31}, "not-yet-valid"),
        ({"iat": "now"}, "not-yet-valid"),
        ({"nbf": [1]}, "not-yet-valid"),
        ({"jti": None}, "jti"),
        ({"jti": 1}, "jti"),
        ({"jti": "x" * 256}, "jti"),
    ],
    ids=str,
)
def test_a_wrong_claim_is_refused(changes, expected):
    assert code(verify(assertion(**changes))) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {name: None}
        for name in ("version", "subject_id", "subject_role", "organization_id", "purpose_of_use")
    ]
    + [
        {"version": 1},
        {"subject_id": [PERSON]},
        {"subject_id": f"http://fhir.nl/fhir/NamingSystem/bsn|{PERSON}"},
        {"subject_id": f"|{PERSON}"},
        {"subject_role": ["meso-so"]},
        {"subject_role": ["meso-so", "gp"]},
        {"subject_role": "meso-so gp"},
        {"organization_id": URA},
        {"organization_id": [f"http://fhir.nl/fhir/NamingSystem/ura|{URA}"]},
        {"organization_id": f"http://fhir.nl/fhir/NamingSystem/agb-z|{URA}"},
        {"organization_id": f"http://fhir.nl/fhir/NamingSystem/ura|{URA},90000202"},
        {"organization_id": "http://fhir.nl/fhir/NamingSystem/ura|9000020"},
        {"organization_id": "http://fhir.nl/fhir/NamingSystem/ura|٩٠٠٠٠٢٠١"},
        {"purpose_of_use": "TREAT"},
        {"purpose_of_use": ["TREAT", "HOPERAT"]},
        {"purpose_of_use": ["TREAT", "TREAT"]},
        {"purpose_of_use": [{"code": "TREAT"}]},
    ],
    ids=str,
)
def test_a_user_that_is_not_exactly_one_is_refused(changes):
    assert code(verify(assertion(extensions={"hl7-b2b": acting(**changes)}))) == "user"


@pytest.mark.parametrize("extensions", [None, {"other": {"a": "b"}}, {"hl7-b2b": "x"}], ids=str)
def test_an_assertion_without_a_user_is_refused(extensions):
    assert code(verify(assertion(extensions=extensions))) == "user"


# --- form -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", ".", "a.b", "a.b.c", "a.b.c.d", "ä.b.c", " " + "x.y.z", "x.y.z\n", b64([]) + ".e30.e30"],
)
def test_what_is_no_compact_jws_is_refused(text):
    assert code(verify(text)) == "malformed"


def test_an_assertion_that_is_too_long_is_refused():
    long = assertion(extra="x" * MAX_BYTES)
    assert code(verify(long)) == "malformed"


def test_a_claim_that_stands_twice_is_refused():
    payload = encode(claims())[:-1] + b',"sub":"other"}'
    first = f"{b64({'alg': 'ES384', 'kid': 'key-1'})}.{b64(payload)}"
    key = ECKey.import_key(dict(private_jwk()))
    signature = jws.default_registry.algorithms["ES384"].sign(first.encode(), key)
    assert code(verify(f"{first}.{b64(signature)}")) == "malformed"


def test_deep_nesting_is_refused_and_not_a_crash():
    assert code(verify(f"{b64(b'[' * 9000)}.e30.e30")) == "malformed"


@STEADY
@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=5))
def test_no_single_changed_character_is_accepted_as_another_statement(place, bit):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    text = _TEXT
    place %= len(text)
    if text[place] == ".":
        return
    other = alphabet[alphabet.index(text[place]) ^ (1 << bit)]
    changed = text[:place] + other + text[place + 1 :]
    assert code(verify(changed)) != "accepted" or changed.split(".")[:2] == text.split(".")[:2]


_TEXT = assertion()


@STEADY
@given(st.text(max_size=300))
def test_any_text_is_answered_with_a_fault(text):
    assert isinstance(verify(text), AssertionFault)


def test_only_claims_after_a_good_signature_prove_the_client():
    assert verify(assertion(aud="x")).client_is_proven
    assert not verify(signed({"kid": "key-2"})).client_is_proven


# --- helpers ----------------------------------------------------------------------------------


def test_peek_reads_the_issuer_unverified():
    assert peek_client(sign_assertion(new_private_jwk("k"), claims(iss="somebody"))) == "somebody"
    assert peek_client("x.y.z") is None


def test_a_public_set_holds_nothing_private():
    assert "d" not in jwks()["keys"][0]
    assert decode_own(encode(jwks())) == jwks()


def test_an_unknown_kid_is_noticed_before_anything_is_verified():
    assert knows_key(assertion(), jwks())
    assert not knows_key(assertion(), {"keys": []})
