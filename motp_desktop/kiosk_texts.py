"""What `motp-desktop kiosk …` says at a terminal, in Korean and in English."""

from motp_desktop.command_texts import ADVICE
from motp_desktop.services.kiosk.outcomes import (
    EnrolKioskOutcome,
    ExitPinUnsuitable,
    KioskAdded,
    KioskCodeWrong,
)
from motp_desktop.services.outcomes import (
    Busy,
    KeyStoreTrouble,
    StorageTrouble,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import NoAnswer
from motp_protocol.fields import Language

_SENTENCES: dict[str, tuple[str, str]] = {
    "ask-origin": ("인증 서버 주소 (https://…): ", "The verifier's address (https://…): "),
    "bad-origin": ("주소를 쓸 수 없습니다: {address}", "The address cannot be used: {address}"),
    "ask-code": ("등록 코드 (XXXXX-XXXXX): ", "Enrolment code (XXXXX-XXXXX): "),
    "ask-pin": (
        "키오스크를 끝낼 때 쓸 관리자 비밀번호 (숫자 6~12자리): ",
        "Administrator's PIN for leaving the kiosk (6 to 12 digits): ",
    ),
    "ask-pin-again": ("한 번 더: ", "Once more: "),
    "pins-differ": (
        "두 비밀번호가 다릅니다. 다시 입력하세요.",
        "The two are not the same. Type them again.",
    ),
    "no-input": (
        "입력이 없어 그만둡니다. 등록 코드와 관리자 비밀번호를 한 줄씩 주세요.",
        "Nothing was entered. Give the enrolment code and the administrator's PIN, a line each.",
    ),
    "enrolled-before": (
        (
            "이 PC는 이미 키오스크입니다 ({label}). 새로 등록하면 여기서 등록한 훈련생은 모두 다시 "
            "등록해야 합니다."
        ),
        (
            "This PC is a kiosk already ({label}). If it is enrolled anew, all who registered here "
            "must register again."
        ),
    ),
    "confirm": ("계속하려면 '{word}'를 입력하세요: ", "To go on, type {word}: "),
    "word": ("새로 등록", "enrol"),
    "not-confirmed": (
        "확인하지 않아 아무것도 바꾸지 않았습니다. 묻지 않게 하려면 --yes를 붙이세요.",
        "Not confirmed: nothing was changed. Add --yes not to be asked.",
    ),
    "added": (
        "키오스크로 등록했습니다: {institution}, {label}. 이제 motp-desktop kiosk로 여세요.",
        "Enrolled as a kiosk: {institution}, {label}. Open it with motp-desktop kiosk.",
    ),
    "code-wrong": (
        (
            "등록 코드가 틀렸거나, 이미 썼거나, 10분이 지났습니다. 서버에서 motp-verifier kiosk "
            "add로 새 코드를 받으세요."
        ),
        (
            "The enrolment code is wrong, used, or older than ten minutes. Get a new one with "
            "motp-verifier kiosk add on the verifier."
        ),
    ),
    "pin-unsuitable": (
        ("이 관리자 비밀번호는 쓸 수 없습니다. 숫자 6~12자리로, 123456처럼 뻔하지 않게 정하세요."),
        (
            "This PIN cannot be used. Choose 6 to 12 digits, and none that are tried first, such "
            "as 123456."
        ),
    ),
    "unanswered": (
        "등록을 마치지 못했습니다 ({reason}). 10분 안에 같은 코드와 비밀번호로 다시 하세요.",
        "Not finished ({reason}). Try again with the same code and PIN within ten minutes.",
    ),
    "busy": (
        "요청이 많습니다. {seconds}초 뒤에 다시 하세요.",
        "Asked too often. Try again in {seconds} seconds.",
    ),
    "refused": (
        "서버가 거절했습니다 ({slug}). 서버를 운영하는 곳에 알리세요.",
        "The verifier refused ({slug}). Tell whoever runs it.",
    ),
    "other-origin": (
        (
            "서버가 자신을 다른 주소로 알고 있습니다. 여기서 쓴 주소와 인증 서버의 "
            "MOTP_VERIFIER_PUBLIC_ORIGIN이 같은지 확인하세요."
        ),
        (
            "The verifier knows itself by another address. See that the one given here is its "
            "MOTP_VERIFIER_PUBLIC_ORIGIN."
        ),
    ),
    "key-file-instead": (
        "키 보관함 없이 쓰려면 --key-file을 붙이세요. 비밀 키가 파일에 있게 되어 보호가 약합니다.",
        ("Without a keychain add --key-file. The secret key then lies in a file, which is weaker."),
    ),
    "not-linux": (
        "systemd가 있는 리눅스에서만 됩니다. 다른 시스템은 docs/kiosk.md를 보세요.",
        "Only on Linux with systemd. For other systems see docs/en/kiosk.md.",
    ),
    "no-account": (
        "사용자 {user}이(가) 없습니다. 먼저 만드세요: adduser --disabled-password {user}",
        "There is no user {user}. Make one first: adduser --disabled-password {user}",
    ),
    "not-root": (
        (
            "{path}에 쓸 수 없습니다. 관리자(root)로 다시 하거나, 이미 있는 데스크톱에서 쓰려면 "
            "--x11을 붙이세요."
        ),
        "{path} cannot be written. Do it as root, or add --x11 for a desktop that is there.",
    ),
    "not-written": (
        "{path}에 쓸 수 없습니다 ({why}). 고친 뒤 다시 하세요.",
        "{path} cannot be written ({why}). Mend that, and try again.",
    ),
    "installed-cage": (
        (
            "설치했습니다. 다음: 1) sudo -u {user} motp-desktop kiosk enrol --key-file  2) "
            "systemctl start {unit} (다음부터는 켤 때 저절로)"
        ),
        (
            "Installed. Next: 1) sudo -u {user} motp-desktop kiosk enrol --key-file  2) systemctl "
            "start {unit} (from then on at each boot)"
        ),
    ),
    "installed-x11": (
        "설치했습니다. motp-desktop kiosk enrol을 마쳤다면, 이 사용자로 다시 로그인하면 열립니다.",
        "Installed. Once motp-desktop kiosk enrol is done, it opens when this user logs in again.",
    ),
    "not-enabled": (
        "파일은 썼지만 켜지 못했습니다. 직접 하세요: systemctl enable {unit}",
        "The files are there, but not in use. Do it yourself: systemctl enable {unit}",
    ),
    "not-disabled": (
        "파일은 지웠지만 systemd에 알리지 못했습니다. 직접 하세요: systemctl disable {unit}",
        "The files are gone, but systemd does not know. Do it yourself: systemctl disable {unit}",
    ),
    "nothing-installed": ("설치되어 있지 않습니다.", "It is not installed."),
    "removed": (
        (
            "지웠습니다. 지금 열린 키오스크는 관리자 비밀번호로 끝내거나 systemctl stop {unit}으로 "
            "멈추세요. 등록과 자료는 그대로입니다."
        ),
        (
            "Removed. End a kiosk that runs now by its exit PIN, or by systemctl stop {unit}. Its "
            "enrolment and its data stay."
        ),
    ),
    "would-remove": ("지울 파일: {path}", "Would be removed: {path}"),
}


def say(name: str, language: Language, **values: object) -> str:
    """One of the sentences."""
    korean, english = _SENTENCES[name]
    return (korean if language == "ko" else english).format(**values)


def enrolment_lines(outcome: EnrolKioskOutcome, language: Language) -> list[str]:
    """What came of an enrolment, and what to do next."""
    match outcome:
        case KioskAdded(claims):
            names = {"institution": claims.institution_name, "label": claims.label}
            return [say("added", language, **names)]
        case KioskCodeWrong():
            return [say("code-wrong", language)]
        case ExitPinUnsuitable():
            return [say("pin-unsuitable", language)]
        case NoAnswer(reason):
            return [say("unanswered", language, reason=reason), _advice(reason, language)]
        case Busy(seconds):
            return [say("busy", language, seconds=seconds)]
        case KeyStoreTrouble(fault):
            return [
                _advice(f"key-store-{fault.value}", language),
                say("key-file-instead", language),
            ]
        case StorageTrouble(fault):
            return [_advice(f"storage-{fault.value}", language)]
        case UnexpectedRefusal("bad-config" | "bad-signature"):
            return [say("other-origin", language)]
        case UnexpectedRefusal(slug):
            return [say("refused", language, slug=slug)]


def _advice(code: str, language: Language) -> str:
    korean, english = ADVICE[code]
    return korean if language == "ko" else english
