"""What the verifier has on record of the trainee: checks that were made, and needed ones."""

from typing import TypeVar, assert_never

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.outcomes import Ended, OwnRecords, RecordsOutcome, Trouble
from motp_desktop.services.ports import Answer, NoAnswer, Ok, Refused, Slot, VerifierApi
from motp_desktop.services.refusals import registration_refusal
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper

T = TypeVar("T")

NEWEST = 20


class Records:
    """Implements `use_cases.Records`."""

    def __init__(self, *, api: VerifierApi, keeper: VaultKeeper) -> None:
        self._api = api
        self._keeper = keeper

    def read(self) -> RecordsOutcome:
        """The newest checks, then what is needed today; needs no PIN."""
        vault = self._keeper.load(Slot.ACTIVE)
        if vault is None:
            return Ended("vault-damaged")
        if not isinstance(vault, OpenVault):
            return vault
        key = Ed25519PrivateKey.from_private_bytes(vault.contents.signing_key)
        registration_id = vault.contents.registration_id
        history = _value(self._api.history(key, registration_id, NEWEST))
        if isinstance(history, Ended | Trouble):
            return history
        needed = _value(self._api.requirements(key, registration_id))
        if isinstance(needed, Ended | Trouble):
            return needed
        return OwnRecords(
            checks=tuple(history.checks), needs=tuple(needed.requirements), time=needed.time
        )


def _value(answer: Answer[T]) -> T | Ended | Trouble:
    match answer:
        case NoAnswer():
            return answer
        case Ok(value):
            return value
        case Refused(problem):
            return registration_refusal(problem)
        case never:
            assert_never(never)
