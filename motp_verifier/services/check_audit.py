"""What the audit says of checks."""

from motp_verifier.services.audit.record import SYSTEM
from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.services.code_check import CheckOutcome, CodeRejected
from motp_verifier.store.audit import AuditEntry
from motp_verifier.store.verifications import CheckRecord


def audit_entries(
    record: CheckRecord,
    outcome: CheckOutcome,
    subject_key: bytes | None,
    *,
    actor: str,
    popup_id: str | None = None,
) -> list[AuditEntry]:
    """What the audit says of a check: the locks that it set, and the check itself."""
    itself = check_entry(record, subject_key, actor=actor, popup_id=popup_id)
    locks = [
        AuditEntry(
            at=record.at,
            kind="code-locked",
            actor=SYSTEM,
            subject=itself.subject,
            institution_id=record.institution_id,
            registration_id=lock.registration_id,
            detail={"everywhere": int(lock.everywhere)},
        )
        for lock in (outcome.locks if isinstance(outcome, CodeRejected) else ())
    ]
    return [*locks, itself]


def check_entry(
    record: CheckRecord, subject_key: bytes | None, *, actor: str, popup_id: str | None = None
) -> AuditEntry:
    """What the audit says of the check itself, by whichever method."""
    on_popup = {} if popup_id is None else {"popup_id": popup_id}
    return AuditEntry(
        at=record.at,
        kind="verification",
        actor=actor,
        subject=subject_of(subject_key),
        institution_id=record.institution_id,
        registration_id=record.registration_id,
        source=record.client_ip,
        reason=record.reason,
        detail={
            "class": record.class_,
            "course": record.course,
            "method": record.method,
            "occasion": record.occasion,
            "result": record.result,
            "session": record.session,
            "verification_id": record.id,
            **on_popup,
        },
    )
