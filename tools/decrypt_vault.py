"""Opens a motp-desktop vault without motp-desktop: the format of docs/security.md, in code.

    python decrypt_vault.py VAULT DEVICE_SECRET            what needs no PIN
    python decrypt_vault.py VAULT DEVICE_SECRET PIN SHARE  the seed too

DEVICE_SECRET, from the keychain, and SHARE, from the verifier, are 32 bytes in base64 or
base64url. Needs the packages `cryptography` and `msgspec`. Prints JSON, bytes as base64.
"""

import base64
import hashlib
import hmac
import json
import sys
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MAGIC = b"motp-vault-1\n"
NONCE = 12


def extract(salt: bytes, key: bytes) -> bytes:
    """HKDF-Extract with SHA-256 (RFC 5869 §2.2)."""
    return hmac.digest(salt or bytes(32), key, hashlib.sha256)


def expand(key: bytes, info: str) -> bytes:
    """HKDF-Expand to 32 bytes, which is its first block (RFC 5869 §2.3)."""
    return hmac.digest(key, info.encode() + b"\x01", hashlib.sha256)


def open_outer(vault: bytes, device_secret: bytes) -> dict[str, Any]:
    """All but the seed. Raises InvalidTag where it is another device's, or altered."""
    if not vault.startswith(MAGIC):
        raise ValueError("this is no vault of version 1")
    nonce, sealed = vault[len(MAGIC) :][:NONCE], vault[len(MAGIC) + NONCE :]
    key = expand(extract(b"", device_secret), "motp/v1 device")
    contents: dict[str, Any] = msgspec.msgpack.decode(AESGCM(key).decrypt(nonce, sealed, MAGIC))
    return contents


def open_seed(contents: dict[str, Any], device_secret: bytes, pin: str, share: bytes) -> bytes:
    """The seed. Raises InvalidTag where the PIN or the share is not the right one."""
    passes, memory, lanes = (contents["argon2"][it] for it in ("passes", "memory_kib", "lanes"))
    salt = contents["pin_salt"]
    argon2 = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    wrap = expand(extract(device_secret, argon2.derive(pin.encode())), "motp/v1 wrap")
    key = expand(extract(share, wrap), "motp/v1 vault")
    sealed = contents["sealed_seed"]
    context = b"motp/v1 seed\x00" + contents["registration_id"].encode()
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], context)


def main(path: str, device_secret: str, pin: str = "", share: str = "") -> None:
    """Print what a vault holds."""
    secret = unbase64(device_secret)
    contents = open_outer(Path(path).read_bytes(), secret)
    if share:
        contents["seed"] = open_seed(contents, secret, pin, unbase64(share))
    print(json.dumps(contents, ensure_ascii=False, indent=2, default=in_base64))


def unbase64(text: str) -> bytes:
    """Bytes from base64 in either alphabet, padded or not."""
    return base64.urlsafe_b64decode(text.translate(str.maketrans("+/", "-_")).rstrip("=") + "===")


def in_base64(value: bytes) -> str:
    """Bytes as JSON has them."""
    return base64.b64encode(value).decode()


if __name__ == "__main__":
    main(*sys.argv[1:])
