"""The keys by which others can tell that a statement is this verifier's.

A key is published before it signs, so that whoever keeps the published set for a while
never meets a key that is not in it. When it signs follows from its time alone: no process
has to tell another. Public keys stay published for as long as what they signed may be shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from motp_protocol.encoding import b64url_encode
from motp_protocol.jwk import thumbprint
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import SYSTEM, record
from motp_verifier.services.signed import Clock
from motp_verifier.store import signing_keys as rows
from motp_verifier.store.audit import Detail
from motp_verifier.store.port import Store, StoreUnavailable
from motp_verifier.store.sealed import SIGNING_KEY_PRIVATE
from motp_verifier.store.signing_keys import SigningKeyRow

CACHE_SECONDS = 300
"""How long others may keep the published set."""

PUBLISHED_AHEAD_MINUTES = 15
"""How long a new key is published before it signs: more than anyone keeps an older set."""

KeyState: TypeAlias = Literal["pending", "active", "retired"]


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """A key as operators see it. Times are in milliseconds since 1970."""

    kid: str
    state: KeyState
    created_at: int
    active_at: int


@dataclass(frozen=True, slots=True)
class RotationBegun:
    """A new key is published and will sign from `active_at` on."""

    kid: str
    active_at: int


@dataclass(frozen=True, slots=True)
class RotationUnderWay:
    """A new key is published already and waits for its time."""

    kid: str
    active_at: int


RotationOutcome: TypeAlias = RotationBegun | RotationUnderWay

Sign: TypeAlias = Callable[[str, bytes], str]
"""A type and a payload in, a compact JWS out."""


class NoSigningKey(StoreUnavailable):
    """No key could be loaded from the database yet."""


class _Signer:
    """A loaded private key, with all of each header that does not change."""

    def __init__(self, row: SigningKeyRow, private: Ed25519PrivateKey) -> None:
        self.kid = row.kid
        self.active_at = row.active_at
        self._sign = private.sign
        self._headers: dict[str, bytes] = {}

    def sign(self, typ: str, payload: bytes) -> str:
        header = self._headers.get(typ)
        if header is None:
            members = {"alg": "EdDSA", "kid": self.kid, "typ": typ}
            header = _b64(msgspec.json.encode(members)) + b"."
            self._headers[typ] = header
        signed = header + _b64(payload)
        return (signed + b"." + _b64(self._sign(signed))).decode("ascii")


class SigningKeys:
    """The keys as this process knows them.

    `now` is in milliseconds since 1970; `actor` is for the audit.
    """

    def __init__(self, store: Store, keys: MasterKeys, now: Clock, actor: str = SYSTEM) -> None:
        self._actor = actor
        self._store = store
        self._keys = keys
        self._now = now
        self._rows: tuple[SigningKeyRow, ...] = ()
        self._signers: tuple[_Signer, ...] = ()  # the one that began last stands first
        self._published = b""

    async def refresh(self) -> None:
        """Learn of keys that were added, and make the first. Raises StoreUnavailable."""
        found = await self._store.read(rows.all_keys)
        if not found:
            # Nobody can have kept a set without it: it signs at once.
            now = self._now()
            await self._store.run("signing-key", lambda c: self._add(c, [], now, now))
            found = await self._store.read(rows.all_keys)
        self._load(found)

    def signer(self) -> Sign:
        """What signs with the key of this moment, now or later. Raises NoSigningKey."""
        now = self._now()
        for signer in self._signers:
            if signer.active_at <= now:
                return signer.sign
        raise NoSigningKey

    def sign(self, typ: str, payload: bytes) -> str:
        """A compact JWS (RFC 7515) over `payload`, EdDSA by RFC 8037. Raises NoSigningKey."""
        return self.signer()(typ, payload)

    def published(self) -> bytes:
        """The public keys as a JWK set (RFC 7517 §5), those to come included."""
        return self._published

    async def public_keys(self) -> dict[str, bytes]:
        """Every public key there ever was, by its kid. Raises StoreUnavailable."""
        return {row.kid: row.public_key for row in await self._store.read(rows.all_keys)}

    async def rotate(self, after_minutes: int = PUBLISHED_AHEAD_MINUTES) -> RotationOutcome:
        """Publish a new key that signs after that time; not if one is waiting already.

        One that signs at once is for a key that leaked, and waits for nobody.
        """
        now = self._now()

        def work(connection: Connection) -> RotationOutcome:
            existing = rows.all_keys(connection)
            waiting = [row for row in existing if row.active_at > now]
            if waiting and after_minutes > 0:
                return RotationUnderWay(waiting[-1].kid, waiting[-1].active_at)
            active_at = now + after_minutes * 60_000 if existing else now
            added = self._add(connection, existing, now, active_at)
            if added is None:
                newest = rows.all_keys(connection)[-1]
                return RotationUnderWay(newest.kid, newest.active_at)
            return RotationBegun(added.kid, added.active_at)

        return await self._store.run("signing-key", work)

    async def all(self) -> list[KeyInfo]:
        """Every key, oldest first."""
        found = await self._store.read(rows.all_keys)
        now = self._now()
        active = _active(found, now)
        return [
            KeyInfo(row.kid, _state(row, active, now), row.created_at, row.active_at)
            for row in found
        ]

    def _add(
        self, connection: Connection, existing: list[SigningKeyRow], now: int, active_at: int
    ) -> SigningKeyRow | None:
        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes_raw()
        kid = thumbprint(public)
        number = existing[-1].number + 1 if existing else 1
        row = SigningKeyRow(
            number=number,
            kid=kid,
            public_key=public,
            private_sealed=self._keys.seal(
                private.private_bytes_raw(), SIGNING_KEY_PRIVATE.place(number)
            ),
            created_at=now,
            active_at=active_at,
        )
        if not rows.insert_key(connection, row):
            return None
        detail: Detail = {"kid": kid, "active_at": active_at}
        record(connection, now, "signing-key-added", actor=self._actor, detail=detail)
        return row

    def _load(self, found: list[SigningKeyRow]) -> None:
        if tuple(found) == self._rows:
            return
        active = _active(found, self._now())
        newest_first = sorted(found, key=lambda row: (row.active_at, row.number), reverse=True)
        self._signers = tuple(
            _Signer(row, self._open(row, row.private_sealed))
            for row in newest_first
            if row.private_sealed is not None
            and (active is None or row.active_at >= active.active_at)
        )
        self._published = msgspec.json.encode({"keys": [_jwk(row) for row in found]})
        self._rows = tuple(found)

    def _open(self, row: SigningKeyRow, sealed: bytes) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(
            self._keys.open(sealed, SIGNING_KEY_PRIVATE.place(row.number))
        )


def _jwk(row: SigningKeyRow) -> dict[str, str]:
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": b64url_encode(row.public_key),
        "kid": row.kid,
        "use": "sig",
        "alg": "EdDSA",
    }


def _active(found: list[SigningKeyRow], now: int) -> SigningKeyRow | None:
    begun = [row for row in found if row.active_at <= now]
    return max(begun, key=lambda row: (row.active_at, row.number), default=None)


def _state(row: SigningKeyRow, active: SigningKeyRow | None, now: int) -> KeyState:
    if row.active_at > now:
        return "pending"
    return "active" if row == active else "retired"


def _b64(data: bytes) -> bytes:
    return b64url_encode(data).encode("ascii")
