import pytest

from motp_desktop.services.outcomes import (
    ConsentOutdated,
    ConsentReady,
    ConsentRenewed,
    Ended,
    KeyStoreTrouble,
    Synced,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import KeyStoreFault, NoAnswer
from motp_protocol.messages import ConsentGiven
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import Desktop
from tests.support.memory_verifier import refusal

NEWER = "2027-01"


@pytest.fixture
def pc() -> Desktop:
    """Registered under a document that has changed since."""
    desktop = Desktop()
    desktop.enrol()
    desktop.verifier.consent_version = NEWER
    return desktop


def loaded(pc: Desktop) -> ConsentReady:
    ready = pc.consent_renewal.load("ko")
    assert isinstance(ready, ConsentReady)
    return ready


def asks_for_renewal(pc: Desktop) -> bool:
    synced = pc.sync.sync()
    assert isinstance(synced, Synced)
    return synced.status.consent.renew


def test_a_renewed_consent_is_asked_for_no_more(pc: Desktop) -> None:
    assert asks_for_renewal(pc)
    renewed = pc.consent_renewal.renew(loaded(pc))
    assert isinstance(renewed, ConsentRenewed)
    assert not renewed.status.consent.renew
    assert not asks_for_renewal(pc)


def test_the_consent_names_the_text_that_was_read_and_the_verifiers_time(pc: Desktop) -> None:
    ready = loaded(pc)
    pc.consent_renewal.renew(ready)
    sent = pc.verifier.requests[-1]
    assert isinstance(sent, ConsentGiven)
    assert (sent.version, sent.lang, sent.agreed) == (NEWER, "ko", True)
    assert sent.sha256 == ready.document.sha256


def test_a_document_that_changed_while_it_was_read_is_read_anew(pc: Desktop) -> None:
    ready = loaded(pc)
    pc.verifier.consent_version = "2027-02"
    assert pc.consent_renewal.renew(ready) == ConsentOutdated()
    assert isinstance(pc.consent_renewal.renew(loaded(pc)), ConsentRenewed)


def test_a_lost_answer_is_asked_for_again_without_harm(pc: Desktop) -> None:
    ready = loaded(pc)
    pc.verifier.script.append("answer-lost")
    assert pc.consent_renewal.renew(ready) == NoAnswer("timeout")
    assert isinstance(pc.consent_renewal.renew(ready), ConsentRenewed)


def test_it_can_find_the_registration_ended_or_gone(pc: Desktop) -> None:
    ready = loaded(pc)
    registration = pc.verifier.active()
    assert registration is not None
    registration.state, registration.reason = "revoked", "replaced"
    assert pc.consent_renewal.renew(ready) == Ended("replaced")
    pc.verifier.script.append(refusal(ProblemType.INTERNAL_ERROR))
    assert pc.consent_renewal.renew(ready) == UnexpectedRefusal("internal-error")
    pc.key_store.fault = KeyStoreFault.LOCKED
    assert pc.consent_renewal.renew(ready) == KeyStoreTrouble(KeyStoreFault.LOCKED)
    assert Desktop().consent_renewal.renew(ready) == Ended("vault-damaged")
