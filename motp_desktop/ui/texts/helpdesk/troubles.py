"""A sentence for each thing that keeps staff from what they asked for."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.reasons import ReasonFault
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.times import duration
from motp_desktop.ui.texts.trouble import trouble_message

translate = QCoreApplication.translate


def staff_trouble(trouble: o.StaffTrouble | o.StorageTrouble | None) -> Message | None:
    """What to say of this trouble, or None where there is none."""
    match trouble:
        case None:
            return None
        case o.SessionOver():
            return Message(Level.INFO, translate("StaffTrouble", "로그인이 끝났습니다."))
        case o.NotAllowed():
            return Message(
                Level.WARN,
                translate("StaffTrouble", "이 역할로는 할 수 없습니다."),
                translate("StaffTrouble", "관리자에게 역할을 확인해 주세요."),
                "role-not-allowed",
            )
        case o.Gone():
            return Message(
                Level.INFO,
                translate("StaffTrouble", "지금은 없습니다."),
                translate("StaffTrouble", "지워졌거나 다른 것으로 바뀌었습니다. 다시 찾아보세요."),
                "not-found",
            )
        case o.NotPossible():
            return Message(
                Level.WARN,
                translate("StaffTrouble", "그사이 상태가 바뀌어 할 수 없습니다."),
                translate("StaffTrouble", "지금의 상태를 다시 불러왔습니다. 확인하고 정해 주세요."),
                "not-possible",
            )
        case o.NotAccepted():
            return Message(
                Level.WARN,
                translate("StaffTrouble", "서버가 입력한 내용을 받지 않았습니다."),
                translate("StaffTrouble", "전화번호가 들어 있지 않은지 확인하고 고쳐 주세요."),
                "not-accepted",
            )
        case _:
            return trouble_message(trouble)


def sign_in_trouble(
    trouble: o.WrongSignIn
    | o.SetupOver
    | o.NotAccepted
    | o.NoAnswer
    | o.Busy
    | o.UnexpectedRefusal
    | None,
    *,
    in_setup: bool,
) -> Message | None:
    """Why somebody is not in: one sentence, which tells nobody what of it was right."""
    match trouble:
        case None:
            return None
        case o.WrongSignIn():
            if in_setup:
                title = translate(
                    "StaffTrouble", "번호가 맞지 않습니다. 지금 보이는 번호를 넣어 주세요."
                )
            else:
                title = translate(
                    "StaffTrouble", "이름, 비밀번호, 인증번호 가운데 맞지 않는 것이 있습니다."
                )
            return Message(Level.WARN, title)
        case o.SetupOver():
            title = translate("StaffTrouble", "설정 시간이 지났습니다. 다시 로그인해 주세요.")
            return Message(Level.INFO, title)
        case o.NotAccepted():
            title = translate("StaffTrouble", "너무 흔한 비밀번호입니다. 다른 것을 정해 주세요.")
            return Message(Level.WARN, title)
        case o.Busy(retry_after):
            text = translate(
                "StaffTrouble", "여러 번 틀려 잠시 막혔습니다. {time} 뒤에 다시 해 주세요."
            )
            return Message(Level.WARN, text.format(time=duration(retry_after)))
        case o.NoAnswer() | o.UnexpectedRefusal():
            return trouble_message(trouble)
        case _:
            assert_never(trouble)


def reason_fault_text(fault: ReasonFault | None) -> str:
    """What is wrong with a reason; nothing where it will do."""
    match fault:
        case None:
            return ""
        case "missing":
            return translate("StaffTrouble", "사유를 적어 주세요. 감사 기록에 남습니다.")
        case "too-long":
            return translate("StaffTrouble", "200자까지 적을 수 있습니다.")
        case "number":
            return translate("StaffTrouble", "전화번호는 빼 주세요. 감사 기록은 지울 수 없습니다.")
