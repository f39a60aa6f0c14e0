"""What a proven telephone is worth on a pop-up: an acceptance, a proof of it for the site, and
the end of a lock of typed codes."""

from dataclasses import dataclass

from sqlalchemy import Connection

from motp_verifier.services import phone_transactions
from motp_verifier.services.acceptances import Acceptances
from motp_verifier.services.audit.record import form, record
from motp_verifier.services.code_locks import lift_code_locks
from motp_verifier.services.popups.acceptance import Proof, accept_popup
from motp_verifier.services.popups.people import listed, wanted_by
from motp_verifier.store import popups as rows
from motp_verifier.store.popups import PopupRow
from motp_verifier.store.verifications import hold_registrations


@dataclass(frozen=True, slots=True)
class PhoneAccepted:
    """It was accepted; so many locks were lifted with it."""

    occasion: str
    locks: int


class PhoneAcceptance:
    """Accepts pop-ups by telephone, in the transaction that saw the right code."""

    def __init__(self, acceptances: Acceptances) -> None:
        self._acceptances = acceptances

    def accept(
        self, connection: Connection, row: PopupRow, address: str | None, now: int
    ) -> PhoneAccepted | None:
        """Accept an open pop-up, whose row is locked; None where no roster has the person."""
        wanted = wanted_by(row)
        trainee = None if wanted is None else listed(connection, row)
        if wanted is None or trainee is None:
            return None
        page = form(row.institution_id, browser=True)
        _, held = hold_registrations(connection, [wanted])
        locks = lift_code_locks(
            connection, held, institution_id=row.institution_id, trainee_id=trainee.id
        )
        if locks:
            record(
                connection,
                now,
                "code-lock-lifted",
                actor=page,
                trainee_id=trainee.id,
                institution_id=row.institution_id,
                source=address,
                reason="phone-verified",
                detail={"locks": locks, "popup_id": row.id},
            )
        proof = Proof("phone", page, client_ip=address)
        accept_popup(connection, self._acceptances, row, trainee=trainee, proof=proof, now=now)
        transaction_id = phone_transactions.issue(
            connection,
            institution_id=row.institution_id,
            trainee_id=trainee.id,
            purpose="code-lock",
            now=now,
        )
        rows.change_popup(connection, row.id, transaction_id=transaction_id, trainee_id=trainee.id)
        return PhoneAccepted(row.occasion, locks)
