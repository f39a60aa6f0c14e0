"""What browsers are told of checks that were not accepted: ADR 28.

Every refusal of a page's check counts for (institution, name, number), for people whom nobody
knows just as for those whose code was wrong or is locked. The answer follows from this count
alone, so it tells nothing else. It stops no check: the real counts do, elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from motp_verifier.services.code_counters import RUN_LIMIT
from motp_verifier.services.verification_answer import Accepted, Rejected
from motp_verifier.store import browser_refusals as rows
from motp_verifier.store.browser_refusals import RefusedPerson

LIFETIME_MS = 30 * 24 * 60 * 60 * 1000
"""How long after the last refusal a count begins anew."""
MOST = 200_000
"""How many people's counts are kept: the newest."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """The code is not taken, and whoever asks may not know why.

    `refusals` are those for this person so far. `rejected` is for our own numbers alone.
    """

    refusals: int
    rejected: Rejected

    @property
    def seems_locked(self) -> bool:
        """Whether as many were refused as lock a trainee's codes."""
        return self.refusals >= RUN_LIMIT


def withhold(
    connection: Connection,
    outcomes: Sequence[tuple[RefusedPerson, Accepted | Rejected]],
    now: int,
) -> list[Accepted | Withheld]:
    """What pages are told of these outcomes, in their order; it is counted, too.

    In the transaction that judged them, after everything else.
    """
    if not outcomes:
        return []
    refused = {person for person, outcome in outcomes if isinstance(outcome, Rejected)}
    counts = rows.hold_counts(connection, sorted(refused), now)
    accepted: set[RefusedPerson] = set()
    told: list[Accepted | Withheld] = []
    for person, outcome in outcomes:
        if isinstance(outcome, Accepted):
            accepted.add(person)
            counts[person] = 0
            told.append(outcome)
        else:
            counts[person] += 1
            told.append(Withheld(counts[person], outcome))
    rows.set_counts(connection, [(each, counts[each]) for each in sorted(refused)])
    rows.forget_people(connection, [each for each in accepted if not counts[each]])
    return told


def forget(connection: Connection, institution_id: str, trainee_id: str) -> None:
    """A lock was lifted: what pages are told of this trainee begins anew."""
    rows.forget_trainee(connection, institution_id, trainee_id)


def forget_old(connection: Connection, now: int) -> None:
    """Forget what is over, and what is too much."""
    rows.forget_refusals(connection, now - LIFETIME_MS, MOST)
