"""The built-in page behind the links for installing the app and for help."""

from typing import TypeAlias

from motp_verifier.http.popups.markup import Markup, tag
from motp_verifier.http.popups.requests import Lang
from motp_verifier.http.popups.views import Frame

_Section: TypeAlias = tuple[str, str, tuple[str, ...]]

_TITLES: dict[Lang, str] = {"ko": "mOTP 도움말", "en": "mOTP help"}
_SECTIONS: dict[Lang, tuple[_Section, ...]] = {
    "ko": (
        (
            "install",
            "앱 설치와 기기 등록",
            (
                "mOTP 앱은 훈련기관이 안내하는 곳에서 내려받아 설치해 주세요.",
                "처음 실행하면 개인정보 수집·이용 동의와 문자 인증을 거쳐 이 컴퓨터를 등록해요.",
                "이름과 휴대폰 번호는 훈련기관에 등록된 것과 같아야 해요.",
            ),
        ),
        (
            "code",
            "인증번호로 인증하기",
            (
                "앱을 열고 비밀번호를 입력하면 여섯 자리 인증번호가 보여요.",
                "그 번호를 인증 창에 입력해 주세요. 인증번호는 한 번만 쓸 수 있어요.",
                "다섯 번 틀리면 잠겨요. 본인인증(휴대폰)을 하거나 훈련기관에 문의하면 풀려요.",
            ),
        ),
        (
            "app",
            "mOTP 앱으로 인증하기",
            (
                "인증 창에 보이는 두 자리 번호를 앱에서 고르고 승인해 주세요.",
                "앱과 인증 창이 같은 컴퓨터에 있어야 해요.",
                "다른 사람이 불러 준 번호나 보내 준 주소로는 승인하지 마세요.",
            ),
        ),
    ),
    "en": (
        (
            "install",
            "Installing the app and registering",
            (
                "Get the mOTP app from where your training institution tells you to.",
                "At its first start you agree to the use of your data and confirm your phone.",
                "Name and number must be those that your institution has.",
            ),
        ),
        (
            "code",
            "With a code",
            (
                "Open the app and enter your PIN: it shows six digits.",
                "Type them on the page. A code works once.",
                "Five wrong codes lock codes. A check by phone, or your institution, lifts that.",
            ),
        ),
        (
            "app",
            "With the mOTP app",
            (
                "Choose the two-digit number of the page in the app, and approve.",
                "The app and the page must be on the same computer.",
                "Never approve with a number or an address that somebody else gave you.",
            ),
        ),
    ),
}


def help_page(frame: Frame) -> bytes:
    """The page in its language."""
    title = _TITLES[frame.lang]
    parts: list[Markup] = [tag("h1", title)]
    for name, heading, texts in _SECTIONS[frame.lang]:
        paragraphs = [tag("p", text) for text in texts]
        parts.append(tag("section", tag("h2", heading), *paragraphs, id=name))
    return frame.page(title, tag("div", *parts, class_="card"))
