"""Whom a pop-up is about: as the site named them, and as the roster knows them."""

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys
from motp_verifier.services.people import Person, open_person
from motp_verifier.services.status import trainee_person
from motp_verifier.store.audit import subject_key_of_trainee
from motp_verifier.store.popups import PopupRow
from motp_verifier.store.roster import pairwise_id_of
from motp_verifier.store.verifications import FoundTrainee, WantedTrainee, find_trainees


def wanted_by(row: PopupRow) -> WantedTrainee | None:
    """Whom the site meant; None once that is forgotten."""
    if row.pairwise_id is not None:
        return WantedTrainee(row.institution_id, pairwise_id=row.pairwise_id)
    if row.person_index is not None:
        return WantedTrainee(row.institution_id, person_index=row.person_index)
    return None


def listed(connection: Connection, row: PopupRow) -> FoundTrainee | None:
    """The trainee of the institution's roster now, if it has them."""
    wanted = wanted_by(row)
    return None if wanted is None else find_trainees(connection, [wanted])[0]


def listed_by_id(
    connection: Connection, institution_id: str, trainee_id: str
) -> FoundTrainee | None:
    """A trainee whom we know, as the institution's roster has them now, if it does."""
    pairwise_id = pairwise_id_of(connection, institution_id, trainee_id)
    if pairwise_id is None:
        return None
    return FoundTrainee(trainee_id, pairwise_id, subject_key_of_trainee(connection, trainee_id))


def refusal_index(keys: MasterKeys, row: PopupRow) -> bytes:
    """Under which refusals are counted: the same for known people and for unknown ones."""
    if row.person_index is not None:
        return row.person_index
    return keys.blind_index("popup trainee", (row.pairwise_id or "").encode())


def named_person(connection: Connection, keys: MasterKeys, row: PopupRow) -> Person | None:
    """The name and number that the site gave, or that the roster has; None for neither."""
    if row.name_sealed is not None and row.phone_sealed is not None:
        return open_person(keys, row.name_sealed, row.phone_sealed, f"popup:{row.id}")
    found = listed(connection, row)
    return None if found is None else trainee_person(connection, keys, found.id)


def given_person(keys: MasterKeys, row: PopupRow) -> Person | None:
    """The name and number that the site gave; None where it gave an id of its own."""
    if row.name_sealed is None or row.phone_sealed is None:
        return None
    return open_person(keys, row.name_sealed, row.phone_sealed, f"popup:{row.id}")
