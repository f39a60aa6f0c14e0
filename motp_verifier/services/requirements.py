"""Whether a check is needed: asked by sites for one occasion, by devices for the day."""

from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol.fields import Occasion
from motp_protocol.messages import TraineeRef
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.outcomes import NotFound, Revoked
from motp_verifier.services.own_records import read_own
from motp_verifier.services.signed import Clock, Replayed, SignedRequest
from motp_verifier.services.site_policy.folder import Policies
from motp_verifier.services.site_policy.rules import PastCheck, Search, Verdict, searches, verdict
from motp_verifier.services.trainee_lookup import (
    BadName,
    BadPhone,
    Malformed,
    read_trainee,
)
from motp_verifier.store import past_checks
from motp_verifier.store.past_checks import AttendedClass
from motp_verifier.store.port import Store
from motp_verifier.store.verifications import find_trainees

DAILY: tuple[Occasion, ...] = ("entry", "lesson")
"""What a device is told of: the rest is named by the site when its time has come."""

RECENT_DAYS = 30
_DAY_MS = 24 * 60 * 60 * 1000
_MOST_CLASSES = 20


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a site is about to let a trainee do."""

    course: str
    class_: str
    session: int
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class NeededToday:
    """What one class asks of a trainee today."""

    attended: AttendedClass
    occasion: Occasion
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Today:
    """All that is known to be asked of a trainee today. `now` is the verifier's time."""

    now: int
    needed: list[NeededToday]


RequirementOutcome: TypeAlias = Verdict | NotFound | BadName | BadPhone | Malformed
TodayOutcome: TypeAlias = Today | NotFound | Revoked | Replayed


class Requirements:
    """The use cases. `now` is in milliseconds since 1970."""

    def __init__(self, store: Store, keys: MasterKeys, policies: Policies, now: Clock) -> None:
        self._store = store
        self._keys = keys
        self._policies = policies
        self._now = now

    async def of_site(
        self, institution_id: str, trainee: TraineeRef, lesson: Lesson
    ) -> RequirementOutcome:
        """Whether this trainee of the institution's needs a check for that lesson now."""
        wanted = read_trainee(self._keys, institution_id, trainee)
        if isinstance(wanted, (BadName, BadPhone, Malformed)):
            return wanted
        now = self._now()

        def work(connection: Connection) -> Verdict | NotFound:
            (found,) = find_trainees(connection, [wanted])
            if found is None:
                return NotFound()
            return self._verdict(connection, found.id, institution_id, lesson, now)

        return await self._store.read(work)

    async def of_device(self, registration_id: str, signed: SignedRequest) -> TodayOutcome:
        """What the classes that the trainee attends ask for today."""
        now = self._now()

        def work(connection: Connection, trainee_id: str) -> Today:
            since = now - RECENT_DAYS * _DAY_MS
            attended = past_checks.attended_classes(connection, trainee_id, since, _MOST_CLASSES)
            return Today(
                now,
                [
                    NeededToday(
                        each,
                        occasion,
                        self._verdict(
                            connection,
                            trainee_id,
                            each.institution_id,
                            Lesson(each.course, each.class_, 0, occasion),
                            now,
                        ),
                    )
                    for each in attended
                    for occasion in DAILY
                ],
            )

        return await read_own(self._store, "requirements", registration_id, signed, work)

    def _verdict(
        self,
        connection: Connection,
        trainee_id: str,
        institution_id: str,
        lesson: Lesson,
        now: int,
    ) -> Verdict:
        policy = self._policies.of(institution_id).of(lesson.course, lesson.class_)
        found = [
            _latest(connection, trainee_id, institution_id, lesson, each)
            for each in searches(policy, lesson.occasion, now)
        ]
        return verdict(policy, lesson.occasion, now, found)


def _latest(
    connection: Connection, trainee_id: str, institution_id: str, lesson: Lesson, search: Search
) -> PastCheck | None:
    found = past_checks.latest_accepted(
        connection,
        trainee_id,
        institution_id,
        lesson.occasion,
        since=search.since,
        class_=None if search.reach == "institution" else (lesson.course, lesson.class_),
        session=lesson.session if search.reach == "session" else None,
    )
    return None if found is None else PastCheck(found.id, found.at)
