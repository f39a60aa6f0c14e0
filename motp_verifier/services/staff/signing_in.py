"""Signing in: name, password and second factor, judged so that no answer tells which was wrong.

A try is counted before it is judged, in a transaction of its own: so no more than ten in a row
are ever judged, whatever runs at the same time. Every try costs the same work, whether or not
there is such an account.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from sqlalchemy import Connection

from motp_protocol.code import matching_step
from motp_protocol.helpdesk import StaffRole, StaffSignIn
from motp_protocol.second_factor import PROFILE, otpauth_uri, secret_text
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import record
from motp_verifier.services.audit.record import staff as actor_of
from motp_verifier.services.staff.accounts import name_key
from motp_verifier.services.staff.limits import StaffLimits, TooMany
from motp_verifier.services.staff.passwords import Passwords, TooManyWait
from motp_verifier.services.staff.sessions import SessionBegun, begin, new_token, token_hash
from motp_verifier.store import staff as rows
from motp_verifier.store.port import Store
from motp_verifier.store.sealed import STAFF_SETUP_TOTP, STAFF_TOTP
from motp_verifier.store.staff import SetupRow, StaffRow

TRIES = 10
LOCK_MS = 15 * 60 * 1000
SETUP_MS = 10 * 60 * 1000
BUSY_SECONDS = 5
_NOBODY = "staff"


@dataclass(frozen=True, slots=True)
class SetupBegun:
    """A right first password: a second factor is to be set, and a password of one's own."""

    token: str = field(repr=False)
    otpauth: str = field(repr=False)
    secret: str = field(repr=False)
    expires_at: int


@dataclass(frozen=True, slots=True)
class SignInRefused:
    """Something was wrong, or the account is locked, disabled or not there at all."""


SignInOutcome: TypeAlias = SessionBegun | SetupBegun | SignInRefused | TooMany


class SigningIn:
    """Signs staff in. `issuer` is what authenticator apps call this verifier."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        passwords: Passwords,
        limits: StaffLimits,
        now: Callable[[], int],
        *,
        issuer: str,
    ) -> None:
        self._store = store
        self._keys = keys
        self._passwords = passwords
        self._limits = limits
        self._now = now
        self._issuer = issuer

    async def sign_in(self, asked: StaffSignIn, source: str | None, block: str) -> SignInOutcome:
        """Begin a session, or the setting up of a new account. Raises StoreUnavailable."""
        key = name_key(asked.name)
        reserved = await self._store.run("staff-try", lambda c: self._reserve(c, key, block))
        if isinstance(reserved, TooMany):
            return reserved
        kept = None if reserved is None else reserved.password_hash
        try:
            right = await self._passwords.matches(asked.password, kept)
        except TooManyWait:
            return TooMany(BUSY_SECONDS)

        def work(connection: Connection) -> SignInOutcome:
            now = self._now()
            row = rows.staff_by_id(connection, reserved.id) if reserved and right else None
            if row is None or row.password_hash != kept or row.disabled_at is not None:
                return _refuse(connection, reserved, source, now)
            if row.password_expires_at is not None:
                if row.password_expires_at <= now:
                    return _refuse(connection, reserved, source, now)
                return self._begin_setup(connection, row, now)
            if not self._second_factor(connection, row, asked.totp, now):
                return _refuse(connection, reserved, source, now)
            rows.forgive_tries(connection, row.id)
            actor = actor_of(row.name)
            record(connection, now, "staff-signed-in", actor=actor, source=source)
            return begin(connection, row.id, row.name, cast(StaffRole, row.role), now)

        return await self._store.run("staff-sign-in", work)

    def _reserve(self, connection: Connection, key: str, block: str) -> StaffRow | TooMany | None:
        now = self._now()
        wait = self._limits.admit_sign_in(connection, block, now)
        if wait is not None:
            return wait
        return rows.reserve_try(connection, key, limit=TRIES, now=now, lock_until=now + LOCK_MS)

    def _second_factor(
        self, connection: Connection, row: StaffRow, code: str | None, now: int
    ) -> bool:
        if code is None or row.totp_sealed is None:
            return False
        seed = self._keys.open(row.totp_sealed, STAFF_TOTP.place(row.id))
        step = matching_step(seed, code, now, PROFILE)
        return step is not None and rows.use_totp_step(connection, row.id, step)

    def _begin_setup(self, connection: Connection, row: StaffRow, now: int) -> SetupBegun:
        rows.forgive_tries(connection, row.id)
        seed = secrets.token_bytes(PROFILE.seed_size)
        token = new_token()
        rows.put_setup(
            connection,
            SetupRow(
                staff_id=row.id,
                token_hash=token_hash(token),
                totp_sealed=self._keys.seal(seed, STAFF_SETUP_TOTP.place(row.id)),
                attempts=0,
                expires_at=now + SETUP_MS,
            ),
        )
        uri = otpauth_uri(seed, row.name, self._issuer)
        return SetupBegun(token, uri, secret_text(seed), now + SETUP_MS)


def _refuse(
    connection: Connection, row: StaffRow | None, source: str | None, now: int
) -> SignInRefused:
    actor = _NOBODY if row is None else actor_of(row.name)
    record(connection, now, "staff-sign-in-failed", actor=actor, source=source)
    if row is not None and row.failures == TRIES:
        record(connection, now, "staff-locked", actor=actor, source=source)
    return SignInRefused()
