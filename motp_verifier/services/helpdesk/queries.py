"""What staff typed into the search, as ways to look for it."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field

from motp_protocol.person import normalise_name, normalise_phone
from motp_protocol.status_token import normalise_short_code
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.people import ending_index, name_index, phone_index
from motp_verifier.store.staff_search import By

_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_REGISTRATION = re.compile(r"reg[_-][A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True, slots=True)
class Query:
    """One way of looking: by what, and its value as the database has it."""

    by: By
    value: bytes | str = field(repr=False)
    phone: str | None = field(default=None, repr=False)


def read_query(keys: MasterKeys, text: str) -> list[Query]:
    """How to look for what was typed, the likeliest first; nothing where it can be nobody's.

    A name may look like a short code: then it is looked for as both.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if _REGISTRATION.fullmatch(typed):
        return [Query("registration", typed)]
    if _FOUR_DIGITS.fullmatch(typed):
        return [Query("ending", ending_index(keys, typed))]
    with suppress(ValueError):
        phone = normalise_phone(typed)
        return [Query("number", phone_index(keys, phone), phone)]
    ways = []
    with suppress(ValueError):
        ways.append(Query("short-code", normalise_short_code(typed)))
    with suppress(ValueError):
        ways.append(Query("name", name_index(keys, normalise_name(text))))
    return ways
