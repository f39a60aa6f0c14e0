"""One code against one trainee's registrations, inside a write transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from sqlalchemy import Connection

from motp_protocol.code import matching_step
from motp_protocol.fields import RejectionReason
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import SYSTEM, record
from motp_verifier.services.code_counters import TOTAL_WINDOW_MS, CodeCounters
from motp_verifier.services.name_policy import fit_for_course
from motp_verifier.services.seeds import open_seed
from motp_verifier.services.shares import PIN_ATTEMPTS
from motp_verifier.store import verifications as rows
from motp_verifier.store.verifications import CheckableRegistration


@dataclass(frozen=True, slots=True)
class CodeAccepted:
    """The code was right and new; it is used up now."""

    registration_id: str
    step: int
    attempts_left: int


@dataclass(frozen=True, slots=True)
class CodeRejected:
    """Why not. `attempts_left` is None where trying again is of no use."""

    reason: RejectionReason
    registration_id: str | None = None
    attempts_left: int | None = None


CheckOutcome: TypeAlias = CodeAccepted | CodeRejected


@dataclass(frozen=True, slots=True)
class _NewStep:
    step: int


@dataclass(frozen=True, slots=True)
class _UsedStep:
    pass


@dataclass(frozen=True, slots=True)
class _NoStep:
    pass


_Match: TypeAlias = _NewStep | _UsedStep | _NoStep


class CodeCheck:
    """Checks codes by the protocol's "Locks and counters"."""

    def __init__(self, keys: MasterKeys) -> None:
        self._keys = keys

    def check(
        self,
        connection: Connection,
        trainee_id: str,
        institution_id: str,
        code: str,
        *,
        name_required: bool,
        now: int,
    ) -> CheckOutcome:
        """Judge a code and count it, `now` being milliseconds since 1970.

        The code may come from any of the trainee's active registrations. Those that are
        locked are left out before the code is looked at, so that no answer tells anything
        about a code of theirs; where `name_required`, so are those whose number is not known
        to be in the trainee's own name.
        """
        # From here to the commit nobody else judges a code of this trainee's.
        in_use = rows.lock_registrations(connection, trainee_id, institution_id)
        active = [one for one in in_use if one.state == "active"]
        if not active:
            return self._without_active(connection, trainee_id, suspended=bool(in_use))
        unlocked = [one for one in active if not _is_locked(one)]
        if not unlocked:
            return CodeRejected("locked", active[0].id, 0)
        fit = fit_for_course(unlocked, name_required=name_required)
        if not fit:
            return CodeRejected("name-not-verified", unlocked[0].id)
        return self._judge(connection, fit, institution_id, code, now)

    def _without_active(
        self, connection: Connection, trainee_id: str, *, suspended: bool
    ) -> CodeRejected:
        if suspended:
            return CodeRejected("suspended")
        if rows.was_ever_registered(connection, trainee_id):
            return CodeRejected("revoked")
        return CodeRejected("not-registered")

    def _judge(
        self,
        connection: Connection,
        unlocked: Sequence[CheckableRegistration],
        institution_id: str,
        code: str,
        now: int,
    ) -> CheckOutcome:
        counters = {one.id: _counters(connection, one, now) for one in unlocked}
        used_by: str | None = None
        for one in unlocked:
            match self._match(one, code, now):
                case _NewStep(step):
                    if rows.accept_step(connection, one.id, step):
                        rows.store_run(connection, one.id, institution_id, 0, None)
                        left = counters[one.id].after_accepted().attempts_left
                        return CodeAccepted(one.id, step, left)
                    used_by = one.id
                case _UsedStep():
                    used_by = one.id
                case _NoStep():
                    pass
                case never:
                    assert_never(never)
        if used_by is not None:
            return CodeRejected("code-used", used_by, counters[used_by].attempts_left)
        for registration_id, before in counters.items():
            _count_failure(connection, registration_id, institution_id, before, now)
        left = max(before.after_wrong().attempts_left for before in counters.values())
        return CodeRejected("code-wrong", unlocked[0].id, left)

    def _match(self, one: CheckableRegistration, code: str, now: int) -> _Match:
        if not (len(code) == one.profile.digits and code.isascii() and code.isdigit()):
            return _NoStep()
        seed = open_seed(self._keys, one.seed_sealed, one.id)
        step = matching_step(seed, code, now, one.profile)
        if step is None:
            return _NoStep()
        if one.last_step is not None and step <= one.last_step:
            return _UsedStep()
        return _NewStep(step)


def _is_locked(one: CheckableRegistration) -> bool:
    return (
        one.pin_failures >= PIN_ATTEMPTS
        or one.locked_everywhere_at is not None
        or one.locked_for_pair_at is not None
    )


def _counters(connection: Connection, one: CheckableRegistration, now: int) -> CodeCounters:
    recent = rows.failures_since(connection, one.id, now - TOTAL_WINDOW_MS)
    return CodeCounters(one.run, recent)


def _count_failure(
    connection: Connection,
    registration_id: str,
    institution_id: str,
    before: CodeCounters,
    now: int,
) -> None:
    after = before.after_wrong()
    rows.add_failure(connection, registration_id, institution_id, now)
    locked_at = now if after.locks_pair else None
    rows.store_run(connection, registration_id, institution_id, after.run, locked_at)
    if after.locks_everywhere:
        rows.lock_everywhere(connection, registration_id, now)
    if after.locks_pair or after.locks_everywhere:
        record(
            connection,
            now,
            "code-locked",
            actor=SYSTEM,
            institution_id=institution_id,
            registration_id=registration_id,
            detail={"everywhere": int(after.locks_everywhere)},
        )
