"""What the commands say, in Korean and in English: without Qt, so without its translations."""

from collections.abc import Sequence
from datetime import datetime

from motp_desktop.config import Settings
from motp_desktop.services.device_facts import DeviceStatus
from motp_desktop.services.doctor import Finding
from motp_protocol.fields import Language

_SENTENCES: dict[str, tuple[str, str]] = {
    "report-saved": (
        "진단 보고서를 저장했습니다: {path}",
        "The report was saved: {path}",
    ),
    "report-not-saved": (
        "진단 보고서를 저장하지 못했습니다: {path}",
        "The report could not be saved: {path}",
    ),
    "reset-nothing": ("초기화할 등록이 없습니다.", "There is no registration to reset."),
    "reset-running": (
        "mOTP 앱이 열려 있습니다. 앱을 닫고 다시 해 주세요.",
        "The mOTP app is open. Close it and try again.",
    ),
    "reset-question": (
        "이 PC의 등록과 비밀번호가 지워지고 되돌릴 수 없습니다. 계속하려면 '{word}'를 입력하세요:",
        "The registration and PIN of this PC will be deleted for good. To go on, type {word}:",
    ),
    "reset-word": ("초기화", "reset"),
    "reset-not-confirmed": (
        "확인하지 않아 아무것도 지우지 않았습니다.",
        "Not confirmed: nothing was deleted.",
    ),
    "reset-done": (
        "등록을 초기화했습니다. 이 PC와 서버에서 모두 지워졌습니다.",
        "The registration was reset, on this PC and on the verifier.",
    ),
    "reset-here": (
        "이 PC에서 등록을 지웠습니다. 서버에는 알리지 못했으니 새로 등록할 때 바뀝니다.",
        (
            "The registration was deleted on this PC. The verifier could not be told: it changes "
            "when you register again."
        ),
    ),
    "reset-unanswered": (
        (
            "서버에 알리지 못했습니다 ({reason}). 초기화는 다음에 이어집니다. 지금 이 PC에서만 "
            "지우려면 --here-only를 붙이세요."
        ),
        (
            "The verifier could not be told ({reason}). The reset goes on next time. Add "
            "--here-only "
            "to delete it on this PC now."
        ),
    ),
    "reset-failed": (
        "초기화를 마치지 못했습니다. motp-desktop doctor로 점검해 주세요.",
        "The reset could not be finished. Look into it with motp-desktop doctor.",
    ),
}

_LABELS: dict[str, tuple[str, str]] = {
    "registration": ("등록", "registration"),
    "short_code": ("짧은 코드", "short code"),
    "name_masked": ("이름", "name"),
    "phone_masked": ("휴대전화", "mobile number"),
    "last_contact": ("마지막 연결", "last contact"),
    "skew_seconds": ("시계 차이(초)", "clock difference (s)"),
    "verifier": ("인증 서버", "verifier"),
    "key_store": ("키 보관함", "keychain"),
    "app_version": ("앱 버전", "app version"),
    "platform": ("운영체제", "system"),
}

_REGISTRATIONS: dict[str, tuple[str, str]] = {
    "none": ("없음", "none"),
    "unconfirmed": ("등록을 마치지 않음", "not finished"),
    "resetting": ("초기화를 마치지 않음", "reset not finished"),
    "active": ("사용 중", "in use"),
    "pin-locked": ("비밀번호 잠김", "PIN locked"),
    "code-locked": ("사용 중, 인증번호 확인은 잠김", "in use, codes locked"),
    "suspended": ("일시 정지", "suspended"),
    "revoked": ("해지됨", "revoked"),
    "ended": ("끝남", "ended"),
    "unreadable": ("지금 읽을 수 없음", "cannot be read now"),
}

_NO_KEY_STORE = ("쓸 수 없음", "cannot be used")

_PARTS: dict[str, tuple[str, str]] = {
    "data-folder": ("자료 폴더", "data folder"),
    "key-store": ("키 보관함", "keychain"),
    "network": ("인증 서버 연결", "way to the verifier"),
    "certificate": ("서버 인증서", "certificate"),
    "clock": ("시계", "clock"),
    "libraries": ("라이브러리", "libraries"),
    "font": ("한글 글꼴", "Korean typeface"),
}

