"""The people of the data sets: made from their number alone, so that nothing is looked up."""

import hashlib
import hmac
from collections.abc import Iterator
from functools import cache
from typing import Any

from motp_protocol.code import OtpProfile
from motp_protocol.encoding import b64url_encode
from motp_protocol.status_token import short_code
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.people import (
    Person,
    ending_index,
    name_index,
    person_index,
    phone_index,
    seal_person,
)
from motp_verifier.services.seeds import seal_seed

INSTITUTION = "bench"
PROFILE = OtpProfile()
_SURNAMES = "김이박최정강조윤장임"
_FIRST = "민서도예시하주지수현준은유승재태"
_SECOND = "준서윤우원호은아린연진영민수현희"
UNREGISTERED = 20_000
"""So many more people than registrations: they can enrol."""

CREATED_AT = 1_760_000_000_000

TABLES: dict[str, tuple[str, ...]] = {
    "trainee": (
        "id", "person_index", "phone_index", "name_sealed", "phone_sealed", "created_at",
        "subject_key", "name_index", "ending_index",
    ),
    "roster_entry": ("institution_id", "trainee_id", "pairwise_id", "added_at"),
    "registration": (
        "id", "trainee_id", "kind", "state", "public_key", "keyid", "platform", "app_version",
        "label", "otp_algorithm", "otp_digits", "otp_period", "seed_sealed", "created_at",
        "activated_at", "skew_ms", "share_base", "share_last", "share_presented_at",
        "pin_failures", "short_code",
    ),
}  # fmt: skip
"""Their rows: tables in the order in which rows refer to each other, and the columns given."""


def pairwise_id(number: int) -> str:
    """How the institution knows the trainee with this number."""
    return f"t{number:08d}"


def seed(number: int) -> bytes:
    """The secret that their app would have."""
    return hmac.digest(b"bench seed", number.to_bytes(8, "big"), hashlib.sha1)


def phone(number: int) -> str:
    """Their number, in E.164's form."""
    return f"+8210{number:08d}"


def name(number: int) -> str:
    """Their name, which one in 2,560 has."""
    surname, rest = number % len(_SURNAMES), number // len(_SURNAMES)
    first, second = rest % len(_FIRST), rest // len(_FIRST) % len(_SECOND)
    return f"{_SURNAMES[surname]}{_FIRST[first]}{_SECOND[second]}"


def rows(keys: MasterKeys, numbers: range, registered: int) -> Iterator[dict[str, tuple[Any, ...]]]:
    """The rows by table for each of the numbers, sealed as the verifier seals.

    The first `registered` have a registration.
    """
    of_name = cache(lambda each: name_index(keys, each))
    of_ending = cache(lambda each: ending_index(keys, each))
    for number in numbers:
        trainee_id = row_id("tra", number)
        registration_id = row_id("reg", number)
        person = Person(name(number), phone(number))
        sealed_name, sealed_phone = seal_person(keys, person, f"trainee:{trainee_id}")
        public_key = hashlib.sha256(b"key %d" % number).digest()
        made: dict[str, tuple[Any, ...]] = {
            "trainee": (
                trainee_id,
                person_index(keys, person),
                phone_index(keys, person.phone),
                sealed_name,
                sealed_phone,
                CREATED_AT,
                hashlib.sha256(b"subject %d" % number).digest(),
                of_name(person.name),
                of_ending(person.phone[-4:]),
            ),
            "roster_entry": (INSTITUTION, trainee_id, pairwise_id(number), CREATED_AT),
        }
        if number < registered:
            made["registration"] = (
                registration_id, trainee_id, "personal", "active", public_key,
                b64url_encode(hashlib.sha256(public_key).digest()), "linux", "0.1.0",
                "데스크톱", PROFILE.algorithm, PROFILE.digits, PROFILE.period,
                seal_seed(keys, seed(number), registration_id), CREATED_AT, CREATED_AT, 0, 1, 1,
                0, 0, short_code(registration_id),
            )  # fmt: skip
        yield made


def row_id(kind: str, number: int) -> str:
    """As scattered as the random ids that the verifier makes."""
    spread = hashlib.sha256(f"{kind} {number}".encode()).digest()[:16]
    return f"{kind}_{b64url_encode(spread)}"
