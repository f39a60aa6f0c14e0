"""A new consent for a registration, where the document has changed since the last one."""

from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol.encoding import parse_time
from motp_protocol.messages import ConsentGiven
from motp_verifier.services.audit.record import DEVICE, record
from motp_verifier.services.consents import Consents
from motp_verifier.services.outcomes import CurrentStatus, Malformed, NotFound, Revoked
from motp_verifier.services.own_records import read_own
from motp_verifier.services.signed import Clock, Replayed, SignedRequest
from motp_verifier.services.status import StatusBuilder
from motp_verifier.store import consents
from motp_verifier.store.port import Store


@dataclass(frozen=True, slots=True)
class NotAgreed:
    """It says that the person did not agree: there is nothing to keep."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """It is for another text than the one in force."""


RenewalOutcome: TypeAlias = (
    CurrentStatus | NotAgreed | Outdated | NotFound | Revoked | Malformed | Replayed
)


class ConsentRenewals:
    """Keeps consents that are given after the enrolment's."""

    def __init__(
        self, store: Store, documents: Consents, status: StatusBuilder, now: Clock
    ) -> None:
        self._store = store
        self._documents = documents
        self._status = status
        self._now = now

    async def renew(
        self, registration_id: str, given: ConsentGiven, signed: SignedRequest
    ) -> RenewalOutcome:
        """Keep the consent, once for each version of the document; the status follows from it.

        Locks and a suspension are no obstacle: whether data may be kept is another question
        than whether codes may be made.
        """
        if not given.agreed:
            return NotAgreed()
        if not self._documents.is_current(given):
            return Outdated()
        try:
            agreed_at = parse_time(given.agreed_at)
        except ValueError:
            return Malformed("agreed_at")
        now = self._now()

        def work(connection: Connection, trainee_id: str) -> CurrentStatus:
            agreed = consents.agreed_version(connection, registration_id, given.version)
            if agreed != given.version:
                consents.insert_consent(
                    connection,
                    trainee_id=trainee_id,
                    registration_id=registration_id,
                    version=given.version,
                    lang=given.lang,
                    sha256=given.sha256,
                    agreed_at=agreed_at,
                    now=now,
                )
                record(
                    connection,
                    now,
                    "consent-given",
                    actor=DEVICE,
                    trainee_id=trainee_id,
                    registration_id=registration_id,
                    source=signed.source,
                    detail={"version": given.version, "lang": given.lang},
                )
            return CurrentStatus(self._status.build(connection, registration_id, now))

        return await read_own(self._store, "consent", registration_id, signed, work)
