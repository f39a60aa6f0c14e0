"""What the site says, in Korean and English."""

from .browsers import Session

_TEXTS = {
    "site": ("한빛훈련원 학습 사이트", "Hanbit training site"),
    "other-language": ("English", "한국어"),
    "sign-in": ("누구로 학습할까요?", "Who is learning?"),
    "sample": (
        "견본이라 비밀번호가 없어요. 실제 사이트에서는 로그인을 합니다.",
        "This is a sample without passwords. A real site has its sign-in here.",
    ),
    "sign-out": ("로그아웃", "Sign out"),
    "courses": ("내 과정", "My courses"),
    "entry": ("입과", "Course entry"),
    "lesson": ("{session}차시", "Lesson {session}"),
    "exam": ("시험", "Exam"),
    "start": ("시작하기", "Start"),
    "records": ("내 인증 기록", "My checks"),
    "no-records": ("아직 없어요.", "None yet."),
    "code": ("인증번호", "code"),
    "same-pc": ("mOTP 앱 승인", "approved in the mOTP app"),
    "phone": ("휴대폰 본인인증", "identity check by phone"),
    "check": ("본인 인증이 필요해요", "A check is needed"),
    "check-why": (
        "{step}에 들어가려면 mOTP로 본인인지 확인해야 해요.",
        "Before {step}, mOTP confirms that it is you.",
    ),
    "code-label": ("mOTP 앱에 보이는 인증번호 여섯 자리", "The six digits that the mOTP app shows"),
    "confirm": ("확인", "Confirm"),
    "by-popup": ("인증 창 열기", "Open the check window"),
    "popup-text": (
        "mOTP 앱 승인이나 휴대폰 본인인증은 인증 창에서 할 수 있어요.",
        "Approval in the mOTP app, or an identity check by phone, is done in the check window.",
    ),
    "popup-done": ("인증 창에서 마쳤어요", "I am done in the check window"),
    "by-form": ("기존 방식(form 연동) 화면으로", "The page with the older form interface"),
    "code-wrong": (
        "인증번호가 맞지 않아요. {left}번 더 시도할 수 있어요.",
        "The code is wrong. {left} more tries.",
    ),
    "code-used": (
        "이미 쓴 번호예요. 앱에 새 번호가 보이면 입력해 주세요.",
        "This code was used. Type the next one that the app shows.",
    ),
    "locked": (
        "인증번호가 여러 번 맞지 않아 잠겼어요. 인증 창에서 휴대폰 본인인증을 하면 풀려요.",
        "Codes are locked after too many wrong ones. An identity check by phone lifts that.",
    ),
    "not-registered": (
        "등록된 mOTP 앱이 없어요. 앱에서 먼저 등록해 주세요.",
        "No mOTP app is registered. Register in the app first.",
    ),
    "revoked": (
        "앱의 등록이 끝났어요. 앱에서 다시 등록해 주세요.",
        "The app's registration has ended. Register again in the app.",
    ),
    "suspended": (
        "앱의 사용이 정지되었어요. 훈련기관에 문의해 주세요.",
        "The app is suspended. Ask your training institution.",
    ),
    "name-not-verified": (
        "이 과정은 본인 명의 휴대폰이 필요해요. 앱에서 명의를 확인해 주세요.",
        "This course needs a phone in your own name. Prove it in the app.",
    ),
    "not-done": (
        "아직 인증이 끝나지 않았어요. 인증 창에서 마쳐 주세요.",
        "The check is not done yet. Finish it in the check window.",
    ),
    "expired": (
        "인증 시간이 지났어요. 인증 창을 다시 열어 주세요.",
        "The check took too long. Open the check window again.",
    ),
    "bad-receipt": (
        "이 인증은 이 단계에 쓸 수 없어요. 다시 인증해 주세요.",
        "This check does not count for this step. Please do it again.",
    ),
    "no-answer": (
        "지금은 인증 서버에 확인할 수 없어요. 잠시 뒤에 다시 해 주세요.",
        "The verifier cannot be asked just now. Try again in a moment.",
    ),
    "opened-asked": ("인증을 마치고 들어왔어요.", "You are in: the check was accepted."),
    "opened": (
        "필요한 인증이 이미 되어 있어 바로 들어왔어요.",
        "You are in without being asked: an earlier check is still enough.",
    ),
    "content": ("여기에 학습 내용이 나와요.", "The course material is here."),
    "hand-in": ("제출하고 나가기", "Hand in and leave"),
    "back": ("과정으로 돌아가기", "Back to the courses"),
    "form-title": ("mOTP 인증 (form 연동)", "mOTP check (form interface)"),
    "form-lift": ("휴대폰 본인인증으로 잠금 풀기", "Lift the lock by phone"),
    "form-lift-done": ("본인인증을 마쳤어요", "I have confirmed my phone"),
    "missing": ("찾을 수 없어요", "Nothing is here"),
    "refused": ("이 사이트에서 보낸 요청이 아니에요", "This was not sent by a page of this site"),
}


def text(session: Session, key: str, /, **values: object) -> str:
    """A text in the session's language."""
    korean, english = _TEXTS[key]
    return (english if session.lang == "en" else korean).format(**values)
