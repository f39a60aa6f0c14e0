"""What code checks read and write, for a whole batch of them at once.

The caller holds a write transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection

from motp_protocol.code import OtpProfile
from motp_verifier.store.sets import ForRows, Write


@dataclass(frozen=True, slots=True)
class WantedTrainee:
    """Whom an institution asks about: by its own id, or by the index of name and number."""

    institution_id: str
    pairwise_id: str | None = None
    person_index: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FoundTrainee:
    """A trainee in the institution's roster. `subject_key` is what the audit names them by."""

    id: str
    pairwise_id: str
    subject_key: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class HeldRegistration:
    """A registration in use (active or suspended), whose row is locked until the commit.

    `locked_everywhere_at` is set while codes are locked at every institution.
    """

    id: str
    trainee_id: str
    state: str
    seed_sealed: bytes = field(repr=False)
    profile: OtpProfile
    last_step: int | None
    pin_failures: int
    name_verified_at: int | None
    locked_everywhere_at: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Wrong codes of a registration: in a row at one institution, and lately at all.

    `run` is None where no run was ever kept; `locked_at` is set while it locks.
    """

    run: int | None
    locked_at: int | None
    recent: int


class CheckRecord(NamedTuple):
    """One check as it is kept, in the order of `_KEEP`'s columns."""

    id: str
    at: int
    institution_id: str
    trainee_id: str | None
    registration_id: str | None
    course: str
    class_: str
    session: int
    occasion: str
    method: str
    client_ip: str | None
    result: str
    reason: str | None
    step: int | None


class StepTaken(Exception):
    """A step was used up by somebody else although its row was locked: a fault of ours."""


_WANTED = [
    ("number", "int"),
    ("institution_id", "text"),
    ("pairwise_id", "text"),
    ("person_index", "bytea"),
]
_FOUND = """
    SELECT given.number, entry.trainee_id, entry.pairwise_id, trainee.subject_key
    FROM given CROSS JOIN roster_entry AS entry CROSS JOIN trainee
    WHERE entry.institution_id = given.institution_id
      AND entry.pairwise_id = given.pairwise_id
      AND trainee.id = entry.trainee_id
    UNION ALL
    SELECT given.number, entry.trainee_id, entry.pairwise_id, trainee.subject_key
    FROM given CROSS JOIN trainee CROSS JOIN roster_entry AS entry
    WHERE trainee.person_index = given.person_index
      AND entry.institution_id = given.institution_id
      AND entry.trainee_id = trainee.id
"""
_FIND = ForRows(_WANTED, _FOUND)
# In the order of their ids: two transactions never wait for each other.
_HOLD = ForRows(
    _WANTED,
    f"""
    , found (number, trainee_id, pairwise_id, subject_key) AS MATERIALIZED ({_FOUND}),
    held AS MATERIALIZED (
        SELECT registration.id, registration.trainee_id, state, seed_sealed,
               otp_algorithm, otp_digits, otp_period, last_step, pin_failures,
               name_verified_at, code_locked_at
        FROM registration
        WHERE trainee_id IN (SELECT trainee_id FROM found) AND state IN ('active', 'suspended')
        ORDER BY registration.id
        {{locking}}
    )
    SELECT found.number, found.trainee_id, found.pairwise_id, found.subject_key, held.*
    FROM found LEFT JOIN held ON held.trainee_id = found.trainee_id
    ORDER BY held.id
    """,  # noqa: S608 - nothing in it is a value
    locking="FOR NO KEY UPDATE OF registration",
)
_COUNTS = ForRows(
    [("registration_id", "text"), ("institution_id", "text"), ("since", "bigint")],
    """
    SELECT given.registration_id, given.institution_id, code_run.run, code_run.locked_at,
           (SELECT count(*) FROM code_failure
            WHERE code_failure.registration_id = given.registration_id
              AND code_failure.at > given.since)
    FROM given LEFT JOIN code_run
      ON code_run.registration_id = given.registration_id
     AND code_run.institution_id = given.institution_id
    """,
)
_EVER_REGISTERED = ForRows(
    [("trainee_id", "text")],
    """
    SELECT given.trainee_id FROM given
    WHERE EXISTS (
        SELECT 1 FROM registration WHERE registration.trainee_id = given.trainee_id
        AND state = 'revoked' AND activated_at IS NOT NULL)
    """,
)
# The condition is in the statement itself: no two checks anywhere can both use up a step.
# The row is found as `_HOLD` found it, by pages that are at hand: `|| ''` keeps the database
# from looking its id up, which is somewhere else for each (docs/adr/0041).
_ACCEPT = ForRows(
    [("trainee_id", "text"), ("id", "text"), ("step", "bigint")],
    """
    UPDATE registration SET last_step = given.step FROM given
    WHERE registration.trainee_id = given.trainee_id
      AND registration.state IN ('active', 'suspended')
      AND registration.id || '' = given.id
      AND (registration.last_step IS NULL OR registration.last_step < given.step)
    """,
)
_RUNS = ForRows(
    [
        ("registration_id", "text"),
        ("institution_id", "text"),
        ("run", "int"),
        ("locked_at", "bigint"),
    ],
    """
    INSERT INTO code_run (registration_id, institution_id, run, locked_at)
    SELECT registration_id, institution_id, run, locked_at FROM given WHERE true
    ON CONFLICT (registration_id, institution_id)
    DO UPDATE SET run = excluded.run, locked_at = excluded.locked_at
    """,
)
_FAILURES = ForRows(
    [("registration_id", "text"), ("institution_id", "text"), ("at", "bigint"), ("old", "int")],
    """
    INSERT INTO code_failure (registration_id, institution_id, at, old)
    SELECT registration_id, institution_id, at, old FROM given
    """,
)
_LOCK_EVERYWHERE = ForRows(
    [("id", "text"), ("at", "bigint")],
    """
    UPDATE registration SET code_locked_at = given.at FROM given
    WHERE registration.id = given.id
    """,
)
_KEEP = ForRows(
    [
        ("id", "text"),
        ("at", "bigint"),
        ("institution_id", "text"),
        ("trainee_id", "text"),
        ("registration_id", "text"),
        ("course", "text"),
        ("class", "text"),
        ("session", "int"),
        ("occasion", "text"),
        ("method", "text"),
        ("client_ip", "text"),
        ("result", "text"),
        ("reason", "text"),
        ("step", "bigint"),
    ],
    """
    INSERT INTO verification (id, at, institution_id, trainee_id, registration_id, course, class,
                              session, occasion, method, client_ip, result, reason, step)
    SELECT id, at, institution_id, trainee_id, registration_id, course, class,
           session, occasion, method, client_ip, result, reason, step FROM given
    """,
)


