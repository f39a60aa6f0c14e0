"""The numbers that bind an enrolment, and what its steps share."""

from sqlalchemy import Connection

from motp_protocol.encoding import format_time
from motp_protocol.problems import Replaces
from motp_verifier.services.signed import SignedRequest
from motp_verifier.store import enrolments as rows
from motp_verifier.store.enrolments import EnrolmentRow
from motp_verifier.store.registrations import RegistrationRow

ENROLMENT_MS = 10 * 60_000
CODE_MS = 3 * 60_000
CODE_ATTEMPTS = 5
RESEND_SECONDS = 30


def owned_enrolment(
    connection: Connection, enrolment_id: str, signed: SignedRequest
) -> EnrolmentRow | None:
    """The enrolment, locked, if the signing key began it."""
    row = rows.lock_enrolment(connection, enrolment_id)
    return row if row is not None and row.keyid == signed.keyid else None


def is_over(row: EnrolmentRow, now: int) -> bool:
    """Whether no step of it can be done any more."""
    return now >= row.expires_at or row.code_attempts >= CODE_ATTEMPTS


def describe(row: RegistrationRow | None) -> Replaces | None:
    """The active registration that another would replace, as its owner knows it."""
    if row is None:
        return None
    since = row.created_at if row.activated_at is None else row.activated_at
    return Replaces(registration_id=row.id, label=row.label, since=format_time(since))
