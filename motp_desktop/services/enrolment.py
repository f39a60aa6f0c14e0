"""Enrolment: from the consent to a vault that waits for its confirmation."""

import re
from typing import assert_never

from motp_desktop.services.challenges import code_sent
from motp_desktop.services.confirmation import Confirmation
from motp_desktop.services.consent_terms import given_now, load_consent
from motp_desktop.services.device_secret import DeviceSecretSource
from motp_desktop.services.enrolment_form import CheckedForm, check_form
from motp_desktop.services.outcomes import (
    CodeSent,
    Confirmed,
    ConsentOutdated,
    ConsentReady,
    EnrolmentExpired,
    EnrolmentForm,
    Identified,
    IdentityCodeExpired,
    IdentityCodeWrong,
    InvalidForm,
    KeyStoreTrouble,
    LoadedConsent,
    Proven,
    Resent,
    RosterMismatch,
    Started,
    StorageTrouble,
    Suspended,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import (
    DeviceDescription,
    Entropy,
    KeyStoreError,
    NoAnswer,
    Ok,
    Refused,
    Slot,
    StepListener,
    StorageError,
    VerifierApi,
)
from motp_desktop.services.refusals import other_refusal
from motp_desktop.services.transaction import DeviceKeys, Transaction, new_device_keys
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.encoding import b64url_encode
from motp_protocol.fields import DeviceKind, Language
from motp_protocol.keys import Argon2Parameters
from motp_protocol.messages import (
    DeviceInfo,
    EnrolmentKeys,
    EnrolmentRequest,
    EnrolmentStarted,
)
from motp_protocol.problems import Problem, ProblemType

ENROLMENT_STEPS = ("enrol.1", "enrol.2", "enrol.3", "enrol.4", "enrol.5", "enrol.6")
"""Device secret kept; request about to leave; code sent; proof about to leave; proven;
pending vault written."""

_CODE = re.compile(r"[0-9]{6}")


class Enrolment:
    """Implements `use_cases.Enrolment`."""

    def __init__(
        self,
        *,
        api: VerifierApi,
        keeper: VaultKeeper,
        device_secret: DeviceSecretSource,
        confirmation: Confirmation,
        verifier_clock: VerifierClock,
        verifier_origin: str,
        entropy: Entropy,
        device: DeviceDescription,
        argon2: Argon2Parameters,
        on_step: StepListener,
        kind: DeviceKind = "personal",
    ) -> None:
        self._api = api
        self._keeper = keeper
        self._device_secret = device_secret
        self._confirmation = confirmation
        self._verifier_clock = verifier_clock
        self._verifier_origin = verifier_origin
        self._entropy = entropy
        self._device = device
        self._argon2 = argon2
        self._on_step = on_step
        self._kind: DeviceKind = kind
        self._transaction: Transaction | None = None

    def load_consent(self, lang: Language) -> LoadedConsent:
        """The verifier's terms and its document, which must be the one that its hash names."""
        return load_consent(self._api, lang)

    def start(self, form: EnrolmentForm, consent: ConsentReady, lang: Language) -> Started:
        """Check the form, then ask for an identity code. The consent was agreed to just now.

        The key store is tried first, so that no text message is spent where it fails.
        """
        self._transaction = None
        person = check_form(form, consent.service.pin)
        if isinstance(person, InvalidForm):
            return person
        try:
            device_secret = self._device_secret.get_or_create()
        except KeyStoreError as error:
            return KeyStoreTrouble(error.fault)
        except StorageError as error:
            return StorageTrouble(error.fault)
        self._on_step("enrol.1")
        keys = new_device_keys(form.pin, device_secret, self._argon2, self._entropy)
        request = self._request(person, consent, keys, lang)
        self._on_step("enrol.2")
        match self._api.start_enrolment(keys.signing_key, request):
            case NoAnswer() as none:
                return none
            case Refused(problem):
                return _start_refused(problem)
            case Ok(started):
                pass
            case never:
                assert_never(never)
        sent = self._code_sent(started)
        if isinstance(sent, CodeSent):
            self._transaction = Transaction(
                enrolment_id=started.enrolment_id,
                person=person,
                pin_policy=consent.service.pin,
                keys=keys,
                attempts_left=sent.attempts_left,
            )
            self._on_step("enrol.3")
        return sent

    def resend(self) -> Resent:
        """Ask for another code, which ends the one before."""
        transaction = self._transaction
        if transaction is None:
            return EnrolmentExpired()
        answer = self._api.resend_code(transaction.keys.signing_key, transaction.enrolment_id)
        match answer:
            case NoAnswer():
                return answer
            case Refused(problem) if problem.known_type in _GONE:
                return EnrolmentExpired()
            case Refused(problem):
                return other_refusal(problem)
            case Ok(started):
                return self._code_sent(started)

    def prove(self, code: str) -> Identified:
        """Prove the number, agree on the seed, and write the pending vault.

        The transaction is kept until the vault is on disk: whatever fails before then, the
        same code can be sent again, and gets the equal answer.
        """
        transaction = self._transaction
        if transaction is None:
            return EnrolmentExpired()
        if not _CODE.fullmatch(code):
            return IdentityCodeWrong(transaction.attempts_left)
        self._on_step("enrol.4")
        answer = self._api.prove_identity(
            transaction.keys.signing_key, transaction.enrolment_id, transaction.proof(code)
        )
        match answer:
            case NoAnswer():
                return answer
            case Refused(problem):
                return _proof_refused(transaction, problem)
            case Ok(keys):
                self._on_step("enrol.5")
                return self._keep(transaction, keys)

    def confirm(self, *, replace: bool) -> Confirmed:
        """Make the pending vault's registration the active one; works after a restart too."""
        return self._confirmation.confirm(replace=replace)

    def abandon(self) -> None:
        """Give the enrolment up; a pending vault is deleted, an older registration stays."""
        self._transaction = None
        self._confirmation.abandon()

    def _request(
        self, person: CheckedForm, consent: ConsentReady, keys: DeviceKeys, lang: Language
    ) -> EnrolmentRequest:
        return EnrolmentRequest(
            name=person.name,
            phone=person.phone,
            consent=given_now(consent, self._verifier_clock.now_ms()),
            device=DeviceInfo(
                public_key=b64url_encode(keys.public_key),
                kind=self._kind,
                platform=self._device.platform,
                app_version=self._device.app_version,
                label=self._device.label,
            ),
            lang=lang,
        )

    def _code_sent(self, started: EnrolmentStarted) -> CodeSent | NoAnswer:
        sent = code_sent(started.identity, self._verifier_clock)
        if self._transaction is not None and isinstance(sent, CodeSent):
            self._transaction.attempts_left = sent.attempts_left
        return sent

    def _keep(self, transaction: Transaction, keys: EnrolmentKeys) -> Identified:
        contents = transaction.vault(
            keys,
            verifier_origin=self._verifier_origin,
            clock_offset_ms=self._verifier_clock.offset_ms(),
            entropy=self._entropy,
        )
        if contents is None:
            return UnexpectedRefusal("bad-confirmation")
        try:
            self._keeper.save(
                OpenVault(Slot.PENDING, contents, transaction.keys.device_secret), contents
            )
        except StorageError as error:
            return StorageTrouble(error.fault)
        self._on_step("enrol.6")
        self._transaction = None
        return Proven(keys.replaces)


_GONE = frozenset({ProblemType.ENROLMENT_EXPIRED, ProblemType.NOT_FOUND})


def _start_refused(problem: Problem) -> Started:
    match problem.known_type:
        case ProblemType.CONSENT_OUTDATED | ProblemType.CONSENT_REQUIRED:
            return ConsentOutdated()
        case ProblemType.INVALID_NAME:
            return InvalidForm(name=True)
        case ProblemType.INVALID_PHONE:
            return InvalidForm(phone=True)
        case _:
            return other_refusal(problem)


def _proof_refused(transaction: Transaction, problem: Problem) -> Identified:
    match problem.known_type:
        case ProblemType.IDENTITY_CODE_WRONG if problem.attempts_left is not None:
            transaction.attempts_left = problem.attempts_left
            return IdentityCodeWrong(problem.attempts_left)
        case ProblemType.IDENTITY_CODE_EXPIRED:
            return IdentityCodeExpired()
        case ProblemType.ROSTER_MISMATCH:
            return RosterMismatch()
        case ProblemType.REGISTRATION_SUSPENDED:
            return Suspended()
        case kind if kind in _GONE:
            return EnrolmentExpired()
        case _:
            return other_refusal(problem)
