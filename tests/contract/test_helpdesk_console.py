"""The console's real services and words at a real verifier, about people with the real app."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.ports import AuditQuery, PeopleQuery
from motp_desktop.services.outcomes import Ended, PinLocked, RosterMismatch
from motp_desktop.services.ports import Refused
from motp_desktop.ui.texts.message import Level
from motp_protocol.helpdesk import (
    AuditLines,
    Board,
    BypassCode,
    FoundTrainees,
    PersonShown,
    StaffNotice,
    StatusTokenRead,
)
from motp_verifier.store import tables
from tests.support.live_console import PASSWORD, LiveConsole, totp
from tests.support.live_verifier import LiveVerifier, Person
from tests.support.pc import PIN, Pc

pytestmark = pytest.mark.xdist_group("helpdesk-console")

WHY = "본인과 통화해 확인함"
FOUR_MINUTES = 240_000
THREE_DAYS_MS = 3 * 86_400_000
PATIENCE_SECONDS = 20


@pytest.fixture(scope="module")
def helper(verifier: LiveVerifier, tmp_path_factory: pytest.TempPathFactory) -> LiveConsole:
    return LiveConsole(verifier, tmp_path_factory.mktemp("kim"), "kim", "helpdesk").sign_in()


@pytest.fixture(scope="module")
def auditor(verifier: LiveVerifier, tmp_path_factory: pytest.TempPathFactory) -> LiveConsole:
    return LiveConsole(verifier, tmp_path_factory.mktemp("lee"), "lee", "auditor").sign_in()


@pytest.fixture
def person(verifier: LiveVerifier) -> Person:
    return verifier.new_person()


@pytest.fixture
def pc(verifier: LiveVerifier, person: Person, tmp_path: Path) -> Iterator[Pc]:
    """The person's, registered and open."""
    made = Pc(verifier.origin, tmp_path / "pc")
    made.enrol(verifier, person)
    made.unlock()
    yield made


def other_code(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def lock_codes(verifier: LiveVerifier, person: Person, pc: Pc) -> None:
    for _ in range(5):
        assert verifier.check(person, other_code(pc.code())) == "code-wrong"


def test_a_locked_trainee_is_found_freed_and_seen_in_the_audit(
    verifier: LiveVerifier, helper: LiveConsole, auditor: LiveConsole, person: Person, pc: Pc
) -> None:
    assert helper.told(person).level is Level.OK
    lock_codes(verifier, person, pc)
    told = helper.told(person)
    assert told.level is Level.BAD
    assert told.what.startswith("인증번호가 5번 틀려 ")
    assert "[인증번호 잠금 풀기]" in told.step
    page = helper.find(person)
    freed = helper.act(page, "lift-code-lock", WHY)
    assert freed.locks == []
    assert verifier.check(person, pc.code()) == "accepted"
    lines = auditor.services.looking_back.audit(AuditQuery(kind="staff-code-lock-lifted"))
    assert isinstance(lines, AuditLines)
    newest = lines.lines[0]
    assert (newest.actor, newest.reason) == ("staff:kim", WHY)
    assert newest.registration_id == freed.registration_id


def test_a_wrong_password_is_told_without_saying_what_was_wrong(
    verifier: LiveVerifier, tmp_path: Path
) -> None:
    console = LiveConsole(verifier, tmp_path, "park", "helpdesk")
    entrance = console.services.entrance
    assert entrance.sign_in("park", "not the one", "") == o.WrongSignIn()
    assert entrance.sign_in("nobody", "not the one", "123456") == o.WrongSignIn()


def test_a_wrong_code_of_the_new_factor_can_be_tried_again(
    verifier: LiveVerifier, tmp_path: Path
) -> None:
    console = LiveConsole(verifier, tmp_path, "choi", "helpdesk")
    entrance = console.services.entrance
    needed = entrance.sign_in("choi", console.first_password, "")
    assert isinstance(needed, o.SetupNeeded)
    assert entrance.finish_setup("000000", "말벌과 숟가락 열두 개") == o.WrongSignIn()
    assert entrance.finish_setup("000000", "passwordpassword") == o.NotAccepted()
    assert isinstance(entrance.finish_setup(totp(needed.secret), PASSWORD), o.SignedIn)


def test_an_auditor_cannot_act_and_a_helper_cannot_export(
    helper: LiveConsole, auditor: LiveConsole, person: Person, pc: Pc, tmp_path: Path
) -> None:
    device = helper.find(person).registrations[0].registration_id
    assert auditor.services.people.act(device, "suspend", WHY) == o.NotAllowed()
    path = tmp_path / "audit.csv"
    refused = helper.services.looking_back.export(AuditQuery(), WHY, str(path))
    assert refused == o.NotAllowed()
    assert not path.exists()


def test_the_audit_is_exported_to_a_file_of_ones_own(
    helper: LiveConsole, auditor: LiveConsole, person: Person, pc: Pc, tmp_path: Path
) -> None:
    helper.act(helper.find(person), "suspend", WHY)
    path = tmp_path / "audit.csv"
    query = AuditQuery(kind="staff-suspended")
    kept = auditor.services.looking_back.export(query, WHY, str(path))
    assert kept == o.Exported(str(path))
    assert WHY in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob(".audit*")) == []


