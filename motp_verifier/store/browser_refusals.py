"""How often browsers were refused for a person. The caller holds a write transaction."""

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy import Connection, delete, select

from motp_verifier.store.sets import ForRows
from motp_verifier.store.tables import browser_refusal, trainee

RefusedPerson: TypeAlias = tuple[str, bytes]
"""An institution, and the keyed index of a name and a number that somebody gave there."""

_PERSON = [("institution_id", "text"), ("person_index", "bytea")]
# In the order of their keys: two transactions never wait for each other in a circle.
_HOLD = ForRows(
    [*_PERSON, ("at", "bigint")],
    """
    INSERT INTO browser_refusal (institution_id, person_index, count, at)
    SELECT institution_id, person_index, 0, at FROM given WHERE true
    ORDER BY institution_id, person_index
    ON CONFLICT (institution_id, person_index) DO UPDATE SET at = excluded.at
    RETURNING institution_id, person_index, count
    """,
)
_SET = ForRows(
    [*_PERSON, ("count", "int")],
    """
    UPDATE browser_refusal SET count = given.count FROM given
    WHERE browser_refusal.institution_id = given.institution_id
      AND browser_refusal.person_index = given.person_index
    RETURNING 1
    """,
)
_FORGET = ForRows(
    _PERSON,
    """
    DELETE FROM browser_refusal
    WHERE EXISTS (
        SELECT 1 FROM given
        WHERE given.institution_id = browser_refusal.institution_id
          AND given.person_index = browser_refusal.person_index)
    RETURNING 1
    """,
)


def hold_counts(
    connection: Connection, people: Sequence[RefusedPerson], now: int
) -> dict[RefusedPerson, int]:
    """The counts so far, which nobody else changes until the commit; `now` is the newest."""
    rows = [(*each, now) for each in sorted(people)]
    return {
        (institution_id, bytes(index)): count
        for institution_id, index, count in _HOLD.run(connection, rows)
    }


def set_counts(connection: Connection, counts: Sequence[tuple[RefusedPerson, int]]) -> None:
    """Keep the counts of people who are held."""
    _SET.run(connection, [(*person, count) for person, count in counts])


def forget_people(connection: Connection, people: Sequence[RefusedPerson]) -> None:
    """Let the counts of these people begin anew."""
    _FORGET.run(connection, sorted(people))


def forget_trainee(connection: Connection, institution_id: str, trainee_id: str) -> None:
    """Let the count of a trainee at an institution begin anew."""
    index = select(trainee.c.person_index).where(trainee.c.id == trainee_id).scalar_subquery()
    connection.execute(
        delete(browser_refusal).where(
            browser_refusal.c.institution_id == institution_id,
            browser_refusal.c.person_index == index,
        )
    )


def forget_refusals(connection: Connection, before: int, most: int) -> None:
    """Forget whoever was last refused before this time, and all but the newest `most`."""
    connection.execute(delete(browser_refusal).where(browser_refusal.c.at < before))
    newest = select(browser_refusal.c.at).order_by(browser_refusal.c.at.desc())
    first_too_many = connection.execute(newest.offset(most).limit(1)).scalar_one_or_none()
    if first_too_many is not None:
        connection.execute(delete(browser_refusal).where(browser_refusal.c.at <= first_too_many))
