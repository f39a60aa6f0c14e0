"""What a kiosk says."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.kiosk import outcomes
from motp_desktop.services.outcomes import (
    KeyStoreTrouble,
    StorageTrouble,
    Trouble,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.times import duration
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.kiosk.states import ExitState
from motp_protocol.kiosks import KioskClaims, OpeningHours, Weekday

translate = QCoreApplication.translate


def out_of_order_message(
    cause: outcomes.NotEnrolled | outcomes.KioskEnded | KeyStoreTrouble | StorageTrouble,
) -> Message:
    """Why nobody can be served, and what an administrator does about it."""
    match cause:
        case outcomes.NotEnrolled():
            return Message(
                Level.INFO,
                translate("Kiosk", "아직 준비되지 않은 키오스크입니다."),
                translate(
                    "Kiosk",
                    "관리자가 터미널에서 motp-desktop kiosk enrol을 실행해 이 PC를 등록해야 "
                    "합니다.",
                ),
                "kiosk-not-enrolled",
            )
        case outcomes.KioskEnded():
            return Message(
                Level.BAD,
                translate("Kiosk", "이 키오스크는 더 쓸 수 없습니다."),
                translate(
                    "Kiosk",
                    "키오스크 등록이 폐기되었거나 이 PC의 비밀 열쇠가 없어졌습니다. 관리자가 새 "
                    "코드로 다시 등록해야 합니다.",
                ),
                "kiosk-ended",
            )
        case KeyStoreTrouble() | StorageTrouble():
            told = trouble_message(cause)
            return told or Message(Level.BAD, translate("Kiosk", "관리자를 불러 주세요."))
        case _:
            assert_never(cause)


def locked_message() -> Message:
    """Staff have locked it."""
    return Message(
        Level.WARN,
        translate("Kiosk", "이 키오스크는 잠시 쓸 수 없습니다."),
        translate("Kiosk", "헬프데스크에서 잠갔습니다. 직원에게 물어봐 주세요."),
        "kiosk-locked",
    )


def closed_message(claims: KioskClaims) -> Message:
    """Outside the opening hours."""
    body = "" if claims.hours is None else hours_text(claims.hours)
    return Message(Level.INFO, translate("Kiosk", "지금은 운영 시간이 아닙니다."), body)


def hours_text(hours: OpeningHours) -> str:
    """When the kiosk serves."""
    words: dict[Weekday, str] = {
        "mon": translate("Kiosk", "월"),
        "tue": translate("Kiosk", "화"),
        "wed": translate("Kiosk", "수"),
        "thu": translate("Kiosk", "목"),
        "fri": translate("Kiosk", "금"),
        "sat": translate("Kiosk", "토"),
        "sun": translate("Kiosk", "일"),
    }
    days = "·".join(words[day] for day in hours.days)
    text = translate("Kiosk", "운영 시간: {days} {opens}–{closes}")
    return text.format(days=days, opens=hours.opens, closes=hours.closes)


def offline_message() -> Message:
    """The verifier does not answer."""
    return Message(
        Level.WARN,
        translate("Kiosk", "지금 인터넷에 연결되어 있지 않습니다."),
        translate(
            "Kiosk",
            "급하면 훈련 사이트의 인증 창에서 본인인증(휴대폰)을 쓸 수 있어요. 연결되면 저절로 "
            "다시 쓸 수 있습니다.",
        ),
    )


def visitor_s_trouble(trouble: Trouble | None) -> Message | None:
    """What to say of this trouble to somebody who cannot mend it."""
    match trouble:
        case NoAnswer():
            return offline_message()
        case UnexpectedRefusal("kiosk-locked"):
            return locked_message()
        case _:
            return trouble_message(trouble)


def forgets_message(seconds: int) -> Message:
    """Nobody has touched anything for a while."""
    title = translate("Kiosk", "{n}초 뒤에 화면을 지웁니다.").format(n=seconds)
    body = translate("Kiosk", "계속하려면 화면을 만지거나 아무 키나 눌러 주세요.")
    return Message(Level.WARN, title, body)


def exit_error_text(state: ExitState) -> str:
    """What came of the last exit PIN."""
    if state.too_short:
        return translate("Kiosk", "끝내기 비밀번호는 6자리 이상입니다.")
    if state.retry_after is not None:
        text = translate("Kiosk", "여러 번 맞지 않아 잠겼습니다. {time} 뒤에 다시 해 주세요.")
        return text.format(time=duration(state.retry_after))
    if state.attempts_left is not None:
        text = translate("Kiosk", "끝내기 비밀번호가 맞지 않습니다. {n}번 더 할 수 있어요.")
        return text.format(n=state.attempts_left)
    return ""


def spelled_number(digits: str) -> str:
    """A number as far as it is typed, with hyphens where people look for them."""
    if len(digits) <= 3:
        return digits
    middle = 7 if len(digits) > 10 or digits.startswith("010") else 6
    parts = (digits[:3], digits[3:middle], digits[middle:])
    return "-".join(part for part in parts if part)
