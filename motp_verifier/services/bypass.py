"""A code that stands in for one of the app's: once, within ten minutes, for one thing.

Only a keyed hash is kept. It is looked at where the app's codes are, after the locks, and a wrong
one counts as theirs do.
"""

import secrets

from sqlalchemy import Connection

from motp_protocol.fields import Occasion
from motp_verifier.sealing import MasterKeys
from motp_verifier.store import bypass_codes as rows

LIFETIME_MS = 10 * 60 * 1000
_CODES = 10**6


def issue(
    connection: Connection,
    keys: MasterKeys,
    trainee_id: str,
    institution_id: str,
    occasion: Occasion,
    *,
    now: int,
) -> str:
    """A new code, which takes the place of the one before. The registrations are held."""
    code = f"{secrets.randbelow(_CODES):06d}"
    rows.put_bypass(
        connection,
        trainee_id,
        institution_id,
        occasion,
        _hash(keys, trainee_id, institution_id, occasion, code),
        now=now,
        expires_at=now + LIFETIME_MS,
    )
    return code


def use(  # noqa: PLR0917 - what it is bound to
    connection: Connection,
    keys: MasterKeys,
    trainee_id: str,
    institution_id: str,
    occasion: Occasion,
    code: str,
    *,
    now: int,
) -> bool:
    """Use a code up; whether it was the trainee's for this institution and occasion."""
    hashed = _hash(keys, trainee_id, institution_id, occasion, code)
    return rows.use_bypass(connection, trainee_id, hashed, now)


def _hash(
    keys: MasterKeys, trainee_id: str, institution_id: str, occasion: Occasion, code: str
) -> bytes:
    bound = "\x00".join((trainee_id, institution_id, occasion, code))
    return keys.blind_index("bypass code", bound.encode("utf-8", "surrogatepass"))