def find_trainees(
    connection: Connection, wanted: Sequence[WantedTrainee]
) -> list[FoundTrainee | None]:
    """Each of the trainees, or None for one who is not in that institution's roster."""
    found: list[FoundTrainee | None] = [None] * len(wanted)
    for number, trainee_id, pairwise_id, subject_key in _FIND.run(connection, _numbered(wanted)):
        found[number] = FoundTrainee(trainee_id, pairwise_id, subject_key)
    return found


def hold_registrations(
    connection: Connection, wanted: Sequence[WantedTrainee]
) -> tuple[list[FoundTrainee | None], list[HeldRegistration]]:
    """The trainees, as `find_trainees` gives them, and their registrations in use, by id.

    From here on nobody else judges these registrations.
    """
    found: list[FoundTrainee | None] = [None] * len(wanted)
    held: dict[str, HeldRegistration] = {}
    for number, trainee_id, pairwise_id, subject_key, *row in _HOLD.run(
        connection, _numbered(wanted)
    ):
        found[number] = FoundTrainee(trainee_id, pairwise_id, subject_key)
        row_id, _, state, seed_sealed, algorithm, digits, period = row[:7]
        if row_id is not None and row_id not in held:
            held[row_id] = HeldRegistration(
                row_id,
                trainee_id,
                state,
                seed_sealed,
                OtpProfile(algorithm, digits, period),
                *row[7:],
            )
    return found, list(held.values())


def counts(
    connection: Connection, pairs: Iterable[tuple[str, str]], since: int
) -> dict[tuple[str, str], Counts]:
    """What is counted for each (registration, institution); `recent` is of later than `since`.

    Only after `hold_registrations`, as a statement of its own: what is read together with
    the locks may be as it was before they were got.
    """
    asked = [(registration_id, institution_id, since) for registration_id, institution_id in pairs]
    return {
        (registration_id, institution_id): Counts(run, locked_at, recent)
        for registration_id, institution_id, run, locked_at, recent in _COUNTS.run(
            connection, asked
        )
    }


def ever_registered(connection: Connection, trainee_ids: Iterable[str]) -> set[str]:
    """Those of the trainees who had a registration that is now revoked."""
    rows = _EVER_REGISTERED.run(connection, [(each,) for each in trainee_ids])
    return {trainee_id for (trainee_id,) in rows}


def accepted_steps(steps: Sequence[tuple[str, str, int]]) -> Write:
    """Use up a step, and all before it, of each (trainee, registration in use, step).

    It writes a row for each, or a step was used up already.
    """
    return _ACCEPT, steps


def changed_runs(runs: Sequence[tuple[str, str, int, int | None]]) -> Write:
    """Keep (registration, institution, wrong codes in a row, since when that locks)."""
    return _RUNS, runs


def new_failures(failures: Sequence[tuple[str, str, int, int]]) -> Write:
    """Keep that a wrong code was tried: (registration, institution, time, 1 for an old one)."""
    return _FAILURES, failures


def locks_everywhere(locks: Sequence[tuple[str, int]]) -> Write:
    """Stop typed codes at every institution, of each (registration, time).

    On their own, after the accepted steps: a registration may be among both.
    """
    return _LOCK_EVERYWHERE, locks


def kept_checks(records: Sequence[CheckRecord]) -> Write:
    """Keep checks and their results."""
    return _KEEP, records


def _numbered(wanted: Sequence[WantedTrainee]) -> list[tuple[Any, ...]]:
    return [
        (number, one.institution_id, one.pairwise_id, one.person_index)
        for number, one in enumerate(wanted)
    ]
