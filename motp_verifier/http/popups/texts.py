"""What the page says, in Korean and English: the same words for the same things as the app."""

from collections.abc import Mapping
from dataclasses import dataclass

from motp_protocol.fields import Occasion
from motp_verifier.http.popups.requests import Lang


@dataclass(frozen=True, slots=True)
class PageTexts:
    """One language's. `{left}` is a number of tries, `{seconds}` a time, `{phone}` masked."""

    product: str
    other_language: str
    title: str
    course: str
    class_: str
    session: str
    occasion: str
    session_number: str
    code_title: str
    code_label: str
    code_hint: str
    confirm: str
    or_: str
    by_app: str
    by_phone: str
    install: str
    help: str
    name_hint: str
    app_title: str
    app_steps: str
    app_number: str
    open_app: str
    waiting: str
    asked: str
    approved: str
    look_again: str
    new_number: str
    back_to_code: str
    phone_title: str
    phone_text: str
    phone_named: str
    phone_roster: str
    carrier: str
    birth: str
    birth_hint: str
    send_code: str
    sent: str
    sent_roster: str
    phone_code_label: str
    send_again: str
    send_again_after: str
    phone_none: str
    done_title: str
    done_text: str
    close: str
    expired_title: str
    expired_text: str
    other_title: str
    other_text: str
    other_approval_text: str
    missing_title: str
    missing_text: str
    refused_title: str
    refused_text: str
    busy_title: str
    busy_text: str
    to_page: str
    notices: Mapping[str, str]
    occasions: Mapping[Occasion, str]


