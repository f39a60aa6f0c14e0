"""What can be done for a trainee: its name, its consequence, and why it is not possible."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.helpdesk.offers import Obstacle
from motp_desktop.ui.texts.helpdesk.words import role_words
from motp_desktop.ui.texts.message import Level, Message
from motp_protocol.helpdesk import StaffAction

translate = QCoreApplication.translate


def action_name(action: StaffAction) -> str:
    """As it stands on the button."""
    names: dict[StaffAction, str] = {
        "lift-code-lock": translate("Doing", "인증번호 잠금 풀기"),
        "lift-pin-lock": translate("Doing", "비밀번호 잠금 풀기"),
        "suspend": translate("Doing", "일시 정지"),
        "resume": translate("Doing", "정지 풀기"),
        "revoke": translate("Doing", "등록 해지"),
    }
    return names[action]


def bypass_name() -> str:
    """As it stands on the button."""
    return translate("Doing", "임시 번호 만들기")


def reveal_name() -> str:
    """As it stands on the button."""
    return translate("Doing", "이름과 번호 보기")


def consequence(action: StaffAction) -> str:
    """What it leads to."""
    match action:
        case "lift-code-lock":
            return translate(
                "Doing", "모든 기관에서 틀린 횟수를 지웁니다. 본인이 입력했는지 먼저 확인하세요."
            )
        case "lift-pin-lock":
            return translate(
                "Doing",
                "비밀번호를 다시 입력할 수 있게 합니다. 한 등록에 한 번만 풀 수 있으니 본인인지 "
                "먼저 확인하세요.",
            )
        case "suspend":
            return translate(
                "Doing", "이 기기의 인증을 바로 멈춥니다. [정지 풀기]로 되돌릴 수 있습니다."
            )
        case "resume":
            return translate("Doing", "이 기기로 다시 인증할 수 있게 합니다.")
        case "revoke":
            return translate(
                "Doing", "이 기기의 등록을 끝냅니다. 되돌릴 수 없고, 새로 등록해야 합니다."
            )


def bypass_consequence() -> str:
    """What a bypass code is."""
    return translate(
        "Doing",
        "앱의 인증번호를 한 번 대신합니다. 10분 동안, 고른 기관과 인증에서만 쓸 수 있습니다. "
        "전에 만든 번호는 못 쓰게 됩니다.",
    )


def reveal_consequence() -> str:
    """What it means to look at a person's data."""
    return translate(
        "Doing", "1분 동안 가리지 않고 보여 줍니다. 누가 왜 보았는지 감사 기록에 남습니다."
    )


def done_message(action: StaffAction, label: str) -> Message:
    """What was done."""
    words: dict[StaffAction, str] = {
        "lift-code-lock": translate("Doing", "인증번호 잠금을 풀었습니다."),
        "lift-pin-lock": translate("Doing", "비밀번호 잠금을 풀었습니다."),
        "suspend": translate("Doing", "일시 정지했습니다."),
        "resume": translate("Doing", "정지를 풀었습니다."),
        "revoke": translate("Doing", "등록을 해지했습니다."),
    }
    # `can_retry` shows the banner's button, which takes a suspension back.
    return Message(Level.OK, words[action], label, can_retry=action == "suspend")


def obstacle_text(obstacle: Obstacle | None) -> str:
    """Why something cannot be done; nothing where it can."""
    match obstacle:
        case None:
            return ""
        case "role":
            text = translate("Doing", "{role} 역할은 볼 수만 있습니다.")
            return text.format(role=role_words("auditor"))
        case "no-pin-lock":
            return translate("Doing", "비밀번호가 잠겨 있지 않습니다.")
        case "lifted-before":
            return translate(
                "Doing", "비밀번호 잠금은 전에 한 번 풀었습니다. 새로 등록해야 합니다."
            )
        case "no-code-lock":
            return translate("Doing", "인증번호가 잠겨 있지 않습니다.")
        case "is-suspended":
            return translate("Doing", "등록이 일시 정지되어 있습니다.")
        case "not-suspended":
            return translate("Doing", "정지되어 있지 않습니다.")
        case "is-revoked":
            return translate("Doing", "등록이 이미 끝났습니다.")
        case "no-registration":
            return translate("Doing", "쓰고 있는 등록이 없습니다.")
        case "pin-locked":
            return translate("Doing", "비밀번호가 잠겨 있는 동안에는 만들 수 없습니다.")
        case "no-institution":
            return translate("Doing", "이 사람이 있는 훈련기관 명단이 없습니다.")
