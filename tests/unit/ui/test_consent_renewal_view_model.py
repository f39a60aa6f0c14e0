"""A consent document that changed, read and agreed to or not while the code goes on."""

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui import navigation as n
from motp_desktop.ui.viewmodels.states import RenewalState
from tests.support.ui_fakes import Desk, a_consent, a_status

CHANGED = a_status(consent_changed=True)


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    """At the code, where a newer document is told of."""
    desk = Desk()
    desk.services.unlock_script.then(o.PinRight(CHANGED))
    desk.services.sync_script.then(o.Synced(CHANGED))
    desk.to_code()
    assert desk.code.state.consent_changed
    return desk


def test_reading_it_and_agreeing_leads_back_to_a_code_that_asks_no_more(desk: Desk) -> None:
    desk.press(desk.renewal.begin)
    assert desk.renewal.state.document is not None
    desk.renewal.reached_end()
    desk.press(desk.renewal.agree)
    assert desk.services.renew_script.calls == [(a_consent(),)]
    assert isinstance(desk.where(), n.ShowCode)
    assert not desk.code.state.consent_changed
    assert desk.renewal.state == RenewalState()


def test_agreeing_asks_once_to_read_to_the_end(desk: Desk) -> None:
    desk.press(desk.renewal.begin)
    desk.press(desk.renewal.agree)
    assert desk.renewal.state.remind_to_read
    assert desk.services.renew_script.calls == []
    desk.press(desk.renewal.agree)
    assert isinstance(desk.where(), n.ShowCode)


def test_not_agreeing_is_explained_and_the_code_stays(desk: Desk) -> None:
    desk.press(desk.renewal.begin)
    desk.press(desk.renewal.decline)
    assert isinstance(desk.where(), n.RenewalDeclined)
    desk.press(desk.renewal.back)
    assert isinstance(desk.where(), n.RenewConsent)
    desk.press(desk.renewal.decline)
    desk.press(desk.renewal.leave)
    assert isinstance(desk.where(), n.ShowCode)
    assert desk.code.code() is not None
    assert desk.code.state.consent_changed


def test_the_document_is_loaded_in_the_language_that_is_spoken(desk: Desk) -> None:
    desk.press(desk.renewal.begin)
    desk.press(desk.app.set_language, "en")
    assert [lang for (lang,) in desk.services.consent_script.calls] == ["ko", "en"]


def test_a_document_that_changes_once_more_is_read_anew(desk: Desk) -> None:
    desk.services.renew_script.then(o.ConsentOutdated(), o.ConsentRenewed(a_status()))
    desk.press(desk.renewal.begin)
    desk.renewal.reached_end()
    desk.press(desk.renewal.agree)
    assert desk.renewal.state.consent_changed
    assert desk.renewal.state.document is not None
    assert len(desk.services.consent_script.calls) == 2
    desk.press(desk.renewal.agree)
    assert desk.renewal.state.remind_to_read, "the new one is unread"


def test_trouble_is_told_and_can_be_tried_again(desk: Desk) -> None:
    desk.services.consent_script.then(NoAnswer("offline"), a_consent())
    desk.services.renew_script.then(NoAnswer("timeout"), o.ConsentRenewed(a_status()))
    desk.press(desk.renewal.begin)
    assert desk.renewal.state.trouble == NoAnswer("offline")
    desk.press(desk.renewal.retry)
    desk.renewal.reached_end()
    desk.press(desk.renewal.agree)
    assert desk.renewal.state.trouble == NoAnswer("timeout")
    desk.press(desk.renewal.retry)
    assert isinstance(desk.where(), n.ShowCode)


def test_locking_leaves_the_document(desk: Desk) -> None:
    desk.press(desk.renewal.begin)
    desk.code.lock()
    assert isinstance(desk.where(), n.EnterPin)
    assert desk.renewal.state == RenewalState()


def test_going_back_while_it_is_sent_drops_the_answer(desk: Desk) -> None:
    desk.press(desk.renewal.begin)
    desk.renewal.reached_end()
    desk.renewal.agree()
    desk.press(desk.renewal.back)
    assert isinstance(desk.where(), n.ShowCode)
    assert not desk.renewal.state.working
