"""All tables, in one place. Instants are UTC microseconds since the epoch; intervals half-open.

Every table of a dossier carries the patient key, so that large tables can be partitioned by it.
`resource` is the newest version of what we hold, as bytes; `resource_version` keeps all of them.
Everything else beside it is an index, or a fact that a gate of the decision reads.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

FOREVER = 253_402_300_799_999_999  # 9999-12-31T23:59:59.999999Z, the end of an open interval

metadata = MetaData()

_Rowid = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts only an INTEGER key by itself


def _table(name: str, *items: Column[object] | Index | UniqueConstraint) -> Table:
    return Table(name, metadata, *items)


def _fact_table(name: str, *items: Column[object] | Index | UniqueConstraint) -> Table:
    """A table that gates look into by its key: on SQLite the key then leads to the row at once."""
    return Table(name, metadata, *items, sqlite_with_rowid=False)


def _text(name: str, **options: bool) -> Column[object]:
    return Column(name, String, nullable=options.pop("nullable", False), **options)  # type: ignore[arg-type] # SQLAlchemy types keywords one by one


def _instant(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, BigInteger, nullable=nullable)


# --- parties: who may be a caller, a custodian or a recipient ---------------------------------

organisation = _table(
    "organisation",
    _text("ura", primary_key=True),
    _text("name"),
    _text("kind"),  # gp-practice | meso | community-nursing | allied-health | …
    _text("resource_id"),
    _text("record_source", nullable=True),  # FHIR base of a GP practice's own record
)

staff = _fact_table(
    "staff",
    _text("id", primary_key=True),  # the PractitionerRole: a person in a role for an organisation
    _text("ura"),
    _text("person"),  # UZI number; the same person in another organisation is another row
    _text("role"),
    _text("initials"),
    _text("employer", nullable=True),  # URA, when it differs from `ura`
    _instant("secrecy_signed_at", nullable=True),
    _instant("conduct_signed_at", nullable=True),
    _instant("suspended_at", nullable=True),
    _instant("valid_from"),
    _instant("valid_to"),
    UniqueConstraint("ura", "person", "role"),
)

staff_authorisation = _fact_table(
    "staff_authorisation",  # machtiging: this GP practice lets this staff member at its record
    _text("practice", primary_key=True),
    _text("staff", primary_key=True),
    _instant("valid_from", nullable=False),
    _instant("valid_to"),
)

agreement = _fact_table(
    "agreement",
    _text("a", primary_key=True),
    _text("b", primary_key=True),
    _text("kind", primary_key=True),  # his-user | partner
    _text("reference"),
    _instant("valid_from"),
    _instant("valid_to"),
)

alignment = _fact_table(
    "alignment",  # overleg van afstemming with the GP, standing or for one patient
    _text("practice", primary_key=True),
    _text("party", primary_key=True),
    _text("patient", primary_key=True),  # "*" = standing
    _text("reference"),
    _instant("valid_from"),
    _instant("valid_to"),
)

client = _table(
    "client",
    _text("id", primary_key=True),
    _text("name"),
    _text("jwks", nullable=True),
    _text("jwks_uri", nullable=True),
    _instant("revoked_at", nullable=True),
)

client_organisation = _table(
    "client_organisation",  # for whom a client may ask tokens: its own or by processor agreement
    _text("client", primary_key=True),
    _text("ura", primary_key=True),
    _text("basis"),
)

used_jti = _table(
    "used_jti",
    _text("client", primary_key=True),
    _text("jti", primary_key=True),
    _instant("until"),
)

token = _fact_table(
    "token",
    Column("hash", LargeBinary, primary_key=True),  # SHA-256 of the opaque access token
    _text("client"),
    _text("staff"),
    _text("person"),
    _text("role"),
    _text("ura"),
    _text("purpose"),
    _text("scope"),
    _instant("issued_at"),
    _instant("expires_at"),
    _instant("revoked_at", nullable=True),
)

# --- the dossier ------------------------------------------------------------------------------

patient = _fact_table(
    "patient",
    _text("key", primary_key=True),  # random, internal, never a caller's value
    _text("gp"),  # URA of the patient's own practice
    _text("resource_id", nullable=True),
    _text("name_hash"),  # keyed hash of name and birth date, to notice a clash without a copy
    _instant("deceased_at", nullable=True),
    Index("patient_by_resource", "resource_id"),
)

patient_identifier = _table(
    "patient_identifier",
    _text("system", primary_key=True),
    _text("value_hash", primary_key=True),  # keyed hash: the register of persons holds no BSN
    _text("owner", primary_key=True),  # "" for national systems, else URA
    _text("patient"),
)

relation = _table(
    "relation",
    Column("id", _Rowid, primary_key=True, autoincrement=True),
    _text("org"),
    _text("patient"),
    _text("kind"),  # source | waarneming | weighing | consult | care | partner | own-record
    _text("trajectory", nullable=True),
    _instant("valid_from"),
    _instant("valid_to"),
    _text("opened_by"),  # Task or Consent that opened it
    _text("closed_reason", nullable=True),
    Index("relation_by_patient", "patient", "org", "kind", "valid_to", "valid_from"),
    Index(
        "relation_open_once",
        "org",
        "patient",
        "kind",
        unique=True,
        sqlite_where=text(f"valid_to = {FOREVER}"),
        postgresql_where=text(f"valid_to = {FOREVER}"),
    ),
)

consent_rule = _table(
    "consent_rule",
    Column("id", _Rowid, primary_key=True, autoincrement=True),
    _text("consent"),  # id of the Consent resource
    Column("consent_version", Integer, nullable=False),
    _text("con_type"),
    _text("patient"),
    _text("trajectory", nullable=True),
    _text("party"),  # URA | URA|role | staff id | * (everybody)
    _text("category", nullable=True),  # null = any
    _text("effect"),  # permit | deny
    _instant("valid_from"),
    _instant("valid_to"),
    Index(  # holds all that a gate asks
        "consent_rule_by_patient",
        *("patient", "effect", "con_type", "valid_to", "valid_from"),
        *("party", "category", "trajectory", "consent"),
    ),
)

resource = _table(
    "resource",
    Column("rid", _Rowid, primary_key=True, autoincrement=True),
    _text("type"),
    _text("id"),
    Column("version", Integer, nullable=False),
    _text("patient"),  # "-" for the directory
    _text("category"),
    _text("custodian"),  # URA
    _text("author"),  # URA
    _text("owner", nullable=True),  # URA that owns a Task: it always gets the full view
    _text("trajectory", nullable=True),
    _instant("updated"),
    Column("hidden", Boolean, nullable=False, default=False),  # entered in error
    Column("synthetic", Boolean, nullable=False),
    _text("hash"),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("type", "id"),
    Index("resource_by_patient", "patient", "type", "updated", "id"),
)

resource_version = _table(
    "resource_version",
    Column("rid", _Rowid, primary_key=True),
    Column("version", Integer, primary_key=True),
    _text("patient"),
    _instant("updated"),
    _text("hash"),
    Column("body", LargeBinary, nullable=False),
)

audience = _fact_table(
    "audience",
    Column("rid", _Rowid, primary_key=True),
    _text("party", primary_key=True),
    _text("patient"),
    _instant("valid_from"),
    _instant("valid_to"),
)

search_token = _table(
    "search_token",
    Column("rid", _Rowid, primary_key=True),
    _text("param", primary_key=True),
    _text("system", primary_key=True),
    _text("code", primary_key=True),
    _text("type"),
    Index("search_token_by_code", "type", "param", "code", "system", "rid"),
)

search_date = _table(
    "search_date",
    Column("rid", _Rowid, primary_key=True),
    _text("param", primary_key=True),
    Column("low", BigInteger, primary_key=True),
    Column("high", BigInteger, primary_key=True),
)

search_text = _table(
    "search_text",
    Column("rid", _Rowid, primary_key=True),
    _text("param", primary_key=True),
    _text("value", primary_key=True),  # lower case
)

reference = _fact_table(
    "reference",  # every literal reference, searched and, for reduced views, resolved
    Column("rid", _Rowid, primary_key=True),
    _text("param", primary_key=True),
    _text("target_type", primary_key=True),
    _text("target_id", primary_key=True),
    Index("reference_by_target", "target_type", "target_id", "param"),
)

# --- messages in and out ----------------------------------------------------------------------

inbox = _table(
    "inbox",
    Column("id", _Rowid, primary_key=True, autoincrement=True),
    _text("owner"),  # URA of the author
    _text("kind"),
    _text("key"),  # keyed hash of the author's identifier
    _text("content_hash"),  # of the mapped record, so that both doors are one message
    Column("body", LargeBinary, nullable=False),  # as received
    Column("answer", LargeBinary, nullable=False),
    _text("state"),  # done | parked
    _instant("received_at"),
    UniqueConstraint("owner", "kind", "key"),
)

_OPEN_JOB = "state IN ('new', 'leased', 'unknown', 'wait')"

job = _table(
    "job",
    Column("id", _Rowid, primary_key=True, autoincrement=True),
    _text("kind"),  # push | notify | retract | alert
    _text("peer"),
    _text("dossier"),  # patient key or "-": one job of a dossier is under way at a time
    _text("type"),
    _text("resource_id"),
    Column("version", Integer, nullable=False),
    _text("state"),  # new | leased | unknown | wait | done | withheld | conflict | dead
    Column("attempt", Integer, nullable=False, default=0),
    _instant("next_at"),
    Column("lease_no", Integer, nullable=False, default=0),
    _instant("lease_until", nullable=True),
    _text("reason", nullable=True),
    UniqueConstraint("kind", "peer", "type", "resource_id", "version"),
    Index("job_due", "state", "next_at"),
    Index(  # what is open is little, however much was done
        "job_by_dossier",
        "peer",
        "dossier",
        "id",
        sqlite_where=text(_OPEN_JOB),
        postgresql_where=text(_OPEN_JOB),
    ),
)

peer = _table(
    "peer",
    _text("name", primary_key=True),
    _text("base"),
    _text("class"),  # own | test; unknown counts as test
    _text("create_only", nullable=True),  # if-match-zero | if-none-match | read-first
)

link = _table(
    "link",
    _text("peer", primary_key=True),
    _text("type", primary_key=True),
    _text("local_id", primary_key=True),
    _text("remote_id"),
    _text("remote_version", nullable=True),
    _text("remote_hash", nullable=True),
    Column("local_version", Integer, nullable=True),
)

work_item = _table(
    "work_item",
    Column("id", _Rowid, primary_key=True, autoincrement=True),
    _text("kind"),  # parked-referral | identity-doubt | missing-consent | warning | …
    _text("rule"),
    _text("org"),
    _text("patient"),
    _text("subject"),  # Type/id it is about; behind a bar what else tells it from others about it
    _text("place", nullable=True),  # of a warning: path into the record
    _text("text", nullable=True),  # of a warning: what it says, never what somebody wrote
    _instant("created_at"),
    _instant("done_at", nullable=True),
    UniqueConstraint("kind", "org", "subject"),
    Index(
        "work_item_open",
        *("org", "created_at"),
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
)

# --- the access log ---------------------------------------------------------------------------

AUDIT_FIELDS = (
    "at",
    "request_id",
    "client",
    "ura",
    "staff",
    "person",
    "role",
    "purpose",
    "interaction",
    "type",
    "resource_id",
    "version",
    "patient",
    "custodian",
    "outcome",
    "status",
    "gates",
    "rule",
    "relation",
    "consent",
    "policy",
    "query",
    "detail",
)

audit = _table(
    "audit",
    _text("stream", primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    *(
        Column(name, BigInteger if name in {"at", "version", "outcome", "status"} else String)
        for name in AUDIT_FIELDS
    ),
    Column("hash", LargeBinary, nullable=False),
    Index("audit_by_patient", "patient", "at"),
    Index("audit_by_custodian", "custodian", "at"),
)

audit_head = _table(
    "audit_head",
    _text("stream", primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

audit_anchor = _table(
    "audit_anchor",
    _text("day", primary_key=True),
    _text("stream", primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)
