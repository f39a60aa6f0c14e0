"""Where a trainee's vault lies on a shared PC: found by the number, told by nothing.

    root   = HKDF-Extract(salt = kiosk id, ikm = the kiosk's device secret)
    name   = the first 16 bytes of HMAC-SHA-256(Expand(root, "motp/v1 kiosk names"), E.164), hex
    head   = sealed under Expand(root, "motp/v1 kiosk heads"): a salt, and the day of last use
    secret = Expand(Extract(salt, Expand(root, "motp/v1 kiosk profiles")), "motp/v1 device secret")

`secret` is to the vault what a keychain's is to that of a PC of one's own. All of it hangs on
the kiosk's device secret and id: what was another identity's is never found again.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from motp_desktop.services.kiosk.identity import OpenKiosk
from motp_desktop.services.kiosk.sealing import NONCE_SIZE, Seal
from motp_desktop.services.kiosk.storage import ProfileFolders
from motp_desktop.services.korea import in_korea
from motp_desktop.services.ports import Entropy, Slot, VaultStore
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.keys import KEY_SIZE, hkdf_expand, hkdf_extract

_MAGIC = b"motp-kiosk-profile-1\n"
_NAME_SIZE = 16
_FIRST_DAY = date(1970, 1, 1)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What makes a folder a profile. `last_day` counts the days since 1970 in Asia/Seoul."""

    salt: Annotated[bytes, Meta(min_length=KEY_SIZE, max_length=KEY_SIZE)]
    last_day: int

    def __repr__(self) -> str:
        return "<Head>"


@dataclass(frozen=True, slots=True, repr=False)
class _Keys:
    names: bytes
    heads: bytes
    secrets: bytes


class Profile:
    """One trainee's folder, which need not be there. Implements `DeviceSecretSource`.

    Methods raise StorageError.
    """

    def __init__(
        self,
        *,
        name: str,
        keys: _Keys,
        folders: ProfileFolders,
        verifier_clock: VerifierClock,
        entropy: Entropy,
    ) -> None:
        self.name = name
        self.vaults: VaultStore = folders.vaults(name)
        self._keys = keys
        self._folders = folders
        self._file = folders.head(name)
        self._seal = Seal(_MAGIC, keys.heads, name.encode("ascii"))
        self._verifier_clock = verifier_clock
        self._entropy = entropy

    def load(self) -> bytes | None:
        """The profile's device secret, or None where there is no profile."""
        head = self.head()
        return None if head is None else self._secret(head)

    def get_or_create(self) -> bytes:
        """The profile's device secret; the profile is made where there is none."""
        head = self.head()
        if head is None:
            head = self._save(self._entropy(KEY_SIZE))
        return self._secret(head)

    def delete(self) -> None:
        """Delete the profile."""
        self._folders.delete(self.name)

    def head(self) -> Head | None:
        """What the profile's first file holds; None where it is not there, or not the kiosk's."""
        stored = self._file.load()
        plain = None if stored is None else self._seal.open(stored)
        try:
            return None if plain is None else msgspec.msgpack.decode(plain, type=Head)
        except msgspec.DecodeError:
            return None

    def touch(self) -> None:
        """It was used today."""
        head = self.head()
        if head is not None and head.last_day != today(self._verifier_clock):
            self._save(head.salt)

    def has_vault(self) -> bool:
        """Whether there is a registration here, or one that waits to be confirmed."""
        return any(self.vaults.load(slot) is not None for slot in Slot)

    def _save(self, salt: bytes) -> Head:
        head = Head(salt=salt, last_day=today(self._verifier_clock))
        plain = msgspec.msgpack.encode(head)
        self._file.save(self._seal.close(plain, self._entropy(NONCE_SIZE)))
        return head

    def _secret(self, head: Head) -> bytes:
        return hkdf_expand(hkdf_extract(head.salt, self._keys.secrets), "motp/v1 device secret")


class Profiles:
    """The profiles of whichever kiosk this PC is. Methods raise StorageError."""

    def __init__(
        self, *, folders: ProfileFolders, verifier_clock: VerifierClock, entropy: Entropy
    ) -> None:
        self._folders = folders
        self._verifier_clock = verifier_clock
        self._entropy = entropy

    def of(self, kiosk: OpenKiosk, e164: str) -> Profile:
        """The profile of a number, whether it is there or not; touches no disk."""
        keys = _keys(kiosk)
        digest = hmac.digest(keys.names, e164.encode("ascii"), hashlib.sha256)
        return self._named(digest[:_NAME_SIZE].hex(), keys)

    def users_today(self, kiosk: OpenKiosk) -> int:
        """How many of those that are kept were used today."""
        keys, day = _keys(kiosk), today(self._verifier_clock)
        heads = (self._named(name, keys).head() for name in self._folders.names())
        return sum(head is not None and head.last_day == day for head in heads)

    def sweep(self, kiosk: OpenKiosk, *, but: str | None = None) -> None:
        """Delete what was not used for long, what has no vault, and what is not this kiosk's.

        `but` is the profile that somebody is at. Without the verifier's time nothing is old.
        """
        self._folders.clear()
        keys = _keys(kiosk)
        most = kiosk.identity.claims.unused_days
        for name in self._folders.names():
            profile = self._named(name, keys)
            if name != but and self._is_over(profile, most):
                profile.delete()

    def _is_over(self, profile: Profile, most_days: int) -> bool:
        head = profile.head()
        if head is None or not profile.has_vault():
            return True
        age = today(self._verifier_clock) - head.last_day
        return self._verifier_clock.is_known and age > most_days

    def _named(self, name: str, keys: _Keys) -> Profile:
        return Profile(
            name=name,
            keys=keys,
            folders=self._folders,
            verifier_clock=self._verifier_clock,
            entropy=self._entropy,
        )


def today(verifier_clock: VerifierClock) -> int:
    """The day in Asia/Seoul by the verifier's time, in days since 1970."""
    return (in_korea(verifier_clock.now_ms()).date() - _FIRST_DAY).days


def _keys(kiosk: OpenKiosk) -> _Keys:
    root = hkdf_extract(kiosk.identity.kiosk_id.encode("utf-8"), kiosk.device_secret)
    return _Keys(
        names=hkdf_expand(root, "motp/v1 kiosk names"),
        heads=hkdf_expand(root, "motp/v1 kiosk heads"),
        secrets=hkdf_expand(root, "motp/v1 kiosk profiles"),
    )
