"""The protocol's computations a second time, from its document, without the project's own code.

Only the standard library and the primitives of `cryptography`: what the two agree on is not
one mistake made once.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


def hkdf_extract(salt: bytes, ikm: bytes) -> bytes:
    """RFC 5869 §2.2, SHA-256."""
    return hmac.new(salt or b"\x00" * 32, ikm, "sha256").digest()


def hkdf_expand(prk: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 §2.3, SHA-256."""
    output = block = b""
    counter = 1
    while len(output) < length:
        block = hmac.new(prk, block + info + bytes([counter]), "sha256").digest()
        output += block
        counter += 1
    return output[:length]


def hkdf(salt: bytes, ikm: bytes, info: bytes, length: int = 32) -> bytes:
    """Extract, then expand."""
    return hkdf_expand(hkdf_extract(salt, ikm), info, length)


def x25519(private: bytes, peer: bytes) -> bytes:
    """RFC 7748 §6.1."""
    key = X25519PrivateKey.from_private_bytes(private)
    return key.exchange(X25519PublicKey.from_public_bytes(peer))


def x25519_public(private: bytes) -> bytes:
    """The share that belongs to a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def argon2id(pin: bytes, salt: bytes, passes: int, memory_kib: int, lanes: int) -> bytes:
    """RFC 9106, 32 bytes."""
    kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory_kib)
    return kdf.derive(pin)


def totp(seed: bytes, step: int, digits: int, algorithm: str) -> str:
    """RFC 4226 §5.3 at the step that RFC 6238 §4.2 counts."""
    mac = hmac.new(seed, step.to_bytes(8, "big"), algorithm.lower()).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def document_hash(members: Mapping[str, str | list[str]]) -> str:
    """SHA-256 over the RFC 8785 form of a document without floats and astral member names."""
    form = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(form.encode("utf-8")).hexdigest()


def b64url(data: bytes) -> str:
    """RFC 4648 §5, without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64url(text: str) -> bytes:
    """The bytes of it."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def leaf_hash(entry: list[Any]) -> bytes:
    """RFC 6962 §2.1 over an audit entry's RFC 8785 form."""
    form = json.dumps(entry, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\x00" + form.encode("utf-8")).digest()


def tree_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    pair = tree_root(leaves[:split]) + tree_root(leaves[split:])
    return hashlib.sha256(b"\x01" + pair).digest()


def root_by_path(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    """From a leaf up, by halves: the other way round than RFC 9162 §2.1.3.2 goes."""
    if size == 1:
        assert not path
        return leaf
    split = 1
    while 2 * split < size:
        split *= 2
    if index < split:
        pair = root_by_path(index, split, leaf, path[:-1]) + path[-1]
    else:
        pair = path[-1] + root_by_path(index - split, size - split, leaf, path[:-1])
    return hashlib.sha256(b"\x01" + pair).digest()


def read_jws(token: str, typ: str, keys: Mapping[str, bytes]) -> dict[str, Any]:
    """What a compact JWS (RFC 7515, EdDSA) says, after its signature was checked."""
    header, payload, signature = token.split(".")
    named = json.loads(unb64url(header))
    assert (named["alg"], named["typ"]) == ("EdDSA", typ)
    key = Ed25519PublicKey.from_public_bytes(keys[named["kid"]])
    key.verify(unb64url(signature), f"{header}.{payload}".encode())
    claims: dict[str, Any] = json.loads(unb64url(payload))
    return claims


def rows_of_export(data: bytes, keys: Mapping[str, bytes]) -> list[list[Any]]:
    """The entries of an export, each proven to be under a signed head."""
    lines = data.splitlines(keepends=True)
    read = [json.loads(line) for line in lines]
    stated = read_jws(read[-1]["statement"], "motp-audit-export+jwt", keys)
    assert stated["sha256"] == b64url(hashlib.sha256(b"".join(lines[:-1])).digest())
    proven = []
    head: dict[str, Any] = {}
    whole: list[bytes] = []
    for line in read[1:]:
        if line["line"] != "row":
            assert not whole or tree_root(whole) == unb64url(head["root"])
        if line["line"] == "head":
            head, whole = read_jws(line["head"], "motp-head+jwt", keys), []
        elif line["line"] == "row":
            leaf = leaf_hash(line["entry"])
            if "path" in line:
                path = [unb64url(node) for node in line["path"]]
                root = root_by_path(line["index"], head["size"], leaf, path)
                assert b64url(root) == head["root"]
            else:
                whole.append(leaf)
            proven.append(line["entry"])
    assert len(proven) == stated["rows"]
    return proven
