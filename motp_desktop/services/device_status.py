"""What the helpdesk will ask about this PC, and the signed form of it. Needs no PIN."""

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.contacts import Contact, ContactBook
from motp_desktop.services.device_facts import DeviceStatus, Registration, StatusSign
from motp_desktop.services.outcomes import (
    Ended,
    KeyStoreTrouble,
    StorageTrouble,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import (
    DeviceDescription,
    Entropy,
    KeyStore,
    KeyStoreError,
    Slot,
)
from motp_desktop.services.vault import VaultContents
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.encoding import b64url_encode
from motp_protocol.status_token import (
    LIFETIME_SECONDS,
    DeviceState,
    StatusClaims,
    short_code,
    sign_status,
)

_JTI_SIZE = 16


class StatusDesk:
    """Implements `use_cases.StatusDesk`."""

    def __init__(
        self,
        *,
        keeper: VaultKeeper,
        key_store: KeyStore,
        contacts: ContactBook,
        verifier_clock: VerifierClock,
        verifier_origin: str,
        device: DeviceDescription,
        entropy: Entropy,
    ) -> None:
        self._keeper = keeper
        self._key_store = key_store
        self._contacts = contacts
        self._verifier_clock = verifier_clock
        self._verifier_origin = verifier_origin
        self._device = device
        self._entropy = entropy

    def look(self) -> DeviceStatus:
        """Read what is here; asks nobody but the keychain, for which it may block."""
        found = self._found()
        name, fault = self._key_store_in_use()
        nothing = DeviceStatus(
            "none",
            verifier=self._verifier_origin,
            app_version=self._device.app_version,
            platform=self._device.platform,
            key_store=name,
            key_store_fault=fault,
        )
        match found:
            case None:
                return nothing
            case Ended(reason):
                return replace(nothing, registration="ended", reason=reason)
            case KeyStoreTrouble(why):
                return _unreadable(nothing, f"key-store-{why.value}")
            case StorageTrouble(why):
                return _unreadable(nothing, f"storage-{why.value}")
            case UnexpectedRefusal(slug):
                return _unreadable(nothing, slug)
            case OpenVault():
                return self._of_vault(found, nothing)

    def sign(self) -> StatusSign | None:
        """The status signed by this device's key, or None where there is no registration."""
        found = self._found()
        if not isinstance(found, OpenVault):
            return None
        contents = found.contents
        now = max(0, self._verifier_clock.now_ms() // 1000)
        claims = StatusClaims(
            sub=contents.registration_id,
            iat=now,
            exp=now + LIFETIME_SECONDS,
            jti=b64url_encode(self._entropy(_JTI_SIZE)),
            app_version=self._device.app_version,
            skew=round(self._verifier_clock.skew_ms() / 1000),
            state=self._claimed(found),
        )
        key = Ed25519PrivateKey.from_private_bytes(contents.signing_key)
        return StatusSign(sign_status(key, claims), claims.exp * 1000)

    def _found(
        self,
    ) -> OpenVault | Ended | KeyStoreTrouble | StorageTrouble | UnexpectedRefusal | None:
        active = self._keeper.load(Slot.ACTIVE)
        if active is not None and not isinstance(active, Ended):
            return active
        return self._keeper.load(Slot.PENDING) or active

    def _of_vault(self, vault: OpenVault, nothing: DeviceStatus) -> DeviceStatus:
        contents = vault.contents
        contact = self._contact_for(contents)
        registration, reason = _registration(vault, contact)
        return replace(
            nothing,
            registration=registration,
            reason=reason,
            short_code=short_code(contents.registration_id),
            registration_id=contents.registration_id,
            name_masked=contents.name_masked,
            phone_masked=contents.phone_masked,
            locks=contact.locks if contact is not None else (),
            last_contact=contact.at if contact is not None else None,
            skew_seconds=round(self._verifier_clock.skew_ms() / 1000),
        )

    def _contact_for(self, contents: VaultContents) -> Contact | None:
        contact = self._contacts.last()
        is_ours = contact is not None and contact.registration == short_code(
            contents.registration_id
        )
        return contact if is_ours else None

    def _claimed(self, vault: OpenVault) -> DeviceState:
        if vault.slot is Slot.PENDING:
            return "unconfirmed"
        contact = self._contact_for(vault.contents)
        return "unknown" if contact is None else contact.state

    def _key_store_in_use(self) -> tuple[str, str]:
        try:
            return self._key_store.description, ""
        except KeyStoreError as error:
            return "", error.fault.value


def _unreadable(nothing: DeviceStatus, reason: str) -> DeviceStatus:
    return replace(nothing, registration="unreadable", reason=reason)


def _registration(vault: OpenVault, contact: Contact | None) -> tuple[Registration, str]:
    if vault.contents.resetting:
        return "resetting", ""
    if vault.slot is Slot.PENDING:
        return "unconfirmed", ""
    if contact is None or contact.state == "active":
        locks = contact.locks if contact is not None else ()
        if "pin" in locks:
            return "pin-locked", ""
        return ("code-locked" if "code" in locks else "active"), ""
    return contact.state, contact.reason or ""
