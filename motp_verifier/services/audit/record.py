"""Noting what happened, in the transaction in which it happens."""

from typing import Literal, TypeAlias

from sqlalchemy import Connection

from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.store import audit as rows
from motp_verifier.store.audit import AuditEntry

AuditKind: TypeAlias = Literal[
    "api-key-added",
    "api-key-revoked",
    "approval-answered",
    "approval-failed",
    "audit-dropped",
    "audit-exported",
    "audit-searched",
    "code-lock-lifted",
    "code-locked",
    "consent-given",
    "consent-withdrawn",
    "enrolment-failed",
    "enrolment-started",
    "fallback-failed",
    "fallback-sent",
    "identity-proven",
    "name-mismatch",
    "name-proof-failed",
    "name-proof-sent",
    "name-verified",
    "institution-added",
    "kiosk-added",
    "kiosk-changed",
    "kiosk-enrolled",
    "kiosk-exit-locked",
    "kiosk-exited",
    "kiosk-locked",
    "kiosk-revoked",
    "kiosk-unlocked",
    "notice-dropped",
    "notice-sent",
    "pin-changed",
    "pin-locked",
    "purged",
    "registration-activated",
    "registration-cloned",
    "registration-erased",
    "registration-replaced",
    "registration-reset",
    "registration-withdrawn",
    "roster-imported",
    "signing-key-added",
    "staff-added",
    "staff-audit-exported",
    "staff-audit-read",
    "staff-bypass-issued",
    "staff-code-lock-lifted",
    "staff-disabled",
    "staff-locked",
    "staff-person-shown",
    "staff-pin-lock-lifted",
    "staff-reset",
    "staff-resumed",
    "staff-revoked",
    "staff-searched",
    "staff-session-ended",
    "staff-set-up",
    "staff-sign-in-failed",
    "staff-signed-in",
    "staff-signed-out",
    "staff-status-read",
    "staff-suspended",
    "staff-trainee-read",
    "trainee-erased",
    "verification",
]
"""Everything that the audit tells of; `docs/protocol.md` says when."""

DEVICE = "device"
KIOSK = "kiosk"
SYSTEM = "system"


def site(institution_id: str) -> str:
    """The actor: a training site, by its institution's API key."""
    return f"site:{institution_id}"


def form(institution_id: str, *, browser: bool) -> str:
    """The actor: whoever sent a form of the agency's from one of the institution's servers,
    or from a page whose origin it lists. No key was shown.
    """
    return f"{'page' if browser else 'server'}:{institution_id}"


def staff(name: str) -> str:
    """The actor: somebody of the helpdesk, by the name of their account."""
    return f"staff:{name}"


def operator(account: str) -> str:
    """The actor: whoever ran a command on the verifier's machine."""
    return f"operator:{account}"


def record(
    connection: Connection,
    now: int,
    kind: AuditKind,
    *,
    actor: str,
    trainee_id: str | None = None,
    institution_id: str | None = None,
    registration_id: str | None = None,
    source: str | None = None,
    reason: str | None = None,
    detail: rows.Detail | None = None,
) -> None:
    """Note one thing. Costs a look-up of the person's key: a hot path appends entries itself.

    The person meant is `trainee_id` or, without it, whose registration it is.
    """
    if trainee_id is not None:
        key = rows.subject_key_of_trainee(connection, trainee_id)
    elif registration_id is not None:
        key = rows.subject_key_of_registration(connection, registration_id)
    else:
        key = None
    entry = AuditEntry(
        at=now,
        kind=kind,
        actor=actor,
        subject=subject_of(key),
        institution_id=institution_id,
        registration_id=registration_id,
        source=source,
        reason=reason,
        detail=detail or {},
    )
    rows.append(connection, [entry])
