"""What staff do about a registration, each with its reason and its row in the audit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from sqlalchemy import Connection

from motp_protocol.fields import Lock
from motp_protocol.helpdesk import ActionRequest, StaffAction, StaffRegistration
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.services.audit.reasons import BadReason, read_reason
from motp_verifier.services.audit.record import AuditKind
from motp_verifier.services.form_interface import refusals
from motp_verifier.services.helpdesk.access import Access, Noted, note
from motp_verifier.services.helpdesk.devices import registration_message
from motp_verifier.services.helpdesk.pages import ReasonRefused
from motp_verifier.services.helpdesk.records import read_device
from motp_verifier.services.outcomes import NotFound, Revoked
from motp_verifier.services.owned import revoked
from motp_verifier.services.shares import PIN_ATTEMPTS
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import bypass_codes, code_runs, staff_people
from motp_verifier.store import registrations as rows
from motp_verifier.store.registrations import RegistrationRow


@dataclass(frozen=True, slots=True)
class Done:
    """It was done: the registration as it is now, and how many locks went."""

    registration: StaffRegistration
    locks: int


@dataclass(frozen=True, slots=True)
class LiftedBefore:
    """Staff lift a PIN lock once; after that only a new enrolment helps."""


@dataclass(frozen=True, slots=True)
class NotPossible:
    """There is nothing to lift, to suspend or to resume."""


ActionOutcome: TypeAlias = (
    Done | LiftedBefore | NotPossible | NotFound | Revoked | ReasonRefused | TooMany
)
_Refused: TypeAlias = LiftedBefore | NotPossible

_KINDS: dict[StaffAction, AuditKind] = {
    "lift-pin-lock": "staff-pin-lock-lifted",
    "lift-code-lock": "staff-code-lock-lifted",
    "suspend": "staff-suspended",
    "resume": "staff-resumed",
    "revoke": "staff-revoked",
}


class Actions:
    """Does what staff ask. `now` is in milliseconds since 1970."""

    def __init__(
        self, access: Access, now: Callable[[], int], metrics: Metrics = NO_METRICS
    ) -> None:
        self._access = access
        self._now = now
        self._metrics = metrics

    async def do(self, who: Staff, registration_id: str, asked: ActionRequest) -> ActionOutcome:
        """Do one thing, in one transaction with its row. Raises StoreUnavailable."""
        try:
            reason = read_reason(asked.reason)
        except BadReason as error:
            return ReasonRefused(str(error))

        def work(connection: Connection) -> ActionOutcome:
            now = self._now()
            row = rows.lock_registration(connection, registration_id)
            if row is None or row.state == "pending":
                return NotFound()
            if row.state == "revoked":
                return revoked(row)
            done = _apply(connection, row, asked.action, now)
            if not isinstance(done, int):
                return done
            note(
                connection,
                now,
                who,
                Noted(
                    _KINDS[asked.action],
                    trainee_id=row.trainee_id,
                    registration_id=row.id,
                    reason=reason,
                    detail={"locks": done} if done else None,
                ),
            )
            after = read_device(connection, row.id, now)
            if after is None:
                raise LookupError("a registration is gone whose row is held")
            return Done(registration_message(after), done)

        outcome = await self._access.act("staff-action", who, work)
        if isinstance(outcome, Done):
            lock: Lock = "pin" if asked.action == "lift-pin-lock" else "code"
            for _ in range(outcome.locks):
                self._metrics.lock_lifted(lock, "helpdesk")
        return outcome


def _apply(
    connection: Connection, row: RegistrationRow, action: StaffAction, now: int
) -> int | _Refused:
    """Change the rows; how many locks went."""
    match action:
        case "lift-pin-lock":
            return _lift_pin_lock(connection, row, now)
        case "lift-code-lock":
            return _lift_code_lock(connection, row) or NotPossible()
        case "suspend":
            if row.state != "active":
                return NotPossible()
            rows.change_registration(connection, row.id, state="suspended")
        case "resume":
            if row.state != "suspended":
                return NotPossible()
            rows.change_registration(connection, row.id, state="active")
        case "revoke":
            rows.revoke_registration(connection, row.id, "staff", now)
            bypass_codes.forget_bypass(connection, row.trainee_id)
        case never:
            assert_never(never)
    return 0


def _lift_pin_lock(connection: Connection, row: RegistrationRow, now: int) -> int | _Refused:
    if row.pin_failures < PIN_ATTEMPTS:
        return NotPossible()
    if not rows.lift_pin_lock(connection, row.id, now):
        return LiftedBefore()
    return 1


def _lift_code_lock(connection: Connection, row: RegistrationRow) -> int:
    everywhere = row.code_locked_at is not None
    locked = [each for each in code_runs.runs_of(connection, row.id) if each.locked_at is not None]
    # The count in 30 days begins anew only where it was what locked.
    for each in locked:
        code_runs.forgive(connection, row.id, each.institution_id, everywhere=everywhere)
    if everywhere and not locked:
        code_runs.forgive(connection, row.id, "", everywhere=True)
    if locked or everywhere:
        # What pages are told begins anew as well.
        for listed in staff_people.listed_at(connection, row.trainee_id):
            refusals.forget(connection, listed.institution_id, row.trainee_id)
    return len(locked) + everywhere
