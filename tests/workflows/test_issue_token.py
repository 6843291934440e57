"""Tokens: one person, role, organisation and purpose each; every issue and refusal is one line."""

from hashlib import sha256

import pytest
from sqlalchemy import insert, select, update

from adapter.access.jose import new_private_jwk, public_jwks, sign_assertion
from adapter.store import identity, schema
from adapter.store.audit_log import LogFilter, read_rows
from adapter.workflows.authenticate_client import ASSERTION_TYPE, Credentials, Refused
from adapter.workflows.inspect_token import Introspected, introspect_token, revoke_token
from adapter.workflows.issue_token import Issued, TokenRequest, issue_token
from tests.builders.identity import (
    AUDIENCE,
    CLIENT,
    NOW,
    PERSON,
    SECOND,
    URA,
    URA_SYSTEM,
    acting,
    assertion,
    claims,
    jwks,
    private_jwk,
)
from tests.builders.installation import make_world, staff_row

OTHER_URA = "90000202"


@pytest.fixture
def world(tmp_path):
    world = make_world(tmp_path)
    yield world
    world.store.close()


def credentials(text, **changes):
    values = {
        "request_id": "req-1",
        "assertion_type": ASSERTION_TYPE,
        "assertion": text,
        "client_id": None,
        "audience": AUDIENCE,
    }
    return Credentials(**{**values, **changes})


def ask(world, *, text=None, client=CLIENT, keys=None, token="opaque-1", **changes):
    form = {"grant_type": "client_credentials", "scope": "system/*.rs", **changes}
    found = world.store.read(lambda c: identity.find_client(c, client))
    return issue_token(
        world.installation,
        TokenRequest(credentials=credentials(assertion() if text is None else text), **form),
        client=found,
        jwks=keys or (found.jwks if found else {}),
        lifetime_s=300,
        new_token=lambda: token,
    )


def acting_as(**changes):
    return assertion(extensions={"hl7-b2b": acting(**changes)})


def change_staff(world, **values):
    world.store.write(lambda c: c.execute(update(schema.staff).values(**values)))


def log(world):
    return [row.entry for row in read_rows(world.store, world.folder / "log", LogFilter())]


def tokens(world):
    return world.store.read(lambda c: c.execute(select(schema.token)).all())


# --- issuing ----------------------------------------------------------------------------------


def test_a_proven_client_gets_a_token_for_its_user(world):
    assert ask(world) == Issued(access_token="opaque-1", expires_in=300, scope="system/*.rs")


def test_the_token_is_kept_as_a_hash_with_whom_it_stands_for(world):
    ask(world)
    (row,) = tokens(world)
    assert row.hash == sha256(b"opaque-1").digest()
    assert (row.client, row.staff, row.person, row.role, row.ura, row.purpose) == (
        CLIENT,
        "role-so-1",
        PERSON,
        "meso-so",
        URA,
        "TREAT",
    )
    assert (row.issued_at, row.expires_at) == (NOW, NOW + 300 * SECOND)


def test_an_issue_is_one_line_that_names_everybody(world):
    ask(world)
    (line,) = log(world)
    assert (line.interaction, line.outcome, line.status, line.client) == ("token", 0, 200, CLIENT)
    assert (line.staff, line.person, line.role, line.ura) == ("role-so-1", PERSON, "meso-so", URA)
    assert (line.gates, line.rule, line.detail) == (None, None, None)


def test_no_line_holds_a_token(world):
    ask(world)
    assert "opaque-1" not in repr(log(world))


def test_nothing_is_issued_when_the_line_cannot_be_written(world):
    world.store.write(schema.audit.drop)
    with pytest.raises(Exception, match="audit"):
        ask(world)
    assert tokens(world) == []


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        ("system/*.cruds", "system/*.crus"),
        ("system/Patient.r system/CarePlan.rs", "system/Patient.r system/CarePlan.rs"),
        ("system/Patient.r system/Patient.r", "system/Patient.r"),
        ("launch/patient system/*.rs", "system/*.rs"),
    ],
)
def test_a_scope_within_the_grammar_is_granted(world, asked, granted):
    assert ask(world, scope=asked).scope == granted


