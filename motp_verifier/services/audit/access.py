"""Noting that the audit itself was read: who looked for whom, why, and by what."""

from typing import Literal

from sqlalchemy import Connection

from motp_protocol.encoding import b64url_encode, format_time
from motp_verifier.services.audit.portable import Filters
from motp_verifier.services.signed import Clock
from motp_verifier.store import audit
from motp_verifier.store.audit import AuditEntry, Detail
from motp_verifier.store.audit_search import RowFilter
from motp_verifier.store.port import Store


class AuditAccess:
    """Notes readings of the audit. `actor` is for the audit, `now` in milliseconds since 1970."""

    def __init__(self, store: Store, now: Clock, actor: str) -> None:
        self._store = store
        self._now = now
        self._actor = actor

    async def note(
        self,
        kind: Literal["audit-exported", "audit-searched"],
        wanted: RowFilter,
        reason: str,
        more: Detail,
    ) -> None:
        """Note one reading, once for each person meant. Raises StoreUnavailable."""
        told = describe(wanted)
        told.pop("subjects", None)
        detail = dict(more) | {
            name: value if isinstance(value, str) else ",".join(value)
            for name, value in told.items()
        }
        entries = [
            AuditEntry(
                at=self._now(),
                kind=kind,
                actor=self._actor,
                subject=subject,
                institution_id=wanted.institution_id,
                registration_id=wanted.registration_id,
                reason=reason,
                detail=detail,
            )
            for subject in wanted.subjects or (None,)
        ]

        def work(connection: Connection) -> None:
            audit.append(connection, entries)

        await self._store.run(kind, work)


def describe(wanted: RowFilter) -> Filters:
    """A filter as it is told to others."""
    told: Filters = {}
    if wanted.since is not None:
        told["from"] = format_time(wanted.since)
    if wanted.before is not None:
        told["before"] = format_time(wanted.before)
    if wanted.kinds:
        told["events"] = list(wanted.kinds)
    if wanted.institution_id is not None:
        told["institution"] = wanted.institution_id
    if wanted.registration_id is not None:
        told["registration"] = wanted.registration_id
    if wanted.subjects is not None:
        told["subjects"] = [b64url_encode(subject) for subject in wanted.subjects]
    return told
