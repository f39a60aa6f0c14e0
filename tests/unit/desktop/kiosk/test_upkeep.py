"""The kiosk goes on by what the verifier says, and by what it last said."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.kiosk.outcomes import (
    KioskEnded,
    KioskLocked,
    KioskReady,
    NotEnrolled,
)
from motp_protocol.kiosks import KioskReport
from motp_protocol.problems import ProblemType
from tests.support.kiosk_fakes import EXIT_PIN, KIOSK_CODE, OFFLINE, KioskPc
from tests.support.memory_verifier import refusal


@pytest.fixture
def pc(tmp_path: Path) -> KioskPc:
    pc = KioskPc(tmp_path / "kiosk")
    pc.enrol()
    pc.api.calls.clear()
    return pc


def test_a_report_tells_what_the_kiosk_is_and_no_more_is_fetched(pc: KioskPc) -> None:
    assert pc.kiosk.refresh() == KioskReady(pc.api.claims, online=True)
    assert pc.api.calls == ["report"]
    (report,) = pc.api.reports
    assert isinstance(report, KioskReport)
    assert (report.config_version, report.users_today) == (1, 0)


def test_a_newer_configuration_is_taken_and_kept(pc: KioskPc) -> None:
    pc.api.change(idle_seconds=60, label="2층 복도")
    now = pc.kiosk.refresh()
    assert now == KioskReady(pc.api.claims, online=True)
    pc.restart()
    assert pc.kiosk.look() == now
    pc.kiosk.refresh()
    assert pc.api.reports[-1].config_version == 2


def test_a_locked_kiosk_stays_so_without_a_network_until_it_is_unlocked(pc: KioskPc) -> None:
    pc.api.change(state="locked")
    assert pc.kiosk.refresh() == KioskLocked(pc.api.claims)
    pc.restart()
    pc.api.script.append(OFFLINE)
    assert pc.kiosk.refresh() == KioskLocked(pc.api.claims)
    pc.api.change(state="active")
    assert pc.kiosk.refresh() == KioskReady(pc.api.claims, online=True)


def test_a_state_that_changed_without_its_version_is_fetched_too(pc: KioskPc) -> None:
    pc.api.change(state="locked", version=1)
    assert pc.kiosk.refresh() == KioskLocked(pc.api.claims)


def test_without_a_network_it_serves_by_what_it_has_and_says_so(pc: KioskPc) -> None:
    kept = pc.api.claims
    pc.api.change(idle_seconds=90)
    pc.restart()
    pc.api.script.append(OFFLINE)
    assert pc.kiosk.refresh() == KioskReady(kept, online=False)
    assert pc.kiosk.look() == KioskReady(kept, online=False)
    assert pc.kiosk.refresh() == KioskReady(pc.api.claims, online=True)


def test_a_network_that_goes_before_the_configuration_came_leaves_the_old_one(pc: KioskPc) -> None:
    kept = pc.api.claims
    pc.api.change(idle_seconds=90)
    pc.api.script.extend([None, OFFLINE])
    assert pc.kiosk.refresh() == KioskReady(kept, online=False)


def test_an_older_configuration_is_taken_from_nobody(pc: KioskPc) -> None:
    pc.api.change(idle_seconds=60)
    pc.kiosk.refresh()
    kept = pc.api.claims
    # As a replay would have it: the report speaks of another state, the token is an old one.
    pc.api.change(version=1, state="locked")
    assert pc.kiosk.refresh() == KioskReady(kept, online=True)
    pc.restart()
    assert pc.kiosk.look() == KioskReady(kept, online=True)


@pytest.mark.parametrize("member", [{"iss": "https://elsewhere.example"}, {"sub": "kiosk-2"}])
def test_what_was_signed_for_another_is_not_taken(pc: KioskPc, member: dict[str, str]) -> None:
    kept = pc.api.claims
    pc.api.change(**member)
    assert pc.kiosk.refresh() == KioskReady(kept, online=True)


def test_a_new_signing_key_is_asked_for_once_and_kept(pc: KioskPc) -> None:
    pc.api.signer = Ed25519PrivateKey.generate()
    pc.api.published.append(pc.api.signer)
    pc.api.change(idle_seconds=60)
    assert pc.kiosk.refresh() == KioskReady(pc.api.claims, online=True)
    assert pc.api.calls == ["report", "config", "published_keys"]
    pc.api.calls.clear()
    pc.api.change(idle_seconds=70)
    assert pc.kiosk.refresh() == KioskReady(pc.api.claims, online=True)
    assert pc.api.calls == ["report", "config"]


def test_a_key_that_is_not_published_signs_nothing(pc: KioskPc) -> None:
    kept = pc.api.claims
    pc.api.signer = Ed25519PrivateKey.generate()
    pc.api.change(idle_seconds=60)
    assert pc.kiosk.refresh() == KioskReady(kept, online=True)
    pc.api.script.extend([None, None, OFFLINE])
    assert pc.kiosk.refresh() == KioskReady(kept, online=True)


def test_a_revoked_kiosk_has_ended_across_restarts_and_without_a_network(pc: KioskPc) -> None:
    pc.api.is_revoked = True
    assert pc.kiosk.refresh() == KioskEnded()
    pc.restart()
    pc.api.script.append(OFFLINE)
    assert pc.kiosk.refresh() == KioskEnded()
    assert pc.kiosk.look() == KioskEnded()


def test_a_verifier_that_knows_the_kiosk_again_takes_it_back(pc: KioskPc) -> None:
    pc.api.is_revoked = True
    pc.kiosk.refresh()
    pc.api.is_revoked = False
    assert pc.kiosk.refresh() == KioskReady(pc.api.claims, online=True)


def test_a_revoked_kiosk_is_enrolled_anew(pc: KioskPc) -> None:
    pc.api.is_revoked = True
    pc.kiosk.refresh()
    pc.api.is_revoked = False
    pc.api.codes.add("0000000000")
    pc.api.change(sub="kiosk-2", version=1)
    assert pc.kiosk.enrol("00000-00000", EXIT_PIN) is not None
    assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)


@pytest.mark.parametrize("kind", [ProblemType.TOO_MANY_REQUESTS, ProblemType.NOT_FOUND])
def test_other_refusals_change_nothing(pc: KioskPc, kind: ProblemType) -> None:
    pc.api.script.append(refusal(kind))
    assert pc.kiosk.refresh() == KioskReady(pc.api.claims, online=True)


def test_a_screen_that_runs_sees_what_another_process_enrols(tmp_path: Path) -> None:
    screen = KioskPc(tmp_path / "other")
    assert screen.kiosk.look() == NotEnrolled()
    command = KioskPc(tmp_path / "other", screen.api)
    command.key_store = screen.key_store
    command.restart()
    command.enrol()
    assert screen.kiosk.look() == KioskReady(screen.api.claims, online=True)
    assert screen.kiosk.refresh() == KioskReady(screen.api.claims, online=True)


def test_a_kiosk_stays_with_its_verifier_whatever_is_configured_later(pc: KioskPc) -> None:
    pc.origin = "https://elsewhere.example"
    pc.restart()
    pc.api.change(idle_seconds=45)
    assert pc.kiosk.refresh() == KioskReady(pc.api.claims, online=True)
    assert KIOSK_CODE not in repr(pc.kiosk)
