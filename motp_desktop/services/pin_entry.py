"""One entry of a PIN, from the keyboard to a vault sealed anew.

A `try` goes with one share id until it is known what became of it. A new one is made and
written to disk before the verifier hears of it, and it is dropped only by success, or by the
answer "wrong PIN" to a try that had never been sent before: then nothing sent earlier can
still succeed. So an answer that was lost is asked for again, and never taken for a copied
vault, whatever was typed in between (docs/adr/0003).
"""

from dataclasses import dataclass
from typing import assert_never

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.outcomes import (
    Ended,
    StorageTrouble,
    Trouble,
    UnexpectedRefusal,
    WrongPin,
)
from motp_desktop.services.ports import (
    Answer,
    Entropy,
    NoAnswer,
    Ok,
    Refused,
    Slot,
    StorageError,
)
from motp_desktop.services.refusals import PinRefusal, pin_refusal
from motp_desktop.services.vault import (
    NONCE_SIZE,
    TRY_SIZE,
    VaultContents,
    open_seed,
    seal_seed,
)
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.keys import PinKeys, pin_keys, stretch_pin
from motp_protocol.messages import Unlocked
from motp_protocol.problems import Problem


@dataclass(frozen=True, slots=True, repr=False)
class PinEntry:
    """A PIN as it is shown to the verifier; `is_first_use` where its try was never sent."""

    vault: OpenVault
    keys: PinKeys
    try_: bytes
    is_first_use: bool

    @property
    def contents(self) -> VaultContents:
        """What the vault holds."""
        return self.vault.contents

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs this device's requests."""
        return Ed25519PrivateKey.from_private_bytes(self.contents.signing_key)

    @property
    def pin_auth(self) -> str:
        """The half of the PIN's keys that is sent, as it is written on the wire."""
        return b64url_encode(self.keys.pin_auth)

    @property
    def try_text(self) -> str:
        """The try as it is written on the wire."""
        return b64url_encode(self.try_)


@dataclass(frozen=True, slots=True, repr=False)
class OpenedVault:
    """The seed that a right PIN opened, and what the verifier answered with it."""

    seed: bytes
    unlocked: Unlocked


class PinEntries:
    """Begins PIN entries and brings them to their end in the vault."""

    def __init__(
        self, *, keeper: VaultKeeper, verifier_clock: VerifierClock, entropy: Entropy
    ) -> None:
        self._keeper = keeper
        self._verifier_clock = verifier_clock
        self._entropy = entropy

    def active_vault(self) -> OpenVault | Ended | Trouble:
        """The vault that a PIN opens."""
        vault = self._keeper.load(Slot.ACTIVE)
        return Ended("vault-damaged") if vault is None else vault

    def keys(self, vault: OpenVault, pin: str) -> PinKeys:
        """The keys of a typed PIN. Characters that no PIN has make it a wrong one."""
        typed = pin.encode("ascii", "replace").decode("ascii")
        stretched = stretch_pin(typed, vault.contents.pin_salt, vault.contents.argon2)
        return pin_keys(stretched, vault.device_secret)

    def begin(self, vault: OpenVault, pin: str) -> PinEntry | StorageTrouble:
        """Write the try to disk, unless it is there from an entry without an answer."""
        keys = self.keys(vault, pin)
        waiting = vault.contents.try_
        if waiting is not None:
            return PinEntry(vault, keys, waiting, is_first_use=False)
        fresh = self._entropy(TRY_SIZE)
        try:
            vault = self._keeper.save(vault, msgspec.structs.replace(vault.contents, try_=fresh))
        except StorageError as error:
            return StorageTrouble(error.fault)
        return PinEntry(vault, keys, fresh, is_first_use=True)

    def read(
        self, entry: PinEntry, answer: Answer[Unlocked]
    ) -> OpenedVault | PinRefusal | NoAnswer:
        """What an answer to a shown PIN means; a right PIN gives the seed.

        A first try that met a wrong PIN is dropped.
        """
        match answer:
            case NoAnswer():
                return answer
            case Refused(problem):
                return self._refused(entry, problem)
            case Ok(unlocked):
                pass
            case never:
                assert_never(never)
        seed = open_seed(
            entry.contents.sealed_seed,
            wrap=entry.keys.wrap,
            share=b64url_decode(unlocked.share.value),
            registration_id=entry.contents.registration_id,
        )
        if seed is None or len(seed) != entry.contents.otp.seed_size:
            return UnexpectedRefusal("bad-share")
        return OpenedVault(seed, unlocked)

    def reseal(self, entry: PinEntry, keys: PinKeys, opened: OpenedVault) -> None:
        """Seal the seed for the next PIN entry, durably. Raises StorageError.

        It also shows that the registration lives on, so an unfinished reset is called off.
        """
        next_share = opened.unlocked.next_share
        sealed = seal_seed(
            opened.seed,
            wrap=keys.wrap,
            share=b64url_decode(next_share.value),
            registration_id=entry.contents.registration_id,
            nonce=self._entropy(NONCE_SIZE),
        )
        self._keeper.save(
            entry.vault,
            msgspec.structs.replace(
                entry.contents,
                sealed_seed=sealed,
                share_id=next_share.id,
                try_=None,
                clock_offset_ms=self._verifier_clock.offset_ms(),
                confirmation=None,
                replaces=None,
                resetting=False,
                withdrawing=False,
            ),
        )

    def _refused(self, entry: PinEntry, problem: Problem) -> PinRefusal:
        outcome = pin_refusal(problem)
        if isinstance(outcome, WrongPin) and entry.is_first_use:
            try:
                self._keeper.save(entry.vault, msgspec.structs.replace(entry.contents, try_=None))
            except StorageError:
                # The try is used once more, which the verifier allows.
                return outcome
        return outcome
