"""Proving, by the carrier, that the number is in the trainee's own name."""

from datetime import UTC, datetime
from typing import assert_never

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services import use_cases
from motp_desktop.services.challenges import code_sent
from motp_desktop.services.name_form import check_details
from motp_desktop.services.outcomes import (
    Ended,
    IdentityCodeExpired,
    IdentityCodeWrong,
    InvalidNameDetails,
    NameAsked,
    NameConfirmed,
    NameDetails,
    NameMismatch,
    NameProofExpired,
    NameProven,
    NameSent,
    Suspended,
    Synced,
    Trouble,
)
from motp_desktop.services.ports import Answer, NoAnswer, Ok, Refused, Slot, VerifierApi
from motp_desktop.services.refusals import registration_refusal
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.messages import IdentityChallenge, NameProofCode
from motp_protocol.problems import Problem, ProblemType


class NameProof:
    """Implements `use_cases.NameProof`. Keeps nothing of what it is told."""

    def __init__(
        self,
        *,
        api: VerifierApi,
        keeper: VaultKeeper,
        verifier_clock: VerifierClock,
        sync: use_cases.Sync,
    ) -> None:
        self._api = api
        self._keeper = keeper
        self._verifier_clock = verifier_clock
        self._sync = sync

    def ask(self, details: NameDetails) -> NameAsked:
        """Have the carrier compare the details and send a code."""
        today = datetime.fromtimestamp(self._verifier_clock.now_ms() / 1000, UTC).date()
        request = check_details(details, today)
        if isinstance(request, InvalidNameDetails):
            return request
        vault = self._vault()
        if not isinstance(vault, OpenVault):
            return vault
        key, registration_id = _signer(vault)
        return self._sent(self._api.ask_name_proof(key, registration_id, request))

    def resend(self) -> NameSent:
        """Have the code sent again."""
        vault = self._vault()
        if not isinstance(vault, OpenVault):
            return vault
        return self._sent(self._api.resend_name_code(*_signer(vault)))

    def confirm(self, code: str) -> NameConfirmed:
        """Give the code from the message."""
        vault = self._vault()
        if not isinstance(vault, OpenVault):
            return vault
        key, registration_id = _signer(vault)
        answer = self._api.confirm_name(key, registration_id, NameProofCode(code=code))
        match answer:
            case NoAnswer():
                return answer
            case Ok(status):
                return NameProven(status)
            case Refused(problem):
                return _code_refused(problem)
            case never:
                assert_never(never)

    def _vault(self) -> OpenVault | Ended | Trouble:
        vault = self._keeper.load(Slot.ACTIVE)
        return Ended("vault-damaged") if vault is None else vault

    def _sent(self, answer: Answer[IdentityChallenge]) -> NameSent:
        match answer:
            case NoAnswer():
                return answer
            case Ok(challenge):
                return code_sent(challenge, self._verifier_clock)
            case Refused(problem):
                if problem.known_type is ProblemType.NAME_ALREADY_VERIFIED:
                    return self._proven_before()
                return _refused(problem)
            case never:
                assert_never(never)

    def _proven_before(self) -> NameProven | Ended | Trouble:
        """An answer was lost after all was done: ask how things stand."""
        outcome = self._sync.sync()
        return NameProven(outcome.status) if isinstance(outcome, Synced) else outcome


def _signer(vault: OpenVault) -> tuple[Ed25519PrivateKey, str]:
    contents = vault.contents
    key = Ed25519PrivateKey.from_private_bytes(contents.signing_key)
    return key, contents.registration_id


def _code_refused(problem: Problem) -> NameConfirmed:
    match problem.known_type:
        case ProblemType.IDENTITY_CODE_WRONG if problem.attempts_left is not None:
            return IdentityCodeWrong(problem.attempts_left)
        case ProblemType.IDENTITY_CODE_EXPIRED:
            return IdentityCodeExpired()
        case _:
            return _refused(problem)


def _refused(problem: Problem) -> NameMismatch | NameProofExpired | Suspended | Ended | Trouble:
    match problem.known_type:
        case ProblemType.NAME_MISMATCH:
            return NameMismatch()
        case ProblemType.NAME_PROOF_EXPIRED:
            return NameProofExpired()
        case ProblemType.REGISTRATION_SUSPENDED:
            return Suspended()
        case _:
            return registration_refusal(problem)
