"""Encryption at rest, under master keys that lie outside the database.

New values are sealed under the first key of the key file; older ones keep opening under the
key that they name, so that keys can be rotated. Each purpose has a subkey of its own
(HKDF-SHA-256, RFC 5869). The root of the keyed indexes is no master key: it lies in the
database, sealed, and stays the same when keys are rotated.
"""

import hashlib
import hmac
import logging
import secrets
import time
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from motp_protocol.keys import hkdf_expand, hkdf_extract
from motp_verifier.key_file import KeyFile, KeyFileError, Version

LOOK_AGAIN_SECONDS = 1.0
"""A change of the key file is seen by the first value sealed so long after it."""

_NONCE_SIZE = 12
_log = logging.getLogger(__name__)


class SealBroken(Exception):
    """A sealed value was changed, moved to another place, or its key is not here."""


class MasterKeys:
    """The keys that everything at rest depends on.

    `context` names the place of a value (`table.column:row id`) and is authenticated with
    it: a sealed value copied into another row does not open.
    """

    def __init__(self, keys: dict[str, bytes], file: KeyFile | None = None) -> None:
        """Keys by id, 32 bytes each, the sealing one first. `file` is watched for changes.

        Without a file the indexes hang on the last key until `use_index_root`.
        """
        self._file = file
        self._seen: Version | None = None if file is None else file.version()
        self._look_at = 0.0
        self._index_keys: dict[str, bytes] = {}
        self._take(keys)
        self._index_root = self._oldest_root if file is None else None

    def __repr__(self) -> str:
        return f"<MasterKeys, {len(self._sealing)} of them>"

    @property
    def ids(self) -> tuple[str, ...]:
        """The keys' ids, the sealing one first."""
        return tuple(self._sealing)

    def seal(self, plain: bytes, context: str) -> bytes:
        """`plain` under AES-256-GCM: key id, colon, nonce, ciphertext and tag."""
        if self._file is not None and time.monotonic() >= self._look_at:
            self.look_again()
        sealing = self._sealing
        newest = next(iter(sealing))
        nonce = secrets.token_bytes(_NONCE_SIZE)
        prefix = newest.encode("ascii") + b":"
        return prefix + nonce + sealing[newest].encrypt(nonce, plain, prefix + context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """What was sealed for this place. Raises SealBroken."""
        name, colon, rest = sealed.partition(b":")
        key = self._find(name.decode("ascii", "replace"))
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
        """A keyed hash (HMAC-SHA-256) by which `value` can be found but not read.

        Only once the root is known: see `motp_verifier.services.index_root`.
        """
        key = self._index_keys.get(purpose)
        if key is None:
            if self._index_root is None:
                raise RuntimeError("the index root is not open: call open_index_root first")
            key = hkdf_expand(self._index_root, f"motp-verifier index {purpose}")
            self._index_keys[purpose] = key
        return hmac.digest(key, value, hashlib.sha256)

    def use_index_root(self, root: bytes) -> None:
        """Take the root of all blind indexes, as it lies in the database."""
        self._index_root = root
        self._index_keys = {}

    def first_index_root(self) -> bytes:
        """The root that indexes hung on before it lay in the database: the oldest key."""
        return self._oldest_root

    def look_again(self) -> None:
        """Take the key file's present keys. One that cannot be used changes nothing."""
        if self._file is None:
            return
        self._look_at = time.monotonic() + LOOK_AGAIN_SECONDS
        try:
            version = self._file.version()
            if version == self._seen:
                return
            keys = self._file.read()
        except KeyFileError as error:
            _log.error("the keys in use stay as they are: %s", error)
            return
        self._seen = version
        self._take(keys)
        _log.warning("the key file changed: %s seals, %d open", self.ids[0], len(keys))

    def _find(self, name: str) -> AESGCM | None:
        found = self._sealing.get(name)
        if found is None and self._file is not None:
            self.look_again()
            found = self._sealing.get(name)
        return found

    def _take(self, keys: dict[str, bytes]) -> None:
        if not keys:
            raise KeyFileError("the key file has no key")
        # One assignment: other threads seal and open meanwhile.
        self._sealing = {
            name: AESGCM(hkdf_expand(hkdf_extract(b"", key), "motp-verifier seal"))
            for name, key in keys.items()
        }
        self._oldest_root = hkdf_extract(b"", keys[list(keys)[-1]])


def load_or_create(path: Path) -> MasterKeys:
    """The keys of a file that only its owner can read, made with one new key if missing.

    They follow the file's changes. Raises KeyFileError.
    """
    file = KeyFile(path)
    file.create()
    return MasterKeys(file.read(), file)
