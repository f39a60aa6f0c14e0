"""How a person's name and number are kept: sealed, and found by keyed indexes."""

import unicodedata
from dataclasses import dataclass, field

from motp_verifier.sealing import MasterKeys

SEARCH_INDEX_SIZE = 16
"""Bytes. Two values that share one are both found, and told apart by who looks."""


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


def name_index(keys: MasterKeys, name: str) -> bytes:
    """By which staff find a normalised name, whatever its case."""
    folded = unicodedata.normalize("NFC", name.casefold())
    return keys.blind_index("staff name", folded.encode())[:SEARCH_INDEX_SIZE]


def ending_index(keys: MasterKeys, digits: str) -> bytes:
    """By which staff find the last four digits of a number."""
    return keys.blind_index("staff ending", digits.encode())[:SEARCH_INDEX_SIZE]


def search_indexes(keys: MasterKeys, person: Person) -> tuple[bytes, bytes]:
    """The indexes of a person's name and of the end of their number."""
    return name_index(keys, person.name), ending_index(keys, person.phone[-4:])


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
