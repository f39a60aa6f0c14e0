"""Starting with the person's session, and being the one who opens `motp://` links."""

import logging

from motp_desktop.services.outcomes import SessionStartOutcome, StartsWithSession, StorageTrouble
from motp_desktop.services.ports import Autostart, LinkHandler, StorageError

_log = logging.getLogger(__name__)


class SessionStart:
    """Implements `use_cases.SessionStart`."""

    def __init__(self, autostart: Autostart, link_handler: LinkHandler) -> None:
        self._autostart = autostart
        self._link_handler = link_handler

    def look(self) -> SessionStartOutcome:
        """Whether there is an entry for it."""
        try:
            return StartsWithSession(self._autostart.is_on())
        except StorageError as error:
            return StorageTrouble(error.fault)

    def choose(self, *, on: bool) -> SessionStartOutcome:
        """Make the entry or take it away; what is there afterwards is what is told."""
        try:
            if on:
                self._autostart.turn_on()
            else:
                self._autostart.turn_off()
        except StorageError as error:
            return StorageTrouble(error.fault)
        return self.look()

    def register_links(self) -> None:
        """Have links opened with this app; where that fails, a code can still be typed."""
        try:
            self._link_handler.register()
        except StorageError as error:
            _log.warning("motp:// links could not be registered: %s", error.fault.value)
