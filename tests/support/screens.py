"""Every screen in the states worth looking at, for view tests and for the screenshots.

The view models are stand-ins that carry a state and note which commands they were given.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast, get_args, get_type_hints

from PySide6.QtCore import QObject, Signal

from motp_desktop.services import outcomes
from motp_desktop.services.device_facts import DeviceStatus
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, StorageFault
from motp_desktop.services.settings import BadAddress, OtherProtocol, ProxyChoice
from motp_desktop.services.use_cases import CodeNow
from motp_desktop.ui import navigation
from motp_desktop.ui.viewmodels.approval_states import (
    ApprovalEnd,
    ApprovalState,
    LinkNotice,
    LinkState,
    TimeLeft,
)
from motp_desktop.ui.viewmodels.aside_states import Aside, SettingsState, StatusState
from motp_desktop.ui.viewmodels.bundle import ViewModels
from motp_desktop.ui.viewmodels.guide import GuideState
from motp_desktop.ui.viewmodels.states import (
    AppState,
    CodeState,
    EnrolmentState,
    Fields,
    IdentityState,
    NameFields,
    NameProofState,
    PinChangeStage,
    PinChangeState,
    PinChoice,
    PinStage,
    RecordsState,
    RenewalState,
    ResetState,
    SessionStartState,
    StartState,
    UnlockState,
)
from motp_protocol.consent import ConsentDocument
from motp_protocol.fields import Language
from motp_protocol.pin import PinFault
from tests.support.memory_approvals import an_approval
from tests.support.ui_fakes import (
    A_DEVICE_STATUS,
    A_VERIFIER,
    NOW,
    REPLACES,
    SETTINGS,
    a_check,
    a_document,
    a_need,
    a_status,
)

_CONSENTS = Path(__file__).parents[2] / "resources" / "verifier" / "consents"


class StandIn(QObject):
    """A view model that only carries a state; commands are noted in `given`."""

    state_changed = Signal()
    ticked = Signal()

    def __init__(self, state: object) -> None:
        super().__init__()
        self.state = state
        self.now: CodeNow | None = None
        self.left: TimeLeft | None = None
        self.given: list[tuple[object, ...]] = []

    def code(self) -> CodeNow | None:
        """See `CodeViewModel.code`."""
        return self.now

    def time_left(self) -> TimeLeft | None:
        """See `ApprovalViewModel.time_left`."""
        return self.left

    def become(self, state: object) -> None:
        """Carry another state."""
        self.state = state
        self.state_changed.emit()

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: self.given.append((name, *arguments))


@dataclass(frozen=True, slots=True)
class Models:
    """Stand-ins for all view models."""

    app: StandIn
    start: StandIn
    enrolment: StandIn
    unlock: StandIn
    code: StandIn
    name_proof: StandIn
    pin_change: StandIn
    renewal: StandIn
    guide: StandIn
    records: StandIn
    reset: StandIn
    status: StandIn
    settings: StandIn
    links: StandIn
    approval: StandIn
    session_start: StandIn

    def bundle(self) -> ViewModels:
        """As what views take."""
        return cast(ViewModels, self)


@dataclass(frozen=True)
class Scene:
    """A screen, and what the view models say there."""

    name: str
    screen: navigation.Screen
    enrolment: EnrolmentState = field(default_factory=EnrolmentState)
    unlock: UnlockState = field(default_factory=UnlockState)
    code: CodeState = field(default_factory=CodeState)
    name_proof: NameProofState = field(default_factory=NameProofState)
    pin_change: PinChangeState = field(default_factory=PinChangeState)
    renewal: RenewalState = field(default_factory=RenewalState)
    records: RecordsState = field(default_factory=RecordsState)
    reset: ResetState = field(default_factory=ResetState)
    link: LinkState = field(default_factory=LinkState)
    start: StartState = field(default_factory=StartState)
    status: StatusState = field(default_factory=StatusState)
    settings: SettingsState = field(default_factory=SettingsState)
    approval: ApprovalState = field(default_factory=ApprovalState)
    aside: Aside | None = None
    connection: Any = "connected"
    seconds_left: int = 21

    def models(self, language: Language = "ko") -> Models:
        """Fresh stand-ins in this scene."""
        enrolment = self.enrolment
        if enrolment.document is not None:
            enrolment = replace(enrolment, document=consent(language))
        renewal = self.renewal
        if renewal.document is not None:
            renewal = replace(renewal, document=consent(language))
        models = Models(
            StandIn(AppState(self.screen, self.connection, language, self.aside)),
            StandIn(self.start),
            StandIn(enrolment),
            StandIn(self.unlock),
            StandIn(self.code),
            StandIn(self.name_proof),
            StandIn(self.pin_change),
            StandIn(renewal),
            StandIn(GuideState()),
            StandIn(self.records),
            StandIn(self.reset),
            StandIn(self.status),
            StandIn(self.settings),
            StandIn(self.link),
            StandIn(self.approval),
            StandIn(SessionStartState(on=False)),
        )
        models.approval.left = TimeLeft(self.seconds_left, self.seconds_left / 120)
        models.code.now = CodeNow("482917", "036554", self.seconds_left * 1000, 30)
        return models


def consent(language: Language) -> ConsentDocument:
    """The longest real document: where it fits, others do."""
    longest = sorted(
        _CONSENTS.glob(f"*.{language}.json"), key=lambda path: path.stat().st_size, reverse=True
    )
    for path in longest:
        members = json.loads(path.read_text("utf-8"))
        short = a_document(language)
        known = {name: members.get(name, getattr(short, name)) for name in short.__struct_fields__}
        return ConsentDocument(**known)
    return a_document(language)


def scenes() -> list[Scene]:
    """All of them, in the order in which a person would meet them."""
    return [
        *_opening(),
        *_consenting(),
        *_registering(),
        *_using(),
        *_proving_name(),
        *_changing_pin(),
        *_renewing(),
        *_resetting(),
        *_blocked(),
        *_approving(),
        *_asides(),
        *_settings(),
    ]


def a_days_records() -> outcomes.OwnRecords:
    """Two classes, one of them attended today, and what came of the last codes."""
    return outcomes.OwnRecords(
        checks=(
            a_check("v4"),
            a_check("v3", at="2026-01-01T08:11:00.000Z", occasion="lesson", session=3),
            a_check("v2", at="2026-01-01T08:10:00.000Z", reason="code-wrong"),
            a_check("v1", at="2025-12-29T00:41:00.000Z", occasion="progress"),
        ),
        needs=(
            a_need("entry", required=False),
            a_need("lesson"),
            a_need("lesson", course="개인정보 보호 실무"),
            a_need("entry", required=False, course="개인정보 보호 실무"),
        ),
        time=NOW,
    )


def _opening() -> list[Scene]:
    return [
        Scene("starting", navigation.Starting(), connection="unknown"),
        Scene(
            "starting-other-verifier",
            navigation.Starting(),
            start=StartState(trouble=outcomes.UnexpectedRefusal("other-verifier")),
        ),
        *(
            Scene(f"key-store-{fault.value}", navigation.KeyStoreProblem(fault))
            for fault in KeyStoreFault
        ),
        Scene(
            "key-store-registering",
            navigation.KeyStoreProblem(KeyStoreFault.NONE_FOUND, navigation.ChoosePin()),
        ),
        *(
            Scene(f"storage-{fault.value}", navigation.StorageProblem(fault))
            for fault in StorageFault
        ),
    ]


def _consenting() -> list[Scene]:
    loaded = EnrolmentState(document=a_document())
    failed = EnrolmentState(trouble=NoAnswer("offline"))
    form = navigation.ConsentForm()
    return [
        Scene("notice", navigation.Notice()),
        Scene("consent-loading", navigation.ConsentSummary(), EnrolmentState(busy=True)),
        Scene("consent-offline", navigation.ConsentSummary(), failed, connection="offline"),
        Scene("consent-summary", navigation.ConsentSummary(), loaded),
        Scene("consent-declined", navigation.ConsentDeclined()),
        Scene("consent-form", form, loaded),
        Scene("consent-remind", form, replace(loaded, remind_to_read=True)),
        Scene("consent-changed", form, replace(loaded, consent_changed=True)),
    ]


def _registering() -> list[Scene]:
    typed = Fields("홍길동", ("010", "1234", "5678"))
    details = navigation.PersonalDetails()
    pin, code = navigation.ChoosePin(), navigation.IdentityCode()
    sent = IdentityState("010-****-5678", 163, 13, 5)
    return [
        Scene("details", details),
        Scene("details-typed", details, EnrolmentState(fields=typed)),
        Scene(
            "details-invalid",
            details,
            EnrolmentState(
                fields=Fields("123", ("010", "12", "")), name_invalid=True, phone_invalid=True
            ),
        ),
        Scene("details-expired", details, EnrolmentState(fields=typed, expired=True)),
        Scene("pin", pin),
        Scene("pin-typing", pin, EnrolmentState(pin=PinChoice(entered=4))),
        Scene("pin-repeat", pin, EnrolmentState(pin=PinChoice(PinStage.REPEAT, entered=2))),
        Scene("pin-differs", pin, EnrolmentState(pin=PinChoice(differs=True))),
        *(
            Scene(f"pin-{fault.value}", pin, EnrolmentState(pin=PinChoice(fault=fault)))
            for fault in PinFault
        ),
        Scene("pin-busy", pin, EnrolmentState(pin=PinChoice(PinStage.REPEAT, 6), busy=True)),
        Scene("pin-trouble", pin, EnrolmentState(trouble=outcomes.Busy(86_000))),
        Scene("code", code, EnrolmentState(identity=sent)),
        Scene(
            "code-wrong",
            code,
            EnrolmentState(identity=replace(sent, attempts_left=3, wrong=True, resend_in=0)),
        ),
        Scene(
            "code-resent",
            code,
            EnrolmentState(identity=replace(sent, resent=True, seconds_left=180, resend_in=30)),
        ),
        Scene(
            "code-late",
            code,
            EnrolmentState(identity=replace(sent, seconds_left=0, resend_in=0)),
        ),
        *(
            Scene(
                f"trouble-{reason}",
                code,
                EnrolmentState(identity=sent, trouble=NoAnswer(cast(Any, reason))),
            )
            for reason in get_args(get_type_hints(NoAnswer)["reason"])
        ),
        Scene(
            "trouble-unexpected",
            code,
            EnrolmentState(identity=sent, trouble=outcomes.UnexpectedRefusal("internal-error")),
        ),
        Scene("not-on-roster", navigation.NotOnRoster()),
        Scene("replace-device", navigation.ReplaceDevice(REPLACES)),
        Scene("finishing", navigation.Finishing(), EnrolmentState(busy=True)),
        Scene(
            "finishing-trouble",
            navigation.Finishing(),
            EnrolmentState(trouble=NoAnswer("timeout")),
        ),
    ]


def _using() -> list[Scene]:
    enter = navigation.EnterPin("홍*동", "010-****-5678")
    show = navigation.ShowCode(a_status())
    code = CodeState("홍*동", ("한빛훈련원",))
    full = replace(code, may_stay_on_top=True, may_speak=True)
    read = RecordsState(a_days_records())
    nothing = outcomes.OwnRecords((), (), NOW)
    return [
        Scene("enter-pin", enter),
        Scene("enter-pin-welcome", replace(enter, welcome=True)),
        Scene("enter-pin-typing", enter, unlock=UnlockState(entered=8)),
        Scene("enter-pin-wrong", enter, unlock=UnlockState(attempts_left=3)),
        Scene("enter-pin-busy", enter, unlock=UnlockState(entered=6, working=True, busy=True)),
        Scene(
            "enter-pin-app-outdated",
            enter,
            unlock=UnlockState(trouble=outcomes.UnexpectedRefusal("app-outdated")),
        ),
        Scene(
            "enter-pin-offline",
            enter,
            unlock=UnlockState(trouble=NoAnswer("offline")),
            connection="offline",
        ),
        Scene("show-code", show, code=code),
        Scene("show-code-records", show, code=full, records=read),
        Scene("show-code-nothing-needed", show, code=full, records=RecordsState(nothing)),
        Scene(
            "show-code-rejected",
            show,
            code=replace(full, just_changed=True),
            records=replace(read, news=a_check("v9", reason="code-wrong")),
            seconds_left=28,
        ),
        Scene("show-code-accepted", show, code=full, records=replace(read, news=a_check("v9"))),
        Scene("show-code-large", show, code=replace(full, large=True, on_top=True)),
        Scene("show-code-hidden", show, code=replace(full, may_reveal=True, hidden=True)),
        Scene("show-code-revealed", show, code=replace(full, may_reveal=True)),
        Scene("show-code-cleared", show, code=replace(full, cleared=True)),
        Scene("history", navigation.History(a_status()), records=read),
        Scene("history-empty", navigation.History(a_status()), records=RecordsState(nothing)),
        Scene("history-reading", navigation.History(a_status()), records=RecordsState(busy=True)),
        Scene(
            "history-offline",
            navigation.History(a_status()),
            records=replace(read, trouble=NoAnswer("offline")),
            connection="offline",
        ),
        Scene("show-code-ending", show, code=replace(code, ending=True), seconds_left=5),
        Scene("show-code-copied", show, code=replace(code, copied=True)),
        Scene("show-code-no-copy", show, code=replace(code, may_copy=False)),
        Scene("show-code-name-needed", show, code=replace(code, name_needed=True)),
        Scene("show-code-consent-changed", show, code=replace(code, consent_changed=True)),
        Scene("show-code-newer-app", show, code=replace(code, newer_app="0.2.0")),
        Scene("show-code-locking", show, code=replace(code, locking_soon=True)),
        Scene("show-code-skew", show, code=replace(code, skew_seconds=-95)),
        Scene(
            "show-code-locked",
            show,
            code=replace(code, locks=frozenset({"code"}), skew_seconds=7_300),
        ),
    ]


def _proving_name() -> list[Scene]:
    status = a_status(name_proof="needed")
    ask, code = navigation.ProveName(status), navigation.NameCode(status)
    typed = NameProofState(NameFields("LGU_MVNO", "900301", "1"))
    sent = replace(typed, identity=IdentityState("010-****-5678", 163, 13, 5))
    faults = outcomes.InvalidNameDetails
    return [
        Scene("name", ask),
        Scene("name-typed", ask, name_proof=typed),
        Scene("name-busy", ask, name_proof=replace(typed, working=True, busy=True)),
        Scene(
            "name-invalid",
            ask,
            name_proof=NameProofState(
                NameFields(None, "9013", ""), faults(carrier=True, birth=True, sex=True)
            ),
        ),
        Scene("name-invalid-sex", ask, name_proof=replace(typed, faults=faults(sex=True))),
        Scene("name-mismatch", ask, name_proof=replace(typed, mismatch=True)),
        Scene("name-expired", ask, name_proof=replace(typed, expired=True)),
        Scene(
            "name-trouble",
            ask,
            name_proof=replace(typed, trouble=NoAnswer("failing")),
        ),
        Scene("name-too-often", ask, name_proof=replace(typed, trouble=outcomes.Busy(40_000))),
        Scene("name-code", code, name_proof=sent),
        Scene(
            "name-code-wrong",
            code,
            name_proof=replace(
                typed, identity=IdentityState("010-****-5678", 120, 0, 3, wrong=True)
            ),
        ),
        Scene(
            "name-code-late",
            code,
            name_proof=replace(typed, identity=IdentityState("010-****-5678", 0, 0, 4)),
        ),
        Scene("name-done", navigation.NameDone(a_status(name_proof="done"))),
    ]


def _changing_pin() -> list[Scene]:
    screen = navigation.ChangePin(a_status())
    choose = PinChangeState(PinChangeStage.CHOOSE)
    repeat = PinChangeState(PinChangeStage.REPEAT, keeps_new=True)
    return [
        Scene("change-pin", screen),
        Scene(
            "change-pin-wrong", screen, pin_change=PinChangeState(keeps_new=True, attempts_left=3)
        ),
        Scene("change-pin-choose", screen, pin_change=replace(choose, entered=3)),
        Scene("change-pin-same", screen, pin_change=replace(choose, choice=PinChoice(same=True))),
        Scene(
            "change-pin-differs", screen, pin_change=replace(choose, choice=PinChoice(differs=True))
        ),
        Scene(
            "change-pin-common",
            screen,
            pin_change=replace(choose, choice=PinChoice(fault=PinFault.TOO_COMMON)),
        ),
        Scene(
            "change-pin-repeat",
            screen,
            pin_change=PinChangeState(PinChangeStage.REPEAT, entered=2),
        ),
        Scene("change-pin-busy", screen, pin_change=replace(repeat, working=True, busy=True)),
        Scene(
            "change-pin-trouble",
            screen,
            pin_change=replace(repeat, trouble=NoAnswer("timeout")),
            connection="offline",
        ),
        Scene("change-pin-done", navigation.PinChangeDone(a_status())),
    ]


def _renewing() -> list[Scene]:
    screen = navigation.RenewConsent(a_status(consent_changed=True))
    loaded = RenewalState(document=a_document())
    return [
        Scene("renew-consent", screen, renewal=loaded),
        Scene("renew-consent-loading", screen, renewal=RenewalState(working=True, busy=True)),
        Scene("renew-consent-busy", screen, renewal=replace(loaded, working=True, busy=True)),
        Scene("renew-consent-remind", screen, renewal=replace(loaded, remind_to_read=True)),
        Scene("renew-consent-changed", screen, renewal=replace(loaded, consent_changed=True)),
        Scene(
            "renew-consent-trouble",
            screen,
            renewal=replace(loaded, trouble=NoAnswer("offline")),
            connection="offline",
        ),
        Scene("renewal-declined", navigation.RenewalDeclined(a_status(consent_changed=True))),
    ]


def _resetting() -> list[Scene]:
    enter = navigation.EnterPin("홍*동", "010-****-5678")
    return [
        Scene("forgot-pin", navigation.ForgotPin(enter)),
        Scene("move-device", navigation.MoveDevice(enter)),
        Scene("confirm-reset", navigation.ConfirmReset(enter)),
        Scene("confirm-withdrawal", navigation.ConfirmWithdrawal(enter)),
        Scene(
            "withdrawing",
            navigation.Resetting(withdrawing=True),
            reset=ResetState(working=True, busy=True),
        ),
        Scene(
            "withdrawing-trouble",
            navigation.Resetting(withdrawing=True),
            reset=ResetState(offer_here_only=True, trouble=NoAnswer("offline")),
            connection="offline",
        ),
        Scene("withdrawn", navigation.Withdrawn(verifier_told=True)),
        Scene("withdrawn-here-only", navigation.Withdrawn(verifier_told=False)),
        Scene("resetting", navigation.Resetting(), reset=ResetState(working=True, busy=True)),
        Scene(
            "resetting-trouble",
            navigation.Resetting(),
            reset=ResetState(offer_here_only=True, trouble=NoAnswer("offline")),
            connection="offline",
        ),
    ]


def _blocked() -> list[Scene]:
    reasons = (
        "replaced",
        "reset",
        "withdrawn",
        "staff",
        "cloned",
        "share-unknown",
        "unknown",
        "vault-damaged",
        "key-lost",
    )
    return [
        *(
            Scene(f"blocked-{reason}", navigation.Blocked(outcomes.Ended(cast(Any, reason))))
            for reason in reasons
        ),
        Scene("blocked-suspended", navigation.Blocked(outcomes.Suspended())),
        Scene("blocked-pin-locked", navigation.Blocked(outcomes.PinLocked())),
    ]


def _approving() -> list[Scene]:
    show, enter = navigation.ShowCode(a_status()), navigation.EnterPin("홍*동", "010-****-5678")
    code = CodeState("홍*동", ("한빛훈련원",))
    request = an_approval(expires_at=NOW)
    long = an_approval(expires_at=NOW, course="개인정보 보호 실무", occasion="other_evaluation")
    asked = ApprovalState(request)
    page = Scene("approval", show, code=code, aside=Aside.APPROVAL, approval=asked, seconds_left=96)
    shown = {
        "approval-exam": ApprovalState(long),
        "approval-reading": ApprovalState(working=True, busy=True),
        "approval-offline": ApprovalState(trouble=NoAnswer("offline")),
        "approval-answering": replace(asked, answering=True, working=True, busy=True),
        "approval-trouble": replace(asked, trouble=NoAnswer("timeout")),
    }
    behind: dict[LinkNotice, navigation.Screen] = {
        LinkNotice.UNLOCK: enter,
        LinkNotice.CLOSED: enter,
        LinkNotice.LATE: enter,
        LinkNotice.UNREGISTERED: navigation.Notice(),
        LinkNotice.UNUSABLE: navigation.Blocked(outcomes.Suspended()),
    }
    return [
        page,
        *(replace(page, name=name, approval=state) for name, state in shown.items()),
        replace(page, name="approval-late", seconds_left=12),
        replace(page, name="approval-second", link=LinkState(LinkNotice.WAITING)),
        *(
            Scene(
                f"approval-{end.value}",
                show,
                code=code,
                approval=ApprovalState(ended=end),
                aside=Aside.APPROVAL_ENDED,
            )
            for end in ApprovalEnd
        ),
        *(
            Scene(
                f"link-{notice.value}",
                behind.get(notice, show),
                code=code,
                link=LinkState(notice),
            )
            for notice in LinkNotice
        ),
    ]


def _asides() -> list[Scene]:
    enter = navigation.EnterPin("홍*동", "010-****-5678")
    well = StatusState(status=A_DEVICE_STATUS)
    ill = replace(
        A_DEVICE_STATUS,
        registration="revoked",
        reason="cloned",
        skew_seconds=-7300,
        key_store="",
        key_store_fault="locked",
        last_contact=None,
    )
    bare = DeviceStatus("none", verifier="https://otp.example.kr", app_version="0.1.0")
    shown = {
        "status": well,
        "status-bad": StatusState(status=ill, trouble=NoAnswer("tls-untrusted")),
        "status-none": StatusState(status=bare),
        "status-loading": StatusState(working=True, busy=True),
        "status-saved": replace(well, saved="C:/Users/hong/motp-report-2026-01-02.txt"),
        "status-not-saved": replace(well, not_saved="/media/usb/motp-report-2026-01-02.txt"),
    }
    lines = tuple(
        f"2026-01-02T03:04:{second:02}.678Z INFO services.adapters.contact_notes: "
        "POST /v1/registrations/…/sync: done"
        for second in range(40)
    )
    token = (
        "eyJhbGciOiJFZERTQSIsInR5cCI6Im1vdHAtc3RhdHVzK2p3dCJ9." + "e30" * 120 + "." + "c2ln" * 20
    )
    return [
        *(Scene(name, enter, status=state, aside=Aside.STATUS) for name, state in shown.items()),
        Scene("sign", enter, status=replace(well, token=token), aside=Aside.SIGN),
        Scene("log", enter, status=replace(well, log=lines), aside=Aside.LOG),
        Scene("log-empty", enter, status=well, aside=Aside.LOG),
    ]


def _settings() -> list[Scene]:
    enter = navigation.EnterPin("홍*동", "010-****-5678")
    usual = SettingsState(now=SETTINGS, address="https://otp.kr")
    managed = replace(
        SETTINGS,
        locked=SETTINGS.values.names,
        fixed=SETTINGS.values.names,
        reason="02-000-0000",
        faults=("preferences.json.damaged-1",),
    )
    manual = replace(usual, proxy=ProxyChoice("manual", "proxy"), proxy_invalid=True)
    # The name of a verifier is its own, whatever language the app speaks.
    found = replace(A_VERIFIER, name="otp.hanbit.example", issuer="Hanbit Root CA")
    shown = {
        "settings": usual,
        "settings-loading": SettingsState(working=True, busy=True),
        "settings-managed": replace(usual, now=managed),
        "settings-bad-proxy": manual,
        "settings-found": replace(
            usual, address="https://hanbit.kr", checked=found, must_reopen=True
        ),
        "settings-bad-address": replace(usual, address="otp", checked=BadAddress()),
        "settings-nobody": replace(usual, checked=NoAnswer("tls-untrusted")),
        "settings-other-protocol": replace(usual, checked=OtherProtocol()),
        "settings-not-kept": replace(usual, trouble=outcomes.StorageTrouble(StorageFault.FULL)),
    }
    return [
        Scene(name, enter, settings=state, aside=Aside.SETTINGS) for name, state in shown.items()
    ]
