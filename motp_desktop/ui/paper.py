"""Printing as the view models see it."""

from typing import Protocol

from motp_desktop.services.helpdesk.outcomes import Collected
from motp_desktop.services.helpdesk.ports import AuditQuery


class AuditPaper(Protocol):
    """Sets lines of the audit on pages. UI thread only."""

    def pdf(self, query: AuditQuery, collected: Collected, whose: str) -> bytes:
        """The pages as PDF; `whose` is the name of whoever prints."""