@pytest.mark.parametrize(
    "scope",
    [
        None,
        "launch/patient",
        "system/*.*",
        "system/*.read",
        "system/*.d",
        "system/*.",
        "system/*.sr",
        "system/patient.r",
        "system/Patient.rs?category=x",
        "system/Patient.rs?category=%2f",
        "patient/*.rs system/*.rs",
        "user/*.rs",
        "system/*.rs openid",
        "system/*.rs  system/*.r",
        "system/*.rs " * 50 + "system/*.rs",
    ],
)
def test_a_scope_outside_the_grammar_is_refused(world, scope):
    assert ask(world, scope=scope).error == "invalid_scope"


# --- the protocol -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"grant_type": None}, "invalid_request"),
        ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
        ({"text": ""}, "invalid_request"),
        ({"text": "x.y.z"}, "invalid_client"),
        ({"client": "unknown"}, "invalid_client"),
        ({"text": acting_as(purpose_of_use=["TREAT", "BTG"])}, "invalid_request"),
    ],
    ids=["no-grant", "other-grant", "no-text", "no-jwt", "unknown-client", "two-purposes"],
)
def test_a_request_that_is_not_right_gets_the_error_of_the_rfc(world, changes, error):
    assert ask(world, **changes).error == error


def test_an_assertion_works_once(world):
    text = assertion()
    assert isinstance(ask(world, text=text), Issued)
    assert ask(world, text=text, token="opaque-2").error == "invalid_client"
    assert len(tokens(world)) == 1


def test_a_replay_is_refused_until_the_assertion_has_really_ended(world):
    text = assertion()
    ask(world, text=text)
    world.time.now += 89 * SECOND
    assert ask(world, text=text, token="opaque-2").error == "invalid_client"
    world.time.now += 2 * SECOND
    refused = ask(world, text=text, token="opaque-3")
    assert (refused.error, refused.reason) == ("invalid_client", "expired")


def test_a_replay_that_waits_until_the_first_use_is_forgotten_is_refused(world):
    ask(world)
    later = iter([NOW + 89 * SECOND, NOW + 91 * SECOND])
    world.time = lambda: next(later)
    assert ask(world, token="opaque-2").reason == "expired"


def test_jtis_that_have_ended_are_forgotten(world):
    ask(world)
    world.time.now += 120 * SECOND
    later = {"jti": "jti-2", "iat": None, "exp": world.time.now // SECOND + 60}
    ask(world, text=assertion(**later), token="opaque-2")
    jtis = world.store.read(lambda c: c.scalars(select(schema.used_jti.c.jti)).all())
    assert jtis == ["jti-2"]


def test_two_clients_may_use_the_same_jti(world):
    ask(world)
    other = new_private_jwk("o")
    keys = public_jwks(other)

    def register(c):
        identity.register_client(c, client_id="o", name="o", jwks=keys, jwks_uri=None)
        identity.allow_client(c, client_id="o", ura=URA, basis="verwerkersovereenkomst 7")

    world.store.write(register)
    text = sign_assertion(other, claims(iss="o", sub="o"))
    assert isinstance(ask(world, text=text, client="o", token="opaque-2"), Issued)


def test_a_revoked_client_gets_nothing_and_its_tokens_end(world):
    ask(world)
    world.store.write(lambda c: identity.revoke_client(c, CLIENT, NOW))
    assert ask(world, text=assertion(jti="2"), keys=jwks()).error == "invalid_client"
    assert world.store.read(lambda c: identity.find_token(c, "opaque-1", NOW)) is None


def test_a_client_that_is_revoked_after_it_was_looked_up_gets_nothing(world):
    found = world.store.read(lambda c: identity.find_client(c, CLIENT))
    world.store.write(lambda c: identity.revoke_client(c, CLIENT, NOW))
    result = issue_token(
        world.installation,
        TokenRequest(
            credentials=credentials(assertion()),
            grant_type="client_credentials",
            scope="system/*.rs",
        ),
        client=found,
        jwks=jwks(),
        lifetime_s=300,
        new_token=lambda: "opaque-1",
    )
    assert (result.error, tokens(world)) == ("invalid_client", [])


def test_a_client_id_that_is_not_the_issuer_is_refused(world):
    found = world.store.read(lambda c: identity.find_client(c, CLIENT))
    request = TokenRequest(
        credentials=credentials(assertion(), client_id="other"),
        grant_type="client_credentials",
        scope="system/*.rs",
    )
    result = issue_token(
        world.installation,
        request,
        client=found,
        jwks=jwks(),
        lifetime_s=300,
        new_token=lambda: "x",
    )
    assert result.error == "invalid_client"


@pytest.mark.parametrize(
    ("client", "text"),
    [
        ("unknown", assertion(iss="unknown", sub="unknown")),
        (CLIENT, sign_assertion(new_private_jwk("key-1"), claims())),
        (CLIENT, sign_assertion(new_private_jwk("key-2"), claims())),
    ],
    ids=["unknown client", "wrong key", "unknown key"],
)
def test_who_is_not_proven_hears_the_same_whatever_is_wrong(world, client, text):
    refused = ask(world, text=text, client=client)
    assert refused.description == "client_assertion is niet aanvaard"


def test_the_log_does_not_take_an_unproven_clients_word(world):
    ask(world, text=sign_assertion(new_private_jwk("key-1"), claims(iss="x\ny", sub="x\ny")))
    (line,) = log(world)
    assert (line.client, line.person, line.outcome, line.gates) == (None, None, 8, "FFFF")
    assert line.detail == "signature client=x y"


# --- who may act ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"valid_from": NOW + 1}, "R-14"),
        ({"valid_to": NOW}, "R-15"),
        ({"secrecy_signed_at": None}, "R-16"),
        ({"conduct_signed_at": None}, "R-16"),
        ({"suspended_at": NOW}, "R-79"),
        ({"person": "900021002"}, "R-14"),
        ({"role": "meso-nurse"}, "R-14"),
    ],
    ids=str,
)
def test_staff_that_may_not_act_gets_no_token_and_the_log_names_the_rule(world, changes, rule):
    change_staff(world, **changes)
    refused = ask(world)
    assert (refused.error, refused.rule) == ("unauthorized_client", rule)
    (line,) = log(world)
    assert (line.rule, line.outcome, line.client, line.person) == (rule, 8, CLIENT, PERSON)


