"""The pop-ups on which the codes of a batch were typed: held until the commit."""

from collections.abc import Iterable

from sqlalchemy import Connection

from motp_protocol.fields import CheckMethod
from motp_verifier.services.code_counters import RUN_LIMIT
from motp_verifier.services.form_interface.refusals import Withheld
from motp_verifier.services.popups.browsers import same_address
from motp_verifier.services.verification_answer import Accepted
from motp_verifier.store import popups as rows
from motp_verifier.store.popups import PopupRow


class PopupTaken(Exception):
    """A pop-up was accepted by somebody else although its row was locked: a fault of ours."""


class PopupLedger:
    """Sees to it that a pop-up comes to one acceptance, and that no code is spent after it."""

    def __init__(self, held: dict[str, PopupRow]) -> None:
        self._open = {each.id: each for each in held.values() if each.accepted_at is None}
        self._accepted: dict[str, tuple[Accepted, CheckMethod]] = {}
        self._refused: dict[str, Withheld] = {}

    @classmethod
    def open(cls, connection: Connection, ids: Iterable[str], now: int) -> "PopupLedger":
        """Hold these pop-ups, before any registration. Those that are over do not count."""
        wanted = sorted(set(ids))
        held = rows.lock_popups(connection, wanted) if wanted else {}
        return cls({name: row for name, row in held.items() if now < row.expires_at})

    def is_open(self, popup_id: str) -> bool:
        """Whether a code may still be judged for it."""
        return popup_id in self._open

    def same_address(self, popup_id: str, device: bytes | None) -> bool | None:
        """Whether its browser is where the device was last."""
        return same_address(self._open[popup_id].address_index, device)

    def accept(self, popup_id: str, accepted: Accepted, method: CheckMethod) -> None:
        """A code was right: the pop-up is over."""
        del self._open[popup_id]
        self._accepted[popup_id] = (accepted, method)

    def refuse(self, popup_id: str, refused: Withheld) -> None:
        """A code was not taken: the page says so until something else happens."""
        self._refused[popup_id] = refused

    def write(self, connection: Connection) -> None:
        """Keep what came of them. Raises PopupTaken."""
        for popup_id, refused in self._refused.items():
            left = max(0, RUN_LIMIT - refused.refusals)
            notice = "locked" if refused.seems_locked else "code-wrong"
            rows.change_popup(connection, popup_id, notice=notice, attempts_left=left)
        for popup_id, (accepted, method) in self._accepted.items():
            keep_acceptance(connection, popup_id, accepted, method)


def keep_acceptance(connection: Connection, popup_id: str, accepted: Accepted, method: str) -> None:
    """Keep the check that a pop-up came to; nothing else is under way on it from now on.

    Raises PopupTaken where there was one before.
    """
    if not rows.accept_popup(
        connection,
        popup_id,
        accepted.at,
        verification_id=accepted.verification_id,
        method=method,
        satisfied_until=accepted.satisfied_until,
        receipt=accepted.receipt,
    ):
        raise PopupTaken
    rows.delete_phone(connection, popup_id)
