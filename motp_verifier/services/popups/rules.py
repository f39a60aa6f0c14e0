"""The numbers that bind a pop-up, and how it stands. Pure: no clock, no database."""

from typing import Literal, TypeAlias

POPUP_MS = 15 * 60_000
"""How long a pop-up may be answered."""

TICKET_MS = 2 * 60_000
"""How long the app may take to be opened and to answer."""

COMPLETION_MS = 2 * 60_000
"""How long the browser may take after that to open the completion's address."""

TicketState: TypeAlias = Literal[
    "waiting", "asked", "approved", "done", "refused", "number-wrong", "other-browser"
]
"""`waiting` for the app; `asked`, once the app shows it; `approved`, while the browser is to
come; and how it ended."""

Stage: TypeAlias = Literal["accepted", "expired", "open", "ticket-expired"] | TicketState
"""How a pop-up stands, in one word, for those who follow it."""

LIVE: frozenset[str] = frozenset({"waiting", "asked", "approved"})


def stage(
    *,
    accepted_at: int | None,
    expires_at: int,
    ticket_state: str | None,
    ticket_expires_at: int | None,
    now: int,
) -> Stage:
    """How a pop-up stands at a time, with its request for approval if it has one.

    `done`: it was accepted by this very request.
    """
    if accepted_at is not None:
        return "done" if ticket_state == "done" else "accepted"
    if now >= expires_at:
        return "expired"
    if ticket_state is None or ticket_expires_at is None:
        return "open"
    if ticket_state in LIVE and now >= ticket_expires_at:
        return "ticket-expired"
    return _TICKET_STAGES[ticket_state]


_TICKET_STAGES: dict[str, Stage] = {
    "waiting": "waiting",
    "asked": "asked",
    "approved": "approved",
    "done": "done",
    "refused": "refused",
    "number-wrong": "number-wrong",
    "other-browser": "other-browser",
}
