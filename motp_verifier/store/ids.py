"""Names for rows."""

import secrets

from motp_protocol.encoding import b64url_encode

_ID_BYTES = 16
_AFTER_THE_TIME_BYTES = 10


def new_id(kind: str) -> str:
    """A random id that tells its kind: `reg_…`; 128 bits, fit for the wire and for URLs."""
    return f"{kind}_{b64url_encode(secrets.token_bytes(_ID_BYTES))}"


def new_id_in_order(kind: str, at: int) -> str:
    """An id that sorts by `at`, milliseconds since 1970, then by 80 random bits.

    For rows that come by the thousand a second: they share a page of the key's index, where
    each random one changes a page of its own (docs/adr/0030). It tells when it was made.
    """
    return f"{kind}_{at:012x}{b64url_encode(secrets.token_bytes(_AFTER_THE_TIME_BYTES))}"
