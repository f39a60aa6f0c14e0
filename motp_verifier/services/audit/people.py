"""Finding whom the audit names: by a number, or by its last four digits."""

from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Connection

from motp_protocol.person import mask_name, mask_phone
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.services.people import phone_index
from motp_verifier.store import people_search
from motp_verifier.store.people_search import PersonRow
from motp_verifier.store.port import Store
from motp_verifier.store.sealed import TRAINEE_NAME, TRAINEE_PHONE

MAX_PEOPLE = 100
"""More than anybody looks through; and each is noted in the audit as looked for."""
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody, masked as staff may see them; `subject` names them in the audit."""

    trainee_id: str
    name_masked: str = field(repr=False)
    phone_masked: str = field(repr=False)
    subject: bytes | None


@dataclass(frozen=True, slots=True)
class TooManyPeople:
    """More than `MAX_PEOPLE` would be found."""


class PeopleLookup:
    """Finds people. Whoever was erased is not found any more, and is not to be."""

    def __init__(self, store: Store, keys: MasterKeys) -> None:
        self._store = store
        self._keys = keys

    async def of_number(self, phone: str) -> list[FoundPerson] | TooManyPeople:
        """Everybody with this E.164 number. Raises StoreUnavailable."""
        index = phone_index(self._keys, phone)
        return _few(await self._store.read(partial(self._of_number, index)))

    async def of_ending(
        self, digits: str, institution_id: str | None
    ) -> list[FoundPerson] | TooManyPeople:
        """Everybody whose number ends so, of one institution's roster or of all.

        Opens every number there is: a few seconds for a million. Raises StoreUnavailable.
        """
        found: list[FoundPerson] = []
        after = ""
        while len(found) <= MAX_PEOPLE:
            work = partial(self._of_ending, digits, institution_id, after)
            some, last = await self._store.read(work)
            found += some
            if last is None:
                break
            after = last
        return _few(found)

    def _of_number(self, index: bytes, connection: Connection) -> list[FoundPerson]:
        rows = people_search.people_of_number(connection, index, MAX_PEOPLE + 1)
        return [self._shown(row) for row in rows]

    def _of_ending(
        self, digits: str, institution_id: str | None, after: str, connection: Connection
    ) -> tuple[list[FoundPerson], str | None]:
        """Those of the next people, and the id of the last one who was looked at."""
        rows = people_search.people_after(connection, after, institution_id, _AT_ONCE)
        found = [self._shown(row) for row in rows if self._phone(row).endswith(digits)]
        return found, rows[-1].id if rows else None

    def _phone(self, row: PersonRow) -> str:
        return self._keys.open(row.phone_sealed, TRAINEE_PHONE.place(row.id)).decode()

    def _shown(self, row: PersonRow) -> FoundPerson:
        name = self._keys.open(row.name_sealed, TRAINEE_NAME.place(row.id)).decode()
        return FoundPerson(
            trainee_id=row.id,
            name_masked=mask_name(name),
            phone_masked=mask_phone(self._phone(row)),
            subject=subject_of(row.subject_key),
        )


def _few(found: list[FoundPerson]) -> list[FoundPerson] | TooManyPeople:
    return TooManyPeople() if len(found) > MAX_PEOPLE else found
