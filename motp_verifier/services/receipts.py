"""Receipts: what a training site keeps to show that a check took place.

A receipt is signed, so that it can be shown to somebody who trusts neither the site nor
the trainee, and checked without asking the verifier.
"""

import msgspec

from motp_protocol.fields import CheckMethod, Occasion
from motp_verifier.services.signing_keys import Sign, SigningKeys

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


class Receipt:
    """A receipt that is signed when it is first read.

    A signature takes as long as the rest of a check, and the one thread that writes to
    SQLite has better to do (docs/adr/0030).
    """

    __slots__ = ("_claims", "_sign", "_text")

    def __init__(self, claims: bytes, sign: Sign) -> None:
        self._claims = claims
        self._sign = sign
        self._text = ""

    @property
    def text(self) -> str:
        """The receipt as a compact JWS."""
        if not self._text:
            self._text = self._sign(RECEIPT_TYPE, self._claims)
        return self._text


class Receipts:
    """Makes receipts, without input or output: fit for the middle of a transaction."""

    def __init__(self, signing_keys: SigningKeys, issuer: str) -> None:
        """`issuer` is the verifier's public origin."""
        self.issuer = issuer
        self._keys = signing_keys
        self._encode = msgspec.json.Encoder().encode

    def promise(self, claims: ReceiptClaims) -> Receipt:
        """The receipt, which the key of this moment will sign. Raises NoSigningKey."""
        return Receipt(self._encode(claims), self._keys.signer())
