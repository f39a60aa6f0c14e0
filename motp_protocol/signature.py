"""Signed requests: HTTP Message Signatures (RFC 9421) in one fixed profile.

Ed25519 over the method, authority, path, query and content digest (RFC 9530), with
`created`, `nonce`, `keyid` and `alg` in this order. Anything else is refused rather than
interpreted, so that there is one way to read a signature.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from motp_protocol.encoding import b64url_decode, b64url_encode

DEVICE_LABEL = "motp"
KIOSK_LABEL = "kiosk"
NONCE_SIZE = 16
MAX_CLOCK_DIFFERENCE_SECONDS = 300
NONCE_LIFETIME_SECONDS = 600

_COVERED = ("@method", "@authority", "@path", "@query", "content-digest")
_COVERED_TEXT = "(" + " ".join(f'"{name}"' for name in _COVERED) + ")"
_MEMBER = re.compile(
    r"(?P<label>[a-z][a-z0-9]{0,15})=(?P<params>"
    + re.escape(_COVERED_TEXT)
    + r';created=(?P<created>[0-9]{1,12});nonce="(?P<nonce>[A-Za-z0-9_-]{22})"'
    r';keyid="(?P<keyid>[A-Za-z0-9_-]{43})";alg="ed25519")'
)
_SIGNATURE = re.compile(
    r"(?P<label>[a-z][a-z0-9]{0,15})=:(?P<signature>[A-Za-z0-9+/]{85}[AQgw]==):"
)


@dataclass(frozen=True, slots=True)
class RequestParts:
    """The parts of a request that its signature covers.

    `authority` is the verifier's own host and port, lower case, without a default port
    (RFC 9421 §2.2.3); `query` has no leading question mark.
    """

    method: str
    authority: str
    path: str
    query: str = ""
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class PresentedSignature:
    """What a request says of its own signature, before it is verified.

    `created` is in seconds since 1970.
    """

    created: int
    nonce: str
    keyid: str
    params: str
    signature: bytes


def key_id(public_key: bytes) -> str:
    """The name of a raw Ed25519 public key: base64url of its SHA-256."""
    return b64url_encode(hashlib.sha256(public_key).digest())


def content_digest(body: bytes) -> str:
    """The Content-Digest field of a body (RFC 9530 §2), an empty one included."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}:"


def signature_base(components: Sequence[tuple[str, str]], params: str) -> bytes:
    """The signature base (RFC 9421 §2.5) of components and their signature parameters.

    Raises ValueError for a value with a line break or anything else that is not printable
    ASCII: two requests could then have one base.
    """
    lines = [f'"{name}": {value}' for name, value in components]
    lines.append(f'"@signature-params": {params}')
    if not all(line.isascii() and line.isprintable() for line in lines):
        raise ValueError("a signed component has characters other than printable ASCII")
    return "\n".join(lines).encode("ascii")


def sign_request(
    key: Ed25519PrivateKey,
    parts: RequestParts,
    *,
    created: int,
    nonce: bytes,
    label: str = DEVICE_LABEL,
) -> dict[str, str]:
    """The three header fields that sign a request.

    `created` is in seconds since 1970 as the verifier counts them; `nonce` is 16 random
    bytes, never used twice.
    """
    keyid = key_id(key.public_key().public_bytes_raw())
    params = (
        f"{_COVERED_TEXT};created={created}"
        f';nonce="{b64url_encode(nonce)}";keyid="{keyid}";alg="ed25519"'
    )
    digest = content_digest(parts.body)
    signature = key.sign(_base(parts, digest, params))
    return {
        "Content-Digest": digest,
        "Signature-Input": f"{label}={params}",
        "Signature": f"{label}=:{base64.b64encode(signature).decode('ascii')}:",
    }


def read_signature(
    headers: Mapping[str, str], label: str = DEVICE_LABEL
) -> PresentedSignature | None:
    """The signature that lower-case header fields present under `label`, if well formed."""
    inputs = _members(_MEMBER, headers.get("signature-input", ""))
    signatures = _members(_SIGNATURE, headers.get("signature", ""))
    if inputs is None or signatures is None or label not in inputs or label not in signatures:
        return None
    described = inputs[label]
    try:
        b64url_decode(described["nonce"], NONCE_SIZE)
    except ValueError:
        return None
    return PresentedSignature(
        created=int(described["created"]),
        nonce=described["nonce"],
        keyid=described["keyid"],
        params=described["params"],
        signature=base64.b64decode(signatures[label]["signature"]),
    )


def verify_request(
    presented: PresentedSignature, public_key: bytes, parts: RequestParts, digest: str
) -> bool:
    """Whether `public_key` signed these parts and `digest` is that of their body.

    `digest` is the Content-Digest field as received. `created` and the nonce are the
    caller's to judge.
    """
    if not hmac.compare_digest(presented.keyid, key_id(public_key)):
        return False
    if digest != content_digest(parts.body):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(presented.signature, _base(parts, digest, presented.params))
    except (InvalidSignature, ValueError):
        return False
    return True


def _base(parts: RequestParts, digest: str, params: str) -> bytes:
    values = (parts.method, parts.authority, parts.path, f"?{parts.query}", digest)
    return signature_base(list(zip(_COVERED, values, strict=True)), params)


def _members(pattern: re.Pattern[str], field_value: str) -> dict[str, dict[str, str]] | None:
    members: dict[str, dict[str, str]] = {}
    position = 0
    while match := pattern.match(field_value, position):
        if match["label"] in members:
            return None
        members[match["label"]] = match.groupdict()
        position = match.end()
        if position == len(field_value):
            return members
        separator = re.compile(r",[ \t]*").match(field_value, position)
        if separator is None:
            return None
        position = separator.end()
    return None
