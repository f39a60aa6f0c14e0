"""Checks that were made, and checks that are needed, in words."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.times import moment
from motp_protocol.fields import CheckMethod, Occasion, RejectionReason
from motp_protocol.messages import OwnRequirement, PastCheck

translate = QCoreApplication.translate


def occasion_text(occasion: Occasion, session: int = 0) -> str:
    """Why a check is asked for; a lesson tells its number."""
    if session and occasion == "lesson":
        return translate("Records", "{n}차시 진도").format(n=session)
    names: dict[Occasion, str] = {
        "entry": translate("Records", "입과"),
        "lesson": translate("Records", "진도"),
        "exam": translate("Records", "시험"),
        "assignment": translate("Records", "과제"),
        "progress": translate("Records", "진행평가"),
        "discussion": translate("Records", "토론"),
        "other_evaluation": translate("Records", "기타평가"),
        "supplement": translate("Records", "보충"),
        "other": translate("Records", "기타"),
    }
    return names[occasion]


def method_text(method: CheckMethod) -> str:
    """How it was proven."""
    names: dict[CheckMethod, str] = {
        "code": translate("Records", "인증번호"),
        "same-pc": translate("Records", "이 PC에서 승인"),
        "phone": translate("Records", "본인인증(휴대폰)"),
        "bypass": translate("Records", "헬프데스크 임시 번호"),
    }
    return names[method]


def check_title(check: PastCheck) -> str:
    """For what it was."""
    return f"{check.course} · {occasion_text(check.occasion, check.session)}"


def check_detail(check: PastCheck, now: str) -> str:
    """When, where and how; `now` is the verifier's time, RFC 3339."""
    parts = (moment(check.verified_at, now), check.institution, method_text(check.method))
    return " · ".join(parts)


def check_state(check: PastCheck) -> str:
    """Whether it was accepted, in a word."""
    if check.result == "accepted":
        return translate("Records", "완료")
    return translate("Records", "안 됨")


def need_title(need: OwnRequirement) -> str:
    """What is needed."""
    return f"{need.course} · {occasion_text(need.occasion)}"


def need_state(need: OwnRequirement) -> str:
    """Whether it is still to be done, in a word."""
    return translate("Records", "아직") if need.required else translate("Records", "완료")


def news_message(check: PastCheck, now: str) -> Message:
    """A check that was made just now, somewhere else: on the training site."""
    where = f"{check.institution} · {check_title(check)}"
    if check.reason is None:
        title = translate("Records", "{time}에 인증됐어요.")
        return Message(Level.OK, title.format(time=moment(check.verified_at, now)), where)
    title = translate("Records", "{time}에 인증되지 않았습니다.")
    return Message(
        Level.WARN,
        title.format(time=moment(check.verified_at, now)),
        f"{where}. {rejection_text(check.reason)}",
        check.reason,
    )


def rejection_text(reason: RejectionReason) -> str:
    """Why a check was rejected, and what to do."""
    match reason:
        case "code-wrong":
            return translate(
                "Records", "번호가 다르거나 늦게 입력됐어요. 지금 보이는 번호를 입력해 주세요."
            )
        case "code-used":
            return translate("Records", "이미 쓴 번호예요. 번호가 바뀌면 새 번호를 입력해 주세요.")
        case "locked":
            return translate("Records", "인증번호 확인이 잠겨 있어요.")
        case "not-registered" | "revoked":
            return translate("Records", "등록된 기기가 없다고 합니다. 헬프데스크에 문의해 주세요.")
        case "suspended":
            return translate("Records", "등록이 정지되어 있어요. 헬프데스크에 문의해 주세요.")
        case "name-not-verified":
            return translate("Records", "이 과정은 본인 명의 확인이 필요해요.")
        case never:
            assert_never(never)
