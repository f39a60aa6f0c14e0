"""How a person's name and number are kept: sealed, and found by keyed indexes."""

from dataclasses import dataclass, field

from motp_verifier.sealing import MasterKeys


@dataclass(frozen=True, slots=True)
class Person:
    """A normalised name and an E.164 number (`motp_protocol.person`)."""

    name: str = field(repr=False)
    phone: str = field(repr=False)


def person_index(keys: MasterKeys, person: Person) -> bytes:
    """By which a trainee is found: name and number together."""
    return keys.blind_index("person", f"{person.name}\x00{person.phone}".encode())


def phone_index(keys: MasterKeys, phone: str) -> bytes:
    """By which all that belongs to an E.164 number is found."""
    return keys.blind_index("phone", phone.encode())


def seal_person(keys: MasterKeys, person: Person, place: str) -> tuple[bytes, bytes]:
    """Name and number, sealed for `place`: `<table>:<row id>`."""
    return (
        keys.seal(person.name.encode(), f"name {place}"),
        keys.seal(person.phone.encode(), f"phone {place}"),
    )


def open_person(keys: MasterKeys, name_sealed: bytes, phone_sealed: bytes, place: str) -> Person:
    """What `seal_person` sealed for the same place. Raises SealBroken."""
    return Person(
        name=keys.open(name_sealed, f"name {place}").decode(),
        phone=keys.open(phone_sealed, f"phone {place}").decode(),
    )