def test_staff_may_act_until_the_last_instant(world):
    change_staff(world, valid_to=NOW + 1)
    assert isinstance(ask(world), Issued)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"organization_id": f"{URA_SYSTEM}|{OTHER_URA}"}, "R-14"),
        ({"subject_role": "gp"}, "R-14"),
        ({"purpose_of_use": ["HOPERAT"]}, "R-12"),
        ({"purpose_of_use": ["BTG"]}, "R-12"),
    ],
    ids=str,
)
def test_the_assertion_says_who_and_our_tables_say_what(world, changes, rule):
    refused = ask(world, text=acting_as(**changes))
    assert (refused.error, refused.rule) == ("unauthorized_client", rule)


def test_all_refusals_of_a_person_sound_the_same(world):
    absent = ask(world, text=acting_as(subject_id="900021009"))
    change_staff(world, suspended_at=NOW)
    suspended = ask(world, text=assertion(jti="2"))
    assert (absent.error, absent.description) == (suspended.error, suspended.description)


def test_a_client_cannot_speak_for_another_organisation(world):
    change_staff(world, ura=OTHER_URA)
    refused = ask(world, text=acting_as(organization_id=f"{URA_SYSTEM}|{OTHER_URA}"))
    assert (refused.error, refused.rule) == ("unauthorized_client", "RI-12")


def test_a_processor_agreement_lets_a_client_speak_for_another_organisation(world):
    change_staff(world, ura=OTHER_URA)
    world.store.write(
        lambda c: identity.allow_client(c, client_id=CLIENT, ura=OTHER_URA, basis="vwo-2026-7")
    )
    found = ask(world, text=acting_as(organization_id=f"{URA_SYSTEM}|{OTHER_URA}"))
    assert isinstance(found, Issued)


def test_the_employers_number_is_mapped_to_the_organisation_acted_for(world):
    change_staff(world, ura=OTHER_URA, employer=URA)
    world.store.write(
        lambda c: identity.allow_client(c, client_id=CLIENT, ura=OTHER_URA, basis="vwo-2026-7")
    )
    assert isinstance(ask(world), Issued)
    assert tokens(world)[0].ura == OTHER_URA


def test_the_employers_client_needs_an_agreement_with_the_organisation_acted_for(world):
    change_staff(world, ura=OTHER_URA, employer=URA)
    assert ask(world).rule == "RI-12"


def test_an_employer_that_fits_two_organisations_is_not_guessed(world):
    change_staff(world, ura=OTHER_URA, employer=URA)
    second = staff_row(id="role-so-2", ura="90000203", employer=URA)
    world.store.write(lambda c: c.execute(insert(schema.staff).values(**second)))
    assert ask(world).rule == "R-14"


