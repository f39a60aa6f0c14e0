"""The page of one person: what may be wrong, and all that shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias, cast

from sqlalchemy import Connection

from motp_protocol.encoding import format_time
from motp_protocol.fields import CheckMethod, Language, Occasion, RejectionReason
from motp_protocol.helpdesk import (
    DayCount,
    PersonShown,
    StaffCheck,
    StaffConsent,
    StaffEvent,
    TraineeInstitution,
    TraineePage,
)
from motp_protocol.person import mask_name, mask_phone
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.reasons import BadReason, read_reason
from motp_verifier.services.consents import Consents
from motp_verifier.services.days import seoul_day, start_of_seoul_day
from motp_verifier.services.helpdesk.access import Access, Noted
from motp_verifier.services.helpdesk.devices import registration_message
from motp_verifier.services.helpdesk.diagnosis import diagnose
from motp_verifier.services.helpdesk.facts import EnrolmentFacts, Facts
from motp_verifier.services.helpdesk.records import PersonRecord, facts_of, read_person
from motp_verifier.services.helpdesk.searching import REFUSED_MS
from motp_verifier.services.outcomes import NotFound
from motp_verifier.services.people import Person, open_person
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import staff_people, staff_search
from motp_verifier.store.port import Store
from motp_verifier.store.sealed import ENROLMENT_NAME, ENROLMENT_PHONE
from motp_verifier.store.staff_people import PersonRow
from motp_verifier.store.staff_search import RefusedRow

DAYS = 30
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class ReasonRefused:
    """The reason cannot be kept; the message says why."""

    detail: str


PageOutcome: TypeAlias = TraineePage | NotFound | TooMany
ShownOutcome: TypeAlias = PersonShown | NotFound | ReasonRefused | TooMany


class PersonPages:
    """Shows people to staff. `oldest_app` is the oldest version that is served."""

    def __init__(  # noqa: PLR0917 - what a page is made of
        self,
        store: Store,
        keys: MasterKeys,
        access: Access,
        documents: Consents,
        now: Callable[[], int],
        oldest_app: str,
    ) -> None:
        self._store = store
        self._keys = keys
        self._access = access
        self._documents = documents
        self._now = now
        self._oldest_app = oldest_app

    async def page(self, who: Staff, trainee_id: str) -> PageOutcome:
        """Everything about a person, masked. Raises StoreUnavailable."""
        now = self._now()
        first_day = date.fromisoformat(seoul_day(now)) - timedelta(days=DAYS - 1)

        def work(connection: Connection) -> PersonRecord | RefusedRow | None:
            since = start_of_seoul_day(first_day)
            found = read_person(connection, trainee_id, now=now, days_since=since)
            if found is not None:
                return found
            return staff_search.refused_by_id(connection, trainee_id, now - REFUSED_MS)

        record = await self._store.read(work)
        if record is None:
            return NotFound()
        if isinstance(record, RefusedRow):
            noted = Noted("staff-trainee-read", detail={"enrolment_id": record.id})
            return await self._access.read(who, noted) or self._refused(record, now)
        noted = Noted("staff-trainee-read", trainee_id=trainee_id)
        return await self._access.read(who, noted) or self._page(record, first_day, now)

    async def show(self, who: Staff, trainee_id: str, why: str) -> ShownOutcome:
        """A person's name and number in full, for a reason. Raises StoreUnavailable."""
        try:
            reason = read_reason(why)
        except BadReason as error:
            return ReasonRefused(str(error))
        row = await self._store.read(lambda c: staff_people.person(c, trainee_id))
        if row is None:
            return NotFound()
        noted = Noted("staff-person-shown", trainee_id=trainee_id, reason=reason)
        if wait := await self._access.read(who, noted):
            return wait
        person = self._person(row)
        return PersonShown(name=person.name, phone=person.phone)

    def _person(self, row: PersonRow) -> Person:
        return open_person(self._keys, row.name_sealed, row.phone_sealed, f"trainee:{row.id}")

    def _page(self, record: PersonRecord, first_day: date, now: int) -> TraineePage:
        person = self._person(record.person)
        version = self._documents.current.version
        return TraineePage(
            trainee_id=record.person.id,
            name_masked=mask_name(person.name),
            phone_masked=mask_phone(person.phone),
            findings=diagnose(facts_of(record, version, self._oldest_app, now)),
            institutions=[
                TraineeInstitution(
                    institution_id=each.institution_id,
                    name=each.name,
                    trainee=each.pairwise_id,
                    listed_at=_time(each.listed_at),
                )
                for each in record.institutions
            ],
            registrations=[registration_message(each) for each in record.devices],
            consent=_consent(record, version),
            checks=_checks(record),
            events=[
                StaffEvent(
                    at=format_time(each.at),
                    kind=each.kind,
                    actor=each.actor,
                    reason=each.reason,
                    institution=each.institution,
                    registration_id=each.registration_id,
                )
                for each in record.events
            ],
            days=_days(record, first_day),
            time=format_time(now),
        )

    def _refused(self, row: RefusedRow, now: int) -> TraineePage:
        facts = Facts(
            now,
            self._oldest_app,
            enrolments=(EnrolmentFacts(0, confirmed=False, refused_at=row.refused_at),),
        )
        name = self._opened(row.name_sealed, ENROLMENT_NAME.place(row.id))
        phone = self._opened(row.phone_sealed, ENROLMENT_PHONE.place(row.id))
        return TraineePage(
            trainee_id=row.id,
            name_masked="" if name is None else mask_name(name),
            phone_masked="" if phone is None else mask_phone(phone),
            findings=diagnose(facts),
            institutions=[],
            registrations=[],
            consent=None,
            checks=[],
            events=[],
            days=[],
            time=format_time(now),
        )

    def _opened(self, sealed: bytes | None, place: str) -> str | None:
        return None if sealed is None else self._keys.open(sealed, place).decode()


def _consent(record: PersonRecord, version: str) -> StaffConsent | None:
    if not record.consents:
        return None
    last = record.consents[0]
    return StaffConsent(
        version=last.version,
        lang=cast(Language, last.lang),
        agreed_at=format_time(last.agreed_at),
        withdrawn_at=_time(last.withdrawn_at),
        current=last.version == version,
    )


def _checks(record: PersonRecord) -> list[StaffCheck]:
    return [
        StaffCheck(
            verification_id=each.id,
            at=format_time(each.at),
            institution=each.institution,
            course=each.course,
            class_=each.class_,
            session=each.session,
            occasion=cast(Occasion, each.occasion),
            method=cast(CheckMethod, each.method),
            result="accepted" if each.result == "accepted" else "rejected",
            reason=cast(RejectionReason | None, each.reason),
            source=each.client_ip,
        )
        for each in record.checks
    ]


def _days(record: PersonRecord, first_day: date) -> list[DayCount]:
    counted = []
    for number in range(DAYS):
        day = first_day + timedelta(days=number)
        key = (day - _EPOCH).days
        counted.append(
            DayCount(
                day=day.isoformat(),
                accepted=record.days.get((key, "accepted"), 0),
                rejected=record.days.get((key, "rejected"), 0),
            )
        )
    return counted


def _time(at: int | None) -> str | None:
    return None if at is None else format_time(at)
