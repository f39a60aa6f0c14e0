"""Search: whom staff look for, as masked lines, a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast, get_args

import msgspec
from sqlalchemy import Connection

from motp_protocol import wire
from motp_protocol.encoding import b64url_decode, b64url_encode, format_time
from motp_protocol.fields import Id, Lock, RegistrationState
from motp_protocol.helpdesk import FoundTrainee, FoundTrainees, PeopleSort
from motp_protocol.person import mask_name, mask_phone
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.helpdesk.access import Access, Noted
from motp_verifier.services.helpdesk.queries import Query, read_query
from motp_verifier.services.shares import PIN_ATTEMPTS
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import staff_search as rows
from motp_verifier.store.port import Store
from motp_verifier.store.sealed import ENROLMENT_NAME, TRAINEE_NAME, TRAINEE_PHONE
from motp_verifier.store.staff_search import DeviceRow, FoundRow, RefusedRow

REFUSED_MS = 24 * 60 * 60 * 1000
"""So long a number that no roster has is found: as long as its enrolment is kept."""

_RANK = {"suspended": 2, "active": 3, "revoked": 1}


class _Cursor(msgspec.Struct, frozen=True, array_like=True):
    by: str
    sort: str
    key: int
    id: Id


@dataclass(frozen=True, slots=True)
class BadQuery:
    """Nobody can be meant, or the page is of another search."""

    detail: str


SearchOutcome: TypeAlias = FoundTrainees | BadQuery | TooMany


@dataclass(frozen=True, slots=True)
class _Page:
    query: Query | None
    rows: list[FoundRow]
    count: int
    devices: dict[str, list[DeviceRow]]
    institutions: dict[str, list[str]]
    refused: RefusedRow | None


class Searching:
    """Finds people. `now` is in milliseconds since 1970."""

    def __init__(
        self, store: Store, keys: MasterKeys, access: Access, now: Callable[[], int]
    ) -> None:
        self._store = store
        self._keys = keys
        self._access = access
        self._now = now

    async def find(
        self, who: Staff, typed: str, sort: PeopleSort, cursor: str | None, limit: int
    ) -> SearchOutcome:
        """One page of those who are meant. One row of the audit says so, without what was typed.

        Raises StoreUnavailable.
        """
        ways = read_query(self._keys, typed)
        after = None
        if cursor is not None:
            after = _read_cursor(cursor)
            if after is None or after.sort != sort:
                return BadQuery("`cursor` is not of this search")
            ways = [each for each in ways if each.by == after.by]
        page = await self._store.read(lambda c: self._page(c, ways, sort, after, limit))
        lines = [self._line(row, page) for row in page.rows[:limit]]
        if page.refused is not None:
            lines.append(self._refused_line(page.refused, page.query))
        one = page.rows[0].id if page.count == 1 and page.rows else None
        wait = await self._access.read(
            who,
            Noted(
                "staff-searched",
                trainee_id=one,
                detail={
                    "by": "nothing" if page.query is None else page.query.by,
                    "found": page.count,
                    "query": self._keyed(typed),
                },
            ),
        )
        if wait is not None:
            return wait
        return FoundTrainees(
            trainees=lines,
            count=page.count + (page.refused is not None),
            next=_next(page, sort, limit),
        )

    def _page(
        self,
        connection: Connection,
        ways: Sequence[Query],
        sort: PeopleSort,
        after: _Cursor | None,
        limit: int,
    ) -> _Page:
        query = ways[-1] if ways else None
        found: list[FoundRow] = []
        count = 0
        for way in ways:
            found, count = rows.find_people(
                connection,
                way.by,
                way.value,
                sort=sort,
                after=None if after is None else (after.key, after.id),
                limit=limit + 1,
            )
            if count:
                query = way
                break
        refused = None
        if not count and query is not None and isinstance(query.value, bytes) and query.phone:
            since = self._now() - REFUSED_MS
            refused = rows.newest_refused(connection, query.value, since)
        ids = [row.id for row in found[:limit]]
        devices: dict[str, list[DeviceRow]] = {}
        for each in rows.devices_of(connection, ids) if ids else ():
            devices.setdefault(each.trainee_id, []).append(each)
        return _Page(query, found, count, devices, rows.institutions_of(connection, ids), refused)

    def _line(self, row: FoundRow, page: _Page) -> FoundTrainee:
        devices = page.devices.get(row.id, [])
        # What is in use, or what was last.
        now = max(devices, key=lambda each: (_RANK[each.state], each.created_at), default=None)
        contacts = [each.last_contact_at for each in devices if each.last_contact_at is not None]
        name = self._keys.open(row.name_sealed, TRAINEE_NAME.place(row.id)).decode()
        phone = self._keys.open(row.phone_sealed, TRAINEE_PHONE.place(row.id)).decode()
        return FoundTrainee(
            trainee_id=row.id,
            name_masked=mask_name(name),
            phone_masked=mask_phone(phone),
            institutions=page.institutions.get(row.id, []),
            state=None if now is None else cast(RegistrationState, now.state),
            locks=[] if now is None else _locks(now),
            last_contact_at=format_time(max(contacts)) if contacts else None,
        )

    def _refused_line(self, row: RefusedRow, query: Query | None) -> FoundTrainee:
        name = (
            None
            if row.name_sealed is None
            else self._keys.open(row.name_sealed, ENROLMENT_NAME.place(row.id)).decode()
        )
        return FoundTrainee(
            trainee_id=row.id,
            name_masked="" if name is None else mask_name(name),
            phone_masked=mask_phone(query.phone) if query is not None and query.phone else "",
            institutions=[],
            state=None,
            locks=[],
            last_contact_at=format_time(row.refused_at),
        )

    def _keyed(self, typed: str) -> str:
        return b64url_encode(
            self._keys.blind_index("staff query", typed.encode("utf-8", "surrogatepass"))[:12]
        )


def _locks(device: DeviceRow) -> list[Lock]:
    if device.state == "revoked":
        return []
    locks: list[Lock] = ["pin"] if device.pin_failures >= PIN_ATTEMPTS else []
    return [*locks, "code"] if device.code_locked else locks


def _next(page: _Page, sort: PeopleSort, limit: int) -> str | None:
    if len(page.rows) <= limit or page.query is None:
        return None
    last = page.rows[limit - 1]
    return b64url_encode(wire.encode(_Cursor(page.query.by, sort, last.key, last.id)))


def _read_cursor(text: str) -> _Cursor | None:
    try:
        cursor = wire.decode(b64url_decode(text), _Cursor)
    except ValueError:
        return None
    return cursor if cursor.sort in get_args(PeopleSort) and abs(cursor.key) < 2**62 else None
