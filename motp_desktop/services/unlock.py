"""From PIN to codes, and from one PIN to another."""

from motp_desktop.services.outcomes import (
    PinChanged,
    PinChangeOutcome,
    PinRight,
    PinUnsuitable,
    StorageTrouble,
    UnlockOutcome,
)
from motp_desktop.services.pin_entry import OpenedVault, PinEntries, PinEntry
from motp_desktop.services.ports import (
    Clock,
    DeviceDescription,
    StepListener,
    StorageError,
    VerifierApi,
)
from motp_desktop.services.session import OpenSeed, Session
from motp_desktop.services.vault_keeper import OpenVault
from motp_protocol.encoding import b64url_encode, format_time
from motp_protocol.messages import PinChangeRequest, UnlockRequest
from motp_protocol.pin import pin_fault

UNLOCK_STEPS = ("unlock.1", "unlock.2", "unlock.3", "unlock.4", "unlock.5")
"""Try written; request about to leave; answered; sealed under the next share; open."""

PIN_STEPS = ("pin.1", "pin.2", "pin.3", "pin.4")
"""Try written; request about to leave; answered; sealed under the new PIN."""


class Unlock:
    """Implements `use_cases.Unlock`."""

    def __init__(
        self,
        *,
        api: VerifierApi,
        entries: PinEntries,
        session: Session,
        clock: Clock,
        device: DeviceDescription,
        on_step: StepListener,
    ) -> None:
        self._api = api
        self._entries = entries
        self._session = session
        self._clock = clock
        self._device = device
        self._on_step = on_step

    def unlock(self, pin: str) -> UnlockOutcome:
        """Show the PIN to the verifier and open the seed with the share that it hands out.

        Where the vault cannot be sealed again, on a full disk, codes are shown all the same:
        the old vault is whole, and its try opens it once more.
        """
        ticket = self._session.ticket()
        vault = self._entries.active_vault()
        if not isinstance(vault, OpenVault):
            return vault
        entry = self._entries.begin(vault, pin)
        if not isinstance(entry, PinEntry):
            return entry
        self._on_step("unlock.1")
        request = UnlockRequest(
            pin_auth=entry.pin_auth,
            share_id=entry.contents.share_id,
            try_=entry.try_text,
            clock=format_time(self._clock.now_ms()),
            app_version=self._device.app_version,
        )
        self._on_step("unlock.2")
        answer = self._api.unlock(entry.signing_key, entry.contents.registration_id, request)
        self._on_step("unlock.3")
        opened = self._entries.read(entry, answer)
        if not isinstance(opened, OpenedVault):
            return opened
        try:
            self._entries.reseal(entry, entry.keys, opened)
            self._on_step("unlock.4")
        except StorageError:
            pass
        self._session.open(ticket, OpenSeed(opened.seed, entry.contents.otp))
        self._on_step("unlock.5")
        return PinRight(opened.unlocked.status)

    def change_pin(self, pin: str, new_pin: str) -> PinChangeOutcome:
        """Bind the next share to a new PIN; until the vault is sealed again the old one holds.

        The salt stays: it is the vault's, and one PIN entered twice must give equal requests.
        """
        vault = self._entries.active_vault()
        if not isinstance(vault, OpenVault):
            return vault
        minimum, maximum = vault.contents.pin_min, vault.contents.pin_max
        known_of_phone = vault.contents.phone_masked[-4:]
        fault = pin_fault(new_pin, known_of_phone, minimum=minimum, maximum=maximum)
        if fault is not None:
            return PinUnsuitable(fault, minimum, maximum)
        new_keys = self._entries.keys(vault, new_pin)
        entry = self._entries.begin(vault, pin)
        if not isinstance(entry, PinEntry):
            return entry
        self._on_step("pin.1")
        request = PinChangeRequest(
            pin_auth=entry.pin_auth,
            new_pin_auth=b64url_encode(new_keys.pin_auth),
            share_id=entry.contents.share_id,
            try_=entry.try_text,
            clock=format_time(self._clock.now_ms()),
            app_version=self._device.app_version,
        )
        self._on_step("pin.2")
        answer = self._api.change_pin(entry.signing_key, entry.contents.registration_id, request)
        self._on_step("pin.3")
        opened = self._entries.read(entry, answer)
        if not isinstance(opened, OpenedVault):
            return opened
        try:
            self._entries.reseal(entry, new_keys, opened)
        except StorageError as error:
            return StorageTrouble(error.fault)
        self._on_step("pin.4")
        return PinChanged(opened.unlocked.status)