def test_name_and_number_are_shown_for_a_reason(
    helper: LiveConsole, auditor: LiveConsole, person: Person, pc: Pc
) -> None:
    page = helper.find(person)
    assert page.name_masked != person.name
    shown = helper.services.people.reveal(page.trainee_id, WHY)
    assert isinstance(shown, PersonShown)
    assert shown.name == person.name
    lines = auditor.services.looking_back.audit(AuditQuery(kind="staff-person-shown"))
    assert isinstance(lines, AuditLines)
    assert lines.lines[0].reason == WHY


def test_a_bypass_code_stands_in_for_one_of_the_apps(
    verifier: LiveVerifier, helper: LiveConsole, person: Person, pc: Pc
) -> None:
    page = helper.find(person)
    made = helper.services.people.bypass(
        page.trainee_id, page.institutions[0].institution_id, "entry", WHY
    )
    assert isinstance(made, BypassCode)
    assert verifier.check(person, made.code) == "accepted"
    assert verifier.check(person, made.code) != "accepted"


def test_a_status_is_read_from_its_token_and_from_its_short_code(
    helper: LiveConsole, person: Person, pc: Pc
) -> None:
    sign = pc.services.status_desk.sign()
    assert not isinstance(sign, Refused)
    short = helper.find(person).registrations[0].short_code
    read = helper.services.check.read_code(short.lower(), None)
    assert isinstance(read, StatusTokenRead)
    assert read.claims is None
    assert read.registration.short_code == short


def test_a_name_and_the_last_four_digits_find_a_person(
    helper: LiveConsole, person: Person, pc: Pc
) -> None:
    for text in (person.name, person.phone.replace("-", "")[-4:], person.phone):
        found = helper.services.people.search(PeopleQuery(text))
        assert isinstance(found, FoundTrainees)
        assert found.count == 1, text


def test_the_board_counts_today(
    verifier: LiveVerifier, helper: LiveConsole, person: Person, pc: Pc
) -> None:
    assert verifier.check(person, pc.code()) == "accepted"
    board = helper.services.looking_back.board()
    assert isinstance(board, Board)
    assert sum(hour.accepted for hour in board.hours) >= 1


def test_a_check_is_heard_of_live_and_the_end_of_the_session_too(
    verifier: LiveVerifier, person: Person, pc: Pc, tmp_path: Path
) -> None:
    console = LiveConsole(verifier, tmp_path / "oh", "oh", "helpdesk").sign_in()
    trainee_id = console.find(person).trainee_id
    opened, heard, ended = threading.Event(), threading.Event(), threading.Event()
    notices: list[StaffNotice] = []

    def take(notice: StaffNotice) -> None:
        notices.append(notice)
        heard.set()

    def listen() -> None:
        console.services.notices.listen(opened.set, take, lambda: False)
        ended.set()

    threading.Thread(target=listen, daemon=True).start()
    assert opened.wait(PATIENCE_SECONDS)
    assert verifier.check(person, pc.code()) == "accepted"
    assert heard.wait(PATIENCE_SECONDS)
    assert any(each.trainee_id == trainee_id for each in notices)
    console.services.entrance.sign_out()
    assert ended.wait(PATIENCE_SECONDS)
    assert console.services.entrance.look() == o.SessionOver()


# The case book: what people complain of, made with the real app, told by the console.


