"""The audit's part of `vectors.json`: two heads, a proof of each row, and an export."""

from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_protocol.encoding import b64url_encode
from motp_protocol.jwk import thumbprint
from motp_verifier.services.audit.export_files import ExportTerms, JsonLines
from motp_verifier.services.audit.exporting import ExportBatch
from motp_verifier.services.audit.heads import HEAD_TYPE, HeadClaims, head_hash
from motp_verifier.services.audit.leaf import entry_of, hash_of_source, leaf_of
from motp_verifier.services.audit.merkle import Tree
from motp_verifier.services.audit.proving import PlacedRow
from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.store.audit import AuditRow
from motp_verifier.store.audit_heads import HeadRow

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(0xC0, 0xE0)))
KID = thumbprint(KEY.public_key().public_bytes_raw())
ISSUER = "https://verifier.example"
NOW = 1_800_000_000_123
SUBJECT_KEY = bytes(range(0xE0, 0x100))
SALT = bytes(range(0xA0, 0xB0))
ADDRESS = "192.0.2.7"
CHOSEN = "pin-locked"


def _row(number: int, kind: str, **values: Any) -> AuditRow:
    row: dict[str, Any] = {
        "id": number, "at": NOW - 60_000 + number, "kind": kind, "subject": None,
        "institution_id": None, "registration_id": None, "actor": "device", "source": None,
        "source_salt": None, "source_hash": None, "reason": None, "detail": "{}",
    }  # fmt: skip
    return AuditRow(**row | values)


SUBJECT = subject_of(SUBJECT_KEY)
BATCHES = (
    (
        _row(1, "institution-added", actor="operator:root", institution_id="inst-1"),
        _row(
            2, "verification", actor="site:inst-1", subject=SUBJECT, institution_id="inst-1",
            registration_id="reg-1", source=ADDRESS, source_salt=SALT,
            detail='{"course":"C-1","occasion":"lesson","result":"accepted"}',
        ),
        # Number 3 belongs to a transaction that was undone.
        _row(4, "pin-locked", subject=SUBJECT, registration_id="reg-1"),
    ),
    (
        _row(5, "audit-searched", actor="operator:root", reason='점검 "가"\\나'),
        _row(6, "pin-locked", subject=SUBJECT, registration_id="reg-2", source_hash=bytes(32)),
    ),
)  # fmt: skip


def sign(typ: str, payload: bytes) -> str:
    """As the verifier signs."""
    header = msgspec.json.encode({"alg": "EdDSA", "kid": KID, "typ": typ})
    signed = f"{b64url_encode(header)}.{b64url_encode(payload)}"
    return f"{signed}.{b64url_encode(KEY.sign(signed.encode()))}"


def seal(rows: tuple[AuditRow, ...], previous: HeadRow | None) -> HeadRow:
    """A head over these rows."""
    root = Tree([leaf_of(row) for row in rows]).root()
    number, first = (1, 1) if previous is None else (previous.number + 1, previous.last_id + 1)
    claims = HeadClaims(
        iss=ISSUER,
        iat=NOW // 1000,
        head=number,
        first=first,
        last=rows[-1].id,
        size=len(rows),
        root=b64url_encode(root),
        previous=None if previous is None else b64url_encode(head_hash(previous.token)),
    )
    token = sign(HEAD_TYPE, msgspec.json.encode(claims))
    return HeadRow(number, NOW, first, rows[-1].id, len(rows), root, token, mac=b"")


def export(heads: list[HeadRow]) -> str:
    """An export of the rows of one kind, with their addresses."""
    file = JsonLines(ExportTerms(ISSUER, NOW, {"events": [CHOSEN]}, addresses=True), sign)
    content = file.begin()
    for head, rows in zip(heads, BATCHES, strict=True):
        tree = Tree([leaf_of(row) for row in rows])
        placed = [
            PlacedRow(row, index, tree.path(index))
            for index, row in enumerate(rows)
            if row.kind == CHOSEN
        ]
        content += file.batch(ExportBatch(head, placed))
    return (content + file.end()).decode("utf-8")


def head_vector(head: HeadRow, rows: tuple[AuditRow, ...]) -> dict[str, Any]:
    """A head, and for each of its rows the leaf and the way from it to the root."""
    tree = Tree([leaf_of(row) for row in rows])
    return {
        "head": head.token,
        "hash": head_hash(head.token).hex(),
        "root": head.root.hex(),
        "rows": [
            {
                "entry": msgspec.json.encode(entry_of(row)).hex(),
                "leaf": leaf_of(row).hex(),
                "index": index,
                "path": [node.hex() for node in tree.path(index)],
            }
            for index, row in enumerate(rows)
        ],
    }


def audit() -> dict[str, Any]:
    """The whole part."""
    first = seal(BATCHES[0], None)
    heads = [first, seal(BATCHES[1], first)]
    return {
        "subject_key": SUBJECT_KEY.hex(),
        "subject": (SUBJECT or b"").hex(),
        "address": ADDRESS,
        "salt": SALT.hex(),
        "source": hash_of_source(SALT, ADDRESS).hex(),
        "private_key": KEY.private_bytes_raw().hex(),
        "public_key": KEY.public_key().public_bytes_raw().hex(),
        "kid": KID,
        "heads": [head_vector(head, rows) for head, rows in zip(heads, BATCHES, strict=True)],
        "export": export(heads),
    }
