"""Why a registration cannot be used, and the next step: calm, without blame."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.services import outcomes
from motp_desktop.ui.texts.message import Level, Message

translate = QCoreApplication.translate


def blocked_message(
    cause: outcomes.Ended | outcomes.Suspended | outcomes.PinLocked,
) -> Message:
    """What happened and why; the buttons name the next step."""
    match cause:
        case outcomes.Suspended():
            return Message(
                Level.WARN,
                translate("Blocked", "등록이 일시 정지되었습니다."),
                translate(
                    "Blocked",
                    "훈련기관이나 헬프데스크에서 등록을 잠시 멈췄습니다. 헬프데스크에 문의해 "
                    "주세요. 정지가 풀리면 [다시 확인]을 눌러 주세요.",
                ),
                "suspended",
            )
        case outcomes.PinLocked():
            return Message(
                Level.BAD,
                translate("Blocked", "비밀번호 입력이 잠겼습니다."),
                translate(
                    "Blocked",
                    "비밀번호가 여러 번 맞지 않아 등록을 보호하려고 잠갔습니다. 헬프데스크에 "
                    "문의하면 한 번 풀어 드립니다. 비밀번호가 기억나지 않으면 본인인증을 하고 "
                    "새로 등록해 주세요.",
                ),
                "pin-locked",
            )
        case outcomes.Ended():
            return _ended(cause)
        case _:
            assert_never(cause)


def _ended(cause: outcomes.Ended) -> Message:
    level = Level.INFO
    match cause.reason:
        case "replaced":
            title = translate("Blocked", "다른 기기에 새로 등록되었습니다.")
            body = translate(
                "Blocked",
                "등록은 한 기기에서만 쓸 수 있어서 이 PC의 등록은 끝났습니다. 직접 등록하지 "
                "않았다면 바로 헬프데스크에 알려 주세요. 이 PC에서 다시 쓰려면 새로 등록해 "
                "주세요.",
            )
        case "reset":
            title = translate("Blocked", "등록이 초기화되었습니다.")
            body = translate(
                "Blocked", "이 등록은 초기화되어 더 쓸 수 없습니다. 다시 쓰려면 새로 등록해 주세요."
            )
        case "withdrawn":
            title = translate("Blocked", "개인정보 동의가 철회되었습니다.")
            body = translate(
                "Blocked",
                "동의를 철회하여 등록이 끝났습니다. 다시 쓰려면 훈련기관에 알린 뒤 새로 "
                "등록해 주세요.",
            )
        case "staff":
            level = Level.WARN
            title = translate("Blocked", "헬프데스크에서 등록을 해지했습니다.")
            body = translate(
                "Blocked",
                "이유는 헬프데스크에서 알려 드립니다. 문의한 뒤에 새로 등록해 주세요.",
            )
        case "cloned":
            level = Level.BAD
            title = translate("Blocked", "등록이 복사되어 쓰인 흔적이 있습니다.")
            body = translate(
                "Blocked",
                "이 등록이 다른 곳에서도 쓰여서 안전을 위해 멈췄습니다. 이 PC의 백업이나 복제를 "
                "되살린 경우에도 생길 수 있습니다. 헬프데스크에 알리고 새로 등록해 주세요.",
            )
        case "share-unknown":
            level = Level.WARN
            title = translate("Blocked", "서버와 이 PC의 기록이 맞지 않습니다.")
            body = translate(
                "Blocked",
                "이 등록을 서버에서 확인할 수 없어서 더 쓸 수 없습니다. 새로 등록해 주세요.",
            )
        case "unknown":
            level = Level.WARN
            title = translate("Blocked", "서버에 이 등록이 없습니다.")
            body = translate(
                "Blocked",
                "등록이 지워졌거나 다른 서버의 등록입니다. 새로 등록하면 다시 쓸 수 있어요.",
            )
        case "vault-damaged":
            level = Level.WARN
            title = translate("Blocked", "이 PC의 등록 파일이 손상되었습니다.")
            body = translate(
                "Blocked",
                "파일을 읽을 수 없어 인증번호를 만들 수 없습니다. 손상된 파일은 따로 보관합니다. "
                "새로 등록해 주세요.",
            )
        case "key-lost":
            level = Level.WARN
            title = translate("Blocked", "이 PC의 비밀 키를 찾을 수 없습니다.")
            body = translate(
                "Blocked",
                "운영체제를 다시 설치했거나 키 보관함이 비워졌습니다. 비밀 키가 없으면 등록을 열 "
                "수 없으니 새로 등록해 주세요.",
            )
        case _:
            assert_never(cause.reason)
    return Message(level, title, body, cause.reason)
