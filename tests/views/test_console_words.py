"""The case book in words: each cause with its facts and the next step, in both languages."""

from typing import Any, get_args

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.offers import Obstacle
from motp_desktop.services.helpdesk.reasons import ReasonFault
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui.texts.helpdesk.doing import obstacle_text
from motp_desktop.ui.texts.helpdesk.findings import Diagnosis, diagnosis
from motp_desktop.ui.texts.helpdesk.happened import actor_words, known_events
from motp_desktop.ui.texts.helpdesk.troubles import (
    reason_fault_text,
    sign_in_trouble,
    staff_trouble,
)
from motp_desktop.ui.texts.helpdesk.words import clock_words, span
from motp_desktop.ui.translation import install_language
from motp_protocol.fields import Language
from motp_protocol.helpdesk import Cause, Finding
from motp_verifier.services.audit.record import AuditKind
from tests.support.helpdesk_people import NOW, at

FACTS: dict[Cause, dict[str, Any]] = {
    "all-well": {},
    "clock-wrong": {"seconds": -240, "at": at("05:21")},
    "pin-locked": {"count": 5, "at": at("00:12")},
    "code-locked": {
        "count": 5,
        "old": 2,
        "at": at("00:12"),
        "institution": "한빛훈련원",
        "source": "203.0.113.7",
    },
    "code-locked-everywhere": {"count": 20, "at": at("00:12")},
    "code-used": {"at": at("00:12"), "institution": "한빛훈련원"},
    "code-old": {"at": at("00:12"), "institution": "한빛훈련원"},
    "suspended": {"at": at("00:12")},
    "revoked": {"at": at("00:12")},
    "cloned": {"at": at("00:12")},
    "replaced": {"at": at("00:12")},
    "withdrawn": {"at": at("00:12")},
    "roster-mismatch": {"at": at("00:12")},
    "never-registered": {},
    "enrolment-unfinished": {"at": at("00:12")},
    "consent-outdated": {"at": at("00:12")},
    "offline": {"seconds": 3 * 86_400, "at": at("00:12", "2026-11-23")},
    "name-not-verified": {"institution": "한빛훈련원"},
    "app-outdated": {"version": "0.0.9"},
}


def told(cause: Cause, **facts: Any) -> Diagnosis:
    return diagnosis(Finding(cause=cause, **facts), NOW)


@pytest.fixture
def speak(app: QApplication) -> Any:
    return lambda language: install_language(app, language)


def test_there_are_facts_for_every_cause() -> None:
    assert set(FACTS) == set(get_args(Cause))


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("cause", FACTS)
def test_a_cause_is_told_with_its_facts_and_without_them(
    speak: Any, cause: Cause, language: Language
) -> None:
    speak(language)
    full, bare = told(cause, **FACTS[cause]), told(cause)
    for found in (full, bare):
        assert found.what
        assert found.step
        for left in ("{", "}", "None", "  "):
            assert left not in found.spoken, found
    is_korean = any("가" <= letter <= "힣" for letter in bare.spoken)
    assert is_korean == (language == "ko")


@pytest.mark.parametrize("language", get_args(Language))
def test_no_two_causes_are_told_alike(speak: Any, language: Language) -> None:
    speak(language)
    found = [told(cause, **facts) for cause, facts in FACTS.items()]
    assert len({each.what for each in found}) == len(found)
    assert len({each.step for each in found}) == len(found)


def test_the_words_of_the_issue_are_said(speak: Any) -> None:
    speak("en")
    clock = told("clock-wrong", **FACTS["clock-wrong"])
    assert clock.what == "The PC clock is 4 min slow."
    assert clock.facts.startswith("Codes are accepted after the app’s next contact.")
    locked = told("code-locked", **FACTS["code-locked"])
    assert locked.what.startswith("Locked after 5 wrong codes at ")
    assert "203.0.113.7" in locked.facts
    assert "Old codes among them: 2." in locked.facts


def test_a_fast_clock_is_told_as_fast(app: QApplication) -> None:
    assert told("clock-wrong", seconds=3 * 3600).what == "PC 시계가 3시간 빠릅니다."
    assert clock_words(0.4) == "서버와 같음"
    assert clock_words(-95) == "서버보다 95초 느림"


def test_long_spans_are_told_in_days(app: QApplication) -> None:
    assert [span(s) for s in (90, 3600, 86_400, 3 * 86_400)] == ["90초", "60분", "24시간", "3일"]


def test_every_kind_of_the_audit_has_words(app: QApplication) -> None:
    assert set(known_events()) == set(get_args(AuditKind))


def test_who_did_something_is_told_in_words(app: QApplication) -> None:
    assert actor_words("staff:kim") == "직원 kim"
    assert actor_words("device") == "훈련생의 기기"
    assert actor_words("something-new") == "something-new"


def test_every_obstacle_and_fault_has_a_sentence_of_its_own(app: QApplication) -> None:
    obstacles = [obstacle_text(each) for each in get_args(Obstacle)]
    faults = [reason_fault_text(each) for each in get_args(ReasonFault)]
    assert len({*obstacles, *faults}) == len(obstacles) + len(faults)
    assert obstacle_text(None) == reason_fault_text(None) == ""


def test_every_trouble_has_a_sentence_of_its_own(app: QApplication) -> None:
    troubles: list[o.StaffTrouble] = [
        *(o.SessionOver(), o.NotAllowed(), o.Gone(), o.NotPossible(), o.NotAccepted()),
        *(NoAnswer("offline"), o.Busy(30), o.UnexpectedRefusal("odd")),
    ]
    said = [staff_trouble(each) for each in troubles]
    assert len(set(said)) == len(said)


def test_a_refused_sign_in_is_one_calm_sentence(app: QApplication) -> None:
    for trouble in (o.WrongSignIn(), o.Busy(240), o.SetupOver()):
        said = sign_in_trouble(trouble, in_setup=False)
        assert said is not None
        assert said.title
        assert not said.body
    busy = sign_in_trouble(o.Busy(240), in_setup=False)
    assert busy is not None
    assert "4분" in busy.title
