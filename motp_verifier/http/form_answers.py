"""The agency's codes: each outcome of a form, in the words that its sites show."""

from enum import Enum
from typing import Literal, TypeAlias, assert_never

import msgspec
from litestar import Response

from motp_protocol import wire
from motp_protocol.messages import VerificationResult
from motp_verifier.http.form_body import BrokenForm, WrongContentType
from motp_verifier.services.form_interface.checks import FormCheckOutcome
from motp_verifier.services.form_interface.entrance import NotAllowed, TooMany
from motp_verifier.services.form_interface.reading import BadForm, Blank, NotSixDigits
from motp_verifier.services.form_interface.refusals import Withheld
from motp_verifier.services.form_interface.resets import (
    LockLifted,
    NoSuchTransaction,
    ResetOutcome,
)
from motp_verifier.services.idempotency import Repeated
from motp_verifier.services.trainee_lookup import BadName, BadPhone, Malformed
from motp_verifier.services.verification_answer import Accepted, Rejected

FormCodeText: TypeAlias = Literal[
    "200", "AP001", "AP002", "AP003", "AP004", "AP005", "AP007", "AP009", "AP010", "AP012",
    "WE001", "WE002", "WE005", "IE001",
]  # fmt: skip


class FormAnswer(msgspec.Struct, frozen=True):
    """What every form is answered, by HTTP 200. `receipt` is a JWS where a code was accepted."""

    code: FormCodeText
    msg: str
    status: Literal["SUCCESS", "FAIL"]
    receipt: str | None


class FormCode(Enum):
    """A code of the agency's, and its message."""

    ACCEPTED = "200", "인증되었습니다."
    LIFTED = "200", "인증 제한이 해제되었습니다."
    WRONG = "AP001", "인증번호가 일치하지 않습니다. 앱에 표시된 새 번호를 입력해 주세요."
    NO_NAME = "AP002", "이름이 입력되지 않았습니다."
    NO_PHONE = "AP003", "전화번호가 입력되지 않았습니다."
    NO_CODE = "AP004", "인증번호가 입력되지 않았습니다."
    UNKNOWN = (
        "AP005",
        "등록되지 않았거나 사용할 수 없는 사용자입니다. mOTP 앱에서 확인해 주세요.",
    )
    BAD_CALL = "AP007", "호출 오류입니다. 훈련기관에 문의해 주세요."
    LOCKED = (
        "AP009",
        "인증에 5회 실패하여 제한되었습니다. 휴대폰 본인인증으로 해제해 주세요.",
    )
    NOT_PROVEN = "AP010", "본인인증이 확인되지 않았습니다. 휴대폰 본인인증을 다시 해 주세요."
    NOT_SIX_DIGITS = "AP012", "인증번호는 숫자 6자리입니다."
    CONTENT_TYPE = "WE001", "요청 형식(Content-Type)이 올바르지 않습니다."
    METHOD = "WE002", "POST 방식으로 호출해 주세요."
    TOO_MANY = "WE005", "요청이 너무 많습니다. 잠시 후 다시 시도해 주세요."
    INTERNAL = "IE001", "시스템 오류입니다. 잠시 후 다시 시도해 주세요."

    def __init__(self, code: FormCodeText, msg: str) -> None:
        self.code = code
        self.msg = msg


_BLANKS = {"name": FormCode.NO_NAME, "phone": FormCode.NO_PHONE, "code": FormCode.NO_CODE}


def form_response(code: FormCode, receipt: str | None = None) -> Response[FormAnswer]:
    """The response that says so."""
    status: Literal["SUCCESS", "FAIL"] = "SUCCESS" if code.code == "200" else "FAIL"
    return Response(FormAnswer(code.code, code.msg, status, receipt), status_code=200)


def unread_code(unread: WrongContentType | BrokenForm) -> FormCode:
    """For what could not be read as a form."""
    match unread:
        case WrongContentType():
            return FormCode.CONTENT_TYPE
        case BrokenForm():
            return FormCode.BAD_CALL
        case never:
            assert_never(never)


def check_response(outcome: FormCheckOutcome, *, browser: bool) -> Response[FormAnswer]:
    """The answer to a check. A repeated one is that of the first, receipt and all."""
    match outcome:
        case Accepted():
            return form_response(FormCode.ACCEPTED, outcome.receipt)
        case Repeated(body):
            first = wire.decode(body, VerificationResult)
            return form_response(FormCode.ACCEPTED, first.receipt)
        case Rejected():
            return form_response(_rejected(outcome))
        case Withheld():
            return form_response(FormCode.LOCKED if outcome.seems_locked else FormCode.WRONG)
        case BadName() | BadPhone():
            # Nobody can be called so: a page is told what it is told of strangers.
            return form_response(FormCode.WRONG if browser else FormCode.UNKNOWN)
        case Blank(what):
            return form_response(_BLANKS[what])
        case NotSixDigits():
            return form_response(FormCode.NOT_SIX_DIGITS)
        case BadForm() | Malformed() | NotAllowed():
            return form_response(FormCode.BAD_CALL)
        case TooMany():
            return form_response(FormCode.TOO_MANY)
        case never:
            assert_never(never)


def reset_response(outcome: ResetOutcome) -> Response[FormAnswer]:
    """The answer to a reset."""
    match outcome:
        case LockLifted():
            return form_response(FormCode.LIFTED)
        case NoSuchTransaction():
            return form_response(FormCode.NOT_PROVEN)
        case Blank(what):
            return form_response(_BLANKS[what])
        case NotAllowed():
            return form_response(FormCode.BAD_CALL)
        case TooMany():
            return form_response(FormCode.TOO_MANY)
        case never:
            assert_never(never)


def _rejected(outcome: Rejected) -> FormCode:
    match outcome.reason:
        case "code-wrong":
            # The agency tells of the lock with the failure that sets it.
            return FormCode.WRONG if outcome.attempts_left else FormCode.LOCKED
        case "code-used":
            return FormCode.WRONG
        case "locked":
            return FormCode.LOCKED
        case "not-registered" | "revoked" | "suspended" | "name-not-verified":
            return FormCode.UNKNOWN
        case never:
            assert_never(never)
