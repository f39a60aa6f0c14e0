"""Printing as the view models see it."""

from typing import Protocol

from motp_desktop.services.helpdesk.outcomes import Collected, Exported, StorageTrouble
from motp_desktop.services.helpdesk.ports import AuditQuery


class AuditPaper(Protocol):
    """Sets lines of the audit on pages. UI thread only."""

    def write(
        self, path: str, query: AuditQuery, collected: Collected
    ) -> Exported | StorageTrouble:
        """Put a PDF there, whole or not at all."""
