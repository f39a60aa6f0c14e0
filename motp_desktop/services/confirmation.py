"""The last step of an enrolment, which works from the pending vault alone."""

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.outcomes import (
    Confirmed,
    Enrolled,
    EnrolmentExpired,
    MustReplace,
    StorageTrouble,
)
from motp_desktop.services.ports import (
    NoAnswer,
    Ok,
    Refused,
    Slot,
    StepListener,
    StorageError,
    VaultStore,
    VerifierApi,
)
from motp_desktop.services.refusals import other_refusal, registration_refusal
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_protocol.encoding import b64url_encode
from motp_protocol.messages import ConfirmRequest
from motp_protocol.problems import Problem, ProblemType, Replaces

CONFIRM_STEPS = ("confirm.1", "confirm.2", "confirm.3")
"""Request about to leave; answered; the pending vault is the active one."""


class Confirmation:
    """Turns the pending vault into the active one, or gives it up."""

    def __init__(
        self,
        *,
        api: VerifierApi,
        keeper: VaultKeeper,
        vaults: VaultStore,
        on_step: StepListener,
    ) -> None:
        self._api = api
        self._keeper = keeper
        self._vaults = vaults
        self._on_step = on_step

    def confirm(self, *, replace: bool) -> Confirmed:
        """See `use_cases.Enrolment.confirm`."""
        vault = self._keeper.load(Slot.PENDING)
        if vault is None:
            return EnrolmentExpired()
        if not isinstance(vault, OpenVault):
            return vault
        contents = vault.contents
        if contents.confirmation is None:
            return EnrolmentExpired()
        if contents.replaces is not None and not replace:
            return MustReplace(contents.replaces)
        request = ConfirmRequest(
            confirmation=b64url_encode(contents.confirmation),
            replace=contents.replaces.registration_id if contents.replaces else None,
        )
        self._on_step("confirm.1")
        answer = self._api.confirm(
            Ed25519PrivateKey.from_private_bytes(contents.signing_key),
            contents.enrolment_id,
            request,
        )
        self._on_step("confirm.2")
        try:
            match answer:
                case NoAnswer():
                    return answer
                case Refused(problem):
                    return self._refused(vault, problem)
                case Ok(confirmed):
                    self._vaults.promote()
                    self._on_step("confirm.3")
                    return Enrolled(confirmed.status)
        except StorageError as error:
            return StorageTrouble(error.fault)

    def abandon(self) -> None:
        """Delete the pending vault; where the disk refuses, it is offered again at the start."""
        try:
            self._vaults.delete(Slot.PENDING)
        except StorageError:
            return

    def _refused(self, vault: OpenVault, problem: Problem) -> Confirmed:
        match problem.known_type:
            case ProblemType.ALREADY_REGISTERED if problem.replaces is not None:
                return self._must_replace(vault, problem.replaces)
            case ProblemType.ENROLMENT_EXPIRED | ProblemType.NOT_FOUND:
                self._vaults.delete(Slot.PENDING)
                return EnrolmentExpired()
            case ProblemType.REGISTRATION_REVOKED:
                return registration_refusal(problem)
            case _:
                return other_refusal(problem)

    def _must_replace(self, vault: OpenVault, replaces: Replaces) -> MustReplace:
        self._keeper.save(vault, msgspec.structs.replace(vault.contents, replaces=replaces))
        return MustReplace(replaces)
