"""People as a verifier tells of them to staff: in good order, but for what is given."""

from dataclasses import dataclass, field
from typing import Any

from motp_protocol import helpdesk as m
from motp_protocol.fields import Lock, RegistrationState, RejectionReason, RevocationReason
from motp_protocol.status_token import short_code

NOW = "2026-11-26T05:30:00.000Z"
"""14:30 in Korea."""
HANBIT = m.TraineeInstitution(
    institution_id="hanbit", name="한빛훈련원", trainee="H-1042", listed_at=NOW
)


def at(time: str, day: str = "2026-11-26") -> str:
    """A moment of that day, by the verifier's clock: UTC."""
    return f"{day}T{time}:00.000Z"


def a_registration(
    registration_id: str = "reg_1",
    *,
    state: RegistrationState = "active",
    reason: RevocationReason | None = None,
    locks: tuple[Lock, ...] = (),
    label: str = "집 PC",
    skew: float = 0.4,
    attempts_left: int = 5,
    lifted: bool = False,
    app_version: str = "0.1.0",
    last_contact: str = at("05:21"),
    runs: tuple[tuple[int, str | None], ...] = ((0, None),),
    wrong: int = 0,
    verified: bool = True,
) -> m.StaffRegistration:
    return m.StaffRegistration(
        registration_id=registration_id,
        short_code=short_code(registration_id),
        kind="personal",
        state=state,
        reason=reason,
        label=label,
        platform="Windows 11",
        app_version=app_version,
        created_at=at("00:12", "2026-10-02"),
        activated_at=at("00:14", "2026-10-02"),
        revoked_at=at("00:05") if state == "revoked" else None,
        last_contact_at=last_contact,
        skew_seconds=skew,
        locks=list(locks),
        pin_attempts_left=attempts_left,
        pin_lock_lifted=lifted,
        name_verified=verified,
        counts=[
            m.InstitutionCount(
                institution_id="hanbit", institution="한빛훈련원", run=run, locked_at=locked
            )
            for run, locked in runs
        ],
        wrong_codes_in_30_days=wrong,
    )


def a_check(
    number: int,
    time: str,
    reason: RejectionReason | None = None,
    day: str = "2026-11-26",
) -> m.StaffCheck:
    return m.StaffCheck(
        verification_id=f"ver_{number}",
        at=at(time, day),
        institution="한빛훈련원",
        course="산업안전",
        class_="3기",
        session=number,
        occasion="lesson",
        method="code",
        result="accepted" if reason is None else "rejected",
        reason=reason,
        source="203.0.113.7",
    )


def an_event(kind: str, time: str, day: str = "2026-11-26", **more: Any) -> m.StaffEvent:
    values: dict[str, Any] = {
        "actor": "device",
        "reason": None,
        "institution": None,
        "registration_id": "reg_1",
        **more,
    }
    return m.StaffEvent(at=at(time, day), kind=kind, **values)


CHECKS = [a_check(n, f"0{n}:0{n}") for n in range(4, 0, -1)]
EVENTS = [
    an_event("registration-activated", "00:14", "2026-10-02"),
    an_event("consent-given", "00:12", "2026-10-02"),
    an_event("enrolment-started", "00:11", "2026-10-02"),
]
DAYS = [
    m.DayCount(
        day=f"2026-{10 if n < 4 else 11}-{28 + n if n < 4 else n - 3:02}",
        accepted=(n * 7) % 5,
        rejected=1 if n in {11, 24} else 0,
    )
    for n in range(30)
]
CONSENT = m.StaffConsent(
    version="2026-11",
    lang="ko",
    agreed_at=at("00:12", "2026-10-02"),
    withdrawn_at=None,
    current=True,
)


def a_page(
    trainee_id: str = "tra_1",
    *findings: m.Finding,
    registrations: tuple[m.StaffRegistration, ...] | None = None,
    checks: list[m.StaffCheck] | None = None,
    events: list[m.StaffEvent] | None = None,
    institutions: tuple[m.TraineeInstitution, ...] = (HANBIT,),
    consent: m.StaffConsent | None = CONSENT,
    name: str = "홍*동",
    phone: str = "010-****-5678",
) -> m.TraineePage:
    return m.TraineePage(
        trainee_id=trainee_id,
        name_masked=name,
        phone_masked=phone,
        findings=list(findings) or [m.Finding(cause="all-well")],
        institutions=list(institutions),
        registrations=list((a_registration(),) if registrations is None else registrations),
        consent=consent,
        checks=CHECKS if checks is None else checks,
        events=EVENTS if events is None else events,
        days=DAYS,
        time=NOW,
    )


