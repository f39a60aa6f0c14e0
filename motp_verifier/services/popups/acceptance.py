"""A pop-up comes to an acceptance that no code led to: by the app, or by telephone."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from motp_protocol.fields import CheckMethod
from motp_verifier.services.acceptances import Acceptances
from motp_verifier.services.check_audit import check_entry
from motp_verifier.services.popups.ledger import keep_acceptance
from motp_verifier.services.verification_answer import Accepted
from motp_verifier.store import audit
from motp_verifier.store.ids import new_id_in_order
from motp_verifier.store.popups import PopupRow
from motp_verifier.store.sets import write_all
from motp_verifier.store.verifications import CheckRecord, FoundTrainee, kept_checks


@dataclass(frozen=True, slots=True)
class Proof:
    """What led to it: by which method, by which device if any, from where.

    `actor` is for the audit.
    """

    method: CheckMethod
    actor: str
    registration_id: str | None = None
    client_ip: str | None = field(default=None, repr=False)
    same_address: bool | None = None


def accept_popup(
    connection: Connection,
    acceptances: Acceptances,
    row: PopupRow,
    *,
    trainee: FoundTrainee,
    proof: Proof,
    now: int,
) -> Accepted:
    """Keep a check of the trainee's, its receipt and its audit row, with the pop-up's end.

    The pop-up's row is locked and open. Raises NoSigningKey.
    """
    record = CheckRecord(
        id=new_id_in_order("ver", now),
        at=now,
        institution_id=row.institution_id,
        trainee_id=trainee.id,
        registration_id=proof.registration_id,
        course=row.course,
        class_=row.class_,
        session=row.session,
        occasion=row.occasion,
        method=proof.method,
        client_ip=proof.client_ip,
        result="accepted",
        reason=None,
        step=None,
    )
    accepted = acceptances.accept(
        record,
        pairwise_id=trainee.pairwise_id,
        attempts_left=0,
        method=proof.method,
        popup_id=row.id,
        same_address=proof.same_address,
    )
    write_all(connection, [kept_checks([record])])
    entry = check_entry(record, trainee.subject_key, actor=proof.actor, popup_id=row.id)
    audit.append(connection, [entry])
    keep_acceptance(connection, row.id, accepted, proof.method)
    return accepted
