"""What the verifier has on record of the trainee, read by the app."""

import pytest

from motp_desktop.services.outcomes import Busy, Ended, KeyStoreTrouble, OwnRecords
from motp_desktop.services.ports import KeyStoreFault, NoAnswer
from motp_protocol.encoding import format_time
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import Desktop
from tests.support.memory_verifier import refusal
from tests.support.ui_fakes import a_check, a_need


@pytest.fixture
def pc() -> Desktop:
    desktop = Desktop()
    desktop.enrol()
    return desktop


def test_checks_and_needs_are_read_without_a_pin(pc: Desktop) -> None:
    pc.verifier.checks = [a_check("v2"), a_check("v1")]
    pc.verifier.needs = [a_need()]
    assert pc.records.read() == OwnRecords(
        checks=(a_check("v2"), a_check("v1")),
        needs=(a_need(),),
        time=format_time(pc.verifier.now_ms()),
    )


def test_where_the_history_is_refused_the_rest_is_not_asked_for(pc: Desktop) -> None:
    pc.verifier.script.append(refusal(ProblemType.REGISTRATION_REVOKED))
    assert pc.records.read() == Ended("unknown")
    assert "requirements" not in pc.verifier.calls


def test_no_answer_and_a_busy_verifier_are_told_apart(pc: Desktop) -> None:
    pc.verifier.script.append("request-lost")
    assert pc.records.read() == NoAnswer("offline")
    pc.verifier.script.extend([None, refusal(ProblemType.TOO_MANY_REQUESTS, retry_after=9)])
    assert pc.records.read() == Busy(9)


def test_without_its_key_store_or_its_vault_nothing_is_asked(pc: Desktop) -> None:
    pc.key_store.fault = KeyStoreFault.LOCKED
    assert pc.records.read() == KeyStoreTrouble(KeyStoreFault.LOCKED)
    assert Desktop().records.read() == Ended("vault-damaged")
    assert "history" not in pc.verifier.calls
