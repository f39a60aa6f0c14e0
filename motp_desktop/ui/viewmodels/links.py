"""The one place where `motp://` links arrive."""

from dataclasses import dataclass, field
from typing import assert_never

from PySide6.QtCore import QTimer

from motp_desktop.services import outcomes
from motp_desktop.services.ports import Clock
from motp_desktop.services.use_cases import Links
from motp_desktop.ui.viewmodels.approval import ApprovalViewModel
from motp_desktop.ui.viewmodels.approval_place import Place, place_of
from motp_desktop.ui.viewmodels.approval_states import LinkNotice, LinkState
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey

WAIT_MS = 180_000
"""How long a link waits for a PIN: longer than that no verifier waits for an answer."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    link: outcomes.ApprovalAsked = field(repr=False)
    until: int


class LinkViewModel(ViewModel[LinkState]):
    """Hands requests for approval to where they are shown, as soon as they can be.

    One waits at most: the newest. While a request is shown another one takes its place only if
    the person turns to it. What is not for this app moves nothing.
    """

    def __init__(
        self, links: Links, journey: Journey, approval: ApprovalViewModel, clock: Clock
    ) -> None:
        super().__init__(LinkState())
        self._links = links
        self._journey = journey
        self._approval = approval
        self._clock = clock
        self._waiting: _Waiting | None = None
        self._last: _Waiting | None = None
        self._place = place_of(journey.screen)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)
        # After the approval's own, which closes a page that the lock covers.
        journey.moved.connect(self._on_moved)
        approval.put_off.connect(self._put_off)
        approval.closed_by_lock.connect(self._closed)

    def receive(self, text: str) -> None:
        """A link was opened."""
        outcome = self._links.read(text)
        match outcome:
            case outcomes.ApprovalAsked():
                if not self._approval.is_about(outcome):
                    self._waiting = _Waiting(outcome, self._clock.elapsed_ms() + WAIT_MS)
                    self._settle()
            case outcomes.LinkForAnother():
                self._say(LinkNotice.OTHER_VERIFIER)
            case outcomes.LinkIgnored():
                pass
            case _:
                assert_never(outcome)

    def turn_to_it(self) -> None:
        """Show the request that waits, in place of one that is shown."""
        self.tick()
        waiting = self._waiting
        if waiting is not None and self._approval.open(waiting.link):
            self._waiting, self._last = None, waiting
            self._say(None)

    def dismiss(self) -> None:
        """The person has read what is said of it; a link that waits is given up."""
        self._waiting = None
        self._say(None)

    def tick(self) -> None:
        """Look at the clock. The view model's own timer calls this."""
        if self._waiting is not None and self._clock.elapsed_ms() >= self._waiting.until:
            self._waiting = None
            self._say(LinkNotice.LATE)

    def _settle(self) -> None:
        match self._place:
            case Place.OPEN if self._approval.is_waiting:
                self._say(LinkNotice.WAITING)
            case Place.OPEN:
                self.turn_to_it()
            case Place.LOCKED:
                self._say(LinkNotice.UNLOCK)
            case Place.STARTING:
                self._say(None)
            case Place.UNREGISTERED:
                self._waiting = None
                self._say(LinkNotice.UNREGISTERED)
            case Place.UNUSABLE:
                self._waiting = None
                self._say(LinkNotice.UNUSABLE)
            case _:
                assert_never(self._place)

    def _on_moved(self) -> None:
        before, self._place = self._place, place_of(self._journey.screen)
        if self._place is before:
            return
        if self._waiting is not None:
            self.tick()
        if self._waiting is not None:
            self._settle()
        elif not self._is_of_now(self.state.notice):
            self._say(None)

    def _is_of_now(self, notice: LinkNotice | None) -> bool:
        """Whether what is said holds on the screen that is shown now."""
        fleeting = {LinkNotice.UNREGISTERED: Place.UNREGISTERED, LinkNotice.CLOSED: Place.LOCKED}
        fleeting[LinkNotice.UNUSABLE] = Place.UNUSABLE
        return notice is None or fleeting.get(notice, self._place) is self._place

    def _put_off(self) -> None:
        last, now = self._last, self._clock.elapsed_ms()
        if self._waiting is None and last is not None and now < last.until:
            self._waiting = last
            self._say(LinkNotice.WAITING)

    def _closed(self) -> None:
        self._say(LinkNotice.CLOSED)

    def _say(self, notice: LinkNotice | None) -> None:
        if self._waiting is None:
            self._timer.stop()
        else:
            self._timer.start()
        self._show(LinkState(notice))