_VERDICTS: dict[str, tuple[str, str]] = {
    "ok": ("정상", "ok  "),
    "warn": ("주의", "warn"),
    "bad": ("문제", "bad "),
}

ADVICE: dict[str, tuple[str, str]] = {
    "storage-full": (
        "디스크가 가득 찼습니다. 필요 없는 파일을 지우세요.",
        "The disk is full. Delete files that are not needed.",
    ),
    "storage-denied": (
        "자료 폴더의 권한이 없습니다. 폴더의 주인과 권한을 확인하세요.",
        "The data folder is not this user's to write. Check its owner and permissions.",
    ),
    "storage-failed": (
        "자료 폴더를 읽거나 쓰지 못했습니다. 디스크를 점검하세요.",
        "The data folder cannot be read or written. Check the disk.",
    ),
    "little-space": (
        "디스크에 남은 자리가 적습니다. 필요 없는 파일을 지우세요.",
        "Little space is left on the disk. Delete files that are not needed.",
    ),
    "key-store-none-found": (
        (
            "키 보관함이 없습니다. gnome-keyring이나 KWallet을 설치하고 다시 로그인하세요. "
            "없이 쓰려면 앱에서 키 파일을 고르세요."
        ),
        (
            "There is no keychain. Install gnome-keyring or KWallet and log in again, or choose "
            "the "
            "key file in the app."
        ),
    ),
    "key-store-locked": (
        "키 보관함이 잠겨 있습니다. 다시 로그인하거나 키 보관함의 암호를 입력하세요.",
        "The keychain is locked. Log in again, or enter the keychain's password.",
    ),
    "key-store-failed": (
        "키 보관함이 오류를 냅니다. 로그아웃했다가 다시 로그인하세요.",
        "The keychain fails. Log out and in again.",
    ),
    "key-store-waits": (
        "키 보관함이 답하지 않습니다. 암호를 묻는 창이 다른 창 뒤에 있는지 보세요.",
        "The keychain does not answer. Look for a window behind others that asks for its password.",
    ),
    "key-file": (
        "비밀 키가 파일에 있습니다. 키 보관함이 생기면 등록을 초기화하고 새로 등록하세요.",
        "The secret key lies in a file. Once there is a keychain, reset and register again.",
    ),
    "offline": (
        "서버에 연결할 수 없습니다. 인터넷 연결과 서버 주소를 확인하세요.",
        "The verifier cannot be reached. Check the internet connection and the address.",
    ),
    "timeout": (
        "서버의 응답이 없습니다. 잠시 뒤에 다시 하고, 방화벽을 확인하세요.",
        "The verifier does not answer in time. Try later, and check the firewall.",
    ),
    "tls": (
        "안전한 연결을 만들 수 없습니다. 시각과 네트워크 장비를 확인하세요.",
        "No secure connection can be made. Check the clock and the network's devices.",
    ),
    "tls-untrusted": (
        (
            "서버 인증서를 믿을 수 없습니다. 기관의 루트 인증서를 시스템에 설치하세요 "
            "(Debian: /usr/local/share/ca-certificates에 두고 update-ca-certificates)."
        ),
        (
            "The certificate is not trusted. Install the institution's root certificate in the "
            "system "
            "(Debian: into /usr/local/share/ca-certificates, then update-ca-certificates)."
        ),
    ),
    "tls-date": (
        "인증서의 날짜가 맞지 않습니다. PC의 시각을 확인하세요. 맞으면 인증서가 만료된 것입니다.",
        (
            "The certificate's dates do not fit. Check this PC's clock; if it is right, the "
            "certificate has expired."
        ),
    ),
    "tls-name": (
        "인증서가 다른 주소의 것입니다. 서버 주소를 확인하세요.",
        "The certificate is for another address. Check the verifier's address.",
    ),
    "proxy": (
        "프록시가 연결해 주지 않습니다. HTTPS_PROXY와 앱의 프록시 설정을 확인하세요.",
        "The proxy does not connect. Check HTTPS_PROXY and the app's proxy setting.",
    ),
    "proxy-login": (
        "프록시가 로그인을 요구합니다. 시스템의 프록시 설정에 이름과 비밀번호를 넣으세요.",
        "The proxy asks for a login. Enter name and password in the system's proxy settings.",
    ),
    "bad-answer": (
        "인증 서버가 아닌 곳에서 응답했습니다. 서버 주소와 와이파이를 확인하세요.",
        "Something else than a verifier answered. Check the address, and the Wi-Fi's login page.",
    ),
    "failing": (
        "서버에 문제가 있습니다. 서버를 운영하는 곳에 알리세요.",
        "The verifier itself fails. Tell whoever runs it.",
    ),
    "refused": (
        "서버가 거절했습니다. 서버를 운영하는 곳에 알리세요.",
        "The verifier refused. Tell whoever runs it.",
    ),
    "other-protocol": (
        "서버와 앱의 버전이 맞지 않습니다. 앱을 새 버전으로 바꾸세요.",
        "App and verifier do not fit together. Install the newest app.",
    ),
    "fast": (
        (
            "PC의 시계가 빠릅니다. 인증번호는 서버 시각으로 만드니 그대로 써도 되지만, 시각 자동 "
            "맞춤을 켜세요."
        ),
        (
            "This PC's clock is fast. Codes are made by the verifier's time and still work; turn "
            "on "
            "automatic time all the same."
        ),
    ),
    "slow": (
        (
            "PC의 시계가 느립니다. 인증번호는 서버 시각으로 만드니 그대로 써도 되지만, 시각 자동 "
            "맞춤을 켜세요."
        ),
        (
            "This PC's clock is slow. Codes are made by the verifier's time and still work; turn "
            "on "
            "automatic time all the same."
        ),
    ),
    "missing": (
        "시스템 라이브러리가 없습니다. 설치하세요: apt-get install",
        "System libraries are missing. Install them: apt-get install",
    ),
    "qt": ("Qt를 불러올 수 없습니다.", "Qt cannot be loaded."),
    "no-hangul": (
        "한글 글꼴이 없습니다. 설치하세요: apt-get install fonts-nanum",
        "No typeface has Hangul. Install one: apt-get install fonts-nanum",
    ),
}
"""What to do about what was found, by its code; what is well needs no advice."""