@dataclass
class Somebody:
    """A person as a verifier has them, with what it shows for a reason alone."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    page: m.TraineePage

    def line(self) -> m.FoundTrainee:
        """The same as a line of a search."""
        current = next(iter(self.page.registrations), None)
        return m.FoundTrainee(
            trainee_id=self.page.trainee_id,
            name_masked=self.page.name_masked,
            phone_masked=self.page.phone_masked,
            institutions=[each.name for each in self.page.institutions],
            state=None if current is None else current.state,
            locks=[] if current is None else current.locks,
            last_contact_at=None if current is None else current.last_contact_at,
        )


WELL = Somebody("홍길동", "010-1234-5678", a_page("tra_well"))
CODE_LOCKED = Somebody(
    "김서연",
    "010-2345-6789",
    a_page(
        "tra_locked",
        m.Finding(
            cause="code-locked",
            registration_id="reg_2",
            at=at("00:12"),
            institution="한빛훈련원",
            count=5,
            old=2,
            source="203.0.113.7",
        ),
        m.Finding(cause="consent-outdated", at=at("00:12", "2026-10-02")),
        registrations=(
            a_registration("reg_2", locks=("code",), runs=((5, at("00:12")),), wrong=5),
            a_registration("reg_old", state="revoked", reason="replaced", label="회사 PC"),
        ),
        checks=[a_check(n, f"00:1{n - 7}", "code-wrong") for n in range(9, 4, -1)],
        events=[an_event("code-locked", "00:12", institution="한빛훈련원"), *EVENTS],
        name="김*연",
        phone="010-****-6789",
    ),
)
CLOCK_WRONG = Somebody(
    "이도윤",
    "010-3456-7890",
    a_page(
        "tra_clock",
        m.Finding(cause="clock-wrong", registration_id="reg_3", seconds=-240, at=at("05:21")),
        registrations=(a_registration("reg_3", skew=-240.0),),
        name="이*윤",
        phone="010-****-7890",
    ),
)
NEVER = Somebody(
    "박지우",
    "010-4567-8901",
    a_page(
        "tra_never",
        m.Finding(cause="never-registered"),
        registrations=(),
        checks=[],
        events=[],
        consent=None,
        name="박*우",
        phone="010-****-8901",
    ),
)
SUSPENDED = Somebody(
    "최하준",
    "010-5678-9012",
    a_page(
        "tra_suspended",
        m.Finding(cause="suspended", registration_id="reg_5", at=at("01:02")),
        registrations=(a_registration("reg_5", state="suspended"),),
        name="최*준",
        phone="010-****-9012",
    ),
)
PIN_LOCKED = Somebody(
    "정유나",
    "010-6789-0123",
    a_page(
        "tra_pin",
        m.Finding(cause="pin-locked", registration_id="reg_6", at=at("04:40"), count=5),
        registrations=(a_registration("reg_6", locks=("pin",), attempts_left=0, lifted=True),),
        name="정*나",
        phone="010-****-0123",
    ),
)
EVERYBODY = (WELL, CODE_LOCKED, CLOCK_WRONG, NEVER, SUSPENDED, PIN_LOCKED)


def a_crowd(count: int) -> list[Somebody]:
    """So many people of one name."""
    return [
        Somebody(
            "김민수",
            f"010-{2000 + n // 10_000:04}-{n % 10_000:04}",
            a_page(
                f"tra_{n}",
                registrations=(
                    a_registration(
                        f"reg_c{n}",
                        locks=("code",) if n % 17 == 3 else (),
                        state="suspended" if n % 23 == 5 else "active",
                    ),
                ),
                name="김*수",
                phone=f"010-****-{n % 10_000:04}",
            ),
        )
        for n in range(count)
    ]
