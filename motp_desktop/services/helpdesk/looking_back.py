"""The audit, and the board of today."""

from dataclasses import replace

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.ports import AuditQuery, Files, HelpdeskApi
from motp_desktop.services.helpdesk.reasons import clean_reason
from motp_desktop.services.helpdesk.refusals import value_or_trouble
from motp_desktop.services.ports import StorageError
from motp_protocol.helpdesk import AuditLine, AuditLines, Board

MOST_ON_PAPER = 1_000
"""Lines. More than that is for the export."""


class LookingBack:
    """All methods may block for seconds, an export for minutes."""

    def __init__(self, api: HelpdeskApi, files: Files) -> None:
        self._api = api
        self._files = files

    def audit(self, query: AuditQuery) -> AuditLines | o.StaffTrouble:
        """A page of the audit."""
        return value_or_trouble(self._api.audit(query))

    def collect(self, query: AuditQuery, most: int = MOST_ON_PAPER) -> o.Collected | o.StaffTrouble:
        """The newest lines that a query finds, page after page."""
        lines: list[AuditLine] = []
        cursor: str | None = None
        while True:
            page = self.audit(replace(query, cursor=cursor))
            if not isinstance(page, AuditLines):
                return page
            lines += page.lines
            cursor = page.next
            if cursor is None or len(lines) >= most:
                return o.Collected(tuple(lines[:most]), cursor is not None or len(lines) > most)

    def export(
        self, query: AuditQuery, reason: str, path: str
    ) -> o.Exported | o.StorageTrouble | o.StaffTrouble:
        """All that a query finds as CSV, in a file that is whole or not there."""
        try:
            answer = value_or_trouble(self._api.export_audit(query, clean_reason(reason), path))
        except StorageError as error:
            return o.StorageTrouble(error.fault)
        return o.Exported(path) if answer is None else answer

    def keep(self, path: str, paper: bytes) -> o.Exported | o.StorageTrouble:
        """Put lines that were set on pages into a file that is whole or not there."""
        try:
            self._files.keep(path, paper)
        except StorageError as error:
            return o.StorageTrouble(error.fault)
        return o.Exported(path)

    def board(self) -> Board | o.StaffTrouble:
        """Today."""
        return value_or_trouble(self._api.board())
