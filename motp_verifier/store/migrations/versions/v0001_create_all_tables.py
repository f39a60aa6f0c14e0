"""Create all tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the first version."""
    op.create_table(
        "enrolment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("person_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("keyid", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("app_version", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("consent_version", sa.String(length=64), nullable=False),
        sa.Column("consent_lang", sa.String(length=2), nullable=False),
        sa.Column("consent_sha256", sa.String(length=64), nullable=False),
        sa.Column("consent_agreed_at", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("code_expires_at", sa.BigInteger(), nullable=True),
        sa.Column("code_sent_at", sa.BigInteger(), nullable=True),
        sa.Column("code_attempts", sa.Integer(), nullable=False),
        sa.Column("last_failed_proof", sa.LargeBinary(length=32), nullable=True),
        sa.Column("proof_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("registration_id", sa.String(length=64), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("confirmation_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("keyid", name=op.f("uq_enrolment_keyid")),
    )
    op.create_index(op.f("ix_enrolment_expires_at"), "enrolment", ["expires_at"], unique=False)
    op.create_index(
        op.f("ix_enrolment_registration_id"), "enrolment", ["registration_id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("registration_id", sa.String(length=64), nullable=True),
        sa.Column("institution_id", sa.String(length=64), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_institution_id"), "event", ["institution_id"], unique=False)
    op.create_index(op.f("ix_event_registration_id"), "event", ["registration_id"], unique=False)
    op.create_table(
        "institution",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
    )
    op.create_table(
        "message_sent",
        sa.Column("phone_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "phone_index", "purpose", "day", "number", name=op.f("pk_message_sent")
        ),
    )
    op.create_table(
        "outgoing_message",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("to_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_message")),
    )
    op.create_index(
        op.f("ix_outgoing_message_next_attempt_at"),
        "outgoing_message",
        ["next_attempt_at"],
        unique=False,
    )
    op.create_table(
        "request_nonce",
        sa.Column("keyid", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=22), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("keyid", "nonce", name=op.f("pk_request_nonce")),
    )
    op.create_index(
        op.f("ix_request_nonce_expires_at"), "request_nonce", ["expires_at"], unique=False
    )
    op.create_table(
        "trainee",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainee")),
        sa.UniqueConstraint("person_index", name=op.f("uq_trainee_person_index")),
    )
    op.create_index(op.f("ix_trainee_phone_index"), "trainee", ["phone_index"], unique=False)
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_api_key_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_key_key_hash")),
    )
    op.create_index(op.f("ix_api_key_institution_id"), "api_key", ["institution_id"], unique=False)
    op.create_table(
        "registration",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("trainee_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("keyid", sa.String(length=64), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("app_version", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("otp_algorithm", sa.String(length=8), nullable=False),
        sa.Column("otp_digits", sa.Integer(), nullable=False),
        sa.Column("otp_period", sa.Integer(), nullable=False),
        sa.Column("seed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("code_locked_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("activated_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("last_contact_at", sa.BigInteger(), nullable=True),
        sa.Column("skew_ms", sa.BigInteger(), nullable=False),
        sa.Column("share_base", sa.BigInteger(), nullable=False),
        sa.Column("share_last", sa.BigInteger(), nullable=False),
        sa.Column("share_success_try", sa.LargeBinary(length=16), nullable=True),
        sa.Column("share_presented_at", sa.BigInteger(), nullable=False),
        sa.Column("pin_failures", sa.Integer(), nullable=False),
        sa.Column("failed_try", sa.LargeBinary(length=16), nullable=True),
        sa.Column("failed_pin_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("failed_share", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_registration_trainee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("keyid", name=op.f("uq_registration_keyid")),
    )
    op.create_index(
        op.f("ix_registration_trainee_id"), "registration", ["trainee_id"], unique=False
    )
    op.create_index(
        "uq_registration_trainee_id_kind_in_use",
        "registration",
        ["trainee_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state IN ('active', 'suspended')"),
        postgresql_where=sa.text("state IN ('active', 'suspended')"),
    )
    op.create_table(
        "roster_entry",
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("trainee_id", sa.String(length=64), nullable=False),
        sa.Column("pairwise_id", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_roster_entry_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_roster_entry_trainee_id")
        ),
        sa.PrimaryKeyConstraint("institution_id", "trainee_id", name=op.f("pk_roster_entry")),
        sa.UniqueConstraint(
            "institution_id", "pairwise_id", name=op.f("uq_roster_entry_institution_id_pairwise_id")
        ),
    )
    op.create_index(
        op.f("ix_roster_entry_trainee_id"), "roster_entry", ["trainee_id"], unique=False
    )
    op.create_table(
        "code_failure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("registration_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_code_failure_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_code_failure_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_failure")),
    )
    op.create_index(
        "ix_code_failure_registration_id_at",
        "code_failure",
        ["registration_id", "at"],
        unique=False,
    )
    op.create_table(
        "code_run",
        sa.Column("registration_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("locked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_code_run_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_code_run_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", "institution_id", name=op.f("pk_code_run")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("trainee_id", sa.String(length=64), nullable=False),
        sa.Column("registration_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_consent_registration_id")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["trainee.id"], name=op.f("fk_consent_trainee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        op.f("ix_consent_registration_id"), "consent", ["registration_id"], unique=False
    )
    op.create_index(op.f("ix_consent_trainee_id"), "consent", ["trainee_id"], unique=False)
    op.create_table(
        "share",
        sa.Column("registration_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("pin_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_share_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", "id", name=op.f("pk_share")),
    )
    op.create_table(
        "verification",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("trainee_id", sa.String(length=64), nullable=True),
        sa.Column("registration_id", sa.String(length=64), nullable=True),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("class", sa.Text(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=32), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("client_ip", sa.String(length=45), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("step", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_verification_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_verification_registration_id")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_verification_trainee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    op.create_index(
        "ix_verification_institution_id_at", "verification", ["institution_id", "at"], unique=False
    )
    op.create_index(
        "ix_verification_registration_id_at",
        "verification",
        ["registration_id", "at"],
        unique=False,
    )
