"""Why this PC's key store cannot be used, and what to do."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.ports import KeyStoreFault
from motp_desktop.ui.texts.message import Level, Message

translate = QCoreApplication.translate


def key_store_message(fault: KeyStoreFault) -> Message:
    """What happened, why, and what to do."""
    match fault:
        case KeyStoreFault.NONE_FOUND:
            title = translate("KeyStore", "이 PC에서 키 보관함을 찾지 못했습니다.")
            body = translate(
                "KeyStore",
                "키 보관함은 이 PC만의 비밀 키를 지키는 곳입니다. 운영체제의 키 보관함"
                "(키체인, 암호 지갑)을 켜고 다시 시도해 주세요.",
            )
        case KeyStoreFault.LOCKED:
            title = translate("KeyStore", "키 보관함이 잠겨 있습니다.")
            body = translate(
                "KeyStore",
                "운영체제가 키 보관함의 암호를 물으면 입력해 주세요. 창이 보이지 않으면 "
                "로그아웃했다가 다시 로그인한 뒤 시도해 주세요.",
            )
        case KeyStoreFault.FAILED:
            title = translate("KeyStore", "키 보관함이 응답하지 않습니다.")
            body = translate(
                "KeyStore", "잠시 뒤에 다시 시도해 주세요. 계속되면 PC를 다시 시작해 주세요."
            )
        case _:
            assert_never(fault)
    return Message(Level.WARN, title, body, f"key-store-{fault.value}", can_retry=True)
