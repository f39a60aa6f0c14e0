"""What is wrong, in plain words: the cause with its facts, and the next step."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.helpdesk.next_steps import next_step
from motp_desktop.ui.texts.helpdesk.words import span
from motp_desktop.ui.texts.message import Level
from motp_desktop.ui.texts.times import difference, moment
from motp_protocol.helpdesk import Cause, Finding

translate = QCoreApplication.translate

_GRAVE: frozenset[Cause] = frozenset(
    {"pin-locked", "code-locked", "code-locked-everywhere", "cloned", "revoked", "replaced"}
)
_CALM: frozenset[Cause] = frozenset({"never-registered", "enrolment-unfinished", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`what` names the cause, `facts` say more of it, `step` what to do next."""

    level: Level
    what: str
    facts: str
    step: str

    @property
    def spoken(self) -> str:
        """All of it as one utterance."""
        return " ".join(part for part in (self.what, self.facts, self.step) if part)


def diagnosis(finding: Finding, now: str) -> Diagnosis:
    """A finding in words; `now` is the verifier's time, RFC 3339."""
    what = _what(finding, now)
    return Diagnosis(_level(finding.cause), what, _facts(finding, now), next_step(finding.cause))


def _level(cause: Cause) -> Level:
    if cause == "all-well":
        return Level.OK
    if cause in _GRAVE:
        return Level.BAD
    return Level.INFO if cause in _CALM else Level.WARN


def _what(found: Finding, now: str) -> str:  # noqa: PLR0912 - a sentence for each cause
    when = "" if found.at is None else moment(found.at, now)
    match found.cause:
        case "all-well":
            return translate("Findings", "문제가 보이지 않습니다.")
        case "clock-wrong":
            return _clock(found.seconds or 0)
        case "pin-locked":
            text = translate("Findings", "비밀번호가 {n}번 틀려 {time}에 잠겼습니다.")
            bare = translate("Findings", "비밀번호가 여러 번 틀려 잠겼습니다.")
            return _filled(text, bare, n=found.count, time=when)
        case "code-locked":
            text = translate("Findings", "인증번호가 {n}번 틀려 {time}에 잠겼습니다.")
            bare = translate("Findings", "인증번호가 여러 번 틀려 잠겼습니다.")
            return _filled(text, bare, n=found.count, time=when)
        case "code-locked-everywhere":
            text = translate(
                "Findings", "30일 동안 인증번호가 {n}번 틀려 모든 기관에서 잠겼습니다."
            )
            bare = translate("Findings", "인증번호가 너무 많이 틀려 모든 기관에서 잠겼습니다.")
            return _filled(text, bare, n=found.count)
        case "code-used":
            text = translate("Findings", "{time}에 이미 쓴 번호를 다시 입력했습니다.")
            bare = translate("Findings", "이미 쓴 번호를 다시 입력했습니다.")
            return _filled(text, bare, time=when)
        case "code-old":
            text = translate("Findings", "{time}에 지나간 번호를 입력했습니다.")
            bare = translate("Findings", "지나간 번호를 입력했습니다.")
            return _filled(text, bare, time=when)
        case "suspended":
            text = translate("Findings", "{time}에 등록이 일시 정지되었습니다.")
            bare = translate("Findings", "등록이 일시 정지되어 있습니다.")
            return _filled(text, bare, time=when)
        case "revoked":
            text = translate("Findings", "{time}에 등록이 해지되었습니다.")
            bare = translate("Findings", "등록이 해지되었습니다.")
            return _filled(text, bare, time=when)
        case "cloned":
            text = translate("Findings", "기기의 자료가 복사되어 {time}에 등록이 끝났습니다.")
            bare = translate("Findings", "기기의 자료가 복사되어 등록이 끝났습니다.")
            return _filled(text, bare, time=when)
        case "replaced":
            text = translate("Findings", "{time}에 다른 기기에 새로 등록했습니다.")
            bare = translate("Findings", "다른 기기에 새로 등록했습니다.")
            return _filled(text, bare, time=when)
        case "withdrawn":
            text = translate("Findings", "{time}에 개인정보 동의를 철회했습니다.")
            bare = translate("Findings", "개인정보 동의를 철회했습니다.")
            return _filled(text, bare, time=when)
        case "roster-mismatch":
            return translate("Findings", "이름과 번호가 훈련기관의 명단과 다릅니다.")
        case "never-registered":
            return translate("Findings", "앱에 등록한 적이 없습니다.")
        case "enrolment-unfinished":
            text = translate("Findings", "{time}에 등록을 시작했지만 마치지 않았습니다.")
            bare = translate("Findings", "등록을 시작했지만 마치지 않았습니다.")
            return _filled(text, bare, time=when)
        case "consent-outdated":
            return translate("Findings", "동의서가 바뀐 뒤로 아직 다시 동의하지 않았습니다.")
        case "offline":
            text = translate("Findings", "앱이 {time} 동안 서버와 연결되지 않았습니다.")
            bare = translate("Findings", "앱이 오랫동안 서버와 연결되지 않았습니다.")
            passed = "" if found.seconds is None else span(found.seconds)
            return _filled(text, bare, time=passed)
        case "name-not-verified":
            return translate("Findings", "휴대전화가 본인 명의인지 확인되지 않았습니다.")
        case "app-outdated":
            text = translate("Findings", "앱이 오래된 버전({version})입니다.")
            bare = translate("Findings", "앱이 오래된 버전입니다.")
            return _filled(text, bare, version=found.version)


def _clock(skew: int) -> str:
    apart = difference(abs(skew))
    if skew < 0:
        return translate("Findings", "PC 시계가 {time} 느립니다.").format(time=apart)
    return translate("Findings", "PC 시계가 {time} 빠릅니다.").format(time=apart)


def _filled(text: str, bare: str, **facts: str | int | None) -> str:
    """The sentence with its facts, or the one without, where one of them is unknown."""
    return text.format(**facts) if all(facts.values()) else bare


def _facts(found: Finding, now: str) -> str:
    parts = []
    if found.cause == "clock-wrong":
        parts.append(
            translate("Findings", "앱이 서버와 다시 연결되면 인증번호는 저절로 맞춰집니다.")
        )
    if found.institution:
        parts.append(
            translate("Findings", "{name}에서 있었던 일입니다.").format(name=found.institution)
        )
    if found.source:
        parts.append(
            translate("Findings", "마지막 번호는 {source}에서 왔습니다.").format(
                source=found.source
            )
        )
    if found.old:
        parts.append(translate("Findings", "그중 {n}개는 지나간 번호였습니다.").format(n=found.old))
    if found.cause == "consent-outdated":
        parts.append(translate("Findings", "인증번호는 그대로 쓸 수 있습니다."))
        if found.at is not None:
            agreed = translate("Findings", "마지막으로 동의한 때는 {time}입니다.")
            parts.append(agreed.format(time=moment(found.at, now)))
    if found.cause in {"offline", "clock-wrong"} and found.at is not None:
        last = moment(found.at, now)
        parts.append(translate("Findings", "마지막 연결은 {time}입니다.").format(time=last))
    return " ".join(parts)
