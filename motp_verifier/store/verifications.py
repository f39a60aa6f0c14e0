"""What a code check reads and writes. The caller holds a write transaction."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, func, insert, or_, select, update

from motp_protocol.code import OtpProfile
from motp_verifier.store.tables import code_failure, code_run, registration, verification


@dataclass(frozen=True, slots=True)
class CheckableRegistration:
    """A registration in use (active or suspended) as a code check needs it.

    `run` counts wrong codes in a row for the asking institution; `locked_for_pair_at` and
    `locked_everywhere_at` are set while a code lock stands.
    """

    id: str
    state: str
    seed_sealed: bytes = field(repr=False)
    profile: OtpProfile
    last_step: int | None
    pin_failures: int
    name_verified_at: int | None
    locked_everywhere_at: int | None
    run: int
    locked_for_pair_at: int | None


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """One check as it is kept."""

    id: str
    at: int
    institution_id: str
    trainee_id: str | None
    registration_id: str | None
    course: str
    class_: str
    session: int
    occasion: str
    client_ip: str | None
    result: str
    reason: str | None
    step: int | None


def lock_registrations(
    connection: Connection, trainee_id: str, institution_id: str
) -> list[CheckableRegistration]:
    """The trainee's registrations in use, whose rows nobody else changes until the commit."""
    held = connection.execute(
        select(registration)
        .where(
            registration.c.trainee_id == trainee_id,
            registration.c.state.in_(("active", "suspended")),
        )
        .order_by(registration.c.id)
        .with_for_update()
    ).all()
    # Read only now: before the lock they might have been another check's to change.
    runs = {
        row.registration_id: row
        for row in connection.execute(
            select(code_run).where(
                code_run.c.registration_id.in_([row.id for row in held]),
                code_run.c.institution_id == institution_id,
            )
        )
    }
    return [
        CheckableRegistration(
            id=row.id,
            state=row.state,
            seed_sealed=row.seed_sealed,
            profile=OtpProfile(row.otp_algorithm, row.otp_digits, row.otp_period),
            last_step=row.last_step,
            pin_failures=row.pin_failures,
            name_verified_at=row.name_verified_at,
            locked_everywhere_at=row.code_locked_at,
            run=runs[row.id].run if row.id in runs else 0,
            locked_for_pair_at=runs[row.id].locked_at if row.id in runs else None,
        )
        for row in held
    ]


def was_ever_registered(connection: Connection, trainee_id: str) -> bool:
    """Whether the trainee had a registration that is now revoked."""
    query = select(registration.c.id).where(
        registration.c.trainee_id == trainee_id,
        registration.c.state == "revoked",
        registration.c.activated_at.is_not(None),
    )
    return connection.execute(query.limit(1)).first() is not None


def accept_step(connection: Connection, registration_id: str, step: int) -> bool:
    """Use up a step and all before it; False where that was done already.

    The condition is in the statement itself, so that no two checks anywhere can both
    succeed with one step.
    """
    done = connection.execute(
        update(registration)
        .where(
            registration.c.id == registration_id,
            or_(registration.c.last_step.is_(None), registration.c.last_step < step),
        )
        .values(last_step=step)
    )
    return done.rowcount == 1


def store_run(
    connection: Connection,
    registration_id: str,
    institution_id: str,
    run: int,
    locked_at: int | None,
) -> None:
    """Keep how many wrong codes in a row there were, and since when that locks."""
    values = {"run": run, "locked_at": locked_at}
    changed = connection.execute(
        update(code_run)
        .where(
            code_run.c.registration_id == registration_id,
            code_run.c.institution_id == institution_id,
        )
        .values(values)
    )
    if changed.rowcount == 0:
        key = {"registration_id": registration_id, "institution_id": institution_id}
        connection.execute(insert(code_run).values(key | values))


def add_failure(
    connection: Connection, registration_id: str, institution_id: str, now: int
) -> None:
    """Keep that a wrong code was tried."""
    connection.execute(
        insert(code_failure).values(
            registration_id=registration_id, institution_id=institution_id, at=now
        )
    )


def failures_since(connection: Connection, registration_id: str, since: int) -> int:
    """How many wrong codes were tried later than `since`, over all institutions."""
    query = select(func.count()).where(
        code_failure.c.registration_id == registration_id, code_failure.c.at > since
    )
    return connection.execute(query).scalar_one()


def lock_everywhere(connection: Connection, registration_id: str, now: int) -> None:
    """Stop typed codes of this registration at every institution."""
    connection.execute(
        update(registration).where(registration.c.id == registration_id).values(code_locked_at=now)
    )


def insert_check(connection: Connection, record: CheckRecord, method: str = "code") -> None:
    """Keep a check and its result."""
    connection.execute(
        insert(verification).values(
            {
                "id": record.id,
                "at": record.at,
                "institution_id": record.institution_id,
                "trainee_id": record.trainee_id,
                "registration_id": record.registration_id,
                "course": record.course,
                "class": record.class_,
                "session": record.session,
                "occasion": record.occasion,
                "method": method,
                "client_ip": record.client_ip,
                "result": record.result,
                "reason": record.reason,
                "step": record.step,
            }
        )
    )
