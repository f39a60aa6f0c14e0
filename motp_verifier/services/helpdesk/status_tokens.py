"""What a device shows: its signed status, or the short code that is read out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol.helpdesk import StatusTokenRead, StatusTokenRequest
from motp_protocol.status_token import (
    StatusClaims,
    claimed_registration,
    normalise_short_code,
    read_status,
)
from motp_verifier.services.helpdesk.access import Access, Noted
from motp_verifier.services.helpdesk.devices import registration_message
from motp_verifier.services.helpdesk.records import DeviceRecord, read_device
from motp_verifier.services.outcomes import NotFound
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import staff_people
from motp_verifier.store.port import Store


@dataclass(frozen=True, slots=True)
class BadToken:
    """It is no token, not of this device, or not of these ten minutes."""

    detail: str


@dataclass(frozen=True, slots=True)
class NothingShown:
    """Neither a token nor a short code was given."""


StatusOutcome: TypeAlias = StatusTokenRead | BadToken | NothingShown | NotFound | TooMany


class StatusTokens:
    """Reads what devices show. `now` is in milliseconds since 1970."""

    def __init__(self, store: Store, access: Access, now: Callable[[], int]) -> None:
        self._store = store
        self._access = access
        self._now = now

    async def read(self, who: Staff, asked: StatusTokenRequest) -> StatusOutcome:
        """The device's claims, if it signed any, beside what the verifier knows of it.

        Raises StoreUnavailable.
        """
        if asked.token is not None:
            return await self._of_token(who, asked.token)
        if asked.short_code is not None:
            return await self._of_code(who, asked.short_code, asked.trainee_id)
        return NothingShown()

    async def _of_token(self, who: Staff, token: str) -> StatusOutcome:
        now = self._now()
        try:
            named = claimed_registration(token)
        except ValueError as error:
            return BadToken(str(error))
        record = await self._store.read(partial(read_device, registration_id=named, now=now))
        if record is None:
            return BadToken("of no device that is known")
        try:
            claims = read_status(token, record.row.public_key, now=now // 1000)
        except ValueError as error:
            return BadToken(str(error))
        return await self._told(who, record, claims)

    async def _of_code(self, who: Staff, typed: str, trainee_id: str | None) -> StatusOutcome:
        try:
            code = normalise_short_code(typed)
        except ValueError as error:
            return BadToken(str(error))

        def work(connection: Connection) -> DeviceRecord | None:
            found = staff_people.device_of_code(connection, code, trainee_id)
            return read_device(connection, found[0].id, self._now()) if len(found) == 1 else None

        record = await self._store.read(work)
        return NotFound() if record is None else await self._told(who, record, None)

    async def _told(
        self, who: Staff, record: DeviceRecord, claims: StatusClaims | None
    ) -> StatusTokenRead | TooMany:
        noted = Noted(
            "staff-status-read",
            trainee_id=record.row.trainee_id,
            registration_id=record.row.id,
            detail={"by": "short-code" if claims is None else "token"},
        )
        if wait := await self._access.read(who, noted):
            return wait
        return StatusTokenRead(
            trainee_id=record.row.trainee_id,
            registration=registration_message(record),
            claims=claims,
        )
