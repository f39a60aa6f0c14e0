"""What to say of an identity code that was not taken."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def wrong_identity_code_text(attempts_left: int) -> str:
    """How many tries are left."""
    return translate("IdentityCode", "인증번호가 맞지 않습니다. {n}번 더 시도할 수 있어요.").format(
        n=attempts_left
    )


def identity_code_over_text() -> str:
    """The code is too old: what to do."""
    return translate("IdentityCode", "시간이 지났어요. 문자를 다시 받아 주세요.")


def identity_code_short_text() -> str:
    """Digits are missing."""
    return translate("IdentityCode", "인증번호 6자리를 모두 입력해 주세요.")
