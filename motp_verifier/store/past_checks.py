"""Checks that took place, as trainees and sites ask for them. The caller holds a transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from motp_verifier.store.tables import institution, roster_entry, verification


@dataclass(frozen=True, slots=True)
class AcceptedCheck:
    """The latest check that meets what was asked."""

    id: str
    at: int


@dataclass(frozen=True, slots=True)
class PastCheckRow:
    """A check of a trainee's, accepted or not."""

    id: str
    at: int
    institution_name: str
    course: str
    class_: str
    session: int
    occasion: str
    method: str
    result: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class AttendedClass:
    """A class for which a trainee's code was accepted, at an institution that lists them."""

    institution_id: str
    institution_name: str
    course: str
    class_: str


def latest_accepted(
    connection: Connection,
    trainee_id: str,
    institution_id: str,
    occasion: str,
    *,
    since: int | None = None,
    class_: tuple[str, str] | None = None,
    session: int | None = None,
) -> AcceptedCheck | None:
    """The trainee's latest accepted check, of that course and class or session if given."""
    query = (
        select(verification.c.id, verification.c.at)
        .where(
            verification.c.trainee_id == trainee_id,
            verification.c.institution_id == institution_id,
            verification.c.occasion == occasion,
            verification.c.result == "accepted",
        )
        .order_by(verification.c.at.desc())
        .limit(1)
    )
    if since is not None:
        query = query.where(verification.c.at >= since)
    if class_ is not None:
        query = query.where(
            verification.c.course == class_[0], verification.c["class"] == class_[1]
        )
    if session is not None:
        query = query.where(verification.c.session == session)
    found = connection.execute(query).first()
    return None if found is None else AcceptedCheck(*found)


def newest_checks(connection: Connection, trainee_id: str, limit: int) -> list[PastCheckRow]:
    """The trainee's own checks, newest first."""
    table = verification
    query = (
        select(
            table.c.id,
            table.c.at,
            institution.c.name,
            table.c.course,
            table.c["class"],
            table.c.session,
            table.c.occasion,
            table.c.method,
            table.c.result,
            table.c.reason,
        )
        .join(institution, institution.c.id == table.c.institution_id)
        .where(table.c.trainee_id == trainee_id)
        .order_by(table.c.at.desc(), table.c.id)
        .limit(limit)
    )
    return [PastCheckRow(*tuple(row)) for row in connection.execute(query)]


def attended_classes(
    connection: Connection, trainee_id: str, since: int, limit: int
) -> list[AttendedClass]:
    """The classes that the trainee was checked for since then, the latest first."""
    table = verification
    query = (
        select(table.c.institution_id, institution.c.name, table.c.course, table.c["class"])
        .join(institution, institution.c.id == table.c.institution_id)
        .join(
            roster_entry,
            and_(
                roster_entry.c.institution_id == table.c.institution_id,
                roster_entry.c.trainee_id == table.c.trainee_id,
            ),
        )
        .where(
            table.c.trainee_id == trainee_id,
            table.c.result == "accepted",
            table.c.at >= since,
        )
        .group_by(table.c.institution_id, institution.c.name, table.c.course, table.c["class"])
        .order_by(func.max(table.c.at).desc(), table.c.institution_id, table.c.course)
        .limit(limit)
    )
    return [AttendedClass(*row) for row in connection.execute(query)]
