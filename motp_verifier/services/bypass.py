"""A code that stands in for one of the app's: once, within ten minutes, for one thing.

Only a keyed hash is kept. It is looked at where the app's codes are, after the locks, and a wrong
one counts as theirs do.
"""

import hmac
import secrets
from collections.abc import Mapping, Sequence

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


class Outstanding:
    """The codes of a batch's trainees, whose registrations are held.

    They are read once for all, at the first code that is none of the app's: right codes cost
    nothing more, and wrong ones no round trip each.
    """

    def __init__(
        self, connection: Connection, keys: MasterKeys, trainee_ids: Sequence[str], now: int
    ) -> None:
        self._connection = connection
        self._keys = keys
        self._trainee_ids = trainee_ids
        self._now = now
        self._found: Mapping[str, bytes] | None = None

    def use(self, trainee_id: str, institution_id: str, occasion: Occasion, code: str) -> bool:
        """Use a code up; whether it was the trainee's for this institution and occasion."""
        if self._found is None:
            self._found = rows.outstanding(self._connection, self._trainee_ids, self._now)
        kept = self._found.get(trainee_id)
        if kept is None:
            return False
        hashed = _hash(self._keys, trainee_id, institution_id, occasion, code)
        return hmac.compare_digest(kept, hashed) and rows.use_bypass(
            self._connection, trainee_id, hashed, self._now
        )


def _hash(
    keys: MasterKeys, trainee_id: str, institution_id: str, occasion: Occasion, code: str
) -> bytes:
    bound = "\x00".join((trainee_id, institution_id, occasion, code))
    return keys.blind_index("bypass code", bound.encode("utf-8", "surrogatepass"))
