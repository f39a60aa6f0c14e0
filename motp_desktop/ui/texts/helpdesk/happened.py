"""What happened, in words: checks, rows of the audit, and who did it."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.records import method_text, occasion_text
from motp_protocol.fields import RejectionReason
from motp_protocol.helpdesk import StaffCheck

translate = QCoreApplication.translate


def rejection_words(reason: RejectionReason) -> str:
    """Why a check was rejected, in a few words."""
    words: dict[RejectionReason, str] = {
        "code-wrong": translate("Happened", "번호가 다름"),
        "code-used": translate("Happened", "이미 쓴 번호"),
        "locked": translate("Happened", "잠겨 있음"),
        "not-registered": translate("Happened", "등록 없음"),
        "revoked": translate("Happened", "해지됨"),
        "suspended": translate("Happened", "일시 정지"),
        "name-not-verified": translate("Happened", "본인 명의 확인 안 됨"),
    }
    return words[reason]


def check_words(check: StaffCheck) -> str:
    """What a check was for, and how it was proven."""
    what = occasion_text(check.occasion, check.session)
    return f"{check.course} · {what} · {method_text(check.method)}"


def check_result(check: StaffCheck) -> str:
    """What came of it."""
    if check.reason is None:
        return translate("Happened", "인증됨")
    return rejection_words(check.reason)


def actor_words(actor: str) -> str:
    """Who did something."""
    kind, _, name = actor.partition(":")
    match kind:
        case "device":
            return translate("Happened", "훈련생의 기기")
        case "kiosk":
            return translate("Happened", "키오스크")
        case "system":
            return translate("Happened", "서버")
        case "site" | "server" | "page" if name:
            return translate("Happened", "훈련 사이트 {name}").format(name=name)
        case "staff" if name:
            return translate("Happened", "직원 {name}").format(name=name)
        case "operator" if name:
            return translate("Happened", "운영자 {name}").format(name=name)
        case _:
            return actor


def event_words(kind: str) -> str:
    """What kind of thing a row of the audit tells; its own name where it is a newer one."""
    return known_events().get(kind, kind)


def known_events() -> dict[str, str]:
    """All kinds that have words."""
    return {
        "verification": translate("Happened", "인증"),
        "enrolment-started": translate("Happened", "등록 시작"),
        "enrolment-failed": translate("Happened", "등록 실패"),
        "identity-proven": translate("Happened", "번호 본인 확인"),
        "registration-activated": translate("Happened", "등록됨"),
        "registration-replaced": translate("Happened", "다른 기기에 새로 등록"),
        "registration-reset": translate("Happened", "초기화"),
        "registration-withdrawn": translate("Happened", "동의 철회로 끝남"),
        "registration-cloned": translate("Happened", "복사된 기기 발견"),
        "registration-erased": translate("Happened", "등록 삭제"),
        "pin-changed": translate("Happened", "비밀번호 바꿈"),
        "pin-locked": translate("Happened", "비밀번호 잠김"),
        "code-locked": translate("Happened", "인증번호 잠김"),
        "code-lock-lifted": translate("Happened", "인증번호 잠금 풀림"),
        "consent-given": translate("Happened", "동의함"),
        "consent-withdrawn": translate("Happened", "동의 철회"),
        "name-proof-sent": translate("Happened", "명의 확인 문자 보냄"),
        "name-proof-failed": translate("Happened", "명의 확인 실패"),
        "name-verified": translate("Happened", "본인 명의 확인"),
        "name-mismatch": translate("Happened", "명의가 다름"),
        "fallback-sent": translate("Happened", "휴대폰 본인인증 문자 보냄"),
        "fallback-failed": translate("Happened", "휴대폰 본인인증 실패"),
        "approval-answered": translate("Happened", "같은 PC 승인"),
        "approval-failed": translate("Happened", "같은 PC 승인 실패"),
        "notice-sent": translate("Happened", "알림 보냄"),
        "notice-dropped": translate("Happened", "알림 못 보냄"),
        "audit-searched": translate("Happened", "감사 기록 조회"),
        "audit-exported": translate("Happened", "감사 기록 내보냄"),
        "audit-dropped": translate("Happened", "감사 기록 파기"),
        "institution-added": translate("Happened", "훈련기관 추가"),
        "roster-imported": translate("Happened", "명단 가져옴"),
        "api-key-added": translate("Happened", "API 키 추가"),
        "api-key-revoked": translate("Happened", "API 키 폐기"),
        "kiosk-added": translate("Happened", "키오스크 추가"),
        "kiosk-changed": translate("Happened", "키오스크 설정 바꿈"),
        "kiosk-enrolled": translate("Happened", "키오스크 등록됨"),
        "kiosk-exit-locked": translate("Happened", "키오스크 끝내기 잠김"),
        "kiosk-exited": translate("Happened", "키오스크 끝냄"),
        "kiosk-locked": translate("Happened", "키오스크 잠금"),
        "kiosk-revoked": translate("Happened", "키오스크 폐기"),
        "kiosk-unlocked": translate("Happened", "키오스크 잠금 풂"),
        "staff-added": translate("Happened", "직원 추가"),
        "staff-audit-exported": translate("Happened", "감사 기록 내보냄 (직원)"),
        "staff-audit-read": translate("Happened", "감사 기록 봄 (직원)"),
        "staff-bypass-issued": translate("Happened", "임시 번호 만듦"),
        "staff-code-lock-lifted": translate("Happened", "인증번호 잠금 풂"),
        "staff-disabled": translate("Happened", "직원 계정 중지"),
        "staff-locked": translate("Happened", "직원 로그인 잠김"),
        "staff-person-shown": translate("Happened", "이름과 번호 봄"),
        "staff-pin-lock-lifted": translate("Happened", "비밀번호 잠금 풂"),
        "staff-reset": translate("Happened", "직원 계정 초기화"),
        "staff-resumed": translate("Happened", "정지 풂"),
        "staff-revoked": translate("Happened", "등록 해지"),
        "staff-searched": translate("Happened", "훈련생 찾음"),
        "staff-session-ended": translate("Happened", "직원 로그인 끝냄"),
        "staff-set-up": translate("Happened", "직원 인증 앱 연결"),
        "staff-sign-in-failed": translate("Happened", "직원 로그인 실패"),
        "staff-signed-in": translate("Happened", "직원 로그인"),
        "staff-signed-out": translate("Happened", "직원 로그아웃"),
        "staff-status-read": translate("Happened", "기기 상태 확인"),
        "staff-suspended": translate("Happened", "일시 정지"),
        "staff-trainee-read": translate("Happened", "훈련생 봄"),
        "signing-key-added": translate("Happened", "서명 키 추가"),
        "purged": translate("Happened", "보유 기간 파기"),
        "trainee-erased": translate("Happened", "훈련생 삭제"),
    }
