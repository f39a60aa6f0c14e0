"""A registration as staff see it."""

from typing import cast

from motp_protocol.encoding import format_time
from motp_protocol.fields import DeviceKind, Lock, RegistrationState, RevocationReason
from motp_protocol.helpdesk import InstitutionCount, StaffRegistration
from motp_protocol.status_token import short_code
from motp_verifier.services.helpdesk.records import DeviceRecord
from motp_verifier.services.shares import PIN_ATTEMPTS


def registration_message(record: DeviceRecord) -> StaffRegistration:
    """A registration over the wire."""
    row = record.row
    return StaffRegistration(
        registration_id=row.id,
        short_code=short_code(row.id),
        kind=cast(DeviceKind, row.kind),
        state=cast(RegistrationState, row.state),
        reason=cast(RevocationReason | None, row.reason),
        label=row.label,
        platform=row.platform,
        app_version=row.app_version,
        created_at=format_time(row.created_at),
        activated_at=_time(row.activated_at),
        revoked_at=_time(row.revoked_at),
        last_contact_at=_time(row.last_contact_at),
        skew_seconds=row.skew_ms / 1000,
        locks=_locks(record),
        pin_attempts_left=max(0, PIN_ATTEMPTS - row.pin_failures),
        pin_lock_lifted=row.pin_lock_lifted_at is not None,
        name_verified=row.name_verified_at is not None,
        counts=[
            InstitutionCount(
                institution_id=each.institution_id,
                institution=each.institution,
                run=each.run,
                locked_at=_time(each.locked_at),
            )
            for each in record.runs
        ],
        wrong_codes_in_30_days=len(record.failures),
    )


def _locks(record: DeviceRecord) -> list[Lock]:
    if record.row.state == "revoked":
        return []
    locks: list[Lock] = ["pin"] if record.row.pin_failures >= PIN_ATTEMPTS else []
    return [*locks, "code"] if record.code_locked else locks


def _time(at: int | None) -> str | None:
    return None if at is None else format_time(at)
