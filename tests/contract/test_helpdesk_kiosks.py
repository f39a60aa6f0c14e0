"""The console's services and a real kiosk, both at a real verifier."""

from pathlib import Path

import pytest

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.ports import AuditQuery
from motp_desktop.services.kiosk.outcomes import KioskLocked, KioskReady
from motp_protocol.helpdesk import AuditLines, StaffKiosk, StaffKiosks
from tests.support.live_console import LiveConsole
from tests.support.live_kiosk import LiveKiosk, add_kiosk, kiosk_command
from tests.support.live_verifier import LiveVerifier

pytestmark = pytest.mark.xdist_group("helpdesk-kiosks")

WHY = "분실 신고를 받음"


@pytest.fixture(scope="module")
def helper(verifier: LiveVerifier, tmp_path_factory: pytest.TempPathFactory) -> LiveConsole:
    return LiveConsole(verifier, tmp_path_factory.mktemp("kim"), "kim", "helpdesk").sign_in()


def seen(console: LiveConsole, kiosk_id: str) -> StaffKiosk:
    """A kiosk, as somebody of the staff sees it."""
    found = console.services.kiosks.all()
    assert isinstance(found, StaffKiosks), found
    (kiosk,) = (each for each in found.kiosks if each.kiosk_id == kiosk_id)
    return kiosk


def test_a_kiosk_is_seen_locked_and_unlocked_and_the_audit_says_why(
    verifier: LiveVerifier, helper: LiveConsole, tmp_path: Path
) -> None:
    kiosk = LiveKiosk(verifier, tmp_path / "kiosk")
    kiosk_id = kiosk.enrol("2층 복도").sub
    person = verifier.new_person()
    kiosk.register(person)
    kiosk.visits.end()
    assert isinstance(kiosk.kiosk.refresh(), KioskReady)
    found = seen(helper, kiosk_id)
    assert (found.label, found.state, found.users_today) == ("2층 복도", "active", 1)
    assert found.last_contact_at is not None
    assert abs(found.skew_seconds) < 60

    locked = helper.services.kiosks.act(kiosk_id, "lock", WHY)
    assert isinstance(locked, StaffKiosk)
    assert locked.state == "locked"
    assert isinstance(kiosk.kiosk.refresh(), KioskLocked)
    unlocked = helper.services.kiosks.act(kiosk_id, "unlock", "PC를 찾음")
    assert isinstance(unlocked, StaffKiosk)
    assert unlocked.state == "active"
    assert isinstance(kiosk.kiosk.refresh(), KioskReady)
    assert verifier.check(person, kiosk.unlock(person)) == "accepted"

    auditor = LiveConsole(verifier, tmp_path / "lee", "lee", "auditor").sign_in()
    lines = auditor.services.looking_back.audit(AuditQuery(kind="kiosk-locked"))
    assert isinstance(lines, AuditLines)
    assert (lines.lines[0].actor, lines.lines[0].reason) == ("staff:kim", WHY)
    assert auditor.services.kiosks.act(kiosk_id, "lock", WHY) == o.NotAllowed()
    assert seen(auditor, kiosk_id).state == "active"


def test_what_cannot_be_locked_is_told_apart(verifier: LiveVerifier, helper: LiveConsole) -> None:
    before = helper.services.kiosks.all()
    add_kiosk(verifier, "창고")
    after = helper.services.kiosks.all()
    assert isinstance(before, StaffKiosks)
    assert isinstance(after, StaffKiosks)
    (awaited,) = after.kiosks[len(before.kiosks) :]
    assert awaited.state == "awaited"
    assert helper.services.kiosks.act(awaited.kiosk_id, "lock", WHY) == o.NotPossible()
    assert helper.services.kiosks.act("kio_nobody", "lock", WHY) == o.Gone()
    number = "010-1234-5678의 신고"
    assert helper.services.kiosks.act(awaited.kiosk_id, "lock", number) == o.NotAccepted()
    kiosk_command(verifier, "revoke", awaited.kiosk_id)
    assert seen(helper, awaited.kiosk_id).state == "revoked"
