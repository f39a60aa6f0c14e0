"""What the verifier says of the registration, without a PIN."""

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.outcomes import Ended, Synced, SyncOutcome
from motp_desktop.services.ports import (
    Clock,
    DeviceDescription,
    NoAnswer,
    Ok,
    Refused,
    Slot,
    StorageError,
    VerifierApi,
)
from motp_desktop.services.refusals import registration_refusal
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.encoding import format_time
from motp_protocol.messages import SyncRequest

OFFSET_WORTH_STORING_MS = 1000


class Sync:
    """Implements `use_cases.Sync`."""

    def __init__(
        self,
        *,
        api: VerifierApi,
        keeper: VaultKeeper,
        clock: Clock,
        verifier_clock: VerifierClock,
        device: DeviceDescription,
    ) -> None:
        self._api = api
        self._keeper = keeper
        self._clock = clock
        self._verifier_clock = verifier_clock
        self._device = device

    def sync(self) -> SyncOutcome:
        """Ask, learn the verifier's time, and store its offset where it has moved."""
        vault = self._keeper.load(Slot.ACTIVE)
        if vault is None:
            return Ended("vault-damaged")
        if not isinstance(vault, OpenVault):
            return vault
        answer = self._api.sync(
            Ed25519PrivateKey.from_private_bytes(vault.contents.signing_key),
            vault.contents.registration_id,
            SyncRequest(
                clock=format_time(self._clock.now_ms()),
                app_version=self._device.app_version,
                platform=self._device.platform,
            ),
        )
        match answer:
            case NoAnswer():
                return answer
            case Refused(problem):
                return registration_refusal(problem)
            case Ok(status):
                self._store_offset(vault)
                if status.state == "revoked":
                    return Ended(status.reason or "unknown")
                return Synced(status)

    def _store_offset(self, vault: OpenVault) -> None:
        offset = self._verifier_clock.offset_ms()
        if abs(offset - vault.contents.clock_offset_ms) < OFFSET_WORTH_STORING_MS:
            return
        contents = msgspec.structs.replace(vault.contents, clock_offset_ms=offset)
        try:
            self._keeper.save(vault, contents)
        except StorageError:
            # The offset is learnt again at the next contact.
            return
