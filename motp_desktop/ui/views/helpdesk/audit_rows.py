"""Lines of the audit, as they stand in a table or on paper."""

from motp_desktop.ui.texts.helpdesk.happened import actor_words, event_words
from motp_desktop.ui.texts.times import moment
from motp_desktop.ui.widgets.cells import Cell, Row
from motp_desktop.ui.widgets.text import Tone
from motp_protocol.helpdesk import AuditLine


def audit_row(line: AuditLine, now: str) -> Row:
    """Number, time, what, who, why, where, and the details."""
    where = " · ".join(part for part in (line.institution_id, line.registration_id) if part)
    return (
        Cell(f"{line.number}", tone=Tone.MUTED, is_number=True),
        Cell(moment(line.at, now), more=line.at),
        Cell(event_words(line.kind), more=line.kind),
        Cell(actor_words(line.actor)),
        Cell(line.reason or ""),
        Cell(where, tone=Tone.MUTED),
        Cell(line.source or "", tone=Tone.MUTED),
        Cell(detail_words(line), tone=Tone.MUTED),
    )


def detail_words(line: AuditLine) -> str:
    """The details, name by name."""
    return ", ".join(
        f"{name} {value}" for name, value in sorted(line.detail.items()) if value is not None
    )
