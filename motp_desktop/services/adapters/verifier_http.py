"""The verifier's device interface over HTTP (docs/protocol.md)."""

from http import HTTPStatus
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.adapters.contact_notes import note_contact
from motp_desktop.services.adapters.http_exchange import Exchange
from motp_desktop.services.adapters.signed_calls import (
    Call,
    SignedCalls,
    get,
    no_time,
    nothing,
    post,
    reader,
)
from motp_desktop.services.contacts import ContactBook
from motp_desktop.services.ports import Answer, Clock, Entropy, Received
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol import messages, wire
from motp_protocol.approvals import ApprovalAnswer, ApprovalAnswered, ApprovalRequest
from motp_protocol.consent import ConsentDocument
from motp_protocol.encoding import format_time
from motp_protocol.fields import Language


class VerifierHttp:
    """Implements `ports.VerifierApi`."""

    def __init__(
        self,
        *,
        origin: str,
        exchange: Exchange,
        clock: Clock,
        verifier_clock: VerifierClock,
        entropy: Entropy,
        app_version: str,
        contacts: ContactBook | None = None,
    ) -> None:
        """`contacts` is told what the verifier says of a registration."""
        self._clock = verifier_clock
        self._contacts = contacts
        calls = SignedCalls(
            origin=origin,
            exchange=exchange,
            clock=clock,
            verifier_clock=verifier_clock,
            entropy=entropy,
            app_version=app_version,
            listener=self._note,
        )
        self._send = calls.send

    def service(self) -> Answer[messages.ServiceInfo]:
        """`GET /v1/service`."""
        return self._send(
            Call(
                method="GET",
                path="/v1/service",
                status=HTTPStatus.OK,
                read=reader(messages.ServiceInfo),
                time_of=lambda service: service.time,
            )
        )

    def consent(self, version: str, lang: Language) -> Answer[ConsentDocument]:
        """`GET /v1/consents/{version}`."""
        return self._send(
            Call(
                method="GET",
                path=f"/v1/consents/{version}",
                status=HTTPStatus.OK,
                read=reader(ConsentDocument),
                time_of=no_time,
                query=f"lang={lang}",
            )
        )

    def start_enrolment(
        self, key: Ed25519PrivateKey, request: messages.EnrolmentRequest
    ) -> Answer[messages.EnrolmentStarted]:
        """`POST /v1/enrolments`."""
        kind, status = messages.EnrolmentStarted, HTTPStatus.ACCEPTED
        return self._send(post(key, "/v1/enrolments", request, kind, status=status))

    def resend_code(
        self, key: Ed25519PrivateKey, enrolment_id: str
    ) -> Answer[messages.EnrolmentStarted]:
        """`POST /v1/enrolments/{id}/identity/resend`."""
        path = f"/v1/enrolments/{enrolment_id}/identity/resend"
        kind, status = messages.EnrolmentStarted, HTTPStatus.ACCEPTED
        return self._send(post(key, path, None, kind, status=status))

    def prove_identity(
        self, key: Ed25519PrivateKey, enrolment_id: str, proof: messages.IdentityProof
    ) -> Answer[messages.EnrolmentKeys]:
        """`POST /v1/enrolments/{id}/identity`."""
        path = f"/v1/enrolments/{enrolment_id}/identity"
        return self._send(post(key, path, proof, messages.EnrolmentKeys))

    def confirm(
        self, key: Ed25519PrivateKey, enrolment_id: str, request: messages.ConfirmRequest
    ) -> Answer[messages.Confirmed]:
        """`POST /v1/enrolments/{id}/confirm`."""
        path = f"/v1/enrolments/{enrolment_id}/confirm"
        kind, status = messages.Confirmed, HTTPStatus.CREATED
        return self._send(
            post(key, path, request, kind, status=status, time_of=lambda it: it.status.time)
        )

    def unlock(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.UnlockRequest
    ) -> Answer[messages.Unlocked]:
        """`POST /v1/registrations/{id}/unlock`."""
        path = f"/v1/registrations/{registration_id}/unlock"
        return self._send(
            post(key, path, request, messages.Unlocked, time_of=lambda it: it.status.time)
        )

    def change_pin(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.PinChangeRequest
    ) -> Answer[messages.Unlocked]:
        """`POST /v1/registrations/{id}/pin`."""
        path = f"/v1/registrations/{registration_id}/pin"
        return self._send(
            post(key, path, request, messages.Unlocked, time_of=lambda it: it.status.time)
        )

    def sync(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.SyncRequest
    ) -> Answer[messages.Status]:
        """`POST /v1/registrations/{id}/sync`."""
        path = f"/v1/registrations/{registration_id}/sync"
        return self._send(post(key, path, request, messages.Status, time_of=lambda it: it.time))

    def history(
        self, key: Ed25519PrivateKey, registration_id: str, limit: int
    ) -> Answer[messages.History]:
        """`GET /v1/registrations/{id}/history`."""
        path = f"/v1/registrations/{registration_id}/history"
        return self._send(get(key, path, messages.History, query=f"limit={limit}"))

    def requirements(
        self, key: Ed25519PrivateKey, registration_id: str
    ) -> Answer[messages.OwnRequirements]:
        """`GET /v1/registrations/{id}/requirements`."""
        path = f"/v1/registrations/{registration_id}/requirements"
        return self._send(get(key, path, messages.OwnRequirements, time_of=lambda it: it.time))

    def ask_name_proof(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.NameProofRequest
    ) -> Answer[messages.IdentityChallenge]:
        """`POST /v1/registrations/{id}/name-proof`."""
        path = f"/v1/registrations/{registration_id}/name-proof"
        kind, status = messages.IdentityChallenge, HTTPStatus.ACCEPTED
        return self._send(post(key, path, request, kind, status=status))

    def resend_name_code(
        self, key: Ed25519PrivateKey, registration_id: str
    ) -> Answer[messages.IdentityChallenge]:
        """`POST /v1/registrations/{id}/name-proof/resend`."""
        path = f"/v1/registrations/{registration_id}/name-proof/resend"
        kind, status = messages.IdentityChallenge, HTTPStatus.ACCEPTED
        return self._send(post(key, path, None, kind, status=status))

    def confirm_name(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.NameProofCode
    ) -> Answer[messages.Status]:
        """`POST /v1/registrations/{id}/name-proof/confirm`."""
        path = f"/v1/registrations/{registration_id}/name-proof/confirm"
        return self._send(post(key, path, request, messages.Status, time_of=lambda it: it.time))

    def renew_consent(
        self, key: Ed25519PrivateKey, registration_id: str, consent: messages.ConsentGiven
    ) -> Answer[messages.Status]:
        """`POST /v1/registrations/{id}/consent`."""
        path = f"/v1/registrations/{registration_id}/consent"
        return self._send(post(key, path, consent, messages.Status, time_of=lambda it: it.time))

    def reset(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.ResetRequest
    ) -> Answer[None]:
        """`DELETE /v1/registrations/{id}`."""
        return self._send(
            Call(
                method="DELETE",
                path=f"/v1/registrations/{registration_id}",
                status=HTTPStatus.NO_CONTENT,
                read=nothing,
                time_of=no_time,
                message=request,
                key=key,
            )
        )

    def approval(self, key: Ed25519PrivateKey, ticket: str) -> Answer[Received[ApprovalRequest]]:
        """`GET /v1/approvals/{ticket}`."""
        return self._send(
            Call(
                method="GET",
                path=f"/v1/approvals/{ticket}",
                status=HTTPStatus.OK,
                read=lambda body: Received(wire.decode(body, ApprovalRequest), body),
                time_of=no_time,
                key=key,
            )
        )

    def answer_approval(
        self, key: Ed25519PrivateKey, ticket: str, answer: ApprovalAnswer
    ) -> Answer[ApprovalAnswered]:
        """`POST /v1/approvals/{ticket}`."""
        return self._send(post(key, f"/v1/approvals/{ticket}", answer, ApprovalAnswered))

    def _note(self, path: str, answer: Answer[Any]) -> None:
        if self._contacts is not None:
            moment = format_time(self._clock.now_ms())
            note_contact(self._contacts, path, answer, moment, self._clock.skew_ms() / 1000)
