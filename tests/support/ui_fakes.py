"""Small real stand-ins for what the view models use: no threads, no time, no surprises.

`Desk` wires real view models to `FakeServices`. Script what a use case comes to, press, then
`desk.executor.run()` what the press asked for:

    desk = Desk()
    desk.services.look_script.then(outcomes.NotRegistered())
    desk.app.start()
    desk.executor.run()
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from motp_desktop.services import approval_outcomes, outcomes, use_cases
from motp_desktop.services.adapters.links import Links
from motp_desktop.services.device_facts import DeviceStatus, StatusSign
from motp_desktop.services.doctor import Finding
from motp_desktop.services.ports import StorageFault
from motp_desktop.services.session_start import SessionStart
from motp_desktop.services.settings import (
    BadAddress,
    Checked,
    CheckedVerifier,
    Choices,
    ProxyChoice,
    SettingsNow,
)
from motp_desktop.ui.navigation import Screen, Starting
from motp_desktop.ui.tasks import Bug, Delivery, TaskRunner
from motp_desktop.ui.viewmodels.app import AppViewModel
from motp_desktop.ui.viewmodels.approval import ApprovalViewModel
from motp_desktop.ui.viewmodels.bundle import ViewModels
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.viewmodels.consent_renewal import ConsentRenewalViewModel
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.viewmodels.guide import GuideViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.links import LinkViewModel
from motp_desktop.ui.viewmodels.name_proof import NameProofViewModel
from motp_desktop.ui.viewmodels.pin_change import PinChangeViewModel
from motp_desktop.ui.viewmodels.records import RecordsViewModel
from motp_desktop.ui.viewmodels.reset import ResetViewModel
from motp_desktop.ui.viewmodels.session_start import SessionStartViewModel
from motp_desktop.ui.viewmodels.settings import SettingsViewModel
from motp_desktop.ui.viewmodels.start import StartViewModel
from motp_desktop.ui.viewmodels.states import AppState
from motp_desktop.ui.viewmodels.status import StatusViewModel
from motp_desktop.ui.viewmodels.unlock import UnlockViewModel
from motp_protocol import messages, wire
from motp_protocol.approvals import Decision
from motp_protocol.consent import ConsentDocument
from motp_protocol.fields import (
    Language,
    Lock,
    NameProofState,
    Occasion,
    RegistrationState,
    RejectionReason,
    RevocationReason,
)
from motp_protocol.problems import Replaces
from tests.support.memory_approvals import an_approval
from tests.support.memory_ports import MemoryAutostart, MemoryLinkHandler

T = TypeVar("T")

ORIGIN = "https://verifier.example"
COMPLETION_URL = f"{ORIGIN}/popup/complete/once-1"
NAME, PHONE, PIN = "홍길동", ("010", "1234", "5678"), "482917"
NOW = "2026-01-02T03:04:05.678Z"
REPLACES = Replaces(registration_id="r1", label="집 PC", since="2026-01-02T03:04:05.678Z")

A_DEVICE_STATUS = DeviceStatus(
    "active",
    short_code="7Q2M-XK4T",
    registration_id="reg_1",
    name_masked="홍*동",
    phone_masked="010-****-5678",
    last_contact="2026-01-02T03:04:05.678Z",
    skew_seconds=0,
    verifier="https://otp.example.kr",
    app_version="0.1.0",
    platform="Linux 6.1",
    key_store="SecretService Keyring",
)


def a_status(
    *,
    state: RegistrationState = "active",
    reason: RevocationReason | None = None,
    locks: tuple[Lock, ...] = (),
    auto_lock_seconds: int = 120,
    copy_code: bool = True,
    always_on_top: bool = False,
    hide_code: bool = False,
    name_proof: NameProofState = "none",
    consent_changed: bool = False,
) -> messages.Status:
    """What a verifier says of a registration in good order, but for what is given."""
    return messages.Status(
        state=state,
        reason=reason,
        locks=list(locks),
        pin_attempts_left=5,
        code_attempts_left=5,
        time="2026-01-02T03:04:05.678Z",
        skew_seconds=0.0,
        policy=messages.DevicePolicy(
            auto_lock_seconds=auto_lock_seconds,
            copy_code=copy_code,
            always_on_top=always_on_top,
            hide_code=hide_code,
        ),
        consent=messages.ConsentState(version="1", renew=consent_changed),
        trainee=messages.MaskedTrainee(name_masked="홍*동", phone_masked="010-****-5678"),
        institutions=["한빛훈련원"],
        name_proof=name_proof,
    )


def a_check(
    id_: str = "v1",
    *,
    at: str = "2026-01-02T00:02:00.000Z",
    reason: RejectionReason | None = None,
    occasion: Occasion = "entry",
    session: int = 0,
) -> messages.PastCheck:
    """A check at an institution: accepted, or rejected for this reason."""
    return messages.PastCheck(
        verification_id=id_,
        verified_at=at,
        institution="한빛훈련원",
        course="산업안전",
        class_="3",
        session=session,
        occasion=occasion,
        method="code",
        result="rejected" if reason else "accepted",
        reason=reason,
    )


def a_need(
    occasion: Occasion = "lesson", *, required: bool = True, course: str = "산업안전"
) -> messages.OwnRequirement:
    """What a class asks for today, once a day."""
    return messages.OwnRequirement(
        institution="한빛훈련원",
        course=course,
        class_="3",
        occasion=occasion,
        required=required,
        rule="once-per-day",
        satisfied_by=None if required else "v1",
        satisfied_until=None if required else "2026-01-02T15:00:00.000Z",
    )


def a_document(lang: Language = "ko", version: str = "1") -> ConsentDocument:
    """A short consent document."""
    return ConsentDocument(
        version=version,
        lang=lang,
        title="개인정보 수집·이용 동의",
        purpose="훈련생 본인 확인",
        items=["성명", "전화번호", "기기정보"],
        retention="수료 후 3년",
        recipients="한빛훈련원",
        refusal="동의하지 않을 수 있습니다.",
        warning="훈련기관에 등록된 정보와 같아야 합니다.",
        text="\n".join(f"제{n}조 내용" for n in range(1, 60)),
        sha256="0" * 64,
    )


def a_consent(lang: Language = "ko", *, pin_min: int = 6) -> outcomes.ConsentReady:
    """A verifier's terms, and the document."""
    document = a_document(lang)
    service = messages.ServiceInfo(
        protocol=1,
        name="시험 서버",
        time="2026-01-02T03:04:05.678Z",
        otp=messages.OtpInfo(algorithm="SHA1", digits=6, period=30),
        pin=messages.PinPolicy(min=pin_min, max=8),
        consent=messages.ConsentVersion(
            version=document.version, languages={"ko": "0" * 64, "en": "0" * 64}
        ),
        app=messages.AppVersions(newest="0.1.0", oldest="0.1.0"),
    )
    return outcomes.ConsentReady(service, document)


