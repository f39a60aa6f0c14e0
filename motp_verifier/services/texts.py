"""What the verifier writes to phones. Short: a Korean text message has 90 bytes."""


def identity_code(lang: str, code: str, minutes: int) -> str:
    """The message with an identity code; it names the one purpose that the code is for."""
    if lang == "ko":
        return f"[mOTP] 기기 등록 인증번호 {code} ({minutes}분). 타인에게 알려주지 마세요."
    return f"[mOTP] {code} is your device registration code ({minutes} min). Tell no one."


def replaced(lang: str) -> str:
    """The notice to someone whose registration moved to another device."""
    if lang == "ko":
        return "[mOTP] 새 기기 등록으로 이전 기기가 해지되었습니다. 본인이 아니면 기관에 알리세요."
    return "[mOTP] A new device replaced yours. Not you? Call your training institution."


def name_code(code: str) -> str:
    """The stand-in's message; a carrier words its own."""
    return f"[mOTP] 명의 확인 인증번호 {code} (3분). 타인에게 알려주지 마세요."


def fallback_code(code: str, minutes: int) -> str:
    """The message with a code that stands in for the app's on a training site."""
    return f"[mOTP] 훈련 본인인증번호 {code} ({minutes}분). 타인에게 알려주지 마세요."
