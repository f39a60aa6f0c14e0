"""The bytes of an audit row that its seal covers; `docs/protocol.md` has them for others."""

import hashlib
import hmac
from typing import Literal

import msgspec

from motp_protocol.encoding import b64url_encode
from motp_verifier.services.audit.merkle import leaf_hash
from motp_verifier.store.audit import AuditRow

_encode = msgspec.json.Encoder().encode  # RFC 8785, for a list of texts and integers


class Entry(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What the seal covers: a JSON list, which no other row has.

    `subject` and `source` are base64url; `source` is `source_hash`.
    """

    format: Literal["motp-audit-1"]
    id: int
    at: int
    kind: str
    subject: str | None
    institution_id: str | None
    registration_id: str | None
    actor: str
    source: str | None
    reason: str | None
    detail: str

    def leaf(self) -> bytes:
        """The hash of the row's leaf."""
        return leaf_hash(_encode(self))


def source_hash(row: AuditRow) -> bytes | None:
    """What stands for the address: it stays the same when the address is erased."""
    if row.source is None or row.source_salt is None:
        return row.source_hash
    return hash_of_source(row.source_salt, row.source)


def hash_of_source(salt: bytes, address: str) -> bytes:
    """What an entry says of an address."""
    return hmac.digest(salt, address.encode(), hashlib.sha256)


def entry_of(row: AuditRow) -> Entry:
    """What the seal of this row covers."""
    source = source_hash(row)
    return Entry(
        "motp-audit-1",
        row.id,
        row.at,
        row.kind,
        None if row.subject is None else b64url_encode(row.subject),
        row.institution_id,
        row.registration_id,
        row.actor,
        None if source is None else b64url_encode(source),
        row.reason,
        row.detail,
    )


def leaf_of(row: AuditRow) -> bytes:
    """The hash of the row's leaf."""
    return entry_of(row).leaf()
