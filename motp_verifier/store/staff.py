"""Accounts of staff, and their being set up. The caller holds the transaction."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, case, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import staff, staff_setup


@dataclass(frozen=True, slots=True)
class StaffRow:
    """An account: see the table for what its members mean."""

    id: str
    name: str
    role: str
    password_hash: str = field(repr=False)
    password_expires_at: int | None
    totp_sealed: bytes | None = field(repr=False)
    totp_step: int | None
    failures: int
    locked_until: int | None
    created_at: int
    disabled_at: int | None


@dataclass(frozen=True, slots=True)
class SetupRow:
    """An account that is being set up."""

    staff_id: str
    token_hash: bytes = field(repr=False)
    totp_sealed: bytes = field(repr=False)
    attempts: int
    expires_at: int


def insert_staff(connection: Connection, row: StaffRow, name_key: str) -> bool:
    """Add an account; False where the name is taken."""
    values = {each: getattr(row, each) for each in StaffRow.__slots__}
    try:
        with connection.begin_nested():
            connection.execute(insert(staff).values(name_key=name_key, **values))
    except IntegrityError:
        return False
    return True


def staff_by_name(connection: Connection, name_key: str) -> StaffRow | None:
    """The account of this name, which nobody else changes until the commit."""
    query = select(*columns(staff, StaffRow)).where(staff.c.name_key == name_key)
    return read(StaffRow, connection.execute(query.with_for_update()).first())


def staff_by_id(connection: Connection, staff_id: str) -> StaffRow | None:
    """The account, which nobody else changes until the commit, nor how it is being set up."""
    query = select(*columns(staff, StaffRow)).where(staff.c.id == staff_id)
    return read(StaffRow, connection.execute(query.with_for_update()).first())


def all_staff(connection: Connection) -> list[StaffRow]:
    """Every account, by name."""
    query = select(*columns(staff, StaffRow)).order_by(staff.c.name_key)
    return [StaffRow(*row) for row in connection.execute(query)]


def reserve_try(
    connection: Connection, name_key: str, *, limit: int, now: int, lock_until: int
) -> StaffRow | None:
    """Count a try before it is judged; None where there is no such account or it is locked.

    So no more than `limit` are ever judged, however many come at once. The last of them locks
    until `lock_until`, unless it turns out to be right.
    """
    over = staff.c.locked_until <= now
    counted = case((over, 1), else_=staff.c.failures + 1)
    statement = (
        update(staff)
        .where(
            staff.c.name_key == name_key,
            staff.c.disabled_at.is_(None),
            or_(staff.c.locked_until.is_(None), over),
        )
        .values(failures=counted, locked_until=case((counted >= limit, lock_until), else_=None))
        .returning(*columns(staff, StaffRow))
    )
    return read(StaffRow, connection.execute(statement).first())


def forgive_tries(connection: Connection, staff_id: str) -> None:
    """End the run of wrong tries."""
    connection.execute(
        update(staff).where(staff.c.id == staff_id).values(failures=0, locked_until=None)
    )


def use_totp_step(connection: Connection, staff_id: str, step: int) -> bool:
    """Use up a time step and all before it; False where it was used up already."""
    done = connection.execute(
        update(staff)
        .where(staff.c.id == staff_id, or_(staff.c.totp_step.is_(None), staff.c.totp_step < step))
        .values(totp_step=step)
    )
    return done.rowcount == 1


def set_up(
    connection: Connection, staff_id: str, *, password_hash: str, totp_sealed: bytes, step: int
) -> None:
    """Give the account its own password and second factor."""
    connection.execute(
        update(staff)
        .where(staff.c.id == staff_id)
        .values(
            password_hash=password_hash,
            password_expires_at=None,
            totp_sealed=totp_sealed,
            totp_step=step,
            failures=0,
            locked_until=None,
        )
    )


def begin_anew(
    connection: Connection, staff_id: str, *, password_hash: str, expires_at: int
) -> None:
    """Give the account a first password, and forget its second factor."""
    connection.execute(delete(staff_setup).where(staff_setup.c.staff_id == staff_id))
    connection.execute(
        update(staff)
        .where(staff.c.id == staff_id)
        .values(
            password_hash=password_hash,
            password_expires_at=expires_at,
            totp_sealed=None,
            totp_step=None,
            failures=0,
            locked_until=None,
        )
    )


def disable(connection: Connection, staff_id: str, now: int) -> None:
    """Let the account sign in no more."""
    connection.execute(delete(staff_setup).where(staff_setup.c.staff_id == staff_id))
    connection.execute(
        update(staff)
        .where(staff.c.id == staff_id)
        .values(disabled_at=now, totp_sealed=None, totp_step=None)
    )


def enable(connection: Connection, staff_id: str) -> None:
    """Let a disabled account sign in again."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(disabled_at=None))


def put_setup(connection: Connection, row: SetupRow) -> None:
    """Begin to set an account up, whose row the caller holds, in the place of an earlier one."""
    connection.execute(delete(staff_setup).where(staff_setup.c.staff_id == row.staff_id))
    values = {each: getattr(row, each) for each in SetupRow.__slots__}
    connection.execute(insert(staff_setup).values(**values))


def setup_by_token(connection: Connection, token_hash: bytes, now: int) -> SetupRow | None:
    """What is being set up under this token and is not over."""
    query = select(*columns(staff_setup, SetupRow)).where(
        staff_setup.c.token_hash == token_hash, staff_setup.c.expires_at > now
    )
    return read(SetupRow, connection.execute(query).first())


def name_of(connection: Connection, staff_id: str) -> str:
    """The name of an account that exists."""
    return str(connection.execute(select(staff.c.name).where(staff.c.id == staff_id)).scalar_one())


def count_setup_try(connection: Connection, row: SetupRow) -> None:
    """Count a wrong code."""
    connection.execute(
        update(staff_setup)
        .where(staff_setup.c.staff_id == row.staff_id)
        .values(attempts=row.attempts + 1)
    )


def end_setup(connection: Connection, staff_id: str) -> None:
    """Forget what was being set up."""
    connection.execute(delete(staff_setup).where(staff_setup.c.staff_id == staff_id))


def forget_setups(connection: Connection, now: int) -> None:
    """Forget what was not finished in time."""
    connection.execute(delete(staff_setup).where(staff_setup.c.expires_at <= now))
