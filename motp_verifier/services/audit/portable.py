"""Proofs and exports as files: what others check with nothing but the published keys.

`docs/protocol.md` has the formats for them. An entry is a list in RFC 8785's form: whoever
reads it can write the bytes that its leaf covers again.
"""

from typing import Literal, TypeAlias

import msgspec

from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_verifier.services.audit.leaf import Entry
from motp_verifier.services.audit.merkle import HASH_SIZE

EXPORT_TYPE = "motp-audit-export+jwt"

Filters: TypeAlias = dict[str, str | list[str]]
"""By which rows were chosen: `from`, `before`, `events`, `institution`, `registration`,
`subjects`; what is not there chose nothing."""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """That one entry is under a signed head: leaf `index` of its tree, and the path up."""

    format: Literal["motp-audit-proof-1"] = "motp-audit-proof-1"
    entry: Entry
    index: int
    path: list[str]
    head: str


class ExportBegins(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="export"):
    """The first line of an export."""

    format: Literal["motp-audit-export-1"] = "motp-audit-export-1"
    issuer: str
    exported_at: str
    filters: Filters


class HeadLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="head"):
    """A head, and how many of its rows follow, in the order of their ids."""

    rows: int
    head: str


class RowLine(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="line", tag="row"
):
    """A row of the head before. `index` and `path` are left out where all its rows follow.

    `address` and `salt` are what the entry's source is the HMAC of, where they are told.
    """

    entry: Entry
    index: int | None = None
    path: list[str] | None = None
    address: str | None = None
    salt: str | None = None


class ExportEnds(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="end"):
    """The last line of an export: without it the file was cut short."""

    rows: int
    heads: int
    statement: str


Line: TypeAlias = ExportBegins | HeadLine | RowLine | ExportEnds


class ExportClaims(msgspec.Struct, frozen=True, kw_only=True):
    """What the verifier states of an export: these are all sealed rows that it chose.

    `sha256` is base64url of the hash over all lines before the last, line feeds included.
    """

    iss: str
    iat: int
    filters: Filters
    rows: int
    heads: int
    sha256: str


def encode_path(path: list[bytes]) -> list[str]:
    """The hashes of a path as text."""
    return [b64url_encode(node) for node in path]


def decode_path(path: list[str]) -> list[bytes]:
    """The hashes of a path. Raises ValueError."""
    return [b64url_decode(node, HASH_SIZE) for node in path]
