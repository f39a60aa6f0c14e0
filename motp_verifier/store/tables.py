"""The tables, for SQLite and PostgreSQL alike.

Times are milliseconds since 1970. Columns that end in `_sealed` hold what
`motp_verifier.sealing` sealed; `_index` and `_hash` columns hold keyed or plain hashes.
The first migration creates the same tables and a test compares the two.
"""

import secrets

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ID = String(64)
_TIME = BigInteger
# SQLite numbers rows by itself only where the key's type is INTEGER.
_SERIAL = BigInteger().with_variant(Integer, "sqlite")


def _key(target: str) -> ForeignKey:
    return ForeignKey(target)


institution = Table(
    "institution",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", _TIME, nullable=False),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("institution_id", _ID, _key("institution.id"), nullable=False, index=True),
    Column("key_hash", LargeBinary(32), nullable=False, unique=True),
    Column("label", Text, nullable=False, server_default=""),
    Column("ending", String(4), nullable=False, server_default=""),  # its last characters
    Column("created_at", _TIME, nullable=False),
    Column("expires_at", _TIME),
    Column("revoked_at", _TIME),
    Column("last_used_at", _TIME),  # to the hour
)

trainee = Table(
    "trainee",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("person_index", LargeBinary(32), nullable=False, unique=True),
    Column("phone_index", LargeBinary(32), nullable=False, index=True),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("phone_sealed", LargeBinary, nullable=False),
    Column("created_at", _TIME, nullable=False),
    # Under it the audit names this person; random, and nowhere else.
    Column("subject_key", LargeBinary(32), default=lambda: secrets.token_bytes(32)),
    # By which staff search; filled in afterwards for people of older databases.
    Column("name_index", LargeBinary(16), index=True),
    Column("ending_index", LargeBinary(16), index=True),  # of the last four digits
)

