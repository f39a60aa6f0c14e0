"""What this PC's status is, in words."""

from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from motp_desktop.services.device_facts import DeviceStatus
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.times import difference

translate = QCoreApplication.translate


def registration_message(status: DeviceStatus) -> Message:
    """The registration in a few words; `code` is for the helpdesk."""
    level = Level.WARN
    match status.registration:
        case "none":
            level, title = Level.INFO, translate("Status", "등록되지 않음")
        case "unconfirmed":
            title = translate("Status", "등록을 마치지 않음")
        case "resetting":
            title = translate("Status", "초기화를 마치지 않음")
        case "active":
            level, title = Level.OK, translate("Status", "사용 중")
        case "pin-locked":
            level, title = Level.BAD, translate("Status", "비밀번호 잠김")
        case "code-locked":
            level, title = Level.BAD, translate("Status", "인증번호 확인 잠김")
        case "suspended":
            title = translate("Status", "일시 정지됨")
        case "revoked":
            level, title = Level.BAD, translate("Status", "해지됨")
        case "ended":
            level, title = Level.BAD, translate("Status", "끝남")
        case "unreadable":
            title = translate("Status", "지금 읽을 수 없음")
        case _:
            assert_never(status.registration)
    return Message(level, title, code=status.reason)


def facts(status: DeviceStatus) -> list[tuple[str, str]]:
    """Names and values, in the order in which the helpdesk asks; what is unknown is left out."""
    rows = [
        (translate("Status", "마지막 연결"), _moment(status)),
        (translate("Status", "이 PC의 시계"), _clock(status)),
        (translate("Status", "인증 서버"), status.verifier),
        (translate("Status", "키 보관함"), _key_store(status)),
        (translate("Status", "앱 버전"), status.app_version),
        (translate("Status", "운영체제"), status.platform),
    ]
    return [(name, value) for name, value in rows if value]


def _moment(status: DeviceStatus) -> str:
    if status.registration in {"none", "ended", "unreadable"}:
        return ""
    if status.last_contact is None:
        return translate("Status", "아직 없음")
    try:
        when = datetime.fromisoformat(status.last_contact)
    except ValueError:
        return status.last_contact
    local = QDateTime.fromMSecsSinceEpoch(round(when.timestamp() * 1000))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def _clock(status: DeviceStatus) -> str:
    skew = status.skew_seconds
    if skew is None:
        return ""
    if abs(skew) < 2:
        return translate("Status", "서버와 같음")
    if skew > 0:
        text = translate("Status", "서버보다 {time} 빠름")
    else:
        text = translate("Status", "서버보다 {time} 느림")
    return text.format(time=difference(abs(skew)))


def _key_store(status: DeviceStatus) -> str:
    if status.key_store == "key file":
        return translate("Status", "키 파일 (보관함보다 약함)")
    if status.key_store_fault:
        return translate("Status", "쓸 수 없음 ({code})").format(code=status.key_store_fault)
    return status.key_store
