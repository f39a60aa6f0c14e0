"""The sealer: all rows not yet sealed go under a head, signed and chained to the one before.

Only one process seals at a time, by a lease; should two try after all, a head's number is
taken once and the other's work is thrown away. No row is sealed before every row with a
lower number has been committed or undone: see `store.audit_heads.take_mark`.
"""

import asyncio
import logging
import secrets
import time
from functools import partial
from typing import Protocol

import msgspec
from sqlalchemy import Connection

from motp_protocol.encoding import b64url_encode
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.heads import HEAD_TYPE, HeadClaims, head_hash
from motp_verifier.services.audit.leaf import leaf_of
from motp_verifier.services.audit.leaves import LeafList
from motp_verifier.services.audit.merkle import TreeBuilder
from motp_verifier.services.signed import Clock
from motp_verifier.store import audit, audit_heads, leases
from motp_verifier.store.audit_heads import HeadRow, Mark
from motp_verifier.store.port import Store

LEASE = "audit-seal"
LEASE_MS = 90_000
BATCH = 16_384
"""The most rows under one head: what a proof or a check must hold in memory."""
_CHUNK = 2048
_PATIENCE_SECONDS = 20.0
_FIRST_PAUSE_SECONDS = 0.005
_LAST_PAUSE_SECONDS = 0.5

_log = logging.getLogger(__name__)


class HeadSigner(Protocol):
    """Signs for the verifier, by keys that are published."""

    def sign(self, typ: str, payload: bytes) -> str:
        """A compact JWS (RFC 7515) over `payload`."""
        ...


def head_mac(keys: MasterKeys, token: str) -> bytes:
    """What shows that a head was made by somebody who has the master key."""
    return keys.blind_index("audit head", token.encode("ascii"))


class Sealer:
    """Seals the audit. `issuer` is the verifier's public origin."""

    def __init__(
        self, store: Store, keys: MasterKeys, signer: HeadSigner, issuer: str, now: Clock
    ) -> None:
        self._store = store
        self._keys = keys
        self._signer = signer
        self._issuer = issuer
        self._now = now
        self._holder = secrets.token_hex(8)

    async def seal(self) -> None:
        """Seal what there is, unless another process is at it. Raises StoreUnavailable."""
        if not await self._store.read(_has_unsealed):
            return
        try:
            if not await self._claim():
                return
            mark = await self._store.run("audit-mark", audit_heads.take_mark)
            if not await self._settled(mark):
                _log.warning("audit: a transaction does not end; its rows are sealed later")
                return
            while await self._seal_batch(mark.last_id):
                if not await self._claim():
                    return
        finally:
            await self._store.run("audit-seal-done", self._release)

    async def _claim(self) -> bool:
        now = self._now()
        return await self._store.run(
            "audit-seal-claim",
            lambda c: leases.claim(c, LEASE, self._holder, now, now + LEASE_MS),
        )

    def _release(self, connection: Connection) -> None:
        leases.release(connection, LEASE, self._holder)

    async def _settled(self, mark: Mark) -> bool:
        """Wait for the transactions that may still add rows below the mark."""
        end = time.monotonic() + _PATIENCE_SECONDS
        pause = _FIRST_PAUSE_SECONDS
        while not await self._store.read(lambda c: audit_heads.is_settled(c, mark)):
            if time.monotonic() > end:
                return False
            # PostgreSQL tells nobody when a transaction is over.
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LAST_PAUSE_SECONDS)
        return True

    async def _seal_batch(self, last_id: int) -> bool:
        """Seal one batch of the rows up to this one; whether there may be more."""
        previous = await self._store.read(audit_heads.newest_head)
        batch = _Batch(1 if previous is None else previous.last_id + 1)
        while leaves := await self._store.read(partial(_read, batch.last, last_id, batch.room)):
            batch.add(leaves)
        if not batch.tree.size:
            return False
        head = self._head(previous, batch)
        packed = batch.leaves.packed()
        if not await self._store.run(
            "audit-seal", lambda c: audit_heads.insert_head(c, head, packed)
        ):
            return False
        # Whoever keeps the log elsewhere keeps what shows that no head was replaced.
        _log.info(
            "audit head %d: rows %d to %d, hash %s",
            head.number,
            head.first_id,
            head.last_id,
            head_hash(head.token).hex(),
        )
        return True

    def _head(self, previous: HeadRow | None, batch: "_Batch") -> HeadRow:
        now = self._now()
        number = 1 if previous is None else previous.number + 1
        root = batch.tree.root()
        claims = HeadClaims(
            iss=self._issuer,
            iat=now // 1000,
            head=number,
            first=batch.first,
            last=batch.last,
            size=batch.tree.size,
            root=b64url_encode(root),
            previous=None if previous is None else b64url_encode(head_hash(previous.token)),
        )
        token = self._signer.sign(HEAD_TYPE, msgspec.json.encode(claims))
        return HeadRow(
            number=number,
            at=now,
            first_id=batch.first,
            last_id=batch.last,
            size=batch.tree.size,
            root=root,
            token=token,
            mac=head_mac(self._keys, token),
        )


class _Batch:
    """The rows that go under one head, as far as they were read."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.last = first - 1
        self.tree = TreeBuilder()
        self.leaves = LeafList()

    @property
    def room(self) -> int:
        """How many rows more to read at once."""
        return min(_CHUNK, BATCH - self.tree.size)

    def add(self, leaves: list[tuple[int, bytes]]) -> None:
        """Take the rows that follow in."""
        for row_id, leaf in leaves:
            self.tree.add(leaf)
            self.leaves.add(row_id, leaf)
            self.last = row_id


def _read(after: int, last_id: int, limit: int, connection: Connection) -> list[tuple[int, bytes]]:
    """Rows and their leaves: hashed here, on the database's thread."""
    rows = audit.rows_between(connection, after + 1, last_id, limit)
    return [(row.id, leaf_of(row)) for row in rows]


def _has_unsealed(connection: Connection) -> bool:
    newest = audit_heads.newest_head(connection)
    return audit.last_row_id(connection) > (0 if newest is None else newest.last_id)