roster_entry = Table(
    "roster_entry",
    metadata,
    Column("institution_id", _ID, _key("institution.id"), primary_key=True),
    Column("trainee_id", _ID, _key("trainee.id"), primary_key=True, index=True),
    Column("pairwise_id", _ID, nullable=False),
    Column("added_at", _TIME, nullable=False),
    Column("listed_at", _TIME),  # when a roster file had them last; empty means since added
    UniqueConstraint("institution_id", "pairwise_id"),
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("created_at", _TIME, nullable=False),
    Column("expires_at", _TIME, nullable=False, index=True),
    Column("lang", String(2), nullable=False),
    # Sealed personal data are erased when the enrolment ends.
    Column("name_sealed", LargeBinary),
    Column("phone_sealed", LargeBinary),
    Column("person_index", LargeBinary(32), nullable=False),
    Column("phone_index", LargeBinary(32), nullable=False),
    Column("public_key", LargeBinary(32), nullable=False),
    Column("keyid", _ID, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("platform", Text, nullable=False),
    Column("app_version", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("consent_version", _ID, nullable=False),
    Column("consent_lang", String(2), nullable=False),
    Column("consent_sha256", String(64), nullable=False),
    Column("consent_agreed_at", _TIME, nullable=False),
    # The identity code: `code_sent_at` is empty until a message was really sent.
    Column("code_hash", LargeBinary(32)),
    Column("code_expires_at", _TIME),
    Column("code_sent_at", _TIME),
    Column("code_attempts", Integer, nullable=False),
    Column("last_failed_proof", LargeBinary(32)),
    # What a right code gave: kept so that a lost answer can be given again.
    Column("proof_hash", LargeBinary(32)),
    Column("registration_id", _ID, index=True),
    Column("answer_sealed", LargeBinary),
    Column("confirmation_hash", LargeBinary(32)),
    Column("confirmed_at", _TIME),
    Column("refused_at", _TIME),  # when the number was proven and no roster had the person
    Column("kiosk_id", _ID),  # where it was begun, of kind `kiosk` only
    Index("ix_enrolment_phone_index", "phone_index"),
)

registration = Table(
    "registration",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("trainee_id", _ID, _key("trainee.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),  # pending, active, suspended, revoked
    Column("reason", String(16)),
    Column("public_key", LargeBinary(32), nullable=False),
    Column("keyid", _ID, nullable=False, unique=True),
    Column("platform", Text, nullable=False),
    Column("app_version", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("short_code", String(9), index=True),  # filled in afterwards for older ones
    Column("otp_algorithm", String(8), nullable=False),
    Column("otp_digits", Integer, nullable=False),
    Column("otp_period", Integer, nullable=False),
    Column("seed_sealed", LargeBinary),
    Column("last_step", BigInteger),  # the last accepted code's time step
    Column("pin_lock_lifted_at", _TIME),  # staff lift a PIN lock once
    Column("code_locked_at", _TIME),  # too many wrong codes over all institutions
    Column("created_at", _TIME, nullable=False),
    Column("activated_at", _TIME),
    Column("revoked_at", _TIME),
    Column("last_contact_at", _TIME),
    Column("skew_ms", _TIME, nullable=False),  # the device's clock less the verifier's
    # How the number was proven last, and since when it is known to be in the trainee's name.
    Column("identity_method", String(16), nullable=False, server_default="sms"),
    Column("name_verified_at", _TIME),
    # The state of `motp_verifier.services.shares`.
    Column("share_base", BigInteger, nullable=False),
    Column("share_last", BigInteger, nullable=False),
    Column("share_success_try", LargeBinary(16)),
    Column("share_presented_at", BigInteger, nullable=False),  # seconds
    Column("pin_failures", Integer, nullable=False),
    Column("failed_try", LargeBinary(16)),
    Column("failed_pin_hash", LargeBinary(32)),
    Column("failed_share", BigInteger),
    # The one kiosk that it opens at. One that enrolled is never deleted: no key is looked up.
    Column("kiosk_id", _ID),
)
Index(
    "uq_registration_trainee_id_kind_in_use",
    registration.c.trainee_id,
    registration.c.kind,
    unique=True,
    sqlite_where=text("state IN ('active', 'suspended')"),
    postgresql_where=text("state IN ('active', 'suspended')"),
)

share = Table(
    "share",
    metadata,
    Column("registration_id", _ID, _key("registration.id"), primary_key=True),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("value_sealed", LargeBinary, nullable=False),
    Column("pin_hash", LargeBinary(32), nullable=False),
    Column("issued_at", _TIME, nullable=False),
)

code_run = Table(
    "code_run",
    metadata,
    Column("registration_id", _ID, _key("registration.id"), primary_key=True),
    Column("institution_id", _ID, _key("institution.id"), primary_key=True),
    Column("run", Integer, nullable=False),  # wrong codes in a row
    Column("locked_at", _TIME),
)

# One row for each wrong code and registration that it counted against.
code_failure = Table(
    "code_failure",
    metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("registration_id", _ID, _key("registration.id"), nullable=False),
    Column("institution_id", _ID, _key("institution.id"), nullable=False),
    Column("at", _TIME, nullable=False),
    Column("old", Integer, nullable=False, server_default="0"),  # 1 for an earlier time's code
    Index("ix_code_failure_registration_id_at", "registration_id", "at"),
)

# A code that staff gave out, to stand in for one of the app's, once. A new one takes the
# place of the one before.
bypass_code = Table(
    "bypass_code",
    metadata,
    Column("trainee_id", _ID, _key("trainee.id"), primary_key=True),
    Column("institution_id", _ID, _key("institution.id"), nullable=False),
    Column("occasion", String(32), nullable=False),
    Column("code_hash", LargeBinary(32), nullable=False),
    Column("issued_at", _TIME, nullable=False),
    Column("expires_at", _TIME, nullable=False, index=True),
)

verification = Table(
    "verification",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("at", _TIME, nullable=False),
    Column("institution_id", _ID, _key("institution.id"), nullable=False),
    Column("trainee_id", _ID, _key("trainee.id")),
    # Of that trainee. No key and no index of its own (docs/adr/0030): see `erasure`.
    Column("registration_id", _ID),
    Column("course", Text, nullable=False),
    Column("class", Text, nullable=False),
    Column("session", Integer, nullable=False),
    Column("occasion", String(32), nullable=False),
    Column("method", String(16), nullable=False),
    Column("client_ip", String(45)),
    Column("result", String(16), nullable=False),
    Column("reason", String(32)),
    Column("step", BigInteger),
    Index("ix_verification_trainee_id_at", "trainee_id", "at"),
    Index("ix_verification_institution_id_at", "institution_id", "at"),
)

consent = Table(
    "consent",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("trainee_id", _ID, _key("trainee.id"), nullable=False, index=True),
    Column("registration_id", _ID, _key("registration.id"), nullable=False, index=True),
    Column("version", _ID, nullable=False),
    Column("lang", String(2), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("agreed_at", _TIME, nullable=False),
    Column("recorded_at", _TIME, nullable=False),
    Column("withdrawn_at", _TIME),
)

request_nonce = Table(
    "request_nonce",
    metadata,
    Column("keyid", _ID, primary_key=True),
    Column("nonce", String(22), primary_key=True),
    Column("expires_at", _TIME, nullable=False, index=True),
)

# How many messages left in a day for a subject: a keyed index of a number, of a device, of
# an address block, or zeros for all together.
send_quota = Table(
    "send_quota",
    metadata,
    Column("scope", String(32), primary_key=True),
    Column("subject", LargeBinary(32), primary_key=True),
    Column("day", String(10), primary_key=True),  # in Asia/Seoul, YYYY-MM-DD
    Column("used", Integer, nullable=False),
)

# A proof under way that a number is in the trainee's own name. A new one takes the place
# of the one before; nothing of it stays once it is done.
name_proof = Table(
    "name_proof",
    metadata,
    Column("registration_id", _ID, _key("registration.id"), primary_key=True),
    Column("reference", _ID, nullable=False),  # what the identity service knows it by
    Column("ends_at", _TIME, nullable=False),
    # `code_sent_at` is empty until a message was really sent.
    Column("code_expires_at", _TIME, nullable=False),
    Column("code_sent_at", _TIME),
    Column("code_attempts", Integer, nullable=False),
    Column("last_failed", LargeBinary(32)),
)

kiosk = Table(
    "kiosk",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("institution_id", _ID, _key("institution.id"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("state", String(16), nullable=False),  # awaited, active, locked, revoked
    Column("created_at", _TIME, nullable=False),
    # The one-time code, until its time is over.
    Column("code_hash", LargeBinary(32), unique=True),
    Column("code_expires_at", _TIME, nullable=False),
    # What it enrolled with.
    Column("public_key", LargeBinary(32)),
    Column("keyid", _ID, unique=True),
    Column("exit_hash", LargeBinary(32)),
    Column("enrolled_at", _TIME),
    Column("revoked_at", _TIME),
    # What it is told: `motp_verifier.services.kiosks.settings` as JSON.
    Column("config_version", Integer, nullable=False),
    Column("settings", Text, nullable=False),
    # What it told last.
    Column("platform", Text, nullable=False, server_default=""),
    Column("app_version", Text, nullable=False, server_default=""),
    Column("last_contact_at", _TIME),
    Column("skew_ms", _TIME, nullable=False, server_default="0"),
    Column("config_known", Integer, nullable=False, server_default="0"),
    Column("users", Integer, nullable=False, server_default="0"),
    Column("users_day", String(10), nullable=False, server_default=""),  # in Asia/Seoul
    # Wrong exit PINs in a row.
    Column("exit_failures", Integer, nullable=False, server_default="0"),
    Column("exit_attempt", LargeBinary(16)),  # the last that was counted
    Column("exit_locked_until", _TIME),
)

# That a trainee proved the number, for an institution and a purpose. It is used once.
phone_transaction = Table(
    "phone_transaction",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("institution_id", _ID, _key("institution.id"), nullable=False),
    Column("trainee_id", _ID, _key("trainee.id"), nullable=False, index=True),
    Column("purpose", String(16), nullable=False),
    Column("verified_at", _TIME, nullable=False),
    Column("expires_at", _TIME, nullable=False, index=True),
    Column("used_at", _TIME),
)

# How often browsers were refused for a person, whether or not anybody knows that person:
# `motp_verifier.services.form_interface.refusals`.
browser_refusal = Table(
    "browser_refusal",
    metadata,
    Column("institution_id", _ID, primary_key=True),
    Column("person_index", LargeBinary(32), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("at", _TIME, nullable=False, index=True),  # of the last one
)

outgoing_message = Table(
    "outgoing_message",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("to_sealed", LargeBinary, nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", _TIME, nullable=False, index=True),
)

# What the audit says. Only ever added to: triggers of the database see to it. `source` is
# personal data and goes before the row does; `source_hash` stays in its place.
audit_row = Table(
    "audit_row",
    metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("at", _TIME, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("subject", LargeBinary(32)),
    Column("institution_id", _ID),
    Column("registration_id", _ID),
    Column("actor", Text, nullable=False),
    Column("source", String(45)),
    Column("source_salt", LargeBinary(16)),
    Column("source_hash", LargeBinary(32)),
    Column("reason", Text),
    Column("detail", Text, nullable=False),  # canonical JSON, without personal data
)
# What is not a check, by person and by time. No index has the checks: each would pay for it.
_NO_CHECK = text("kind <> 'verification'")
Index(
    "ix_audit_row_subject_no_check",
    audit_row.c.subject,
    audit_row.c.id,
    sqlite_where=_NO_CHECK,
    postgresql_where=_NO_CHECK,
)
Index(
    "ix_audit_row_at_no_check",
    audit_row.c.at,
    audit_row.c.kind,
    sqlite_where=_NO_CHECK,
    postgresql_where=_NO_CHECK,
)

# One sealed batch of audit rows: those numbered `first_id` to `last_id`.
audit_head = Table(
    "audit_head",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", _TIME, nullable=False),
    Column("first_id", BigInteger, nullable=False),
    Column("last_id", BigInteger, nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary(32), nullable=False),
    Column("token", Text, nullable=False),  # the signed head
    Column("mac", LargeBinary(32), nullable=False),  # of the token, under the master key
    Column("dropped_at", _TIME),  # since when retention deletes its rows
)

# What the rows of a batch hashed to when they were sealed, so that a changed one can be
# named: for each row its number (8 bytes, big-endian) and its leaf's hash (32 bytes).
audit_leaf = Table(
    "audit_leaf",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("leaves", LargeBinary, nullable=False),
)

# How far retention got, so that it need not look at everything each time.
retention_mark = Table(
    "retention_mark",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

# Who does a piece of background work now; it may be taken over when the time is up.
lease = Table(
    "lease",
    metadata,
    Column("name", _ID, primary_key=True),
    Column("holder", _ID, nullable=False),
    Column("until", _TIME, nullable=False),
)

# What the verifier itself must keep secret, sealed; `motp_verifier.services.index_root`.
secret = Table(
    "secret",
    metadata,
    Column("name", _ID, primary_key=True),
    Column("value_sealed", LargeBinary, nullable=False),
    Column("created_at", _TIME, nullable=False),
)

# The number is the key's place in the row of keys: of two rotations at once one fails.
signing_key = Table(
    "signing_key",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kid", String(43), nullable=False, unique=True),
    Column("public_key", LargeBinary(32), nullable=False),
    Column("private_sealed", LargeBinary),  # erased some time after another took over
    Column("created_at", _TIME, nullable=False),
    Column("active_at", _TIME, nullable=False),
)

# What answers a repeated request; it holds neither a code nor a name or number.
idempotent_answer = Table(
    "idempotent_answer",
    metadata,
    Column("key_hash", LargeBinary(32), primary_key=True),  # of institution and key
    Column("request_hash", LargeBinary(32), nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("at", _TIME, nullable=False, index=True),
)

# Counts of a running window, for limits that all processes share.
rate_window = Table(
    "rate_window",
    metadata,
    Column("key", String(160), primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("expires_at", _TIME, nullable=False, index=True),
)

# A page on which a trainee answers a site: what for, and what came of it. Until a check is
# accepted the row holds whom the site named, whether or not anyone knows them.
popup = Table(
    "popup",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("institution_id", _ID, _key("institution.id"), nullable=False),
    Column("trainee_id", _ID, _key("trainee.id"), index=True),
    Column("pairwise_id", _ID),
    Column("person_index", LargeBinary(32)),
    Column("name_sealed", LargeBinary),
    Column("phone_sealed", LargeBinary),
    Column("course", Text, nullable=False),
    Column("class", Text, nullable=False),
    Column("session", Integer, nullable=False),
    Column("occasion", String(32), nullable=False),
    Column("return_origin", Text, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("expires_at", _TIME, nullable=False, index=True),
    Column("browser_hash", LargeBinary(32)),  # of the cookie of the browser that opened it
    Column("address_index", LargeBinary(32)),  # where that browser was
    Column("accepted_at", _TIME),
    # What the page says of the last try.
    Column("notice", String(32)),
    Column("attempts_left", Integer),
    # The check that was accepted.
    Column("verification_id", _ID),
    Column("method", String(16)),
    Column("satisfied_until", _TIME),
    Column("receipt", Text),
    Column("transaction_id", _ID),  # of the telephone that was proven
)

# The one live request of a pop-up for an approval by the app on the same PC. A new one
# takes the place of the one before.
popup_ticket = Table(
    "popup_ticket",
    metadata,
    Column("popup_id", _ID, _key("popup.id"), primary_key=True),
    Column("ticket", _ID, nullable=False, unique=True),
    Column("number", String(2), nullable=False),  # what stands on the page
    Column("numbers", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("expires_at", _TIME, nullable=False),
    Column("registration_id", _ID, _key("registration.id"), index=True),
    Column("asked", LargeBinary),  # the request as the app was shown it
    Column("answer_hash", LargeBinary(32)),
    Column("address_index", LargeBinary(32)),  # where the app answered from
)

# The proof of a telephone that is under way on a pop-up.
popup_phone = Table(
    "popup_phone",
    metadata,
    Column("popup_id", _ID, _key("popup.id"), primary_key=True),
    Column("method", String(16), nullable=False),  # sms or carrier
    Column("reference", _ID, nullable=False),
    Column("ends_at", _TIME, nullable=False),
    Column("code_hash", LargeBinary(32)),
    Column("code_expires_at", _TIME, nullable=False),
    Column("code_sent_at", _TIME),
    Column("code_attempts", Integer, nullable=False),
    Column("last_failed", LargeBinary(32)),
)

# The accounts of the helpdesk's staff. Until `password_expires_at` is empty the password is
# the first one, which only opens the setting up of the account.
staff = Table(
    "staff",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("name_key", String(192), nullable=False, unique=True),  # the name, folded
    Column("role", String(16), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("password_expires_at", _TIME),
    Column("totp_sealed", LargeBinary),
    Column("totp_step", BigInteger),  # the last accepted code's time step
    Column("failures", Integer, nullable=False),  # wrong tries in a row
    Column("locked_until", _TIME),
    Column("created_at", _TIME, nullable=False),
    Column("disabled_at", _TIME),
)

# An account that is being set up, after a right first password. A new one takes its place.
staff_setup = Table(
    "staff_setup",
    metadata,
    Column("staff_id", _ID, _key("staff.id"), primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("totp_sealed", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("expires_at", _TIME, nullable=False, index=True),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("staff_id", _ID, _key("staff.id"), nullable=False, index=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("created_at", _TIME, nullable=False),
    Column("expires_at", _TIME, nullable=False, index=True),
    Column("ended_at", _TIME),
)
