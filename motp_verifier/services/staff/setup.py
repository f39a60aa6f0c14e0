"""Setting an account up: its own password, and the second factor shown to work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, cast

from sqlalchemy import Connection

from motp_protocol.code import matching_step
from motp_protocol.helpdesk import StaffRole, StaffSetupAnswer
from motp_protocol.second_factor import PROFILE
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import record
from motp_verifier.services.audit.record import staff as actor_of
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.passwords import Passwords, TooManyWait, is_too_common
from motp_verifier.services.staff.sessions import SessionBegun, begin, token_hash
from motp_verifier.services.staff.signing_in import BUSY_SECONDS
from motp_verifier.store import staff as rows
from motp_verifier.store import staff_sessions
from motp_verifier.store.port import Store
from motp_verifier.store.sealed import STAFF_SETUP_TOTP, STAFF_TOTP
from motp_verifier.store.staff import SetupRow, StaffRow

CODE_TRIES = 5


@dataclass(frozen=True, slots=True)
class SetupOver:
    """It took too long, there were too many wrong codes, or another one took its place."""


@dataclass(frozen=True, slots=True)
class SetupCodeWrong:
    """The code is not of the new second factor. The password was not kept."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class PasswordTooCommon:
    """The password is one that is tried first; nothing was counted."""


SetupOutcome: TypeAlias = SessionBegun | SetupOver | SetupCodeWrong | PasswordTooCommon | TooMany


class SettingUp:
    """Finishes what a right first password began."""

    def __init__(
        self, store: Store, keys: MasterKeys, passwords: Passwords, now: Callable[[], int]
    ) -> None:
        self._store = store
        self._keys = keys
        self._passwords = passwords
        self._now = now

    async def finish(
        self, token: str, answer: StaffSetupAnswer, source: str | None
    ) -> SetupOutcome:
        """Keep the password and the second factor, and sign in. Raises StoreUnavailable."""
        hashed_token = token_hash(token)
        name = await self._store.read(lambda c: self._name(c, hashed_token))
        if name is None:
            return SetupOver()
        if is_too_common(answer.new_password, name):
            return PasswordTooCommon()
        try:
            password_hash = await self._passwords.hash(answer.new_password)
        except TooManyWait:
            return TooMany(BUSY_SECONDS)

        def work(connection: Connection) -> SetupOutcome:
            found = self._found(connection, hashed_token)
            if found is None:
                return SetupOver()
            setup, row = found
            now = self._now()
            seed = self._keys.open(setup.totp_sealed, STAFF_SETUP_TOTP.place(row.id))
            step = matching_step(seed, answer.totp, now, PROFILE)
            if step is None:
                return _count(connection, setup)
            rows.end_setup(connection, row.id)
            rows.set_up(
                connection,
                row.id,
                password_hash=password_hash,
                totp_sealed=self._keys.seal(seed, STAFF_TOTP.place(row.id)),
                step=step,
            )
            staff_sessions.end_sessions_of(connection, row.id, now)
            actor = actor_of(row.name)
            record(connection, now, "staff-set-up", actor=actor, source=source)
            return begin(connection, row.id, row.name, cast(StaffRole, row.role), now)

        return await self._store.run("staff-set-up", work)

    def _name(self, connection: Connection, hashed_token: bytes) -> str | None:
        setup = rows.setup_by_token(connection, hashed_token, self._now())
        return None if setup is None else rows.name_of(connection, setup.staff_id)

    def _found(
        self, connection: Connection, hashed_token: bytes
    ) -> tuple[SetupRow, StaffRow] | None:
        setup = rows.setup_by_token(connection, hashed_token, self._now())
        row = None if setup is None else rows.staff_by_id(connection, setup.staff_id)
        # Once more, now that nobody else changes it.
        setup = rows.setup_by_token(connection, hashed_token, self._now())
        if setup is None or row is None or row.disabled_at is not None:
            return None
        return setup, row


def _count(connection: Connection, setup: SetupRow) -> SetupCodeWrong | SetupOver:
    left = CODE_TRIES - setup.attempts - 1
    if left <= 0:
        rows.end_setup(connection, setup.staff_id)
        return SetupOver()
    rows.count_setup_try(connection, setup)
    return SetupCodeWrong(left)
