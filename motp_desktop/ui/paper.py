"""Printing as the view models see it. UI thread only."""

from typing import Protocol

from motp_desktop.services.helpdesk.outcomes import Collected
from motp_desktop.services.helpdesk.ports import AuditQuery


class PaperUnderWay(Protocol):
    """Pages that are being set."""

    def set_page(self) -> bytes | None:
        """Set one page, in some milliseconds; all of them as PDF after the last."""


class AuditPaper(Protocol):
    """Sets lines of the audit on pages."""

    def begin(self, query: AuditQuery, collected: Collected, whose: str) -> PaperUnderWay:
        """Take up paper; `whose` is the name of whoever prints."""