def say(name: str, language: Language) -> str:
    """One of the sentences."""
    return _in(language, _SENTENCES[name])


def status_lines(status: DeviceStatus, language: Language) -> list[str]:
    """The status, a fact a line; what is not known is left out."""
    registration = _in(language, _REGISTRATIONS[status.registration])
    no_store = _in(language, _NO_KEY_STORE) + f" ({status.key_store_fault})"
    values = {
        "registration": f"{registration} ({status.reason})" if status.reason else registration,
        "last_contact": local_time(status.last_contact),
        "key_store": status.key_store or no_store,
    }
    return [
        f"{_in(language, label)}: {value}"
        for name, label in _LABELS.items()
        if (value := values.get(name, getattr(status, name))) not in {"", None}
    ]


def doctor_lines(findings: Sequence[Finding], settings: Settings, language: Language) -> list[str]:
    """What was looked at, how it is, and beneath what is not well what to do."""
    lines = [_in(language, ("인증 서버", "verifier")) + f": {settings.verifier_origin}"]
    if settings.managed.source:
        managed = ("관리자 설정", "managed by an administrator")
        lines.append(f"{_in(language, managed)}: {settings.managed.source}")
    for each in findings:
        verdict, part = _in(language, _VERDICTS[each.verdict]), _in(language, _PARTS[each.part])
        fact = f" ({each.detail})" if each.detail and each.code not in {"missing"} else ""
        lines.append(f"[{verdict}] {part}{fact}")
        told = advice(each, language)
        if told:
            lines.append(f"       {told}")
    return lines


def advice(finding: Finding, language: Language) -> str:
    """What to do about a finding; nothing where it is well."""
    if finding.verdict == "ok":
        return ""
    told = _in(language, ADVICE[finding.code])
    return f"{told} {finding.detail}" if finding.code == "missing" else told


def local_time(timestamp: str | None) -> str:
    """A time as the clock on the wall shows it."""
    if timestamp is None:
        return ""
    try:
        return datetime.fromisoformat(timestamp).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return timestamp


def _in(language: Language, both: tuple[str, str]) -> str:
    return both[0] if language == "ko" else both[1]
