"""One person: the diagnosis on top, then what can be done, then all that is known."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk import doing
from motp_desktop.ui.texts.helpdesk.findings import diagnosis
from motp_desktop.ui.texts.helpdesk.troubles import staff_trouble
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.helpdesk.bundle import ConsoleModels
from motp_desktop.ui.views.helpdesk.consent_card import consent_card
from motp_desktop.ui.views.helpdesk.deeds import Deeds
from motp_desktop.ui.views.helpdesk.findings_card import FindingCard
from motp_desktop.ui.views.helpdesk.person_plots import plots_card
from motp_desktop.ui.views.helpdesk.registrations import registrations_card
from motp_desktop.ui.views.helpdesk.time_table import TimeTable
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.busy_line import BusyLine
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.following_scroll import FollowingScroll
from motp_desktop.ui.widgets.slot import Slot
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.helpdesk import TraineePage

translate = QCoreApplication.translate


class PersonPanel(QWidget):
    """Pieces are made anew only where what they show has changed."""

    def __init__(self, models: ConsoleModels) -> None:
        super().__init__()
        self._models = models
        self._announced: str | None = None
        self._empty = TextLabel("", Type.BODY, Tone.MUTED)
        self._trouble = Banner(translate("PersonPanel", "다시 시도"), models.person.look)
        self._busy = BusyLine()
        self._name = TextLabel("", Type.LEAD)
        self._phone = TextLabel("", Type.BODY, Tone.MUTED)
        self._institutions = TextLabel("", Type.SMALL, Tone.MUTED)
        self._reveal = TextButton(doing.reveal_name(), self._show_or_mask, icon="eye")
        self._findings, self._devices, self._plots, self._consent = (Slot() for _ in range(4))
        self.deeds = Deeds(models.actions)
        self._times = TimeTable()
        self._known = QWidget()
        self._lay_out()
        models.person.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """The person, as they are known now."""
        state = self._models.person.state
        page, staff = state.page, self._models.session.state.staff
        choose = translate("PersonPanel", "훈련생을 고르면 여기에 무엇이 문제인지 보여 드립니다.")
        self._empty.setText("" if state.trainee_id else choose)
        self._empty.setVisible(state.trainee_id is None)
        self._trouble.say(staff_trouble(state.trouble))
        is_first = state.busy and page is None
        self._busy.say(translate("PersonPanel", "불러오고 있어요.") if is_first else "")
        self._known.setVisible(page is not None)
        if page is None or staff is None:
            self._announced = None
            return
        shown = state.shown
        self._name.setText(shown.name if shown else page.name_masked)
        self._phone.setText(shown.phone if shown else page.phone_masked)
        self._institutions.setText(institutions_words(page))
        self._institutions.setVisible(bool(page.institutions))
        self._reveal.setText(
            translate("PersonPanel", "다시 가리기") if shown else doing.reveal_name()
        )
        self._reveal.set_icon("eye-off" if shown else "eye")
        self._fill(page)
        self.deeds.offer(page, staff.role)
        self._tell(page)

    def _fill(self, page: TraineePage) -> None:
        moment_of = page.time[:16]  # words tell minutes
        self._findings.show_if((page.findings, moment_of), lambda: _findings(page))
        self._devices.show_if((page.registrations, moment_of), lambda: registrations_card(page))
        self._plots.show_if((page.days, page.registrations), lambda: plots_card(page))
        self._consent.show_if(page.consent, lambda: consent_card(page))
        self._times.show_page(page)

    def _tell(self, page: TraineePage) -> None:
        """Read the diagnosis out once for each person, and when it has become another."""
        words = " ".join(diagnosis(found, page.time).spoken for found in page.findings)
        spoken = f"{page.trainee_id} {[found.cause for found in page.findings]}"
        if spoken != self._announced:
            self._announced = spoken
            announce(self, f"{page.name_masked}. {words}")

    def _show_or_mask(self) -> None:
        if self._models.person.state.shown is not None:
            self._models.person.mask()
        else:
            self._models.actions.ask_person()

    def _lay_out(self) -> None:
        known = QVBoxLayout(self._known)
        known.setContentsMargins(0, 0, 0, 0)
        known.setSpacing(Space.M)
        known.addWidget(Flow([self._name, self._phone, self._reveal]))
        pieces: tuple[QWidget, ...] = (
            self._institutions,
            self._findings,
            self.deeds,
            self._devices,
            self._plots,
            self._times,
            self._consent,
        )
        for piece in pieces:
            known.addWidget(piece)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.S, Space.S, Space.L, Space.L)
        column.setSpacing(Space.M)
        for piece in (self._empty, self._trouble, self._busy, self._known):
            column.addWidget(piece)
        column.addStretch(1)
        scroll = FollowingScroll(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.scroller = scroll


def institutions_words(page: TraineePage) -> str:
    """Which rosters have this person, with the institutions' own ids."""
    return " · ".join(f"{each.name} ({each.trainee})" for each in page.institutions)


def _findings(page: TraineePage) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.S)
    for number, found in enumerate(page.findings):
        column.addWidget(FindingCard(diagnosis(found, page.time), is_first=number == 0))
    return holder
