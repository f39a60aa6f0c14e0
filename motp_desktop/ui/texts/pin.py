"""What to say of a PIN that cannot be used, and of one that was wrong."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from motp_protocol.pin import PinFault

translate = QCoreApplication.translate


def pin_fault_text(fault: PinFault, minimum: int, maximum: int) -> str:
    """Why this PIN is not taken, and what to do."""
    match fault:
        case PinFault.NOT_DIGITS:
            return translate("Pin", "비밀번호는 숫자로만 정할 수 있어요.")
        case PinFault.TOO_SHORT:
            return translate("Pin", "비밀번호가 짧아요. {n}자리 이상으로 정해 주세요.").format(
                n=minimum
            )
        case PinFault.TOO_LONG:
            return translate("Pin", "비밀번호가 길어요. {n}자리까지 정할 수 있어요.").format(
                n=maximum
            )
        case PinFault.TOO_COMMON:
            return translate(
                "Pin", "많이 쓰는 번호라서 남이 쉽게 맞힐 수 있어요. 다른 번호로 정해 주세요."
            )
        case PinFault.FROM_PHONE:
            return translate("Pin", "내 전화번호에 들어 있는 숫자예요. 다른 번호로 정해 주세요.")
        case _:
            assert_never(fault)


def pin_differs_text() -> str:
    """The repetition was another PIN."""
    return translate("Pin", "두 번호가 달라요. 처음부터 다시 정해 주세요.")


def pin_same_text() -> str:
    """The new PIN is the one that is to be changed."""
    return translate("Pin", "지금 비밀번호와 같아요. 다른 번호로 정해 주세요.")


def short_pin_text(minimum: int) -> str:
    """Too few digits to be anybody's PIN."""
    return translate("Pin", "비밀번호를 {n}자리 이상 입력해 주세요.").format(n=minimum)


def wrong_pin_text(attempts_left: int) -> str:
    """How many tries are left, and what happens then."""
    return translate(
        "Pin",
        "비밀번호가 맞지 않습니다. {n}번 더 시도할 수 있어요. 모두 틀리면 등록이 잠깁니다.",
    ).format(n=attempts_left)
