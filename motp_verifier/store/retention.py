"""Old checks, old addresses and old audit batches: found and removed a little at a time."""

from sqlalchemy import Connection, bindparam, delete, func, select, update

from motp_verifier.store.audit import AuditRow
from motp_verifier.store.audit_heads import HeadRow
from motp_verifier.store.rows import columns, read
from motp_verifier.store.sets import ForRows, write_all
from motp_verifier.store.tables import (
    audit_head,
    audit_leaf,
    audit_row,
    code_failure,
    institution,
    retention_mark,
    verification,
)

_KEEP_MARK = ForRows(
    [("name", "text"), ("value", "bigint")],
    """
    INSERT INTO retention_mark (name, value) SELECT name, value FROM given WHERE true
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
    """,
)


def mark(connection: Connection, name: str) -> int:
    """How far a piece of this work was done; 0 where it never was."""
    query = select(retention_mark.c.value).where(retention_mark.c.name == name)
    return connection.execute(query).scalar_one_or_none() or 0


def set_mark(connection: Connection, name: str, value: int) -> None:
    """Remember how far it was done."""
    write_all(connection, [(_KEEP_MARK, [(name, value)])])


def institution_ids(connection: Connection) -> list[str]:
    """Every institution: checks are found by institution and time."""
    return list(connection.execute(select(institution.c.id).order_by(institution.c.id)).scalars())


def delete_checks(connection: Connection, institution_id: str, before: int, limit: int) -> int:
    """Delete the oldest checks of an institution from before this time; how many."""
    old = (
        select(verification.c.id)
        .where(verification.c.institution_id == institution_id, verification.c.at < before)
        .order_by(verification.c.at)
        .limit(limit)
    )
    return _rowcount(connection, delete(verification).where(verification.c.id.in_(old)))


def count_checks(connection: Connection, before: int) -> int:
    """How many checks are older."""
    query = select(func.count()).select_from(verification).where(verification.c.at < before)
    return connection.execute(query).scalar_one()


def checks_with_address(
    connection: Connection, institution_id: str, since: int, before: int, limit: int
) -> list[tuple[str, int]]:
    """The ids and times of checks that keep the trainee's address, oldest first."""
    query = (
        select(verification.c.id, verification.c.at)
        .where(
            verification.c.institution_id == institution_id,
            verification.c.at >= since,
            verification.c.at < before,
            verification.c.client_ip.is_not(None),
        )
        .order_by(verification.c.at, verification.c.id)
        .limit(limit)
    )
    return [(row.id, row.at) for row in connection.execute(query)]


def forget_check_addresses(connection: Connection, ids: list[str]) -> None:
    """Forget the addresses of these checks."""
    connection.execute(
        update(verification).where(verification.c.id.in_(ids)).values(client_ip=None)
    )


def rows_after(connection: Connection, row_id: int, limit: int) -> list[AuditRow]:
    """The audit rows that follow this one."""
    query = (
        select(*columns(audit_row, AuditRow))
        .where(audit_row.c.id > row_id)
        .order_by(audit_row.c.id)
        .limit(limit)
    )
    return [AuditRow(*row) for row in connection.execute(query)]


def replace_sources(connection: Connection, hashes: dict[int, bytes]) -> None:
    """Put hashes in the place of the addresses of these audit rows."""
    if hashes:
        connection.execute(
            update(audit_row)
            .where(audit_row.c.id == bindparam("row_id"))
            .values(source=None, source_salt=None, source_hash=bindparam("hashed")),
            [{"row_id": row_id, "hashed": hashed} for row_id, hashed in hashes.items()],
        )


def count_addresses(connection: Connection, before: int) -> int:
    """How many checks and audit rows from before this time keep an address."""
    checks = select(func.count()).where(
        verification.c.at < before, verification.c.client_ip.is_not(None)
    )
    rows = select(func.count()).where(audit_row.c.at < before, audit_row.c.source.is_not(None))
    return connection.execute(checks).scalar_one() + connection.execute(rows).scalar_one()


def delete_failures(connection: Connection, before: int, limit: int) -> int:
    """Delete the first of the wrong codes that no lock looks at any more; how many."""
    query = select(code_failure.c.id, code_failure.c.at).order_by(code_failure.c.id).limit(limit)
    old = [row.id for row in connection.execute(query) if row.at < before]
    return _rowcount(connection, delete(code_failure).where(code_failure.c.id.in_(old)))


def count_failures(connection: Connection, before: int) -> int:
    """How many wrong codes no lock looks at any more."""
    query = select(func.count()).select_from(code_failure).where(code_failure.c.at < before)
    return connection.execute(query).scalar_one()


def heads_to_drop(connection: Connection, before: int) -> tuple[HeadRow, int, int] | None:
    """The last head that may be dropped with all before it, and how many heads and rows.

    Only heads that were sealed before this time, and never the newest.
    """
    newest = select(func.max(audit_head.c.number)).scalar_subquery()
    old = (
        audit_head.c.at < before,
        audit_head.c.number < newest,
        audit_head.c.dropped_at.is_(None),
    )
    last = read(
        HeadRow,
        connection.execute(
            select(*columns(audit_head, HeadRow))
            .where(*old)
            .order_by(audit_head.c.number.desc())
            .limit(1)
        ).first(),
    )
    if last is None:
        return None
    totals = connection.execute(
        select(func.count(), func.sum(audit_head.c.size)).where(
            audit_head.c.number <= last.number, audit_head.c.dropped_at.is_(None)
        )
    ).one()
    return last, int(totals[0]), int(totals[1])


def drop_heads(connection: Connection, through: int, now: int) -> None:
    """Mark the heads up to this one: from now on the database lets their rows go."""
    connection.execute(
        update(audit_head)
        .where(audit_head.c.number <= through, audit_head.c.dropped_at.is_(None))
        .values(dropped_at=now)
    )
    connection.execute(delete(audit_leaf).where(audit_leaf.c.number <= through))


def delete_dropped_rows(connection: Connection, limit: int) -> int:
    """Delete the first audit rows of dropped heads; how many."""
    last = connection.execute(
        select(func.max(audit_head.c.last_id)).where(audit_head.c.dropped_at.is_not(None))
    ).scalar_one()
    if last is None:
        return 0
    old = select(audit_row.c.id).where(audit_row.c.id <= last).order_by(audit_row.c.id).limit(limit)
    return _rowcount(connection, delete(audit_row).where(audit_row.c.id.in_(old)))


def _rowcount(connection: Connection, statement: object) -> int:
    return int(connection.execute(statement).rowcount)  # type: ignore[call-overload]
