"""Approval on the same PC: what a pop-up asks, and the trainee's answer to it."""

from typing import assert_never

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.approval_outcomes import (
    ApprovalDeclined,
    ApprovalExpired,
    ApprovalLoaded,
    ApprovalOutcome,
    ApprovalOver,
    ApprovalQuestion,
    ApprovalRefusal,
    Approved,
    NameNotProven,
    NotUnlocked,
    OtherBrowser,
    WrongNumber,
)
from motp_desktop.services.outcomes import ApprovalAsked, Ended, PinLocked, Suspended, Trouble
from motp_desktop.services.ports import Answer, NoAnswer, Ok, Received, Refused, Slot, VerifierApi
from motp_desktop.services.refusals import registration_refusal
from motp_desktop.services.session import Session
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.approvals import (
    ApprovalAnswer,
    ApprovalAnswered,
    ApprovalRequest,
    Decision,
    approval_proof,
)
from motp_protocol.encoding import parse_time
from motp_protocol.keys import approve_key
from motp_protocol.problems import Problem, ProblemType

LONGEST_URL = 2048


class Approvals:
    """Implements `use_cases.Approvals`. Keeps nothing: the key is derived for each answer."""

    def __init__(
        self,
        *,
        api: VerifierApi,
        keeper: VaultKeeper,
        session: Session,
        verifier_clock: VerifierClock,
        verifier_origin: str,
    ) -> None:
        self._api = api
        self._keeper = keeper
        self._session = session
        self._verifier_clock = verifier_clock
        self._verifier_origin = verifier_origin

    def ask(self, link: ApprovalAsked) -> ApprovalLoaded:
        """What the link's pop-up asks for."""
        if self._session.current is None:
            return NotUnlocked()
        key = self._signing_key()
        if not isinstance(key, Ed25519PrivateKey):
            return key
        answer = self._api.approval(key, link.ticket)
        match answer:
            case NoAnswer():
                return answer
            case Refused(problem):
                return _refused(problem)
            case Ok(received):
                return self._question(link, received)
            case never:
                assert_never(never)

    def answer(
        self, question: ApprovalQuestion, decision: Decision, number: str
    ) -> ApprovalOutcome:
        """Say yes with a number, or no with an empty one.

        Where the answer to it is lost it is said once more: equal words get an equal answer.
        """
        unlocked = self._session.current
        if unlocked is None:
            return NotUnlocked()
        key = self._signing_key()
        if not isinstance(key, Ed25519PrivateKey):
            return key
        proof = approval_proof(
            approve_key(unlocked.seed),
            ticket=question.ticket,
            popup_id=question.request.popup_id,
            decision=decision,
            number=number,
            asked=question.asked,
        )
        said = ApprovalAnswer(decision=decision, number=number, proof=proof)
        answer = self._api.answer_approval(key, question.ticket, said)
        if isinstance(answer, NoAnswer) and answer.reason in {"timeout", "offline"}:
            answer = self._api.answer_approval(key, question.ticket, said)
        return self._answered(decision, answer)

    def _signing_key(self) -> Ed25519PrivateKey | Ended | Trouble:
        vault = self._keeper.load(Slot.ACTIVE)
        if vault is None:
            return Ended("vault-damaged")
        if not isinstance(vault, OpenVault):
            return vault
        return Ed25519PrivateKey.from_private_bytes(vault.contents.signing_key)

    def _question(
        self, link: ApprovalAsked, received: Received[ApprovalRequest]
    ) -> ApprovalQuestion | ApprovalOver | NoAnswer:
        request = received.value
        if request.popup_id != link.popup:
            return ApprovalOver()
        try:
            expires_at = self._verifier_clock.elapsed_at(parse_time(request.expires_at))
        except ValueError:
            return NoAnswer("bad-answer")
        return ApprovalQuestion(request, expires_at, link.ticket, received.body)

    def _answered(self, decision: Decision, answer: Answer[ApprovalAnswered]) -> ApprovalOutcome:
        match answer:
            case NoAnswer():
                return answer
            case Refused(problem):
                return _refused(problem)
            case Ok(ApprovalAnswered(completion_url=None)):
                return ApprovalDeclined() if decision == "refuse" else NoAnswer("bad-answer")
            case Ok(ApprovalAnswered(completion_url=url)):
                if decision == "refuse" or url is None or not self._is_ours(url):
                    return NoAnswer("bad-answer")
                return Approved(url)
            case never:
                assert_never(never)

    def _is_ours(self, url: str) -> bool:
        """Whether it lies under the verifier's origin, which is HTTPS or this PC.

        The slash that follows ends the authority (RFC 3986 §3.2), so that no other host can
        begin with this one's name.
        """
        is_plain = url.isascii() and url.isprintable() and not set(url) & set(' \\"<>')
        return is_plain and len(url) <= LONGEST_URL and url.startswith(f"{self._verifier_origin}/")


def _refused(problem: Problem) -> ApprovalRefusal:
    match problem.known_type:
        case ProblemType.APPROVAL_NUMBER_WRONG:
            return WrongNumber()
        case ProblemType.APPROVAL_EXPIRED:
            return ApprovalExpired()
        case ProblemType.APPROVAL_ANSWERED | ProblemType.NOT_FOUND:
            return ApprovalOver()
        case ProblemType.OTHER_BROWSER:
            return OtherBrowser()
        case ProblemType.NAME_NOT_VERIFIED:
            return NameNotProven()
        case ProblemType.REGISTRATION_LOCKED:
            return PinLocked()
        case ProblemType.REGISTRATION_SUSPENDED:
            return Suspended()
        case _:
            return registration_refusal(problem)
