"""Today in numbers. The caller holds a transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from motp_verifier.store.tables import audit_row, institution, verification

_HOUR_MS = 60 * 60 * 1000
_NO_CHECK = text("kind <> 'verification'")  # as the index has it, letter by letter


@dataclass(frozen=True, slots=True)
class CheckCount:
    """So many checks of an institution ended so in an hour of the day."""

    institution_id: str
    hour: int
    result: str
    reason: str | None
    count: int


@dataclass(frozen=True, slots=True)
class EventCount:
    """So many things of this kind happened, at an institution if that is known."""

    kind: str
    institution_id: str | None
    count: int


def names(connection: Connection) -> dict[str, str]:
    """Every institution's name, in the order of names."""
    query = select(institution.c.id, institution.c.name).order_by(
        institution.c.name, institution.c.id
    )
    return {row.id: row.name for row in connection.execute(query)}


def check_counts(connection: Connection, since: int) -> list[CheckCount]:
    """The checks since this time, which begins a day."""
    hour = (verification.c.at - since) // _HOUR_MS
    groups = (verification.c.institution_id, hour, verification.c.result, verification.c.reason)
    query = (
        select(*groups, func.count())
        # By institution and time there is an index.
        .where(
            verification.c.institution_id.in_(select(institution.c.id)),
            verification.c.at >= since,
        )
        .group_by(*groups)
    )
    return [
        CheckCount(row[0], int(row[1]), row[2], row[3], row[4]) for row in connection.execute(query)
    ]


def event_counts(connection: Connection, since: int, kinds: tuple[str, ...]) -> list[EventCount]:
    """What else happened since this time, of these kinds."""
    query = (
        select(audit_row.c.kind, audit_row.c.institution_id, func.count())
        .where(audit_row.c.at >= since, audit_row.c.kind.in_(kinds), _NO_CHECK)
        .group_by(audit_row.c.kind, audit_row.c.institution_id)
    )
    return [EventCount(*row) for row in connection.execute(query)]
