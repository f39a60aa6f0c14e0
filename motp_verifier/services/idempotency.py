"""The same request under the same idempotency key gets the same answer, and is done once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys
from motp_verifier.store import idempotency as rows
from motp_verifier.store.idempotency import StoredAnswer
from motp_verifier.store.sets import Write

LIFETIME_MS = 24 * 60 * 60 * 1000
FORM_LIFETIME_MS = 60 * 1000
"""How long an accepted form may be sent once more."""


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A request under an idempotency key: which key, and which request.

    Its answer is given again for `lifetime_ms`, the time itself not included; where
    `accepted_only`, no other answer than that a code was accepted.
    """

    key_hash: bytes
    request_hash: bytes = field(repr=False)
    lifetime_ms: int = LIFETIME_MS
    accepted_only: bool = False


@dataclass(frozen=True, slots=True)
class Repeated:
    """This request was answered before: the same bytes again."""

    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyReused:
    """The key was used for another request."""


class GivenAnswers:
    """What was answered to the keyed requests of one batch, before it or in it."""

    def __init__(self, found: Mapping[bytes, StoredAnswer], now: int) -> None:
        self._found = dict(found)
        self._new: list[StoredAnswer] = []
        self._now = now

    def known(self, request: KeyedRequest | None) -> Repeated | KeyReused | None:
        """The answer to a request that was made before; None where it must be done."""
        stored = None if request is None else self._found.get(request.key_hash)
        if request is None or stored is None or stored.at <= self._now - request.lifetime_ms:
            return None
        if stored.request_hash != request.request_hash:
            return KeyReused()
        return Repeated(stored.answer)

    def add(self, request: KeyedRequest, body: bytes) -> None:
        """A request was done, and answered so."""
        stored = StoredAnswer(request.key_hash, request.request_hash, body, self._now)
        self._found[request.key_hash] = stored
        self._new.append(stored)

    def kept(self) -> Write:
        """Keep the new answers, in the transaction that does what they say."""
        return rows.kept_answers(self._new)


class Idempotency:
    """Finds what was answered before."""

    def __init__(self, keys: MasterKeys) -> None:
        self._keys = keys

    def keyed(self, institution_id: str, key: str, request: msgspec.Struct) -> KeyedRequest:
        """What stands for a request. Another institution's key of the same text is another.

        Requests are the same if their members are. They hold a code and perhaps a name and a
        number, all short enough to be guessed from a plain hash: this one is keyed.
        """
        return KeyedRequest(
            hashlib.sha256(f"{institution_id}\x00{key}".encode()).digest(),
            self._keys.blind_index("idempotency", msgspec.json.encode(request)),
        )

    def keyed_form(
        self, institution_id: str, sent: Sequence[str], request: msgspec.Struct
    ) -> KeyedRequest:
        """What stands for a form, which has no key of its own: all that it says.

        `sent` is what the form says beyond the request.
        """
        said = msgspec.json.encode([institution_id, sent, request])
        both = self._keys.blind_index("form", said)
        return KeyedRequest(both, both, FORM_LIFETIME_MS, accepted_only=True)

    def open(
        self, connection: Connection, requests: Sequence[KeyedRequest], now: int
    ) -> GivenAnswers:
        """What is known of a batch's requests. Before all else in its write transaction.

        Until the commit nobody else is answered under these keys.
        """
        key_hashes = [each.key_hash for each in requests]
        return GivenAnswers(rows.find_answers(connection, key_hashes, now - LIFETIME_MS), now)
