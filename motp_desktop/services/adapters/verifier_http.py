"""The verifier's device interface over HTTP (docs/protocol.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from motp_desktop.services.adapters.answers import JSON, Expected, learn_time, tell_apart
from motp_desktop.services.adapters.contact_notes import log_call, note_contact
from motp_desktop.services.adapters.http_exchange import Exchange, HttpAnswer, HttpRequest
from motp_desktop.services.adapters.origins import authority_of
from motp_desktop.services.contacts import ContactBook
from motp_desktop.services.ports import (
    Answer,
    Clock,
    Entropy,
    NoAnswer,
    Ok,
    Received,
    Refused,
)
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol import messages, wire
from motp_protocol.approvals import ApprovalAnswer, ApprovalAnswered, ApprovalRequest
from motp_protocol.consent import ConsentDocument
from motp_protocol.encoding import format_time
from motp_protocol.fields import Language
from motp_protocol.problems import CONTENT_TYPE, Problem, ProblemType
from motp_protocol.signature import NONCE_SIZE, RequestParts, sign_request

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Call(Generic[T]):
    """A request of the interface, and how its answer is read."""

    method: str
    path: str
    status: HTTPStatus
    read: Callable[[bytes], T]
    time_of: Callable[[T], str | None]
    query: str = ""
    message: Struct | None = None
    key: Ed25519PrivateKey | None = None


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
        self._origin = origin
        self._exchange = exchange
        self._clock = clock
        self._verifier_clock = verifier_clock
        self._entropy = entropy
        self._user_agent = f"motp-desktop/{app_version}"
        self._contacts = contacts

    def service(self) -> Answer[messages.ServiceInfo]:
        """`GET /v1/service`."""
        return self._send(
            _Call(
                method="GET",
                path="/v1/service",
                status=HTTPStatus.OK,
                read=_reader(messages.ServiceInfo),
                time_of=lambda service: service.time,
            )
        )

    def consent(self, version: str, lang: Language) -> Answer[ConsentDocument]:
        """`GET /v1/consents/{version}`."""
        return self._send(
            _Call(
                method="GET",
                path=f"/v1/consents/{version}",
                status=HTTPStatus.OK,
                read=_reader(ConsentDocument),
                time_of=_no_time,
                query=f"lang={lang}",
            )
        )

    def start_enrolment(
        self, key: Ed25519PrivateKey, request: messages.EnrolmentRequest
    ) -> Answer[messages.EnrolmentStarted]:
        """`POST /v1/enrolments`."""
        kind, status = messages.EnrolmentStarted, HTTPStatus.ACCEPTED
        return self._send(_post(key, "/v1/enrolments", request, kind, status=status))

    def resend_code(
        self, key: Ed25519PrivateKey, enrolment_id: str
    ) -> Answer[messages.EnrolmentStarted]:
        """`POST /v1/enrolments/{id}/identity/resend`."""
        path = f"/v1/enrolments/{enrolment_id}/identity/resend"
        kind, status = messages.EnrolmentStarted, HTTPStatus.ACCEPTED
        return self._send(_post(key, path, None, kind, status=status))

    def prove_identity(
        self, key: Ed25519PrivateKey, enrolment_id: str, proof: messages.IdentityProof
    ) -> Answer[messages.EnrolmentKeys]:
        """`POST /v1/enrolments/{id}/identity`."""
        path = f"/v1/enrolments/{enrolment_id}/identity"
        return self._send(_post(key, path, proof, messages.EnrolmentKeys))

    def confirm(
        self, key: Ed25519PrivateKey, enrolment_id: str, request: messages.ConfirmRequest
    ) -> Answer[messages.Confirmed]:
        """`POST /v1/enrolments/{id}/confirm`."""
        path = f"/v1/enrolments/{enrolment_id}/confirm"
        kind, status = messages.Confirmed, HTTPStatus.CREATED
        return self._send(
            _post(key, path, request, kind, status=status, time_of=lambda it: it.status.time)
        )

    def unlock(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.UnlockRequest
    ) -> Answer[messages.Unlocked]:
        """`POST /v1/registrations/{id}/unlock`."""
        path = f"/v1/registrations/{registration_id}/unlock"
        return self._send(
            _post(key, path, request, messages.Unlocked, time_of=lambda it: it.status.time)
        )

    def change_pin(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.PinChangeRequest
    ) -> Answer[messages.Unlocked]:
        """`POST /v1/registrations/{id}/pin`."""
        path = f"/v1/registrations/{registration_id}/pin"
        return self._send(
            _post(key, path, request, messages.Unlocked, time_of=lambda it: it.status.time)
        )

    def sync(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.SyncRequest
    ) -> Answer[messages.Status]:
        """`POST /v1/registrations/{id}/sync`."""
        path = f"/v1/registrations/{registration_id}/sync"
        return self._send(_post(key, path, request, messages.Status, time_of=lambda it: it.time))

    def history(
        self, key: Ed25519PrivateKey, registration_id: str, limit: int
    ) -> Answer[messages.History]:
        """`GET /v1/registrations/{id}/history`."""
        path = f"/v1/registrations/{registration_id}/history"
        return self._send(_get(key, path, messages.History, query=f"limit={limit}"))

    def requirements(
        self, key: Ed25519PrivateKey, registration_id: str
    ) -> Answer[messages.OwnRequirements]:
        """`GET /v1/registrations/{id}/requirements`."""
        path = f"/v1/registrations/{registration_id}/requirements"
        return self._send(_get(key, path, messages.OwnRequirements, time_of=lambda it: it.time))

    def ask_name_proof(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.NameProofRequest
    ) -> Answer[messages.IdentityChallenge]:
        """`POST /v1/registrations/{id}/name-proof`."""
        path = f"/v1/registrations/{registration_id}/name-proof"
        kind, status = messages.IdentityChallenge, HTTPStatus.ACCEPTED
        return self._send(_post(key, path, request, kind, status=status))

    def resend_name_code(
        self, key: Ed25519PrivateKey, registration_id: str
    ) -> Answer[messages.IdentityChallenge]:
        """`POST /v1/registrations/{id}/name-proof/resend`."""
        path = f"/v1/registrations/{registration_id}/name-proof/resend"
        kind, status = messages.IdentityChallenge, HTTPStatus.ACCEPTED
        return self._send(_post(key, path, None, kind, status=status))

    def confirm_name(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.NameProofCode
    ) -> Answer[messages.Status]:
        """`POST /v1/registrations/{id}/name-proof/confirm`."""
        path = f"/v1/registrations/{registration_id}/name-proof/confirm"
        return self._send(_post(key, path, request, messages.Status, time_of=lambda it: it.time))

    def renew_consent(
        self, key: Ed25519PrivateKey, registration_id: str, consent: messages.ConsentGiven
    ) -> Answer[messages.Status]:
        """`POST /v1/registrations/{id}/consent`."""
        path = f"/v1/registrations/{registration_id}/consent"
        return self._send(_post(key, path, consent, messages.Status, time_of=lambda it: it.time))

    def reset(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.ResetRequest
    ) -> Answer[None]:
        """`DELETE /v1/registrations/{id}`."""
        return self._send(
            _Call(
                method="DELETE",
                path=f"/v1/registrations/{registration_id}",
                status=HTTPStatus.NO_CONTENT,
                read=_nothing,
                time_of=_no_time,
                message=request,
                key=key,
            )
        )

    def approval(self, key: Ed25519PrivateKey, ticket: str) -> Answer[Received[ApprovalRequest]]:
        """`GET /v1/approvals/{ticket}`."""
        return self._send(
            _Call(
                method="GET",
                path=f"/v1/approvals/{ticket}",
                status=HTTPStatus.OK,
                read=lambda body: Received(wire.decode(body, ApprovalRequest), body),
                time_of=_no_time,
                key=key,
            )
        )

    def answer_approval(
        self, key: Ed25519PrivateKey, ticket: str, answer: ApprovalAnswer
    ) -> Answer[ApprovalAnswered]:
        """`POST /v1/approvals/{ticket}`."""
        return self._send(_post(key, f"/v1/approvals/{ticket}", answer, ApprovalAnswered))

    def _send(self, call: _Call[T]) -> Answer[T]:
        answer = self._send_once(call)
        if isinstance(answer, Refused) and _is_clock_skew(answer.problem):
            return self._send_once(call)
        return answer

    def _send_once(self, call: _Call[T]) -> Answer[T]:
        request = self._request(call)
        sent = self._clock.elapsed_ms()
        answer = self._exchange.send(request)
        received = self._clock.elapsed_ms()
        told_apart = self._tell_apart(call, answer, sent, received)
        log_call(call.method, call.path, told_apart)
        if self._contacts is not None:
            moment = format_time(self._verifier_clock.now_ms())
            skew = self._verifier_clock.skew_ms() / 1000
            note_contact(self._contacts, call.path, told_apart, moment, skew)
        return told_apart

    def _tell_apart(
        self, call: _Call[T], answer: HttpAnswer | NoAnswer, sent: int, received: int
    ) -> Answer[T]:
        told_apart = tell_apart(Expected({call.status: call.read}), answer)
        told = _time_told(call, told_apart)
        try:
            if told is not None:
                learn_time(self._verifier_clock, told, sent, received)
        except ValueError:
            return NoAnswer("bad-answer")
        return told_apart

    def _request(self, call: _Call[T]) -> HttpRequest:
        body = b"" if call.message is None else wire.encode(call.message)
        headers = {
            "Accept": f"{JSON}, {CONTENT_TYPE}",
            "Accept-Encoding": "identity",
            "User-Agent": self._user_agent,
        }
        if call.message is not None:
            headers["Content-Type"] = JSON
        if call.key is not None:
            headers |= sign_request(
                call.key,
                RequestParts(call.method, authority_of(self._origin), call.path, call.query, body),
                created=max(0, self._verifier_clock.now_ms() // 1000),
                nonce=self._entropy(NONCE_SIZE),
            )
        target = f"{call.path}?{call.query}" if call.query else call.path
        return HttpRequest(call.method, self._origin + target, headers, body)


def _time_told(call: _Call[T], answer: Answer[T]) -> str | None:
    match answer:
        case Ok(value):
            return call.time_of(value)
        case Refused(problem):
            return problem.time
        case NoAnswer():
            return None


def _is_clock_skew(problem: Problem) -> bool:
    return problem.known_type is ProblemType.CLOCK_SKEW and problem.time is not None


def _post(
    key: Ed25519PrivateKey,
    path: str,
    message: Struct | None,
    kind: type[T],
    *,
    status: HTTPStatus = HTTPStatus.OK,
    time_of: Callable[[T], str | None] | None = None,
) -> _Call[T]:
    return _Call(
        method="POST",
        path=path,
        status=status,
        read=_reader(kind),
        time_of=time_of or _no_time,
        message=message,
        key=key,
    )


def _get(
    key: Ed25519PrivateKey,
    path: str,
    kind: type[T],
    *,
    query: str = "",
    time_of: Callable[[T], str | None] | None = None,
) -> _Call[T]:
    return _Call(
        method="GET",
        path=path,
        status=HTTPStatus.OK,
        read=_reader(kind),
        time_of=time_of or _no_time,
        query=query,
        key=key,
    )


def _reader(kind: type[T]) -> Callable[[bytes], T]:
    return lambda body: wire.decode(body, kind)


def _nothing(body: bytes) -> None:
    """The reader of an answer without a body."""


def _no_time(value: object) -> None:
    """For an answer that does not tell the time."""
