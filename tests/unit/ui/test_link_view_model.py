"""A link that was opened: said calmly, and only where it is for this app."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from motp_desktop.ui import navigation as n
from motp_desktop.ui.qt_application import Application
from tests.support.ui_fakes import ORIGIN, Desk

LINK = f"motp://approve?popup=p&ticket=t&verifier={ORIGIN}"


def test_an_approval_is_told_of_wherever_one_is(qapp: QApplication) -> None:
    desk = Desk()
    desk.to_code()
    desk.links.receive(LINK)
    assert desk.links.state.approval_asked
    assert isinstance(desk.where(), n.ShowCode)
    desk.links.dismiss()
    assert not desk.links.state.approval_asked


def test_another_verifiers_link_and_what_is_none_say_nothing(qapp: QApplication) -> None:
    desk = Desk()
    for text in ("", "motp://reset", LINK.replace("verifier.", "other.")):
        desk.links.receive(text)
        assert not desk.links.state.approval_asked


def test_a_link_that_the_system_hands_over_is_taken(qapp: QApplication) -> None:
    heard: list[str] = []
    # As Qt calls it on a Mac; a process has one application, so this one stands in for it.
    taken = Application.event(_Stand(heard), QFileOpenEvent(QUrl(LINK)))  # type: ignore[arg-type]
    assert taken
    assert heard == [LINK]


class _Stand:
    """The part of an application that takes a link."""

    def __init__(self, heard: list[str]) -> None:
        self.link_opened = self
        self.emit = heard.append
