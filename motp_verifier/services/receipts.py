"""Receipts: what a training site keeps to show that a check took place.

A receipt is signed, so that it can be shown to somebody who trusts neither the site nor
the trainee, and checked without asking the verifier.
"""

import msgspec

from motp_protocol.fields import CheckMethod, Occasion
from motp_verifier.services.signing_keys import SigningKeys

RECEIPT_TYPE = "motp-receipt+jwt"


class ReceiptClaims(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """What a receipt says.

    `sub` is the institution's own id of the trainee; `iat` is in seconds since 1970;
    `same_address` is None where it is not known.
    """

    iss: str
    aud: str
    sub: str
    jti: str
    iat: int
    course: str
    class_: str
    session: int
    occasion: Occasion
    method: CheckMethod = "code"
    popup_id: str | None = None
    same_address: bool | None = None

    def __repr__(self) -> str:
        return f"<ReceiptClaims {self.jti}>"


class Receipts:
    """Signs receipts, without input or output: fit for the middle of a transaction."""

    def __init__(self, signing_keys: SigningKeys, issuer: str) -> None:
        """`issuer` is the verifier's public origin."""
        self.issuer = issuer
        self._keys = signing_keys
        self._encode = msgspec.json.Encoder().encode

    def sign(self, claims: ReceiptClaims) -> str:
        """The receipt as a compact JWS. Raises NoSigningKey."""
        return self._keys.sign(RECEIPT_TYPE, self._encode(claims))
