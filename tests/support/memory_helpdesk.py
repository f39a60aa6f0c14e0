"""The verifier's side of the helpdesk in memory: small, real, and able to fail when told to."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from motp_desktop.services.helpdesk.ports import AuditQuery, Order, PeopleQuery, Picture
from motp_desktop.services.ports import Answer, NoAnswer, Ok, Refused
from motp_protocol import helpdesk as m
from motp_protocol.encoding import format_time, parse_time
from motp_protocol.problems import ProblemType, problem
from motp_protocol.status_token import StatusClaims
from tests.support.helpdesk_people import EVERYBODY, NOW, Somebody

T = TypeVar("T")

TOTP, PASSWORD = "246810", "a horse of another colour"
EIGHT_HOURS_MS = 8 * 3_600_000
TEN_MINUTES_MS = 600_000
_MOST_COUNTED = 10_000


AUDITED: dict[m.StaffAction, str] = {
    "lift-pin-lock": "staff-pin-lock-lifted",
    "lift-code-lock": "staff-code-lock-lifted",
    "suspend": "staff-suspended",
    "resume": "staff-resumed",
    "revoke": "staff-revoked",
}


class MemoryHelpdesk:
    """Implements `helpdesk.ports.HelpdeskApi`. `silence` makes every call fail."""

    def __init__(
        self, role: m.StaffRole = "helpdesk", people: Sequence[Somebody] = EVERYBODY
    ) -> None:
        self.role: m.StaffRole = role
        self.people = {
            each.page.trainee_id: Somebody(each.name, each.phone, each.page) for each in people
        }
        self.now_ms = parse_time(NOW)
        self.silence: NoAnswer | None = None
        self.refusal: ProblemType | None = None
        self.retry_after: int | None = None
        self.is_new = False
        self.is_open = False
        self.asked: list[object] = []
        self.lines: list[m.AuditLine] = []
        self.board_now = a_board()
        self.claims: dict[str, StatusClaims] = {}
        self.kiosks_now = some_kiosks()

    def sign_in(self, request: m.StaffSignIn) -> Answer[m.StaffSession | m.StaffSetup]:
        if self.silence:
            return self.silence
        if self.retry_after is not None:
            return _refused(ProblemType.TOO_MANY_REQUESTS, retry_after=self.retry_after)
        if request.name != "kim" or request.password != PASSWORD:
            return _refused(ProblemType.SIGN_IN_REFUSED)
        if self.is_new and request.totp is None:
            return Ok(
                m.StaffSetup(
                    setup_token="set_1",
                    otpauth="otpauth://totp/mOTP:kim?secret=JBSWY3DPEHPK3PXP&issuer=mOTP",
                    secret="JBSWY3DPEHPK3PXP",
                    expires_at=self._after(TEN_MINUTES_MS),
                )
            )
        if request.totp != TOTP:
            return _refused(ProblemType.SIGN_IN_REFUSED)
        return self._begin()

    def set_up(self, request: m.StaffSetupAnswer) -> Answer[m.StaffSession]:
        if self.refusal:
            return _refused(self.refusal)
        if request.totp != TOTP:
            return _refused(ProblemType.SETUP_CODE_WRONG)
        self.is_new = False
        return self._begin()

    def session(self) -> Answer[m.StaffSession]:
        return self._guarded(self._session)

    def sign_out(self) -> Answer[None]:
        self.is_open = False
        return Ok(None)

    def trainees(self, query: PeopleQuery) -> Answer[m.FoundTrainees]:
        def find() -> m.FoundTrainees:
            found = sorted(self._matching(query.text), key=_key(query.order))
            first = int(query.cursor or 0)
            last = first + query.limit
            return m.FoundTrainees(
                trainees=[each.line() for each in found[first:last]],
                count=min(len(found), _MOST_COUNTED),
                next=str(last) if last < len(found) else None,
            )

        self.asked.append(query)
        return self._guarded(find)

    def trainee(self, trainee_id: str) -> Answer[m.TraineePage]:
        self.asked.append(trainee_id)
        if self.is_open and trainee_id not in self.people:
            return _refused(ProblemType.NOT_FOUND)
        return self._guarded(lambda: self.people[trainee_id].page)

    def person(self, trainee_id: str, request: m.WithReason) -> Answer[m.PersonShown]:
        def show() -> m.PersonShown:
            self._note("staff-person-shown", request.reason, None)
            somebody = self.people[trainee_id]
            return m.PersonShown(name=somebody.name, phone=somebody.phone)

        return self._guarded(show)

    def act(self, registration_id: str, request: m.ActionRequest) -> Answer[m.StaffRegistration]:
        if self.role == "auditor":
            return _refused(ProblemType.ROLE_NOT_ALLOWED)
        somebody, before = self._registration(registration_id)
        if before is None or somebody is None:
            return _refused(ProblemType.NOT_FOUND)
        if request.action == "lift-pin-lock" and before.pin_lock_lifted:
            return _refused(ProblemType.LOCK_LIFTED_BEFORE)

        def do() -> m.StaffRegistration:
            after = _after_action(before, request.action)
            page = somebody.page
            events = [
                m.StaffEvent(
                    at=format_time(self.now_ms),
                    kind=AUDITED[request.action],
                    actor="staff:kim",
                    reason=request.reason,
                    institution=None,
                    registration_id=registration_id,
                ),
                *page.events,
            ]
            others = [each for each in page.registrations if each is not before]
            somebody.page = msgspec.structs.replace(
                page,
                registrations=[after, *others],
                findings=[_finding_of(after)],
                events=events,
            )
            self._note(AUDITED[request.action], request.reason, registration_id)
            return after

        return self._guarded(do)

    def bypass(self, trainee_id: str, request: m.BypassRequest) -> Answer[m.BypassCode]:
        def make() -> m.BypassCode:
            self._note("staff-bypass-issued", request.reason, None)
            return m.BypassCode(code="036554", expires_at=self._after(TEN_MINUTES_MS))

        self.asked.append(request)
        return self._guarded(make)

    def read_status(self, request: m.StatusTokenRequest) -> Answer[m.StatusTokenRead]:
        if request.token is not None:
            claims = self.claims.get(request.token)
            if claims is None:
                return _refused(ProblemType.STATUS_TOKEN_INVALID)
            somebody, registration = self._registration(claims.sub)
        else:
            claims = None
            somebody, registration = next(
                (
                    (each, one)
                    for each in self.people.values()
                    for one in each.page.registrations
                    if one.short_code == request.short_code
                ),
                (None, None),
            )
        if somebody is None or registration is None:
            return _refused(ProblemType.NOT_FOUND)
        read = m.StatusTokenRead(
            trainee_id=somebody.page.trainee_id, registration=registration, claims=claims
        )
        return self._guarded(lambda: read)

    def audit(self, query: AuditQuery) -> Answer[m.AuditLines]:
        def find() -> m.AuditLines:
            found = [
                line for line in reversed(self.lines) if not query.kind or line.kind == query.kind
            ]
            first = int(query.cursor or 0)
            last = first + query.limit
            return m.AuditLines(
                lines=found[first:last], next=str(last) if last < len(found) else None
            )

        self.asked.append(query)
        if self.role == "helpdesk":
            return _refused(ProblemType.ROLE_NOT_ALLOWED)
        return self._guarded(find)

    def export_audit(self, query: AuditQuery, reason: str, path: str) -> Answer[None]:
        if self.role == "helpdesk":
            return _refused(ProblemType.ROLE_NOT_ALLOWED)

        def write() -> None:
            self._note("staff-audit-exported", reason, None)
            Path(path).write_text("".join(f"{line.number}\n" for line in self.lines), "utf-8")

        return self._guarded(write)

    def board(self) -> Answer[m.Board]:
        return self._guarded(lambda: self.board_now)

    def kiosks(self) -> Answer[m.StaffKiosks]:
        return self._guarded(
            lambda: m.StaffKiosks(time=format_time(self.now_ms), kiosks=[*self.kiosks_now])
        )

    def act_on_kiosk(self, kiosk_id: str, request: m.KioskActionRequest) -> Answer[m.StaffKiosk]:
        if self.role == "auditor":
            return _refused(ProblemType.ROLE_NOT_ALLOWED)
        ids = [each.kiosk_id for each in self.kiosks_now]
        if kiosk_id not in ids:
            return _refused(ProblemType.NOT_FOUND)
        place = ids.index(kiosk_id)
        if self.kiosks_now[place].state not in {"active", "locked"}:
            return _refused(ProblemType.ACTION_NOT_POSSIBLE)

        def do() -> m.StaffKiosk:
            state: m.StaffKioskState = "locked" if request.action == "lock" else "active"
            kiosk = msgspec.structs.replace(self.kiosks_now[place], state=state)
            self.kiosks_now[place] = kiosk
            self._note(f"kiosk-{request.action}ed", request.reason, None)
            return kiosk

        return self._guarded(do)

    def _begin(self) -> Ok[m.StaffSession]:
        self.is_open = True
        return Ok(self._session())

    def _session(self) -> m.StaffSession:
        return m.StaffSession(name="kim", role=self.role, expires_at=self._after(EIGHT_HOURS_MS))

    def _after(self, milliseconds: int) -> str:
        return format_time(self.now_ms + milliseconds)

    def _matching(self, text: str) -> list[Somebody]:
        digits = text.replace("-", "")
        return [
            each
            for each in self.people.values()
            if each.name.startswith(text) or each.phone.replace("-", "").endswith(digits)
        ]

    def _registration(
        self, registration_id: str
    ) -> tuple[Somebody | None, m.StaffRegistration | None]:
        for somebody in self.people.values():
            for each in somebody.page.registrations:
                if each.registration_id == registration_id:
                    return somebody, each
        return None, None

    def _note(self, kind: str, reason: str, registration_id: str | None) -> None:
        self.lines.append(a_line(len(self.lines) + 1, kind, reason, registration_id))

    def _guarded(self, answer: Callable[[], T]) -> Answer[T]:
        if self.silence:
            return self.silence
        if not self.is_open:
            return _refused(ProblemType.BAD_SESSION)
        if self.refusal:
            return _refused(self.refusal)
        return Ok(answer())


class MemoryReader:
    """Implements `helpdesk.ports.QrReader`: finds what it is told to."""

    def __init__(self, found: list[str] | None = None) -> None:
        self.found = found

    def read(self, picture: Picture) -> list[str] | None:
        return self.found


def a_line(
    number: int,
    kind: str = "staff-code-lock-lifted",
    reason: str | None = "본인 확인함",
    registration_id: str | None = "reg_2",
) -> m.AuditLine:
    return m.AuditLine(
        number=number,
        at=NOW,
        kind=kind,
        actor="staff:kim",
        institution_id="hanbit",
        registration_id=registration_id,
        source="203.0.113.20",
        reason=reason,
        detail={"count": 5},
    )


def a_board(*, is_quiet: bool = False) -> m.Board:
    hours = [(0, 1, 0), (8, 210, 12), (9, 640, 44), (10, 512, 21), (11, 430, 9), (13, 388, 17)]
    return m.Board(
        day="2026-11-26",
        time=NOW,
        hours=[]
        if is_quiet
        else [m.HourCount(hour=h, accepted=good, rejected=bad) for h, good, bad in hours],
        reasons=[]
        if is_quiet
        else [
            m.ReasonCount(reason="code-wrong", count=71),
            m.ReasonCount(reason="code-used", count=19),
            m.ReasonCount(reason="locked", count=13),
        ],
        institutions=[
            m.InstitutionDay(
                institution_id="hanbit",
                institution="한빛훈련원",
                accepted=1500,
                rejected=80,
                locks=3,
            ),
            m.InstitutionDay(
                institution_id="saebyeok",
                institution="새벽직업학교",
                accepted=681,
                rejected=23,
                locks=0,
            ),
        ],
        locks=0 if is_quiet else 3,
        enrolments=0 if is_quiet else 57,
        cloned=0 if is_quiet else 1,
    )


def a_kiosk(kiosk_id: str, label: str, state: m.StaffKioskState, **members: object) -> m.StaffKiosk:
    """One that was heard a minute before `NOW`, unless `members` say otherwise."""
    usual = m.StaffKiosk(
        kiosk_id=kiosk_id,
        institution="한빛훈련원",
        label=label,
        state=state,
        created_at="2026-10-01T00:00:00.000Z",
        enrolled_at="2026-10-01T00:05:00.000Z",
        last_contact_at=format_time(parse_time(NOW) - 60_000),
        platform="Debian 12",
        app_version="0.1.0",
        skew_seconds=0.4,
        config_version=3,
        config_known=3,
        users_today=41,
    )
    return msgspec.structs.replace(usual, **members)


def some_kiosks() -> list[m.StaffKiosk]:
    """One in each state."""
    unborn = {"enrolled_at": None, "last_contact_at": None, "platform": "", "app_version": "",
              "config_known": 0, "users_today": 0}  # fmt: skip
    silent = {"last_contact_at": "2026-11-20T09:00:00.000Z", "config_known": 2, "users_today": 0}
    return [
        a_kiosk("kio_1", "1층 로비", "active"),
        a_kiosk("kio_2", "2층 복도", "active", skew_seconds=-95.0, **silent),
        a_kiosk("kio_3", "별관", "locked", users_today=7),
        a_kiosk("kio_4", "3층", "awaited", **unborn),
        a_kiosk("kio_5", "4층", "expired", **unborn),
        a_kiosk("kio_6", "옛 로비", "revoked", institution="새벽직업학교"),
    ]


def _key(order: Order) -> Callable[[Somebody], str]:
    if order == "state":
        return lambda each: each.line().state or ""
    return lambda each: each.page.trainee_id


def _after_action(before: m.StaffRegistration, action: m.StaffAction) -> m.StaffRegistration:
    locks = [lock for lock in before.locks if action != f"lift-{lock}-lock"]
    changes: dict[m.StaffAction, dict[str, Any]] = {
        "lift-code-lock": {"counts": [], "wrong_codes_in_30_days": 0},
        "lift-pin-lock": {"pin_lock_lifted": True, "pin_attempts_left": 5},
        "suspend": {"state": "suspended"},
        "resume": {"state": "active"},
        "revoke": {"state": "revoked", "reason": "staff", "revoked_at": NOW},
    }
    return msgspec.structs.replace(before, locks=locks, **changes[action])


def _finding_of(registration: m.StaffRegistration) -> m.Finding:
    match registration.state:
        case "suspended":
            return m.Finding(cause="suspended", at=NOW)
        case "revoked":
            return m.Finding(cause="revoked", at=NOW)
        case "active":
            return m.Finding(cause="all-well")


def _refused(kind: ProblemType, *, retry_after: int | None = None) -> Refused:
    return Refused(problem(kind, retry_after=retry_after))
