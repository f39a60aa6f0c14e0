"""A site asks for a pop-up, and its server for what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol import wire
from motp_protocol.encoding import format_time
from motp_protocol.popups import PopupCreated, PopupRequest
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.idempotency import Idempotency, KeyReused, Repeated
from motp_verifier.services.outcomes import NotFound
from motp_verifier.services.people import Person, seal_person
from motp_verifier.services.popups.rules import POPUP_MS
from motp_verifier.services.site_policy.folder import Policies
from motp_verifier.services.trainee_lookup import (
    BadName,
    BadPhone,
    Malformed,
    read_person,
    read_trainee,
)
from motp_verifier.store import popups as rows
from motp_verifier.store.ids import new_id
from motp_verifier.store.popups import PopupRow
from motp_verifier.store.port import Store
from motp_verifier.store.roster import person_index_of
from motp_verifier.store.sets import write_all
from motp_verifier.store.verifications import find_trainees


@dataclass(frozen=True, slots=True)
class OriginNotAllowed:
    """The institution's policy does not list the origin."""


@dataclass(frozen=True, slots=True)
class Created:
    """The answer, as it goes over the wire."""

    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """A pop-up as its own site sees it, at `now`."""

    row: PopupRow
    now: int


CreateOutcome: TypeAlias = (
    Created | Repeated | KeyReused | OriginNotAllowed | BadName | BadPhone | Malformed
)


class Popups:
    """The use cases of a site. `origin` is the verifier's own; `now` is in milliseconds."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        policies: Policies,
        origin: str,
        now: Callable[[], int],
    ) -> None:
        self._store = store
        self._keys = keys
        self._policies = policies
        self._origin = origin
        self._now = now
        self._idempotency = Idempotency(keys)

    async def create(
        self, institution_id: str, request: PopupRequest, idempotency_key: str | None = None
    ) -> CreateOutcome:
        """Make a pop-up, for a trainee whom the roster may or may not have.

        The answer is the same: nobody learns from it who is registered.
        """
        wanted = read_trainee(self._keys, institution_id, request.trainee)
        if isinstance(wanted, (BadName, BadPhone, Malformed)):
            return wanted
        if request.return_origin not in self._policies.of(institution_id).popup_origins:
            return OriginNotAllowed()
        now = self._now()
        keyed = (
            None
            if idempotency_key is None
            else self._idempotency.keyed(institution_id, f"popup {idempotency_key}", request)
        )
        popup_id = new_id("pop")
        name_sealed, phone_sealed = self._seal(read_person(request.trainee), popup_id)
        created = PopupCreated(
            popup_id=popup_id,
            url=f"{self._origin}/popup/{popup_id}",
            expires_at=format_time(now + POPUP_MS),
        )
        body = wire.encode(created)

        def work(connection: Connection) -> Created | Repeated | KeyReused:
            given = self._idempotency.open(connection, [] if keyed is None else [keyed], now)
            if (known := given.known(keyed)) is not None:
                return known
            (found,) = find_trainees(connection, [wanted])
            row = PopupRow(
                id=popup_id,
                institution_id=institution_id,
                trainee_id=None if found is None else found.id,
                pairwise_id=wanted.pairwise_id,
                person_index=(
                    wanted.person_index
                    if found is None or wanted.person_index is not None
                    else person_index_of(connection, found.id)
                ),
                name_sealed=name_sealed,
                phone_sealed=phone_sealed,
                course=request.course,
                class_=request.class_,
                session=request.session,
                occasion=request.occasion,
                return_origin=request.return_origin,
                created_at=now,
                expires_at=now + POPUP_MS,
            )
            rows.insert_popup(connection, row)
            if keyed is not None:
                given.add(keyed, body)
                write_all(connection, [given.kept()])
            return Created(body)

        return await self._store.run("popup-create", work)

    async def of_site(self, institution_id: str, popup_id: str) -> Standing | NotFound:
        """What came of a pop-up, for the institution whose it is."""
        row = await self._store.read(lambda c: rows.popup_by_id(c, popup_id))
        if row is None or row.institution_id != institution_id:
            return NotFound()
        return Standing(row, self._now())

    def _seal(
        self, person: Person | BadName | BadPhone | None, popup_id: str
    ) -> tuple[bytes | None, bytes | None]:
        if not isinstance(person, Person):
            return None, None
        return seal_person(self._keys, person, f"popup:{popup_id}")
