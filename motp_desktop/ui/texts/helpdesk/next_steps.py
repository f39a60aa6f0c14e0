"""What to do about a cause: one step, for whoever talks with the trainee."""

from PySide6.QtCore import QCoreApplication

from motp_protocol.helpdesk import Cause

translate = QCoreApplication.translate


def next_step(cause: Cause) -> str:  # noqa: PLR0912 - a sentence for each cause
    """What staff do, or tell the trainee to do."""
    match cause:
        case "all-well":
            return translate(
                "NextSteps",
                "앱에 지금 보이는 번호를 다시 입력해 달라고 하세요. 그래도 안 되면 훈련기관의 "
                "사이트 문제인지 확인하세요.",
            )
        case "clock-wrong":
            return translate(
                "NextSteps",
                "인터넷에 연결한 채 앱을 닫았다가 다시 열어 달라고 하세요. PC의 날짜와 시각도 "
                "자동 설정으로 바꾸게 하세요.",
            )
        case "pin-locked":
            return translate(
                "NextSteps",
                "본인인지 확인하고 [비밀번호 잠금 풀기]를 누르세요. 전에 한 번 풀었거나 비밀번호가 "
                "기억나지 않으면 앱에서 새로 등록하게 하세요.",
            )
        case "code-locked":
            return translate(
                "NextSteps",
                "본인이 입력했는지 확인하고 [인증번호 잠금 풀기]를 누르세요. 훈련생이 휴대폰 "
                "본인인증을 해도 풀립니다.",
            )
        case "code-locked-everywhere":
            return translate(
                "NextSteps",
                "누가 번호를 입력했는지 시간표에서 확인하세요. 본인이면 [인증번호 잠금 풀기]를, "
                "아니면 [일시 정지]를 누르세요.",
            )
        case "code-used":
            return translate(
                "NextSteps",
                "번호는 한 번만 쓸 수 있습니다. 앱의 번호가 바뀐 뒤 새 번호를 입력하게 하세요.",
            )
        case "code-old":
            return translate(
                "NextSteps",
                "번호를 적어 두지 말고, 앱에 지금 보이는 번호를 남은 시간 안에 입력하게 하세요.",
            )
        case "suspended":
            return translate(
                "NextSteps",
                "정지한 사유를 시간표에서 확인하세요. 풀어도 되면 [정지 풀기]를 누르세요.",
            )
        case "revoked":
            return translate(
                "NextSteps",
                "해지는 되돌릴 수 없습니다. 앱에서 새로 등록하게 하세요.",
            )
        case "cloned":
            return translate(
                "NextSteps",
                "본인이 자료를 옮겼는지 물어보세요. 앱에서 새로 등록하게 하고, 본인이 모르는 "
                "일이면 보안 담당자에게 알리세요.",
            )
        case "replaced":
            return translate(
                "NextSteps",
                "새로 등록한 기기의 앱을 쓰게 하세요. 본인이 등록하지 않았다면 그 등록을 "
                "[일시 정지]하세요.",
            )
        case "withdrawn":
            return translate(
                "NextSteps",
                "계속 쓰려면 앱에서 동의하고 새로 등록하게 하세요. 원하지 않으면 훈련 사이트의 "
                "휴대폰 본인인증을 안내하세요.",
            )
        case "roster-mismatch":
            return translate(
                "NextSteps",
                "훈련기관에 등록된 이름과 번호를 훈련생과 맞춰 보세요. 명단이 틀리면 훈련기관이 "
                "고치고, 그다음 앱에서 다시 등록하게 하세요.",
            )
        case "never-registered":
            return translate(
                "NextSteps",
                "앱을 설치하고 등록하게 하세요. 이름과 번호는 훈련 사이트와 같아야 합니다.",
            )
        case "enrolment-unfinished":
            return translate(
                "NextSteps",
                "앱을 열어 등록을 마치게 하세요. 10분이 지났으면 처음부터 다시 하면 됩니다.",
            )
        case "consent-outdated":
            return translate(
                "NextSteps",
                "앱의 인증번호 화면에서 바뀐 동의서를 읽고 동의하게 하세요.",
            )
        case "offline":
            return translate(
                "NextSteps",
                "PC의 인터넷과 프록시를 확인하게 하고, 앱 메뉴의 [이 PC의 상태]에서 "
                "[서버에 다시 확인]을 누르게 하세요.",
            )
        case "name-not-verified":
            return translate(
                "NextSteps",
                "앱에서 [본인 명의 확인하기]를 누르게 하세요. 다른 사람 명의의 휴대전화로는 "
                "수강료가 지원되는 과정을 들을 수 없습니다.",
            )
        case "app-outdated":
            return translate(
                "NextSteps",
                "앱을 새 버전으로 바꾸게 하세요. 등록은 그대로 남습니다.",
            )
