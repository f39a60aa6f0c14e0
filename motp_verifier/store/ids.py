"""Names for rows."""

import secrets

from motp_protocol.encoding import b64url_encode

_ID_BYTES = 16


def new_id(kind: str) -> str:
    """A random id that tells its kind: `reg_…`; 128 bits, fit for the wire and for URLs."""
    return f"{kind}_{b64url_encode(secrets.token_bytes(_ID_BYTES))}"
