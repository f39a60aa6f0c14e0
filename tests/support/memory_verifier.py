"""A verifier in memory, with the real key schedule, driven by a script of mishaps.

It keeps one trainee's registrations. Its time is its own, and every answer that tells the
time teaches the app's clock, as the HTTP adapter does.
"""

import hashlib
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.ports import Answer, NoAnswer, Ok, Received, Refused
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol import messages
from motp_protocol.approvals import ApprovalAnswer, ApprovalAnswered, ApprovalRequest
from motp_protocol.consent import ConsentDocument, document_hash
from motp_protocol.encoding import b64url_decode, b64url_encode, format_time
from motp_protocol.fields import Language, NameProofState, RegistrationState, RevocationReason
from motp_protocol.keys import (
    EnrolmentSecrets,
    agree,
    enrolment_secrets,
    new_agreement_key,
)
from motp_protocol.problems import ProblemType, Replaces, problem
from tests.support.memory_approvals import MemoryApprovals
from tests.support.memory_ports import TickingClock

T = TypeVar("T")

CODE = "246810"
ORIGIN = "http://127.0.0.1:8470"
BIRTH_AND_SEX = "9003011"
SERVER_AHEAD_MS = 90_000
PIN_TRIES = 5

Handler: TypeAlias = Callable[[], Answer[T]]
Mishap: TypeAlias = Literal["request-lost", "answer-lost"] | Refused | NoAnswer


def refusal(kind: ProblemType, **members: int) -> Refused:
    """A refusal of this kind."""
    return Refused(problem(kind, **members))  # type: ignore[arg-type]


@dataclass
class Share:
    id: int
    value: bytes
    pin_hash: bytes


@dataclass
class Registration:
    """One registration; `candidates` are the shares issued since `base` was presented."""

    id: str
    public_key: bytes
    seed: bytes
    base: Share
    state: RegistrationState = "active"
    reason: RevocationReason | None = None
    candidates: list[Share] = field(default_factory=list)
    success_try: str | None = None
    wrong_pins: int = 0
    last_share: int = 1
    name_proof: NameProofState = "needed"
    consent_version: str = "2026-01"


@dataclass
class PendingEnrolment:
    id: str
    public_key: bytes
    attempts_left: int = 5
    proof: messages.IdentityProof | None = None
    keys: messages.EnrolmentKeys | None = None
    agreed: EnrolmentSecrets | None = None
    registration: Registration | None = None
    is_expired: bool = False
    is_confirmed: bool = False


