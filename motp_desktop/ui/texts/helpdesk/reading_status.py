"""What a device's status says, beside what the verifier knows."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.helpdesk.outcomes import NoStatusFound
from motp_desktop.ui.texts.helpdesk.words import ago, clock_words, registration_words
from motp_desktop.ui.texts.message import Level, Message
from motp_protocol.helpdesk import StatusTokenRead
from motp_protocol.status_token import DeviceState

translate = QCoreApplication.translate

_APART = 5
"""Seconds by which a device may count its skew otherwise than the verifier did last."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact: as the device says, and as the verifier knows; `differs` where these disagree."""

    name: str
    claimed: str
    known: str
    differs: bool = False


def not_found_message(found: NoStatusFound) -> Message:
    """Why a picture gave nothing."""
    match found.why:
        case "none":
            return Message(
                Level.WARN,
                translate("ReadingStatus", "QR 코드를 찾지 못했습니다."),
                translate(
                    "ReadingStatus",
                    "QR 코드가 가려지지 않게, 더 크고 또렷하게 보이는 그림을 써 주세요.",
                ),
                "no-qr-code",
            )
        case "other":
            return Message(
                Level.WARN,
                translate("ReadingStatus", "mOTP 상태가 아닌 QR 코드입니다."),
                translate(
                    "ReadingStatus",
                    "훈련생에게 앱 메뉴의 [이 PC의 상태]에서 QR 코드를 열어 달라고 하세요.",
                ),
                "other-qr-code",
            )
        case "no-reader":
            return Message(
                Level.WARN,
                translate("ReadingStatus", "이 PC에는 QR 코드를 읽는 부품이 없습니다."),
                translate(
                    "ReadingStatus",
                    "관리자에게 motp-desktop[helpdesk] 설치를 부탁하세요. 그동안은 짧은 코드를 "
                    "물어보세요.",
                ),
                "zxing-cpp",
            )


def refused_message() -> Message:
    """The verifier does not believe a token, or knows no such short code."""
    return Message(
        Level.BAD,
        translate("ReadingStatus", "서버가 이 상태를 인정하지 않습니다."),
        translate(
            "ReadingStatus",
            "만든 지 10분이 지났거나, 다른 서버의 것이거나, 고쳐진 것입니다. 새 QR 코드를 열어 "
            "달라고 하세요.",
        ),
        "status-token-invalid",
    )


def unknown_message() -> Message:
    """No registration has this short code."""
    return Message(
        Level.WARN,
        translate("ReadingStatus", "이 코드의 기기를 찾지 못했습니다."),
        translate("ReadingStatus", "코드를 한 글자씩 다시 확인해 주세요."),
        "not-found",
    )


def verdict(read: StatusTokenRead) -> Message:
    """What is to be thought of it, on top."""
    if read.claims is None:
        return Message(
            Level.INFO,
            translate("ReadingStatus", "기기를 찾았습니다."),
            translate(
                "ReadingStatus",
                "짧은 코드는 어느 기기인지만 알려 줍니다. 본인임을 증명하지는 않습니다.",
            ),
        )
    if any(row.differs for row in compare(read, "")):
        return Message(
            Level.WARN,
            translate(
                "ReadingStatus", "기기의 서명은 맞지만, 기기가 아는 것과 서버 기록이 다릅니다."
            ),
            translate(
                "ReadingStatus", "앱을 인터넷에 연결하고 다시 열면 기기가 새 상태를 알게 됩니다."
            ),
        )
    return Message(
        Level.OK, translate("ReadingStatus", "이 기기가 서명했고, 서버 기록과 같습니다.")
    )


def compare(read: StatusTokenRead, now: str) -> list[Compared]:
    """Fact by fact; `now` is the verifier's time, RFC 3339."""
    record, claims = read.registration, read.claims
    _, known_state = registration_words(record)
    rows = [
        Compared(
            translate("ReadingStatus", "상태"),
            "" if claims is None else _claimed_state(claims.state),
            known_state,
            claims is not None and claims.state not in {record.state, "unknown"},
        ),
        Compared(
            translate("ReadingStatus", "PC 시계"),
            "" if claims is None else clock_words(claims.skew),
            clock_words(record.skew_seconds),
            claims is not None and abs(claims.skew - record.skew_seconds) > _APART,
        ),
        Compared(
            translate("ReadingStatus", "앱 버전"),
            "" if claims is None else claims.app_version,
            record.app_version,
            claims is not None and claims.app_version != record.app_version,
        ),
        Compared(translate("ReadingStatus", "짧은 코드"), "", record.short_code),
        Compared(translate("ReadingStatus", "기기"), "", f"{record.label} · {record.platform}"),
    ]
    if now:
        last = translate("ReadingStatus", "마지막 연결")
        rows.append(Compared(last, "", ago(record.last_contact_at, now)))
    return rows


def _claimed_state(state: DeviceState) -> str:
    words: dict[DeviceState, str] = {
        "active": translate("ReadingStatus", "사용 중"),
        "suspended": translate("ReadingStatus", "일시 정지"),
        "revoked": translate("ReadingStatus", "해지됨"),
        "unconfirmed": translate("ReadingStatus", "등록을 마치지 않음"),
        "unknown": translate("ReadingStatus", "모름"),
    }
    return words[state]