class ManualExecutor:
    """Runs jobs when a test says so, on the thread that says so."""

    def __init__(self) -> None:
        self._work: deque[Callable[[], Delivery]] = deque()
        self.is_closed = False

    def submit(self, work: Callable[[], Delivery]) -> None:
        """See `tasks.Executor`."""
        self._work.append(work)

    def close(self, seconds: float) -> None:
        """See `tasks.Executor`."""
        self.is_closed = True
        self._work.clear()

    @property
    def waiting(self) -> int:
        """How many jobs have not run."""
        return len(self._work)

    def begin(self) -> Delivery:
        """Run the next job, but hold its result back: call what this returns to deliver it."""
        return self._work.popleft()()

    def run(self) -> None:
        """Run all jobs, and those that they lead to."""
        while self._work:
            self.begin()()


class ManualClock:
    """Moves only when told to."""

    def __init__(self) -> None:
        self._now = 1_767_323_045_000
        self._elapsed = 5_000

    def now_ms(self) -> int:
        """See `ports.Clock`."""
        return self._now

    def elapsed_ms(self) -> int:
        """See `ports.Clock`."""
        return self._elapsed

    def advance(self, milliseconds: int) -> None:
        """Let time pass."""
        self._now += milliseconds
        self._elapsed += milliseconds


class FakeClipboard:
    """A clipboard that can be looked into."""

    def __init__(self) -> None:
        self.text = ""
        self._ours = ""

    def put(self, code: str) -> None:
        """See `clipboard.Clipboard`."""
        self.text = self._ours = code

    def clear_if_ours(self) -> None:
        """See `clipboard.Clipboard`."""
        if self.text == self._ours:
            self.text = ""


