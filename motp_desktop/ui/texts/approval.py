"""What is said of a request for approval on the same PC, and of the link that brought it."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.records import occasion_text
from motp_desktop.ui.viewmodels.approval_states import ApprovalEnd, LinkNotice
from motp_protocol.approvals import ApprovalRequest

translate = QCoreApplication.translate


def course_text(request: ApprovalRequest) -> str:
    """The course and its class, which some sites only number."""
    named = request.class_
    if named.isdecimal():
        named = translate("Approval", "{n}기").format(n=named)
    return f"{request.course} · {named}"


def purpose_text(request: ApprovalRequest) -> str:
    """What the check is for; with its number where it is of a session."""
    what = occasion_text(request.occasion, request.session)
    if not request.session or request.occasion == "lesson":
        return what
    return translate("Approval", "{n}차시 {what}").format(n=request.session, what=what)


def time_left_text(seconds: int) -> str:
    """How long there is to answer."""
    return translate("Approval", "{n}초 안에 골라 주세요").format(n=seconds)


def end_message(end: ApprovalEnd) -> Message:
    """How it came out, why, and what to do now."""
    match end:
        case ApprovalEnd.APPROVED:
            return Message(
                Level.OK,
                translate("Approval", "승인했어요."),
                translate(
                    "Approval", "브라우저에서 이어집니다. 훈련 사이트의 화면으로 돌아가 주세요."
                ),
            )
        case ApprovalEnd.NOT_OPENED:
            return Message(
                Level.WARN,
                translate("Approval", "브라우저를 열지 못했습니다."),
                translate(
                    "Approval",
                    "승인은 전해졌지만 브라우저에서 마쳐야 끝나요. 다시 열어 보고, 그래도 열리지 "
                    "않으면 훈련 사이트에 인증번호를 입력해 주세요.",
                ),
            )
        case ApprovalEnd.DECLINED:
            return Message(
                Level.INFO,
                translate("Approval", "요청을 거절했어요."),
                translate(
                    "Approval",
                    "이 요청으로는 아무것도 인증되지 않아요. 내가 누르지 않은 요청이 또 오면 "
                    "헬프데스크에 알려 주세요.",
                ),
            )
        case ApprovalEnd.WRONG_NUMBER:
            return Message(
                Level.WARN,
                translate("Approval", "화면에 보이는 번호가 아닙니다."),
                translate("Approval", "안전을 위해 이 요청은 끝났어요.") + " " + _once_more(),
            )
        case ApprovalEnd.EXPIRED:
            return Message(
                Level.WARN, translate("Approval", "요청한 지 오래되어 끝났습니다."), _once_more()
            )
        case ApprovalEnd.OVER:
            return Message(
                Level.WARN,
                translate("Approval", "이 요청은 쓸 수 없습니다."),
                translate("Approval", "이미 답했거나 이 PC의 등록에 온 요청이 아닙니다.")
                + " "
                + _once_more(),
            )
        case ApprovalEnd.OTHER_BROWSER:
            return Message(
                Level.WARN,
                translate("Approval", "다른 브라우저에서 열려 끝났습니다."),
                translate(
                    "Approval",
                    "인증 창을 연 브라우저를 이 PC의 기본 브라우저로 정하고 다시 요청하거나, 훈련 "
                    "사이트에 인증번호를 입력해 주세요.",
                ),
            )
        case ApprovalEnd.NAME_NEEDED:
            return Message(
                Level.INFO,
                translate("Approval", "이 과정은 본인 명의 확인이 먼저 필요해요."),
                translate(
                    "Approval",
                    "인증번호 화면에서 [본인 명의 확인하기]를 마친 뒤 훈련 사이트에서 다시 "
                    "요청해 주세요.",
                ),
            )
        case _:
            assert_never(end)


def notice_message(notice: LinkNotice) -> Message:
    """What is said over the screen that is shown."""
    match notice:
        case LinkNotice.UNLOCK:
            return Message(
                Level.INFO,
                translate("Links", "훈련 사이트가 승인을 기다려요."),
                translate("Links", "비밀번호를 입력하면 요청이 열려요."),
                can_retry=True,
            )
        case LinkNotice.WAITING:
            return Message(
                Level.INFO, translate("Links", "답을 기다리는 승인 요청이 있어요."), can_retry=True
            )
        case LinkNotice.LATE:
            return Message(
                Level.INFO,
                translate("Links", "승인 요청의 시간이 지났습니다."),
                _once_more(),
                can_retry=True,
            )
        case LinkNotice.CLOSED:
            return Message(
                Level.INFO,
                translate("Links", "앱이 잠기면서 승인 요청을 닫았어요."),
                translate(
                    "Links",
                    "비밀번호를 입력한 뒤 훈련 사이트에서 [mOTP 앱으로 인증]을 다시 눌러 주세요.",
                ),
                can_retry=True,
            )
        case LinkNotice.UNREGISTERED:
            return Message(
                Level.INFO,
                translate("Links", "승인하려면 먼저 이 PC를 등록해야 해요."),
                translate(
                    "Links",
                    "등록을 마친 뒤 훈련 사이트에서 다시 요청해 주세요. 급하면 인증 창에서 "
                    "본인인증(휴대폰)을 쓸 수 있어요.",
                ),
                can_retry=True,
            )
        case LinkNotice.UNUSABLE:
            return Message(
                Level.INFO,
                translate("Links", "지금은 이 PC로 승인할 수 없습니다."),
                translate("Links", "아래 안내대로 해결한 뒤 훈련 사이트에서 다시 요청해 주세요."),
                can_retry=True,
            )
        case LinkNotice.OTHER_VERIFIER:
            return Message(
                Level.INFO,
                translate("Links", "다른 인증 서버의 요청이라 열지 않았어요."),
                translate(
                    "Links",
                    "이 PC가 쓰는 서버의 요청만 승인할 수 있어요. 훈련 사이트의 안내를 확인해 "
                    "주세요.",
                ),
                can_retry=True,
            )
        case _:
            assert_never(notice)


def _once_more() -> str:
    return translate("Approval", "훈련 사이트에서 [mOTP 앱으로 인증]을 다시 눌러 주세요.")
