"""Signed requests, each of which is served once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection

from motp_protocol.signature import NONCE_LIFETIME_SECONDS
from motp_verifier.store import nonces
from motp_verifier.store.port import Store

T = TypeVar("T")

Clock: TypeAlias = Callable[[], int]
"""The time in milliseconds since 1970."""


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """Whose key signed a request, when, and where from; its signature was verified.

    `created` is in seconds since 1970. `source` is the client's address, None where it is not
    known; `block` the network that counts as one client.
    """

    keyid: str
    nonce: str
    created: int
    source: str | None = field(repr=False)
    block: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Replayed:
    """This very request was served before; it was not done again."""


async def run_signed(
    store: Store, operation: str, signed: SignedRequest, work: Callable[[Connection], T]
) -> T | Replayed:
    """Do `work` for a signed request, in one transaction with the record of its nonce."""

    def once(connection: Connection) -> T | Replayed:
        expires_at = (signed.created + NONCE_LIFETIME_SECONDS) * 1000
        if not nonces.record_nonce(connection, signed.keyid, signed.nonce, expires_at):
            return Replayed()
        return work(connection)

    return await store.run(operation, once)