class FakeSpeaker:
    """A voice that notes what it was to say."""

    def __init__(self) -> None:
        self.is_there = True
        self.said: list[tuple[str, Language]] = []
        self.stopped = 0

    def can_speak(self) -> bool:
        """See `speaker.Speaker`."""
        return self.is_there

    def say_code(self, code: str, language: Language) -> None:
        """See `speaker.Speaker`."""
        self.said.append((code, language))

    def say(self, text: str, language: Language) -> None:
        """See `speaker.Speaker`."""
        self.said.append((text, language))

    def stop(self) -> None:
        """See `speaker.Speaker`."""
        self.stopped += 1


class FakeBrowser:
    """A browser that notes what it was to open; `is_there` whether it can be."""

    def __init__(self) -> None:
        self.is_there = True
        self.opened: list[str] = []

    def open(self, url: str) -> bool:
        """See `browser.Browser`."""
        if self.is_there:
            self.opened.append(url)
        return self.is_there


class FakeApprovals:
    """Approvals that go well: two minutes to answer, and an address to go on at."""

    def __init__(self, clock: "ManualClock") -> None:
        request = an_approval(expires_at=NOW)
        question = approval_outcomes.ApprovalQuestion(
            request, clock.elapsed_ms() + 120_000, "ticket-1", wire.encode(request)
        )
        self.question = question
        self.ask_script = Script[approval_outcomes.ApprovalLoaded](question)
        self.answer_script = Script[approval_outcomes.ApprovalOutcome](
            approval_outcomes.Approved(COMPLETION_URL)
        )

    def ask(self, link: outcomes.ApprovalAsked) -> approval_outcomes.ApprovalLoaded:
        """See `use_cases.Approvals`."""
        return self.ask_script(link)

    def answer(
        self, question: approval_outcomes.ApprovalQuestion, decision: Decision, number: str
    ) -> approval_outcomes.ApprovalOutcome:
        """See `use_cases.Approvals`."""
        return self.answer_script(question, decision, number)


class MemoryKeyStore:
    """Secrets in memory."""

    description = "memory"

    def __init__(self) -> None:
        self._secrets: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        """See `ports.KeyStore`."""
        return self._secrets.get(name)

    def save(self, name: str, secret: bytes) -> None:
        """See `ports.KeyStore`."""
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        """See `ports.KeyStore`."""
        self._secrets.pop(name, None)


class Script(Generic[T]):
    """What a use case comes to: each outcome once, in order, and the last for ever."""

    def __init__(self, first: T) -> None:
        self._outcomes = [first]
        self._is_default = True
        self._raises: Exception | None = None
        self.calls: list[tuple[object, ...]] = []

    def then(self, *following: T) -> None:
        """These are the next ones."""
        self._outcomes = [*following] if self._is_default else [*self._outcomes, *following]
        self._is_default = False

    def breaks(self, error: Exception) -> None:
        """The next call raises: a bug in the use case."""
        self._raises = error

    def __call__(self, *asked: object) -> T:
        self.calls.append(asked)
        if self._raises is not None:
            error, self._raises = self._raises, None
            raise error
        return self._outcomes.pop(0) if self._outcomes[1:] else self._outcomes[0]