def test_a_person_with_two_jobs_gets_the_role_that_was_asked_for(world):
    second = staff_row(id="role-nurse", role="meso-nurse")
    world.store.write(lambda c: c.execute(insert(schema.staff).values(**second)))
    ask(world, text=acting_as(subject_role="meso-nurse"))
    assert [(row.staff, row.role) for row in tokens(world)] == [("role-nurse", "meso-nurse")]


# --- introspection and revocation -------------------------------------------------------------


def bare(jti, **changes):
    return credentials(assertion(jti=jti, extensions=None, **changes))


def client_of(world, client_id=CLIENT):
    found = world.store.read(lambda c: identity.find_client(c, client_id))
    return {"client": found, "jwks": found.jwks}


def test_a_client_sees_what_its_token_stands_for(world):
    ask(world)
    found = introspect_token(world.installation, bare("2"), "opaque-1", **client_of(world))
    assert (found.facts.client, found.facts.staff, found.facts.ura) == (CLIENT, "role-so-1", URA)


@pytest.mark.parametrize("token", ["opaque-2", "", "x" * 500])
def test_an_unknown_token_is_not_active(world, token):
    ask(world)
    found = introspect_token(world.installation, bare("2"), token, **client_of(world))
    assert found == Introspected(facts=None)


def test_an_ended_token_is_not_active(world):
    ask(world)
    world.time.now += 300 * SECOND
    later = {"iat": None, "exp": world.time.now // SECOND + 60}
    found = introspect_token(world.installation, bare("2", **later), "opaque-1", **client_of(world))
    assert found.facts is None


def strange_client(world):
    key = new_private_jwk("s")
    world.store.write(
        lambda c: identity.register_client(
            c, client_id="s", name="s", jwks=public_jwks(key), jwks_uri=None
        )
    )
    return credentials(sign_assertion(key, claims(iss="s", sub="s", extensions=None)))


def test_another_organisations_client_learns_nothing_about_a_token(world):
    ask(world)
    stranger = strange_client(world)
    found = introspect_token(world.installation, stranger, "opaque-1", **client_of(world, "s"))
    assert found.facts is None


def test_a_revoked_token_opens_nothing_at_once(world):
    ask(world)
    revoke_token(world.installation, bare("2"), "opaque-1", **client_of(world))
    assert tokens(world)[0].revoked_at == NOW
    assert world.store.read(lambda c: identity.find_token(c, "opaque-1", NOW)) is None


def test_another_client_cannot_revoke_a_token(world):
    ask(world)
    stranger = strange_client(world)
    revoke_token(world.installation, stranger, "opaque-1", **client_of(world, "s"))
    assert tokens(world)[0].revoked_at is None


@pytest.mark.parametrize("act", [introspect_token, revoke_token])
def test_an_assertion_used_for_a_token_does_not_work_for_anything_else(world, act):
    ask(world)
    refused = act(world.installation, credentials(assertion()), "opaque-1", **client_of(world))
    assert isinstance(refused, Refused)
    assert tokens(world)[0].revoked_at is None


def test_introspection_and_revocation_are_logged(world):
    ask(world)
    introspect_token(world.installation, bare("2"), "opaque-1", **client_of(world))
    revoke_token(world.installation, bare("3"), "opaque-1", **client_of(world))
    revoke_token(world.installation, bare("3"), "opaque-1", **client_of(world))
    assert sorted((line.interaction, line.outcome) for line in log(world)) == [
        ("token", 0),
        ("token-introspect", 0),
        ("token-revoke", 0),
        ("token-revoke", 8),
    ]


def test_tokens_that_ended_long_ago_can_be_purged(world):
    ask(world)
    assert world.store.write(lambda c: identity.purge_tokens(c, NOW)) == 0
    assert world.store.write(lambda c: identity.purge_tokens(c, NOW + 301 * SECOND)) == 1


@pytest.mark.parametrize("keys", [(None, None), ({"keys": []}, "https://x.example/jwks")])
def test_a_client_has_either_keys_or_their_address(world, keys):
    with pytest.raises(ValueError, match="either"):
        world.store.write(
            lambda c: identity.register_client(
                c, client_id="n", name="n", jwks=keys[0], jwks_uri=keys[1]
            )
        )


def test_private_keys_never_enter_the_register(world):
    text = world.store.read(lambda c: c.scalars(select(schema.client.c.jwks)).one())
    assert private_jwk()["d"] not in text