def wrong_clock(verifier: LiveVerifier, person: Person, pc: Pc) -> None:
    pc.clock.offset_ms = -FOUR_MINUTES
    pc.services.sync.sync()


def pin_locked(verifier: LiveVerifier, person: Person, pc: Pc) -> None:
    outcomes = [pc.services.unlock.unlock("193847") for _ in range(5)]
    assert outcomes[-1] == PinLocked()


def replayed(verifier: LiveVerifier, person: Person, pc: Pc) -> None:
    code = pc.code()
    assert verifier.check(person, code) == "accepted"
    assert verifier.check(person, code) == "code-used"


def roster_mismatch(verifier: LiveVerifier, person: Person, pc: Pc) -> None:
    other = Pc(verifier.origin, pc.folder.with_name("other"))
    misspelt = Person(person.name + "아", person.phone)
    other.send_code(misspelt)
    outcome = other.services.enrolment.prove(verifier.identity_code(misspelt))
    assert outcome == RosterMismatch()


def consent_outdated(verifier: LiveVerifier, person: Person, pc: Pc) -> None:
    verifier.agreed_long_ago(pc.vault().registration_id)


def offline(verifier: LiveVerifier, person: Person, pc: Pc) -> None:
    device = pc.vault().registration_id
    row = verifier.row(tables.registration, device)
    names = ("last_contact_at", "activated_at")
    earlier = {name: row[name] - THREE_DAYS_MS for name in names}
    verifier.change(tables.registration, device, **earlier)


def moved(verifier: LiveVerifier, person: Person, pc: Pc) -> None:
    other = Pc(verifier.origin, pc.folder.with_name("new"))
    other.enrol(verifier, person)


def cloned(verifier: LiveVerifier, person: Person, pc: Pc) -> None:
    thief = pc.copied_to(pc.folder.with_name("copy"))
    pc.unlock()
    pc.unlock()
    assert thief.services.unlock.unlock(PIN) == Ended("cloned")


Case = Callable[[LiveVerifier, Person, Pc], None]


@pytest.mark.parametrize(
    ("case", "what", "step"),
    [
        (wrong_clock, "PC 시계가 4분 느립니다.", "다시 열어 달라고"),
        (pin_locked, "비밀번호가 5번 틀려", "[비밀번호 잠금 풀기]"),
        (lock_codes, "인증번호가 5번 틀려", "[인증번호 잠금 풀기]"),
        (replayed, "이미 쓴 번호를 다시 입력했습니다.", "새 번호를 입력하게"),
        (roster_mismatch, "이름과 번호가 훈련기관의 명단과 다릅니다.", "훈련기관이 고치고"),
        (consent_outdated, "동의서가 바뀐 뒤로", "동의서를 읽고 동의하게"),
        (offline, "앱이 3일 동안 서버와 연결되지 않았습니다.", "인터넷과 프록시"),
        (cloned, "기기의 자료가 복사되어", "보안 담당자에게"),
        (moved, "다른 기기에 새로 등록했습니다.", "새로 등록한 기기의 앱"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_complaint_is_told_with_its_cause_and_the_next_step(  # noqa: PLR0917 - fixtures
    verifier: LiveVerifier,
    helper: LiveConsole,
    person: Person,
    pc: Pc,
    case: Case,
    what: str,
    step: str,
) -> None:
    case(verifier, person, pc)
    told = helper.told(person)
    assert what in told.what
    assert step in told.step


@pytest.mark.parametrize(
    ("action", "what", "step"),
    [
        ("revoke", "등록이 해지되었습니다.", "새로 등록하게"),
        ("suspend", "등록이 일시 정지되었습니다.", "[정지 풀기]"),
    ],
)
def test_what_staff_did_is_told_too(  # noqa: PLR0917 - fixtures
    helper: LiveConsole, person: Person, pc: Pc, action: str, what: str, step: str
) -> None:
    helper.act(helper.find(person), action, WHY)  # type: ignore[arg-type]
    told = helper.told(person)
    assert what in told.what
    assert step in told.step


def test_somebody_who_never_registered_is_told_so(helper: LiveConsole, person: Person) -> None:
    told = helper.told(person)
    assert told.what == "앱에 등록한 적이 없습니다."
    assert "앱을 설치하고 등록" in told.step