class FakeServices:
    """All use cases in one object; by default each comes to what one hopes for."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self._is_open = False
        self.period = 30
        self.skew = 0
        self.forgotten = 0
        sent = outcomes.CodeSent(
            "010-****-5678",
            expires_at=clock.elapsed_ms() + 180_000,
            resend_at=clock.elapsed_ms() + 30_000,
            attempts_left=5,
        )
        status = a_status()
        self.look_script = Script[outcomes.Opened](outcomes.NotRegistered())
        self.key_file_script = Script[outcomes.Opened](outcomes.NotRegistered())
        self.consent_script = Script[outcomes.LoadedConsent](a_consent())
        self.start_script = Script[outcomes.Started](sent)
        self.resend_script = Script[outcomes.Resent](sent)
        self.prove_script = Script[outcomes.Identified](outcomes.Proven(None))
        self.confirm_script = Script[outcomes.Confirmed](outcomes.Enrolled(status))
        self.abandon_script = Script[None](None)
        self.unlock_script = Script[outcomes.UnlockOutcome](outcomes.PinRight(status))
        self.change_pin_script = Script[outcomes.PinChangeOutcome](outcomes.PinChanged(status))
        self.sync_script = Script[outcomes.SyncOutcome](outcomes.Synced(status))
        self.ask_name_script = Script[outcomes.NameAsked](sent)
        self.resend_name_script = Script[outcomes.NameSent](sent)
        self.confirm_name_script = Script[outcomes.NameConfirmed](
            outcomes.NameProven(a_status(name_proof="done"))
        )
        self.records_script = Script[outcomes.RecordsOutcome](outcomes.OwnRecords((), (), NOW))
        self.reset_script = Script[outcomes.ResetOutcome](outcomes.ResetDone(verifier_told=True))
        self.withdraw_script = Script[outcomes.ResetOutcome](
            outcomes.ResetDone(verifier_told=True, withdrawn=True)
        )
        self.renew_script = Script[outcomes.RenewalOutcome](outcomes.ConsentRenewed(status))
        self.start_over_script = Script[outcomes.ResetOutcome](
            outcomes.ResetDone(verifier_told=False)
        )

    def look(self) -> outcomes.Opened:
        """See `use_cases.Opening`."""
        return self.look_script()

    def use_key_file(self) -> outcomes.Opened:
        """See `use_cases.Opening`."""
        return self.key_file_script()

    def load_consent(self, lang: Language) -> outcomes.LoadedConsent:
        """See `use_cases.Enrolment`."""
        return self.consent_script(lang)

    def start(
        self, form: outcomes.EnrolmentForm, consent: outcomes.ConsentReady, lang: Language
    ) -> outcomes.Started:
        """See `use_cases.Enrolment`."""
        return self.start_script(form, consent, lang)

    def resend(self) -> outcomes.Resent:
        """See `use_cases.Enrolment`."""
        return self.resend_script()

    def prove(self, code: str) -> outcomes.Identified:
        """See `use_cases.Enrolment`."""
        return self.prove_script(code)

    def confirm(self, *, replace: bool) -> outcomes.Confirmed:
        """See `use_cases.Enrolment`."""
        return self.confirm_script(replace)

    def abandon(self) -> None:
        """See `use_cases.Enrolment`."""
        self.abandon_script()

    def unlock(self, pin: str) -> outcomes.UnlockOutcome:
        """See `use_cases.Unlock`."""
        outcome = self.unlock_script(pin)
        self._is_open = isinstance(outcome, outcomes.PinRight)
        return outcome

    def change_pin(self, pin: str, new_pin: str) -> outcomes.PinChangeOutcome:
        """See `use_cases.Unlock`."""
        return self.change_pin_script(pin, new_pin)

    def now(self) -> use_cases.CodeNow | None:
        """See `use_cases.Codes`. The codes tell the step: `000007`, then `000008`."""
        if not self._is_open:
            return None
        length = self.period * 1000
        step, into = divmod(self._clock.now_ms(), length)
        return use_cases.CodeNow(
            code=f"{step % 1_000_000:06}",
            next_code=f"{(step + 1) % 1_000_000:06}",
            milliseconds_left=length - into,
            period_seconds=self.period,
        )

    def skew_ms(self) -> int:
        """See `use_cases.Codes`."""
        return self.skew

    def forget(self) -> None:
        """See `use_cases.Codes`."""
        self._is_open = False
        self.forgotten += 1

    def sync(self) -> outcomes.SyncOutcome:
        """See `use_cases.Sync`."""
        return self.sync_script()

    def reset(self, *, here_only: bool = False) -> outcomes.ResetOutcome:
        """See `use_cases.Reset`."""
        return self.reset_script(here_only)

    def withdraw(self, *, here_only: bool = False) -> outcomes.ResetOutcome:
        """See `use_cases.Reset`."""
        return self.withdraw_script(here_only)

    def read(self) -> outcomes.RecordsOutcome:
        """See `use_cases.Records`."""
        return self.records_script()

    def start_over(self) -> outcomes.ResetOutcome:
        """See `use_cases.Reset`."""
        return self.start_over_script()


class FakeConsentRenewal:
    """The consent renewal of `FakeServices`; the document is the enrolment's."""

    def __init__(self, services: FakeServices) -> None:
        self._services = services

    def load(self, lang: Language) -> outcomes.LoadedConsent:
        """See `use_cases.ConsentRenewal`."""
        return self._services.consent_script(lang)

    def renew(self, consent: outcomes.ConsentReady) -> outcomes.RenewalOutcome:
        """See `use_cases.ConsentRenewal`."""
        return self._services.renew_script(consent)


