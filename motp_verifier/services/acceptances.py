"""What an accepted check is worth: until when it is enough, and the receipt for it."""

from typing import cast

from motp_protocol.fields import CheckMethod, Occasion
from motp_verifier.services.receipts import ReceiptClaims, Receipts
from motp_verifier.services.site_policy.folder import Policies
from motp_verifier.services.site_policy.rules import satisfied_until
from motp_verifier.services.verification_answer import Accepted
from motp_verifier.store.verifications import CheckRecord


class Acceptances:
    """Completes accepted checks, without input or output: fit for the middle of a batch."""

    def __init__(self, policies: Policies, receipts: Receipts) -> None:
        self._policies = policies
        self._receipts = receipts

    def accept(
        self,
        record: CheckRecord,
        *,
        pairwise_id: str,
        attempts_left: int,
        method: CheckMethod = "code",
        popup_id: str | None = None,
        same_address: bool | None = None,
    ) -> Accepted:
        """The outcome for a check as it is kept.

        `pairwise_id` is the institution's own id of the trainee; `same_address` is what is known
        of the browser's and the device's addresses. Raises NoSigningKey.
        """
        occasion = cast(Occasion, record.occasion)
        policy = self._policies.of(record.institution_id).of(record.course, record.class_)
        claims = ReceiptClaims(
            iss=self._receipts.issuer,
            aud=record.institution_id,
            sub=pairwise_id,
            jti=record.id,
            iat=record.at // 1000,
            course=record.course,
            class_=record.class_,
            session=record.session,
            occasion=occasion,
            method=method,
            popup_id=popup_id,
            same_address=same_address,
        )
        return Accepted(
            record.id,
            record.at,
            attempts_left,
            satisfied_until=satisfied_until(policy, occasion, record.at),
            signed=self._receipts.promise(claims),
        )