KO = PageTexts(
    product="원격훈련 mOTP",
    other_language="English",
    title="본인 인증",
    course="과정",
    class_="기수",
    session="차시",
    occasion="구분",
    session_number="{session}차시",
    code_title="인증번호를 입력해 주세요",
    code_label="mOTP 앱에 보이는 인증번호 여섯 자리",
    code_hint="숫자 여섯 자리예요. 붙여 넣어도 돼요.",
    confirm="확인",
    or_="또는",
    by_app="mOTP 앱으로 인증",
    by_phone="본인인증(휴대폰)",
    install="앱 설치",
    help="도움말",
    name_hint="이 과정은 본인 명의로 확인된 휴대폰이 필요해요. 인증이 되지 않으면 mOTP 앱에서 "
    "명의를 확인해 주세요.",
    app_title="앱에서 이 번호를 골라 주세요",
    app_steps="mOTP 앱이 열리면 기관과 과정을 확인하고, 아래 번호와 같은 번호를 고르세요.",
    app_number="화면 번호",
    open_app="mOTP 앱 열기",
    waiting="앱의 답을 기다리고 있어요.",
    asked="앱이 열렸어요. 앱에서 번호를 골라 주세요.",
    approved="앱에서 승인했어요. 브라우저가 곧 열려요.",
    look_again="새로 고침",
    new_number="번호 새로 받기",
    back_to_code="인증번호 입력으로 돌아가기",
    phone_title="휴대폰으로 본인인증",
    phone_text="{phone} 번호로 인증번호를 문자로 보내요.",
    phone_named="이 과정은 휴대폰이 본인 명의인지 통신사에 확인해요. 입력한 내용은 확인에만 "
    "쓰고 저장하지 않아요.",
    phone_roster="훈련기관에 등록된 번호로 인증번호를 보내요.",
    carrier="통신사",
    birth="생년월일과 성별 숫자",
    birth_hint="주민등록번호 앞 일곱 자리 (예: 9003011)",
    send_code="인증번호 받기",
    sent="{phone} 번호로 인증번호를 보냈어요. 3분 안에 입력해 주세요.",
    sent_roster="훈련기관에 등록된 번호로 인증번호를 보냈어요. 3분 안에 입력해 주세요.",
    phone_code_label="문자로 받은 인증번호 여섯 자리",
    send_again="인증번호 다시 받기",
    send_again_after="인증번호는 {seconds}초 뒤에 다시 받을 수 있어요.",
    phone_none="이 과정은 휴대폰 명의 확인이 필요하지만 지금은 할 수 없어요. 훈련기관에 문의해 "
    "주세요.",
    done_title="인증이 끝났어요",
    done_text="이 창을 닫고 학습 화면으로 돌아가 주세요.",
    close="창 닫기",
    expired_title="인증 시간이 지났어요",
    expired_text="이 창을 닫고 학습 화면에서 다시 시작해 주세요.",
    other_title="다른 브라우저에서 열린 인증이에요",
    other_text="이 인증은 처음 연 브라우저에서만 할 수 있어요. 학습 화면에서 인증을 다시 시작해 "
    "주세요. 다른 사람에게서 받은 주소라면 열지 마세요.",
    other_approval_text="앱의 승인이 인증을 시작한 브라우저와 다른 브라우저에 도착해서 받아들이지 "
    "않았어요. 이 브라우저에서 학습 화면을 열어 다시 시작해 주세요. 다른 사람의 부탁으로 "
    "승인했다면 훈련기관에 알려 주세요.",
    missing_title="인증을 찾을 수 없어요",
    missing_text="주소가 잘못되었거나 이미 끝난 인증이에요. 학습 화면에서 다시 시작해 주세요.",
    refused_title="이 페이지에서 보낸 요청이 아니에요",
    refused_text="아무것도 처리하지 않았어요. 인증 창에서 다시 해 주세요.",
    busy_title="지금은 처리할 수 없어요",
    busy_text="잠시 뒤에 새로 고침해 주세요.",
    to_page="인증 창으로",
    notices={
        "code-wrong": "인증번호가 맞지 않거나 이미 사용되었어요. {left}번 더 시도할 수 있어요.",
        "locked": "인증번호가 여러 번 맞지 않아 잠겼어요. 아래 본인인증(휴대폰)을 하면 풀려요.",
        "code-form": "숫자 여섯 자리를 입력해 주세요.",
        "busy": "지금은 인증번호를 확인할 수 없어요. 잠시 뒤에 다시 해 주세요.",
        "approval-void": "이 기기의 등록으로는 지금 승인할 수 없어요. 앱에서 상태를 확인해 주세요.",
        "ticket-expired": "앱의 답이 제때 오지 않았어요. 다시 시도해 주세요.",
        "refused": "앱에서 거절했어요.",
        "number-wrong": "앱에서 고른 번호가 화면의 번호와 달라요. 다시 시도해 주세요.",
        "other-browser": "앱의 승인이 다른 브라우저에 도착했어요. 기본 브라우저에서 학습 화면을 "
        "열어 다시 시작해 주세요. 직접 승인하지 않았다면 훈련기관에 알려 주세요.",
        "phone-sent": "",
        "phone-form": "숫자 여섯 자리를 입력해 주세요.",
        "phone-wrong": "인증번호가 맞지 않아요. {left}번 더 시도할 수 있어요.",
        "phone-old": "인증번호의 시간이 지났어요. 다시 받아 주세요.",
        "phone-over": "이 본인인증은 끝났어요. 인증번호를 다시 받아 주세요.",
        "phone-limit": "오늘은 인증번호를 더 보낼 수 없어요. 내일 다시 하거나 훈련기관에 문의해 "
        "주세요.",
        "phone-unsent": "문자를 보내지 못했어요. 다시 시도해 주세요.",
        "phone-failed": "통신사에 확인하지 못했어요. 다시 시도해 주세요.",
        "phone-mismatch": "입력한 내용과 통신사의 명의가 맞지 않아요. 확인하고 다시 해 주세요.",
        "phone-details": "통신사와 생년월일, 성별 숫자를 바르게 입력해 주세요.",
        "phone-unavailable": "이 과정의 휴대폰 명의 확인은 지금 할 수 없어요.",
        "not-on-roster": "번호는 확인했지만 훈련기관의 명부와 이름 또는 번호가 맞지 않아요. "
        "훈련기관에 문의해 주세요.",
    },
    occasions={
        "entry": "입과",
        "lesson": "진도",
        "exam": "시험",
        "assignment": "과제",
        "progress": "진행평가",
        "discussion": "토론",
        "other_evaluation": "기타평가",
        "supplement": "보충",
        "other": "기타",
    },
)

