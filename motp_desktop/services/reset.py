"""Forgetting a registration, here and on the verifier."""

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.device_secret import DeviceSecretSource
from motp_desktop.services.outcomes import (
    Ended,
    ResetDone,
    ResetOutcome,
    StorageTrouble,
    Trouble,
)
from motp_desktop.services.ports import (
    KeyStoreError,
    NoAnswer,
    Ok,
    Refused,
    Slot,
    StepListener,
    StorageError,
    VaultStore,
    VerifierApi,
)
from motp_desktop.services.refusals import registration_refusal
from motp_desktop.services.session import Session
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_protocol.messages import ResetRequest

RESET_STEPS = ("reset.1", "reset.2", "reset.3", "reset.4", "reset.5", "reset.6")
"""Marked; request about to leave; answered; pending vault deleted; active one; device secret."""


class Reset:
    """Implements `use_cases.Reset`. A reset cut off anywhere is finished by calling it again."""

    def __init__(
        self,
        *,
        api: VerifierApi,
        keeper: VaultKeeper,
        vaults: VaultStore,
        device_secret: DeviceSecretSource,
        session: Session,
        on_step: StepListener,
    ) -> None:
        self._api = api
        self._keeper = keeper
        self._vaults = vaults
        self._device_secret = device_secret
        self._session = session
        self._on_step = on_step

    def reset(self, *, here_only: bool = False) -> ResetOutcome:
        """Told to the verifier first; `here_only` goes on where it cannot be reached.

        A vault that does not open any more has no key to tell the verifier with: it is
        set aside, and the outcome says that the verifier was not told.
        """
        return self._end(withdraws=False, here_only=here_only)

    def withdraw(self, *, here_only: bool = False) -> ResetOutcome:
        """As a reset, but the consent is taken back too, so that the verifier erases the person.

        Where the verifier cannot be told, the outcome says so: the person must ask for it.
        """
        outcome = self._end(withdraws=True, here_only=here_only)
        if isinstance(outcome, ResetDone):
            return ResetDone(outcome.verifier_told, withdrawn=True)
        return outcome

    def start_over(self) -> ResetOutcome:
        """Clear an ended registration away here, so that a new one can be made."""
        self._session.close()
        return self._clear(verifier_told=False)

    def _end(self, *, withdraws: bool, here_only: bool) -> ResetOutcome:
        self._session.close()
        if here_only:
            return self._clear(verifier_told=False)
        opened: list[OpenVault] = []
        is_all_told = True
        for slot in (Slot.ACTIVE, Slot.PENDING):
            match self._keeper.load(slot):
                case None:
                    pass
                case OpenVault() as vault:
                    opened.append(vault)
                case Ended():
                    is_all_told = False
                case trouble:
                    return trouble
        try:
            self._mark(opened, withdraws=withdraws)
        except StorageError as error:
            return StorageTrouble(error.fault)
        self._on_step("reset.1")
        for vault in opened:
            refusal = self._tell_verifier(vault, withdraws=withdraws)
            if refusal is not None:
                return refusal
        return self._clear(verifier_told=is_all_told)

    def _mark(self, opened: list[OpenVault], *, withdraws: bool) -> None:
        for vault in opened:
            marked = msgspec.structs.replace(vault.contents, resetting=True, withdrawing=withdraws)
            if marked != vault.contents:
                self._keeper.save(vault, marked)

    def _tell_verifier(self, vault: OpenVault, *, withdraws: bool) -> Trouble | None:
        self._on_step("reset.2")
        answer = self._api.reset(
            Ed25519PrivateKey.from_private_bytes(vault.contents.signing_key),
            vault.contents.registration_id,
            ResetRequest(withdraw_consent=withdraws),
        )
        self._on_step("reset.3")
        match answer:
            case Ok():
                return None
            case NoAnswer():
                return answer
            case Refused(problem):
                outcome = registration_refusal(problem)
                return None if isinstance(outcome, Ended) else outcome

    def _clear(self, *, verifier_told: bool) -> ResetOutcome:
        """Delete the vaults; one that is damaged is set aside, and the secret kept with it."""
        is_any_aside = False
        try:
            for slot, step in ((Slot.PENDING, "reset.4"), (Slot.ACTIVE, "reset.5")):
                if isinstance(self._keeper.load(slot), Ended):
                    self._vaults.set_aside(slot)
                    is_any_aside = True
                else:
                    self._vaults.delete(slot)
                self._on_step(step)
            if not is_any_aside:
                self._device_secret.delete()
                self._on_step("reset.6")
        except StorageError as error:
            return StorageTrouble(error.fault)
        except KeyStoreError:
            # No vault is left for it to open; the next enrolment takes it over.
            return ResetDone(verifier_told)
        return ResetDone(verifier_told)
