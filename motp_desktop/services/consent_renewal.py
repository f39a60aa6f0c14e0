"""A new consent for the registration in use, where the document has changed."""

from typing import assert_never

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.consent_terms import given_now, load_consent
from motp_desktop.services.outcomes import (
    ConsentOutdated,
    ConsentReady,
    ConsentRenewed,
    Ended,
    LoadedConsent,
    RenewalOutcome,
)
from motp_desktop.services.ports import NoAnswer, Ok, Refused, Slot, VerifierApi
from motp_desktop.services.refusals import registration_refusal
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.fields import Language
from motp_protocol.problems import ProblemType


class ConsentRenewal:
    """Implements `use_cases.ConsentRenewal`. Nothing of it is kept here: the verifier does."""

    def __init__(
        self, *, api: VerifierApi, keeper: VaultKeeper, verifier_clock: VerifierClock
    ) -> None:
        self._api = api
        self._keeper = keeper
        self._verifier_clock = verifier_clock

    def load(self, lang: Language) -> LoadedConsent:
        """The document in force."""
        return load_consent(self._api, lang)

    def renew(self, consent: ConsentReady) -> RenewalOutcome:
        """Tell the verifier that the person agreed just now; again is no harm."""
        vault = self._keeper.load(Slot.ACTIVE)
        if vault is None:
            return Ended("vault-damaged")
        if not isinstance(vault, OpenVault):
            return vault
        answer = self._api.renew_consent(
            Ed25519PrivateKey.from_private_bytes(vault.contents.signing_key),
            vault.contents.registration_id,
            given_now(consent, self._verifier_clock.now_ms()),
        )
        match answer:
            case NoAnswer():
                return answer
            case Ok(status):
                return ConsentRenewed(status)
            case Refused(problem):
                if problem.known_type is ProblemType.CONSENT_OUTDATED:
                    return ConsentOutdated()
                return registration_refusal(problem)
            case never:
                assert_never(never)
