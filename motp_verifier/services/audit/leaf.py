"""The bytes of an audit row that its seal covers; `docs/protocol.md` has them for others."""

import hashlib
import hmac

import msgspec

from motp_protocol.encoding import b64url_encode
from motp_verifier.services.audit.merkle import leaf_hash
from motp_verifier.store.audit import AuditRow

FORMAT = "motp-audit-1"
_encode = msgspec.json.Encoder().encode  # RFC 8785, for a list of texts and integers


def source_hash(row: AuditRow) -> bytes | None:
    """What stands for the address: it stays the same when the address is erased."""
    if row.source is None or row.source_salt is None:
        return row.source_hash
    return hmac.digest(row.source_salt, row.source.encode(), hashlib.sha256)


def entry_of(row: AuditRow) -> bytes:
    """The row as a JSON list, which no other row has."""
    source = source_hash(row)
    return _encode(
        (
            FORMAT,
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
    )


def leaf_of(row: AuditRow) -> bytes:
    """The hash of the row's leaf."""
    return leaf_hash(entry_of(row))
