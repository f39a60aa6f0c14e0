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
class Countersignature:
    """That a kiosk signed a request too; its signature was verified.

    `created` is in seconds since 1970.
    """

    keyid: str
    nonce: str
    created: int


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
    kiosk: Countersignature | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """This very request was served before; it was not done again."""


async def run_signed(
    store: Store, operation: str, signed: SignedRequest, work: Callable[[Connection], T]
) -> T | Replayed:
    """Do `work` for a signed request, in one transaction with the record of its nonces."""

    def once(connection: Connection) -> T | Replayed:
        signatures: list[SignedRequest | Countersignature] = [signed]
        if signed.kiosk is not None:
            signatures.append(signed.kiosk)
        for each in signatures:
            expires_at = (each.created + NONCE_LIFETIME_SECONDS) * 1000
            if not nonces.record_nonce(connection, each.keyid, each.nonce, expires_at):
                return Replayed()
        return work(connection)

    return await store.run(operation, once)
