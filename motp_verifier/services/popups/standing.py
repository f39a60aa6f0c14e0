"""How a pop-up's rows stand at a time."""

from motp_verifier.services.popups.rules import Stage, stage
from motp_verifier.store.popups import PopupRow, TicketRow


def stage_of(popup: PopupRow, ticket: TicketRow | None, now: int) -> Stage:
    """How a pop-up stands, with its request for approval if it has one."""
    return stage(
        accepted_at=popup.accepted_at,
        expires_at=popup.expires_at,
        ticket_state=None if ticket is None else ticket.state,
        ticket_expires_at=None if ticket is None else ticket.expires_at,
        now=now,
    )


def is_open(popup: PopupRow, now: int) -> bool:
    """Whether it may still be answered."""
    return popup.accepted_at is None and now < popup.expires_at
