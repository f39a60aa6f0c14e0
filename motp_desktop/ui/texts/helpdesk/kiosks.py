"""Kiosks in words: how they stand, what can be done about one, and why not."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.helpdesk.offers import KioskObstacle
from motp_desktop.ui.texts.helpdesk.words import role_words
from motp_desktop.ui.texts.message import Level, Message
from motp_protocol.helpdesk import KioskAction, StaffKiosk

translate = QCoreApplication.translate

SILENT_SECONDS = 600
"""A kiosk reports every minute. One that did not for so long is off, or has no network."""


def kiosk_state(kiosk: StaffKiosk, now: str) -> tuple[Level, str]:
    """How a kiosk stands, in a word or two, and how grave that is; `now` is RFC 3339."""
    match kiosk.state:
        case "awaited":
            return Level.INFO, translate("Kiosks", "등록 기다림")
        case "expired":
            return Level.INFO, translate("Kiosks", "코드 만료")
        case "locked":
            return Level.BAD, translate("Kiosks", "잠김")
        case "revoked":
            return Level.INFO, translate("Kiosks", "폐기됨")
        case "active":
            if _is_silent(kiosk, now):
                return Level.WARN, translate("Kiosks", "연결 없음")
            return Level.OK, translate("Kiosks", "사용 중")


def config_words(kiosk: StaffKiosk) -> str:
    """Whether the kiosk has the newest of its settings; nothing where no PC has enrolled."""
    if kiosk.enrolled_at is None:
        return ""
    if kiosk.config_known >= kiosk.config_version:
        return translate("Kiosks", "최신")
    return translate("Kiosks", "새 설정 기다림")


def action_name(action: KioskAction) -> str:
    """As it stands on the button."""
    if action == "lock":
        return translate("Kiosks", "키오스크 잠그기")
    return translate("Kiosks", "키오스크 잠금 풀기")


def consequence(action: KioskAction) -> str:
    """What it leads to."""
    if action == "lock":
        return translate(
            "Kiosks",
            "여기서는 바로 아무도 인증하지 못합니다. 화면은 1~2분 안에 잠긴 것으로 바뀝니다. "
            "[키오스크 잠금 풀기]로 되돌릴 수 있습니다.",
        )
    return translate("Kiosks", "다시 쓸 수 있게 합니다. 화면은 1~2분 안에 돌아옵니다.")


def done_message(action: KioskAction) -> Message:
    """What was done."""
    if action == "lock":
        return Message(Level.OK, translate("Kiosks", "키오스크를 잠갔습니다."))
    return Message(Level.OK, translate("Kiosks", "키오스크의 잠금을 풀었습니다."))


def obstacle_text(obstacle: KioskObstacle | None) -> str:
    """Why something cannot be done; nothing where it can."""
    match obstacle:
        case None:
            return ""
        case "role":
            text = translate("Kiosks", "{role} 역할은 볼 수만 있습니다.")
            return text.format(role=role_words("auditor"))
        case "not-in-use":
            return translate("Kiosks", "등록된 키오스크만 잠글 수 있습니다.")
        case "is-locked":
            return translate("Kiosks", "이미 잠겨 있습니다.")
        case "not-locked":
            return translate("Kiosks", "잠겨 있지 않습니다.")


def _is_silent(kiosk: StaffKiosk, now: str) -> bool:
    if kiosk.last_contact_at is None:
        return True
    try:
        then, today = (datetime.fromisoformat(each) for each in (kiosk.last_contact_at, now))
    except ValueError:
        return False
    return (today - then).total_seconds() > SILENT_SECONDS
