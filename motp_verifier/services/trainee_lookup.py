"""Whom a site means: by the institution's own id, or by name and number."""

from dataclasses import dataclass

from motp_protocol.messages import TraineeRef
from motp_protocol.person import normalise_name, normalise_phone
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.people import Person, person_index
from motp_verifier.store.verifications import WantedTrainee


@dataclass(frozen=True, slots=True)
class BadName:
    """The name in the request can be nobody's; nothing was checked."""


@dataclass(frozen=True, slots=True)
class BadPhone:
    """The number in the request is no Korean mobile number; nothing was checked."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """The request is not of the documented form; nothing was checked."""

    detail: str


def read_trainee(
    keys: MasterKeys, institution_id: str, trainee: TraineeRef
) -> WantedTrainee | BadName | BadPhone | Malformed:
    """Whom the request means."""
    if trainee.id is not None:
        return WantedTrainee(institution_id, pairwise_id=trainee.id)
    person = read_person(trainee)
    if person is None:
        return Malformed("`trainee` has `id`, or `name` and `phone`")
    if not isinstance(person, Person):
        return person
    return WantedTrainee(institution_id, person_index=person_index(keys, person))


def read_person(trainee: TraineeRef) -> Person | BadName | BadPhone | None:
    """The person whom the request names; None where it gives no name and number, or an id."""
    if trainee.id is not None or trainee.name is None or trainee.phone is None:
        return None
    try:
        name = normalise_name(trainee.name)
    except ValueError:
        return BadName()
    try:
        return Person(name, normalise_phone(trainee.phone))
    except ValueError:
        return BadPhone()
