"""What stands around the code."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.times import difference

translate = QCoreApplication.translate


def group(code: str) -> str:
    """A code as it is read: `036 554`."""
    return f"{code[:3]} {code[3:]}"


def seconds_text(seconds: int, *, ending: bool) -> str:
    """The time left; near the end it says so."""
    if ending:
        return translate("Code", "{n}초 남음 · 곧 바뀜").format(n=seconds)
    return translate("Code", "{n}초 남음").format(n=seconds)


def copied_text(*, copied: bool, cleared: bool) -> str:
    """Whether a copied code may be pasted still, or is gone; nothing where none was copied."""
    if copied:
        return translate("Code", "복사했어요. 30초 뒤에 지워요.")
    if cleared:
        return translate("Code", "복사한 번호를 지웠어요. 필요하면 다시 복사해 주세요.")
    return ""


def previous_code_text(code: str) -> str:
    """The code before this one, for whoever is typing it."""
    return translate("Code", "앞 번호 {code}도 아직 돼요").format(code=group(code))


def next_code_text(code: str) -> str:
    """The code that follows."""
    return translate("Code", "다음 번호 {code}").format(code=group(code))


def skew_message(seconds: int) -> Message | None:
    """This PC's clock is off; None where it is not."""
    if seconds == 0:
        return None
    if seconds > 0:
        title = translate("Code", "이 PC의 시계가 {time} 빠릅니다.")
    else:
        title = translate("Code", "이 PC의 시계가 {time} 느립니다.")
    return Message(
        Level.INFO,
        title.format(time=difference(abs(seconds))),
        translate("Code", "인증번호는 서버 시각에 맞췄으니 그대로 쓰면 돼요."),
    )


def name_needed_message() -> Message:
    """Courses whose fee is refunded ask for a telephone in the trainee's own name."""
    return Message(
        Level.INFO,
        translate("Code", "환급 과정은 본인 명의 확인이 필요해요."),
        can_retry=True,
    )


def consent_changed_message() -> Message:
    """There is a newer consent document; the old consent holds meanwhile."""
    return Message(
        Level.INFO,
        translate("Code", "개인정보 동의서가 바뀌었어요."),
        translate("Code", "인증번호는 그대로 쓸 수 있어요. 시간 날 때 읽어 주세요."),
        can_retry=True,
    )


def newer_app_message(version: str) -> Message | None:
    """There is a newer app; None where there is none."""
    if not version:
        return None
    return Message(
        Level.INFO,
        translate("Code", "앱의 새 버전 {version}이 나왔어요.").format(version=version),
        translate("Code", "시간 날 때 설치해 주세요. 등록은 그대로 있어요."),
    )


def code_locked_message() -> Message:
    """The verifier takes no codes of this trainee for now."""
    return Message(
        Level.BAD,
        translate("Code", "인증번호 확인이 잠겼습니다."),
        translate(
            "Code",
            "맞지 않는 인증번호가 여러 번 입력되었습니다. 훈련 사이트에서 본인인증(휴대폰)을 "
            "하거나 헬프데스크에 문의하면 풀려요.",
        ),
        "code-locked",
    )


def locking_soon_message() -> Message:
    """Nobody has done anything for a while."""
    return Message(
        Level.INFO,
        translate("Code", "곧 잠깁니다."),
        translate("Code", "아무 키나 누르면 계속 볼 수 있어요."),
        can_retry=True,
    )
