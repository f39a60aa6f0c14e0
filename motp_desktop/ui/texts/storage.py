"""Why the data folder cannot be used, and what to do."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.ports import StorageFault
from motp_desktop.ui.texts.message import Level, Message

translate = QCoreApplication.translate


def storage_message(fault: StorageFault) -> Message:
    """What happened, why, and what to do."""
    match fault:
        case StorageFault.FULL:
            title = translate("Storage", "저장 공간이 부족합니다.")
            body = translate(
                "Storage",
                "디스크가 가득 차서 저장하지 못했습니다. 필요 없는 파일을 지우고 다시 시도해 "
                "주세요. 지금까지의 등록은 그대로 있습니다.",
            )
        case StorageFault.DENIED:
            title = translate("Storage", "등록 파일을 읽거나 쓸 수 없습니다.")
            body = translate(
                "Storage",
                "이 사용자에게 폴더의 권한이 없습니다. PC를 관리하는 사람에게 사용자 폴더의 "
                "권한을 확인해 달라고 해 주세요.",
            )
        case StorageFault.FAILED:
            title = translate("Storage", "디스크에서 오류가 났습니다.")
            body = translate(
                "Storage",
                "등록 파일을 읽거나 쓰지 못했습니다. 다시 시도하고, 계속되면 PC를 관리하는 "
                "사람에게 디스크 점검을 부탁해 주세요.",
            )
        case _:
            assert_never(fault)
    return Message(Level.WARN, title, body, f"storage-{fault.value}", can_retry=True)