class FakeNameProof:
    """The name proof of `FakeServices`, whose methods have the names of others there."""

    def __init__(self, services: FakeServices) -> None:
        self._services = services

    def ask(self, details: outcomes.NameDetails) -> outcomes.NameAsked:
        """See `use_cases.NameProof`."""
        return self._services.ask_name_script(details)

    def resend(self) -> outcomes.NameSent:
        """See `use_cases.NameProof`."""
        return self._services.resend_name_script()

    def confirm(self, code: str) -> outcomes.NameConfirmed:
        """See `use_cases.NameProof`."""
        return self._services.confirm_name_script(code)


class FakeStatusDesk:
    """The status desk of a PC with a registration in good order."""

    def __init__(self) -> None:
        self.look_script = Script(A_DEVICE_STATUS)
        self.sign_script = Script[StatusSign | None](StatusSign("eyJhbGciOi.e30.c2ln", 1))

    def look(self) -> DeviceStatus:
        """See `use_cases.StatusDesk`."""
        return self.look_script()

    def sign(self) -> StatusSign | None:
        """See `use_cases.StatusDesk`."""
        return self.sign_script()


class FakeDoctor:
    """A doctor who has found what a test says."""

    def __init__(self) -> None:
        self.script = Script([Finding("network", "ok", "answers")])

    def examine(self) -> list[Finding]:
        """See `use_cases.Doctor`."""
        return self.script()


class FakeDiagnostics:
    """A log of two lines, and reports that are noted."""

    def __init__(self) -> None:
        self.save_script = Script(True)  # noqa: FBT003 - the outcome itself

    def log(self) -> list[str]:
        """See `use_cases.Diagnostics`."""
        return ["one", "two"]

    def save(self, path: str, findings: Sequence[Finding] | None = None) -> bool:
        """See `use_cases.Diagnostics`."""
        return self.save_script(path)


SETTINGS = SettingsNow(
    Choices(
        language="ko",
        theme="system",
        text_percent=100,
        verifier_origin="https://otp.example.kr",
        proxy=ProxyChoice(),
    )
)
A_VERIFIER = CheckedVerifier(
    "https://otp.hanbit.example",
    "한빛훈련원 인증 서버",
    ("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",),
    "한빛훈련원 Root CA",
    "2027-11-25T00:00:00+00:00",
)


class FakeSettingsDesk:
    """Settings that are kept in memory; `fault` makes keeping fail."""

    def __init__(self) -> None:
        self.now = SETTINGS
        self.fault: StorageFault | None = None
        self.check_script = Script[Checked](A_VERIFIER)

    def look(self) -> SettingsNow:
        """See `use_cases.SettingsDesk`."""
        return self.now

    def change(self, choices: Choices) -> SettingsNow | outcomes.StorageTrouble:
        """See `use_cases.SettingsDesk`."""
        if self.fault is not None:
            return outcomes.StorageTrouble(self.fault)
        self.now = replace(self.now, values=choices.over(self.now.values))
        return self.now

    def keep_proxy(self, address: str) -> SettingsNow | outcomes.StorageTrouble | BadAddress:
        """See `use_cases.SettingsDesk`. An address has a colon."""
        if ":" not in address:
            return BadAddress()
        return self.change(Choices(proxy=ProxyChoice("manual", f"http://{address}")))

    def check(self, address: str) -> Checked:
        """See `use_cases.SettingsDesk`."""
        return self.check_script(address)


