"""Starting with the session: off until it is chosen, and what went wrong is told."""

import logging

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services.outcomes import StartsWithSession, StorageTrouble
from motp_desktop.services.ports import StorageError, StorageFault
from motp_desktop.services.session_start import SessionStart
from motp_desktop.ui.viewmodels.session_start import SessionStartViewModel
from motp_desktop.ui.viewmodels.states import SessionStartState
from tests.support.memory_ports import MemoryAutostart, MemoryLinkHandler
from tests.support.ui_fakes import Desk


def test_it_is_what_the_system_has_an_entry_for() -> None:
    autostart = MemoryAutostart()
    start = SessionStart(autostart, MemoryLinkHandler())
    assert start.look() == StartsWithSession(on=False)
    assert start.choose(on=True) == StartsWithSession(on=True)
    assert autostart.on
    assert start.choose(on=False) == StartsWithSession(on=False)


def test_a_fault_is_told_and_changes_nothing() -> None:
    autostart = MemoryAutostart()
    start = SessionStart(autostart, MemoryLinkHandler())
    autostart.fault = StorageFault.DENIED
    assert start.look() == StorageTrouble(StorageFault.DENIED)
    assert start.choose(on=True) == StorageTrouble(StorageFault.DENIED)
    assert not autostart.on


def test_links_that_cannot_be_registered_are_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    handler = MemoryLinkHandler()
    start = SessionStart(MemoryAutostart(), handler)
    start.register_links()
    assert handler.registered == 1
    handler.fault = StorageError(StorageFault.FULL)
    with caplog.at_level(logging.WARNING):
        start.register_links()
    assert "full" in caplog.text


def test_a_page_of_settings_can_show_and_choose_it(qapp: QApplication) -> None:
    desk = Desk()
    autostart = MemoryAutostart()
    model = SessionStartViewModel(desk.runner, SessionStart(autostart, MemoryLinkHandler()))
    assert model.state == SessionStartState(on=None)
    desk.press(model.look)
    assert model.state == SessionStartState(on=False)
    desk.press(model.turn_on)
    assert model.state == SessionStartState(on=True)
    autostart.fault = StorageFault.FULL
    desk.press(model.turn_off)
    assert model.state == SessionStartState(on=True, trouble=StorageTrouble(StorageFault.FULL))
    autostart.fault = None
    desk.press(model.toggle)
    assert model.state == SessionStartState(on=False)