class MemoryVerifier:
    """Implements `ports.VerifierApi`. `script` holds mishaps for the calls to come."""

    def __init__(self, clock: TickingClock) -> None:
        self.clock = clock
        self.script: deque[Mishap | None] = deque()
        self.calls: list[str] = []
        self.requests: list[object] = []
        self.enrolments: dict[str, PendingEnrolment] = {}
        self.registrations: dict[str, Registration] = {}
        self.name_proofs: set[str] = set()
        self.withdrawn: set[str] = set()
        self.approvals = MemoryApprovals(ORIGIN)
        self.consent_version = "2026-01"
        self.checks: list[messages.PastCheck] = []
        self.needs: list[messages.OwnRequirement] = []
        self.tampers_with_confirmation = False
        self.hands_out_wrong_shares = False
        self.consent_text = "동의서 전문"
        self._learner: VerifierClock | None = None
        self._started_ms = clock.system_ms + SERVER_AHEAD_MS - clock.since_start_ms

    def teach(self, learner: VerifierClock) -> None:
        """Whose clock the answers teach from now on: a restarted app has a new one."""
        self._learner = learner

    def now_ms(self) -> int:
        return self._started_ms + self.clock.since_start_ms

    def active(self) -> Registration | None:
        """The registration in force."""
        confirmed = [each for each in self.registrations.values() if each.state == "active"]
        return confirmed[0] if confirmed else None

    # The device interface

    def service(self) -> Answer[messages.ServiceInfo]:
        return self._answer("service", None, Ok(self._service()))

    def consent(self, version: str, lang: Language) -> Answer[ConsentDocument]:
        return self._answer("consent", None, Ok(self.document(lang)))

    def start_enrolment(
        self, key: Ed25519PrivateKey, request: messages.EnrolmentRequest
    ) -> Answer[messages.EnrolmentStarted]:
        def handle() -> Answer[messages.EnrolmentStarted]:
            enrolment = PendingEnrolment(
                f"enrolment-{len(self.enrolments) + 1}", key.public_key().public_bytes_raw()
            )
            self.enrolments[enrolment.id] = enrolment
            return Ok(self._started(enrolment))

        return self._run("start_enrolment", request, handle)

    def resend_code(
        self, key: Ed25519PrivateKey, enrolment_id: str
    ) -> Answer[messages.EnrolmentStarted]:
        def handle() -> Answer[messages.EnrolmentStarted]:
            enrolment = self.enrolments[enrolment_id]
            if enrolment.is_expired:
                return refusal(ProblemType.ENROLMENT_EXPIRED)
            return Ok(self._started(enrolment))

        return self._run("resend_code", None, handle)

    def prove_identity(
        self, key: Ed25519PrivateKey, enrolment_id: str, proof: messages.IdentityProof
    ) -> Answer[messages.EnrolmentKeys]:
        return self._run(
            "prove_identity", proof, lambda: self._prove(self.enrolments[enrolment_id], proof)
        )

    def confirm(
        self, key: Ed25519PrivateKey, enrolment_id: str, request: messages.ConfirmRequest
    ) -> Answer[messages.Confirmed]:
        return self._run(
            "confirm", request, lambda: self._confirm(self.enrolments.get(enrolment_id), request)
        )

    def unlock(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.UnlockRequest
    ) -> Answer[messages.Unlocked]:
        return self._run(
            "unlock", request, lambda: self._open(registration_id, request, request.pin_auth)
        )

    def change_pin(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.PinChangeRequest
    ) -> Answer[messages.Unlocked]:
        return self._run(
            "change_pin",
            request,
            lambda: self._open(registration_id, request, request.new_pin_auth),
        )

    def sync(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.SyncRequest
    ) -> Answer[messages.Status]:
        def handle() -> Answer[messages.Status]:
            found = self.registrations.get(registration_id)
            if found is None:
                return refusal(ProblemType.NOT_FOUND)
            return Ok(self._status(found))

        return self._run("sync", request, handle)

    def history(
        self, key: Ed25519PrivateKey, registration_id: str, limit: int
    ) -> Answer[messages.History]:
        return self._answer("history", limit, Ok(messages.History(checks=self.checks[:limit])))

    def requirements(
        self, key: Ed25519PrivateKey, registration_id: str
    ) -> Answer[messages.OwnRequirements]:
        told = messages.OwnRequirements(time=format_time(self.now_ms()), requirements=self.needs)
        return self._answer("requirements", None, Ok(told))

    def ask_name_proof(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.NameProofRequest
    ) -> Answer[messages.IdentityChallenge]:
        def handle() -> Answer[messages.IdentityChallenge]:
            if self.registrations[registration_id].name_proof == "done":
                return refusal(ProblemType.NAME_ALREADY_VERIFIED)
            if request.birth_and_sex != BIRTH_AND_SEX:
                return refusal(ProblemType.NAME_MISMATCH)
            self.name_proofs.add(registration_id)
            return Ok(self._challenge())

        return self._run("ask_name_proof", request, handle)

    def resend_name_code(
        self, key: Ed25519PrivateKey, registration_id: str
    ) -> Answer[messages.IdentityChallenge]:
        def handle() -> Answer[messages.IdentityChallenge]:
            if registration_id not in self.name_proofs:
                return refusal(ProblemType.NAME_PROOF_EXPIRED)
            return Ok(self._challenge())

        return self._run("resend_name_code", None, handle)

    def confirm_name(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.NameProofCode
    ) -> Answer[messages.Status]:
        def handle() -> Answer[messages.Status]:
            found = self.registrations[registration_id]
            if found.name_proof == "done":
                return Ok(self._status(found))
            if registration_id not in self.name_proofs:
                return refusal(ProblemType.NAME_PROOF_EXPIRED)
            if request.code != CODE:
                return refusal(ProblemType.IDENTITY_CODE_WRONG, attempts_left=4)
            found.name_proof = "done"
            return Ok(self._status(found))

        return self._run("confirm_name", request, handle)

    def renew_consent(
        self, key: Ed25519PrivateKey, registration_id: str, consent: messages.ConsentGiven
    ) -> Answer[messages.Status]:
        def handle() -> Answer[messages.Status]:
            found = self.registrations[registration_id]
            if found.state == "revoked":
                return Refused(problem(ProblemType.REGISTRATION_REVOKED, reason=found.reason))
            if consent.version != self.consent_version:
                return refusal(ProblemType.CONSENT_OUTDATED)
            found.consent_version = consent.version
            return Ok(self._status(found))

        return self._run("renew_consent", consent, handle)

    def reset(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.ResetRequest
    ) -> Answer[None]:
        def handle() -> Answer[None]:
            found = self.registrations.get(registration_id)
            if found is None:
                return refusal(ProblemType.NOT_FOUND)
            if request.withdraw_consent:
                self.withdrawn.add(registration_id)
            if found.state != "revoked":
                found.state = "revoked"
                found.reason = "withdrawn" if request.withdraw_consent else "reset"
            return Ok(None)

        return self._run("reset", request, handle)

    def approval(self, key: Ed25519PrivateKey, ticket: str) -> Answer[Received[ApprovalRequest]]:
        def handle() -> Answer[Received[ApprovalRequest]]:
            return self._refused_to(key) or self.approvals.read(ticket, self.now_ms())

        return self._run("approval", ticket, handle)

    def answer_approval(
        self, key: Ed25519PrivateKey, ticket: str, answer: ApprovalAnswer
    ) -> Answer[ApprovalAnswered]:
        def handle() -> Answer[ApprovalAnswered]:
            seed = self._of(key).seed
            refused = self._refused_to(key)
            return refused or self.approvals.answer(ticket, answer, seed, self.now_ms())

        return self._run("answer_approval", answer, handle)

    def status_of_nobody(self) -> messages.Status:
        """A status in good order, for tests that need only its form."""
        return self._status(Registration("r", b"", b"", Share(1, b"", b"")))

    # How answers come about

    def _run(self, name: str, request: object, handle: Handler[T]) -> Answer[T]:
        self.calls.append(name)
        self.requests.append(request)
        mishap = self.script.popleft() if self.script else None
        match mishap:
            case None:
                return self._taught(handle())
            case "answer-lost":
                handle()
                return NoAnswer("timeout")
            case "request-lost":
                return NoAnswer("offline")
            case _:
                return mishap

    def _of(self, key: Ed25519PrivateKey) -> Registration:
        public = key.public_key().public_bytes_raw()
        (found,) = (each for each in self.registrations.values() if each.public_key == public)
        return found

    def _refused_to(self, key: Ed25519PrivateKey) -> Refused | None:
        found = self._of(key)
        if found.state == "revoked":
            return Refused(problem(ProblemType.REGISTRATION_REVOKED, reason=found.reason))
        if found.state == "suspended":
            return refusal(ProblemType.REGISTRATION_SUSPENDED)
        if found.wrong_pins >= PIN_TRIES:
            return refusal(ProblemType.REGISTRATION_LOCKED)
        return None

    def _answer(self, name: str, request: object, answer: Answer[T]) -> Answer[T]:
        return self._run(name, request, lambda: answer)

    def _taught(self, answer: Answer[T]) -> Answer[T]:
        if self._learner is not None:
            now = self.clock.since_start_ms
            self._learner.learn(self.now_ms(), now, now)
        return answer

    def _prove(
        self, enrolment: PendingEnrolment, proof: messages.IdentityProof
    ) -> Answer[messages.EnrolmentKeys]:
        if enrolment.is_expired:
            return refusal(ProblemType.ENROLMENT_EXPIRED)
        if enrolment.keys is not None:
            if proof != enrolment.proof:
                return refusal(ProblemType.ENROLMENT_CONFLICT)
            return Ok(enrolment.keys)
        if proof.code != CODE:
            enrolment.attempts_left -= 1
            return refusal(ProblemType.IDENTITY_CODE_WRONG, attempts_left=enrolment.attempts_left)
        private, server_share = new_agreement_key()
        client_share = b64url_decode(proof.key_share)
        agreed = enrolment_secrets(
            shared=agree(private, client_share),
            enrolment_id=enrolment.id,
            device_public_key=enrolment.public_key,
            client_key_share=client_share,
            server_key_share=server_share,
            seed_size=20,
        )
        share = Share(1, secrets.token_bytes(32), _hash(proof.pin_auth))
        registration_id = f"registration-{enrolment.id}"
        confirmation = agreed.confirmation("client" if self.tampers_with_confirmation else "server")
        enrolment.proof = proof
        enrolment.agreed = agreed
        enrolment.registration = Registration(
            registration_id, enrolment.public_key, agreed.seed, share
        )
        enrolment.keys = messages.EnrolmentKeys(
            registration_id=registration_id,
            key_share=b64url_encode(server_share),
            otp=self._service().otp,
            share=_told(share),
            confirmation=b64url_encode(confirmation),
            replaces=self._replaces(),
        )
        return Ok(enrolment.keys)

    def _confirm(
        self, enrolment: PendingEnrolment | None, request: messages.ConfirmRequest
    ) -> Answer[messages.Confirmed]:
        if enrolment is None:
            return refusal(ProblemType.NOT_FOUND)
        if enrolment.is_expired:
            return refusal(ProblemType.ENROLMENT_EXPIRED)
        registration, agreed = enrolment.registration, enrolment.agreed
        assert registration is not None
        assert agreed is not None
        assert b64url_decode(request.confirmation) == agreed.confirmation("client")
        if not enrolment.is_confirmed:
            older = self.active()
            if older is not None and request.replace != older.id:
                return Refused(problem(ProblemType.ALREADY_REGISTERED, replaces=self._replaces()))
            if older is not None:
                older.state, older.reason = "revoked", "replaced"
            self.registrations[registration.id] = registration
            enrolment.is_confirmed = True
        if registration.state == "revoked":
            return Refused(problem(ProblemType.REGISTRATION_REVOKED, reason=registration.reason))
        return Ok(
            messages.Confirmed(registration_id=registration.id, status=self._status(registration))
        )

    def _open(
        self,
        registration_id: str,
        request: messages.UnlockRequest | messages.PinChangeRequest,
        wanted_auth: str,
    ) -> Answer[messages.Unlocked]:
        found = self.registrations.get(registration_id)
        if found is None:
            return refusal(ProblemType.NOT_FOUND)
        if found.state == "revoked":
            return Refused(problem(ProblemType.REGISTRATION_REVOKED, reason=found.reason))
        if request.share_id > found.last_share:
            return refusal(ProblemType.SHARE_UNKNOWN)
        newer = [share for share in found.candidates if share.id == request.share_id]
        if newer:
            found.base, found.candidates, found.success_try = newer[0], [], None
        elif request.share_id != found.base.id or found.success_try not in {None, request.try_}:
            found.state, found.reason = "revoked", "cloned"
            return refusal(ProblemType.DEVICE_CLONED)
        if found.state == "suspended":
            return refusal(ProblemType.REGISTRATION_SUSPENDED)
        if found.wrong_pins >= PIN_TRIES:
            return refusal(ProblemType.REGISTRATION_LOCKED)
        if _hash(request.pin_auth) != found.base.pin_hash:
            found.wrong_pins += 1
            return refusal(ProblemType.PIN_WRONG, attempts_left=PIN_TRIES - found.wrong_pins)
        found.wrong_pins = 0
        found.success_try = request.try_
        found.last_share += 1
        following = Share(found.last_share, secrets.token_bytes(32), _hash(wanted_auth))
        found.candidates.append(following)
        opening = found.base
        if self.hands_out_wrong_shares:
            opening = Share(opening.id, secrets.token_bytes(32), b"")
        return Ok(
            messages.Unlocked(
                share=_told(opening), next_share=_told(following), status=self._status(found)
            )
        )

    def _replaces(self) -> Replaces | None:
        older = self.active()
        if older is None:
            return None
        since = format_time(self.now_ms())
        return Replaces(registration_id=older.id, label="Linux · pc", since=since)

    def _started(self, enrolment: PendingEnrolment) -> messages.EnrolmentStarted:
        now = self.now_ms()
        return messages.EnrolmentStarted(
            enrolment_id=enrolment.id,
            expires_at=format_time(now + 600_000),
            identity=messages.IdentityChallenge(
                method="sms",
                sent_to="010-****-5678",
                expires_at=format_time(now + 180_000),
                attempts_left=enrolment.attempts_left,
                resend_after=30,
            ),
        )

    def document(self, lang: Language) -> ConsentDocument:
        """The consent document, whose hash is right."""
        members: dict[str, str | list[str]] = {
            "version": self.consent_version,
            "lang": lang,
            "title": "개인정보 수집·이용 동의",
            "purpose": "본인 확인",
            "items": ["성명", "전화번호"],
            "retention": "3년",
            "recipients": "훈련기관",
            "refusal": "거부할 수 있습니다",
            "warning": "같아야 합니다",
            "text": self.consent_text,
        }
        return ConsentDocument(**members, sha256=document_hash(members))  # type: ignore[arg-type]

    def _service(self) -> messages.ServiceInfo:
        return messages.ServiceInfo(
            protocol=1,
            name="검증 서버",
            time=format_time(self.now_ms()),
            otp=messages.OtpInfo(algorithm="SHA1", digits=6, period=30),
            pin=messages.PinPolicy(min=4, max=8),
            consent=messages.ConsentVersion(
                version=self.consent_version,
                languages={"ko": self.document("ko").sha256, "en": self.document("en").sha256},
            ),
            app=messages.AppVersions(newest="0.1.0", oldest="0.1.0"),
        )

    def _status(self, registration: Registration) -> messages.Status:
        return messages.Status(
            state=registration.state,
            reason=registration.reason,
            locks=[],
            pin_attempts_left=PIN_TRIES - registration.wrong_pins,
            code_attempts_left=5,
            time=format_time(self.now_ms()),
            skew_seconds=0.0,
            policy=messages.DevicePolicy(
                auto_lock_seconds=120, copy_code=True, always_on_top=False
            ),
            consent=messages.ConsentState(
                version=registration.consent_version,
                renew=registration.consent_version != self.consent_version,
            ),
            trainee=messages.MaskedTrainee(name_masked="홍*동", phone_masked="010-****-5678"),
            institutions=["한빛훈련원"],
            name_proof=registration.name_proof,
        )

    def _challenge(self) -> messages.IdentityChallenge:
        return messages.IdentityChallenge(
            method="carrier",
            sent_to="010-****-5678",
            expires_at=format_time(self.now_ms() + 180_000),
            attempts_left=5,
            resend_after=30,
        )


def _told(share: Share) -> messages.Share:
    return messages.Share(id=share.id, value=b64url_encode(share.value))


def _hash(pin_auth: str) -> bytes:
    return hashlib.sha256(b64url_decode(pin_auth)).digest()
