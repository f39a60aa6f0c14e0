"""Encryption at rest, under master keys that lie outside the database.

A key file has one `<id> <32 bytes, base64url>` a line. New values are sealed under the
first; older ones keep opening under the key that they name, so that keys can be rotated.
Each purpose has a subkey of its own (HKDF-SHA-256, RFC 5869).
"""

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.keys import KEY_SIZE, hkdf_expand, hkdf_extract

_NONCE_SIZE = 12
_KEY_ID = re.compile(r"[a-z0-9]{1,16}")
_PRIVATE_MODE = 0o600
_OTHERS = 0o077


class KeyFileError(Exception):
    """The key file is missing, unreadable, open to others, or not of its form."""


class SealBroken(Exception):
    """A sealed value was changed, moved to another place, or its key is not here."""


class MasterKeys:
    """The keys that everything at rest depends on.

    `context` names the place of a value (`table.column:row id`) and is authenticated with
    it: a sealed value copied into another row does not open.
    """

    def __init__(self, keys: dict[str, bytes]) -> None:
        """Keys by id, 32 bytes each, the newest first."""
        if not keys:
            raise KeyFileError("the key file has no key")
        self._newest = next(iter(keys))
        self._sealing = {
            name: AESGCM(hkdf_expand(hkdf_extract(b"", key), "motp-verifier seal"))
            for name, key in keys.items()
        }
        # Indexes must not change when keys are rotated: they hang on the oldest key.
        self._index_root = hkdf_extract(b"", keys[list(keys)[-1]])
        self._index_keys: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return f"<MasterKeys, {len(self._sealing)} of them>"

    def seal(self, plain: bytes, context: str) -> bytes:
        """`plain` under AES-256-GCM: key id, colon, nonce, ciphertext and tag."""
        nonce = secrets.token_bytes(_NONCE_SIZE)
        prefix = self._newest.encode("ascii") + b":"
        sealed = self._sealing[self._newest].encrypt(nonce, plain, prefix + context.encode())
        return prefix + nonce + sealed

    def open(self, sealed: bytes, context: str) -> bytes:
        """What was sealed for this place. Raises SealBroken."""
        name, colon, rest = sealed.partition(b":")
        key = self._sealing.get(name.decode("ascii", "replace"))
        if not colon or key is None:
            raise SealBroken("the value names a key that is not in the key file")
        try:
            return key.decrypt(
                rest[:_NONCE_SIZE], rest[_NONCE_SIZE:], name + colon + context.encode()
            )
        except (InvalidTag, ValueError) as error:
            raise SealBroken(
                f"the sealed value of {context.partition(':')[0]} is broken"
            ) from error

    def blind_index(self, purpose: str, value: bytes) -> bytes:
        """A keyed hash (HMAC-SHA-256) by which `value` can be found but not read."""
        key = self._index_keys.get(purpose)
        if key is None:
            key = hkdf_expand(self._index_root, f"motp-verifier index {purpose}")
            self._index_keys[purpose] = key
        return hmac.digest(key, value, hashlib.sha256)


def load_or_create(path: Path) -> MasterKeys:
    """The keys of a file that only its owner can read, made with one new key if missing.

    Raises KeyFileError.
    """
    try:
        if not path.exists():
            _create(path)
        return _load(path)
    except OSError as error:
        raise KeyFileError(f"cannot use the key file {path}: {error.strerror}") from error


def _load(path: Path) -> MasterKeys:
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise KeyFileError(f"the key file {path} can be read by others: chmod 600 it")
    keys: dict[str, bytes] = {}
    for number, line in enumerate(path.read_text("ascii", "replace").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, value = line.partition(" ")
        try:
            key = b64url_decode(value.strip(), KEY_SIZE)
        except ValueError:
            key = b""
        if not key or not _KEY_ID.fullmatch(name) or name in keys:
            raise KeyFileError(f"line {number} of the key file {path} is not `<id> <key>`")
        keys[name] = key
    return MasterKeys(keys)


def _create(path: Path) -> None:
    """Write a new key whole or not at all; whoever comes second uses the first's."""
    line = f"k1 {b64url_encode(secrets.token_bytes(KEY_SIZE))}\n"
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_MODE)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