EN = PageTexts(
    product="Remote training mOTP",
    other_language="한국어",
    title="Identity check",
    course="Course",
    class_="Class",
    session="Session",
    occasion="For",
    session_number="Session {session}",
    code_title="Type your code",
    code_label="The six digits that the mOTP app shows",
    code_hint="Six digits. You can paste them.",
    confirm="Confirm",
    or_="or",
    by_app="Confirm with the mOTP app",
    by_phone="Identity check by phone",
    install="Install the app",
    help="Help",
    name_hint="This course needs a phone that is proven to be in your own name. If the check does "
    "not work, prove it in the mOTP app.",
    app_title="Choose this number in the app",
    app_steps="When the mOTP app opens, check the institution and the course, and choose the "
    "number that stands here.",
    app_number="Number on this page",
    open_app="Open the mOTP app",
    waiting="Waiting for the app's answer.",
    asked="The app is open. Choose the number there.",
    approved="You approved it in the app. Your browser opens in a moment.",
    look_again="Look again",
    new_number="Get a new number",
    back_to_code="Back to typing a code",
    phone_title="Identity check by phone",
    phone_text="We send a code to {phone} by text message.",
    phone_named="For this course the carrier confirms that the phone is in your own name. What you "
    "enter is used for that only, and not kept.",
    phone_roster="We send a code to the number that your institution has of you.",
    carrier="Carrier",
    birth="Date of birth and the digit of sex",
    birth_hint="The first seven digits of your resident registration number (such as 9003011)",
    send_code="Send a code",
    sent="We sent a code to {phone}. Enter it within 3 minutes.",
    sent_roster="We sent a code to the number that your institution has of you. Enter it within "
    "3 minutes.",
    phone_code_label="The six digits from the message",
    send_again="Send another code",
    send_again_after="You can ask for another code in {seconds} seconds.",
    phone_none="This course needs a phone in your own name, which cannot be checked now. Ask your "
    "training institution.",
    done_title="You are confirmed",
    done_text="Close this window and go back to your course.",
    close="Close this window",
    expired_title="The time for this check is over",
    expired_text="Close this window and start again from your course.",
    other_title="This check was opened in another browser",
    other_text="It can be done only in the browser that opened it first. Start again from your "
    "course. If somebody else sent you this address, do not open it.",
    other_approval_text="The app's approval reached another browser than the one in which the "
    "check began, so it was not taken. Open your course in this browser and start again. If you "
    "approved because somebody asked you to, tell your training institution.",
    missing_title="There is no such check",
    missing_text="The address is wrong, or the check is over. Start again from your course.",
    refused_title="This request did not come from our page",
    refused_text="Nothing was done. Try again in the window of the check.",
    busy_title="This cannot be done now",
    busy_text="Reload the page in a moment.",
    to_page="Back to the check",
    notices={
        "code-wrong": "The code is wrong or was used before. You can try {left} more times.",
        "locked": "Too many codes were wrong, so codes are locked. The identity check by phone "
        "below lifts that.",
        "code-form": "Type six digits.",
        "busy": "Codes cannot be checked right now. Try again in a moment.",
        "approval-void": "This device cannot approve now. Look at its status in the app.",
        "ticket-expired": "The app did not answer in time. Try again.",
        "refused": "It was refused in the app.",
        "number-wrong": "The number chosen in the app is not the one on this page. Try again.",
        "other-browser": "The app's approval reached another browser. Open your course in your "
        "default browser and start again. If it was not you who approved, tell your training "
        "institution.",
        "phone-sent": "",
        "phone-form": "Type six digits.",
        "phone-wrong": "The code is wrong. You can try {left} more times.",
        "phone-old": "The code is too old. Get another one.",
        "phone-over": "This check by phone is over. Get another code.",
        "phone-limit": "No more codes can be sent today. Try tomorrow, or ask your training "
        "institution.",
        "phone-unsent": "The message could not be sent. Try again.",
        "phone-failed": "The carrier could not be asked. Try again.",
        "phone-mismatch": "The carrier does not know this phone with what you entered. Check it "
        "and try again.",
        "phone-details": "Enter your carrier, date of birth and the digit of sex.",
        "phone-unavailable": "Whose name a phone is in cannot be checked for this course now.",
        "not-on-roster": "The number is confirmed, but your institution's list has no such name "
        "and number. Ask your training institution.",
    },
    occasions={
        "entry": "Course entry",
        "lesson": "Lesson",
        "exam": "Exam",
        "assignment": "Assignment",
        "progress": "Progress evaluation",
        "discussion": "Discussion",
        "other_evaluation": "Other evaluation",
        "supplement": "Supplement",
        "other": "Other",
    },
)

TEXTS: Mapping[Lang, PageTexts] = {"ko": KO, "en": EN}
