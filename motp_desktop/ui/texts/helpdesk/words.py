"""Spans, moments, states and names, as the console words them."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.helpdesk.ports import Order
from motp_desktop.ui.texts.message import Level
from motp_desktop.ui.texts.times import difference, moment
from motp_protocol.fields import DeviceKind, Lock, RegistrationState, RevocationReason
from motp_protocol.helpdesk import StaffRegistration, StaffRole

translate = QCoreApplication.translate

_DAY = 86_400
_SAME = 2
"""Seconds: clocks that are no further apart count as the same."""


def span(seconds: int) -> str:
    """A time that has passed, in days where it is long: `3일`."""
    if seconds >= 2 * _DAY:
        return translate("ConsoleWords", "{n}일").format(n=round(seconds / _DAY))
    return difference(seconds)


def ago(timestamp: str | None, now: str) -> str:
    """When something was, or that it never was; both are RFC 3339."""
    return never() if timestamp is None else moment(timestamp, now)


def never() -> str:
    """There was no such time."""
    return translate("ConsoleWords", "없음")


def clock_words(skew_seconds: float) -> str:
    """How a device's clock goes, by the verifier's."""
    seconds = round(abs(skew_seconds))
    if seconds < _SAME:
        return translate("ConsoleWords", "서버와 같음")
    if skew_seconds > 0:
        return translate("ConsoleWords", "서버보다 {time} 빠름").format(time=difference(seconds))
    return translate("ConsoleWords", "서버보다 {time} 느림").format(time=difference(seconds))


def state_words(state: RegistrationState | None, locks: list[Lock]) -> tuple[Level, str]:
    """How a registration stands, in a word or two, and how grave that is."""
    match state:
        case None:
            return Level.INFO, translate("ConsoleWords", "등록 없음")
        case "suspended":
            return Level.WARN, translate("ConsoleWords", "일시 정지")
        case "revoked":
            return Level.INFO, translate("ConsoleWords", "해지됨")
        case "active":
            if "pin" in locks:
                return Level.BAD, translate("ConsoleWords", "비밀번호 잠김")
            if "code" in locks:
                return Level.BAD, translate("ConsoleWords", "인증번호 잠김")
            return Level.OK, translate("ConsoleWords", "사용 중")


def registration_words(registration: StaffRegistration) -> tuple[Level, str]:
    """The same, with the reason why it is over."""
    level, words = state_words(registration.state, registration.locks)
    if registration.reason is None:
        return level, words
    return level, f"{words} · {end_words(registration.reason)}"


def end_words(reason: RevocationReason) -> str:
    """Why a registration is over."""
    words: dict[RevocationReason, str] = {
        "replaced": translate("ConsoleWords", "다른 기기에 새로 등록"),
        "reset": translate("ConsoleWords", "훈련생이 초기화"),
        "cloned": translate("ConsoleWords", "기기 자료가 복사됨"),
        "withdrawn": translate("ConsoleWords", "동의 철회"),
        "staff": translate("ConsoleWords", "헬프데스크가 해지"),
    }
    return words[reason]


def kind_words(kind: DeviceKind) -> str:
    """What a device is for."""
    if kind == "kiosk":
        return translate("ConsoleWords", "공용 키오스크")
    return translate("ConsoleWords", "개인 PC")


def role_words(role: StaffRole) -> str:
    """What somebody of the staff is."""
    words: dict[StaffRole, str] = {
        "helpdesk": translate("ConsoleWords", "헬프데스크"),
        "auditor": translate("ConsoleWords", "감사자"),
        "admin": translate("ConsoleWords", "관리자"),
    }
    return words[role]


def order_words(order: Order) -> str:
    """In which order people are listed."""
    words: dict[Order, str] = {
        "contact": translate("ConsoleWords", "최근 연결 순"),
        "state": translate("ConsoleWords", "상태 순"),
        "created": translate("ConsoleWords", "최근 등록 순"),
    }
    return words[order]
