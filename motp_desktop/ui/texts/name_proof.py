"""What is said of the proof that a number is in the trainee's own name."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.outcomes import InvalidNameDetails
from motp_desktop.ui.texts.message import Level, Message
from motp_protocol.fields import Carrier

translate = QCoreApplication.translate

CARRIERS: tuple[Carrier, ...] = ("SKT", "SKT_MVNO", "KT", "KT_MVNO", "LGU", "LGU_MVNO")
"""In the order in which they are shown: each network beside its resellers."""


def carrier_name(carrier: Carrier) -> str:
    """How people know it."""
    match carrier:
        case "SKT":
            return "SKT"
        case "KT":
            return "KT"
        case "LGU":
            return "LG U+"
        case "SKT_MVNO":
            return translate("NameProof", "알뜰폰 (SKT)")
        case "KT_MVNO":
            return translate("NameProof", "알뜰폰 (KT)")
        case "LGU_MVNO":
            return translate("NameProof", "알뜰폰 (LG U+)")
        case _:
            assert_never(carrier)


def carrier_fault_text(faults: InvalidNameDetails) -> str:
    """No carrier was chosen; nothing where one was."""
    return translate("NameProof", "통신사를 골라 주세요.") if faults.carrier else ""


def birth_fault_text(faults: InvalidNameDetails) -> str:
    """What is wrong with the seven digits, and what to do; nothing where they are right."""
    if faults.birth:
        return translate("NameProof", "생년월일 6자리를 900301처럼 입력해 주세요.")
    if faults.sex:
        return translate("NameProof", "뒤의 첫 숫자는 1부터 8까지예요. 다시 확인해 주세요.")
    return ""


def mismatch_message() -> Message:
    """The carrier does not know the number in this name: what it may be, what to do."""
    return Message(
        Level.BAD,
        translate("NameProof", "통신사에 등록된 정보와 맞지 않습니다."),
        translate(
            "NameProof",
            "통신사와 생년월일을 다시 확인해 주세요. 가족이나 회사 명의의 휴대전화라면 "
            "본인 명의의 번호로 새로 등록해야 해요.",
        ),
        "name-mismatch",
    )


def expired_message() -> Message:
    """Too late or too many wrong codes: what to do."""
    return Message(
        Level.WARN,
        translate("NameProof", "인증 시간이 지났습니다."),
        translate(
            "NameProof",
            "시간이 지났거나 인증번호가 여러 번 맞지 않았습니다. 인증번호를 다시 받아 주세요.",
        ),
    )