class Desk:
    """Real view models over fakes, beginning on `screen`."""

    def __init__(self, screen: Screen | None = None, language: Language = "ko") -> None:
        self.clock = ManualClock()
        self.services = FakeServices(self.clock)
        self.clipboard = FakeClipboard()
        self.speaker = FakeSpeaker()
        self.executor = ManualExecutor()
        self.bugs: list[Bug] = []
        self.kept: list[Language] = []
        self.runner = TaskRunner(self.executor, self.bugs.append)
        self.journey = Journey(AppState(screen or Starting(), language=language))
        self.approvals, self.browser = FakeApprovals(self.clock), FakeBrowser()
        self.approval = ApprovalViewModel(
            self.journey, self.runner, self.approvals, clock=self.clock, browser=self.browser
        )
        self.links = LinkViewModel(Links(ORIGIN), self.journey, self.approval, self.clock)
        self.start = StartViewModel(self.journey, self.runner, self.services, self.services)
        self.enrolment = EnrolmentViewModel(self.journey, self.runner, self.services, self.clock)
        self.unlock = UnlockViewModel(self.journey, self.runner, self.services, self.services)
        self.code = CodeViewModel(
            self.journey,
            self.runner,
            self.services,
            self.services,
            clock=self.clock,
            clipboard=self.clipboard,
            speaker=self.speaker,
        )
        self.name_proof = NameProofViewModel(
            self.journey, self.runner, FakeNameProof(self.services), self.clock
        )
        self.pin_change = PinChangeViewModel(self.journey, self.runner, self.services)
        self.renewal = ConsentRenewalViewModel(
            self.journey, self.runner, FakeConsentRenewal(self.services)
        )
        self.guide = GuideViewModel(self.journey)
        self.records = RecordsViewModel(self.journey, self.runner, self.services)
        self.code.renewed.connect(self.records.code_changed)
        self.reset = ResetViewModel(self.journey, self.runner, self.services)
        self.settings_desk = FakeSettingsDesk()
        self.worn: list[Choices] = []
        self.reopened = 0
        self.settings = SettingsViewModel(
            self.journey,
            self.runner,
            self.settings_desk,
            wear=self.worn.append,
            reopen=self._reopen,
        )
        self.status_desk, self.diagnostics = FakeStatusDesk(), FakeDiagnostics()
        self.status = StatusViewModel(
            self.journey, self.runner, self.status_desk, self.services, self.diagnostics
        )
        self.session_start = SessionStartViewModel(
            self.runner, SessionStart(MemoryAutostart(), MemoryLinkHandler())
        )
        self.app = AppViewModel(self.journey, self.start.retry, self.kept.append)
        self.view_models = ViewModels(
            self.app,
            self.start,
            self.enrolment,
            self.unlock,
            self.code,
            self.name_proof,
            self.pin_change,
            self.renewal,
            self.guide,
            self.records,
            self.reset,
            self.status,
            self.settings,
            self.links,
            self.approval,
            self.session_start,
        )

    def _reopen(self) -> None:
        self.reopened += 1

    def where(self) -> Screen:
        """The screen that is shown."""
        return self.app.state.screen

    def press(self, command: Callable[..., object], *arguments: object) -> None:
        """Give a command and run all that it leads to."""
        command(*arguments)
        self.executor.run()

    def type_pin(self, digit: Callable[[str], None], pin: str = PIN) -> None:
        """Type a PIN, digit by digit."""
        for one in pin:
            digit(one)

    def to_choose_pin(self) -> None:
        """From the start to the choice of a PIN."""
        self.press(self.app.start)
        self.press(self.enrolment.begin)
        self.press(self.enrolment.agree_summary)
        self.enrolment.reached_end()
        self.press(self.enrolment.agree)
        self.enrolment.set_name(NAME)
        self.enrolment.set_phone(*PHONE)
        self.press(self.enrolment.submit_details)

    def choose_pin(self, pin: str = PIN) -> None:
        """Choose a PIN and repeat it."""
        for _ in range(2):
            self.type_pin(self.enrolment.pin_digit, pin)
            self.press(self.enrolment.submit_pin)

    def to_identity_code(self) -> None:
        """From the start to the wait for the identity code."""
        self.to_choose_pin()
        self.choose_pin()

    def to_code(self) -> None:
        """From the start, registered before, to the code."""
        self.services.look_script.then(outcomes.Registered("홍*동", "010-****-5678"))
        self.press(self.app.start)
        self.type_pin(self.unlock.digit)
        self.press(self.unlock.submit)
