"""The audit as auditors read it in the console: a page at a time, or all of a choice as CSV."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, TypeAlias

import msgspec
from sqlalchemy import Connection

from motp_protocol.encoding import format_time
from motp_protocol.helpdesk import AuditLine, AuditLines
from motp_verifier.services.audit.access import describe
from motp_verifier.services.audit.export_files import BYTE_ORDER_MARK, cell, csv_lines
from motp_verifier.services.audit.reasons import BadReason, read_reason
from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.services.days import seoul_time
from motp_verifier.services.helpdesk.access import Access, Noted
from motp_verifier.services.helpdesk.pages import ReasonRefused
from motp_verifier.services.outcomes import NotFound
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.sessions import Sessions
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import audit, audit_search
from motp_verifier.store.audit import AuditRow, Detail
from motp_verifier.store.audit_search import RowFilter
from motp_verifier.store.port import Store

AT_ONCE = 100_000
"""How many row numbers one statement goes through."""

ROUNDS = 10
"""How many such statements one page takes at most: then it is short, and says where it got to."""

EXPORT_ROWS = 200_000
"""The most rows of one export."""

_CLOCKS_MS = 60_000  # rows are numbered in another order than their clocks may say
_CHUNK = 1000
_COLUMNS = (
    "number", "at", "event", "actor", "institution", "registration", "source", "reason", "detail",
)  # fmt: skip
_detail = msgspec.json.Decoder(dict[str, str | int | None])


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows are asked for. Of a trainee by their id."""

    wanted: RowFilter
    trainee_id: str | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """The lines of a CSV file, which end early where the session does."""

    lines: AsyncIterator[bytes]


LinesOutcome: TypeAlias = AuditLines | NotFound | TooMany
ExportOutcome: TypeAlias = Export | NotFound | ReasonRefused | TooMany


class AuditReading:
    """Shows the audit, and notes who looked."""

    def __init__(
        self, store: Store, access: Access, sessions: Sessions, now: Callable[[], int]
    ) -> None:
        self._store = store
        self._access = access
        self._sessions = sessions
        self._now = now

    async def page(self, who: Staff, choice: Choice, below: int | None, limit: int) -> LinesOutcome:
        """The newest rows that are meant, of those numbered below this one.

        Raises StoreUnavailable.
        """
        wanted = await self._wanted(choice)
        if wanted is None:
            return NotFound()
        noted = self._noted("staff-audit-read", choice, None)
        if wait := await self._access.read(who, noted):
            return wait
        first, last = await self._range(wanted, below)
        rows: list[AuditRow] = []
        for _ in range(ROUNDS):
            if last < first or len(rows) >= limit:
                break
            lowest = max(first, last - AT_ONCE + 1)
            missing = limit - len(rows)
            found = await self._store.read(partial(_read, wanted, lowest, last, missing))
            rows += found
            last = found[-1].id - 1 if len(found) == missing else lowest - 1
        return AuditLines(
            lines=[_line(row) for row in rows], next=str(last + 1) if last >= first else None
        )

    async def export(self, who: Staff, choice: Choice, why: str) -> ExportOutcome:
        """All rows that are meant, the newest first, up to `EXPORT_ROWS`.

        Raises StoreUnavailable.
        """
        try:
            reason = read_reason(why)
        except BadReason as error:
            return ReasonRefused(str(error))
        wanted = await self._wanted(choice)
        if wanted is None:
            return NotFound()
        noted = self._noted("staff-audit-exported", choice, reason)
        if wait := await self._access.read(who, noted):
            return wait
        first, last = await self._range(wanted, None)
        return Export(self._lines(who, wanted, first, last))

    async def _lines(
        self, who: Staff, wanted: RowFilter, first: int, last: int
    ) -> AsyncIterator[bytes]:
        yield (BYTE_ORDER_MARK + csv_lines([list(_COLUMNS)])).encode()
        written = 0
        while last >= first and await self._sessions.goes_on(who):
            if written >= EXPORT_ROWS:
                more = ["", "", "more", "", "", "", "", "choose fewer rows", ""]
                yield csv_lines([more]).encode()
                return
            lowest = max(first, last - AT_ONCE + 1)
            found = await self._store.read(partial(_read, wanted, lowest, last, _CHUNK))
            if found:
                yield csv_lines([_cells(row) for row in found]).encode()
            written += len(found)
            last = found[-1].id - 1 if len(found) == _CHUNK else lowest - 1

    async def _wanted(self, choice: Choice) -> RowFilter | None:
        if choice.trainee_id is None:
            return choice.wanted
        trainee_id = choice.trainee_id
        key = await self._store.read(lambda c: audit.subject_key_of_trainee(c, trainee_id))
        subject = subject_of(key)
        return None if subject is None else replace(choice.wanted, subjects=(subject,))

    async def _range(self, wanted: RowFilter, below: int | None) -> tuple[int, int]:
        def work(connection: Connection) -> tuple[int, int]:
            since = None if wanted.since is None else wanted.since - _CLOCKS_MS
            before = None if wanted.before is None else wanted.before + _CLOCKS_MS
            return audit_search.range_of_time(connection, since, before)

        first, last = await self._store.read(work)
        return first, last if below is None else min(last, below - 1)

    @staticmethod
    def _noted(
        kind: Literal["staff-audit-exported", "staff-audit-read"],
        choice: Choice,
        reason: str | None,
    ) -> Noted:
        told = describe(choice.wanted)
        detail: Detail = {
            name: value if isinstance(value, str) else ",".join(value)
            for name, value in told.items()
        }
        if choice.wanted.actor is not None:
            detail = {**detail, "actor": choice.wanted.actor}
        return Noted(
            kind,
            trainee_id=choice.trainee_id,
            institution_id=choice.wanted.institution_id,
            registration_id=choice.wanted.registration_id,
            reason=reason,
            detail=detail,
        )


def _read(
    wanted: RowFilter, first: int, last: int, limit: int, connection: Connection
) -> list[AuditRow]:
    return audit_search.rows_of_range(connection, wanted, first, last, limit, newest_first=True)


def _line(row: AuditRow) -> AuditLine:
    return AuditLine(
        number=row.id,
        at=format_time(row.at),
        kind=row.kind,
        actor=row.actor,
        institution_id=row.institution_id,
        registration_id=row.registration_id,
        source=row.source,
        reason=row.reason,
        detail=_detail.decode(row.detail),
    )


def _cells(row: AuditRow) -> list[str]:
    return [
        cell(each)
        for each in (
            str(row.id),
            seoul_time(row.at),
            row.kind,
            row.actor,
            row.institution_id,
            row.registration_id,
            row.source,
            row.reason,
            row.detail,
        )
    ]
