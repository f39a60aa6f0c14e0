"""The settings in words."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from motp_desktop.services.ports import NoAnswer
from motp_desktop.services.settings import (
    BadAddress,
    Checked,
    CheckedVerifier,
    OtherProtocol,
    ProxyMode,
    SettingsNow,
    Theme,
)
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.times import duration
from motp_desktop.ui.texts.trouble import trouble_message

translate = QCoreApplication.translate


def theme_name(theme: Theme) -> str:
    """What a theme is called."""
    match theme:
        case "system":
            return translate("Settings", "시스템 따름")
        case "light":
            return translate("Settings", "밝게")
        case "dark":
            return translate("Settings", "어둡게")
        case "high-contrast":
            return translate("Settings", "고대비")
        case _:
            assert_never(theme)


def proxy_name(mode: ProxyMode) -> str:
    """What a way to the verifier is called."""
    match mode:
        case "system":
            return translate("Settings", "시스템 따름")
        case "none":
            return translate("Settings", "쓰지 않음")
        case "manual":
            return translate("Settings", "직접 입력")
        case _:
            assert_never(mode)


def lock_name(seconds: int) -> str:
    """How long the code stays open while nobody is there."""
    return duration(seconds)


def fixed_text(name: str, now: SettingsNow) -> str:
    """Why a setting cannot be changed here; empty where it can."""
    if name in now.locked:
        text = translate("Settings", "관리자가 정한 설정이라 바꿀 수 없어요.")
        return f"{text} {now.reason}" if now.reason else text
    if name in now.fixed:
        return translate("Settings", "앱을 시작할 때 명령으로 정해져서 바꿀 수 없어요.")
    return ""


def faults_message(faults: tuple[str, ...]) -> Message | None:
    """Something of the settings' file could not be used."""
    if not faults:
        return None
    return Message(
        Level.WARN,
        translate("Settings", "저장된 설정을 다 읽지 못했어요."),
        translate(
            "Settings", "읽지 못한 것은 기본값으로 시작했고, 파일은 보관했습니다. {names}"
        ).format(names=", ".join(faults)),
    )


def checked_message(checked: Checked | None) -> Message | None:
    """What was found at an address."""
    match checked:
        case None:
            return None
        case BadAddress():
            return Message(
                Level.BAD,
                translate("Settings", "서버 주소가 아니에요."),
                translate(
                    "Settings",
                    "https://otp.example.kr 처럼 입력해 주세요. 훈련기관이나 헬프데스크에서 "
                    "알려 드립니다.",
                ),
            )
        case OtherProtocol():
            return Message(
                Level.BAD,
                translate("Settings", "이 앱과 맞지 않는 서버예요."),
                translate("Settings", "앱을 새 버전으로 바꾸고 다시 해 주세요."),
            )
        case NoAnswer():
            return trouble_message(checked)
        case CheckedVerifier():
            return Message(Level.OK, checked.name, _found(checked))
        case _:
            assert_never(checked)


def _found(checked: CheckedVerifier) -> str:
    lines = [translate("Settings", "인증 서버가 맞아요.")]
    if checked.issuer:
        date = QDateTime.fromString(checked.until, Qt.DateFormat.ISODate).date()
        until = QLocale().toString(date, QLocale.FormatType.ShortFormat)
        lines.append(
            translate("Settings", "인증서 발급: {issuer}, {until}까지").format(
                issuer=checked.issuer, until=until
            )
        )
    for key in checked.keys:
        short = " ".join(key[start : start + 4] for start in range(0, 16, 4))
        lines.append(translate("Settings", "키 지문: {key}").format(key=short))
    return "\n".join(lines)
