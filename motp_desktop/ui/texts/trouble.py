"""A sentence for each trouble: what may pass, so that the person can try again."""

from typing import Literal, assert_never

from PySide6.QtCore import QCoreApplication

from motp_desktop.services import outcomes
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui.texts.key_store import key_store_message
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.storage import storage_message
from motp_desktop.ui.texts.times import duration

translate = QCoreApplication.translate


def trouble_message(trouble: outcomes.Trouble | None) -> Message | None:
    """What to say of this trouble, or None where there is none."""
    match trouble:
        case None:
            return None
        case NoAnswer():
            return _no_answer(trouble)
        case outcomes.KeyStoreTrouble(fault):
            return key_store_message(fault)
        case outcomes.StorageTrouble(fault):
            return storage_message(fault)
        case outcomes.Busy(retry_after):
            return _busy(retry_after)
        case outcomes.UnexpectedRefusal(slug):
            return _unexpected(slug)
        case _:
            assert_never(trouble)


def _no_answer(answer: NoAnswer) -> Message:
    match answer.reason:
        case "offline":
            title = translate("Trouble", "서버에 연결할 수 없습니다.")
            body = translate("Trouble", "인터넷 연결을 확인하고 다시 시도해 주세요.")
        case "timeout":
            title = translate("Trouble", "서버의 응답이 늦어지고 있습니다.")
            body = translate(
                "Trouble", "인터넷이 느리거나 서버가 붐빕니다. 잠시 뒤에 다시 시도해 주세요."
            )
        case "tls" | "tls-untrusted" | "tls-date" | "tls-name":
            title, body = _tls(answer.reason)
        case "proxy":
            title = translate("Trouble", "프록시 서버가 연결해 주지 않습니다.")
            body = translate(
                "Trouble",
                "회사나 기관의 네트워크가 인터넷으로 나가는 길에 프록시 서버를 둡니다. 메뉴의 "
                "[설정]에서 프록시를 확인하거나 네트워크 담당자에게 알려 주세요.",
            )
        case "proxy-login":
            title = translate("Trouble", "프록시 서버가 로그인을 요구합니다.")
            body = translate(
                "Trouble",
                "운영체제의 네트워크 설정에 프록시 이름과 비밀번호를 넣거나, 로그인이 필요 없는 "
                "프록시를 네트워크 담당자에게 물어봐 주세요.",
            )
        case "bad-answer":
            title = translate("Trouble", "인증 서버가 아닌 곳에서 응답했습니다.")
            body = translate(
                "Trouble",
                "공용 와이파이의 로그인 화면일 수 있습니다. 웹 브라우저로 인터넷이 되는지 "
                "확인하고 다시 시도해 주세요.",
            )
        case "failing":
            title = translate("Trouble", "서버에 문제가 생겼습니다.")
            body = translate("Trouble", "이 PC의 문제가 아닙니다. 몇 분 뒤에 다시 시도해 주세요.")
        case _:
            assert_never(answer.reason)
    return Message(Level.WARN, title, body, answer.reason, can_retry=True)


def _tls(reason: Literal["tls", "tls-untrusted", "tls-date", "tls-name"]) -> tuple[str, str]:
    match reason:
        case "tls":
            title = translate("Trouble", "안전한 연결을 만들 수 없습니다.")
            body = translate(
                "Trouble",
                "서버의 인증서를 확인하지 못했습니다. 이 PC의 날짜와 시각을 확인해 주세요. "
                "회사나 기관의 네트워크라면 담당자에게 알려 주세요.",
            )
        case "tls-untrusted":
            title = translate("Trouble", "이 PC가 서버의 인증서를 믿지 않습니다.")
            body = translate(
                "Trouble",
                "회사나 기관이 만든 인증서라면 그 루트 인증서가 이 PC에 설치되어 있어야 합니다. "
                "PC를 관리하는 사람에게 설치해 달라고 해 주세요.",
            )
        case "tls-date":
            title = translate("Trouble", "서버의 인증서 날짜가 맞지 않습니다.")
            body = translate(
                "Trouble",
                "이 PC의 날짜와 시각을 먼저 확인해 주세요. 맞게 되어 있다면 서버의 인증서가 "
                "만료된 것이니 헬프데스크에 알려 주세요.",
            )
        case "tls-name":
            title = translate("Trouble", "서버의 인증서가 다른 주소의 것입니다.")
            body = translate(
                "Trouble",
                "서버 주소가 맞는지 메뉴의 [설정]에서 확인해 주세요. 공용 와이파이라면 다른 "
                "네트워크로 바꾸고 다시 시도해 주세요.",
            )
        case _:
            assert_never(reason)
    return title, body


def _busy(retry_after: int) -> Message:
    return Message(
        Level.WARN,
        translate("Trouble", "짧은 시간에 여러 번 요청했습니다."),
        translate("Trouble", "{time} 뒤에 다시 시도해 주세요.").format(time=duration(retry_after)),
        "too-many-requests",
        can_retry=True,
    )


def _unexpected(slug: str) -> Message:
    if slug == "other-verifier":
        return Message(
            Level.BAD,
            translate("Trouble", "이 PC의 등록은 다른 인증 서버의 것입니다."),
            translate(
                "Trouble",
                "서버 주소가 바뀐 것 같습니다. 설정한 사람이나 헬프데스크에 알려 주세요. "
                "등록은 그대로 있어요.",
            ),
            slug,
            can_retry=True,
        )
    if slug == "app-outdated":
        return Message(
            Level.BAD,
            translate("Trouble", "이 앱의 버전으로는 이제 인증할 수 없습니다."),
            translate(
                "Trouble",
                "새 버전을 설치하고 앱을 다시 열어 주세요. 등록은 그대로 있어요. 급하면 훈련 "
                "사이트의 인증 창에서 본인인증(휴대폰)을 쓸 수 있어요.",
            ),
            slug,
            can_retry=True,
        )
    return Message(
        Level.BAD,
        translate("Trouble", "요청을 처리하지 못했습니다."),
        translate(
            "Trouble",
            "다시 시도해 주세요. 같은 일이 되풀이되면 아래 코드를 헬프데스크에 알려 주세요.",
        ),
        slug,
        can_retry=True,
    )
